// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/pipeline.h"

#include "models/ingest/batchpool.h"
#include "models/ingest/commitqueue.h"
#include "models/ingest/countbasket.h"
#include "models/ingest/errorgroups.h"
#include "models/ingest/feedbackadmin.h"
#include "models/ingest/groupcommitter.h"
#include "models/ingest/httproutes.h"
#include "models/ingest/otlproute.h"
#include "models/ingest/redaction.h"
#include "models/ingest/rulefile.h"
#include "models/ingest/sourcewatch.h"
#include "models/protocols/otlp/otlpresponse.h"
#include "models/protocols/support/formdata.h"

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
constexpr std::size_t kLongestPath = 200; ///< of a path that nobody knows, in a message
constexpr std::string_view kOverload = "http.overload"; // the counter

bool isFeedbackSubmission(std::string_view path)
{
    return path.find("/receiver/submit/") != std::string_view::npos;
}

bool isFeedbackImport(std::string_view path)
{
    return path.find("/admin/data/") != std::string_view::npos;
}

std::string lastPartOf(std::string_view path)
{
    return percentDecoded(path.substr(path.rfind('/') + 1));
}

/// Why records were left out, when the decoder itself does not say: what the gravest counter means.
std::string_view reasonIn(const CounterSet &counters)
{
    const CounterInfo *gravest = nullptr;
    for (const auto &[name, count] : counters.entries()) {
        const CounterInfo *info = counterInfo(name);
        if (info && (!gravest || info->severity > gravest->severity))
            gravest = info;
    }
    return gravest ? gravest->help : std::string_view();
}

void addPart(Delivery &delivery, FilePart &part)
{
    delivery.source = part.source;
    delivery.isKeyKept = part.isRememberedForGood;
    delivery.position = std::move(part.position);
    delivery.rejected += part.rejected;
    delivery.counters.add(part.counters);
    if (delivery.key && !part.place.empty())
        delivery.key = keyAtPlace(*delivery.key, part.place);
    if (part.product.empty())
        return;
    const StringId product = delivery.batch.strings.intern(part.product);
    for (Origin &origin : delivery.batch.origins) {
        if (delivery.batch.text(origin.product).empty())
            origin.product = product;
    }
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
        , rules(options.mappingRules)
        , queue(options.queueBytes)
        , watch(patterns)
        , committer(options, recordSink, queue, counts, totals, pool, watch)
    {
        if (options.openReader)
            feedback = std::make_unique<FeedbackAdmin>(options.openReader, [this](std::vector<DocumentChange> changes, auto done) {
                putDocuments(std::move(changes), std::move(done));
            });
    }

    void putDocuments(std::vector<DocumentChange> changes, std::function<void(Result<void>)> stored)
    {
        committer.between([changes = std::move(changes)](RecordSink &sink) { return sink.putDocuments(changes); }, std::move(stored));
    }

    const PipelineOptions options;
    const SecretPatterns patterns;
    WatchedRules rules;
    CommitQueue queue;
    BatchPool pool;
    CountBasket counts;
    PipelineTotals totals;
    SourceWatch watch;
    GroupCommitter committer;
    std::unique_ptr<FeedbackAdmin> feedback;

    std::mutex jobMutex;
    std::condition_variable hasJob;
    std::deque<Job> jobs;
    bool isAccepting = false;

    std::vector<std::thread> workers;

    void work();
    void process(Job &job, Redactor &redactor);
    void processOtlp(Job &job, Redactor &redactor);
    void processRoute(Job &job, const HttpRoute &route, Redactor &redactor);
    /// False when samples are for a product that is not there; then the answer was given.
    bool isImportPossible(Job &job, const HttpRoute &route);
    /// Maps by rules of one's own, redacts, groups and hands over; or answers at once when there is nothing to keep.
    /// `reason` says why records were left out.
    void keep(Job &job, PendingDelivery &&pending, std::string_view reason, Redactor &redactor);
    void noteRefusal(const ReceivedRequest &request, std::string_view protocol, std::string_view reason);
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
        --totals.beingDecoded;
    }
}

void Pipeline::Private::process(Job &job, Redactor &redactor)
{
    ReceivedRequest &request = job.request;
    if (SteadyClock::now() > job.deadline)
        return answerBusy(job, kOverload, "Too much is waiting here; send it again.");
    if (totals.isDiskLow)
        return answerBusy(job, kDiskLowCounter, kDiskLowMessage);
    try {
        if (const HttpRoute *route = routeOf(request.path, request.body))
            processRoute(job, *route, redactor);
        else
            processOtlp(job, redactor);
    } catch (const std::exception &) { // no memory
        answerBusy(job, kOverload, "There is no room for this request now; send it again.");
    }
}

