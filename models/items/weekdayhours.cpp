// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/weekdayhours.h"

#include <limits>

namespace telltale {

WeekdayHours weekdayHours(std::span<const ActivityRow> rows, const Zone &zone)
{
    WeekdayHours out;
    for (const ActivityRow &row : rows) {
        const auto cell = static_cast<std::size_t>(zone.weekday(row.start) * 24 + zone.hour(row.start));
        out.average[cell] += static_cast<double>(row.users);
        ++out.hours[cell];
    }
    for (std::size_t cell = 0; cell < out.average.size(); ++cell)
        out.average[cell] = out.hours[cell] > 0 ? out.average[cell] / out.hours[cell]
                                                : std::numeric_limits<double>::quiet_NaN();
    return out;
}

} // namespace telltale
