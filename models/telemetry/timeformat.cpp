// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/timeformat.h"

#include <charconv>
#include <cstdio>

namespace telltale {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;

std::int64_t floorDivide(std::int64_t a, std::int64_t b)
{
    const std::int64_t quotient = a / b;
    return (a % b != 0 && (a < 0) != (b < 0)) ? quotient - 1 : quotient;
}

bool isLeapYear(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

unsigned daysInMonth(int year, unsigned month)
{
    static constexpr unsigned kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && isLeapYear(year) ? 29 : kDays[month - 1];
}

/// Eats two decimal digits from the front of `text`.
inline bool takeTwoDigits(std::string_view &text, int &out)
{
    if (text.size() < 2)
        return false;
    const unsigned tens = static_cast<unsigned char>(text[0]) - unsigned{'0'};
    const unsigned ones = static_cast<unsigned char>(text[1]) - unsigned{'0'};
    if (tens > 9 || ones > 9)
        return false;
    out = static_cast<int>(tens * 10 + ones);
    text.remove_prefix(2);
    return true;
}

inline bool takeChar(std::string_view &text, char c)
{
    if (text.empty() || text.front() != c)
        return false;
    text.remove_prefix(1);
    return true;
}

tl::unexpected<Error> badTime(std::string_view text)
{
    return failure(Error::Code::InvalidArgument,
                   "'" + std::string(text) +
                       "' is no time; expected RFC 3339 like 2026-11-20T08:00:00Z, 'now' or '-7d'");
}

Result<std::int64_t> unitNanoseconds(std::string_view unit)
{
    if (unit == "ms" || unit.empty())
        return 1'000'000;
    if (unit == "us")
        return 1'000;
    if (unit == "ns")
        return 1;
    if (unit == "s")
        return kNanosecondsPerSecond;
    if (unit == "m" || unit == "min")
        return 60 * kNanosecondsPerSecond;
    if (unit == "h")
        return 3'600 * kNanosecondsPerSecond;
    if (unit == "d")
        return kSecondsPerDay * kNanosecondsPerSecond;
    if (unit == "w")
        return 7 * kSecondsPerDay * kNanosecondsPerSecond;
    return failure(Error::Code::InvalidArgument,
                   "'" + std::string(unit) + "' is no unit of time; use ms, s, m, h, d or w");
}

} // namespace

CivilTime civilFromInstant(Instant instant)
{
    const std::int64_t seconds = floorDivide(instant.ns, kNanosecondsPerSecond);
    const std::int64_t days = floorDivide(seconds, kSecondsPerDay);
    const auto secondOfDay = static_cast<unsigned>(seconds - days * kSecondsPerDay);
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
    CivilTime civil;
    civil.year = static_cast<int>(date.year());
    civil.month = static_cast<unsigned>(date.month());
    civil.day = static_cast<unsigned>(date.day());
    civil.hour = secondOfDay / 3600;
    civil.minute = secondOfDay / 60 % 60;
    civil.second = secondOfDay % 60;
    civil.nanosecond = static_cast<std::uint32_t>(instant.ns - seconds * kNanosecondsPerSecond);
    return civil;
}

Instant instantFromCivil(const CivilTime &civil)
{
    const std::chrono::sys_days day =
        std::chrono::year(civil.year) / std::chrono::month(civil.month) / std::chrono::day(civil.day);
    const std::int64_t seconds = day.time_since_epoch().count() * kSecondsPerDay + civil.hour * 3600 +
                                 civil.minute * 60 + civil.second;
    if (seconds > Instant::max().ns / kNanosecondsPerSecond - 1)
        return Instant::max();
    if (seconds < Instant::min().ns / kNanosecondsPerSecond + 1)
        return Instant::min();
    return {seconds * kNanosecondsPerSecond + civil.nanosecond};
}

std::string formatRfc3339(Instant instant)
{
    const CivilTime c = civilFromInstant(instant);
    char text[48];
    int length = std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02u:%02u:%02u", c.year, c.month, c.day,
                               c.hour, c.minute, c.second);
    if (c.nanosecond != 0) {
        length += std::snprintf(text + length, sizeof text - static_cast<std::size_t>(length), ".%09u",
                                c.nanosecond);
        while (text[length - 1] == '0')
            --length;
    }
    text[length++] = 'Z';
    return std::string(text, static_cast<std::size_t>(length));
}

