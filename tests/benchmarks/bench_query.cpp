// SPDX-License-Identifier: GPL-3.0-or-later
// How long every question takes over months of history, and how that grows with what is stored.
//
//   bench_query [--sizes 1,10,100] [--cache-folder FOLDER] [--only TEXT] [--plots FOLDER] [--json FILE]
//
// With --only, questions whose name holds the text.
// Sizes are millions of records, by default 1. Caches are written through the real way in; those in --cache-folder are
// kept and used again, others are removed. Plots go to "plots" beside the program unless told otherwise.
#include "models/analysis/engine.h"
#include "tests/support/benchmarkreport.h"
#include "tests/support/growthplot.h"
#include "tests/support/historycache.h"
#include "tests/support/ownmemory.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string_view>
#include <vector>

using namespace telltale;
using namespace telltale::test;

namespace {

constexpr int kSamples = 21;
constexpr double kPatience = 6; // seconds for one question at most, but three samples always

struct Options
{
    std::vector<std::uint64_t> millions = {1};
    std::filesystem::path caches, plots;
    std::string only;
    bool keepsCaches = false;
};

/// The sample that 95 of 100 do not exceed.
double percentile95(std::vector<double> samples)
{
    std::sort(samples.begin(), samples.end());
    const auto rank = static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(samples.size())));
    return samples[rank - 1];
}

/// Kilobytes of a line like "VmHWM:" of this process, in MB.
double memory(std::string_view field)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(field))
            return std::strtod(line.c_str() + field.size(), nullptr) / 1000;
    }
    return 0;
}

/// A question: asks the engine, says whether it was answered. `round` moves ranges a little, so that no answer can be
/// taken from the one before.
struct Question
{
    std::string name;
    std::function<bool(Engine &, const Scope &all, int round)> ask;
    bool isView = false; ///< one that a person looks at often: held against the bounds
};

Scope shifted(const Scope &all, int round)
{
    Scope scope = all;
    scope.range.from = scope.range.from + std::chrono::minutes(7 * round);
    return scope;
}

Scope lastDay(const Scope &all, int round)
{
    Scope scope = all;
    scope.range.to = scope.range.to - std::chrono::minutes(7 * round);
    scope.range.from = scope.range.to - std::chrono::days(1);
    return scope;
}

Scope limited(Scope scope, std::size_t limit)
{
    scope.limit = limit;
    return scope;
}

Scope filtered(Scope scope, const char *expression)
{
    scope.filter = Filter::parse(expression).value();
    return scope;
}

std::string sessionName(std::uint64_t number)
{
    std::string digits = std::to_string(number);
    return "s-" + std::string(15 - digits.size(), '0') + digits;
}

