// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/aheadoftime.h"
#include "models/analysis/dwelltable.h"
#include "models/analysis/engine.h"
#include "models/analysis/matcher.h"
#include "models/analysis/recordrow.h"
#include "models/analysis/scanblock.h"
#include "models/analysis/shareout.h"

#include <atomic>
#include <cassert>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace telltale {

/// How a scan goes about it.
struct ScanSettings
{
    std::size_t helpers = defaultHelpers(); ///< threads beside the asking one
    Progress progress;                      ///< called on the asking thread, in records of segments; errors are not counted
    std::uint64_t viewsAtOnce =
        512 * 1024; ///< screen views whose dwell is found at a time: fewer than are worth keeping
    static std::size_t defaultHelpers(); ///< one less than the processors there are, 3 at most
};

/// One question's walk over the records that match its scope, inside one snapshot. Damaged segments are left out and noted.
/// Segments are read, checked, decoded and filtered on helper threads too, when there are many; visitors are called on the
/// asking thread alone, except for runInLanes(). One thread; short-lived.
class RecordScan
{
public:
    RecordScan(CacheReader &reader, const Scope &scope, std::stop_token stop, ScanSettings settings = {})
        : m_reader(reader)
        , m_scope(scope)
        , m_stop(std::move(stop))
        , m_settings(std::move(settings))
        , m_snapshot(reader)
    {}
    /// Resolves the filter. First of all.
    Result<void> prepare();
    /// Rows of screen views tell the derived dwell too.
    void wantDwell() { m_wantsDwell = true; }
    /// Errors come with message, stack and attributes.
    void wantErrorText() { m_wantsErrorText = true; }
    /// Segments can tell attributes.
    void wantAttributes() { m_wantsAttributes = true; }
    /// From now on only records that are not in the rollups yet, or all again.
    void onlyNotRolledUp(bool isOnly) { m_isOnlyNotRolledUp = isOnly; }
    /// Rows of segments tell these columns only, all others say "none": what is not asked for is not decoded.
    void wantOnly(std::initializer_list<RecordColumn> columns)
    {
        m_columns = 0;
        for (const RecordColumn column : columns)
            m_columns |= static_cast<unsigned>(column);
    }

    /// Whether all times from the first to the last mean the same to who asks: they are in one bucket, say. Called on any
    /// thread.
    using IsSameTime = std::function<bool(Instant first, Instant last)>;
    /// From now on a row may tell any time that means the same as its own: segments within such a stretch need not be asked
    /// for their times, which are the largest column.
    void wantRoughTimes(IsSameTime isSame) { m_isSameTime = std::move(isSame); }

    CacheReader &reader() { return m_reader; }
    const Scope &scope() const { return m_scope; }
    bool isCancelled() const { return m_stop.stop_requested(); }
    const std::stop_token &stopToken() const { return m_stop; }
    bool hasFilter() const { return m_matcher && !m_matcher->isEmpty(); }
    std::vector<std::string> takeNotes();
    /// How the question is answered so far.
    QuestionPlan &plan() { return m_plan; }
    void note(std::string text) { m_notes.push_back(std::move(text)); }

    /// Calls `visit(const RecordRow &)` for every matching record of these kinds in the range, kind by kind, each roughly
    /// in order of time. A visitor that takes `const ScanBlock &` gets those of a segment at once, which costs a good deal
    /// less; errors, which have none, come as rows all the same. Errors: Cancelled, Io.
    template<typename Visit>
    Result<void> run(std::span<const RecordKind> kinds, TimeRange range, Visit &&visit)
    {
        for (const RecordKind kind : kinds) {
            if (!m_matcher->mayMatch(kind))
                continue;
            const auto done =
                kind == RecordKind::Error ? runErrors(range, visit) : runSegments(kind, range, visit);
            if (!done)
                return done;
        }
        return {};
    }
    template<typename Visit>
    Result<void> run(std::initializer_list<RecordKind> kinds, TimeRange range, Visit &&visit)
    {
        return run(std::span(kinds.begin(), kinds.size()), range, std::forward<Visit>(visit));
    }
    /// Over the scope's range.
    template<typename Visit>
    Result<void> run(std::initializer_list<RecordKind> kinds, Visit &&visit)
    {
        return run(kinds, m_scope.range, std::forward<Visit>(visit));
    }

