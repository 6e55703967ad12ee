// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demorun.h"

#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <thread>

namespace telltale::demo {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t kRecordsPerRequest = 4000;
constexpr auto kRecent = hours(6);        // of the past are sent first
constexpr auto kStep = hours(1);          // of simulated past at a time
constexpr auto kTick = milliseconds(250); // of the present
constexpr auto kLongestTail = hours(2);   // a session and its delay are over by then

Instant wholeSecond(Instant time)
{
    return {time.ns / 1'000'000'000 * 1'000'000'000};
}

} // namespace

DemoRun::DemoRun(const Scenario &scenario, DemoOptions options, const Clock &clock,
                 const std::atomic<bool> &stop, std::function<void(const std::string &)> say)
    : m_scenario(scenario)
    , m_options(std::move(options))
    , m_stop(stop)
    , m_say(std::move(say))
    , m_now(wholeSecond(clock.now()))
    , m_began(std::chrono::steady_clock::now())
    , m_from(m_now - m_options.history)
    , m_to(m_now)
    , m_lastReport(m_began)
    , m_lastRemembered(m_began)
{}

Result<void> DemoRun::run()
{
    const Result<Endpoint> endpoint = Endpoint::parse(m_options.endpoint);
    if (!endpoint)
        return tl::unexpected(endpoint.error());
    m_sender.emplace(*endpoint, m_stop, m_options.patience);
    const bool goesOn = recall();
    SimulationSettings settings{m_options.seed, m_options.users, m_progress.epoch, m_now, m_options.rate};
    if (goesOn)
        settings.livelyNotBefore = m_progress.sent; // an earlier run has sent that hour as it saw it
    m_simulation.emplace(m_scenario, settings);

    Result<void> done = sendPast();
    if (done)
        report("Sent the past", m_now);
    const bool isLive = !m_options.liveFor || *m_options.liveFor > std::chrono::nanoseconds(0);
    if (done && isLive && !m_stop)
        done = sendLive(m_options.liveFor ? m_now + *m_options.liveFor : Instant::max());
    remember();
    if (!done && done.error().code == Error::Code::Cancelled)
        return {};
    return done;
}

std::string DemoRun::summary() const
{
    return m_summary.json(m_sender ? m_sender->figures() : SendingFigures(), m_from, m_to);
}

// What a window shows first is sent first: the sessions of the last hours, whose ends may lie in the future
// and stay pending; then those before.
Result<void> DemoRun::sendPast()
{
    const Instant newer =
        std::max({m_progress.boundary, m_from, wholeSecond(m_progress.sent - kLongestTail)});
    if (auto sent = sendSessions({newer, m_now}, m_now, m_progress.sent); !sent)
        return sent;
    m_progress.sent = m_now;
    const Instant older =
        std::max({m_progress.oldFrom, m_from, wholeSecond(m_progress.oldSent - kLongestTail)});
    const Instant oldEnd = m_progress.boundary + kLongestTail;
    if (m_progress.oldSent >= oldEnd)
        return {};
    std::vector<Record> future = std::exchange(m_pending, {});
    auto sent = sendSessions({older, m_progress.boundary}, oldEnd, m_progress.oldSent);
    m_pending = std::move(future);
    if (sent)
        m_progress.oldSent = oldEnd;
    return sent;
}

// Sends what sessions that begin in a range have due before `until`, beginning at `reached`, which moves on.
// Whatever is due later stays pending.
Result<void> DemoRun::sendSessions(TimeRange starts, Instant until, Instant &reached)
{
    for (Instant at = starts.from; at < starts.to; at = at + kStep) {
        if (m_stop)
            return failure(Error::Code::Cancelled, "Stopped.");
        const Instant end = std::min(at + kStep, starts.to);
        take(m_simulation->sessionsStarting({at, end}));
        if (auto sent = sendDue(end, reached); !sent)
            return sent;
        if (std::chrono::steady_clock::now() - m_lastReport > seconds(2))
            report("Sending the past", end);
        rememberNowAndThen();
    }
    return sendDue(until, reached);
}

// Second by second: a session's records can only be sent once it is known which sessions began.
Result<void> DemoRun::sendLive(Instant until)
{
    while (!m_stop) {
        const Instant now = m_now + (std::chrono::steady_clock::now() - m_began);
        if (const Instant next = wholeSecond(std::min(now, until)); m_to < next) {
            take(m_simulation->sessionsStarting({m_to, next}));
            if (auto sent = sendDue(next, m_progress.sent); !sent)
                return sent;
            m_to = m_progress.sent = next;
            rememberNowAndThen();
        }
        if (now >= until)
            break;
        if (std::chrono::steady_clock::now() - m_lastReport > seconds(30))
            report("Live", m_to);
        std::this_thread::sleep_for(kTick);
    }
    return {};
}

// Sends what is pending and due from `reached` on and before `until`. `reached` moves on with each answer;
// what was due before is forgotten.
Result<void> DemoRun::sendDue(Instant until, Instant &reached)
{
    const auto isBefore = [](const Record &record, Instant bound) { return record.due < bound; };
    const auto end = std::lower_bound(m_pending.begin(), m_pending.end(), until, isBefore);
    auto batch = std::lower_bound(m_pending.begin(), end, reached, isBefore);
    while (batch != end) {
        const auto size = std::min<std::ptrdiff_t>(end - batch, kRecordsPerRequest);
        const std::span<const Record> records(&*batch, static_cast<std::size_t>(size));
        for (const OtlpRequest &request :
             encodeOtlp(records, m_scenario.scopeName, m_scenario.scopeVersion)) {
            if (auto sent = m_sender->send(request); !sent)
                return sent;
        }
        m_summary.count(records);
        reached = std::max(reached, records.back().due + std::chrono::nanoseconds(1));
        batch += size;
    }
    m_pending.erase(m_pending.begin(), end);
    return {};
}

void DemoRun::take(std::vector<Record> records)
{
    const auto middle = static_cast<std::ptrdiff_t>(m_pending.size());
    m_pending.insert(m_pending.end(), std::make_move_iterator(records.begin()),
                     std::make_move_iterator(records.end()));
    std::inplace_merge(m_pending.begin(), m_pending.begin() + middle, m_pending.end(),
                       [](const Record &a, const Record &b) { return a.due < b.due; });
}

void DemoRun::remember()
{
    m_lastRemembered = std::chrono::steady_clock::now();
    if (!m_options.resume.empty())
        m_progress.save(m_options.resume);
}

void DemoRun::rememberNowAndThen()
{
    if (std::chrono::steady_clock::now() - m_lastRemembered > seconds(2))
        remember();
}

// True when an earlier run is gone on with.
bool DemoRun::recall()
{
    if (!m_options.resume.empty()) {
        if (const auto progress = DemoProgress::load(m_options.resume); progress && progress->sent <= m_now) {
            m_progress = *progress;
            return true;
        }
    }
    const Instant boundary = std::max(m_from, m_now - kRecent);
    m_progress = {m_now, boundary, m_from, m_from, m_from};
    return false;
}

void DemoRun::report(const char *what, Instant reached)
{
    m_lastReport = std::chrono::steady_clock::now();
    const double elapsed = std::chrono::duration<double>(m_lastReport - m_began).count();
    m_say(std::string(what) + ": " + formatRfc3339(wholeSecond(reached)) + ", " +
          std::to_string(m_summary.records()) + " records in " + std::to_string(static_cast<int>(elapsed)) +
          " s");
}

} // namespace telltale::demo
