// SPDX-License-Identifier: GPL-3.0-or-later
// The metrics of one session as lines over time: which points are its own, and what a line tells of each kind of metric.
#include "models/analysis/cacheengine.h"
#include "models/store/storetesting.h"
#include "models/telemetry/timeformat.h"

#include <QTest>

using namespace telltale;
using namespace telltale::testing;
using namespace std::chrono_literals;

namespace {

const Instant kStart = *parseRfc3339("2026-11-02T10:00:00Z");
constexpr auto kLength = 10min;

Sketch used(const std::string &user, std::chrono::nanoseconds after, const std::string &session)
{
    Sketch sketch;
    sketch.time = kStart + after;
    sketch.user = user;
    sketch.session = session;
    sketch.name = sketch.feature = "Workout";
    return sketch;
}

Sketch point(const std::string &metric, std::chrono::nanoseconds after, MetricDetail detail,
             const std::string &session = "s1", const std::string &user = "anna")
{
    Sketch sketch = used(user, after, session);
    sketch.kind = RecordKind::MetricPoint;
    sketch.feature.clear();
    sketch.name = metric;
    sketch.metric = std::move(detail);
    return sketch;
}

MetricDetail gauge(double value)
{
    MetricDetail detail;
    detail.value = value;
    return detail;
}

MetricDetail sum(double value, Temporality temporality, bool isMonotonic, Instant start)
{
    MetricDetail detail;
    detail.kind = MetricKind::Sum;
    detail.temporality = temporality;
    detail.isMonotonic = isMonotonic;
    detail.start = start;
    detail.value = value;
    return detail;
}

MetricDetail histogram(std::uint64_t count, double total, Temporality temporality, Instant start)
{
    MetricDetail detail;
    detail.kind = MetricKind::Histogram;
    detail.temporality = temporality;
    detail.start = start;
    detail.bucketCounts = {count};
    detail.count = count;
    detail.sum = total;
    detail.hasSum = true;
    return detail;
}

std::string described(const SessionMetric &line)
{
    static constexpr const char *kLines[] = {"level", "rate", "mean"};
    std::string text = line.metric + ' ' + kLines[static_cast<int>(line.line)];
    for (const SessionMetric::Point &point : line.points)
        text += ' ' + std::to_string((point.time - kStart) / 1s) + ':' + QString::number(point.value).toStdString();
    return text;
}

} // namespace

class TestSessionMetrics final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatALineTells();
    void onlyPointsThatNameTheSession();
    void aFilterHolds();
    void seriesOfOneMetricAreLinesOfTheirOwn();

private:
    /// The lines of session "s1" of a cache that has these records and the session's two ends.
    QStringList lines(std::vector<Sketch> sketches, Scope scope = {})
    {
        ScratchFolder folder;
        const auto writer = openWriter(folder.cache());
        sketches.push_back(used("anna", 0s, "s1"));
        sketches.push_back(used("anna", kLength, "s1"));
        std::vector<Delivery> one;
        one.push_back(deliver(sketches, kStart));
        if (!writer->commit(one))
            return {QStringLiteral("not committed")};
        CacheEngine engine(openReader(folder.cache()));
        const auto answer = engine.session("s1", scope, {});
        if (!answer)
            return {QString::fromStdString(answer.error().message)};
        m_metrics = answer->value.metrics;
        m_records = answer->value.records.size();
        QStringList texts;
        for (const SessionMetric &line : m_metrics)
            texts.append(QString::fromStdString(described(line)));
        return texts;
    }

    std::vector<SessionMetric> m_metrics;
    std::size_t m_records = 0;
};

