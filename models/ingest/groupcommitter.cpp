// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/groupcommitter.h"

#include "models/ingest/httproutes.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

namespace telltale {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::string_view kProtocol = "otlp/http";
constexpr std::chrono::milliseconds kGrowingTime{20};
constexpr std::chrono::milliseconds kQuietTime{200};
constexpr std::chrono::milliseconds kMaintenancePause{1'000};
constexpr std::chrono::milliseconds kHealthPause{5'000}; ///< a commit of its own, so not often

/// No memory is trouble like any other here.
template<typename Work>
auto caught(Work &&work) -> decltype(work())
{
    try {
        return work();
    } catch (const std::exception &problem) {
        return failure(Error::Code::Busy, problem.what());
    }
}

} // namespace

GroupCommitter::GroupCommitter(const PipelineOptions &options, RecordSink &sink, CommitQueue &queue,
                               CountBasket &counts, PipelineTotals &totals, BatchPool &pool,
                               SourceWatch &watch)
    : m_options(options)
    , m_sink(sink)
    , m_queue(queue)
    , m_counts(counts)
    , m_totals(totals)
    , m_pool(pool)
    , m_watch(watch)
{}

GroupCommitter::~GroupCommitter()
{
    stop();
}

void GroupCommitter::start()
{
    m_isWriting = true;
    m_preparer = std::thread([this] { prepare(); });
    m_writer = std::thread([this] { write(); });
}

void GroupCommitter::stop()
{
    if (m_preparer.joinable())
        m_preparer.join();
    if (m_writer.joinable())
        m_writer.join();
}

// --- the preparing thread --------------------------------------------------------------------------------------------

void GroupCommitter::prepare()
{
    Group open;
    auto countsAreDue = SteadyClock::now();
    for (;;) {
        const auto until = isWriterFree() && mayGrow(open) ? open.since + kGrowingTime
                                                           : SteadyClock::now() + m_options.flushTime;
        std::vector<PendingDelivery> pending = m_queue.takeAll(until);
        const bool isOver = pending.empty() && m_queue.isDrained();
        extend(open, std::move(pending));
        if (isOver)
            waitForWriter();
        if (isWriterFree() && (isOver || !mayGrow(open))) {
            // Counts alone are worth a commit only now and then: it may fail, and then they are still there.
            const auto now = SteadyClock::now();
            if (isOver || !open.isEmpty() || now >= countsAreDue) {
                addCounts(open);
                countsAreDue = now + m_options.flushTime;
            }
            if (!open.isEmpty())
                handOver(open);
        }
        if (isOver)
            break;
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_isPreparingOver = true;
    }
    m_changed.notify_all();
}

void GroupCommitter::extend(Group &group, std::vector<PendingDelivery> pending)
{
    if (pending.empty())
        return;
    const std::size_t before = group.deliveries.size();
    if (before == 0)
        group.since = SteadyClock::now();
    for (PendingDelivery &one : pending) {
        group.deliveries.push_back(std::move(one.delivery));
        group.waiting.push_back({std::move(one.done), std::move(one.answer), std::move(one.path),
                                 std::move(one.contentType)});
        group.bytes += one.bytes;
    }
    const Result<void> prepared = caught([&]() -> Result<void> {
        if (!group.prepared)
            group.prepared = m_sink.begin();
        return m_sink.prepare(*group.prepared, std::span(group.deliveries).subspan(before));
    });
    if (!prepared)
        answer(std::exchange(group, {}), tl::unexpected(prepared.error()));
}

void GroupCommitter::addCounts(Group &group)
{
    Delivery counting;
    if (!m_counts.takeInto(counting))
        return;
    counting.protocol = kProtocol;
    counting.arrival = m_options.clock->now();
    std::vector<PendingDelivery> extra(1);
    extra[0].delivery = std::move(counting);
    extend(group, std::move(extra));
}

Result<void> GroupCommitter::makeReady(Group &group)
{
    return caught([&]() -> Result<void> {
        if (m_sink.isStale(*group.prepared)) {
            group.prepared = m_sink.begin();
            if (auto prepared = m_sink.prepare(*group.prepared, group.deliveries); !prepared)
                return prepared;
        }
        return m_sink.seal(*group.prepared);
    });
}

void GroupCommitter::handOver(Group &group)
{
    if (const auto ready = makeReady(group); !ready) {
        answer(std::exchange(group, {}), tl::unexpected(ready.error()));
        return;
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_ready = std::exchange(group, {});
        m_isWriterFree = false;
    }
    m_changed.notify_all();
}

bool GroupCommitter::isWriterFree()
{
    const std::scoped_lock lock(m_mutex);
    return m_isWriterFree;
}

/// A commit has a price of its own: a sync, and a row for each session in it. So a group waits until it has as many requests
/// as are still being decoded: of two halves one is written while the other is decoded. Where few come at a time, that is at
/// once.
bool GroupCommitter::mayGrow(const Group &group) const
{
    return !group.isEmpty() && group.deliveries.size() < m_totals.beingDecoded &&
           SteadyClock::now() < group.since + kGrowingTime;
}

void GroupCommitter::waitForWriter()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_isWriterFree; });
}

