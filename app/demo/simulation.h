// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/dayplan.h"
#include "app/demo/demorecord.h"

#include <map>
#include <vector>

namespace telltale::demo {

struct SimulationSettings
{
    std::uint64_t seed = 1;
    std::size_t users = 20000;
    Instant epoch;      ///< rollouts, joining and leaving are relative to it
    Instant livelyFrom; ///< from a while before this instant on, sessions are added until `rate` is reached
    double rate = 15;   ///< records a second to aim at; 0: only what people's habits give
    Instant livelyNotBefore = Instant::min(); ///< no sessions are added before
};

/// Stride's users. Which sessions begin in a range, and all that happens in them, follows from the settings
/// alone, however the time is cut into ranges. Not thread-safe; keeps the plans of a few days.
class Simulation
{
public:
    /// `scenario` must outlive this and all records.
    Simulation(const Scenario &scenario, const SimulationSettings &settings);

    /// All records of all sessions that begin in the range, by the time they are due. Bounds count in whole
    /// seconds.
    std::vector<Record> sessionsStarting(TimeRange range);

    const SimulationSettings &settings() const { return m_settings; }
    double recordsPerSession() const { return m_recordsPerSession; }

private:
    const std::vector<PlannedSession> &plan(std::int64_t day);
    void addHabitual(TimeRange range, std::vector<Record> &records);
    void addLively(TimeRange range, std::vector<Record> &records);
    double habitualRate(Instant time);
    void play(const Person &person, Instant start, std::vector<Record> &records);

    const Scenario &m_scenario;
    const SimulationSettings m_settings;
    std::vector<Person> m_people;
    double m_recordsPerSession = 0;
    std::map<std::int64_t, std::vector<PlannedSession>> m_plans;
};

} // namespace telltale::demo
