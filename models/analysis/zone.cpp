// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/zone.h"

#include "models/telemetry/timeformat.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <vector>

namespace telltale {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

std::int64_t floorDivide(std::int64_t a, std::int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

/// Local times may lie up to a day outside of what an Instant can hold.
std::int64_t clampedSum(std::int64_t a, std::int64_t b)
{
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum))
        return b > 0 ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
    return sum;
}

std::int64_t floorTo(std::int64_t value, std::int64_t step)
{
    const std::int64_t below = floorDivide(value, step);
    return below < std::numeric_limits<std::int64_t>::min() / step ? value : below * step;
}

bool isClockUnit(CalendarUnit unit)
{
    return unit == CalendarUnit::Minute || unit == CalendarUnit::Hour;
}

std::int64_t clockStep(CalendarUnit unit)
{
    return unit == CalendarUnit::Minute ? kMinute : kHour;
}

/// The first local nanosecond of the day, week or month that holds `local`, `ahead` units later.
std::int64_t localDateStart(CalendarUnit unit, std::int64_t local, int ahead)
{
    const std::int64_t day = floorDivide(local, kDay);
    if (unit == CalendarUnit::Day)
        return clampedSum(floorTo(local, kDay), ahead * kDay);
    if (unit == CalendarUnit::Week) {
        const std::int64_t weekday = ((day + 3) % 7 + 7) % 7; // 1970-01-01 was a Thursday
        return clampedSum(clampedSum(floorTo(local, kDay), -weekday * kDay), ahead * 7 * kDay);
    }
    CivilTime civil = civilFromInstant({local});
    civil.day = 1;
    civil.hour = civil.minute = civil.second = 0;
    civil.nanosecond = 0;
    for (int i = 0; i < ahead; ++i) {
        if (++civil.month == 13) {
            civil.month = 1;
            ++civil.year;
        }
    }
    return instantFromCivil(civil).ns;
}

} // namespace

/// Offsets as they follow each other: offsets[i] holds from transitions[i - 1] to transitions[i].
struct Zone::Rules
{
    std::string id = "UTC";
    std::vector<std::int64_t> transitions;
    std::vector<std::int64_t> offsets{0}; ///< ns

    std::size_t eraAt(std::int64_t at) const
    {
        return static_cast<std::size_t>(std::upper_bound(transitions.begin(), transitions.end(), at) -
                                        transitions.begin());
    }
    std::int64_t offset(std::int64_t at) const { return offsets[eraAt(at)]; }
    std::int64_t eraBegin(std::size_t era) const
    {
        return era == 0 ? std::numeric_limits<std::int64_t>::min() : transitions[era - 1];
    }
    std::int64_t eraEnd(std::size_t era) const
    {
        return era == transitions.size() ? std::numeric_limits<std::int64_t>::max() : transitions[era];
    }

    /// The first instant later than `after` whose local time is `local` or later.
    std::int64_t firstAtOrAfterLocal(std::int64_t local, std::int64_t after) const
    {
        // No offset is more than a day, so an era that ends two days before can not hold it.
        for (std::size_t era = eraAt(clampedSum(local, -2 * kDay)); era < offsets.size(); ++era) {
            std::int64_t candidate = std::max(clampedSum(local, -offsets[era]), eraBegin(era));
            if (candidate <= after)
                candidate = clampedSum(after, 1);
            if (candidate < eraEnd(era))
                return candidate;
        }
        return std::numeric_limits<std::int64_t>::max();
    }
};

Zone::Zone()
{
    static const auto utc = std::make_shared<const Rules>();
    m_rules = utc;
}

