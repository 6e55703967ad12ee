// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/recordsink.h"
#include "models/ingest/secretpatterns.h"
#include "models/sources/requesthandler.h"
#include "models/store/cachereader.h"
#include "models/telemetry/sourcehealth.h"
#include "models/telemetry/time.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

namespace telltale {

struct PipelineOptions
{
    int workers = 2;                            ///< threads that decode
    std::size_t queueBytes = 64 * 1024 * 1024;  ///< decoded, waiting for the writer or being written
    std::chrono::milliseconds holdTime{2'000};  ///< how long a request waits before 503
    std::chrono::milliseconds flushTime{1'000}; ///< counters reach the disk at least this often
    std::chrono::milliseconds idleTime{2'000};  ///< quiet time before a checkpoint
    std::uint64_t pseudonymSeed = 0;            ///< of Redactor
    /// Opens the cache for reading, for what is asked over HTTP; empty: nothing can be asked.
    std::function<Result<std::unique_ptr<CacheReader>>()> openReader;
    std::filesystem::path mappingRules; ///< a file of rulefile.h, looked at before each request; empty: no rules of one's own
    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>(); ///< for deliveries that only count
    /// Called on the writer thread after each commit that stored records. Must not block.
    std::function<void(const CommitReport &)> committed;
};

/// What happened since the start. All are totals.
struct PipelineStats
{
    std::uint64_t requests = 0; ///< answered with success
    std::uint64_t records = 0;  ///< stored
    std::uint64_t repeats = 0;  ///< requests recognised
    std::uint64_t refused = 0;  ///< requests answered 4xx here
    std::uint64_t overload = 0; ///< requests answered 503
    std::uint64_t rejected = 0; ///< records left out of requests that were answered with success
    bool isDiskLow = false;     ///< now: everything is answered 503 until there is room
};

/// Turns requests of OTLP and of every protocol of httproutes.h into durable records: decodes, redacts, groups errors, commits everything that waits in one
/// transaction and only then answers 200. Trouble of our own is always 503 with Retry-After: SDKs drop data on anything
/// else. Follows the OTLP specification's section on HTTP.
///
/// Threads: handle(), count() and stats() from anywhere; options.workers threads decode; two share the sink, one prepares
/// commits, one writes them.
class Pipeline final : public RequestHandler
{
public:
    /// `sink` is not owned and must outlive the pipeline; it is used on two threads, as RecordSink says.
    Pipeline(PipelineOptions options, RecordSink &sink);
    ~Pipeline() override; ///< stops
    Pipeline(const Pipeline &) = delete;
    Pipeline &operator=(const Pipeline &) = delete;

    void start();
    /// Commits and answers everything accepted, then ends the threads. Later requests get 503. Idempotent.
    void stop();
    PipelineStats stats() const;
    /// How each source does; also stored every few seconds, for those who only read the cache. Any thread.
    std::vector<SourceHealth> health() const;
    /// Adds decisions about groups of errors between two commits; `decided` is called on the writer thread, or at once when
    /// nothing runs. Any thread. Errors: as CacheWriter::decide(), Busy.
    void decide(std::vector<TriageDecision> decisions, std::function<void(Result<void>)> decided);
    /// Puts and removes documents, likewise. Errors: as CacheWriter::putDocuments(), Busy.
    void putDocuments(std::vector<DocumentChange> changes, std::function<void(Result<void>)> stored);

    std::string_view methodsFor(std::string_view path) const override;
    bool sniffsGzip(std::string_view path) const override;
    bool isForPages(std::string_view path) const override;
    bool wantsRetryAfter(std::string_view path) const override;
    void handle(ReceivedRequest &&request, Done done) override;
    Answer refusal(std::string_view path, std::string_view contentType, int status,
                   std::string_view message) const override;
    void count(std::string_view counter, std::uint64_t n = 1) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
