// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demorun.h"

#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <thread>

namespace telltale::demo {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t kRecordsPerRequest = 4000;
constexpr auto kRecent = hours(6);        // what the window shows first is sent first
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
    , m_epoch(m_now)
    , m_lastReport(m_began)
{}

Result<void> DemoRun::run()
{
    const Result<Endpoint> endpoint = Endpoint::parse(m_options.endpoint);
    if (!endpoint)
        return tl::unexpected(endpoint.error());
    m_sender.emplace(*endpoint, m_stop, m_options.patience);
    recall();
    m_simulation.emplace(m_scenario,
                         SimulationSettings{m_options.seed, m_options.users, m_epoch, m_now, m_options.rate});

    // The sessions of the last hours, whose end may lie in the future; then those before.
    const Instant alreadySent = m_sentUntil.value_or(Instant::min());
    const Instant from = m_sentUntil ? std::max(m_from, wholeSecond(*m_sentUntil - kLongestTail)) : m_from;
    const Instant recent = std::max(from, m_now - kRecent);
    Result<void> done;
    if (from < m_now) {
        done = sendPast({recent, m_now}, m_now, alreadySent);
        std::vector<Record> future = std::exchange(m_pending, {});
        if (done && from < recent)
            done = sendPast({from, recent}, m_now, alreadySent);
        m_pending = std::move(future);
    }
    const bool isLive = !m_options.liveFor || *m_options.liveFor > std::chrono::nanoseconds(0);
    if (done) {
        remember(m_now);
        report("Sent the past", m_now);
    }
    if (done && isLive && !m_stop)
        done = sendLive(m_options.liveFor ? m_now + *m_options.liveFor : Instant::max());
    if (!done && done.error().code == Error::Code::Cancelled)
        return {};
    return done;
}

std::string DemoRun::summary() const
{
    return m_summary.json(m_sender ? m_sender->figures() : SendingFigures(), m_from, m_to);
}

// Whatever is due later than `until` stays pending.
Result<void> DemoRun::sendPast(TimeRange starts, Instant until, Instant alreadySent)
{
    for (Instant at = starts.from; at < starts.to; at = at + kStep) {
        if (m_stop)
            return failure(Error::Code::Cancelled, "Stopped.");
        const Instant end = std::min(at + kStep, starts.to);
        take(m_simulation->sessionsStarting({at, end}));
        if (auto sent = sendDue(alreadySent, end); !sent)
            return sent;
        if (std::chrono::steady_clock::now() - m_lastReport > seconds(2))
            report("Sending the past", end);
    }
    return sendDue(alreadySent, until);
}

Result<void> DemoRun::sendLive(Instant until)
{
    Instant planned = m_now;
    Instant remembered = m_now;
    while (!m_stop && m_to < until) {
        const Instant now = m_now + (std::chrono::steady_clock::now() - m_began);
        const Instant bound = std::min(now, until);
        if (const Instant next = wholeSecond(bound); planned < next) {
            take(m_simulation->sessionsStarting({planned, next}));
            planned = next;
        }
        if (auto sent = sendDue(Instant::min(), bound); !sent)
            return sent;
        m_to = bound;
        if (bound - remembered > seconds(10)) {
            remember(bound);
            remembered = bound;
        }
        if (std::chrono::steady_clock::now() - m_lastReport > seconds(30))
            report("Live", bound);
        std::this_thread::sleep_for(kTick);
    }
    remember(m_to);
    return {};
}

// Sends what is pending and due before `until`; what an earlier run has sent (due before `from`) is left out.
Result<void> DemoRun::sendDue(Instant from, Instant until)
{
    const auto isBefore = [](const Record &record, Instant bound) { return record.due < bound; };
    const auto end = std::lower_bound(m_pending.begin(), m_pending.end(), until, isBefore);
    auto batch = std::lower_bound(m_pending.begin(), end, from, isBefore);
    while (batch != end) {
        const auto size = std::min<std::ptrdiff_t>(end - batch, kRecordsPerRequest);
        const std::span<const Record> records(&*batch, static_cast<std::size_t>(size));
        for (const OtlpRequest &request :
             encodeOtlp(records, m_scenario.scopeName, m_scenario.scopeVersion)) {
            if (auto sent = m_sender->send(request); !sent)
                return sent;
        }
        m_summary.count(records);
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

// Two lines: the epoch, and until when everything was sent. Losing it costs repeated examples, nothing else.
void DemoRun::remember(Instant sentUntil)
{
    if (m_options.resume.empty())
        return;
    std::ofstream file(m_options.resume, std::ios::trunc);
    file << formatRfc3339(m_epoch) << '\n' << formatRfc3339(sentUntil) << '\n';
}

void DemoRun::recall()
{
    std::ifstream file(m_options.resume);
    std::string epoch;
    std::string sentUntil;
    if (m_options.resume.empty() || !std::getline(file, epoch) || !std::getline(file, sentUntil))
        return;
    const Result<Instant> began = parseRfc3339(epoch);
    const Result<Instant> sent = parseRfc3339(sentUntil);
    if (began && sent && *sent <= m_now) {
        m_epoch = *began;
        m_sentUntil = *sent;
    }
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