Result<Zone> Zone::named(std::string_view id)
{
    QTimeZone zone;
    if (id.empty() || id == "system") {
        zone = QTimeZone::systemTimeZone();
        if (!zone.isValid())
            zone = QTimeZone::utc();
    } else {
        const QByteArray name(id.data(), static_cast<qsizetype>(id.size()));
        const bool isOffset = id.front() == '+' || id.front() == '-';
        // Qt takes any short word for the name of a rule without offset: "Mars" would be UTC.
        const bool isKnown = isOffset || name.contains('/') || QTimeZone::availableTimeZoneIds().contains(name);
        if (isKnown)
            zone = QTimeZone(isOffset ? QByteArray("UTC" + name) : name);
    }
    if (!zone.isValid())
        return failure(Error::Code::InvalidArgument,
                       "there is no time zone '" + std::string(id) + "'; try Europe/Berlin, UTC or +02:00");

    auto rules = std::make_shared<Rules>();
    rules->id = zone.id().toStdString();
    QDateTime from = QDateTime::fromMSecsSinceEpoch(Instant::min().ns / 1'000'000, Qt::UTC);
    const QDateTime to = QDateTime::fromMSecsSinceEpoch(Instant::max().ns / 1'000'000, Qt::UTC);
    rules->offsets[0] = zone.offsetFromUtc(from) * kSecond;
    // Qt lists what the zone's table says, up to 2037; what the rule behind the table says it lists when asked from there.
    while (zone.hasTransitions()) {
        const auto transitions = zone.transitions(from, to);
        if (transitions.isEmpty())
            break;
        for (const QTimeZone::OffsetData &transition : transitions) {
            const std::int64_t offset = transition.offsetFromUtc * kSecond;
            if (offset == rules->offsets.back())
                continue; // only the name changed
            rules->transitions.push_back(transition.atUtc.toMSecsSinceEpoch() * 1'000'000);
            rules->offsets.push_back(offset);
        }
        from = transitions.back().atUtc.addSecs(3600); // closer by, Qt 6.4 finds no more
    }
    Zone result;
    result.m_rules = std::move(rules);
    return result;
}

const std::string &Zone::id() const
{
    return m_rules->id;
}

int Zone::offsetSeconds(Instant at) const
{
    return static_cast<int>(m_rules->offset(at.ns) / kSecond);
}

// Hours and minutes are what the clock on the wall shows between two moves of its hands: a move begins a new one when
// it falls inside. Days and longer are what the calendar on the wall shows: a move only makes them shorter or longer.
Instant Zone::startOf(CalendarUnit unit, Instant at) const
{
    const std::size_t era = m_rules->eraAt(at.ns);
    const std::int64_t offset = m_rules->offsets[era];
    const std::int64_t local = clampedSum(at.ns, offset);
    if (isClockUnit(unit))
        return {std::max(clampedSum(floorTo(local, clockStep(unit)), -offset), m_rules->eraBegin(era))};
    const std::int64_t start = localDateStart(unit, local, 0);
    return {std::min(m_rules->firstAtOrAfterLocal(start, std::numeric_limits<std::int64_t>::min()), at.ns)};
}

Instant Zone::nextStart(CalendarUnit unit, Instant at) const
{
    const std::size_t era = m_rules->eraAt(at.ns);
    const std::int64_t offset = m_rules->offsets[era];
    const std::int64_t local = clampedSum(at.ns, offset);
    if (isClockUnit(unit)) {
        const std::int64_t next =
            clampedSum(clampedSum(floorTo(local, clockStep(unit)), clockStep(unit)), -offset);
        return next > at.ns ? Instant{std::min(next, m_rules->eraEnd(era))}
                            : Instant::max(); // the end of time
    }
    return {m_rules->firstAtOrAfterLocal(localDateStart(unit, local, 1), at.ns)};
}

std::string Zone::formatLocal(Instant at) const
{
    const int offset = offsetSeconds(at);
    const CivilTime civil = civilFromInstant({clampedSum(at.ns, offset * kSecond)});
    const int minutes = (offset < 0 ? -offset : offset) / 60;
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02u:%02u:%02u%c%02d:%02d", civil.year, civil.month,
                  civil.day, civil.hour, civil.minute, civil.second, offset < 0 ? '-' : '+', minutes / 60,
                  minutes % 60);
    return text;
}

std::string Zone::formatLocalDate(Instant at) const
{
    return formatLocal(at).substr(0, 10);
}

int Zone::weekday(Instant at) const
{
    const std::int64_t day = floorDivide(clampedSum(at.ns, m_rules->offset(at.ns)), kDay);
    return static_cast<int>(((day + 3) % 7 + 7) % 7);
}

int Zone::hour(Instant at) const
{
    const std::int64_t hours = floorDivide(clampedSum(at.ns, m_rules->offset(at.ns)), kHour);
    return static_cast<int>((hours % 24 + 24) % 24);
}

} // namespace telltale