    /// The range in stretches, in order of time, with about so many records of these kinds each: for who has to put records in
    /// order and cannot hold them all. Longer ones where segments lie across each other so much that most would be read twice.
    Result<std::vector<TimeRange>> stretches(std::span<const RecordKind> kinds, TimeRange range, std::uint64_t records);

    /// How many lanes runInLanes() has at most.
    std::size_t laneCount() const { return m_settings.helpers + 1; }
    /// The same for who keeps sets of ids in each lane: one where that would take too much memory, and adding them up too long.
    Result<std::size_t> laneCountForSets(std::span<const RecordKind> kinds, TimeRange range);
    /// The same where order does not matter: a segment is visited by the thread that read it, which costs less than handing it
    /// over. Calls `visit(std::size_t lane, const RecordRow &)`, or with a `const ScanBlock &`, for the lanes at the same time,
    /// for each lane from one thread only; lane 0 is the asking thread's.
    template<typename Visit>
    Result<void> runInLanes(std::span<const RecordKind> kinds, TimeRange range, Visit &&visit)
    {
        for (const RecordKind kind : kinds) {
            if (!m_matcher->mayMatch(kind))
                continue;
            const auto done = kind == RecordKind::Error
                                  ? runErrorsInLane(range, visit)
                                  : forEachPiece(kind, range, [&](auto piece, TimeRange of) {
                                        return runListInLanes(piece, of, visit);
                                    });
            if (!done)
                return done;
        }
        return {};
    }
    /// In so many lanes; one: in order.
    template<typename Visit>
    Result<void> runIn(std::size_t lanes, std::span<const RecordKind> kinds, TimeRange range, Visit &&visit)
    {
        if (lanes > 1)
            return runInLanes(kinds, range, visit);
        if constexpr (std::is_invocable_v<Visit &, std::size_t, const ScanBlock &>)
            return run(kinds, range, [&visit](const ScanBlock &block) { visit(std::size_t{0}, block); });
        else
            return run(kinds, range, [&visit](const RecordRow &row) { visit(std::size_t{0}, row); });
    }
    template<typename Visit>
    Result<void> runInLanes(std::initializer_list<RecordKind> kinds, TimeRange range, Visit &&visit)
    {
        return runInLanes(std::span(kinds.begin(), kinds.size()), range, std::forward<Visit>(visit));
    }

    /// Matching errors of one group in the scope's range, the newest first, until `visit(const RecordRow &)` returns false.
    template<typename Visit>
    Result<void> runGroup(std::uint64_t group, Visit &&visit)
    {
        return visitErrors(visit, [&](const auto &visitor) {
            return m_reader.forEachErrorOfGroup(
                group, m_scope.range, needsErrorText(),
                [&](const StoredError &error) { return visitor(m_scope.range, error); });
        });
    }

    /// The scope's range with open ends moved to the first and just after the last matching record of these kinds; empty
    /// when it is open and nothing matches. Of those that name a user only, when asked to.
    Result<TimeRange> closedRange(std::span<const RecordKind> kinds, bool onlyWithUser = false);

    /// Only records of this session (canonical), in the scope's range.
    template<typename Visit>
    Result<void> runSession(SessionId session, std::initializer_list<RecordKind> kinds, TimeRange extent,
                            Visit &&visit);

