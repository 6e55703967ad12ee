// SPDX-License-Identifier: GPL-3.0-or-later
// How long each question takes over a million records in a file. Milliseconds, the median of a few.
#include "models/analysis/engine.h"
#include "models/store/cachewriter.h"
#include "models/telemetry/timeformat.h"
#include "support/benchmarkreport.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <random>

using namespace telltale;

namespace {

constexpr std::size_t kRecords = 1'000'000;
constexpr std::size_t kPerRequest = 4096;
constexpr std::int64_t kDays = 7;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::size_t kAtOnce = 120; ///< sessions that run at the same time

/// Sessions of a few people at once, record after record in about the order of time.
class Crowd
{
public:
    explicit Crowd(Instant start)
        : m_time(start.ns)
        , m_sessions(kAtOnce)
    {}

    Delivery request()
    {
        Delivery delivery;
        delivery.protocol = "otlp/http";
        RecordBatch &batch = delivery.batch;
        const auto id = [&batch](const std::string &text) { return batch.strings.intern(text); };
        for (const char *release : {"4.0.0", "4.1.0", "4.2.0"}) {
            Origin origin;
            origin.product = id("stride");
            origin.environment = id("production");
            origin.release = id(release);
            origin.os = id("Android");
            batch.origins.push_back(origin);
        }
        for (std::size_t i = 0; i < kPerRequest; ++i) {
            m_time += kDays * 86400 * kSecond / std::int64_t(kRecords);
            Session &session = m_sessions[below(kAtOnce)];
            if (session.left-- == 0)
                session = {m_next++, below(5000), 10 + below(40)};
            append(batch, session, id);
        }
        delivery.arrival = {m_time};
        return delivery;
    }

private:
    struct Session
    {
        std::size_t number = 0, user = 0, left = 0;
    };
    std::size_t below(std::size_t n) { return m_random() % n; }

    void append(RecordBatch &batch, const Session &session,
                const std::function<StringId(const std::string &)> &id)
    {
        Record record;
        record.time = {m_time};
        record.origin = static_cast<std::uint32_t>(session.user % 3);
        record.user = id("user-" + std::to_string(session.user));
        record.session = id("session-" + std::to_string(session.number));
        record.attributes.begin = static_cast<std::uint32_t>(batch.attributes.size());
        batch.attributes.push_back(batch.makeAttribute("app.plan", session.user % 4 ? "free" : "team"));
        batch.attributes.push_back(batch.makeAttribute("n", std::int64_t(below(1000))));
        record.attributes.end = static_cast<std::uint32_t>(batch.attributes.size());
        const std::size_t dice = below(100);
        if (dice < 70) {
            record.kind = RecordKind::UsageEvent;
            record.name = id("app.widget.click");
            record.feature = id("feature " + std::to_string(below(below(2) ? 8 : 40)));
        } else if (dice < 90) {
            record.kind = RecordKind::ScreenView;
            record.name = id("app.screen.view");
            record.screen = id("screen " + std::to_string(below(12)));
            record.duration = below(2) ? std::int64_t(below(60)) * kSecond : kNoDuration;
        } else if (dice < 95) {
            record.kind = RecordKind::Span;
            record.name = id("screen.load");
            record.duration = std::int64_t(below(2000)) * 1'000'000;
            record.detail = static_cast<std::uint32_t>(batch.spans.size());
            batch.spans.emplace_back();
        } else if (dice < 99) {
            record.severity = 9;
        } else {
            record.kind = RecordKind::Error;
            record.severity = 17;
            record.detail = static_cast<std::uint32_t>(batch.errors.size());
            const std::size_t group = below(30);
            batch.errors.push_back({id("Error " + std::to_string(group)), id("it broke"),
                                    id("at a (b.js:1:2)"), group == 0, group + 1, 0});
        }
        batch.append(record);
    }

