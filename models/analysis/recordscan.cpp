// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/recordscan.h"

#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <thread>

namespace telltale {
namespace {

constexpr std::size_t kMostHelpers = 3;
constexpr std::size_t kSegmentsAHelper = 16;
constexpr std::uint64_t kRowsWorthKeeping =
    288 * 1024; ///< about what fits into a reader's memory of segments
constexpr std::size_t kSessionsRemembered = 4096;
constexpr std::uint64_t kRowsWithSetsALane = 16'000'000;

/// Cut where segments begin; `segments` in that order.
std::vector<TimeRange> cutAt(std::span<const SegmentInfo> segments, TimeRange range, std::uint64_t records)
{
    std::vector<TimeRange> stretches{range};
    std::uint64_t count = 0;
    for (const SegmentInfo &info : segments) {
        if (count >= records && stretches.back().from < info.first) {
            stretches.back().to = info.first;
            stretches.push_back({info.first, range.to});
            count = 0;
        }
        count += info.count;
    }
    return stretches;
}

/// How many records are read when each stretch reads all segments that reach into it.
std::uint64_t recordsRead(std::span<const SegmentInfo> segments, std::span<const TimeRange> stretches)
{
    const auto at = [stretches](Instant time) {
        const auto after = std::upper_bound(stretches.begin() + 1, stretches.end(), time,
                                            [](Instant t, const TimeRange &stretch) { return t < stretch.from; });
        return after - stretches.begin();
    };
    std::uint64_t count = 0;
    for (const SegmentInfo &info : segments)
        count += info.count * static_cast<std::uint64_t>(1 + at(info.last) - at(info.first));
    return count;
}

} // namespace

Result<void> RecordScan::prepare()
{
    if (m_stop.stop_requested())
        return cancelled();
    auto matcher = Matcher::make(m_reader, m_scope.filter, m_stop);
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
    noteRemovals();
    return std::move(m_notes);
}

/// What retention took from the range is no longer in the answer.
void RecordScan::noteRemovals()
{
    const auto removals = m_reader.removals();
    if (!removals)
        return;
    std::uint64_t records = 0;
    std::optional<Instant> newest;
    for (const StoredRemoval &removal : *removals) {
        if (removal.reason == "person" || removal.newest < m_scope.range.from ||
            removal.oldest >= m_scope.range.to)
            continue;
        records += removal.records;
        newest = newest ? std::max(*newest, removal.newest) : removal.newest;
    }
    if (records > 0)
        m_notes.push_back("of " + std::to_string(records) + " records up to " + formatRfc3339(*newest) +
                          ", those of this range were removed: the cache keeps to an age or a size");
}

std::size_t ScanSettings::defaultHelpers()
{
    const unsigned processors = std::thread::hardware_concurrency();
    return processors <= 1 ? 0 : std::min<std::size_t>(processors - 1, kMostHelpers);
}

/// More segments than memory holds would only push each other out.
SegmentUse RecordScan::useOf(std::span<const SegmentInfo> segments)
{
    std::uint64_t rows = 0;
    for (const SegmentInfo &info : segments)
        rows += info.count;
    return rows > kRowsWorthKeeping ? SegmentUse::Once : SegmentUse::Again;
}

/// `segments` in order of their first records; see stretches().
std::vector<TimeRange> RecordScan::cut(std::span<const SegmentInfo> segments, TimeRange range, std::uint64_t records)
{
    std::uint64_t count = 0;
    for (const SegmentInfo &info : segments)
        count += info.count;
    std::vector<TimeRange> stretches = cutAt(segments, range, records);
    while (stretches.size() > 1 && recordsRead(segments, stretches) / 2 > count)
        stretches = cutAt(segments, range, records *= 2);
    return stretches;
}

Result<std::size_t> RecordScan::laneCountForSets(std::span<const RecordKind> kinds, TimeRange range)
{
    std::uint64_t rows = 0;
    for (const RecordKind kind : kinds) {
        if (kind == RecordKind::Error)
            continue;
        const auto segments = m_reader.segments(kind, range);
        if (!segments)
            return tl::unexpected(segments.error());
        for (const SegmentInfo &info : *segments)
            rows += info.count;
    }
    return rows <= kRowsWithSetsALane ? laneCount() : 1;
}

Result<std::vector<TimeRange>> RecordScan::stretches(std::span<const RecordKind> kinds, TimeRange range,
                                                     std::uint64_t records)
{
    std::vector<SegmentInfo> all;
    for (const RecordKind kind : kinds) {
        if (kind == RecordKind::Error || !m_matcher->mayMatch(kind))
            continue;
        const auto segments = m_reader.segments(kind, range);
        if (!segments)
            return tl::unexpected(segments.error());
        all.insert(all.end(), segments->begin(), segments->end());
    }
    std::sort(all.begin(), all.end(), [](const SegmentInfo &a, const SegmentInfo &b) { return a.first < b.first; });
    return cut(all, range, records);
}

std::uint64_t RecordScan::recordsOf(std::span<const SegmentInfo> segments)
{
    std::uint64_t records = 0;
    for (const SegmentInfo &info : segments)
        records += info.count;
    return records;
}

/// What of the range the segments have records in.
TimeRange RecordScan::extentOf(std::span<const SegmentInfo> segments, TimeRange range)
{
    TimeRange extent{Instant::max(), Instant::min()};
    for (const SegmentInfo &info : segments) {
        extent.from = std::min(extent.from, info.first);
        extent.to = std::max(extent.to, info.last);
    }
    if (extent.to != Instant::max())
        ++extent.to.ns;
    return {std::max(extent.from, range.from), std::min(extent.to, range.to)};
}

/// One at least. A thread is not worth its while for a few segments.
std::vector<RecordScan::Lane> RecordScan::lanes(std::size_t segments) const
{
    const std::size_t helpers = std::min(m_settings.helpers, segments / kSegmentsAHelper);
    return std::vector<Lane>(helpers + 1, Lane{*m_matcher, {}, {}, false});
}

Result<std::shared_ptr<const Segment>> RecordScan::open(const SegmentInfo &info, SegmentParts parts,
                                                        SegmentUse use, SegmentColumns columns,
                                                        ScanBlock &block)
{
    auto segment = m_reader.segment(info, parts, use, columns);
    if (!segment && segment.error().code == Error::Code::Damaged) {
        block.damagedRecords = info.count;
        return std::shared_ptr<const Segment>();
    }
    return segment;
}

/// What tells whether a row of the segment is looked for, attributes aside.
SegmentColumns RecordScan::filterColumns(const SegmentInfo &info, const Search &search) const
{
    SegmentColumns columns = m_matcher->columns();
    if (search.onlySession != 0)
        columns |= columnBit(SegmentColumn::Sessions);
    if (!search.isInside(info))
        columns |= columnBit(SegmentColumn::Times);
    return columns;
}

bool RecordScan::hasSameTime(const SegmentInfo &info, const Search &search) const
{
    return m_isSameTime && search.isInside(info) && m_isSameTime(info.first, info.last);
}

std::span<const std::int64_t> RecordScan::dwellsOf(const SegmentInfo &info) const
{
    return info.kind == RecordKind::ScreenView && m_dwells ? m_dwells->of(info.id)
                                                           : std::span<const std::int64_t>();
}

/// What sessions are counted by says whether they crashed, too.
RecordColumns RecordScan::columnsOf(RecordKind kind) const
{
    const bool areSessionsMeant =
        kind == RecordKind::SessionBound && (m_columns & static_cast<unsigned>(RecordColumn::Session)) != 0;
    return areSessionsMeant ? m_columns | static_cast<unsigned>(RecordColumn::Severity) : m_columns;
}

/// Where nothing matched in the segment before, what the filter looks at is read alone: it may be all that is needed.
bool RecordScan::isWorthReading(Lane &lane, ScanBlock &block, const SegmentInfo &info, const Search &search)
{
    const SegmentColumns columns = m_matcher->columns();
    if (!lane.hasMissed || search.use == SegmentUse::Again || columns == 0)
        return true;
    const auto opened = open(info, SegmentParts::Columns, search.use, columns, block);
    if (!opened)
        block.problem = opened.error();
    if (!opened || !*opened)
        return false;
    return lane.matcher.decide(**opened, false, dwellsOf(info), lane.hits) != Matcher::Verdict::None;
}

/// Runs on any thread.
RecordScan::Block RecordScan::make(Lane &lane, const SegmentInfo &info, const Search &search)
{
    auto block = std::make_unique<ScanBlock>();
    if (m_stop.stop_requested())
        return block; // the asking thread is about to notice, too
    if (!isWorthReading(lane, *block, info, search))
        return block;
    // Attributes are the larger part of a segment: left on the disk unless somebody asks for them, and until columns have
    // not ruled the segment out.
    const bool needsAll =
        m_wantsAttributes || (m_matcher->needsAttributes() && !m_matcher->decidesByColumns());
    SegmentColumns columns = ScanBlock::storedColumns(columnsOf(info.kind));
    if (hasSameTime(info, search))
        columns &= ~columnBit(SegmentColumn::Times);
    columns |= filterColumns(info, search);
    auto opened =
        open(info, needsAll ? SegmentParts::All : SegmentParts::Columns, search.use, columns, *block);
    if (!opened)
        block->problem = opened.error();
    else if (*opened)
        select(lane, *block, std::move(*opened), search);
    lane.hasMissed = !block->segment;
    return block;
}

/// Leaves the block without a segment when nothing in it matches.
void RecordScan::select(Lane &lane, ScanBlock &block, std::shared_ptr<const Segment> segment,
                        const Search &search)
{
    using Verdict = Matcher::Verdict;
    const SegmentInfo info = segment->info();
    const std::span<const std::int64_t> dwells = dwellsOf(info);
    bool hasAttributes = m_wantsAttributes || !m_matcher->decidesByColumns();
    Verdict verdict = lane.matcher.decide(*segment, hasAttributes, dwells, lane.hits);
    if (verdict == Verdict::NeedsAttributes) {
        auto whole = open(info, SegmentParts::All, search.use, kEveryColumn, block);
        if (!whole)
            block.problem = whole.error();
        if (!whole || !*whole)
            return;
        segment = std::move(*whole);
        verdict = lane.matcher.decide(*segment, true, dwells, lane.hits);
    }
    if (verdict == Verdict::None)
        return;
    const std::uint32_t count = segment->count();
    const SessionId onlySession = search.onlySession;
    RecordColumns columns = columnsOf(info.kind);
    if (onlySession != 0)
        columns |= static_cast<unsigned>(RecordColumn::Session);
    if (hasSameTime(info, search))
        columns &= ~static_cast<unsigned>(RecordColumn::Time);
    if (columns & static_cast<unsigned>(RecordColumn::Session))
        resolveSessions(lane, block, *segment);
    if (columns & static_cast<unsigned>(RecordColumn::User))
        resolveUsers(block, *segment);
    block.read(segment, columns, dwells, info.first.ns);
    const bool isInside = search.isInside(info);
    block.isWhole = verdict == Verdict::All && isInside && onlySession == 0;
    if (block.isWhole)
        return;
    std::vector<std::uint8_t> &hits = lane.hits;
    if (verdict == Verdict::All)
        hits.assign(count, 1);
    if (!isInside) {
        const auto times = segment->times();
        for (std::uint32_t i = 0; i < count; ++i)
            hits[i] &= static_cast<std::uint8_t>(search.range.contains({times[i]}));
    }
    if (onlySession != 0) {
        for (std::uint32_t i = 0; i < count; ++i)
            hits[i] &= static_cast<std::uint8_t>(block.views.sessions[i] == onlySession);
    }
    if (block.select(hits) == 0)
        block.segment.reset();
}

void RecordScan::resolveSessions(Lane &lane, ScanBlock &block, const Segment &segment)
{
    const auto sessions = segment.sessions();
    if (sessions.size() != segment.count() || !m_reader.hasJoinedSessions())
        return;
    lane.canonical.resize(kSessionsRemembered);
    block.canonical.resize(sessions.size());
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        const SessionId id = sessions[i];
        auto &[known, answer] = lane.canonical[id % kSessionsRemembered];
        if (known != id) {
            known = id;
            answer = m_reader.canonicalSession(id);
        }
        block.canonical[i] = answer;
    }
}

void RecordScan::resolveUsers(ScanBlock &block, const Segment &segment)
{
    const auto users = segment.users();
    if (users.size() != segment.count() || !m_reader.hasJoinedUsers())
        return;
    block.canonicalUsers.resize(users.size());
    std::transform(users.begin(), users.end(), block.canonicalUsers.begin(),
                   [this](UserId user) { return m_reader.canonicalUser(user); });
}

Result<void> RecordScan::accept(ScanBlock &block)
{
    if (m_stop.stop_requested())
        return cancelled();
    if (block.problem)
        return tl::unexpected(*block.problem);
    m_damagedRecords += block.damagedRecords;
    return {};
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

Result<void> RecordScan::loadDwellsOf(SessionId session)
{
    auto loaded = DwellTable::loadSession(m_reader, session, m_stop);
    if (!loaded)
        return tl::unexpected(loaded.error());
    m_dwells.emplace(std::move(*loaded));
    m_dwellRange = {Instant{0}, Instant{0}}; // not of everything in any range
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

} // namespace telltale
