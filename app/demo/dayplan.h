// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/population.h"

#include <cstdint>
#include <vector>

namespace telltale::demo {

struct PlannedSession
{
    Instant start;
    std::uint32_t person = 0; ///< index into the population
};

/// The sessions that begin on a day in UTC (days since 1970), by start: who comes is a matter of habit and
/// weekday, when is a matter of the local time of day. Pure function. Cost: some 100 ns a person.
std::vector<PlannedSession> planDay(const Scenario &scenario, const std::vector<Person> &people,
                                    std::int64_t day);

} // namespace telltale::demo
