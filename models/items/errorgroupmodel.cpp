// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/errorgroupmodel.h"

#include "models/items/filterterms.h"
#include "models/items/itemtext.h"

#include <QList>
#include <QStringList>

#include <numeric>

namespace telltale {

namespace {

constexpr std::size_t kMostReleases = 3; ///< of a row that a filter is offered for, the newest

} // namespace

int ErrorGroupModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ErrorGroupModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ErrorGroupRow &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((index.column() == Events || index.column() == Users)
                                                     ? Qt::AlignRight | Qt::AlignVCenter
                                                     : Qt::AlignLeft | Qt::AlignVCenter));
    case SortRole:
        return sortValue(row, index.column());
    case KeyRole:
        return itemtext::text(keyOf(row));
    case FilterTermsRole: {
        RowFilterTerms terms{{"error", row.type}};
        for (auto release = row.releases.rbegin(); release != row.releases.rend() && terms.size() <= kMostReleases; ++release)
            terms.emplace_back("release", *release);
        return filterTermsValue(terms);
    }
    case WordsRole:
        return index.column() == LastSeen ? QVariant(itemtext::dateTime(row.lastSeen, m_zone)) : QVariant();
    case CulpritRole:
        return culpritText(row);
    case MessageRole:
        return itemtext::text(row.message);
    case LevelRole:
        return static_cast<int>(levelOf(row));
    case StateRole:
        return itemtext::text(row.state);
    case TrendRole:
        return QVariant::fromValue(QList<quint32>(row.trend.begin(), row.trend.end()));
    case AgeRole:
        return ageText(row);
    case SearchRole:
        return searchText(row);
    case ChangeRole:
    case ChangeAmountRole:
    case MoodRole:
    case Qt::ToolTipRole: {
        if (index.column() == LastSeen && role == Qt::ToolTipRole)
            return itemtext::dateTime(row.lastSeen, m_zone);
        const auto found = index.column() == Events ? m_changes.find(row.group) : m_changes.end();
        if (found == m_changes.end())
            return role == MoodRole ? QVariant(0) : QVariant();
        const SaidChange &change = found->second;
        return role == ChangeRole         ? QVariant(change.text)
               : role == MoodRole         ? QVariant(change.mood)
               : role == Qt::ToolTipRole  ? QVariant(change.detail)
               : change.amount.has_value() ? QVariant(*change.amount)
                                          : QVariant();
    }
    default:
        return {};
    }
}

QVariant ErrorGroupModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole &&
        (section == Events || section == Users))
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (orientation == Qt::Horizontal && section == Events && (role == ChangeRole || role == Qt::ToolTipRole))
        return m_changeTitle;
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Issue:
        return tr("Issue");
    case Trend:
        return tr("Trend");
    case Events:
        return tr("Events");
    case Users:
        return tr("Users");
    case Release:
        return tr("Release");
    case LastSeen:
        return tr("Last seen");
    case State:
        return tr("Status");
    default:
        return {};
    }
}

std::string ErrorGroupModel::keyOf(const ErrorGroupRow &row) const
{
    return row.group;
}

QString ErrorGroupModel::text(const ErrorGroupRow &row, int column) const
{
    switch (column) {
    case Issue:
        return itemtext::text(row.type);
    case Trend:
        return QString();
    case Events:
        return itemtext::count(row.events);
    case Users:
        return itemtext::count(row.users);
    case Release:
        return row.releases.empty() ? QString() : itemtext::text(row.releases.back());
    case LastSeen:
        return itemtext::ago(row.lastSeen, m_now);
    case State:
        return stateText(row);
    default:
        return {};
    }
}

QVariant ErrorGroupModel::sortValue(const ErrorGroupRow &row, int column) const
{
    switch (column) {
    case Issue:
        return itemtext::text(row.type);
    case Trend:
        return QVariant::fromValue<qulonglong>(recentEvents(row));
    case Events:
        return QVariant::fromValue<qulonglong>(row.events);
    case Users:
        return QVariant::fromValue<qulonglong>(row.users);
    case Release:
        return row.releases.empty() ? QString() : itemtext::text(row.releases.back());
    case LastSeen:
        return QVariant::fromValue<qlonglong>(row.lastSeen.ns);
    case State:
        return itemtext::text(row.state);
    default:
        return {};
    }
}

void ErrorGroupModel::setNow(Instant now)
{
    if (now == m_now)
        return;
    m_now = now;
    touchColumns(LastSeen, LastSeen);
}

void ErrorGroupModel::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
}

void ErrorGroupModel::setChanges(std::map<std::string, SaidChange> changes, const QString &title)
{
    if (changes == m_changes && title == m_changeTitle)
        return;
    m_changes = std::move(changes);
    m_changeTitle = title;
    touchColumns(Events, Events);
    Q_EMIT headerDataChanged(Qt::Horizontal, Events, Events);
}

ErrorGroupModel::Level ErrorGroupModel::levelOf(const ErrorGroupRow &row)
{
    // OpenTelemetry: WARN is 13 to 16, ERROR and FATAL are above.
    if (row.severity >= 17 || row.unhandled > 0)
        return Level::Error;
    return row.severity >= 13 ? Level::Warning : Level::Info;
}

QString ErrorGroupModel::searchText(const ErrorGroupRow &row)
{
    std::string all = row.type + ' ' + row.message + ' ' + row.culprit + ' ' + row.group;
    for (const std::string &release : row.releases)
        all += ' ' + release + " release:" + release;
    return itemtext::text(all);
}

QString ErrorGroupModel::stateText(const ErrorGroupRow &row)
{
    if (row.state == "new")
        return tr("New");
    if (row.state == "regressed")
        return tr("Regressed");
    if (row.state == "escalating")
        return tr("Escalating");
    if (row.state == "resolved")
        return tr("Resolved");
    if (row.state == "archived")
        return tr("Archived");
    return tr("Ongoing");
}

QString ErrorGroupModel::culpritText(const ErrorGroupRow &row)
{
    if (row.culprit.empty())
        return itemtext::text(row.message);
    const QString whole = itemtext::text(row.culprit);
    // "package.Class.method (File.kt:214)" is said as "Class.method"; anything else stays.
    const qsizetype file = whole.indexOf(QStringLiteral(" ("));
    const QString function = file > 0 ? whole.left(file) : whole;
    if (function.contains(u' ') || function.contains(u'/') || function.contains(u"::"))
        return whole;
    const QStringList parts = function.split(u'.', Qt::SkipEmptyParts);
    return parts.size() > 2 ? parts.mid(parts.size() - 2).join(u'.') : function;
}

std::uint64_t ErrorGroupModel::recentEvents(const ErrorGroupRow &row)
{
    // How much of it is in the last quarter of the range: what gets worse sorts first.
    const auto from =
        row.trend.begin() + static_cast<std::ptrdiff_t>(row.trend.size() - row.trend.size() / 4);
    return std::accumulate(from, row.trend.end(), std::uint64_t{0});
}

QString ErrorGroupModel::ageText(const ErrorGroupRow &row) const
{
    return row.state == "new" ? tr("first seen %1").arg(itemtext::ago(row.everFirstSeen, m_now))
                              : tr("%1 old").arg(itemtext::age(row.everFirstSeen, m_now));
}

} // namespace telltale
