// SPDX-License-Identifier: GPL-3.0-or-later
// What a question costs that no rollup can answer: a filter over the columns of ten million records, against SQL over the
// same events as rows (RQ: GROUP BY; RS: stepped into arrays), in one run. References can be made of fewer rows and are scaled
// by the row then, which is kind to them: sorting costs more than that.
//   bench_scan [--events N] [--rows N] [--keep FILE] [--only scan|questions|sessions] [--json FILE]
// FILE is made when it is not there, and kept; without it the records are thrown away. Ratios a core compare CPU time of
// one thread with CPU time of one thread, so that what else runs on the machine weighs less.
#include "models/analysis/cacheengine.h"
#include "models/analysis/recordscan.h"
#include "tests/benchmarks/eventhistory.h"
#include "tests/benchmarks/rowscan.h"
#include "tests/support/benchmarkreport.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

using namespace telltale;
using namespace telltale::test;

namespace {

constexpr int kRounds = 5;
constexpr std::int64_t kMinute = 60'000'000'000;

struct Options
{
    std::uint64_t events = 10'000'000;
    std::uint64_t rows = 0; ///< 0: as many as there are usage events
    std::filesystem::path keep;
    std::string only; ///< a part of it; empty: all
    bool wants(const char *part) const { return only.empty() || only == part; }
};

Options optionsOf(int argc, char **argv)
{
    Options options;
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::strcmp(argv[i], "--events") == 0)
            options.events = std::strtoull(argv[i + 1], nullptr, 10);
        else if (std::strcmp(argv[i], "--rows") == 0)
            options.rows = std::strtoull(argv[i + 1], nullptr, 10);
        else if (std::strcmp(argv[i], "--keep") == 0 || std::strcmp(argv[i], "--cache") == 0)
            options.keep = argv[i + 1];
        else if (std::strcmp(argv[i], "--only") == 0)
            options.only = argv[i + 1];
    }
    if (options.rows == 0)
        options.rows = options.events / 10 * 9;
    return options;
}

