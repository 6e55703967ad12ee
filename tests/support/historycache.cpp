// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/historycache.h"

#include "app/collector/cachesink.h"
#include "models/grouping/errorgrouping.h"
#include "models/ingest/pipeline.h"
#include "models/store/cachereader.h"
#include "tests/support/benchmarkreport.h"

#include <atomic>
#include <semaphore>

namespace telltale::test {
namespace {

constexpr std::ptrdiff_t kInFlight = 96; // requests; what a busy fleet has under way
constexpr std::uint64_t kMillion = 1'000'000;

bool isThere(const std::filesystem::path &path, std::uint64_t records)
{
    if (!std::filesystem::exists(path))
        return false;
    auto reader = CacheReader::open(path);
    if (!reader)
        return false;
    const CacheReader::Snapshot snapshot(**reader);
    const auto summary = (*reader)->summary();
    return summary && summary->records >= records;
}

/// Speed over each million records.
class Pace
{
public:
    explicit Pace(std::vector<double> &rates)
        : m_rates(rates)
    {}
    void made(std::uint64_t records, double seconds)
    {
        if (records < m_before + kMillion)
            return;
        m_rates.push_back(static_cast<double>(records - m_before) / (seconds - m_secondsBefore));
        m_before = records;
        m_secondsBefore = seconds;
    }

private:
    std::vector<double> &m_rates;
    std::uint64_t m_before = 0;
    double m_secondsBefore = 0;
};

} // namespace

Result<HistoryFill> fillHistory(const std::filesystem::path &path, const HistoryShape &shape)
{
    HistoryFill fill;
    if (isThere(path, shape.records)) {
        fill.records = shape.records;
        return fill;
    }
    CacheOptions options;
    options.path = path;
    options.groupingVersion = kErrorGroupingVersion;
    auto writer = CacheWriter::open(options);
    if (!writer)
        return tl::unexpected(writer.error());
    CacheSink sink(std::move(*writer));
    std::atomic<std::uint64_t> refused = 0;
    const Stopwatch watch;
    Pace pace(fill.rates);
    {
        PipelineOptions pipelineOptions;
        pipelineOptions.holdTime = std::chrono::minutes(1); // nobody is in a hurry: none is turned away
        Pipeline pipeline(pipelineOptions, sink);
        pipeline.start();
        std::counting_semaphore<> room(kInFlight);
        for (HistoryGenerator generator(shape); !generator.isAtEnd();) {
            HistoryRequest made = generator.next();
            ReceivedRequest request;
            request.method = "POST";
            request.path = made.signal == OtlpSignal::Traces ? "/v1/traces" : "/v1/logs";
            request.contentType = "application/x-protobuf";
            request.body = std::move(made.body);
            request.arrival = made.arrival;
            room.acquire();
            pipeline.handle(std::move(request), [&](Answer &&answer) {
                refused += answer.status != 200;
                room.release();
            });
            fill.records = generator.recordsMade();
            pace.made(fill.records, watch.seconds());
        }
        for (std::ptrdiff_t i = 0; i < kInFlight; ++i)
            room.acquire();
        pipeline.stop();
    }
    if (refused > 0)
        return failure(Error::Code::Io,
                       std::to_string(refused.load()) + " requests of the history were refused");
    if (const auto moved = sink.checkpoint(); !moved)
        return tl::unexpected(moved.error());
    fill.seconds = watch.seconds();
    for (bool hasMore = true; hasMore;) { // as a collector does in its first quiet minute
        const auto maintained = sink.maintain();
        if (!maintained)
            return tl::unexpected(maintained.error());
        hasMore = *maintained;
    }
    return fill;
}

} // namespace telltale::test
