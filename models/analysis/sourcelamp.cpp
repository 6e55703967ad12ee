// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/sourcelamp.h"

#include "models/telemetry/document.h"

#include <algorithm>

namespace telltale {

SourceState lampOf(const SourceSigns &signs, Instant now)
{
    using namespace std::chrono_literals;
    using Door = SourceSigns::Door;
    if (signs.isPaused)
        return SourceState::Paused;
    const bool isMinuteLast = signs.asOf && now - *signs.asOf <= 60s;
    if (signs.door == Door::Failed ||
        (isMinuteLast && signs.minuteRejected * 100 > signs.minuteRecords + signs.minuteRejected))
        return SourceState::Error;
    if (signs.door == Door::NotListening)
        return SourceState::Off;
    if (!signs.newest)
        return SourceState::Waiting;
    const auto age = now - *signs.newest;
    // Divided, not multiplied: a gap may be as long as time itself.
    if (age <= 15s || (signs.usualGap && age / 3 <= *signs.usualGap))
        return SourceState::Live;
    return age < 5min ? SourceState::Late : SourceState::Off;
}

SourceSigns signsOf(const SourceRow &row)
{
    SourceSigns signs;
    // When it came counts, not when it happened: a device whose clock is behind is not late.
    if (row.records > 0 || row.lastEvent)
        signs.newest = row.lastArrival ? row.lastArrival : row.lastEvent;
    signs.usualGap = row.usualGap;
    signs.minuteRecords = row.minuteRecords;
    signs.minuteRejected = row.minuteRejected;
    signs.asOf = row.asOf;
    return signs;
}

bool goesOnSending(const SourceRow &row)
{
    return row.protocol != "file" && row.protocol != kArchiveKind;
}

SourceState productLamp(const std::vector<SourceState> &sources)
{
    const auto has = [&sources](SourceState state) { return std::find(sources.begin(), sources.end(), state) != sources.end(); };
    if (has(SourceState::Error))
        return SourceState::Error;
    const bool isQuiet = has(SourceState::Late) || has(SourceState::Off);
    if (has(SourceState::Live))
        return isQuiet ? SourceState::Late : SourceState::Live;
    if (has(SourceState::Off))
        return has(SourceState::Late) ? SourceState::Late : SourceState::Off;
    if (has(SourceState::Late))
        return SourceState::Late;
    return has(SourceState::Waiting) || sources.empty() ? SourceState::Waiting : SourceState::Paused;
}

} // namespace telltale
