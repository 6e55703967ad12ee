// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/dwelltable.h"
#include "models/analysis/engine.h"
#include "models/analysis/matcher.h"
#include "models/analysis/recordrow.h"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace telltale {

/// One question's walk over the records that match its scope, inside one snapshot. Damaged segments are left out and noted.
/// One thread; short-lived.
class RecordScan
{
public:
    RecordScan(CacheReader &reader, const Scope &scope, std::stop_token stop)
        : m_reader(reader)
        , m_scope(scope)
        , m_stop(std::move(stop))
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

    CacheReader &reader() { return m_reader; }
    const Scope &scope() const { return m_scope; }
    bool isCancelled() const { return m_stop.stop_requested(); }
    const std::stop_token &stopToken() const { return m_stop; }
    bool hasFilter() const { return m_matcher && !m_matcher->isEmpty(); }
    std::vector<std::string> takeNotes();
    void note(std::string text) { m_notes.push_back(std::move(text)); }

    /// Calls `visit(const RecordRow &)` for every matching record of these kinds in the range, kind by kind, each roughly
    /// in order of time. Errors: Cancelled, Io.
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
    /// One segment's columns as plain pointers.
    struct Columns
    {
        explicit Columns(const Segment &segment);
        void read(std::uint32_t row, RecordRow &out) const;
        const std::int64_t *times, *durations;
        const DictionaryId *names, *features, *screens;
        const UserId *users;
        const SessionId *sessions;
        const OriginId *origins;
        const std::uint8_t *severities;
    };

    template<typename Visit>
    Result<void> runErrors(TimeRange range, Visit &visit);
    template<typename Visit>
    Result<void> runSegments(RecordKind kind, TimeRange range, Visit &visit);
    template<typename Visit>
    Result<void> runSegment(const SegmentInfo &info, TimeRange range, SessionId onlySession, Visit &visit);
    /// The reader's answer, remembered for the sessions that run at about the same time.
    SessionId canonical(SessionId id)
    {
        auto &[known, answer] = m_canonical[id % m_canonical.size()];
        if (known != id) {
            known = id;
            answer = m_reader.canonicalSession(id);
        }
        return answer;
    }
    /// None and a note when the segment is damaged.
    Result<std::shared_ptr<const Segment>> open(const SegmentInfo &info);
    Result<void> loadDwells(TimeRange range);
    Result<bool> extendFromSegments(RecordKind kind, TimeRange &found);

    CacheReader &m_reader;
    const Scope &m_scope;
    std::stop_token m_stop;
    CacheReader::Snapshot m_snapshot;
    std::vector<std::pair<SessionId, SessionId>> m_canonical =
        std::vector<std::pair<SessionId, SessionId>>(4096);
    std::optional<Matcher> m_matcher;
    std::optional<DwellTable> m_dwells;
    TimeRange m_dwellRange;
    bool m_wantsDwell = false;
    bool m_wantsErrorText = false;
    bool m_wantsAttributes = false;
    std::vector<std::string> m_notes;
    std::uint64_t m_damagedRecords = 0;
};

template<typename Visit>
Result<void> RecordScan::runErrors(TimeRange range, Visit &visit)
{
    std::uint32_t seen = 0;
    const auto visited = m_reader.forEachError(
        range, m_wantsErrorText || m_matcher->needsAttributes(), [&](const StoredError &error) {
            if ((++seen & 0x3ffU) == 0 && m_stop.stop_requested())
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
            if (range.contains(error.time) && m_matcher->matches(row))
                visit(std::as_const(row));
            return true;
        });
    if (!visited)
        return visited;
    if (m_stop.stop_requested())
        return cancelled();
    return {};
}

template<typename Visit>
Result<void> RecordScan::runSegments(RecordKind kind, TimeRange range, Visit &visit)
{
    const auto segments = m_reader.segments(kind, range);
    if (!segments)
        return tl::unexpected(segments.error());
    if (kind == RecordKind::ScreenView && !segments->empty() && (m_wantsDwell || m_matcher->needsDwell())) {
        if (const auto loaded = loadDwells(range); !loaded)
            return loaded;
    }
    for (const SegmentInfo &info : *segments) {
        if (const auto done = runSegment(info, range, 0, visit); !done)
            return done;
    }
    return {};
}

template<typename Visit>
Result<void> RecordScan::runSegment(const SegmentInfo &info, TimeRange range, SessionId onlySession,
                                    Visit &visit)
{
    if (m_stop.stop_requested())
        return cancelled();
    auto opened = open(info);
    if (!opened)
        return tl::unexpected(opened.error());
    if (!*opened)
        return {};
    const Segment &segment = **opened;
    if (!m_matcher->isEmpty())
        m_matcher->enter(segment);
    const Columns columns(segment);
    const std::span<const std::int64_t> dwells = info.kind == RecordKind::ScreenView && m_dwells
                                                     ? m_dwells->of(info.id)
                                                     : std::span<const std::int64_t>();
    const bool isInside = range.from <= info.first && info.last < range.to;
    const bool mayAll = m_matcher->isEmpty();
    RecordRow row;
    row.kind = info.kind;
    row.segment = &segment;
    const std::uint32_t count = segment.count();
    for (std::uint32_t i = 0; i < count; ++i) {
        if ((i & 0xfffU) == 0xfffU && m_stop.stop_requested())
            return cancelled();
        if (!isInside && !range.contains({columns.times[i]}))
            continue;
        columns.read(i, row);
        if (row.session != 0)
            row.session = canonical(row.session);
        if (onlySession != 0 && row.session != onlySession)
            continue;
        if (!dwells.empty())
            row.duration = dwells[i];
        if (mayAll || m_matcher->matches(row))
            visit(std::as_const(row));
    }
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
            auto ofSession = [&](const RecordRow &row) {
                if (row.session == session)
                    visit(row);
            };
            if (const auto done = runErrors(range, ofSession); !done)
                return done;
            continue;
        }
        const auto segments = m_reader.segmentsOfSession(kind, session);
        if (!segments)
            return tl::unexpected(segments.error());
        if (kind == RecordKind::ScreenView && !segments->empty()) {
            if (const auto loaded = loadDwells(range); !loaded)
                return loaded;
        }
        for (const SegmentInfo &info : *segments) {
            if (const auto done = runSegment(info, range, session, visit); !done)
                return done;
        }
    }
    return {};
}

inline void RecordScan::Columns::read(std::uint32_t row, RecordRow &out) const
{
    out.index = row;
    out.time = times[row];
    out.duration = durations ? durations[row] : kNoDuration;
    out.name = names ? names[row] : 0;
    out.feature = features ? features[row] : 0;
    out.screen = screens ? screens[row] : 0;
    out.user = users ? users[row] : 0;
    out.session = sessions ? sessions[row] : 0;
    out.origin = origins ? origins[row] : 0;
    out.severity = severities ? severities[row] : std::uint8_t(0);
}

} // namespace telltale
