// SPDX-License-Identifier: GPL-3.0-or-later
// Every answer from rollups equals that of a scan: random caches, random questions.
// TELLTALE_QUESTIONS: how many questions; TELLTALE_SEED: which ones.
#include "models/analysis/engine.h"

#include "models/telemetry/timeformat.h"
#include "plaindelivery.h"
#include "plainfleet.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>

using namespace telltale;

namespace {

constexpr int kQuestions = 1'500;
constexpr int kCaches = 6;
constexpr std::int64_t kHour = 3'600'000'000'000;
constexpr std::int64_t kDayNs = 24 * kHour;
constexpr std::int64_t kHalves[] = {kDayNs, 6 * kDayNs, 100 * kDayNs}; // of the time a cache is about

int numberFrom(const char *variable, int otherwise)
{
    bool isNumber = false;
    const int number = qEnvironmentVariableIntValue(variable, &isNumber);
    return isNumber ? number : otherwise;
}

class Dice
{
public:
    explicit Dice(unsigned seed)
        : m_random(seed)
    {}
    std::int64_t below(std::int64_t n)
    {
        return static_cast<std::int64_t>(m_random() % static_cast<std::uint64_t>(n));
    }
    bool chance(int percent) { return below(100) < percent; }
    template<typename T, std::size_t N>
    T pick(const T (&list)[N])
    {
        return list[static_cast<std::size_t>(below(static_cast<std::int64_t>(N)))];
    }

private:
    std::mt19937_64 m_random;
};

/// A cache that grew as caches do: small and large commits, late ones, repeats, checkpoints, writers that ended and came
/// again; perhaps one that still writes and holds back what is not yet rolled up.
class GrownCache
{
public:
    GrownCache(const std::filesystem::path &path, Dice &dice, std::int64_t from, std::int64_t to,
               int sessions)
        : m_path(path)
    {
        auto records = plainFleet(static_cast<unsigned>(dice.below(1'000'000)), sessions, from, to);
        std::sort(records.begin(), records.end(),
                  [](const PlainRecord &a, const PlainRecord &b) { return a.time < b.time; });
        if (dice.chance(50)) { // clients that tell how long each screen was looked at: rollups know it then
            for (PlainRecord &record : records) {
                if (record.kind == RecordKind::ScreenView && record.duration < 0)
                    record.duration = dice.below(3'600'000) * 1'000'000;
            }
        }
        for (std::size_t i = 0; i + 40 < records.size(); ++i) { // a twentieth comes late
            if (dice.chance(5))
                std::swap(records[i],
                          records[i + 1 + std::size_t(dice.below(std::int64_t(records.size() - i - 1)))]);
        }
        for (std::size_t at = 0; at < records.size();) {
            if (!m_writer || dice.chance(2))
                open();
            std::vector<Delivery> deliveries;
            for (std::int64_t i = 1 + dice.below(4); i > 0 && at < records.size(); --i) {
                const std::size_t count =
                    std::min(records.size() - at, std::size_t(1 + dice.below(dice.chance(30) ? 400 : 40)));
                deliveries.push_back(plainDelivery(std::span(records).subspan(at, count)));
                if (dice.chance(10)) // the same again
                    deliveries.push_back(plainDelivery(std::span(records).subspan(at, count)));
                at += count;
            }
            if (!m_writer->commit(deliveries))
                qFatal("a commit failed");
            if (dice.chance(10))
                tidy(1 + dice.below(3));
        }
        if (dice.chance(70)) { // all of it rolled up, coarse buckets made
            tidy(1'000);
        }
        if (dice.chance(50))
            m_writer.reset();
    }
    std::unique_ptr<Engine> engine() const
    {
        auto opened = openCacheEngine(m_path);
        return opened ? std::move(*opened) : nullptr;
    }

private:
    /// Rolls everything up, and builds coarse buckets for a while.
    void tidy(std::int64_t slices)
    {
        bool hasMore = m_writer->checkpoint().has_value();
        while (hasMore && slices-- > 0)
            hasMore = m_writer->maintain().value_or(false);
    }
    void open()
    {
        m_writer.reset();
        CacheOptions options;
        options.path = m_path;
        options.ballastBytes = 0;
        auto opened = CacheWriter::open(options);
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        m_writer = std::move(*opened);
    }

    std::filesystem::path m_path;
    std::unique_ptr<CacheWriter> m_writer;
};

/// One question, asked both ways.
struct Question
{
    enum class Kind {
        Totals,
        Features,
        Activity,
        ActiveUsers,
        Heatmap,
        Errors,
        Releases,
        Screens,
        Pulse,
        Latency,
        LatencyBands,
        ActivityBy,
        Retention,
        Spread,
        Sessions,
        Count
    };
    Kind kind = Kind::Totals;
    Scope scope;
    ActivityStep step = ActivityStep::Hour;
    HeatmapRows rows = HeatmapRows::Feature;
    HeatmapColumns columns = HeatmapColumns::Day;
    HeatmapValue value = HeatmapValue::Events;
    SplitBy by = SplitBy::Feature;
    CalendarUnit period = CalendarUnit::Week;
    QByteArray text;

