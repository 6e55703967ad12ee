// SPDX-License-Identifier: GPL-3.0-or-later
// How durations are spread, and how surely that is known.
#include "models/analysis/cacheengine.h"
#include "models/analysis/intervals.h"
#include "models/analysis/percentile.h"
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

} // namespace

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