double cpuSeconds()
{
    std::timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// CPU seconds of the whole process and seconds on the wall.
struct Cost
{
    double cpu = 0, wall = 0;
};

template<typename Work>
Cost costOf(Work &&work)
{
    const double before = cpuSeconds();
    const Stopwatch watch;
    work();
    return {cpuSeconds() - before, watch.seconds()};
}

/// Medians of several rounds.
struct Samples
{
    std::vector<double> cpu, wall;
    void add(const Cost &cost)
    {
        cpu.push_back(cost.cpu);
        wall.push_back(cost.wall);
    }
    Cost middle() const { return {median(cpu), median(wall)}; }
};

[[noreturn]] void stop(const Error &error)
{
    std::fprintf(stderr, "%s\n", error.message.c_str());
    std::exit(1);
}

Scope scopeOf(const char *filter, TimeRange range)
{
    Scope scope;
    scope.filter = Filter::parse(filter).value();
    scope.zone = Zone::named("UTC").value();
    scope.range = range;
    return scope;
}

std::size_t minuteOf(std::int64_t time)
{
    return static_cast<std::size_t>((time - EventHistory::start().ns) / kMinute);
}

/// Count and sum by minute and feature, as RQ and RS do it.
RowScan::Answer countAndSum(CacheReader &reader, const Scope &scope, std::size_t helpers)
{
    struct Cell
    {
        std::uint64_t count = 0;
        std::int64_t sum = 0;
    };
    constexpr std::size_t kNames = RowScan::kMostNames;
    RecordScan scan(reader, scope, {}, {helpers, {}});
    if (const auto ready = scan.prepare(); !ready)
        stop(ready.error());
    scan.wantOnly({RecordColumn::Time, RecordColumn::Feature, RecordColumn::Duration});
    scan.wantRoughTimes([](Instant first, Instant last) { return minuteOf(first.ns) == minuteOf(last.ns); });
    std::vector<std::vector<Cell>> lanes(scan.laneCount());
    const auto cellsOf = [](std::vector<Cell> &cells, std::size_t minute) {
        if ((minute + 1) * kNames > cells.size())
            cells.resize((minute + 1) * kNames);
        return &cells[minute * kNames];
    };
    const auto visit = [&](std::size_t lane, const ScanBlock &block) {
        std::vector<Cell> &cells = lanes[lane];
        const auto [times, durations, features] =
            std::tuple(block.views.times, block.views.durations, block.views.features);
        const auto add = [&](Cell *minute, std::uint32_t row) {
            Cell &cell = minute[features[row] % kNames];
            ++cell.count;
            cell.sum += durations[row];
        };
        if (times.isOne()) {
            Cell *const minute = cellsOf(cells, minuteOf(times[0]));
            block.forEachRow([&](std::uint32_t row) { add(minute, row); });
        } else {
            block.forEachRow([&](std::uint32_t row) { add(cellsOf(cells, minuteOf(times[row])), row); });
        }
    };
    if (const auto done = scan.runInLanes({RecordKind::UsageEvent}, scope.range, visit); !done)
        stop(done.error());
    std::vector<Cell> &cells = lanes.front();
    for (std::size_t lane = 1; lane < lanes.size(); ++lane) {
        cells.resize(std::max(cells.size(), lanes[lane].size()));
        for (std::size_t i = 0; i < lanes[lane].size(); ++i) {
            cells[i].count += lanes[lane][i].count;
            cells[i].sum += lanes[lane][i].sum;
        }
    }
    RowScan::Answer answer;
    for (const Cell &cell : cells) {
        answer.cells += cell.count > 0;
        answer.count += cell.count;
        answer.sum += static_cast<double>(cell.sum) / 1e6;
    }
    return answer;
}

/// The range that holds the first `share` of the records.
TimeRange firstPart(const CacheSummary &summary, double share)
{
    const double length = static_cast<double>(summary.newest->ns - summary.oldest->ns);
    return {*summary.oldest, {summary.oldest->ns + static_cast<std::int64_t>(length * share)}};
}

void measureAgainstRows(BenchmarkReport &report, CacheReader &reader, const CacheSummary &summary,
                        RowScan &rows, std::uint64_t rowCount)
{
    // The rows are the first usage events: nine of ten records.
    const double events = static_cast<double>(summary.records) * 0.9;
    for (const auto &[filter, where] :
         {std::pair("-screen:Search", "screen <> 1"), std::pair("os:Android", "os = 1")}) {
        const Scope all = scopeOf(filter, {});
        const Scope part = scopeOf(filter, firstPart(summary, 0.2));
        Samples grouped, stepped, ours, first, together;
        RowScan::Answer fromSql, fromSteps, fromScan;
        for (int round = 0; round < kRounds; ++round) {
            grouped.add(costOf([&] { fromSql = rows.grouped(where); }));
            stepped.add(costOf([&] { fromSteps = rows.stepped(where); }));
            first.add(costOf([&] { countAndSum(reader, part, 0); }));
            ours.add(costOf([&] { fromScan = countAndSum(reader, all, 0); }));
            together.add(costOf([&] { countAndSum(reader, all, ScanSettings::defaultHelpers()); }));
        }
        if (fromSql.count != fromSteps.count || fromSql.cells != fromSteps.cells)
            stop({Error::Code::Damaged, "RQ and RS do not count the same"});
        const double share = static_cast<double>(fromScan.count) / events;
        const double expected = static_cast<double>(fromSql.count) / static_cast<double>(rowCount);
        if (std::abs(share - expected) > 0.02)
            stop({Error::Code::Damaged, "the scan and SQL do not agree"});
        const double perEvent = ours.middle().cpu / events;
        const double rq = grouped.middle().cpu / static_cast<double>(rowCount);
        const double rs = stepped.middle().cpu / static_cast<double>(rowCount);
        const std::string about = std::string(", ") + filter;
        report.figure("RQ: SQL GROUP BY minute, name" + about, rq * 1e9, "ns CPU a row");
        report.figure("RS: rows stepped into arrays" + about, rs * 1e9, "ns CPU a row");
        report.figure("scan: count and sum by minute and feature" + about, perEvent * 1e9, "ns CPU an event");
        report.figure("the same on one core" + about, ours.middle().wall * 1000, "ms");
        report.figure("the same on all cores" + about, together.middle().wall * 1000, "ms");
        report.ratio("RQ / scan, a core" + about, rq / perEvent, 100, true);
        report.ratio("RS / scan, a core" + about, rs / perEvent, 20, true);
        report.ratio("one core / all cores" + about, ours.middle().wall / together.middle().wall, 1.5, true);
        report.ratio("scan of everything / of a fifth" + about, ours.middle().wall / first.middle().wall, 5.5,
                     false);
    }
}

template<typename Ask>
void measure(BenchmarkReport &report, const std::string &name, double events, Ask ask)
{
    Samples samples;
    for (int round = 0; round < kRounds; ++round) {
        samples.add(costOf([&] {
            if (const auto reply = ask(); !reply)
                stop(reply.error());
        }));
    }
    const Cost cost = samples.middle();
    report.figure(name, cost.wall * 1000, "ms");
    report.figure(name + ", rate", events / cost.wall / 1e6, "M records/s");
}

void measureQuestions(BenchmarkReport &report, Engine &engine, const CacheSummary &summary)
{
    const double records = static_cast<double>(summary.records);
    for (const char *filter :
         {"os:Android", "screen:Home", "attr.app.plan:team", "attr.stride.items:>=900", "user:user-17"}) {
        const Scope scope = scopeOf(filter, {*summary.oldest, {summary.newest->ns + 1}});
        measure(report, std::string("features, ") + filter, records * 0.9,
                [&] { return engine.features(scope, {}); });
        measure(report, std::string("activity by minute, ") + filter, records,
                [&] { return engine.activity(scope, ActivityStep::Minute, {}); });
        measure(report, std::string("heatmap feature x minute, ") + filter, records * 0.9, [&] {
            return engine.heatmap(scope, HeatmapRows::Feature, HeatmapColumns::Minute, HeatmapValue::Events,
                                  {});
        });
    }
}

/// The time of one session's records, the median over sessions from all over the history.
double sessionSeconds(Engine &engine, const CacheSummary &summary)
{
    std::vector<std::string> ids;
    for (int i = 1; i <= 20; ++i) {
        const std::int64_t at = summary.oldest->ns + (summary.newest->ns - summary.oldest->ns) / 21 * i;
        Scope scope = scopeOf("", {{at}, {at + 20'000'000}});
        scope.limit = 1;
        const auto list = engine.sessions(scope, false, {});
        if (!list)
            stop(list.error());
        for (const SessionRow &row : list->value.rows)
            ids.push_back(row.session);
    }
    std::vector<double> samples;
    for (const std::string &id : ids) {
        const Stopwatch watch;
        if (const auto session = engine.session(id, {}, {}); !session)
            stop(session.error());
        samples.push_back(watch.seconds());
    }
    return median(samples);
}

void measureSessions(BenchmarkReport &report, const std::filesystem::path &path,
                     const std::filesystem::path &small, const CacheSummary &summary)
{
    if (const auto made = writeEventHistory(small, 1'000'000); !made)
        stop(made.error());
    const auto reader = CacheReader::open(small);
    const auto smallSummary = (*reader)->summary();
    auto few = openCacheEngine(small);
    auto many = openCacheEngine(path);
    if (!smallSummary || !few || !many)
        stop({Error::Code::Io, "a cache can not be read"});
    const double at1M = sessionSeconds(**few, *smallSummary);
    const double atAll = sessionSeconds(**many, summary);
    report.figure("one session, 1 M records", at1M * 1000, "ms");
    report.figure("one session, all records", atAll * 1000, "ms");
    report.ratio("one session, all / 1 M", atAll / at1M, 2, false);
}

} // namespace