std::optional<Instant> readUsualRfc3339(std::string_view text)
{
    constexpr std::size_t kFraction = 19; // where it, or the Z, begins
    if (text.size() <= kFraction || text.size() > kFraction + 11 || text.back() != 'Z')
        return std::nullopt;
    const char *const at = text.data();
    unsigned wrong = static_cast<unsigned>(at[4] ^ '-') | static_cast<unsigned>(at[7] ^ '-') |
                     static_cast<unsigned>(at[10] ^ 'T') | static_cast<unsigned>(at[13] ^ ':') |
                     static_cast<unsigned>(at[16] ^ ':');
    const auto digit = [&](std::size_t place) {
        const unsigned value = static_cast<unsigned char>(at[place]) - unsigned{'0'};
        wrong |= unsigned{value > 9};
        return value;
    };
    const auto two = [&](std::size_t place) { return digit(place) * 10 + digit(place + 1); };
    const unsigned year = two(0) * 100 + two(2), month = two(5), day = two(8);
    const unsigned hour = two(11), minute = two(14), second = two(17);
    std::uint32_t nanosecond = 0;
    if (text.size() > kFraction + 1) {
        wrong |= static_cast<unsigned>(at[kFraction] ^ '.') | unsigned{text.size() == kFraction + 2};
        constexpr std::uint32_t kPowers[] = {1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000,
                                             10'000,        1'000,       100,        10,        1};
        const std::size_t digits = text.size() - kFraction - 2;
        for (std::size_t i = 0; i < digits; ++i)
            nanosecond = nanosecond * 10 + digit(kFraction + 1 + i);
        nanosecond *= kPowers[digits];
    }
    wrong |= unsigned{month - 1 > 11} | unsigned{hour > 23} | unsigned{minute > 59} | unsigned{second > 60};
    if (wrong != 0 || day < 1 || day > daysInMonth(static_cast<int>(year), month))
        return std::nullopt;
    return instantFromCivil({static_cast<int>(year), month, day, hour, minute, second, nanosecond});
}

Result<Instant> parseRfc3339(std::string_view text)
{
    if (const auto usual = readUsualRfc3339(text))
        return *usual;
    const std::string_view whole = text;
    int century = 0, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    if (!takeTwoDigits(text, century) || !takeTwoDigits(text, year) || !takeChar(text, '-') || !takeTwoDigits(text, month) ||
        !takeChar(text, '-') || !takeTwoDigits(text, day))
        return badTime(whole);
    year += century * 100;
    if (month < 1 || month > 12 || day < 1 ||
        day > static_cast<int>(daysInMonth(year, static_cast<unsigned>(month))))
        return badTime(whole);
    std::int64_t nanosecond = 0;
    std::int64_t offset = 0;
    if (!text.empty()) {
        if (!takeChar(text, 'T') && !takeChar(text, 't') && !takeChar(text, ' '))
            return badTime(whole);
        if (!takeTwoDigits(text, hour) || !takeChar(text, ':') || !takeTwoDigits(text, minute))
            return badTime(whole);
        if (takeChar(text, ':') && !takeTwoDigits(text, second))
            return badTime(whole);
        if (hour > 23 || minute > 59 || second > 60)
            return badTime(whole);
        if (takeChar(text, '.')) {
            int digits = 0;
            while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
                if (digits < 9)
                    nanosecond = nanosecond * 10 + (text.front() - '0');
                ++digits;
                text.remove_prefix(1);
            }
            if (digits == 0)
                return badTime(whole);
            for (; digits < 9; ++digits)
                nanosecond *= 10;
        }
        if (!takeChar(text, 'Z') && !takeChar(text, 'z')) {
            int sign = 0;
            if (takeChar(text, '+'))
                sign = 1;
            else if (takeChar(text, '-'))
                sign = -1;
            int offsetHours = 0, offsetMinutes = 0;
            if (sign == 0 || !takeTwoDigits(text, offsetHours))
                return badTime(whole);
            takeChar(text, ':');
            if (!takeTwoDigits(text, offsetMinutes) || offsetHours > 23 || offsetMinutes > 59)
                return badTime(whole);
            offset = sign * (offsetHours * 3600 + offsetMinutes * 60);
        }
        if (!text.empty())
            return badTime(whole);
    }
    const Instant local =
        instantFromCivil({year, static_cast<unsigned>(month), static_cast<unsigned>(day),
                          static_cast<unsigned>(hour), static_cast<unsigned>(minute),
                          static_cast<unsigned>(second), static_cast<std::uint32_t>(nanosecond)});
    if (local == Instant::max() || local == Instant::min())
        return local;
    return Instant{local.ns - offset * kNanosecondsPerSecond};
}

Result<Instant> parseTime(std::string_view text, Instant now)
{
    if (text == "now")
        return now;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        const auto distance = parseDuration(text.substr(1));
        if (!distance)
            return tl::unexpected(distance.error());
        return text.front() == '-' ? now - *distance : now + *distance;
    }
    return parseRfc3339(text);
}

Result<std::chrono::nanoseconds> parseDuration(std::string_view text)
{
    if (text.empty())
        return failure(Error::Code::InvalidArgument, "an empty text is no duration");
    const std::string_view whole = text;
    double total = 0;
    while (!text.empty()) {
        double number = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (problem != std::errc() || number < 0)
            return failure(Error::Code::InvalidArgument,
                           "'" + std::string(whole) + "' is no duration; try 90m or 1h30m");
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        std::size_t letters = 0;
        while (letters < text.size() && text[letters] >= 'a' && text[letters] <= 'z')
            ++letters;
        const auto unit = unitNanoseconds(text.substr(0, letters));
        if (!unit)
            return tl::unexpected(unit.error());
        text.remove_prefix(letters);
        total += number * static_cast<double>(*unit);
    }
    if (!(total < 9.0e18))
        return failure(Error::Code::InvalidArgument, "'" + std::string(whole) + "' is longer than 292 years");
    return std::chrono::nanoseconds(static_cast<std::int64_t>(total));
}

} // namespace telltale
