// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demorecord.h"
#include "app/demo/population.h"
#include "app/demo/random.h"

#include <memory>
#include <utility>
#include <vector>

namespace telltale::demo {

/// Plays one session of one person: walks over screens, uses features, waits for servers, and runs into what
/// is broken in the release that is installed. Used once. Everything follows from person, start and seed.
class SessionScript
{
public:
    /// All are kept as references; the records point into `scenario`, which must outlive them.
    SessionScript(const Scenario &scenario, const Person &person, Instant epoch, Instant start,
                  std::uint64_t seed);

    /// The records in no particular order.
    std::vector<Record> play();

private:
    enum class Ending { GoesOn, Crashes };

    Record &add(Kind kind, Instant time, std::string_view name);
    Ending viewScreen(const Screen &screen);
    void loadScreen(const Screen &screen, const SpanFacts &parent);
    void useFeatures(const Screen &screen, std::chrono::nanoseconds dwell);
    void writeLogs(const Screen &screen, std::chrono::nanoseconds dwell);
    void fail(const Failure &failure, const Screen &screen, Instant time, bool isCrash);
    void failOnSpan(const Failure &failure, const Screen &screen, Instant time, std::string message);
    void measure(Instant until);
    const Screen *nextScreen(const Screen &screen);
    double likelihood(const Failure &failure) const;
    bool isAvailable(const Feature &feature) const;
    SpanFacts newSpan(const SpanFacts *parent);
    void restart();

    const Scenario &m_scenario;
    const Person &m_person;
    const Instant m_epoch;
    const Instant m_start;
    Random m_random;
    const Release &m_release;
    std::shared_ptr<const SessionFacts> m_session;
    std::vector<Record> m_records;
    Instant m_now;
    std::vector<std::pair<Instant, Instant>> m_away; ///< after a crash, until it was opened again
};

} // namespace telltale::demo