// --- the writer thread -----------------------------------------------------------------------------------------------

void GroupCommitter::write()
{
    bool isCheckpointDue = false;
    bool hasMaintenance = true; // what the last run left
    auto lastCommit = SteadyClock::now();
    auto lastMaintenance = lastCommit;
    auto lastHealth = lastCommit;
    for (;;) {
        std::optional<Group> group;
        std::vector<Task> tasks;
        bool isOver = false;
        {
            std::unique_lock lock(m_mutex);
            // In a quiet moment one slice follows the other; while much comes, there is one now and then.
            const auto now = SteadyClock::now();
            const auto next =
                hasMaintenance ? std::max(now, lastCommit + kQuietTime) : now + m_options.flushTime;
            m_changed.wait_until(lock, next, [&] { return m_ready || m_isPreparingOver || !m_tasks.empty(); });
            group = std::exchange(m_ready, {});
            tasks = std::exchange(m_tasks, {});
            isOver = !group && m_isPreparingOver;
            m_isWriting = !isOver;
        }
        runTasks(std::move(tasks));
        if (group) {
            commit(std::move(*group));
            m_sink.moveLog();
            isCheckpointDue = true;
            lastCommit = SteadyClock::now();
        }
        m_totals.isDiskLow = m_sink.isDiskLow();
        if (isOver || SteadyClock::now() - lastHealth >= kHealthPause) {
            storeHealth();
            lastHealth = SteadyClock::now();
        }
        const bool isIdle = SteadyClock::now() - lastCommit >= m_options.idleTime;
        if (isCheckpointDue && (isIdle || isOver)) {
            // A failed checkpoint loses nothing; the next one does its work.
            static_cast<void>(m_sink.checkpoint());
            isCheckpointDue = false;
        }
        if (isOver)
            return;
        const auto now = SteadyClock::now();
        if (now - lastMaintenance >= kMaintenancePause ||
            (hasMaintenance && now - lastCommit >= kQuietTime)) {
            // What fails is tried again after the pause; no answer depends on it.
            hasMaintenance = m_sink.maintain().value_or(false);
            lastMaintenance = SteadyClock::now();
        }
    }
}

void GroupCommitter::between(Work work, WorkDone done)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_isWriting) {
            m_tasks.push_back({std::move(work), std::move(done)});
            m_changed.notify_all();
            return;
        }
    }
    done(failure(Error::Code::Busy, "Telltale is closing."));
}

void GroupCommitter::runTasks(std::vector<Task> tasks)
{
    for (Task &task : tasks)
        task.done(caught([&]() -> Result<void> { return task.work(m_sink); }));
}

/// How sources do is worth a look, not an error: what can not be kept now is kept with the next change.
void GroupCommitter::storeHealth()
{
    const auto changes = m_watch.changes(m_options.clock->now());
    if (!changes.empty() && !m_totals.isDiskLow)
        static_cast<void>(caught([&] { return m_sink.putDocuments(changes); }));
}

void GroupCommitter::commit(Group group)
{
    const auto result = caught([&]() -> Result<CommitReport> { return m_sink.commit(*group.prepared); });
    setWriterFree();
    answer(std::move(group), result);
    if (result) {
        m_totals.records += result->records;
        if (m_options.committed && result->records > 0)
            m_options.committed(*result);
    }
}

void GroupCommitter::setWriterFree()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isWriterFree = true;
    }
    m_changed.notify_all();
    m_queue.wake();
}

/// On either thread: the writer's after a commit, the preparer's when there is nothing to commit.
void GroupCommitter::answer(Group group, const Result<CommitReport> &result)
{
    const bool isDiskLow = !result && result.error().code == Error::Code::NoSpace;
    for (std::size_t i = 0; i < group.deliveries.size(); ++i) {
        Waiting &waiting = group.waiting[i];
        if (!waiting.done) {
            // It only counted. What could not be written is counted again with the next commit.
            if (!result)
                m_counts.add(group.deliveries[i].counters, group.deliveries[i].rejected);
            continue;
        }
        if (result) {
            ++m_totals.requests;
            const Delivery &delivery = group.deliveries[i];
            m_totals.repeats += delivery.isRepeat ? 1 : 0;
            waiting.answer.isRepeat = delivery.isRepeat;
            if (!delivery.isRepeat) {
                waiting.answer.records = delivery.batch.size();
                waiting.answer.rejected = delivery.rejected;
                if (delivery.rejected > 0)
                    waiting.answer.counters = delivery.counters;
            }
            waiting.done(std::move(waiting.answer));
        } else {
            ++m_totals.overload;
            m_counts.add(isDiskLow ? kDiskLowCounter : "ingest.store.failed");
            waiting.done(
                busyAnswer(waiting.path, waiting.contentType,
                           isDiskLow ? kDiskLowMessage : "The data could not be stored now; send it again."));
        }
    }
    m_queue.release(group.bytes);
    for (Delivery &delivery : group.deliveries)
        m_pool.give(std::move(delivery.batch));
}

} // namespace telltale
