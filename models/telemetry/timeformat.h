// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"
#include "models/telemetry/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace telltale {

/// RFC 3339 in UTC with as many fraction digits as needed, none to nine: "2026-11-20T08:00:00.5Z".
std::string formatRfc3339(Instant instant);

/// Reads RFC 3339 with any offset and up to nine fraction digits ("2026-10-25T02:30:00+02:00"; a blank may stand for
/// the T; a bare date is midnight UTC). Error: InvalidArgument, with what was expected.
Result<Instant> parseRfc3339(std::string_view text);

/// The same of the form nearly every client writes, exactly "2026-11-20T08:00:00Z" with up to nine fraction digits, without
/// a branch a digit. Nothing when it is not that, or no time: parseRfc3339() says which.
std::optional<Instant> readUsualRfc3339(std::string_view text);

/// Reads what the command line takes: RFC 3339, "now", or a distance from now: "-7d", "-90m", "+2h", "-30s", "-500ms", "-2w".
Result<Instant> parseTime(std::string_view text, Instant now);

/// Reads a duration: "90m", "24h", "7d", "1h30m", "250ms"; units ms, s, m, h, d, w; a bare number is milliseconds.
Result<std::chrono::nanoseconds> parseDuration(std::string_view text);

/// Years, months, days... of an instant in UTC, and back; proleptic Gregorian calendar.
struct CivilTime
{
    int year = 1970;
    unsigned month = 1; ///< 1..12
    unsigned day = 1;   ///< 1..31
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
    std::uint32_t nanosecond = 0;
};
CivilTime civilFromInstant(Instant instant);
Instant instantFromCivil(const CivilTime &civil);

} // namespace telltale
