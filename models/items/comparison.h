// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <QString>

namespace telltale {

/// What everything is held against.
struct Comparison
{
    enum class Kind {
        PreviousPeriod, ///< just as long, just before
        LastWeek,       ///< the same local times seven days earlier
        Releases,       ///< the same time; `release` is what is shown, `otherRelease` what it is held against
        Baseline        ///< a range that somebody pinned
    };
    Kind kind = Kind::PreviousPeriod;
    QString release, otherRelease; ///< of Releases; both there or both empty
    TimeRange baseline;            ///< of Baseline
    friend bool operator==(const Comparison &, const Comparison &) = default;
};

} // namespace telltale
