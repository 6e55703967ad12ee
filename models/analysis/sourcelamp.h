// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"

#include <chrono>
#include <optional>
#include <vector>

namespace telltale {

/// What the lamp of a source is judged by.
struct SourceSigns
{
    /// Of what it comes in through.
    enum class Door { Unknown, Listening, NotListening, Failed };
    Door door = Door::Unknown;
    bool isPaused = false;          ///< by the person, in the view
    std::optional<Instant> newest;  ///< when the newest event came; none: never seen one
    std::optional<std::chrono::nanoseconds> usualGap; ///< none: not known yet
    std::uint64_t minuteRecords = 0, minuteRejected = 0; ///< of the minute before `asOf`
    std::optional<Instant> asOf;
};

/// Paused: by the person. Error: the door failed, or more than 1 % was rejected in the last minute. Off: the door is closed, or
/// nothing came for 5 min. Waiting: never seen an event. Live: the newest event is at most 15 s old, or within 3 times the
/// usual gap, be that longer than 5 min. Late: older. The first that holds, in this order; Live before Off by time.
SourceState lampOf(const SourceSigns &signs, Instant now);

/// The signs that an answer holds.
SourceSigns signsOf(const SourceRow &row);

/// Whether somebody expects more from a source: from files and archives that were read nobody does.
bool goesOnSending(const SourceRow &row);

/// The lamp of a product: the worst of its sources, but while one of them sends, those that are quiet make it Late at the most. Paused and
/// waiting ones count only when there are no others.
SourceState productLamp(const std::vector<SourceState> &sources);

} // namespace telltale
