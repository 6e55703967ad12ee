// SPDX-License-Identifier: GPL-3.0-or-later
// Life at once: the writer at full speed while others read.
//
//   bench_mixed [--millions N] [--json FILE]
//
// First the writer alone against the writer beside a reader that asks thirty times a second, in turns. Then N million
// records (by default 3) through the whole way in while twenty views ask on two threads, as the window does: how long
// they wait, how long the log grows and how much memory the process takes.
#include "models/analysis/engine.h"
#include "models/store/cachewriter.h"
#include "tests/support/benchmarkreport.h"
#include "tests/support/historycache.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

using namespace telltale;
using namespace telltale::test;

namespace {

constexpr int kRounds = 5;
constexpr std::size_t kRequests = 1'200; // of 512 records, in part one
constexpr std::size_t kACommit = 8;
constexpr std::chrono::milliseconds kFrame{33};

/// Milliseconds that questions took, from any thread.
class Latencies
{
public:
    void add(double milliseconds)
    {
        const std::scoped_lock lock(m_mutex);
        m_samples.push_back(milliseconds);
    }
    std::size_t size() const { return m_samples.size(); }
    double at(double share)
    {
        if (m_samples.empty())
            return 0;
        std::sort(m_samples.begin(), m_samples.end());
        const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(m_samples.size())));
        return m_samples[std::max<std::size_t>(1, rank) - 1];
    }

private:
    std::mutex m_mutex;
    std::vector<double> m_samples;
};

/// What a live view asks: the last quarter of an hour that is there.
Scope liveScope(Engine &engine)
{
    Scope scope;
    const auto summary = engine.summary({});
    const Instant newest = summary && summary->value.newest ? *summary->value.newest : Instant{0};
    scope.range = {newest - std::chrono::minutes(15), newest};
    scope.now = newest;
    return scope;
}

/// Asks thirty times a second until told to end.
class LiveReader
{
public:
    LiveReader(const std::filesystem::path &cache, Latencies &latencies)
        : m_thread(
              [this, cache, &latencies](std::stop_token stop) { run(cache, latencies, std::move(stop)); })
    {}

private:
    static void ask(Engine &engine, Latencies &latencies)
    {
        const Stopwatch watch;
        if (engine.activity(liveScope(engine), ActivityStep::FifteenSeconds, {}))
            latencies.add(watch.seconds() * 1000);
    }
    void run(const std::filesystem::path &cache, Latencies &latencies, std::stop_token stop)
    {
        auto engine = openCacheEngine(cache);
        if (!engine) {
            std::fprintf(stderr, "bench_mixed: %s\n", engine.error().message.c_str());
            return;
        }
        for (auto next = std::chrono::steady_clock::now(); !stop.stop_requested(); next += kFrame) {
            std::this_thread::sleep_until(next);
            ask(**engine, latencies);
        }
    }

    std::jthread m_thread;
};

std::vector<Delivery> preparedDeliveries()
{
    HistoryShape shape;
    shape.records = kRequests * 512;
    shape.days = 1; // as dense as a busy fleet
    std::vector<Delivery> deliveries;
    for (HistoryGenerator generator(shape); !generator.isAtEnd();) {
        const HistoryRequest request = generator.next();
        Delivery &delivery = deliveries.emplace_back();
        delivery.protocol = "otlp/http";
        delivery.arrival = request.arrival;
        DecodeReport report;
        if (!decodeOtlp(request.signal, OtlpEncoding::Protobuf, request.body, {request.arrival},
                        delivery.batch, report))
            std::exit(1);
    }
    return deliveries;
}

double writeAll(const std::filesystem::path &cache, std::vector<Delivery> &deliveries, Latencies *latencies)
{
    CacheOptions options;
    options.path = cache;
    auto writer = CacheWriter::open(options);
    if (!writer)
        std::exit(1);
    std::optional<LiveReader> reader;
    if (latencies)
        reader.emplace(cache, *latencies);
    const Stopwatch watch;
    for (std::size_t i = 0; i < deliveries.size(); i += kACommit) {
        if (!(*writer)->commit(std::span(deliveries).subspan(i, std::min(kACommit, deliveries.size() - i))))
            std::exit(1);
    }
    return watch.seconds();
}

/// The largest the log has been, looked at fifty times a second.
class LogWatch
{
public:
    explicit LogWatch(std::filesystem::path cache)
        : m_thread([this, log = cache += "-wal"](std::stop_token stop) {
            while (!stop.stop_requested()) {
                std::error_code none;
                const auto size = std::filesystem::file_size(log, none);
                if (!none)
                    m_largest = std::max(m_largest.load(), static_cast<std::uint64_t>(size));
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            }
        })
    {}
    double largestMiB() const { return static_cast<double>(m_largest.load()) / (1 << 20); }

private:
    std::atomic<std::uint64_t> m_largest = 0;
    std::jthread m_thread;
};

double peakMemory()
{
    std::ifstream status("/proc/self/status");
    constexpr std::string_view kField = "VmHWM:";
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(kField))
            return std::strtod(line.c_str() + kField.size(), nullptr) / 1000;
    }
    return 0;
}