std::vector<Question> questions(std::uint64_t records)
{
    const auto heat = [](HeatmapRows rows, HeatmapColumns columns, HeatmapValue value) {
        return [=](Engine &engine, const Scope &all, int round) {
            return engine.heatmap(shifted(all, round), rows, columns, value, {}).has_value();
        };
    };
    const auto activity = [](ActivityStep step, auto range) {
        return [=](Engine &engine, const Scope &all, int round) {
            return engine.activity(range(all, round), step, {}).has_value();
        };
    };
    const auto features = [](const char *filter) {
        return [=](Engine &engine, const Scope &all, int round) {
            return engine.features(filtered(shifted(all, round), filter), {}).has_value();
        };
    };
    std::vector<Question> list = {
        {"totals", [](Engine &e, const Scope &s, int n) { return e.totals(shifted(s, n), {}).has_value(); }},
        {"features",
         [](Engine &e, const Scope &s, int n) { return e.features(shifted(s, n), {}).has_value(); }, true},
        {"screens",
         [](Engine &e, const Scope &s, int n) { return e.screens(shifted(s, n), {}).has_value(); }, true},
        {"screens, last day",
         [](Engine &e, const Scope &s, int n) { return e.screens(lastDay(s, n), {}).has_value(); }},
        {"activity by minute, last day", activity(ActivityStep::Minute, lastDay), true},
        {"activity by hour", activity(ActivityStep::Hour, shifted), true},
        {"activity by day", activity(ActivityStep::Day, shifted), true},
        {"pulse by day", [](Engine &e, const Scope &s,
                            int n) { return e.pulse(shifted(s, n), ActivityStep::Day, {}).has_value(); },
         true},
        {"pulse by 15 minutes, last day",
         [](Engine &e, const Scope &s, int n) {
             return e.pulse(lastDay(s, n), ActivityStep::FifteenMinutes, {}).has_value();
         }},
        {"latency by hour",
         [](Engine &e, const Scope &s, int n) {
             return e.latency(shifted(s, n), ActivityStep::Hour, {}).has_value();
         }},
        {"heatmap feature x day", heat(HeatmapRows::Feature, HeatmapColumns::Day, HeatmapValue::Events),
         true},
        {"heatmap feature x day, users",
         heat(HeatmapRows::Feature, HeatmapColumns::Day, HeatmapValue::Users), true},
        {"heatmap feature x weekday-hour",
         heat(HeatmapRows::Feature, HeatmapColumns::WeekdayHour, HeatmapValue::Events)},
        {"heatmap screen x day, dwell", heat(HeatmapRows::Screen, HeatmapColumns::Day, HeatmapValue::Dwell)},
        {"active users",
         [](Engine &e, const Scope &s, int n) { return e.activeUsers(shifted(s, n), {}).has_value(); }, true},
        {"a page of 200 sessions",
         [](Engine &e, const Scope &s, int n) {
             return e.sessions(limited(shifted(s, n), 200), true, {}).has_value();
         },
         true},
        {"one session",
         [records](Engine &e, const Scope &s, int n) {
             const std::uint64_t made = records / 100 * 9 / 10;
             return e.session(sessionName(1 + made / kSamples * static_cast<std::uint64_t>(n)), s, {})
                 .has_value();
         }},
        {"errors", [](Engine &e, const Scope &s, int n) { return e.errors(shifted(s, n), {}).has_value(); },
         true},
        {"one error group, newest 200",
         [](Engine &e, const Scope &s, int n) {
             static std::string group;
             if (group.empty()) {
                 const auto groups = e.errors(lastDay(s, 0), {});
                 if (!groups || groups->value.empty())
                     return false;
                 group = groups->value.front().group;
             }
             return e.errorGroup(group, limited(shifted(s, n), 200), {}).has_value();
         }},
        {"operations",
         [](Engine &e, const Scope &s, int n) { return e.operations(shifted(s, n), {}).has_value(); }},
        {"newest 200 traces", [](Engine &e, const Scope &s,
                                 int n) { return e.traces(limited(shifted(s, n), 200), {}).has_value(); }},
        {"retention by week",
         [](Engine &e, const Scope &s, int n) {
             return e.retention(CalendarUnit::Week, shifted(s, n), {}).has_value();
         }},
        {"funnel of the three most used features",
         [](Engine &e, const Scope &s, int n) {
             static std::vector<std::string> steps;
             const auto used = steps.empty() ? e.features(limited(lastDay(s, 0), 3), {})
                                             : Engine::Reply<std::vector<FeatureRow>>();
             for (const FeatureRow &row : used ? used->value : std::vector<FeatureRow>())
                 steps.push_back(row.feature);
             return e.funnel(steps, std::chrono::hours(24), shifted(s, n), {}).has_value();
         }},
        {"paths", [](Engine &e, const Scope &s, int n) { return e.paths({}, shifted(s, n), {}).has_value(); }},
        {"newest 200 logs, of all time",
         [](Engine &e, const Scope &s, int n) { return e.logs(limited(shifted(s, n), 200), {}).has_value(); }},
        {"newest 200 logs", [](Engine &e, const Scope &s,
                               int n) { return e.logs(limited(lastDay(s, n), 200), {}).has_value(); }},
        {"sources", [](Engine &e, const Scope &s, int) { return e.sources(s, {}).has_value(); }},
        {"counters", [](Engine &e, const Scope &s, int) { return e.counters(s, {}).has_value(); }},
        {"releases",
         [](Engine &e, const Scope &s, int n) { return e.releases(shifted(s, n), {}).has_value(); }},
        {"summary", [](Engine &e, const Scope &, int) { return e.summary({}).has_value(); }},
    };
    for (const char *filter : {"release:4.1.0", "os:Android", "user:u-00000017*", "attr.app.plan:team"})
        list.push_back({std::string("features, ") + filter, features(filter)});
    return list;
}

struct Measured
{
    double median = 0, p95 = 0;
    double first = 0; ///< before anything was remembered of it
    double ownMost = 0; ///< MB of the process's own memory, at most
};

std::map<std::string, Measured> measure(const std::filesystem::path &cache, const HistoryShape &shape,
                                        const std::string &only)
{
    std::map<std::string, Measured> results;
    auto engine = openCacheEngine(cache);
    if (!engine) {
        std::fprintf(stderr, "bench_query: %s\n", engine.error().message.c_str());
        return results;
    }
    OwnMemory own;
    Scope all;
    all.zone = Zone::named("Europe/Berlin").value();
    all.range = {shape.start(), shape.end};
    all.now = shape.end;
    for (const Question &question : questions(shape.records)) {
        if (question.name.find(only) == std::string::npos)
            continue;
        std::vector<double> samples;
        double first = 0;
        own.takeMost();
        const Stopwatch total;
        for (int round = -1; round < kSamples && (round < 3 || total.seconds() < kPatience); ++round) {
            const Stopwatch watch;
            const bool isAnswered = question.ask(**engine, all, std::max(0, round));
            if (!isAnswered) {
                std::fprintf(stderr, "bench_query: %s was not answered\n", question.name.c_str());
                break;
            }
            if (round >= 0)
                samples.push_back(watch.seconds() * 1000);
            else
                first = watch.seconds() * 1000;
        }
        if (samples.empty())
            continue;
        results[question.name] = {median(samples), percentile95(samples), first, own.takeMost()};
        const Measured &result = results[question.name];
        std::fprintf(stderr, "  %-40s %9.2f ms, 95 %% within %9.2f ms, the first %9.2f ms; %5.0f MB own, %5.0f at most\n",
                     question.name.c_str(), result.median, result.p95, result.first, OwnMemory::now(), result.ownMost);
    }
    return results;
}

