// SPDX-License-Identifier: GPL-3.0-or-later
// Metrics of a session become tracks: which, called what, in whose units, and broken where nothing was measured.
#include "widgets/pages/metrictracks.h"

#include <QTest>

#include <cmath>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

const Instant kStart{1'700'000'000'000'000'000};

SessionMetric metric(const std::string &name, const std::string &unit, std::vector<std::pair<int, double>> points,
                     MetricLine line = MetricLine::Level, Value::Map attributes = {})
{
    SessionMetric made{name, unit, line, std::move(attributes), {}};
    for (const auto &[second, value] : points)
        made.points.push_back({kStart + std::chrono::seconds(second), value});
    return made;
}

QStringList namesOf(const MetricTracks &tracks)
{
    QStringList names;
    for (const auto &lane : tracks.lanes)
        names.append(lane.name);
    return names;
}

} // namespace

class TestMetricTracks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatPeopleLookAtFirstStandsFirst()
    {
        const MetricTracks tracks = metricTracks({metric("app.frame.time", "ms", {{0, 12}}),
                                                  metric("battery", "%", {{0, 80}}),
                                                  metric("app.memory.usage", "By", {{0, 2e8}}),
                                                  metric("queue", "", {{0, 1}, {1, 2}}),
                                                  metric("process.cpu.utilization", "1", {{0, 0.4}}),
                                                  metric("taps", "{tap}", {{0, 1}, {1, 2}, {2, 3}})});
        QCOMPARE(namesOf(tracks), (QStringList{QStringLiteral("CPU"), QStringLiteral("Memory"), QStringLiteral("Frame time"),
                                               QStringLiteral("taps")}));
        QCOMPARE(tracks.others, (QStringList{QStringLiteral("queue"), QStringLiteral("battery")}));
        QCOMPARE(tracks.lanes[0].kind, ValueKind::Ratio);
        QCOMPARE(tracks.lanes[1].kind, ValueKind::Bytes);
        QVERIFY(tracks.lanes[2].budget && std::abs(*tracks.lanes[2].budget - 16.667) < 0.001);
        QCOMPARE(tracks.lanes[3].unit, QStringLiteral("tap"));
        QVERIFY(tracks.lanes[0].colour != tracks.lanes[1].colour);
    }

    void unitsAreThoseOfPeople_data()
    {
        QTest::addColumn<QString>("unit");
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("factor");
        QTest::addColumn<QString>("said");
        QTest::newRow("bytes") << QStringLiteral("By") << int(ValueKind::Bytes) << 1.0 << QString();
        QTest::newRow("mebibytes") << QStringLiteral("MiBy") << int(ValueKind::Bytes) << 1048576.0 << QString();
        QTest::newRow("seconds") << QStringLiteral("s") << int(ValueKind::Milliseconds) << 1000.0 << QString();
        QTest::newRow("microseconds") << QStringLiteral("us") << int(ValueKind::Milliseconds) << 0.001 << QString();
        QTest::newRow("per cent") << QStringLiteral("%") << int(ValueKind::Ratio) << 0.01 << QString();
        QTest::newRow("annotated") << QStringLiteral("{frame}") << int(ValueKind::Decimal) << 1.0 << QStringLiteral("frame");
        QTest::newRow("temperature") << QStringLiteral("Cel") << int(ValueKind::Decimal) << 1.0 << QStringLiteral("°C");
        QTest::newRow("a number") << QStringLiteral("1") << int(ValueKind::Decimal) << 1.0 << QString();
        QTest::newRow("another") << QStringLiteral("m/s") << int(ValueKind::Decimal) << 1.0 << QStringLiteral("m/s");
    }
    void unitsAreThoseOfPeople()
    {
        QFETCH(QString, unit);
        const UnitWriting writing = writingOf(unit, QStringLiteral("speed"));
        QTEST(int(writing.kind), "kind");
        QTEST(writing.factor, "factor");
        QTEST(writing.unit, "said");
    }

    void ratesAndMeansSayThatTheyAre()
    {
        const MetricTracks tracks = metricTracks({metric("a", "{tap}", {{0, 1}}, MetricLine::Rate), metric("b", "By", {{0, 1}}, MetricLine::Rate),
                                                  metric("c", "ms", {{0, 1}}, MetricLine::Mean), metric("d", "Cel", {{0, 1}}, MetricLine::Mean)});
        QStringList units;
        for (const auto &lane : tracks.lanes)
            units.append(lane.unit);
        QCOMPARE(units, (QStringList{QStringLiteral("tap/s"), QStringLiteral("per second"), QStringLiteral("mean"),
                                     QStringLiteral("°C mean")}));
    }

    void aLineBreaksWherePointsAreMissing()
    {
        const MetricTracks tracks = metricTracks({metric("a", "s", {{0, 1}, {10, 2}, {20, 3}, {29, 4}, {70, 5}, {80, 6}})});
        const std::vector<TimedValue> &points = tracks.lanes.front().points;
        QCOMPARE(points.size(), 7U);
        QCOMPARE(points[3].value, 4000.0); // in milliseconds
        QVERIFY(std::isnan(points[4].value));
        QCOMPARE(points[4].at, kStart + 39s);
        QCOMPARE(points[5].at, kStart + 70s);
        // Of two points nobody knows how far apart they usually are.
        QCOMPARE(metricTracks({metric("a", "s", {{0, 1}, {500, 2}})}).lanes.front().points.size(), 2U);
    }

    void seriesAreToldApartByWhatDiffers()
    {
        const Value::Map first{{"session.id", Value("x")}, {"state", Value("free")}}, second{{"session.id", Value("x")}, {"state", Value("used")}};
        const MetricTracks tracks = metricTracks({metric("disk", "By", {{0, 1}}, MetricLine::Level, first), metric("disk", "By", {{0, 1}}, MetricLine::Level, second),
                                                  metric("app.memory.usage", "By", {{0, 1}}, MetricLine::Level, first)});
        QCOMPARE(namesOf(tracks), (QStringList{QStringLiteral("Memory"), QStringLiteral("disk · free"), QStringLiteral("disk · used")}));
    }

    void nothingIsNoTrack() { QVERIFY(metricTracks({}).lanes.empty()); }
};

QTEST_GUILESS_MAIN(TestMetricTracks)
#include "tst_metrictracks.moc"
