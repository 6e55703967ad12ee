// SPDX-License-Identifier: GPL-3.0-or-later
#include "memorycache.h"

#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <deque>

namespace telltale {
namespace {

constexpr std::int64_t kGap = 30LL * 60 * 1'000'000'000;

bool makesSession(RecordKind kind)
{
    return kind != RecordKind::Span && kind != RecordKind::MetricPoint;
}

} // namespace

class MemoryCache::MemorySegment final : public Segment
{
public:
    SegmentInfo head;
    std::vector<std::int64_t> timeColumn, arrivalColumn, durationColumn;
    std::vector<std::uint32_t> nameColumn, featureColumn, screenColumn, userColumn, sessionColumn,
        originColumn;
    std::vector<std::uint8_t> severityColumn;
    std::vector<const PlainRecord *> rows;
    mutable std::deque<std::vector<std::uint8_t>> codes; ///< that were given out

    const SegmentInfo &info() const override { return head; }
    std::span<const std::int64_t> times() const override { return timeColumn; }
    std::span<const std::int64_t> arrivals() const override { return arrivalColumn; }
    std::span<const std::int64_t> durations() const override { return durationColumn; }
    std::span<const DictionaryId> names() const override { return nameColumn; }
    std::span<const DictionaryId> features() const override { return featureColumn; }
    std::span<const DictionaryId> screens() const override { return screenColumn; }
    std::span<const UserId> users() const override { return userColumn; }
    std::span<const SessionId> sessions() const override { return sessionColumn; }
    std::span<const OriginId> origins() const override { return originColumn; }
    std::span<const std::uint8_t> severities() const override { return severityColumn; }
    bool asBytes(SegmentColumn which, ByteColumn &column) const override
    {
        const std::vector<std::uint32_t> &ids = which == SegmentColumn::Names      ? nameColumn
                                                : which == SegmentColumn::Features ? featureColumn
                                                : which == SegmentColumn::Screens  ? screenColumn
                                                : which == SegmentColumn::Users    ? userColumn
                                                : which == SegmentColumn::Sessions ? sessionColumn
                                                                                   : originColumn;
        // Every other segment, so that both ways are gone.
        if (head.id % 2 == 0 || ids.size() != rows.size())
            return false;
        std::vector<std::uint32_t> known;
        codes.emplace_back();
        for (const std::uint32_t id : ids) {
            const auto at = std::find(known.begin(), known.end(), id);
            codes.back().push_back(static_cast<std::uint8_t>(at - known.begin()));
            if (at != known.end())
                continue;
            if (known.size() == column.values.size())
                return false;
            known.push_back(id);
        }
        std::copy(known.begin(), known.end(), column.values.begin());
        column.codes = codes.back();
        return true;
    }
    TraceContext trace(std::uint32_t) const override { return {}; }
    SpanDetail span(std::uint32_t) const override { return {}; }
    StoredMetric metric(std::uint32_t) const override { return {}; }
    Value::Map attributes(std::uint32_t row) const override { return rows[row]->attributes; }
    void
    forEachAttribute(std::string_view key,
                     const std::function<void(std::uint32_t row, const Value &value)> &visit) const override
    {
        for (std::uint32_t row = 0; row < rows.size(); ++row) {
            for (const auto &[name, value] : rows[row]->attributes) {
                if (name == key)
                    visit(row, value);
            }
        }
    }
};

MemoryCache::MemoryCache(std::vector<PlainRecord> records, std::size_t segmentSize)
    : m_records(std::move(records))
{
    formSessions();
    makeSegments(segmentSize);
}

MemoryCache::~MemoryCache() = default;

void MemoryCache::formSessions()
{
    std::map<std::string, std::vector<PlainRecord *>> byUser;
    for (PlainRecord &record : m_records) {
        record.sessionKey = record.session;
        if (record.session.empty() && !record.user.empty() && makesSession(record.kind))
            byUser[record.user].push_back(&record);
    }
    for (auto &[user, list] : byUser) {
        std::stable_sort(list.begin(), list.end(), [](auto *a, auto *b) { return a->time < b->time; });
        std::string key;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (i == 0 || list[i]->time - list[i - 1]->time >= kGap)
                key = user + "@" + formatRfc3339({list[i]->time});
            list[i]->sessionKey = key;
        }
    }
    std::map<SessionId, std::vector<const PlainRecord *>> bySession;
    for (const PlainRecord &record : m_records) {
        if (!record.sessionKey.empty() && record.kind != RecordKind::MetricPoint)
            bySession[intern(m_sessionKeys, record.sessionKey)].push_back(&record);
    }
    for (auto &[id, list] : bySession) {
        std::stable_sort(list.begin(), list.end(), [](auto *a, auto *b) { return a->time < b->time; });
        m_sessions[id] = describe(id, list);
    }
}

