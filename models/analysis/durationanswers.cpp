// SPDX-License-Identifier: GPL-3.0-or-later
// Screens, and how long things took, from rollups, which keep every duration: ranks are exact.
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/percentile.h"
#include "models/analysis/planner.h"

#include <algorithm>

namespace telltale {
namespace {

/// Whether the rollups know the dwell of every view that was counted: that of others is a matter of the whole session.
bool isEachKnown(RecordKind kind, std::uint64_t counted, std::uint64_t known)
{
    return kind != RecordKind::ScreenView || counted == known;
}

} // namespace

Result<std::optional<MeasuredDurations>> CacheEngine::rolledDurations(RecordScan &scan, RecordKind kind,
                                                                      const std::vector<std::int64_t> &edges)
{
    using Nothing = std::optional<MeasuredDurations>;
    Planner planner(scan);
    const auto isUsed = planner.isForRollups({{edges.front()}, {edges.back()}});
    if (!isUsed)
        return tl::unexpected(isUsed.error());
    if (!*isUsed)
        return Nothing();
    const bool isSpan = kind == RecordKind::Span;
    MeasuredDurations measured(edges.size() - 1);
    std::uint64_t counted = 0, known = 0;
    bool isFine = true;
    const QuestionPlan before = scan.plan();
    const auto done = planner.run(
        isSpan ? RollupFamily::All : RollupFamily::Screen, RollupValues, std::span(&kind, 1), edges,
        [&](std::size_t stretch, const RollupColumns &columns, std::size_t cell) {
            const std::uint64_t count = columns.count(isSpan ? RollupCount::Spans : RollupCount::Views, cell);
            DurationPile &pile = measured.durations[stretch];
            measured.counts[stretch] += count;
            counted += count;
            known -= pile.count();
            isFine = pile.addStored(columns.valuesOf(cell)) && isFine;
            known += pile.count();
        },
        [&](std::size_t stretch, const RecordRow &row) {
            ++measured.counts[stretch];
            if (row.duration >= 0)
                measured.durations[stretch].add(row.duration);
        });
    if (!done && done.error().code != Error::Code::Damaged)
        return tl::unexpected(done.error());
    if (!done || !isFine || !isEachKnown(kind, counted, known)) {
        scan.plan() = before;
        return Nothing();
    }
    return std::optional(std::move(measured));
}

CacheEngine::Rolled<std::vector<ScreenRow>> CacheEngine::rolledScreens(RecordScan &scan)
{
    using Nothing = std::optional<Answered<std::vector<ScreenRow>>>;
    struct Screen
    {
        std::uint64_t views = 0;
        IdUnion users;
        DurationPile dwells;
    };
    constexpr RecordKind kKinds[] = {RecordKind::ScreenView};
    Planner planner(scan);
    const auto range = planner.rangeFor(RollupFamily::Screen, kKinds);
    if (!range)
        return tl::unexpected(range.error());
    if (!*range)
        return Nothing();
    PlaceMap places;
    std::vector<Screen> screens;
    const auto screenOf = [&](std::uint32_t id) -> Screen & {
        const std::uint32_t place = places.placeOf(id);
        if (place == screens.size())
            screens.emplace_back();
        return screens[place];
    };
    std::uint64_t counted = 0, known = 0;
    bool isFine = true;
    const auto done = planner.run(
        RollupFamily::Screen, RollupUsers | RollupValues, kKinds, {(*range)->from.ns, (*range)->to.ns},
        [&](std::size_t, const RollupColumns &columns, std::size_t cell) {
            Screen &screen = screenOf(static_cast<std::uint32_t>(columns.subjects[cell]));
            const std::uint64_t views = columns.count(RollupCount::Views, cell);
            screen.views += views;
            counted += views;
            known -= screen.dwells.count();
            isFine = screen.users.addStored(columns.idsOf(RollupIds::Users, cell)) &&
                     screen.dwells.addStored(columns.valuesOf(cell)) && isFine;
            known += screen.dwells.count();
        },
        [&](std::size_t, const RecordRow &row) {
            Screen &screen = screenOf(row.screen);
            ++screen.views;
            if (row.user != 0)
                screen.users.add(row.user);
            if (row.duration >= 0)
                screen.dwells.add(row.duration);
        });
    if (!done && done.error().code != Error::Code::Damaged)
        return tl::unexpected(done.error());
    if (!done || !isFine || !isEachKnown(RecordKind::ScreenView, counted, known)) {
        scan.plan() = {};
        return Nothing();
    }
    constexpr double kShares[] = {0.25, 0.5, 0.75, 0.9};
    std::vector<ScreenRow> rows;
    for (std::size_t i = 0; i < screens.size(); ++i) {
        Screen &screen = screens[i];
        planner.resolveUsers(screen.users);
        ScreenRow &row = rows.emplace_back();
        row.screen = m_reader->string(places.ids()[i]);
        row.views = screen.views;
        row.users = screen.users.count();
        row.knownDwells = screen.dwells.count();
        row.dwellTotalMs = static_cast<double>(screen.dwells.sum() / 1e6L);
        const auto dwells = screen.dwells.quantiles(kShares);
        row.dwellP25Ms = inMilliseconds(dwells[0]);
        row.dwellP50Ms = inMilliseconds(dwells[1]);
        row.dwellP75Ms = inMilliseconds(dwells[2]);
        row.dwellP90Ms = inMilliseconds(dwells[3]);
    }
    std::sort(rows.begin(), rows.end(), [](const ScreenRow &a, const ScreenRow &b) {
        return a.views != b.views ? a.views > b.views : a.screen < b.screen;
    });
    if (rows.size() > scan.scope().limit)
        rows.resize(scan.scope().limit);
    return std::optional(Answered<std::vector<ScreenRow>>{std::move(rows), scan.takeNotes(), scan.plan()});
}

} // namespace telltale