void Pipeline::Private::processOtlp(Job &job, Redactor &redactor)
{
    ReceivedRequest &request = job.request;
    const auto signal = otlpSignalOf(request.path);
    const auto encoding = otlpEncodingOf(request.contentType);
    if (!signal || !encoding) {
        counts.add("http.media_type.unsupported");
        ++totals.refused;
        constexpr std::string_view kReason =
            "OTLP is application/json or application/x-protobuf; Content-Type says something else.";
        noteRefusal(request, kProtocol, kReason);
        return job.done(otlpRefusal(request.contentType, 415, kReason));
    }

    PendingDelivery pending;
    DecodeReport report;
    pending.delivery.batch = pool.take();
    const auto decoded =
        decodeOtlp(*signal, *encoding, request.body, {request.arrival}, pending.delivery.batch, report);
    if (!decoded) {
        counts.add(report.counters);
        ++totals.refused;
        const int status = decoded.error().code == Error::Code::TooLarge ? 413 : 400;
        noteRefusal(request, kProtocol, decoded.error().message);
        return job.done(otlpRefusal(request.contentType, status, decoded.error().message));
    }
    if (request.part)
        pending.delivery.batch.messages.clear(); // of files the place tells
    pending.answer.contentType = otlpContentType(*encoding);
    pending.answer.body = encodeOtlpResponse(*signal, *encoding, report.rejected, report.message);
    pending.delivery.protocol = request.protocol.empty() ? std::string(kProtocol) : request.protocol;
    pending.delivery.key = otlpDeliveryKey(*signal, *encoding, pending.delivery.protocol, request.body);
    pending.delivery.rejected = report.rejected;
    pending.delivery.counters = std::move(report.counters);
    keep(job, std::move(pending), report.message, redactor);
}

void Pipeline::Private::processRoute(Job &job, const HttpRoute &route, Redactor &redactor)
{
    const ReceivedRequest &request = job.request;
    PendingDelivery pending;
    ProtocolReport report;
    pending.delivery.batch = pool.take();
    const ProtocolRequest seen{request.method,    request.path,   request.query,         request.contentType,
                               request.userAgent, request.appKey, request.authorization, request.body,
                               request.arrival};
    auto decoded = route.decode(seen, pending.delivery.batch, report);
    if (!decoded) {
        counts.add(report.counters);
        ++totals.refused;
        pool.give(std::move(pending.delivery.batch));
        const int status = decoded.error().code == Error::Code::TooLarge ? 413 : 400;
        noteRefusal(request, route.protocol, decoded.error().message);
        return job.done(refusalFor(request.path, request.contentType, status, decoded.error().message));
    }
    if (feedback && isFeedbackImport(request.path) && !isImportPossible(job, route))
        return pool.give(std::move(pending.delivery.batch));
    pending.answer.status = decoded->status;
    pending.answer.contentType = decoded->contentType;
    pending.answer.body = std::move(decoded->body);
    if (feedback && isFeedbackSubmission(request.path))
        pending.answer.body = feedback->surveysAnswer(lastPartOf(request.path));
    pending.delivery.protocol = request.protocol.empty() ? std::string(route.protocol) : request.protocol;
    // Of files the place tells; of requests in which nothing tells two apart, both count.
    if (route.isRepeatRecognised && (request.part || !report.isTimeless))
        pending.delivery.key = routeDeliveryKey(request);
    pending.delivery.rejected = report.rejected;
    pending.delivery.lost = report.lost;
    pending.delivery.counters = std::move(report.counters);
    keep(job, std::move(pending), {}, redactor);
}

bool Pipeline::Private::isImportPossible(Job &job, const HttpRoute &route)
{
    const ReceivedRequest &request = job.request;
    const std::string product = lastPartOf(request.path);
    const Result<bool> isKnown = feedback->hasProduct(product);
    if (!isKnown) {
        answerBusy(job, kOverload, "The cache can not be read now; send it again.");
        return false;
    }
    if (*isKnown)
        return true;
    const std::string reason = "There is no product " + product + ".";
    counts.add("kuserfeedback.product.unknown");
    ++totals.refused;
    noteRefusal(request, route.protocol, reason);
    job.done(refusalFor(request.path, request.contentType, 404, reason));
    return false;
}

