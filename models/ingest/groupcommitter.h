// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/batchpool.h"
#include "models/ingest/commitqueue.h"
#include "models/ingest/countbasket.h"
#include "models/ingest/pipeline.h"
#include "models/ingest/recordsink.h"
#include "models/ingest/sourcewatch.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace telltale {

/// PipelineStats while they grow.
struct PipelineTotals
{
    std::atomic<std::uint64_t> requests{0}, records{0}, repeats{0}, refused{0}, overload{0},
        rejected{0};
    std::atomic<bool> isDiskLow{false};
    std::atomic<std::size_t> beingDecoded{0}; ///< now: requests that are, or wait for it
};

inline constexpr std::string_view kDiskLowCounter = "store.disk.low";
inline constexpr std::string_view kDiskLowMessage =
    "The disk is almost full; send it again when there is room.";

/// Commits what waits in a queue, everything in one transaction, and then answers. One thread prepares a group while
/// another still waits for the disk with the one before; whatever comes meanwhile joins the group, and while much comes a group
/// waits some milliseconds for more of it. A group that was
/// prepared in vain, because the one before it failed, is prepared once more.
class GroupCommitter
{
public:
    /// Nothing is owned; everything must outlive stop().
    GroupCommitter(const PipelineOptions &options, RecordSink &sink, CommitQueue &queue, CountBasket &counts,
                   PipelineTotals &totals, BatchPool &pool, SourceWatch &watch);
    ~GroupCommitter(); ///< the queue must be closed

    void start();
    /// Commits and answers what is in the closed queue, then ends the threads. Idempotent.
    void stop();

    /// Runs `work` between two commits; `done` is called on the writer thread. After stop() it is refused at once. Any thread.
    using Work = std::function<Result<void>(RecordSink &)>;
    using WorkDone = std::function<void(Result<void>)>;
    void between(Work work, WorkDone done);

private:
    struct Task
    {
        Work work;
        WorkDone done;
    };
    /// Who waits for a delivery.
    struct Waiting
    {
        RequestHandler::Done done; ///< empty: a delivery that only counts
        Answer answer;
        std::string path, contentType;
    };
    struct Group
    {
        std::unique_ptr<RecordSink::Group> prepared;
        std::vector<Delivery> deliveries;
        std::vector<Waiting> waiting; ///< by delivery
        std::size_t bytes = 0;
        std::chrono::steady_clock::time_point since; ///< when the first one came
        bool isEmpty() const { return deliveries.empty(); }
    };

    void prepare();
    void extend(Group &group, std::vector<PendingDelivery> pending);
    void addCounts(Group &group);
    Result<void> makeReady(Group &group);
    void handOver(Group &group);
    bool isWriterFree();
    bool mayGrow(const Group &group) const;
    void waitForWriter();

    void write();
    void runTasks(std::vector<Task> tasks);
    void storeHealth();
    void commit(Group group);
    void setWriterFree();
    void answer(Group group, const Result<CommitReport> &result);

    const PipelineOptions &m_options;
    RecordSink &m_sink;
    CommitQueue &m_queue;
    CountBasket &m_counts;
    PipelineTotals &m_totals;
    BatchPool &m_pool;
    SourceWatch &m_watch;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<Group> m_ready; ///< handed over, not yet taken
    bool m_isWriterFree = true;   ///< the last group handed over is committed, or failed
    bool m_isPreparingOver = false;
    std::vector<Task> m_tasks; ///< not yet taken
    bool m_isWriting = false;          ///< the writer thread will take them

    std::thread m_preparer, m_writer;
};

} // namespace telltale
