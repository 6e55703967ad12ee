// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/simulation.h"

#include "app/demo/random.h"
#include "app/demo/sessionscript.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace telltale::demo {

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDay = 86400 * kSecond;
// Two hours before now are as lively as now, to compare one with the other; it takes half an hour to become
// so.
constexpr auto kLivelyBefore = minutes(125);
constexpr auto kBecomingLively = minutes(30);
// More than this share of all users at once would not be believable.
constexpr double kMostSessionsPerUserAndSecond = 1.0 / 4000;

std::int64_t floorDivided(std::int64_t value, std::int64_t by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

} // namespace

Simulation::Simulation(const Scenario &scenario, const SimulationSettings &settings)
    : m_scenario(scenario)
    , m_settings(settings)
    , m_people(makePopulation(scenario, settings.seed, settings.users, settings.epoch))
{
    std::vector<Record> sample;
    const std::size_t sessions = std::min<std::size_t>(m_people.size(), 600);
    for (std::size_t i = 0; i < sessions; ++i)
        play(m_people[i], settings.epoch, sample);
    m_recordsPerSession = sessions ? static_cast<double>(sample.size()) / static_cast<double>(sessions) : 1;
}

std::vector<Record> Simulation::sessionsStarting(TimeRange range)
{
    std::vector<Record> records;
    addHabitual(range, records);
    addLively(range, records);
    std::stable_sort(records.begin(), records.end(),
                     [](const Record &a, const Record &b) { return a.due < b.due; });
    return records;
}

const std::vector<PlannedSession> &Simulation::plan(std::int64_t day)
{
    const auto found = m_plans.find(day);
    if (found != m_plans.end())
        return found->second;
    if (m_plans.size() > 4)
        m_plans.clear();
    return m_plans.emplace(day, planDay(m_scenario, m_people, day)).first->second;
}

void Simulation::addHabitual(TimeRange range, std::vector<Record> &records)
{
    for (std::int64_t day = floorDivided(range.from.ns, kDay); Instant{day * kDay} < range.to; ++day) {
        for (const PlannedSession &session : plan(day)) {
            if (range.contains(session.start))
                play(m_people[session.person], session.start, records);
        }
    }
}

// Every second has a number of additional sessions of its own, so that it does not matter where ranges are
// cut.
void Simulation::addLively(TimeRange range, std::vector<Record> &records)
{
    if (m_settings.rate <= 0 || m_people.empty())
        return;
    const Instant begin = m_settings.livelyFrom - kLivelyBefore - kBecomingLively;
    const std::int64_t first =
        floorDivided(std::max({range.from, begin, m_settings.livelyNotBefore}).ns + kSecond - 1, kSecond);
    for (std::int64_t second = first; Instant{second * kSecond} < range.to; ++second) {
        const Instant time{second * kSecond};
        const double progress =
            std::min(1.0, static_cast<double>((time - begin).count()) /
                              static_cast<double>(std::chrono::nanoseconds(kBecomingLively).count()));
        // Two slow waves, so that the curve lives.
        const double minute = static_cast<double>(second % 86400) / 60;
        const double wave = 1 + 0.13 * std::sin(minute / 6.1) + 0.08 * std::sin(minute / 2.3 + 1);
        const double missing = m_settings.rate * wave - habitualRate(time);
        const double sessions =
            std::min(std::max(0.0, missing / m_recordsPerSession),
                     kMostSessionsPerUserAndSecond * static_cast<double>(m_people.size()));
        Random random(mixed({m_settings.seed, 0x6c697665, static_cast<std::uint64_t>(second)}));
        for (int i = random.poisson(sessions * progress); i > 0; --i) {
            const Instant start = time + milliseconds(random.integer(0, 999));
            for (int tries = 0; tries < 8; ++tries) {
                const Person &person =
                    m_people[static_cast<std::size_t>(random.unit() * static_cast<double>(m_people.size()))];
                if (person.isThere(start)) {
                    play(person, start, records);
                    break;
                }
            }
        }
    }
}

// Records a second in the hour around that time, had everybody only their habits.
double Simulation::habitualRate(Instant time)
{
    const std::vector<PlannedSession> &planned = plan(floorDivided(time.ns, kDay));
    const auto startsBefore = [&](Instant t) {
        return std::lower_bound(
            planned.begin(), planned.end(), t,
            [](const PlannedSession &session, Instant bound) { return session.start < bound; });
    };
    const auto count = startsBefore(time + minutes(30)) - startsBefore(time - minutes(30));
    return static_cast<double>(count) * m_recordsPerSession / 3600;
}

void Simulation::play(const Person &person, Instant start, std::vector<Record> &records)
{
    std::vector<Record> played =
        SessionScript(m_scenario, person, m_settings.epoch, start, m_settings.seed).play();
    records.insert(records.end(), std::make_move_iterator(played.begin()),
                   std::make_move_iterator(played.end()));
}

} // namespace telltale::demo