void Pipeline::Private::keep(Job &job, PendingDelivery &&pending, std::string_view reason, Redactor &redactor)
{
    ReceivedRequest &request = job.request;
    Delivery &delivery = pending.delivery;
    if (request.part)
        addPart(delivery, *request.part);
    totals.rejected += delivery.rejected;
    if (delivery.batch.isEmpty() && delivery.lost == 0 && !delivery.position) {
        // Nothing to keep, so nothing to wait for.
        delivery.arrival = request.arrival;
        if (delivery.rejected > 0) {
            CounterSet uncounted; // nothing of it is kept
            redactor.redact(delivery.batch, uncounted);
            watch.delivered(delivery, reason.empty() ? reasonIn(delivery.counters) : reason, request.contentType, request.body);
        }
        counts.add(delivery.counters, delivery.rejected);
        pending.answer.rejected = delivery.rejected;
        pending.answer.counters = std::move(delivery.counters);
        ++totals.requests;
        pool.give(std::move(delivery.batch));
        return job.done(std::move(pending.answer));
    }
    // Before redaction: what a rule brings to light must not hold a secret either.
    if (delivery.protocol != kArchiveKind) // what was mapped once stays as it is
        rules.current(delivery.counters)->apply(delivery.batch, delivery.protocol, delivery.counters);
    redactor.redact(delivery.batch, delivery.counters);
    groupErrors(delivery.batch, delivery.counters);
    delivery.arrival = request.arrival;
    watch.delivered(delivery, reason.empty() ? reasonIn(delivery.counters) : reason, request.contentType, request.body);
    pending.path = request.path;
    pending.contentType = request.contentType;
    pending.bytes = pending.delivery.batch.memoryBytes();
    pending.done = job.done;
    request.body = {}; // the batch has its own copy of what it needs
    if (!queue.push(pending, job.deadline)) {
        pool.give(std::move(pending.delivery.batch));
        answerBusy(job, kOverload, "Too much is waiting for the disk; send it again.");
    }
}

void Pipeline::Private::noteRefusal(const ReceivedRequest &request, std::string_view protocol, std::string_view reason)
{
    watch.refused(request.protocol.empty() ? protocol : std::string_view(request.protocol), request.arrival, reason,
                  request.contentType, request.body);
}

void Pipeline::Private::answerBusy(Job &job, std::string_view counter, std::string_view message)
{
    counts.add(counter);
    ++totals.overload;
    job.done(busyAnswer(job.request.path, job.request.contentType, message));
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
    if (d->feedback)
        d->feedback->stop();
    d->queue.close();
    d->committer.stop();
}

PipelineStats Pipeline::stats() const
{
    return {d->totals.requests, d->totals.records,  d->totals.repeats,  d->totals.refused,
            d->totals.overload, d->totals.rejected, d->totals.isDiskLow};
}

std::vector<SourceHealth> Pipeline::health() const
{
    return d->watch.health(d->options.clock->now());
}

void Pipeline::decide(std::vector<TriageDecision> decisions, std::function<void(Result<void>)> decided)
{
    d->committer.between([decisions = std::move(decisions)](RecordSink &sink) { return sink.decide(decisions); }, std::move(decided));
}

void Pipeline::putDocuments(std::vector<DocumentChange> changes, std::function<void(Result<void>)> stored)
{
    d->putDocuments(std::move(changes), std::move(stored));
}

std::string_view Pipeline::methodsFor(std::string_view path) const
{
    if (otlpSignalOf(path))
        return "POST";
    if (const HttpRoute *route = routeOf(path))
        return route->methods;
    return d->feedback ? FeedbackAdmin::methodsFor(path) : std::string_view();
}

bool Pipeline::sniffsGzip(std::string_view path) const
{
    return routeOf(path) != nullptr;
}

bool Pipeline::isForPages(std::string_view path) const
{
    return !FeedbackAdmin::isAdministration(path);
}

bool Pipeline::wantsRetryAfter(std::string_view path) const
{
    const HttpRoute *route = routeOf(path);
    return !route || route->hasRetryAfter;
}

void Pipeline::handle(ReceivedRequest &&request, Done done)
{
    if (d->feedback && !routeOf(request.path) && !FeedbackAdmin::methodsFor(request.path).empty())
        return d->feedback->handle(std::move(request), std::move(done));
    Job job{std::move(request), std::move(done), SteadyClock::now() + d->options.holdTime};
    {
        std::unique_lock lock(d->jobMutex);
        if (d->isAccepting) {
            ++d->totals.beingDecoded;
            d->jobs.push_back(std::move(job));
            lock.unlock();
            d->hasJob.notify_one();
            return;
        }
    }
    job.done(busyAnswer(job.request.path, job.request.contentType, "Telltale is closing; send it again."));
}

Answer Pipeline::refusal(std::string_view path, std::string_view contentType, int status,
                         std::string_view message) const
{
    if (status >= 400 && status < 500) {
        const HttpRoute *route = routeOf(path);
        std::string reason(message);
        if (status == 404)
            reason += " (" + std::string(path.substr(0, kLongestPath)) + ")";
        d->watch.refused(route ? route->protocol : kProtocol, d->options.clock->now(), reason, contentType, {});
    }
    return refusalFor(path, contentType, status, message);
}

void Pipeline::count(std::string_view counter, std::uint64_t n)
{
    d->counts.add(counter, n);
}

} // namespace telltale
