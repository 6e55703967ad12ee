// SPDX-License-Identifier: GPL-3.0-or-later
// How durations are spread, and how surely that is known.
#include "models/analysis/cacheengine.h"
#include "models/analysis/intervals.h"
#include "models/analysis/percentile.h"
#include "models/analysis/planner.h"
#include "models/analysis/recordscan.h"

#include <algorithm>

namespace telltale {
namespace {

double placeMs(std::vector<std::int64_t> &values, std::size_t place)
{
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(place);
    std::nth_element(values.begin(), at, values.end());
    return static_cast<double>(*at) / kNanosecondsPerMillisecond;
}

/// The place of a sorted value as the share whose rank it is.
double shareOf(std::size_t place, std::uint64_t count)
{
    return (static_cast<double>(place) + 0.5) / static_cast<double>(count);
}

Spread spreadOf(const DurationPile &pile, const std::vector<double> &shares)
{
    Spread spread;
    spread.count = pile.count();
    std::vector<double> asked;
    for (const double share : shares) {
        asked.push_back(share);
        if (const auto places = quantilePlaces(pile.count(), share)) {
            asked.push_back(shareOf(places->first, pile.count()));
            asked.push_back(shareOf(places->second, pile.count()));
        }
    }
    const auto found = pile.quantiles(asked);
    auto at = found.begin();
    for (const double share : shares) {
        SpreadValue &value = spread.values.emplace_back();
        value.share = share;
        value.ms = inMilliseconds(*at++);
        if (quantilePlaces(pile.count(), share)) {
            value.lowMs = inMilliseconds(*at++);
            value.highMs = inMilliseconds(*at++);
        }
    }
    return spread;
}

} // namespace

/// Rollups keep every duration, in one or two bytes: a scan would have to hold eight.
CacheEngine::Rolled<Spread> CacheEngine::rolledSpread(RecordScan &scan, SpreadOf of, const std::vector<double> &shares)
{
    using Nothing = std::optional<Answered<Spread>>;
    const bool isDwell = of == SpreadOf::Dwells;
    const RollupFamily family = isDwell ? RollupFamily::Screen : RollupFamily::All;
    const RecordKind kKinds[] = {isDwell ? RecordKind::ScreenView : RecordKind::Span};
    Planner planner(scan);
    const auto range = planner.rangeFor(family, kKinds);
    if (!range)
        return tl::unexpected(range.error());
    if (!*range)
        return Nothing();
    DurationPile pile;
    std::uint64_t counted = 0, scanned = 0;
    bool isFine = true;
    const auto done = planner.run(
        family, RollupValues, kKinds, {(*range)->from.ns, (*range)->to.ns},
        [&](std::size_t, const RollupColumns &columns, std::size_t cell) {
            counted += columns.count(isDwell ? RollupCount::Views : RollupCount::Spans, cell);
            isFine = pile.addStored(columns.valuesOf(cell)) && isFine;
        },
        [&](std::size_t, const RecordRow &row) {
            if (row.duration < 0)
                return;
            ++scanned;
            pile.add(row.duration);
        });
    if (!done && done.error().code != Error::Code::Damaged)
        return tl::unexpected(done.error());
    // The dwell of views that rollups have none of is a matter of the whole session.
    if (!done || !isFine || (isDwell && counted != pile.count() - scanned)) {
        scan.plan() = {};
        return Nothing();
    }
    return Nothing(Answered<Spread>{spreadOf(pile, shares), scan.takeNotes(), scan.plan()});
}

Engine::Reply<Spread> CacheEngine::spread(SpreadOf of, const std::vector<double> &shares, const Scope &scope,
                                          std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    const bool isDwell = of == SpreadOf::Dwells;
    if (isDwell)
        scan.wantDwell();
    scan.wantOnly({RecordColumn::Time, RecordColumn::Duration});
    if (auto rolled = rolledSpread(scan, of, shares); !rolled)
        return tl::unexpected(rolled.error());
    else if (*rolled)
        return std::move(**rolled);
    std::vector<std::int64_t> values;
    const auto done = scan.run({isDwell ? RecordKind::ScreenView : RecordKind::Span}, [&](const RecordRow &row) {
        if (row.duration >= 0)
            values.push_back(row.duration);
    });
    if (!done)
        return tl::unexpected(done.error());
    Answered<Spread> answer;
    answer.value.count = values.size();
    for (const double share : shares) {
        SpreadValue &value = answer.value.values.emplace_back();
        value.share = share;
        value.ms = percentileMs(values, share);
        if (const auto places = quantilePlaces(values.size(), share)) {
            value.lowMs = placeMs(values, places->first);
            value.highMs = placeMs(values, places->second);
        }
    }
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

} // namespace telltale