void TestSessionMetrics::whatALineTells()
{
    const Instant before = kStart - 1h;
    MetricDetail unknown = gauge(7);
    unknown.hasValue = false;
    MetricDetail nothingSaid = sum(0, Temporality::Cumulative, true, before);
    nothingSaid.hasValue = false;
    const auto found = lines({
        // Not in order of time, and one that says it knows nothing.
        point("memory", 2min, gauge(12)),
        point("memory", 1min, gauge(10)),
        point("memory", 90s, unknown),
        // A process counted 1,000 before the session: no part of it. Then 60 in a minute, with a point between that says nothing, and
        // 20 in as many seconds since a restart.
        point("requests", 1min, sum(1000, Temporality::Cumulative, true, before)),
        point("requests", 90s, nothingSaid),
        point("requests", 2min, sum(1060, Temporality::Cumulative, true, before)),
        point("requests", 150s, sum(20, Temporality::Cumulative, true, kStart + 130s)),
        // What may fall is where it stands.
        point("queue", 1min, sum(5, Temporality::Cumulative, false, before)),
        point("queue", 2min, sum(3, Temporality::Cumulative, false, before)),
        // Deltas say what time they are of.
        point("taps", 1min, sum(20, Temporality::Delta, true, kStart + 50s)),
        point("taps", 3min, sum(10, Temporality::Delta, true, kStart + 170s)),
        // Means of what was observed in between; nothing observed is no mean.
        point("frames", 1min, histogram(100, 900, Temporality::Cumulative, before)),
        point("frames", 2min, histogram(110, 1100, Temporality::Cumulative, before)),
        point("frames", 3min, histogram(110, 1100, Temporality::Cumulative, before)),
        point("loads", 1min, histogram(4, 10, Temporality::Delta, kStart)),
    });
    QCOMPARE(found, (QStringList{QStringLiteral("frames mean 120:20"), QStringLiteral("loads mean 60:2.5"), QStringLiteral("memory level 60:10 120:12"),
                                              QStringLiteral("queue level 60:5 120:3"), QStringLiteral("requests rate 120:1 150:1"),
                                              QStringLiteral("taps rate 60:2 180:1")}));
    QCOMPARE(m_metrics.front().unit, "By");
    QCOMPARE(m_records, 2U); // points are no events
}

void TestSessionMetrics::onlyPointsThatNameTheSession()
{
    const auto found = lines({
        used("ben", 1min, "s2"),
        point("memory", 1min, gauge(1)),
        point("memory", 2min, gauge(2), {}),           // no session's
        point("memory", 3min, gauge(3), "s2", "anna"), // another session's
        point("memory", 4min, gauge(4), {}, "ben"),    // another person's
        point("memory", 5min, gauge(5), {}, {}),       // nobody's
        point("memory", -1min, gauge(6), {}),          // before
        point("memory", 11min, gauge(7), {}),          // after
        point("cpu", 2min, gauge(8), {}),
        point("memory", 90s, gauge(9)),
    });
    QCOMPARE(found, (QStringList{QStringLiteral("memory level 60:1 90:9")}));
}

void TestSessionMetrics::aFilterHolds()
{
    Scope scope;
    scope.range = {kStart + 90s, kStart + 3min};
    QCOMPARE(lines({point("memory", 1min, gauge(1)), point("memory", 2min, gauge(2)), point("memory", 2min + 1s, gauge(3))}, scope),
             (QStringList{QStringLiteral("memory level 120:2 121:3")}));
}

void TestSessionMetrics::seriesOfOneMetricAreLinesOfTheirOwn()
{
    std::vector<Sketch> sketches;
    for (int core = 0; core < 70; ++core) {
        Sketch one = point("cpu", 1min, gauge(core));
        one.attributes.emplace_back("core", Value(core));
        sketches.push_back(one);
        if (core == 3) {
            one.time = kStart + 2min;
            sketches.push_back(one);
        }
    }
    const auto found = lines(sketches);
    QCOMPARE(found.size(), 64); // the rest is left out, and said
    QVERIFY(found.contains(QStringLiteral("cpu level 60:3 120:3")));
}

QTEST_GUILESS_MAIN(TestSessionMetrics)
#include "tst_sessionmetrics.moc"
