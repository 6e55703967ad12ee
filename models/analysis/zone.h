// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"
#include "models/telemetry/time.h"

#include <memory>
#include <string>
#include <string_view>

namespace telltale {

enum class CalendarUnit { Minute, Hour, Day, Week, Month };

/// A time zone as arithmetic: offsets and the starts of local hours, days, weeks (Monday first) and months. Days may have 23
/// or 25 hours, hours begin where the local clock says so (also in half-hour zones). Value type, safe between threads.
/// Cost: a binary search among the zone's transitions. Rules: the system's IANA database through QTimeZone.
class Zone
{
public:
    /// UTC.
    Zone();
    /// "Europe/Berlin", "UTC", "+02:00"; "" or "system" is the system's zone. Error: InvalidArgument.
    static Result<Zone> named(std::string_view id);

    const std::string &id() const;
    /// Seconds to add to UTC.
    int offsetSeconds(Instant at) const;
    /// The start of the local unit that holds `at`.
    Instant startOf(CalendarUnit unit, Instant at) const;
    /// The start of the local unit after the one that holds `at`; always later than `at`.
    Instant nextStart(CalendarUnit unit, Instant at) const;
    /// "2026-10-25T02:00:00+02:00"
    std::string formatLocal(Instant at) const;
    /// "2026-10-25"
    std::string formatLocalDate(Instant at) const;
    /// 0 = Monday ... 6 = Sunday, and 0..23, by the local clock.
    int weekday(Instant at) const;
    int hour(Instant at) const;

private:
    struct Rules;
    std::shared_ptr<const Rules> m_rules;
};

} // namespace telltale
