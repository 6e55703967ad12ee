// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/sessionrecordmodel.h"

#include "models/items/filterterms.h"
#include "models/items/itemtext.h"
#include "translations/localeformats.h"

#include <QLocale>

#include <cstdlib>
#include <unordered_map>

namespace telltale {

namespace {

std::string identityOf(const SessionRecord &record)
{
    return std::to_string(record.time.ns) + '\x1f' + std::to_string(static_cast<int>(record.kind)) + '\x1f' +
           record.name;
}

const std::string *attribute(const SessionRecord &record, std::string_view key)
{
    for (const auto &[name, value] : record.attributes) {
        if (name == key)
            return value.as<std::string>();
    }
    return nullptr;
}

bool isHttp(const SessionRecord &record)
{
    return record.kind == RecordKind::Span &&
           (attribute(record, "http.request.method") || attribute(record, "http.method") ||
            attribute(record, "url.full"));
}

} // namespace

void SessionRecordModel::setRecords(Instant start, const std::vector<SessionRecord> &records)
{
    const bool isOtherStart = start != m_start;
    m_start = start;
    std::unordered_map<std::string, std::uint32_t> seen;
    std::vector<NumberedRecord> rows;
    rows.reserve(records.size());
    for (const SessionRecord &record : records)
        rows.push_back({record, seen[identityOf(record)]++});
    setRows(std::move(rows));
    if (isOtherStart)
        touchColumns(Time, Time);
}

SessionRecordModel::Category SessionRecordModel::categoryOf(const SessionRecord &record)
{
    switch (record.kind) {
    case RecordKind::UsageEvent:
    case RecordKind::ScreenView:
        return Category::Interaction;
    case RecordKind::Error:
        return Category::Error;
    case RecordKind::Span:
    case RecordKind::MetricPoint:
        return Category::Performance;
    case RecordKind::Log:
    case RecordKind::SessionBound:
        break;
    }
    return Category::Other;
}

QString SessionRecordModel::kindText(const SessionRecord &record)
{
    switch (record.kind) {
    case RecordKind::UsageEvent:
        return tr("use");
    case RecordKind::ScreenView:
        return tr("screen");
    case RecordKind::Error:
        return tr("error");
    case RecordKind::Span:
        return isHttp(record) ? tr("http") : tr("span");
    case RecordKind::MetricPoint:
        return tr("metric");
    case RecordKind::SessionBound:
        return record.name == "session.end" ? tr("close") : tr("open");
    case RecordKind::Log:
        break;
    }
    return tr("log");
}

QStringList SessionRecordModel::kindTexts()
{
    return {tr("use"), tr("screen"), tr("error"), tr("http"), tr("span"), tr("metric"), tr("close"), tr("open"), tr("log")};
}

QString SessionRecordModel::nameText(const SessionRecord &record)
{
    if (record.kind == RecordKind::SessionBound)
        return record.name == "session.end" ? tr("Session ended") : tr("Session started");
    if (record.kind == RecordKind::ScreenView && record.name.empty())
        return itemtext::text(record.screen);
    if (record.name.empty())
        return itemtext::text(record.detail);
    return itemtext::text(record.name);
}

QString SessionRecordModel::iconName(const SessionRecord &record)
{
    switch (record.kind) {
    case RecordKind::UsageEvent:
        return QStringLiteral("tap");
    case RecordKind::ScreenView:
        return QStringLiteral("screen");
    case RecordKind::Error:
        return QStringLiteral("error");
    case RecordKind::Span:
        return isHttp(record) ? QStringLiteral("http") : QStringLiteral("span");
    case RecordKind::SessionBound:
        return QStringLiteral("open");
    case RecordKind::MetricPoint:
    case RecordKind::Log:
        break;
    }
    return QStringLiteral("log");
}

QString SessionRecordModel::detailText(const SessionRecord &record)
{
    if (record.kind == RecordKind::Error)
        return record.isUnhandled ? tr("not handled") : itemtext::text(record.screen);
    if (record.durationMs)
        return itemtext::duration(record.durationMs);
    if (record.kind == RecordKind::Log && !record.name.empty())
        return itemtext::text(record.detail);
    return record.kind == RecordKind::ScreenView ? QString() : itemtext::text(record.screen);
}

int SessionRecordModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SessionRecordModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SessionRecord &record = rowAt(index.row()).record;
    switch (role) {
    case Qt::DisplayRole:
        return text(record, index.column());
    case SortRole:
        return index.column() == Time ? QVariant::fromValue<qlonglong>(record.time.ns)
                                      : QVariant(text(record, index.column()));
    case KeyRole:
        return itemtext::text(keyOf(rowAt(index.row())));
    case FilterTermsRole: {
        const char *field = record.kind == RecordKind::UsageEvent ? "feature" : record.kind == RecordKind::Error ? "error" : record.kind == RecordKind::Span ? "operation" : "";
        return filterTermsValue({{field, *field ? record.name : std::string()}, {"screen", record.kind == RecordKind::ScreenView && record.screen.empty() ? record.name : record.screen}});
    }
    case RecordKindRole:
        return static_cast<int>(record.kind);
    case InstantRole:
        return QVariant::fromValue<qlonglong>(record.time.ns);
    case IconRole:
        return iconName(record);
    case CategoryRole:
        return static_cast<int>(categoryOf(record));
    default:
        return {};
    }
}

QVariant SessionRecordModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Time:
        return tr("Time");
    case Kind:
        return tr("Kind");
    case Name:
        return tr("What");
    case Detail:
        return tr("Detail");
    default:
        return {};
    }
}

std::string SessionRecordModel::keyOf(const NumberedRecord &row) const
{
    return identityOf(row.record) + '\x1f' + std::to_string(row.ordinal);
}

QString SessionRecordModel::text(const SessionRecord &record, int column) const
{
    switch (column) {
    case Time: {
        const std::int64_t passed = (record.time - m_start).count() / 100'000'000;
        const std::int64_t tenths = std::abs(passed);
        const std::int64_t seconds = tenths / 10;
        const QLocale locale;
        return (passed < 0 ? QStringLiteral("\u2212") : QString()) + digits(locale, seconds / 60, 2) + u':' + digits(locale, seconds % 60, 2) +
               locale.decimalPoint() + digits(locale, tenths % 10);
    }
    case Kind:
        return kindText(record);
    case Name:
        return nameText(record);
    case Detail:
        return detailText(record);
    default:
        return {};
    }
}

} // namespace telltale
