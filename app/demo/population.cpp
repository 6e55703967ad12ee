// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/population.h"

#include "app/demo/random.h"
#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <cstdio>

namespace telltale::demo {

namespace {

using std::chrono::minutes;

std::chrono::nanoseconds days(double count)
{
    return std::chrono::nanoseconds(static_cast<std::int64_t>(count * 86400e9));
}

// Days since 1970 of the `nth` Sunday of a month; 0 is the last one.
std::int64_t sunday(int year, unsigned month, int nth)
{
    const auto dayNumber = [](int y, unsigned m, unsigned d) {
        return instantFromCivil({y, m, d}).ns / 86'400'000'000'000;
    };
    const std::int64_t first = dayNumber(year, month, 1);
    const std::int64_t toSunday = (3 - first % 7 + 7) % 7; // 1970-01-04 was a Sunday
    if (nth > 0)
        return first + toSunday + 7 * (nth - 1);
    const std::int64_t next = month == 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1);
    std::int64_t last = first + toSunday;
    while (last + 7 < next)
        last += 7;
    return last;
}

bool isSummer(const Place &place, Instant time)
{
    const int year = civilFromInstant(time).year;
    const auto at = [](std::int64_t day, std::int64_t minute) {
        return Instant::fromSeconds(day * 86400 + minute * 60);
    };
    switch (place.daylightSaving) {
    case DaylightSaving::None:
        return false;
    case DaylightSaving::European: // everywhere at once, at 01:00 UTC
        return at(sunday(year, 3, 0), 60) <= time && time < at(sunday(year, 10, 0), 60);
    case DaylightSaving::American: // at 02:00 local time
        return at(sunday(year, 3, 2), 120 - place.offsetMinutes) <= time &&
               time < at(sunday(year, 11, 1), 60 - place.offsetMinutes);
    }
    return false;
}

Person makePerson(const Scenario &scenario, std::uint64_t key, Instant epoch)
{
    Random random(key);
    Person person;
    person.key = key;
    char id[16];
    std::snprintf(id, sizeof id, "u-%012llx", static_cast<unsigned long long>(random.next() >> 16));
    person.id = id;
    person.place = &random.pick(scenario.places);
    person.platform = &random.pick(scenario.platforms);
    person.device = &random.pick(person.platform->devices);
    person.osVersion = &random.pick(person.platform->versions);
    const double plan = random.unit();
    person.plan = plan < 0.68 ? "free" : plan < 0.94 ? "pro" : "team";
    // Three out of five were there before; the others come by and by, a few of them only after the epoch.
    if (random.chance(0.6)) {
        person.joined = epoch - days(60 + 300 * random.unit());
        person.left = epoch - days(60) + days(random.exponential(160));
    } else {
        person.joined = epoch - days(60) + days(75 * random.unit());
        person.left =
            person.joined + days(random.chance(0.35) ? random.exponential(4) : random.exponential(110));
    }
    const double zeal = random.unit();
    person.activity = 0.1 + 0.75 * zeal * zeal;
    person.earlyBird = random.chance(0.4) ? 0.8 : 0.2;
    return person;
}

} // namespace

std::vector<Person> makePopulation(const Scenario &scenario, std::uint64_t seed, std::size_t users,
                                   Instant epoch)
{
    std::vector<Person> people;
    people.reserve(users);
    for (std::size_t i = 0; i < users; ++i)
        people.push_back(makePerson(scenario, mixed({seed, 0x75736572, i}), epoch));
    return people;
}

int utcOffsetMinutes(const Place &place, Instant time)
{
    return place.offsetMinutes + (isSummer(place, time) ? 60 : 0);
}

const Release &installedRelease(const Scenario &scenario, const Person &person, Instant epoch, Instant time)
{
    const double minute = static_cast<double>((time - epoch).count()) / 60e9;
    const Release *installed = nullptr;
    std::uint64_t number = 0;
    for (const Release &release : scenario.releases) {
        ++number;
        if (release.track != person.platform->track)
            continue;
        double share = 0;
        for (const RolloutStep &step : release.rollout) {
            if (step.atMinutes <= minute)
                share = step.share;
        }
        if (!installed || Random(mixed({person.key, 0x72656c, number})).unit() < share)
            installed = &release;
    }
    static const Release kNone;
    return installed ? *installed : kNone;
}

} // namespace telltale::demo
