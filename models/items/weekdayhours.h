// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "models/analysis/zone.h"

#include <array>
#include <span>

namespace telltale {

/// The average per weekday and hour. Ranges that are not whole weeks have more of some hours than of others,
/// so sums would lie.
struct WeekdayHours
{
    std::array<double, 7 * 24> average{}; ///< Monday 0 h first; NaN where the range holds no such hour
    std::array<int, 7 * 24> hours{};      ///< how many hours each average is over
    friend bool operator==(const WeekdayHours &, const WeekdayHours &) = default;
};

/// `rows` are activity per hour; their users are averaged. The hour that a clock repeats in autumn counts
/// twice.
WeekdayHours weekdayHours(std::span<const ActivityRow> rows, const Zone &zone);

} // namespace telltale