    tl::unexpected<Error> cancelled() const
    {
        return failure(Error::Code::Cancelled, "the question was cancelled");
    }

private:
    template<typename Visit>
    Result<void> runErrors(TimeRange range, Visit &visit);
    template<typename Visit>
    Result<void> runErrorsOf(SessionId session, TimeRange range, Visit &visit);
    template<typename Visit, typename Walk>
    Result<void> visitErrors(Visit &visit, Walk &&walk);
    bool needsErrorText() const { return m_wantsErrorText || m_matcher->needsAttributes(); }
    static SegmentUse useOf(std::span<const SegmentInfo> segments);
    template<typename Visit>
    Result<void> runErrorsInLane(TimeRange range, Visit &visit);
    template<typename Visit>
    Result<void> runSegments(RecordKind kind, TimeRange range, Visit &visit)
    {
        return forEachPiece(kind, range, [&](std::span<const SegmentInfo> piece, TimeRange of) {
            return runList(piece, of, 0, visit);
        });
    }
    template<typename RunPiece>
    Result<void> forEachPiece(RecordKind kind, TimeRange range, RunPiece &&runPiece);
    static std::vector<TimeRange> cut(std::span<const SegmentInfo> segments, TimeRange range, std::uint64_t records);
    static std::uint64_t recordsOf(std::span<const SegmentInfo> segments);
    static TimeRange extentOf(std::span<const SegmentInfo> segments, TimeRange range);
    /// What a lane has of its own.
    struct Lane
    {
        Matcher matcher;
        std::vector<std::uint8_t> hits;
        std::vector<std::pair<SessionId, SessionId>> canonical; ///< answers of the reader, by id
        bool hasMissed = false;                                 ///< nothing matched in the segment before
    };
    /// What is looked for in segments.
    struct Search
    {
        TimeRange range;
        SessionId onlySession = 0; ///< 0: any
        SegmentUse use = SegmentUse::Again;
        bool isInside(const SegmentInfo &info) const
        {
            return range.from <= info.first && info.last < range.to;
        }
    };
    using Block = std::unique_ptr<ScanBlock>;

    template<typename Visit>
    Result<void> runList(std::span<const SegmentInfo> segments, TimeRange range, SessionId onlySession,
                         Visit &visit);
    template<typename Visit>
    Result<void> runListInLanes(std::span<const SegmentInfo> segments, TimeRange range, Visit &visit);
    Result<void> accept(ScanBlock &block);
    Block make(Lane &lane, const SegmentInfo &info, const Search &search);
    SegmentColumns filterColumns(const SegmentInfo &info, const Search &search) const;
    bool hasSameTime(const SegmentInfo &info, const Search &search) const;
    std::span<const std::int64_t> dwellsOf(const SegmentInfo &info) const;
    RecordColumns columnsOf(RecordKind kind) const;
    bool isWorthReading(Lane &lane, ScanBlock &block, const SegmentInfo &info, const Search &search);
    void select(Lane &lane, ScanBlock &block, std::shared_ptr<const Segment> segment, const Search &search);
    void resolveSessions(Lane &lane, ScanBlock &block, const Segment &segment);
    void resolveUsers(ScanBlock &block, const Segment &segment);
    Result<std::shared_ptr<const Segment>> open(const SegmentInfo &info, SegmentParts parts, SegmentUse use,
                                                SegmentColumns columns, ScanBlock &block);
    std::vector<Lane> lanes(std::size_t segments) const;
    Result<void> loadDwells(TimeRange range);
    Result<void> loadDwellsOf(SessionId session);
    void noteRemovals();
    Result<bool> extendFromSegments(RecordKind kind, TimeRange &found);

    CacheReader &m_reader;
    const Scope &m_scope;
    std::stop_token m_stop;
    ScanSettings m_settings;
    CacheReader::Snapshot m_snapshot;
    std::optional<Matcher> m_matcher;
    std::optional<DwellTable> m_dwells;
    TimeRange m_dwellRange;
    RecordColumns m_columns = kAllColumns;
    IsSameTime m_isSameTime;
    bool m_wantsDwell = false;
    bool m_wantsErrorText = false;
    bool m_wantsAttributes = false;
    bool m_isOnlyNotRolledUp = false;
    std::vector<std::string> m_notes;
    std::uint64_t m_damagedRecords = 0;
    QuestionPlan m_plan;
};