    static Question random(Dice &dice, std::int64_t from, std::int64_t to)
    {
        static const char *kZones[] = {"UTC",
                                       "Europe/Berlin",
                                       "Asia/Kolkata",
                                       "Asia/Kathmandu",
                                       "Australia/Lord_Howe",
                                       "America/New_York"};
        static const char *kFilters[] = {"",
                                         "",
                                         "release:4.1.0",
                                         "-release:4.1.0",
                                         "product:stride-web release:4.*",
                                         "has:release",
                                         "environment:production OR release:4.2.0",
                                         "os:android"};
        static constexpr std::int64_t kGrains[] = {1,         1'000'000'000, 60'000'000'000,
                                                   kHour / 2, kHour,         kDayNs};
        Question question;
        question.kind = static_cast<Kind>(dice.below(static_cast<std::int64_t>(Kind::Count)));
        const char *zone = dice.pick(kZones);
        const char *filter = dice.pick(kFilters);
        question.scope.zone = *Zone::named(zone);
        question.scope.filter = *Filter::parse(filter);
        question.scope.now = Instant{to};
        const auto moment = [&] {
            const std::int64_t grain = dice.pick(kGrains);
            return Instant{(from - kDayNs + dice.below(to - from + 2 * kDayNs)) / grain * grain};
        };
        Instant a = moment(), b = moment();
        if (a > b)
            std::swap(a, b);
        if (dice.chance(50))
            question.scope.limit = std::size_t(dice.below(30));
        if (dice.chance(30))
            question.scope.skip = std::size_t(dice.below(60));
        if (!dice.chance(15))
            question.scope.range.from = a;
        if (!dice.chance(15))
            question.scope.range.to = b;
        static constexpr ActivityStep kSteps[] = {ActivityStep::FifteenMinutes, ActivityStep::Hour,
                                                  ActivityStep::Hour, ActivityStep::Day, ActivityStep::Day};
        question.step = dice.pick(kSteps);
        static constexpr HeatmapRows kRows[] = {HeatmapRows::Feature, HeatmapRows::Screen};
        question.rows = dice.pick(kRows);
        static constexpr HeatmapColumns kColumns[] = {HeatmapColumns::Hour, HeatmapColumns::Day,
                                                      HeatmapColumns::Week, HeatmapColumns::WeekdayHour,
                                                      HeatmapColumns::Release};
        question.columns = dice.pick(kColumns);
        static constexpr HeatmapValue kValues[] = {HeatmapValue::Events, HeatmapValue::Users,
                                                  HeatmapValue::Dwell};
        question.value = dice.pick(kValues);
        static constexpr SplitBy kBy[] = {SplitBy::Feature, SplitBy::Feature, SplitBy::Screen, SplitBy::Release};
        question.by = dice.pick(kBy);
        static constexpr CalendarUnit kPeriods[] = {CalendarUnit::Day, CalendarUnit::Week, CalendarUnit::Month};
        question.period = dice.pick(kPeriods);
        question.text = QByteArray::number(int(question.kind)) + ' ' + zone + " [" + filter + "] from " +
                        QByteArray::number(qlonglong(question.scope.range.from.ns)) + " to " +
                        QByteArray::number(qlonglong(question.scope.range.to.ns)) + " step " +
                        QByteArray::number(int(question.step)) + " rows " +
                        QByteArray::number(int(question.rows)) + " columns " +
                        QByteArray::number(int(question.columns)) + " value " +
                        QByteArray::number(int(question.value)) + " period " + QByteArray::number(int(question.period));
        return question;
    }

