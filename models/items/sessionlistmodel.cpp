// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/sessionlistmodel.h"

#include "models/items/filterterms.h"
#include "models/items/identity.h"
#include "models/items/itemtext.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <string_view>
#include <unordered_map>

namespace telltale {

QVariant SessionListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SessionRow *known = rowAt(index.row());
    if (!known)
        return {};
    const SessionRow &row = *known;
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((index.column() >= Start && index.column() != Release)
                                                     ? Qt::AlignRight | Qt::AlignVCenter
                                                     : Qt::AlignLeft | Qt::AlignVCenter));
    case SortRole:
        return sortValue(row, index.column());
    case KeyRole:
        return itemtext::text(row.session);
    case FilterTermsRole: {
        RowFilterTerms terms{{"device", row.device}, {"os", row.os}, {"release", row.release}, {"product", row.product}};
        if (identity::areShown())
            terms.emplace_back("user", row.user);
        return filterTermsValue(terms);
    }
    case IsRunningRole:
        return isRunning(row);
    case SearchRole:
        return itemtext::text(row.session + ' ' + row.device + ' ' + row.os + ' ' + row.release + ' ' +
                              row.user);
    default:
        return {};
    }
}

QVariant SessionListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == HeldRowsRole)
        return static_cast<int>(newest().size());
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Session:
        return tr("Session");
    case Device:
        return tr("Device");
    case Start:
        return tr("Start");
    case Duration:
        return tr("Duration");
    case Release:
        return tr("Release");
    case Events:
        return tr("Events");
    case Screens:
        return tr("Screens");
    case Errors:
        return tr("Errors");
    default:
        return {};
    }
}

int SessionListModel::placeOfFirst(const std::vector<SessionRow> &rows) const
{
    const SessionRow *first = rowAt(0);
    if (!first)
        return -1;
    const auto found = std::find_if(rows.begin(), rows.end(), [first](const SessionRow &row) { return row.session == first->session; });
    return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
}

int SessionListModel::newRows(const std::vector<SessionRow> &rows, std::size_t total) const
{
    const int place = placeOfFirst(rows);
    return place < 0 ? static_cast<int>(total) : place;
}

void SessionListModel::setNewest(std::vector<SessionRow> rows, std::size_t total)
{
    const int count = static_cast<int>(std::min<std::size_t>(total, std::numeric_limits<int>::max()));
    const int came = placeOfFirst(rows);
    if (came < 0 || came > count) {
        beginResetModel();
        m_rows.clear();
        m_rows.put(0, std::move(rows));
        m_total = count;
        endResetModel();
        return;
    }
    if (came > 0) {
        beginInsertRows({}, 0, came - 1);
        m_rows.shift(came);
        m_total += came;
        endInsertRows();
    }
    if (count != m_total) // some came or went further down: nobody knows where
        m_rows.clear();
    if (count > m_total) {
        beginInsertRows({}, m_total, count - 1);
        m_total = count;
        endInsertRows();
    } else if (count < m_total) {
        beginRemoveRows({}, count, m_total - 1);
        m_total = count;
        endRemoveRows();
    }
    setRows(0, std::move(rows));
}

void SessionListModel::updateRows(const std::vector<SessionRow> &rows)
{
    std::unordered_map<std::string_view, const SessionRow *> known;
    for (const SessionRow &row : rows)
        known.emplace(row.session, &row);
    int first = m_total, last = -1;
    m_rows.forEach([&](int place, SessionRow &row) {
        const auto found = known.find(row.session);
        if (found == known.end() || *found->second == row)
            return;
        row = *found->second;
        first = std::min(first, place);
        last = std::max(last, place);
    });
    if (last >= first)
        Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
}

void SessionListModel::setRows(int first, std::vector<SessionRow> rows)
{
    if (first < 0 || first >= m_total || rows.empty())
        return;
    if (rows.size() > static_cast<std::size_t>(m_total - first))
        rows.resize(static_cast<std::size_t>(m_total - first));
    const int last = first + static_cast<int>(rows.size()) - 1;
    m_rows.put(first, std::move(rows));
    m_rows.keepNear(first, kMostRows);
    Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
}

int SessionListModel::rowsMissing(int first, int last) const
{
    const int missing = m_rows.firstMissing(std::max(first, 0), std::min(last, m_total - 1));
    return missing < 0 ? -1 : missing / kPage * kPage;
}

int SessionListModel::rowOfKey(const std::string &session) const
{
    for (const auto &[first, rows] : m_rows.parts()) {
        const auto found = std::find_if(rows.begin(), rows.end(), [&session](const SessionRow &row) { return row.session == session; });
        if (found != rows.end())
            return first + static_cast<int>(found - rows.begin());
    }
    return -1;
}

std::span<const SessionRow> SessionListModel::newest() const
{
    const auto &parts = m_rows.parts();
    if (parts.empty() || parts.begin()->first > 0)
        return {};
    return parts.begin()->second;
}

QString SessionListModel::text(const SessionRow &row, int column) const
{
    switch (column) {
    case Session:
        return identity::shown(row.session);
    case Device:
        return itemtext::text(row.device);
    case Start:
        return itemtext::shortTime(row.start, m_zone);
    case Duration:
        return itemtext::clockDuration(lengthMs(row));
    case Release:
        return itemtext::text(row.release);
    case Events:
        return itemtext::count(row.events);
    case Screens:
        return itemtext::count(row.screens);
    case Errors:
        return itemtext::count(row.errors);
    default:
        return {};
    }
}

QVariant SessionListModel::sortValue(const SessionRow &row, int column) const
{
    switch (column) {
    case Session:
        return itemtext::text(row.session);
    case Device:
        return itemtext::text(row.device);
    case Start:
        return QVariant::fromValue<qlonglong>(row.start.ns);
    case Duration:
        return QVariant(lengthMs(row));
    case Release:
        return itemtext::text(row.release);
    case Events:
        return QVariant::fromValue<qulonglong>(row.events);
    case Screens:
        return QVariant::fromValue<qulonglong>(row.screens);
    case Errors:
        return QVariant::fromValue<qulonglong>(row.errors);
    default:
        return {};
    }
}

void SessionListModel::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    if (m_total > 0)
        Q_EMIT dataChanged(index(0, Start), index(m_total - 1, Start));
}

void SessionListModel::setNow(Instant now)
{
    if (now == m_now)
        return;
    m_now = now;
    if (m_total > 0)
        Q_EMIT dataChanged(index(0, Session), index(m_total - 1, Session));
}

bool SessionListModel::isRunning(const SessionRow &row) const
{
    using namespace std::chrono_literals;
    return m_now - row.end < 60s;
}

double SessionListModel::lengthMs(const SessionRow &row)
{
    return static_cast<double>((row.end - row.start).count()) / 1e6;
}

} // namespace telltale
