// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/dayplan.h"

#include "app/demo/random.h"

#include <algorithm>
#include <cmath>

namespace telltale::demo {

namespace {

// Hour of the day, 0 <= hour < 24. Morning people keep the first peak of a weekday, evening people the
// others.
double startHour(const Scenario &scenario, const Person &person, bool isWeekend, Random &random)
{
    std::vector<Peak> peaks = isWeekend ? scenario.weekend : scenario.weekday;
    peaks.front().weight *= 2 * person.earlyBird;
    for (std::size_t i = 1; i < peaks.size(); ++i)
        peaks[i].weight *= 2 * (1 - person.earlyBird);
    const Peak &peak = random.pick(peaks);
    return std::fmod(random.normal(peak.hour, peak.spread) + 48, 24);
}

} // namespace

std::vector<PlannedSession> planDay(const Scenario &scenario, const std::vector<Person> &people,
                                    std::int64_t day)
{
    const Instant from = Instant::fromSeconds(day * 86400);
    const Instant to = Instant::fromSeconds((day + 1) * 86400);
    std::vector<PlannedSession> planned;
    for (std::uint32_t index = 0; index < people.size(); ++index) {
        const Person &person = people[index];
        if (person.left <= from || person.joined >= to)
            continue;
        // A local day touches up to three days in UTC.
        for (std::int64_t local = day - 1; local <= day + 1; ++local) {
            Random random(mixed({person.key, 0x646179, static_cast<std::uint64_t>(local)}));
            const std::size_t weekday =
                static_cast<std::size_t>(((local + 3) % 7 + 7) % 7); // 1970-01-01: Thursday
            if (!random.chance(std::min(0.97, person.activity * scenario.byWeekday[weekday])))
                continue;
            const int sessions = 1 + random.poisson(person.activity * 0.9);
            std::vector<double> hours;
            for (int i = 0; i < sessions; ++i) {
                const double hour = startHour(scenario, person, weekday >= 5, random);
                if (std::any_of(hours.begin(), hours.end(),
                                [&](double other) { return std::abs(other - hour) < 1.3; }))
                    continue; // nobody is in two sessions at once
                hours.push_back(hour);
                const Instant standard =
                    Instant::fromSeconds(local * 86400 + static_cast<std::int64_t>(hour * 3600) -
                                         person.place->offsetMinutes * 60);
                const std::int64_t shift =
                    utcOffsetMinutes(*person.place, standard) - person.place->offsetMinutes;
                const Instant start = standard - std::chrono::minutes(shift) +
                                      std::chrono::milliseconds(random.integer(0, 999));
                if (from <= start && start < to && person.isThere(start))
                    planned.push_back({start, index});
            }
        }
    }
    std::sort(planned.begin(), planned.end(), [](const PlannedSession &a, const PlannedSession &b) {
        return a.start != b.start ? a.start < b.start : a.person < b.person;
    });
    return planned;
}

} // namespace telltale::demo
