// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/pipeline.h"

#include "models/ingest/batchpool.h"
#include "models/ingest/commitqueue.h"
#include "models/ingest/errorgroups.h"
#include "models/ingest/otlproute.h"
#include "models/ingest/redaction.h"
#include "models/protocols/otlp/otlpresponse.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace telltale {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::string_view kProtocol = "otlp/http";
constexpr int kRetryAfterSeconds =
    1; ///< small: an SDK drops the batch when it exceeds what is left of its 10 s
/// A checkpoint is due after this much was committed, however busy we are: it bounds the log.
constexpr std::size_t kCheckpointBytes = 32 * 1024 * 1024;

Answer busyAnswer(std::string_view contentType, std::string_view message)
{
    Answer answer = otlpRefusal(contentType, 503, message);
    answer.retryAfterSeconds = kRetryAfterSeconds;
    return answer;
}

/// A request waiting for a decoding thread.
struct Job
{
    ReceivedRequest request;
    RequestHandler::Done done;
    SteadyClock::time_point deadline;
};

} // namespace

class Pipeline::Private
{
public:
    Private(PipelineOptions pipelineOptions, RecordSink &recordSink)
        : options(std::move(pipelineOptions))
        , sink(recordSink)
        , queue(options.queueBytes)
    {}

    const PipelineOptions options;
    RecordSink &sink;
    const SecretPatterns patterns;
    CommitQueue queue;
    BatchPool pool;

    std::mutex jobMutex;
    std::condition_variable hasJob;
    std::deque<Job> jobs;
    bool isAccepting = false;

    std::mutex counterMutex;
    CounterSet counters;        ///< not yet on their way to the disk
    std::uint64_t rejected = 0; ///< the same for records

    std::atomic<std::uint64_t> requests{0}, records{0}, repeats{0}, refused{0}, overload{0};

    std::vector<std::thread> workers;
    std::thread writer;

    void work();
    void process(Job &job, Redactor &redactor);
    void answerBusy(Job &job, std::string_view message);
    void addCounters(const CounterSet &more, std::uint64_t moreRejected = 0);

    void write();
    void commit(std::vector<PendingDelivery> pending);
    bool takeCounters(Delivery &delivery);
};

// --- decoding --------------------------------------------------------------------------------------------------------

void Pipeline::Private::work()
{
    Redactor redactor(patterns, options.pseudonymSeed);
    for (;;) {
        Job job;
        {
            std::unique_lock lock(jobMutex);
            hasJob.wait(lock, [&] { return !jobs.empty() || !isAccepting; });
            if (jobs.empty())
                return;
            job = std::move(jobs.front());
            jobs.pop_front();
        }
        process(job, redactor);
    }
}

void Pipeline::Private::process(Job &job, Redactor &redactor)
{
    ReceivedRequest &request = job.request;
    if (SteadyClock::now() > job.deadline)
        return answerBusy(job, "Too much is waiting here; send it again.");
    const auto signal = otlpSignalOf(request.path);
    const auto encoding = otlpEncodingOf(request.contentType);
    if (!signal || !encoding) {
        CounterSet counted;
        counted.add("http.media_type.unsupported");
        addCounters(counted);
        ++refused;
        return job.done(otlpRefusal(
            request.contentType, 415,
            "OTLP is application/json or application/x-protobuf; Content-Type says something else."));
    }

    PendingDelivery pending;
    DecodeReport report;
    Result<void> decoded;
    try {
        pending.delivery.batch = pool.take();
        decoded =
            decodeOtlp(*signal, *encoding, request.body, {request.arrival}, pending.delivery.batch, report);
        if (decoded) {
            redactor.redact(pending.delivery.batch, report.counters);
            groupErrors(pending.delivery.batch, report.counters);
        }
    } catch (const std::exception &) { // no memory
        return answerBusy(job, "There is no room for this request now; send it again.");
    }
    if (!decoded) {
        addCounters(report.counters);
        ++refused;
        const int status = decoded.error().code == Error::Code::TooLarge ? 413 : 400;
        return job.done(otlpRefusal(request.contentType, status, decoded.error().message));
    }
    Answer answer;
    answer.contentType = otlpContentType(*encoding);
    answer.body = encodeOtlpResponse(*signal, *encoding, report.rejected, report.message);
    if (pending.delivery.batch.isEmpty()) {
        // Nothing to keep, so nothing to wait for.
        addCounters(report.counters, report.rejected);
        ++requests;
        pool.give(std::move(pending.delivery.batch));
        return job.done(std::move(answer));
    }
    pending.delivery.protocol = kProtocol;
    pending.delivery.key = otlpDeliveryKey(*signal, *encoding, request.body);
    pending.delivery.arrival = request.arrival;
    pending.delivery.rejected = report.rejected;
    pending.delivery.counters = std::move(report.counters);
    pending.answer = std::move(answer);
    pending.contentType = request.contentType;
    pending.bytes = pending.delivery.batch.memoryBytes();
    pending.done = job.done;
    request.body = {}; // the batch has its own copy of what it needs
    if (!queue.push(pending, job.deadline)) {
        pool.give(std::move(pending.delivery.batch));
        answerBusy(job, "Too much is waiting for the disk; send it again.");
    }
}

void Pipeline::Private::answerBusy(Job &job, std::string_view message)
{
    CounterSet counted;
    counted.add("http.overload");
    addCounters(counted);
    ++overload;
    job.done(busyAnswer(job.request.contentType, message));
}