using View = std::function<bool(Engine &, const Scope &)>;

/// Twenty views of the window: four kinds of questions over five ranges.
std::vector<View> twentyViews()
{
    std::vector<View> views;
    for (const int minutes : {1, 5, 15, 60, 24 * 60}) {
        const auto over = [minutes](const Scope &live) {
            Scope scope = live;
            scope.range.from = scope.range.to - std::chrono::minutes(minutes);
            scope.limit = 200;
            return scope;
        };
        views.push_back([=](Engine &e, const Scope &s) {
            return e
                .activity(over(s), minutes > 60 ? ActivityStep::FifteenMinutes : ActivityStep::FifteenSeconds,
                          {})
                .has_value();
        });
        views.push_back([=](Engine &e, const Scope &s) { return e.features(over(s), {}).has_value(); });
        views.push_back([=](Engine &e, const Scope &s) { return e.sessions(over(s), true, {}).has_value(); });
        views.push_back([=](Engine &e, const Scope &s) { return e.errors(over(s), {}).has_value(); });
    }
    return views;
}

/// Asks one view after the other, each about once a second.
void lookAround(const std::filesystem::path &cache, Latencies &latencies, std::atomic<std::uint64_t> &failed,
                std::size_t first, std::stop_token stop)
{
    std::unique_ptr<Engine> engine;
    while (!stop.stop_requested() && !engine) {
        if (auto opened = openCacheEngine(cache))
            engine = std::move(*opened);
        else
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    const std::vector<View> views = twentyViews();
    for (std::size_t n = first; !stop.stop_requested(); n += 2) {
        const Stopwatch watch;
        if (views[n % views.size()](*engine, liveScope(*engine)))
            latencies.add(watch.seconds() * 1000);
        else
            ++failed;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

} // namespace

int main(int argc, char **argv)
{
    BenchmarkReport report("bench_mixed", argc, argv);
    std::uint64_t millions = 3;
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::string_view(argv[i]) == "--millions")
            millions = std::max(1UL, std::strtoul(argv[i + 1], nullptr, 10));
    }
    std::string folder = (std::filesystem::temp_directory_path() / "bench_mixed.XXXXXX").string();
    if (!::mkdtemp(folder.data()))
        return 1;
    const std::filesystem::path base = folder;

    std::vector<double> alone, watched;
    Latencies live;
    std::size_t records = 0;
    {
        std::vector<Delivery> deliveries = preparedDeliveries();
        for (const Delivery &delivery : deliveries)
            records += delivery.batch.size();
        for (int round = -1; round < kRounds; ++round) { // the first round warms up
            const double a = writeAll(base / ("alone" + std::to_string(round)), deliveries, nullptr);
            Latencies ignored;
            const double b = writeAll(base / ("watched" + std::to_string(round)), deliveries,
                                      round < 0 ? &ignored : &live);
            for (const auto &entry : std::filesystem::directory_iterator(base))
                std::filesystem::remove_all(entry.path());
            if (round < 0)
                continue;
            alone.push_back(a);
            watched.push_back(b);
        }
    }
    const auto rate = [&](double seconds) { return static_cast<double>(records) / seconds / 1e6; };
    report.figure("writer alone", rate(median(alone)), "M records/s");
    report.figure("writer beside a 30 Hz reader", rate(median(watched)), "M records/s");
    report.ratio("writer with a 30 Hz reader / without", median(alone) / median(watched), 0.95, true);
    report.figure("the reader's questions", static_cast<double>(live.size()), "");
    report.figure("the reader, median", live.at(0.5), "ms");
    report.ratio("the reader, 99th percentile / 10 ms", live.at(0.99) / 10, 1, false);

    HistoryShape shape;
    shape.records = millions * 1'000'000;
    shape.days = 2;
    const std::filesystem::path cache = base / "life.db";
    Latencies views;
    std::atomic<std::uint64_t> failed = 0;
    HistoryFill filled;
    double largestLog = 0;
    {
        LogWatch log(cache);
        std::vector<std::jthread> viewers;
        for (std::size_t first : {0U, 1U})
            viewers.emplace_back([&, first](std::stop_token stop) {
                lookAround(cache, views, failed, first, std::move(stop));
            });
        const auto done = fillHistory(cache, shape);
        if (!done) {
            std::fprintf(stderr, "bench_mixed: %s\n", done.error().message.c_str());
            return 1;
        }
        filled = *done;
        viewers.clear();
        largestLog = log.largestMiB();
    }
    report.figure("records through the way in, twenty views asking",
                  static_cast<double>(filled.records) / filled.seconds / 1e6, "M records/s");
    report.figure("questions of the views", static_cast<double>(views.size()), "");
    report.figure("questions not answered", static_cast<double>(failed.load()), "");
    report.figure("a view, median", views.at(0.5), "ms");
    report.figure("a view, 99th percentile", views.at(0.99), "ms");
    report.ratio("largest log / 64 MiB", largestLog / 64, 1, false);
    report.figure("memory of the process at most", peakMemory(), "MB");
    std::filesystem::remove_all(base);
    return report.finish();
}