template<typename Visit>
Result<void> RecordScan::runErrors(TimeRange range, Visit &visit)
{
    return visitErrors(visit, [&](const auto &visitor) {
        if (m_isOnlyNotRolledUp)
            return m_reader.forEachErrorNotRolledUp(
                range, needsErrorText(), [&](const StoredError &error) { return visitor(range, error); });
        return m_reader.forEachError(range, needsErrorText(),
                                     [&](const StoredError &error) { return visitor(range, error); });
    });
}

template<typename Visit>
Result<void> RecordScan::runErrorsOf(SessionId session, TimeRange range, Visit &visit)
{
    return visitErrors(visit, [&](const auto &visitor) {
        return m_reader.forEachErrorOf(session, needsErrorText(),
                                       [&](const StoredError &error) { return visitor(range, error); });
    });
}

/// `walk` goes over stored errors and hands each to the visitor it gets; that one returns false to stop, and so may `visit`.
template<typename Visit, typename Walk>
Result<void> RecordScan::visitErrors(Visit &visit, Walk &&walk)
{
    std::uint32_t seen = 0;
    const auto visited = walk([&](TimeRange range, const StoredError &error) {
        if ((++seen & 0xffU) == 0 && m_stop.stop_requested())
            return false;
        RecordRow row;
        row.kind = RecordKind::Error;
        row.severity = error.severity;
        row.isUnhandled = error.isUnhandled;
        row.time = error.time.ns;
        row.name = error.name;
        row.screen = error.screen;
        row.user = error.user;
        row.session = error.session == 0 ? 0 : m_reader.canonicalSession(error.session);
        row.origin = error.origin;
        row.error = &error;
        if (!range.contains(error.time) || !m_matcher->matches(row))
            return true;
        const RecordRow &found = row;
        if constexpr (!std::is_invocable_v<Visit &, const RecordRow &>)
            assert(false && "errors come as rows");
        else if constexpr (std::is_same_v<decltype(visit(found)), bool>)
            return visit(found);
        else
            visit(found);
        return true;
    });
    if (!visited)
        return visited;
    if (m_stop.stop_requested())
        return cancelled();
    return {};
}

/// Errors come from the asking thread.
template<typename Visit>
Result<void> RecordScan::runErrorsInLane(TimeRange range, Visit &visit)
{
    if constexpr (std::is_invocable_v<Visit &, std::size_t, const RecordRow &>) {
        const auto inLane = [&visit](const RecordRow &row) { visit(std::size_t{0}, row); };
        return runErrors(range, inLane);
    } else {
        assert(false && "errors come as rows");
        return {};
    }
}

/// Calls `runPiece` with the segments that may hold such records, and the range. Of screen views with so many at a time that
/// their dwells, which are known then, take little memory and segments are still at hand when the views are visited.
template<typename RunPiece>
Result<void> RecordScan::forEachPiece(RecordKind kind, TimeRange range, RunPiece &&runPiece)
{
    range = m_matcher->narrowed(kind, range);
    if (range.isEmpty())
        return {};
    const auto segments =
        m_isOnlyNotRolledUp ? m_reader.segmentsNotRolledUp(kind, range) : m_reader.segments(kind, range);
    if (!segments)
        return tl::unexpected(segments.error());
    if (kind != RecordKind::ScreenView || !(m_wantsDwell || m_matcher->needsDwell()))
        return runPiece(std::span<const SegmentInfo>(*segments), range);
    // By time, not by segments: one late record makes a segment weeks long.
    std::vector<SegmentInfo> piece;
    for (const TimeRange &stretch : cut(*segments, range, m_settings.viewsAtOnce)) {
        piece.clear();
        for (const SegmentInfo &info : *segments) {
            if (stretch.from <= info.last && info.first < stretch.to)
                piece.push_back(info);
        }
        if (const auto loaded = loadDwells(extentOf(piece, stretch)); !loaded)
            return loaded;
        if (const auto done = runPiece(std::span<const SegmentInfo>(piece), stretch); !done)
            return done;
    }
    return {};
}