StoredSession MemoryCache::describe(SessionId id, const std::vector<const PlainRecord *> &records)
{
    StoredSession session;
    session.id = id;
    session.key = m_sessionKeys[id];
    session.isDerived = records.front()->session.empty();
    session.start = {records.front()->time};
    session.end = {records.back()->time};
    session.origin = internOrigin(*records.front());
    for (const PlainRecord *record : records) {
        if (session.user == 0 && !record->user.empty())
            session.user = intern(m_users, record->user);
        session.events += record->kind == RecordKind::UsageEvent;
        session.screens += record->kind == RecordKind::ScreenView;
        session.errors += record->kind == RecordKind::Error;
        session.logs += record->kind == RecordKind::Log;
        session.spans += record->kind == RecordKind::Span;
    }
    return session;
}

void MemoryCache::makeSegments(std::size_t size)
{
    std::map<RecordKind, std::shared_ptr<MemorySegment>> open;
    const auto close = [this](std::shared_ptr<MemorySegment> &segment) {
        segment->head.count = static_cast<std::uint32_t>(segment->rows.size());
        const auto [first, last] =
            std::minmax_element(segment->timeColumn.begin(), segment->timeColumn.end());
        segment->head.first = {*first};
        segment->head.last = {*last};
        segment->head.id = static_cast<std::int64_t>(m_segments.size()) + 1;
        m_segments.push_back(std::move(segment));
        segment.reset();
    };
    for (const PlainRecord &record : m_records) {
        if (record.kind == RecordKind::Error) {
            StoredError error;
            error.id = static_cast<std::int64_t>(m_errors.size()) + 1;
            error.time = {record.time};
            error.arrival = {record.arrival};
            error.group = record.group;
            error.user = intern(m_users, record.user);
            error.session = intern(m_sessionKeys, record.sessionKey);
            error.origin = internOrigin(record);
            error.name = intern(m_strings, record.name);
            error.screen = intern(m_strings, record.screen);
            error.severity = record.severity;
            error.isUnhandled = record.isUnhandled;
            error.type = record.type;
            error.message = record.message;
            error.stack = record.stack;
            error.attributes = record.attributes;
            m_errors.push_back(std::move(error));
            continue;
        }
        auto &segment = open[record.kind];
        if (!segment) {
            segment = std::make_shared<MemorySegment>();
            segment->head.kind = record.kind;
        }
        segment->rows.push_back(&record);
        segment->timeColumn.push_back(record.time);
        segment->arrivalColumn.push_back(record.arrival);
        segment->durationColumn.push_back(record.duration);
        segment->nameColumn.push_back(intern(m_strings, record.name));
        segment->featureColumn.push_back(intern(m_strings, record.feature));
        segment->screenColumn.push_back(intern(m_strings, record.screen));
        segment->userColumn.push_back(intern(m_users, record.user));
        segment->sessionColumn.push_back(intern(m_sessionKeys, record.sessionKey));
        segment->originColumn.push_back(internOrigin(record));
        segment->severityColumn.push_back(record.severity);
        if (segment->rows.size() == size)
            close(segment);
    }
    for (auto &[kind, segment] : open) {
        if (segment)
            close(segment);
    }
    std::stable_sort(m_segments.begin(), m_segments.end(),
                     [](const auto &a, const auto &b) { return a->head.first < b->head.first; });
    std::stable_sort(m_errors.begin(), m_errors.end(),
                     [](const auto &a, const auto &b) { return a.time < b.time; });
}

std::uint32_t MemoryCache::intern(std::vector<std::string> &list, const std::string &text)
{
    if (text.empty())
        return 0;
    const auto found = std::find(list.begin(), list.end(), text);
    if (found != list.end())
        return static_cast<std::uint32_t>(found - list.begin());
    list.push_back(text);
    return static_cast<std::uint32_t>(list.size() - 1);
}

OriginId MemoryCache::internOrigin(const PlainRecord &record)
{
    for (const StoredOrigin &known : m_origins) {
        if (known.id != 0 && known.product == record.product && known.environment == record.environment &&
            known.release == record.release && known.os == record.os && known.device == record.device &&
            known.country == record.country && known.resourceAttributes == record.resource)
            return known.id;
    }
    StoredOrigin origin;
    origin.id = static_cast<OriginId>(m_origins.size());
    origin.product = record.product;
    origin.environment = record.environment;
    origin.release = record.release;
    origin.os = record.os;
    origin.device = record.device;
    origin.country = record.country;
    origin.resourceAttributes = record.resource;
    m_origins.push_back(std::move(origin));
    return m_origins.back().id;
}

std::optional<DictionaryId> MemoryCache::findString(std::string_view text)
{
    const auto found = std::find(m_strings.begin() + 1, m_strings.end(), text);
    return found == m_strings.end() ? std::nullopt
                                    : std::optional(static_cast<DictionaryId>(found - m_strings.begin()));
}

std::optional<UserId> MemoryCache::findUser(std::string_view key)
{
    const auto found = std::find(m_users.begin() + 1, m_users.end(), key);
    return found == m_users.end() ? std::nullopt
                                  : std::optional(static_cast<UserId>(found - m_users.begin()));
}

