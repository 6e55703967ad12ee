// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/pipeline.h"

#include "models/ingest/batchpool.h"
#include "models/ingest/commitqueue.h"
#include "models/ingest/countbasket.h"
#include "models/ingest/errorgroups.h"
#include "models/ingest/groupcommitter.h"
#include "models/ingest/otlproute.h"
#include "models/ingest/redaction.h"
#include "models/protocols/otlp/otlpresponse.h"

#include <algorithm>
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
constexpr std::string_view kOverload = "http.overload"; // the counter

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
        , queue(options.queueBytes)
        , committer(options, recordSink, queue, counts, totals, pool)
    {}

    const PipelineOptions options;
    const SecretPatterns patterns;
    CommitQueue queue;
    BatchPool pool;
    CountBasket counts;
    PipelineTotals totals;
    GroupCommitter committer;

    std::mutex jobMutex;
    std::condition_variable hasJob;
    std::deque<Job> jobs;
    bool isAccepting = false;

    std::vector<std::thread> workers;

    void work();
    void process(Job &job, Redactor &redactor);
    void answerBusy(Job &job, std::string_view counter, std::string_view message);
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
        return answerBusy(job, kOverload, "Too much is waiting here; send it again.");
    if (totals.isDiskLow)
        return answerBusy(job, kDiskLowCounter, kDiskLowMessage);
    const auto signal = otlpSignalOf(request.path);
    const auto encoding = otlpEncodingOf(request.contentType);
    if (!signal || !encoding) {
        counts.add("http.media_type.unsupported");
        ++totals.refused;
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
        return answerBusy(job, kOverload, "There is no room for this request now; send it again.");
    }
    if (!decoded) {
        counts.add(report.counters);
        ++totals.refused;
        const int status = decoded.error().code == Error::Code::TooLarge ? 413 : 400;
        return job.done(otlpRefusal(request.contentType, status, decoded.error().message));
    }
    Answer answer;
    answer.contentType = otlpContentType(*encoding);
    answer.body = encodeOtlpResponse(*signal, *encoding, report.rejected, report.message);
    if (pending.delivery.batch.isEmpty()) {
        // Nothing to keep, so nothing to wait for.
        counts.add(report.counters, report.rejected);
        ++totals.requests;
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
        answerBusy(job, kOverload, "Too much is waiting for the disk; send it again.");
    }
}

void Pipeline::Private::answerBusy(Job &job, std::string_view counter, std::string_view message)
{
    counts.add(counter);
    ++totals.overload;
    job.done(busyAnswer(job.request.contentType, message));
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
    if (d->isAccepting)
        return;
    d->isAccepting = true;
    d->committer.start();
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
    d->committer.stop();
}

PipelineStats Pipeline::stats() const
{
    return {d->totals.requests, d->totals.records,  d->totals.repeats,
            d->totals.refused,  d->totals.overload, d->totals.isDiskLow};
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
    d->counts.add(counter, n);
}

} // namespace telltale
