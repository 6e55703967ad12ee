// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/cohortmodel.h"

#include "models/items/itemtext.h"
#include "translations/localeformats.h"

#include <QCoreApplication>
#include <QDate>
#include <QLocale>

#include <algorithm>
#include <map>

namespace telltale {
namespace {

constexpr std::uint64_t kFew = 30;

QString percentText(double share)
{
    //: A percentage; keep the sign where your language writes it
    return QCoreApplication::translate("telltale::CohortModel", "%1%", "percentage").arg(QLocale().toString(share * 100, 'f', 0));
}

/// The first day of a cohort as the locale writes days.
QString cohortText(const QString &name)
{
    const QDate day = QDate::fromString(name, Qt::ISODate);
    return day.isValid() ? QLocale().toString(day, dateFormat(QLocale(), DateDetail::Day)) : name;
}

} // namespace

std::vector<CohortModel::Cell> CohortModel::overall(const std::vector<RetentionRow> &rows)
{
    std::vector<Cell> cells;
    for (const RetentionRow &row : rows) {
        cells.resize(std::max(cells.size(), static_cast<std::size_t>(row.period) + 1));
        if (row.isUnfinished)
            continue;
        cells[row.period].users += row.users;
        cells[row.period].size += row.size;
    }
    return cells;
}

/// The row over all cohorts.
CohortModel::Line CohortModel::lineOverAll(const std::vector<RetentionRow> &rows, Line::Kind kind, std::size_t periods)
{
    Line line;
    line.kind = kind;
    for (const RetentionRow &row : rows)
        line.size += row.period == 0 ? row.size : 0;
    line.cells.resize(periods);
    const std::vector<Cell> cells = overall(rows);
    for (std::size_t i = 0; i < std::min(periods, cells.size()); ++i) {
        if (cells[i].size > 0)
            line.cells[i] = cells[i];
    }
    return line;
}

void CohortModel::setRows(const std::vector<RetentionRow> &rows, const std::optional<Against> &against, int mostPeriods)
{
    std::map<std::string, Line> byCohort; // "2026-11-16" sorts by time
    int periods = 0;
    for (const RetentionRow &row : rows) {
        if (row.period >= static_cast<std::uint64_t>(mostPeriods))
            continue;
        const auto period = static_cast<std::size_t>(row.period);
        Line &line = byCohort[row.cohort];
        line.name = itemtext::text(row.cohort);
        line.size = row.size;
        line.cells.resize(std::max(line.cells.size(), period + 1));
        line.cells[period] = Cell{row.users, row.size, row.isUnfinished};
        periods = std::max(periods, static_cast<int>(period) + 1);
    }
    std::vector<Line> lines;
    if (!byCohort.empty()) {
        lines.push_back(lineOverAll(rows, Line::Kind::All, static_cast<std::size_t>(periods)));
        if (against) {
            Line &before = lines.emplace_back(lineOverAll(against->rows, Line::Kind::Compared, static_cast<std::size_t>(periods)));
            before.name = against->name;
            before.detail = against->detail;
            Line &changed = lines.emplace_back();
            changed.kind = Line::Kind::Changed;
            changed.changes = against->changes;
        }
        for (auto &[name, line] : byCohort)
            lines.push_back(std::move(line));
    }
    if (lines.size() == m_lines.size() && periods == m_periods) {
        if (lines == m_lines)
            return;
        m_lines = std::move(lines);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_lines = std::move(lines);
    m_periods = periods;
    endResetModel();
}

int CohortModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int CohortModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FirstPeriod + m_periods;
}

QVariant CohortModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Line &line = m_lines[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment((index.column() == Cohort ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    if (line.kind == Line::Kind::Changed)
        return changeData(line, index.column(), role);
    if (role == FewRole)
        return line.size < kFew;
    if (index.column() == Cohort) {
        switch (role) {
        case Qt::DisplayRole:
            return line.kind == Line::Kind::All        ? tr("All", "cohorts")
                   : line.kind == Line::Kind::Compared ? line.name
                                                       : cohortText(line.name);
        case Qt::ToolTipRole:
            return line.kind == Line::Kind::Compared ? QVariant(line.detail) : QVariant();
        case SortRole:
        case KeyRole:
            return line.name;
        default:
            return {};
        }
    }
    if (index.column() == Size)
        return role == Qt::DisplayRole ? QVariant(itemtext::count(line.size))
               : role == SortRole      ? QVariant::fromValue<qulonglong>(line.size)
                                       : QVariant();
    const auto period = static_cast<std::size_t>(index.column() - FirstPeriod);
    const auto *cell = period < line.cells.size() && line.cells[period] && line.cells[period]->size > 0 ? &*line.cells[period] : nullptr;
    if (!cell)
        return {};
    const double share = static_cast<double>(cell->users) / static_cast<double>(cell->size);
    switch (role) {
    case Qt::DisplayRole:
        return percentText(share);
    case Qt::AccessibleTextRole:
        return cell->isUnfinished ? tr("%1, not over yet", "a share").arg(percentText(share)) : percentText(share);
    case Qt::ToolTipRole: {
        const QString text = tr("%1 of %2 users", "two counts").arg(itemtext::count(cell->users), itemtext::count(cell->size));
        return cell->isUnfinished ? text + QLatin1Char('\n') + tr("This period is not over yet.") : text;
    }
    case ShareRole:
    case SortRole:
        return share;
    case UnfinishedRole:
        return cell->isUnfinished;
    case UsersRole:
        return QVariant::fromValue<qulonglong>(cell->users);
    default:
        return {};
    }
}

QVariant CohortModel::changeData(const Line &line, int column, int role) const
{
    if (column == Cohort)
        return role == Qt::DisplayRole ? QVariant(tr("Change", "of the share against what is compared")) : QVariant();
    const auto period = static_cast<std::size_t>(column - FirstPeriod);
    if (column < FirstPeriod || period >= line.changes.size())
        return {};
    const SaidChange &change = line.changes[period];
    switch (role) {
    case Qt::DisplayRole:
        return change.text;
    case Qt::ToolTipRole:
        return change.detail;
    case MoodRole:
        return change.mood;
    case RawRole:
        return change.amount ? QVariant(*change.amount) : QVariant();
    default:
        return {};
    }
}

QVariant CohortModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return QAbstractTableModel::headerData(section, orientation, role);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment((section == Cohort ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Cohort:
        return tr("First seen");
    case Size:
        return tr("Users");
    default:
        return QLocale().toString(section - FirstPeriod);
    }
}

} // namespace telltale