    /// Whether both ways say the same; `isRolled` when rollups had a part in it.
    bool isAnsweredAlike(Engine &engine, bool &isRolled) const
    {
        switch (kind) {
        case Kind::Totals:
            return alike(isRolled, [&](const Scope &at) { return engine.totals(at, {}); });
        case Kind::Features:
            return alike(isRolled, [&](const Scope &at) { return engine.features(at, {}); });
        case Kind::Activity:
            return alike(isRolled, [&](const Scope &at) { return engine.activity(at, step, {}); });
        case Kind::ActiveUsers:
            return alike(isRolled, [&](const Scope &at) { return engine.activeUsers(at, {}); });
        case Kind::Heatmap:
            return alike(isRolled,
                         [&](const Scope &at) { return engine.heatmap(at, rows, columns, value, {}); });
        case Kind::Errors:
            return alike(isRolled, [&](const Scope &at) { return engine.errors(at, {}); });
        case Kind::Releases:
            return alike(isRolled, [&](const Scope &at) { return engine.releases(at, {}); });
        case Kind::Screens:
            return alike(isRolled, [&](const Scope &at) { return engine.screens(at, {}); });
        case Kind::Pulse:
            return alike(isRolled, [&](const Scope &at) { return engine.pulse(at, step, {}); });
        case Kind::Latency:
            return alike(isRolled, [&](const Scope &at) { return engine.latency(at, step, {}); });
        case Kind::LatencyBands:
            return alike(isRolled, [&](const Scope &at) { return engine.latencyBands(at, step, {}); });
        case Kind::ActivityBy:
            return isSplitAlike(engine, isRolled);
        case Kind::Retention:
            return alike(isRolled, [&](const Scope &at) { return engine.retention(period, at, {}); });
        case Kind::Spread:
            return alike(isRolled, [&](const Scope &at) {
                return engine.spread(rows == HeatmapRows::Screen ? SpreadOf::Dwells : SpreadOf::Spans, {0.5, 0.95}, at, {});
            });
        case Kind::Sessions:
        case Kind::Count:
            break;
        }
        Scope at = scope;
        at.plan = PlanChoice::Scan;
        const auto scanned = engine.sessions(at, false, {});
        at.plan = PlanChoice::Rollups;
        const auto rolled = engine.sessions(at, false, {});
        isRolled = rolled && rolled->plan.isRollup;
        return scanned.has_value() == rolled.has_value() &&
               (!scanned ||
                (scanned->value.rows == rolled->value.rows && scanned->value.total == rolled->value.total &&
                 scanned->value.withErrors == rolled->value.withErrors));
    }

private:
    /// Both ways, and as one question after the other says it.
    bool isSplitAlike(Engine &engine, bool &isRolled) const
    {
        std::vector<std::string> names{"nobody's"};
        const auto take = [&names](const auto &reply, auto name) {
            for (const auto &row : reply->value)
                names.push_back(row.*name);
        };
        if (by == SplitBy::Feature)
            take(engine.features({}, {}), &FeatureRow::feature);
        else if (by == SplitBy::Screen)
            take(engine.screens({}, {}), &ScreenRow::screen);
        else
            take(engine.releases({}, {}), &ReleaseRow::release);
        names.resize(std::min<std::size_t>(names.size(), 5));
        Scope closed = scope;
        closed.plan = PlanChoice::Scan;
        const auto single = engine.Engine::activityBy(by, names, step, closed, {});
        const auto several = engine.activityBy(by, names, step, closed, {});
        if (single.has_value() != several.has_value() || (single && single->value != several->value))
            return false;
        return alike(isRolled, [&](const Scope &at) { return engine.activityBy(by, names, step, at, {}); });
    }
    template<typename Ask>
    bool alike(bool &isRolled, const Ask &ask) const
    {
        Scope at = scope;
        at.plan = PlanChoice::Scan;
        const auto scanned = ask(at);
        at.plan = PlanChoice::Rollups;
        const auto rolled = ask(at);
        if (scanned.has_value() != rolled.has_value())
            return false;
        if (!scanned)
            return scanned.error().code == rolled.error().code;
        isRolled = rolled->plan.isRollup;
        return scanned->value == rolled->value && !scanned->plan.isRollup;
    }
};

} // namespace

class TestPlanner final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rollupsSayWhatRecordsSay()
    {
        const int questions = numberFrom("TELLTALE_QUESTIONS", kQuestions);
        const auto seed = static_cast<unsigned>(numberFrom("TELLTALE_SEED", 20'261'126));
        Dice dice(seed);
        QTemporaryDir folder;
        const std::int64_t middle = parseRfc3339("2026-10-25T00:00:00Z")->ns; // Berlin sets its clocks back
        int fromRollups = 0;
        for (int cache = 0; cache < kCaches; ++cache) {
            const std::int64_t half = dice.pick(kHalves);
            const GrownCache grown(folder.filePath(QStringLiteral("cache%1.db").arg(cache)).toStdString(),
                                   dice, middle - half, middle + half,
                                   150 + static_cast<int>(dice.below(400)));
            const auto engine = grown.engine();
            QVERIFY(engine);
            for (int i = 0; i < questions / kCaches; ++i) {
                const Question question = Question::random(dice, middle - half, middle + half);
                bool isRolled = false;
                const QByteArray where = "seed " + QByteArray::number(seed) + " cache " +
                                         QByteArray::number(cache) + " question " + QByteArray::number(i) +
                                         ": " + question.text;
                QVERIFY2(question.isAnsweredAlike(*engine, isRolled), where.constData());
                fromRollups += isRolled;
            }
        }
        qInfo("%d of %d answers came from rollups", fromRollups, questions / kCaches * kCaches);
        QVERIFY2(fromRollups * 4 > questions, "they are hardly used");
    }
};

QTEST_GUILESS_MAIN(TestPlanner)
#include "tst_planner.moc"
