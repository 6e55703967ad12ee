// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/rollupsource.h"

#include "models/store/numbercolumn.h"
#include "models/store/readerrows.h"

namespace telltale {
namespace {

constexpr RecordKind kSegmentKinds[] = {RecordKind::UsageEvent,  RecordKind::ScreenView,
                                        RecordKind::Log,         RecordKind::Span,
                                        RecordKind::MetricPoint, RecordKind::SessionBound};
#define TELLTALE_ROLLUP_ERROR                                                                                \
    "SELECT time, group_key, user, session, origin, severity, is_unhandled FROM errors"

bool isInside(TimeRange range, std::int64_t time)
{
    return range.from.ns <= time && time <= lastOf(range).ns;
}

template<typename T>
std::vector<T> columnOf(const EncodedSegment &segment, SegmentColumn column)
{
    std::vector<T> values;
    ByteReader in(splitColumns(segment.columns)[static_cast<std::size_t>(column)]);
    readNumberColumn(in, segment.count, values);
    return values;
}

/// The column that names what a record of this kind is about.
SegmentColumn subjectColumn(RecordKind kind)
{
    return kind == RecordKind::UsageEvent   ? SegmentColumn::Features
           : kind == RecordKind::ScreenView ? SegmentColumn::Screens
                                            : SegmentColumn::Names;
}

} // namespace

RollupSource::RollupSource(Database &database, SegmentTable &segments)
    : m_segments(segments)
    , m_inRange(database, "SELECT id FROM segments WHERE kind = :kind AND first <= :last AND last >= :from"
                          " AND sequence <= :sequence AND is_damaged = 0")
    , m_count(database, "SELECT coalesce(sum(count), 0) FROM segments WHERE kind = :kind AND first <= :last"
                        " AND last >= :from AND is_damaged = 0")
    , m_errorsSince(database, TELLTALE_ROLLUP_ERROR " WHERE id > :error")
    , m_errorsIn(database, TELLTALE_ROLLUP_ERROR " WHERE time >= :from AND time <= :last AND id <= :error")
{}

void RollupSource::forEachSince(std::int64_t sequence, std::int64_t error, const Visit &visit)
{
    for (const RecordKind kind : kSegmentKinds)
        m_segments.forEachSince(sequence, kind, [&](std::int64_t id) { readSegment(id, {}, visit); });
    const StatementScope scope(m_errorsSince);
    m_errorsSince.bind(":error", error);
    readErrors(m_errorsSince, visit);
}

void RollupSource::forEachIn(TimeRange range, std::int64_t sequence, std::int64_t error, const Visit &visit)
{
    for (const RecordKind kind : kSegmentKinds) {
        std::vector<std::int64_t> ids;
        {
            const StatementScope scope(m_inRange);
            m_inRange.bind(":kind", static_cast<int>(kind))
                .bind(":from", range.from.ns)
                .bind(":last", lastOf(range).ns)
                .bind(":sequence", sequence);
            while (m_inRange.step())
                ids.push_back(m_inRange.integer(0));
        }
        for (const std::int64_t id : ids)
            readSegment(id, range, visit);
    }
    const StatementScope scope(m_errorsIn);
    m_errorsIn.bind(":from", range.from.ns).bind(":last", lastOf(range).ns).bind(":error", error);
    readErrors(m_errorsIn, visit);
}

std::int64_t RollupSource::countIn(TimeRange range)
{
    std::int64_t count = 0;
    for (const RecordKind kind : kSegmentKinds) {
        const StatementScope scope(m_count);
        m_count.bind(":kind", static_cast<int>(kind))
            .bind(":from", range.from.ns)
            .bind(":last", lastOf(range).ns);
        m_count.step();
        count += m_count.integer(0);
    }
    return count;
}

void RollupSource::readSegment(std::int64_t id, TimeRange range, const Visit &visit)
{
    try {
        EncodedSegment segment;
        m_segments.read(id, segment);
        const auto times = columnOf<std::int64_t>(segment, SegmentColumn::Times);
        const auto durations = columnOf<std::int64_t>(segment, SegmentColumn::Durations);
        const auto subjects = columnOf<std::uint32_t>(segment, subjectColumn(segment.kind));
        const auto users = columnOf<std::uint32_t>(segment, SegmentColumn::Users);
        const auto sessions = columnOf<std::uint32_t>(segment, SegmentColumn::Sessions);
        const auto origins = columnOf<std::uint32_t>(segment, SegmentColumn::Origins);
        const bool areBounds = segment.kind == RecordKind::SessionBound;
        const auto severities = areBounds ? columnOf<std::uint8_t>(segment, SegmentColumn::Severities) : std::vector<std::uint8_t>();
        for (std::size_t row = 0; row < times.size(); ++row) {
            if (!isInside(range, times[row]))
                continue;
            RollupRecord record;
            record.kind = segment.kind;
            record.time = times[row];
            record.subject = subjects[row];
            record.duration = durations[row];
            record.user = users[row];
            record.session = sessions[row];
            record.origin = origins[row];
            record.isUnhandled = areBounds && severities[row] >= kCrashSeverity;
            visit(record);
        }
    } catch (const StoreFailure &problem) {
        if (problem.error.code != Error::Code::Damaged)
            throw;
    }
}

void RollupSource::readErrors(Statement &rows, const Visit &visit)
{
    RollupRecord record;
    record.kind = RecordKind::Error;
    while (rows.step()) {
        record.time = rows.integer(0);
        record.subject = rows.unsignedInteger(1);
        record.user = rows.id(2);
        record.session = rows.id(3);
        record.origin = rows.id(4);
        record.severity = static_cast<std::uint8_t>(rows.integer(5));
        record.isUnhandled = rows.integer(6) != 0;
        visit(record);
    }
}

} // namespace telltale
