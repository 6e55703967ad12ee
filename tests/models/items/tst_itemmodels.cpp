// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/countermodel.h"
#include "models/items/errorgroupmodel.h"
#include "models/items/erroroccurrencemodel.h"
#include "models/items/featuremodel.h"
#include "models/items/heatmapmodel.h"
#include "models/items/mappingmodels.h"
#include "models/items/releasemodel.h"
#include "models/items/screenmodel.h"
#include "models/items/sessionlistmodel.h"
#include "models/items/sessionrecordmodel.h"
#include "models/items/doormodel.h"
#include "models/items/sourcemodel.h"
#include "models/telemetry/filterfields.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <functional>
#include <random>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

constexpr Instant kNow = Instant::fromSeconds(1'763'472'730);

/// A subset of names in a random order, so that rows come, go, move and change.
template<typename Row>
std::vector<Row> randomRows(std::mt19937 &random, const std::function<Row(int, std::mt19937 &)> &make)
{
    std::vector<Row> rows;
    for (int i = 0; i < 24; ++i) {
        if (random() % 4)
            rows.push_back(make(i, random));
    }
    if (random() % 2 && rows.size() > 2)
        std::swap(rows.front(), rows[random() % rows.size()]);
    if (random() % 16 == 0)
        std::shuffle(rows.begin(), rows.end(), random);
    if (random() % 32 == 0)
        rows.clear();
    return rows;
}

template<typename Model, typename Row>
void shake(const std::function<Row(int, std::mt19937 &)> &make)
{
    Model model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::mt19937 random(11);
    QList<QPersistentModelIndex> watched;
    for (int round = 0; round < 200; ++round) {
        const std::vector<Row> rows = randomRows<Row>(random, make);
        model.setRows(rows);
        QCOMPARE(model.rowCount(), static_cast<int>(rows.size()));
        for (std::size_t i = 0; i < rows.size(); ++i)
            QVERIFY(model.rowAt(static_cast<int>(i)) == rows[i]);
        // What is selected stays on the same thing.
        for (const QPersistentModelIndex &index : watched) {
            if (index.isValid())
                QCOMPARE(index.data(KeyRole).toString().isEmpty(), false);
        }
        watched.clear();
        for (int row = 0; row < model.rowCount(); row += 3)
            watched.append(model.index(row, 0));
    }
}

std::string name(int i)
{
    return "Name " + std::to_string(i);
}

Heatmap randomHeatmap(std::mt19937 &random, int firstColumn, int columns)
{
    Heatmap map;
    for (int row = 0; row < 12; ++row) {
        if (random() % 4)
            map.rows.push_back(name(row));
    }
    if (random() % 3 == 0 && map.rows.size() > 1)
        std::rotate(map.rows.begin(), map.rows.end() - 1, map.rows.end());
    for (int column = 0; column < columns; ++column) {
        const Instant start = kNow + (firstColumn + column) * 60s;
        map.columns.push_back({std::to_string(firstColumn + column), start, start + 60s});
    }
    for (std::size_t row = 0; row < map.rows.size(); ++row) {
        for (int column = 0; column < columns; ++column)
            map.values.push_back(static_cast<double>(random() % 3));
        map.rowTotals.push_back(static_cast<double>(random() % 100));
        map.firstSeen.push_back(kNow + 3min);
    }
    return map;
}

} // namespace