    std::int64_t m_time;
    std::vector<Session> m_sessions;
    std::size_t m_next = 1;
    std::mt19937_64 m_random{42};
};

bool fill(const std::filesystem::path &path, Instant start)
{
    CacheOptions options;
    options.path = path;
    auto writer = CacheWriter::open(options);
    if (!writer)
        return false;
    Crowd crowd(start);
    for (std::size_t written = 0; written < kRecords; written += 8 * kPerRequest) {
        std::vector<Delivery> deliveries;
        for (int i = 0; i < 8; ++i)
            deliveries.push_back(crowd.request());
        if (!(*writer)->commit(deliveries))
            return false;
    }
    return (*writer)->checkpoint().has_value();
}

template<typename Ask>
void measure(test::BenchmarkReport &report, const std::string &name, Ask ask)
{
    std::vector<double> samples;
    for (int i = 0; i < 5; ++i) {
        const test::Stopwatch watch;
        const auto reply = ask();
        samples.push_back(watch.seconds() * 1000);
        if (!reply) {
            std::fprintf(stderr, "%s: %s\n", name.c_str(), reply.error().message.c_str());
            return;
        }
        if (i == 0)
            report.figure(name + ", cold", samples.front(), "ms");
    }
    report.figure(name, test::median(samples), "ms");
}

} // namespace

int main(int argc, char **argv)
{
    test::BenchmarkReport report("query", argc, argv);
    std::string folder = (std::filesystem::temp_directory_path() / "bench_query.XXXXXX").string();
    if (!::mkdtemp(folder.data()))
        return 1;
    const std::filesystem::path path = std::filesystem::path(folder) / "cache.db";
    const Instant start = parseRfc3339("2026-10-22T00:00:00Z").value();
    if (!fill(path, start)) {
        std::fputs("the cache could not be filled\n", stderr);
        return 1;
    }
    auto opened = openCacheEngine(path);
    if (!opened)
        return 1;
    Engine &engine = **opened;
    Scope all;
    all.zone = Zone::named("Europe/Berlin").value();
    all.range = {start, start + std::chrono::days(kDays)};
    Scope day = all;
    day.range.from = all.range.to - std::chrono::days(1);
    for (const auto &[scope, label] :
         {std::pair(all, std::string("7 days")), std::pair(day, std::string("1 day"))}) {
        const Scope &asked = scope;
        const auto name = [&label = label](const char *question) {
            return std::string(question) + ", " + label;
        };
        measure(report, name("totals"), [&] { return engine.totals(asked, {}); });
        measure(report, name("features"), [&] { return engine.features(asked, {}); });
        measure(report, name("screens"), [&] { return engine.screens(asked, {}); });
        measure(report, name("activity by hour"),
                [&] { return engine.activity(asked, ActivityStep::Hour, {}); });
        measure(report, name("pulse by hour"), [&] { return engine.pulse(asked, ActivityStep::Hour, {}); });
        measure(report, name("heatmap feature x hour"), [&] {
            return engine.heatmap(asked, HeatmapRows::Feature, HeatmapColumns::Hour, HeatmapValue::Events,
                                  {});
        });
        measure(report, name("heatmap weekday-hour, users"), [&] {
            return engine.heatmap(asked, HeatmapRows::Feature, HeatmapColumns::WeekdayHour,
                                  HeatmapValue::Users, {});
        });
        measure(report, name("active users"), [&] { return engine.activeUsers(asked, {}); });
        measure(report, name("sessions, first 200 with timelines"), [&] {
            Scope first = asked;
            first.limit = 200;
            return engine.sessions(first, true, {});
        });
        measure(report, name("errors"), [&] { return engine.errors(asked, {}); });
        measure(report, name("releases"), [&] { return engine.releases(asked, {}); });
    }
    for (const char *filter : {"release:4.1.0", "has:error", "attr.app.plan:team", "user:user-17"}) {
        Scope filtered = all;
        filtered.filter = Filter::parse(filter).value();
        measure(report, std::string("features, ") + filter, [&] { return engine.features(filtered, {}); });
    }
    std::filesystem::remove_all(folder);
    return report.finish();
}