/// The rate of some millions around one, as single ones differ by a checkpoint more or less; the first one has none before it.
double rateAround(const std::vector<double> &rates, std::size_t million)
{
    const std::size_t from = std::max<std::size_t>(million, 2) - 2;
    const std::size_t to = std::min(rates.size(), million + 1);
    return median(std::vector<double>(rates.begin() + static_cast<std::ptrdiff_t>(from),
                                      rates.begin() + static_cast<std::ptrdiff_t>(to)));
}

/// How fast records came in when that many were there, against the first ones.
void reportPace(BenchmarkReport &report, const std::vector<double> &rates)
{
    for (const std::size_t million : {std::size_t{10}, std::size_t{50}, std::size_t{100}}) {
        if (rates.size() >= million)
            report.ratio("rate of writing at " + std::to_string(million) + " M / at 1 M",
                         rateAround(rates, million) / rateAround(rates, 1), 0.85, true);
    }
}

Options parse(int argc, char **argv)
{
    Options options;
    options.plots = std::filesystem::absolute(argv[0]).parent_path().parent_path() / "plots";
    for (int i = 1; i + 1 < argc; ++i) {
        const std::string_view name = argv[i];
        if (name == "--cache-folder") {
            options.caches = argv[i + 1];
            options.keepsCaches = true;
        } else if (name == "--only") {
            options.only = argv[i + 1];
        } else if (name == "--plots") {
            options.plots = argv[i + 1];
        } else if (name == "--sizes") {
            options.millions.clear();
            std::stringstream list(argv[i + 1]);
            for (std::string size; std::getline(list, size, ',');)
                options.millions.push_back(std::max(1UL, std::strtoul(size.c_str(), nullptr, 10)));
        }
    }
    std::sort(options.millions.begin(), options.millions.end());
    return options;
}

} // namespace

int main(int argc, char **argv)
{
    BenchmarkReport report("bench_query", argc, argv);
    Options options = parse(argc, argv);
    if (!options.keepsCaches) {
        std::string folder = (std::filesystem::temp_directory_path() / "bench_query.XXXXXX").string();
        if (!::mkdtemp(folder.data()))
            return 1;
        options.caches = folder;
    }
    std::map<std::uint64_t, std::map<std::string, Measured>> bySize;
    for (const std::uint64_t millions : options.millions) {
        HistoryShape shape;
        shape.records = millions * 1'000'000;
        const std::filesystem::path cache = options.caches / ("history-" + std::to_string(millions) + "M.db");
        std::fprintf(stderr, "%llu M records\n", static_cast<unsigned long long>(millions));
        const auto filled = fillHistory(cache, shape);
        if (!filled) {
            std::fprintf(stderr, "bench_query: %s\n", filled.error().message.c_str());
            return 1;
        }
        const std::string size = std::to_string(millions) + " M";
        if (filled->seconds > 0) {
            report.figure("written, " + size, static_cast<double>(filled->records) / filled->seconds / 1e6,
                          "M records/s");
            reportPace(report, filled->rates);
        }
        report.figure(
            "bytes a record, " + size,
            static_cast<double>(std::filesystem::file_size(cache)) / static_cast<double>(shape.records), "B");
        bySize[millions] = measure(cache, shape, options.only);
        report.figure("memory of the process at most, up to " + size, memory("VmHWM:"), "MB");
        if (!options.keepsCaches)
            std::filesystem::remove(cache);
    }

    std::vector<GrowthLine> lines;
    const std::uint64_t smallest = options.millions.front();
    const std::uint64_t largest = options.millions.back();
    for (const Question &question : questions(0)) {
        GrowthLine line{question.name, {}};
        std::vector<double> p95s; // of a view, by size
        for (const auto &[millions, results] : bySize) {
            const auto found = results.find(question.name);
            if (found == results.end())
                continue;
            const std::string size = std::to_string(millions) + " M";
            report.figure(question.name + ", " + size, found->second.median, "ms");
            line.points.emplace_back(static_cast<double>(millions) * 1e6, found->second.median);
            if (!question.isView)
                continue;
            report.figure(question.name + ", the first time, " + size, found->second.first, "ms");
            report.ratio(question.name + ", 95th percentile / 50 ms, " + size, found->second.p95 / 50, 1,
                         false);
            p95s.push_back(found->second.p95);
        }
        if (p95s.size() > 1 && largest > smallest)
            report.ratio(question.name + ", 95th percentile, " + std::to_string(largest) + " M / " +
                             std::to_string(smallest) + " M",
                         p95s.back() / p95s.front(), 2, false);
        lines.push_back(std::move(line));
    }
    if (options.millions.size() > 1 &&
        !writeGrowthPlot(options.plots / "query-growth.svg", "What a question costs as history grows", "ms",
                         lines))
        std::fprintf(stderr, "bench_query: the plot could not be written\n");
    if (!options.keepsCaches)
        std::filesystem::remove_all(options.caches);
    return report.finish();
}