int main(int argc, char **argv)
{
    BenchmarkReport report("bench_scan", argc, argv);
    const Options options = optionsOf(argc, argv);
    std::string folder = (std::filesystem::temp_directory_path() / "bench_scan.XXXXXX").string();
    if (!::mkdtemp(folder.data()))
        return 1;
    const std::filesystem::path scratch(folder);
    const std::filesystem::path path = options.keep.empty() ? scratch / "cache.db" : options.keep;
    const Stopwatch making;
    const auto made = writeEventHistory(path, options.events, [](std::uint64_t count) {
        if (count % 1'048'576 == 0)
            std::fprintf(stderr, "%llu M records\n", static_cast<unsigned long long>(count >> 20));
    });
    if (!made)
        stop(made.error());
    report.figure("making the records, when they were not kept", making.seconds(), "s");
    const auto reader = CacheReader::open(path);
    if (!reader)
        stop(reader.error());
    const auto summary = (*reader)->summary();
    if (!summary)
        stop(summary.error());
    report.figure("records", static_cast<double>(summary->records) / 1e6, "M");
    report.figure("bytes a record",
                  static_cast<double>(summary->bytes) / static_cast<double>(summary->records), "B");
    if (options.wants("scan")) {
        RowScan rows(scratch / "rows.db", options.rows);
        measureAgainstRows(report, **reader, *summary, rows, options.rows);
    }
    auto engine = openCacheEngine(path);
    if (!engine)
        stop(engine.error());
    if (options.wants("questions"))
        measureQuestions(report, **engine, *summary);
    if (options.wants("sessions"))
        measureSessions(report, path, scratch / "small.db", *summary);
    std::filesystem::remove_all(scratch);
    return report.finish();
}
