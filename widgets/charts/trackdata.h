// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"
#include "widgets/theme/formatter.h"
#include "widgets/theme/tokens.h"

#include <QString>

#include <optional>
#include <vector>

namespace telltale {

/// One strip of a track stack: a series over buckets, with the period before for comparison.
struct Track
{
    enum class Shape { Line, Bars };

    QString id;
    QString name;    ///< "Interactions"
    QString caption; ///< unit under the name: "per minute"; empty for small tracks
    Shape shape = Shape::Line;
    SeriesSlot colour = SeriesSlot::Blue;
    ValueKind kind = ValueKind::Count;
    Change::Better better = Change::Better::Neither;
    double share = 1; ///< of the height, against the other tracks
    bool isBasedAtZero = true;
    std::vector<Instant> starts;  ///< of the buckets, ascending; each track may have its own width
    Instant end;                  ///< of the last bucket
    std::vector<double> values;   ///< one a bucket; NaN: nothing known
    std::vector<double> previous; ///< the same buckets one period earlier; empty: no comparison
    friend bool operator==(const Track &, const Track &) = default;
};

/// Something that happened at a time, named in the lane above the plots.
struct TimeMarker
{
    enum class Kind { Release, Alert, Note, FlagChange };
    Kind kind = Kind::Release;
    Instant at;
    QString text; ///< "4.2.0 rollout 25 %"
    QString id;
    friend bool operator==(const TimeMarker &, const TimeMarker &) = default;
};

/// A time without data, hatched. `to` of Instant::max() reaches to the end of the range.
struct TimeGap
{
    TimeRange range;
    QString text; ///< "No data since 14:28:02"
    friend bool operator==(const TimeGap &, const TimeGap &) = default;
};

/// Everything a track stack shows.
struct TrackStackData
{
    TimeRange range;
    std::vector<Track> tracks;
    std::vector<TimeMarker> markers;
    std::vector<TimeGap> gaps;
    std::optional<Instant> now; ///< the bucket that holds it is unfinished and drawn hollow
    QString previousName;       ///< with its dates: "60 min before, 12:32 – 13:32"
    friend bool operator==(const TrackStackData &, const TrackStackData &) = default;
};

} // namespace telltale
