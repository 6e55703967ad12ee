// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/dwelltable.h"

#include <algorithm>
#include <tuple>

namespace telltale {
namespace {

/// So many single look-ups of sessions cost about as much as one walk over all of them.
constexpr std::size_t kSingleLookUps = 2000;

tl::unexpected<Error> cancelled()
{
    return failure(Error::Code::Cancelled, "the question was cancelled");
}

} // namespace

Result<DwellTable> DwellTable::load(CacheReader &reader, TimeRange range, const std::stop_token &stop)
{
    TimeRange extended = range;
    if (range.to.ns < Instant::max().ns - kLongestDerivedDwell)
        extended.to.ns += kLongestDerivedDwell;
    return loadFrom(reader, reader.segments(RecordKind::ScreenView, extended), 0, extended, stop);
}

Result<DwellTable> DwellTable::loadSession(CacheReader &reader, SessionId session,
                                           const std::stop_token &stop)
{
    return loadFrom(reader, reader.segmentsOfSession(RecordKind::ScreenView, session), session, {}, stop);
}

/// Of all sessions when `onlySession` is 0.
Result<DwellTable> DwellTable::loadFrom(CacheReader &reader, const Result<std::vector<SegmentInfo>> &segments,
                                        SessionId onlySession, TimeRange extended,
                                        const std::stop_token &stop)
{
    if (!segments)
        return tl::unexpected(segments.error());

    DwellTable table;
    std::vector<View> views;
    bool isAnyMissing = false;
    for (const SegmentInfo &info : *segments) {
        if (stop.stop_requested())
            return cancelled();
        const auto segment = reader.segment(info, SegmentParts::Columns);
        if (!segment) {
            if (segment.error().code == Error::Code::Damaged)
                continue; // the scan says so
            return tl::unexpected(segment.error());
        }
        const auto times = (*segment)->times();
        const auto arrivals = (*segment)->arrivals();
        const auto durations = (*segment)->durations();
        const auto sessions = (*segment)->sessions();
        auto &dwells = table.m_bySegment[info.id];
        dwells.assign(durations.begin(), durations.end());
        for (std::uint32_t row = 0; row < (*segment)->count(); ++row) {
            if (sessions[row] == 0)
                continue;
            const SessionId session = reader.canonicalSession(sessions[row]);
            if (onlySession != 0 && session != onlySession)
                continue;
            const bool isMissing = durations[row] < 0;
            isAnyMissing = isAnyMissing || isMissing;
            views.push_back({session, row, times[row], arrivals[row], &dwells, isMissing});
        }
    }
    if (!isAnyMissing)
        return table;
    sort(views);
    if (const auto filled = table.fill(reader, views, extended, stop); !filled)
        return tl::unexpected(filled.error());
    return table;
}

/// By session, then by time. Views arrive in about the order of time and session ids are dense: so they are dealt out by
/// session first, after which most sessions are in order already.
void DwellTable::sort(std::vector<View> &views)
{
    const auto isBefore = [](const View &a, const View &b) {
        return std::tie(a.session, a.time, a.arrival, a.row) < std::tie(b.session, b.time, b.arrival, b.row);
    };
    const auto [low, high] = std::minmax_element(
        views.begin(), views.end(), [](const View &a, const View &b) { return a.session < b.session; });
    const SessionId first = low->session;
    const std::size_t count = std::size_t(high->session - first) + 1;
    if (count > views.size() * 8) {
        std::sort(views.begin(), views.end(), isBefore);
        return;
    }
    std::vector<std::uint32_t> starts(count + 1);
    for (const View &view : views)
        ++starts[view.session - first + 1];
    for (std::size_t i = 1; i <= count; ++i)
        starts[i] += starts[i - 1];
    std::vector<View> dealt(views.size());
    std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
    for (const View &view : views)
        dealt[next[view.session - first]++] = view;
    for (std::size_t i = 0; i < count; ++i) {
        const auto begin = dealt.begin() + starts[i];
        const auto end = dealt.begin() + starts[i + 1];
        if (!std::is_sorted(begin, end, isBefore))
            std::sort(begin, end, isBefore);
    }
    views = std::move(dealt);
}

Result<void> DwellTable::fill(CacheReader &reader, std::vector<View> &views, TimeRange range,
                              const std::stop_token &stop)
{
    std::vector<const View *> lasts; // the session's end decides
    for (std::size_t i = 0; i < views.size(); ++i) {
        const View &view = views[i];
        if (!view.isMissing)
            continue;
        if (i + 1 < views.size() && views[i + 1].session == view.session)
            (*view.dwells)[view.row] = std::min(views[i + 1].time - view.time, kLongestDerivedDwell);
        else
            lasts.push_back(&view);
    }
    if (stop.stop_requested())
        return cancelled();

    std::unordered_map<SessionId, std::int64_t> ends;
    if (lasts.size() > kSingleLookUps) {
        const auto visited = reader.forEachSession(range, [&](const StoredSession &session) {
            ends[reader.canonicalSession(session.id)] = session.end.ns;
            return !stop.stop_requested();
        });
        if (!visited)
            return visited;
    } else {
        for (const View *view : lasts) {
            if (const auto session = reader.session(view->session))
                ends[view->session] = session->end.ns;
        }
    }
    if (stop.stop_requested())
        return cancelled();
    for (const View *view : lasts) {
        if (const auto end = ends.find(view->session); end != ends.end())
            (*view->dwells)[view->row] =
                std::clamp<std::int64_t>(end->second - view->time, 0, kLongestDerivedDwell);
    }
    return {};
}

} // namespace telltale