void Pipeline::Private::addCounters(const CounterSet &more, std::uint64_t moreRejected)
{
    const std::scoped_lock lock(counterMutex);
    counters.add(more);
    rejected += moreRejected;
}

// --- writing ---------------------------------------------------------------------------------------------------------

void Pipeline::Private::write()
{
    std::size_t sinceCheckpoint = 0;
    auto lastCommit = SteadyClock::now();
    for (;;) {
        std::vector<PendingDelivery> pending = queue.takeAll(SteadyClock::now() + options.flushTime);
        std::size_t bytes = 0;
        for (const PendingDelivery &one : pending)
            bytes += one.bytes;
        const bool isOver = pending.empty() && queue.isDrained();
        if (Delivery counting; takeCounters(counting)) {
            PendingDelivery extra;
            extra.delivery = std::move(counting);
            pending.push_back(std::move(extra));
            bytes += 1; // counts as work done since the checkpoint
        }
        if (!pending.empty()) {
            commit(std::move(pending));
            sinceCheckpoint += bytes;
            lastCommit = SteadyClock::now();
        }
        const bool isIdle = SteadyClock::now() - lastCommit >= options.idleTime;
        if (sinceCheckpoint > 0 && (isIdle || isOver || sinceCheckpoint >= kCheckpointBytes)) {
            // A failed checkpoint loses nothing; the next one does its work.
            static_cast<void>(sink.checkpoint());
            sinceCheckpoint = 0;
        }
        if (isOver)
            return;
    }
}

bool Pipeline::Private::takeCounters(Delivery &delivery)
{
    const std::scoped_lock lock(counterMutex);
    if (counters.isEmpty() && rejected == 0)
        return false;
    delivery.protocol = kProtocol;
    delivery.arrival = options.clock->now();
    delivery.counters = std::exchange(counters, {});
    delivery.rejected = std::exchange(rejected, 0);
    return true;
}

void Pipeline::Private::commit(std::vector<PendingDelivery> pending)
{
    std::vector<Delivery> deliveries;
    deliveries.reserve(pending.size());
    std::size_t bytes = 0;
    for (PendingDelivery &one : pending) {
        deliveries.push_back(std::move(one.delivery));
        bytes += one.bytes;
    }
    Result<CommitReport> result;
    try {
        result = sink.commit(deliveries);
    } catch (const std::exception &problem) { // no memory; the transaction was rolled back on the way out
        result = failure(Error::Code::Busy, problem.what());
    }

    CounterSet after;
    for (std::size_t i = 0; i < pending.size(); ++i) {
        PendingDelivery &one = pending[i];
        if (!one.done) {
            // It only counted. What could not be written is counted again with the next commit.
            if (!result)
                addCounters(deliveries[i].counters, deliveries[i].rejected);
            continue;
        }
        if (result) {
            ++requests;
            if (deliveries[i].isRepeat)
                ++repeats;
            one.done(std::move(one.answer));
        } else {
            ++overload;
            after.add("ingest.store.failed");
            one.done(busyAnswer(one.contentType, "The data could not be stored now; send it again."));
        }
    }
    addCounters(after);
    queue.release(bytes);
    if (result) {
        records += result->records;
        if (options.committed && result->records > 0)
            options.committed(*result);
    }
    for (Delivery &delivery : deliveries)
        pool.give(std::move(delivery.batch));
}

// --- the outside -----------------------------------------------------------------------------------------------------

Pipeline::Pipeline(PipelineOptions options, RecordSink &sink)
    : d(std::make_unique<Private>(std::move(options), sink))
{}

Pipeline::~Pipeline()
{
    stop();
}

void Pipeline::start()
{
    if (d->writer.joinable())
        return;
    d->isAccepting = true;
    d->writer = std::thread([this] { d->write(); });
    for (int i = 0; i < std::max(1, d->options.workers); ++i)
        d->workers.emplace_back([this] { d->work(); });
}

void Pipeline::stop()
{
    {
        const std::scoped_lock lock(d->jobMutex);
        d->isAccepting = false;
    }
    d->hasJob.notify_all();
    for (std::thread &worker : d->workers)
        worker.join();
    d->workers.clear();
    d->queue.close();
    if (d->writer.joinable())
        d->writer.join();
}

PipelineStats Pipeline::stats() const
{
    return {d->requests, d->records, d->repeats, d->refused, d->overload};
}

std::string_view Pipeline::methodFor(std::string_view path) const
{
    return otlpSignalOf(path) ? "POST" : std::string_view();
}

void Pipeline::handle(ReceivedRequest &&request, Done done)
{
    Job job{std::move(request), std::move(done), SteadyClock::now() + d->options.holdTime};
    {
        std::unique_lock lock(d->jobMutex);
        if (d->isAccepting) {
            d->jobs.push_back(std::move(job));
            lock.unlock();
            d->hasJob.notify_one();
            return;
        }
    }
    job.done(busyAnswer(job.request.contentType, "Telltale is closing; send it again."));
}

Answer Pipeline::refusal(std::string_view, std::string_view contentType, int status,
                         std::string_view message) const
{
    return otlpRefusal(contentType, status, message);
}

void Pipeline::count(std::string_view counter, std::uint64_t n)
{
    const std::scoped_lock lock(d->counterMutex);
    d->counters.add(counter, n);
}

} // namespace telltale