std::optional<SessionId> MemoryCache::findSession(std::string_view key)
{
    const auto found = std::find(m_sessionKeys.begin() + 1, m_sessionKeys.end(), key);
    return found == m_sessionKeys.end()
               ? std::nullopt
               : std::optional(static_cast<SessionId>(found - m_sessionKeys.begin()));
}

std::vector<OriginId> MemoryCache::origins()
{
    std::vector<OriginId> ids;
    for (const StoredOrigin &origin : m_origins) {
        if (origin.id != 0)
            ids.push_back(origin.id);
    }
    return ids;
}

Result<std::vector<SegmentInfo>> MemoryCache::segments(RecordKind kind, TimeRange range)
{
    std::vector<SegmentInfo> found;
    for (const auto &segment : m_segments) {
        const SegmentInfo &info = segment->info();
        if (info.kind == kind && info.first < range.to && info.last >= range.from)
            found.push_back(info);
    }
    return found;
}

Result<std::vector<SegmentInfo>> MemoryCache::segmentsOfSession(RecordKind kind, SessionId session)
{
    std::vector<SegmentInfo> found;
    for (const auto &segment : m_segments) {
        const auto sessions = segment->sessions();
        if (segment->info().kind == kind &&
            std::find(sessions.begin(), sessions.end(), session) != sessions.end())
            found.push_back(segment->info());
    }
    return found;
}

Result<std::shared_ptr<const Segment>> MemoryCache::segment(const SegmentInfo &info, SegmentParts, SegmentUse,
                                                            SegmentColumns)
{
    if (info.id == m_damaged)
        return failure(Error::Code::Damaged, "the checksum is wrong");
    for (const auto &segment : m_segments) {
        if (segment->info().id == info.id)
            return segment;
    }
    return failure(Error::Code::NotFound, "no such segment");
}

Result<void> MemoryCache::forEachError(TimeRange range, bool withText,
                                       const std::function<bool(const StoredError &)> &visit)
{
    for (const StoredError &stored : m_errors) {
        if (!range.contains(stored.time))
            continue;
        StoredError error = stored;
        if (!withText) {
            error.message.clear();
            error.stack.clear();
            error.attributes.clear();
        }
        if (!visit(error))
            break;
    }
    return {};
}

Result<void> MemoryCache::forEachErrorOf(SessionId session, bool withText,
                                         const std::function<bool(const StoredError &)> &visit)
{
    return forEachError({}, withText,
                        [&](const StoredError &error) { return error.session != session || visit(error); });
}

Result<void> MemoryCache::forEachErrorOfGroup(std::uint64_t group, TimeRange range, bool withText,
                                              const std::function<bool(const StoredError &)> &visit)
{
    std::vector<StoredError> found;
    const auto all = forEachError(range, withText, [&](const StoredError &error) {
        if (error.group == group)
            found.push_back(error);
        return true;
    });
    for (auto error = found.rbegin(); error != found.rend() && visit(*error); ++error) {
    }
    return all;
}

Result<std::vector<StoredErrorGroup>> MemoryCache::errorGroups()
{
    std::map<std::uint64_t, StoredErrorGroup> groups;
    for (const StoredError &error : m_errors) {
        StoredErrorGroup &group = groups[error.group];
        if (group.events++ == 0)
            group.firstSeen = error.time;
        group.key = error.group;
        group.type = error.type;
        group.message = error.message;
        group.state = "new";
        group.lastSeen = error.time;
    }
    std::vector<StoredErrorGroup> list;
    for (auto &[key, group] : groups)
        list.push_back(std::move(group));
    return list;
}

Result<void> MemoryCache::forEachSession(TimeRange range,
                                         const std::function<bool(const StoredSession &)> &visit)
{
    for (const auto &[id, session] : m_sessions) {
        if (session.start < range.to && session.end >= range.from && !visit(session))
            break;
    }
    return {};
}

Result<void> MemoryCache::forEachSessionStart(Instant to,
                                              const std::function<bool(SessionId, Instant start)> &visit)
{
    std::vector<std::pair<Instant, SessionId>> starts;
    for (const auto &[id, session] : m_sessions) {
        if (session.start < to)
            starts.emplace_back(session.start, id);
    }
    std::sort(starts.rbegin(), starts.rend());
    for (const auto &[start, id] : starts) {
        if (!visit(id, start))
            break;
    }
    return {};
}

Result<StoredSession> MemoryCache::session(SessionId id)
{
    const auto found = m_sessions.find(id);
    if (found == m_sessions.end())
        return failure(Error::Code::NotFound, "no such session");
    return found->second;
}

Result<CacheSummary> MemoryCache::summary()
{
    CacheSummary summary;
    summary.records = m_records.size();
    for (const PlainRecord &record : m_records) {
        summary.oldest = std::min(summary.oldest.value_or(Instant::max()), Instant{record.time});
        summary.newest = std::max(summary.newest.value_or(Instant::min()), Instant{record.time});
    }
    return summary;
}

} // namespace telltale
