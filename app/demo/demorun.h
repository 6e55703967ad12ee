// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demoprogress.h"
#include "app/demo/demosummary.h"
#include "app/demo/otlpsender.h"
#include "app/demo/simulation.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace telltale::demo {

struct DemoOptions
{
    std::string endpoint = "http://127.0.0.1:4318";
    std::size_t users = 20000;
    double rate = 15; ///< records a second while live; 0: as habits have it
    std::uint64_t seed = 1;
    std::chrono::nanoseconds history{0};             ///< how much of the past is sent first
    std::optional<std::chrono::nanoseconds> liveFor; ///< none: until stopped
    std::chrono::milliseconds patience{30'000}; ///< how long a receiver that does not answer is waited for
    std::filesystem::path resume; ///< where to remember until when everything was sent; empty: nowhere
};

/// Sends the past as fast as the receiver takes it, the latest hours first, and then the present as it
/// happens.
class DemoRun
{
public:
    /// `scenario`, `clock` and `stop` must outlive this. `say` gets progress for people, one line at a time.
    DemoRun(const Scenario &scenario, DemoOptions options, const Clock &clock, const std::atomic<bool> &stop,
            std::function<void(const std::string &)> say);

    /// Blocks. Stopping is no error. Error: as OtlpSender::send(); what was sent until then is in summary().
    Result<void> run();
    /// One line of JSON; valid after run().
    std::string summary() const;

private:
    Result<void> sendPast();
    Result<void> sendSessions(TimeRange starts, Instant until, Instant &reached);
    Result<void> sendLive(Instant until);
    Result<void> sendDue(Instant until, Instant &reached);
    void take(std::vector<Record> records);
    void remember();
    void rememberNowAndThen();
    bool recall();
    void report(const char *what, Instant reached);

    const Scenario &m_scenario;
    const DemoOptions m_options;
    const std::atomic<bool> &m_stop;
    const std::function<void(const std::string &)> m_say;
    const Instant m_now;                                 ///< when the run began, by the injected clock
    const std::chrono::steady_clock::time_point m_began; ///< the same moment, on a clock that goes on
    Instant m_from, m_to;
    DemoProgress m_progress;
    std::optional<Simulation> m_simulation;
    std::optional<OtlpSender> m_sender;
    std::vector<Record> m_pending; ///< happened or planned, not yet due; sorted by due
    DemoSummary m_summary;
    std::chrono::steady_clock::time_point m_lastReport, m_lastRemembered;
};

} // namespace telltale::demo
