// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/recordscan.h"

#include <algorithm>

namespace telltale {

Result<void> RecordScan::prepare()
{
    if (m_stop.stop_requested())
        return cancelled();
    auto matcher = Matcher::make(m_reader, m_scope.filter);
    if (!matcher)
        return tl::unexpected(matcher.error());
    m_matcher.emplace(std::move(*matcher));
    return {};
}

std::vector<std::string> RecordScan::takeNotes()
{
    if (m_damagedRecords > 0)
        m_notes.push_back(std::to_string(m_damagedRecords) +
                          " records could not be read: a part of the cache is damaged");
    m_damagedRecords = 0;
    return std::move(m_notes);
}

Result<std::shared_ptr<const Segment>> RecordScan::open(const SegmentInfo &info)
{
    // Attributes are the larger part of a segment: left on the disk unless somebody asks for them.
    const bool needsAll = m_wantsAttributes || m_matcher->needsAttributes();
    auto segment = m_reader.segment(info, needsAll ? SegmentParts::All : SegmentParts::Columns);
    if (!segment && segment.error().code == Error::Code::Damaged) {
        m_damagedRecords += info.count;
        return std::shared_ptr<const Segment>();
    }
    return segment;
}

Result<void> RecordScan::loadDwells(TimeRange range)
{
    if (m_dwells && m_dwellRange.from <= range.from && range.to <= m_dwellRange.to)
        return {};
    auto loaded = DwellTable::load(m_reader, range, m_stop);
    if (!loaded)
        return tl::unexpected(loaded.error());
    m_dwells.emplace(std::move(*loaded));
    m_dwellRange = range;
    return {};
}

Result<TimeRange> RecordScan::closedRange(std::span<const RecordKind> kinds, bool onlyWithUser)
{
    TimeRange range = m_scope.range;
    if (!range.isOpen())
        return range;
    TimeRange found{Instant::max(), Instant::min()}; // from the first to the last, both inside
    const auto extend = [&found, onlyWithUser](const RecordRow &row) {
        if (onlyWithUser && row.user == 0)
            return;
        found.from = std::min(found.from, Instant{row.time});
        found.to = std::max(found.to, Instant{row.time});
    };
    for (const RecordKind kind : kinds) {
        bool isKnown = false;
        if (!hasFilter() && !onlyWithUser && kind != RecordKind::Error) {
            const auto extended = extendFromSegments(kind, found);
            if (!extended)
                return tl::unexpected(extended.error());
            isKnown = *extended;
        }
        if (!isKnown) {
            if (const auto done = run({kind}, extend); !done)
                return tl::unexpected(done.error());
        }
    }
    if (found.from > found.to)
        return TimeRange{Instant{0}, Instant{0}};
    if (range.from == Instant::min())
        range.from = found.from;
    if (range.to == Instant::max() && found.to != Instant::max())
        range.to = {found.to.ns + 1};
    return range;
}

/// The first and last times that segments state are those of records; true when that is enough to know the extent.
Result<bool> RecordScan::extendFromSegments(RecordKind kind, TimeRange &found)
{
    const auto segments = m_reader.segments(kind, m_scope.range);
    if (!segments)
        return tl::unexpected(segments.error());
    for (const SegmentInfo &info : *segments) {
        // A segment across a closed end has records outside of the range: look at each of them.
        if (info.first < m_scope.range.from || !(info.last < m_scope.range.to))
            return false;
    }
    for (const SegmentInfo &info : *segments) {
        found.from = std::min(found.from, info.first);
        found.to = std::max(found.to, info.last);
    }
    return true;
}

RecordScan::Columns::Columns(const Segment &segment)
{
    // A column that a kind does not have may be empty.
    const auto pointer = [&segment](auto column) {
        return column.size() == segment.count() ? column.data() : nullptr;
    };
    times = segment.times().data();
    durations = pointer(segment.durations());
    names = pointer(segment.names());
    features = pointer(segment.features());
    screens = pointer(segment.screens());
    users = pointer(segment.users());
    sessions = pointer(segment.sessions());
    origins = pointer(segment.origins());
    severities = pointer(segment.severities());
}

} // namespace telltale