class TestItemModels final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void features()
    {
        shake<FeatureModel, FeatureRow>([](int i, std::mt19937 &random) {
            return FeatureRow{name(i), random() % 3, random() % 3, 1, 0.5};
        });
    }
    void screens()
    {
        shake<ScreenModel, ScreenRow>([](int i, std::mt19937 &random) {
            ScreenRow row;
            row.screen = name(i);
            row.views = random() % 5;
            return row;
        });
    }
    void errorGroups()
    {
        shake<ErrorGroupModel, ErrorGroupRow>([](int i, std::mt19937 &random) {
            ErrorGroupRow row;
            row.group = name(i);
            row.type = "HTTP 504";
            row.events = random() % 5;
            return row;
        });
    }
    void sources()
    {
        shake<SourceModel, SourceRow>([](int i, std::mt19937 &random) {
            SourceRow row;
            row.source = row.product = name(i);
            row.records = random() % 5;
            return row;
        });
    }
    void doors()
    {
        shake<DoorModel, DoorRow>([](int i, std::mt19937 &random) {
            DoorRow row;
            row.id = row.name = name(i);
            row.requests = random() % 5;
            row.state = random() % 2 ? SourceState::Live : SourceState::Error;
            return row;
        });
    }

    void mappingRules()
    {
        shake<RuleModel, RuleRow>([](int i, std::mt19937 &random) {
            RuleRow row;
            row.key = row.field = name(i);
            row.isOwn = random() % 2;
            row.isOn = random() % 2;
            return row;
        });
        shake<RuleChangeModel, RuleChangeRow>([](int i, std::mt19937 &random) {
            return RuleChangeRow{RecordKind::UsageEvent, name(i), "a", "b", random() % 5};
        });
    }
    void mappingOfMessages()
    {
        shake<MessageRuleModel, MessageRuleRow>([](int i, std::mt19937 &random) {
            return MessageRuleRow{static_cast<std::size_t>(i), "{}", "a/#", random() % 2 ? "wrong" : ""};
        });
        shake<MessageModel, MessageRow>([](int i, std::mt19937 &random) {
            MessageRow row;
            row.number = static_cast<std::uint64_t>(i);
            row.payload = std::to_string(random() % 3);
            return row;
        });
    }

    void whatMessagesBecome()
    {
        MessageRow row;
        QCOMPARE(MessageModel::becomesText(row), QStringLiteral("nothing"));
        const Value metric = Value::Map{{"kind", Value(recordKindName(RecordKind::MetricPoint))}, {"name", Value("t")}, {"value", Value(21.5)}, {"unit", Value("Cel")}};
        const Value use = Value::Map{{"kind", Value(recordKindName(RecordKind::UsageEvent))}, {"name", Value("start")}};
        row.records = {metric, use};
        QCOMPARE(MessageModel::becomesText(row), QStringLiteral("t = 21.5 Cel; use: start"));
        row.records = Value::Array(9, use);
        row.remarks = {"It is too long."};
        QVERIFY(MessageModel::becomesText(row).endsWith(QStringLiteral("3 more; It is too long.")));
    }
    void clocksOfSources_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("same") << qint64(0) << QStringLiteral("in step");
        QTest::newRow("a batch late") << qint64(-29) << QStringLiteral("in step");
        QTest::newRow("behind") << qint64(-30) << QStringLiteral("30.0 s behind");
        QTest::newRow("3 h ahead") << qint64(10'800) << QStringLiteral("3 h 0 min ahead");
    }
    void clocksOfSources()
    {
        QFETCH(qint64, seconds);
        QFETCH(QString, text);
        SourceRow row;
        QCOMPARE(SourceModel::clockText(row), QStringLiteral("–"));
        QCOMPARE(SourceModel::lagText(row), QStringLiteral("–"));
        row.clockDifference = std::chrono::seconds(seconds);
        QCOMPARE(SourceModel::clockText(row), text);
        row.lag = std::chrono::milliseconds(-1'500);
        QVERIFY(SourceModel::lagText(row).startsWith(QChar(0x2212)));
    }

    /// What it comes in through and what the person paused are in the lamp.
    void lampsOfSources()
    {
        SourceModel model;
        SourceRow row;
        row.source = row.product = "stride";
        row.protocol = "otlp/http";
        row.lastEvent = row.lastArrival = kNow;
        row.records = 1;
        model.setNow(kNow);
        model.setRows({row});
        const auto lamp = [&] { return static_cast<SourceState>(model.index(0, 0).data(SourceModel::StateRole).toInt()); };
        QCOMPARE(lamp(), SourceState::Live);
        QSignalSpy spy(&model, &QAbstractItemModel::dataChanged);
        model.setDoor([](const SourceRow &) { return SourceSigns::Door::Failed; });
        QCOMPARE(lamp(), SourceState::Error);
        model.setPaused({SourceModel::settingName(row)});
        QCOMPARE(lamp(), SourceState::Paused);
        model.setPaused({});
        QCOMPARE(lamp(), SourceState::Error);
        QCOMPARE(spy.size(), 3);
    }

    void countersAndReleases()
    {
        shake<CounterModel, CounterRow>([](int i, std::mt19937 &random) {
            return CounterRow{name(i), "warning", "help", random() % 4};
        });
        shake<ReleaseModel, ReleaseRow>([](int i, std::mt19937 &random) {
            ReleaseRow row;
            row.release = name(i);
            row.users = random() % 4;
            return row;
        });
    }
    void occurrences()
    {
        shake<ErrorOccurrenceModel, ErrorOccurrence>([](int i, std::mt19937 &random) {
            ErrorOccurrence row;
            row.time = kNow + std::chrono::seconds(i);
            row.device = name(static_cast<int>(random() % 3));
            return row;
        });
    }

    void recordsGrowAtTheEnd()
    {
        SessionRecordModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<SessionRecord> records;
        for (int i = 0; i < 5; ++i) {
            SessionRecord record;
            record.time = kNow + 1234ms; // the same moment and name: still five rows
            record.kind = RecordKind::UsageEvent;
            record.name = "tap";
            records.push_back(record);
        }
        model.setRecords(kNow, records);
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.index(0, SessionRecordModel::Time).data().toString(), QStringLiteral("00:01.2"));
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        const QString german = model.index(0, SessionRecordModel::Time).data().toString();
        QLocale::setDefault(QLocale::c());
        QCOMPARE(german, QStringLiteral("00:01,2"));
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        records.push_back(records.back());
        model.setRecords(kNow, records);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(inserted.first().at(1).toInt(), 5);
        QCOMPARE(reset.count(), 0);
    }

    void changesAreAnnouncedInRuns()
    {
        FeatureModel model;
        std::vector<FeatureRow> rows;
        for (int i = 0; i < 10; ++i)
            rows.push_back({name(i), 1, 1, 1, 0.1});
        model.setRows(rows);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setRows(rows);
        QCOMPARE(changed.count(), 0);
        for (const int i : {2, 3, 4, 8})
            rows[static_cast<std::size_t>(i)].events = 7;
        model.setRows(rows);
        QCOMPARE(changed.count(), 2);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 2);
        QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 4);
        QCOMPARE(changed.at(1).at(0).toModelIndex().row(), 8);
    }

    void heatmapScrollsAndShuffles()
    {
        HeatmapModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        std::mt19937 random(5);
        model.setHeatmap(randomHeatmap(random, 0, 8));
        const qsizetype resets = reset.count();
        int first = 0;
        for (int round = 0; round < 200; ++round) {
            first += static_cast<int>(random() % 3);
            const Heatmap map = randomHeatmap(random, first, 8);
            model.setHeatmap(map);
            QVERIFY(model.heatmap() == map);
            QCOMPARE(model.columnCount(), 8);
        }
        QCOMPARE(reset.count(), resets); // time went on, nothing started anew
        model.setHeatmap({});
        QCOMPARE(model.rowCount(), 0);
    }

    void missingIsNotZero()
    {
        HeatmapModel model;
        Heatmap map;
        map.rows = {"Sleep insights"};
        map.columns = {{"a", kNow, kNow + 60s}, {"b", kNow + 60s, kNow + 120s}};
        map.values = {0, 0};
        map.firstSeen = {kNow + 90s};
        model.setHeatmap(map);
        QVERIFY(model.index(0, 0).data(HeatmapModel::IsMissingRole).toBool());
        QVERIFY(!model.index(0, 1).data(HeatmapModel::IsMissingRole).toBool());
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("0"));
        QVERIFY(model.index(0, 0).data().toString() != model.index(0, 1).data().toString());
    }

    void lampsFollowTheClock_data()
    {
        QTest::addColumn<int>("secondsAgo");
        QTest::addColumn<int>("state");
        QTest::newRow("just now") << 1 << static_cast<int>(SourceState::Live);
        QTest::newRow("15 s") << 15 << static_cast<int>(SourceState::Live);
        QTest::newRow("16 s") << 16 << static_cast<int>(SourceState::Late);
        QTest::newRow("4 min 59 s") << 299 << static_cast<int>(SourceState::Late);
        QTest::newRow("5 min") << 300 << static_cast<int>(SourceState::Off);
    }

    void lampsFollowTheClock()
    {
        QFETCH(int, secondsAgo);
        QFETCH(int, state);
        SourceModel model;
        SourceRow row;
        row.source = "Stride iOS";
        row.lastEvent = kNow - std::chrono::seconds(secondsAgo);
        model.setRows({row});
        model.setNow(kNow);
        QCOMPARE(model.index(0, 0).data(SourceModel::StateRole).toInt(), state);
    }

    void levelsAndStates()
    {
        ErrorGroupRow row;
        row.severity = 13;
        QCOMPARE(ErrorGroupModel::levelOf(row), ErrorGroupModel::Level::Warning);
        row.unhandled = 1;
        QCOMPARE(ErrorGroupModel::levelOf(row), ErrorGroupModel::Level::Error);
        row.unhandled = 0;
        row.severity = 9;
        QCOMPARE(ErrorGroupModel::levelOf(row), ErrorGroupModel::Level::Info);
        row.state = "regressed";
        QCOMPARE(ErrorGroupModel::stateText(row), QStringLiteral("Regressed"));
    }
};

QTEST_GUILESS_MAIN(TestItemModels)
#include "tst_itemmodels.moc"