template<typename Visit>
Result<void> RecordScan::runList(std::span<const SegmentInfo> segments, TimeRange range,
                                 SessionId onlySession, Visit &visit)
{
    std::vector<Lane> ownLanes = lanes(segments.size());
    const Search search{range, onlySession, useOf(segments)};
    AheadOfTime<Block> blocks(segments.size(), ownLanes.size() - 1, [&](std::size_t lane, std::size_t index) {
        return make(ownLanes[lane], segments[index], search);
    });
    std::uint64_t read = 0;
    const std::uint64_t all = m_settings.progress ? recordsOf(segments) : 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (m_stop.stop_requested())
            return cancelled();
        ++m_plan.scannedSegments;
        m_plan.scannedRecords += segments[i].count;
        const Block block = blocks.take();
        if (const auto accepted = accept(*block); !accepted)
            return accepted;
        if (block->segment) {
            if constexpr (std::is_invocable_v<Visit &, const ScanBlock &>)
                visit(static_cast<const ScanBlock &>(*block));
            else
                block->forEach(visit);
        }
        read += segments[i].count;
        if (m_settings.progress)
            m_settings.progress(read, all);
    }
    return {};
}

template<typename Visit>
Result<void> RecordScan::runListInLanes(std::span<const SegmentInfo> segments, TimeRange range, Visit &visit)
{
    std::vector<Lane> ownLanes = lanes(segments.size());
    std::vector<Result<void>> ends(ownLanes.size());
    std::vector<std::uint64_t> damaged(ownLanes.size());
    const Search search{range, 0, useOf(segments)};
    std::atomic<std::uint64_t> read = 0;
    const std::uint64_t all = recordsOf(segments);
    shareOut(segments.size(), ownLanes.size(), [&](std::size_t lane, std::size_t index) {
        const Block block = make(ownLanes[lane], segments[index], search);
        damaged[lane] += block->damagedRecords;
        if (m_stop.stop_requested())
            ends[lane] = cancelled();
        else if (block->problem)
            ends[lane] = tl::unexpected(*block->problem);
        if (!ends[lane])
            return false;
        if (block->segment) {
            if constexpr (std::is_invocable_v<Visit &, std::size_t, const ScanBlock &>)
                visit(lane, static_cast<const ScanBlock &>(*block));
            else
                block->forEach([&visit, lane](const RecordRow &row) { visit(lane, row); });
        }
        read += segments[index].count;
        if (lane == 0 && m_settings.progress)
            m_settings.progress(read, all);
        return true;
    });
    for (std::size_t lane = 0; lane < ends.size(); ++lane) {
        m_damagedRecords += damaged[lane];
        if (!ends[lane])
            return ends[lane];
    }
    if (m_settings.progress && !segments.empty())
        m_settings.progress(all, all); // another lane may have been the last
    m_plan.scannedSegments += segments.size();
    m_plan.scannedRecords += all;
    return {};
}

template<typename Visit>
Result<void> RecordScan::runSession(SessionId session, std::initializer_list<RecordKind> kinds,
                                    TimeRange extent, Visit &&visit)
{
    const TimeRange range{std::max(extent.from, m_scope.range.from), std::min(extent.to, m_scope.range.to)};
    for (const RecordKind kind : kinds) {
        if (!m_matcher->mayMatch(kind))
            continue;
        if (kind == RecordKind::Error) {
            if (const auto done = runErrorsOf(session, range, visit); !done)
                return done;
            continue;
        }
        const auto segments = m_reader.segmentsOfSession(kind, session);
        if (!segments)
            return tl::unexpected(segments.error());
        if (kind == RecordKind::ScreenView && !segments->empty()) {
            if (const auto loaded = loadDwellsOf(session); !loaded)
                return loaded;
        }
        if (const auto done = runList(*segments, range, session, visit); !done)
            return done;
    }
    return {};
}

} // namespace telltale
