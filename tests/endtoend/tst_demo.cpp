// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale::test;

namespace {

// The demo's own summary; empty when it failed.
QJsonObject runDemo(const Collector &collector, const QStringList &arguments)
{
    const Outcome outcome = runTelltale(
        QStringList{QStringLiteral("demo"), QStringLiteral("--endpoint"), collector.endpoint()} + arguments);
    if (outcome.exitCode != 0)
        qWarning() << "telltale demo ended with" << outcome.exitCode << outcome.errors;
    return QJsonDocument::fromJson(outcome.output).object();
}

QMap<QString, qint64> mapOf(const QJsonObject &object)
{
    QMap<QString, qint64> result;
    for (auto it = object.begin(); it != object.end(); ++it)
        result[it.key()] = it.value().toInteger();
    return result;
}

const QStringList kTotals = {QStringLiteral("usage_events"), QStringLiteral("screen_views"),
                             QStringLiteral("errors"),       QStringLiteral("spans"),
                             QStringLiteral("logs"),         QStringLiteral("metric_points"),
                             QStringLiteral("sessions"),     QStringLiteral("users")};

} // namespace

class TestDemo final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(m_folder.isValid()); }

    void whatWasSentIsAnswered()
    {
        Collector collector(m_folder.filePath(QStringLiteral("past.db")));
        QVERIFY(collector.start());
        const QStringList arguments{QStringLiteral("--history"), QStringLiteral("3d"),
                                    QStringLiteral("--users"),   QStringLiteral("300"),
                                    QStringLiteral("--for"),     QStringLiteral("0s"),
                                    QStringLiteral("--now"),     QStringLiteral("2026-11-22T19:00:00Z")};
        const QJsonObject sent = runDemo(collector, arguments);
        QVERIFY(sent[u"records"].toInteger() > 5000);
        QVERIFY(sent[u"errors"].toInteger() > 0);
        QCOMPARE(sent[u"rejected"].toInteger(), 0);
        compareTotals(collector, sent);
        QCOMPARE(counted(rowsOf(collector.cache(), {QStringLiteral("features")}), QStringLiteral("feature"),
                         QStringLiteral("events")),
                 mapOf(sent[u"features"].toObject()));
        QCOMPARE(counted(rowsOf(collector.cache(), {QStringLiteral("screens")}), QStringLiteral("screen"),
                         QStringLiteral("views")),
                 mapOf(sent[u"screens"].toObject()));
        QCOMPARE(counted(rowsOf(collector.cache(), {QStringLiteral("errors")}), QStringLiteral("type"),
                         QStringLiteral("events")),
                 mapOf(sent[u"errors_by_type"].toObject()));

        // The same again is the same to the byte: said equal by the demo, recognised as repeats by the
        // collector.
        QJsonObject again = runDemo(collector, arguments);
        QJsonObject first = sent;
        first.remove(QStringLiteral("retries"));
        again.remove(QStringLiteral("retries"));
        QCOMPARE(again, first);
        compareTotals(collector, sent);
        QVERIFY(collector.stop());
        compareTotals(collector, sent); // also when nobody writes
    }

    void theReleasesAreThere()
    {
        Collector collector(m_folder.filePath(QStringLiteral("releases.db")));
        QVERIFY(collector.start());
        const QJsonObject sent =
            runDemo(collector, {QStringLiteral("--history"), QStringLiteral("20d"), QStringLiteral("--users"),
                                QStringLiteral("150"), QStringLiteral("--for"), QStringLiteral("0s"),
                                QStringLiteral("--now"), QStringLiteral("2026-11-22T19:00:00Z")});
        QVERIFY(!sent.isEmpty());
        const QMap<QString, qint64> releases =
            counted(rowsOf(collector.cache(), {QStringLiteral("releases")}), QStringLiteral("release"),
                    QStringLiteral("sessions"));
        for (const char *release : {"4.1.2", "4.1.3", "4.2.0"})
            QVERIFY2(releases.value(QLatin1String(release)) > 0, release);
    }

    void liveIsSentAsItHappens()
    {
        Collector collector(m_folder.filePath(QStringLiteral("live.db")));
        QVERIFY(collector.start());
        const QJsonObject sent =
            runDemo(collector, {QStringLiteral("--history"), QStringLiteral("10m"), QStringLiteral("--for"),
                                QStringLiteral("3s"), QStringLiteral("--rate"), QStringLiteral("60"),
                                QStringLiteral("--seed"), QStringLiteral("4")});
        QVERIFY(sent[u"records"].toInteger() > 1000);
        QVERIFY(sent[u"to"].toString() > sent[u"from"].toString());
        compareTotals(collector, sent);
    }

    void aLaterRunGoesOn()
    {
        Collector collector(m_folder.filePath(QStringLiteral("resume.db")));
        QVERIFY(collector.start());
        const QStringList common{QStringLiteral("--users"),   QStringLiteral("200"),
                                 QStringLiteral("--for"),     QStringLiteral("0s"),
                                 QStringLiteral("--rate"),    QStringLiteral("0"),
                                 QStringLiteral("--history"), QStringLiteral("2d"),
                                 QStringLiteral("--resume"),  m_folder.filePath(QStringLiteral("state"))};
        const QJsonObject one = runDemo(
            collector, common + QStringList{QStringLiteral("--now"), QStringLiteral("2026-11-22T12:00:00Z")});
        const QJsonObject two = runDemo(
            collector, common + QStringList{QStringLiteral("--now"), QStringLiteral("2026-11-22T18:00:00Z")});
        QVERIFY(one[u"records"].toInteger() > 100);
        QVERIFY(two[u"records"].toInteger() > 10);
        QVERIFY(two[u"records"].toInteger() < one[u"records"].toInteger());
        // Nothing twice, nothing left out: as if the two had been one.
        Collector whole(m_folder.filePath(QStringLiteral("whole.db")));
        QVERIFY(whole.start());
        QFile state(m_folder.filePath(QStringLiteral("state2")));
        QVERIFY(state.open(QIODevice::WriteOnly));
        // As if a run at noon had been stopped before anything was sent.
        state.write("2026-11-22T12:00:00Z\n2026-11-22T06:00:00Z\n2026-11-20T12:00:00Z\n"
                    "2026-11-20T12:00:00Z\n2026-11-20T12:00:00Z\n");
        state.close();
        QStringList atOnce =
            common + QStringList{QStringLiteral("--now"), QStringLiteral("2026-11-22T18:00:00Z")};
        atOnce.replaceInStrings(m_folder.filePath(QStringLiteral("state")),
                                m_folder.filePath(QStringLiteral("state2")));
        atOnce.replaceInStrings(QStringLiteral("2d"), QStringLiteral("3d"));
        runDemo(whole, atOnce);
        const QJsonObject sum = rowsOf(collector.cache(), {QStringLiteral("totals")}).at(0).toObject();
        QCOMPARE(sum[u"screen_views"].toInteger(),
                 one[u"screen_views"].toInteger() + two[u"screen_views"].toInteger());
        QCOMPARE(rowsOf(collector.cache(), {QStringLiteral("totals")}),
                 rowsOf(whole.cache(), {QStringLiteral("totals")}));
    }

    // Stopped in the middle of the past and started again: everything is there once.
    void aStoppedRunGoesOn()
    {
        Collector collector(m_folder.filePath(QStringLiteral("stopped.db")));
        QVERIFY(collector.start());
        const QStringList arguments{QStringLiteral("demo"),
                                    QStringLiteral("--endpoint"),
                                    collector.endpoint(),
                                    QStringLiteral("--history"),
                                    QStringLiteral("20d"),
                                    QStringLiteral("--for"),
                                    QStringLiteral("0s"),
                                    QStringLiteral("--users"),
                                    QStringLiteral("3000"),
                                    QStringLiteral("--rate"),
                                    QStringLiteral("0"),
                                    QStringLiteral("--now"),
                                    QStringLiteral("2026-11-22T18:00:00Z")};
        const QStringList resume{QStringLiteral("--resume"), m_folder.filePath(QStringLiteral("stopped"))};
        QProcess demo;
        demo.start(telltaleProgram(), arguments + resume);
        QTRY_VERIFY_WITH_TIMEOUT(
            rowsOf(collector.cache(), {QStringLiteral("totals")}).at(0)[u"usage_events"].toInteger() > 0,
            30'000);
        demo.terminate();
        QVERIFY(demo.waitForFinished());
        QCOMPARE(demo.exitCode(), 0);
        const QJsonObject first = QJsonDocument::fromJson(demo.readAllStandardOutput()).object();
        compareTotals(collector, first);

        const Outcome rest = runTelltale(arguments + resume);
        QCOMPARE(rest.exitCode, 0);
        const QJsonObject second = QJsonDocument::fromJson(rest.output).object();
        const QJsonArray totals = rowsOf(collector.cache(), {QStringLiteral("totals")});
        QCOMPARE(totals[0][u"screen_views"].toInteger(),
                 first[u"screen_views"].toInteger() + second[u"screen_views"].toInteger());

        Collector whole(m_folder.filePath(QStringLiteral("unstopped.db")));
        QVERIFY(whole.start());
        QStringList other = arguments;
        other.replaceInStrings(collector.endpoint(), whole.endpoint());
        QCOMPARE(runTelltale(other).exitCode, 0);
        QCOMPARE(rowsOf(whole.cache(), {QStringLiteral("totals")}), totals);
    }

    // What app/run.sh does: the window says where it listens, the demo sends there, closing the window
    // commits.
    void theWindowReceives()
    {
        Collector window(m_folder.filePath(QStringLiteral("window.db")));
        QVERIFY(window.startWindow());
        const QJsonObject sent =
            runDemo(window, {QStringLiteral("--history"), QStringLiteral("6h"), QStringLiteral("--for"),
                             QStringLiteral("1s"), QStringLiteral("--users"), QStringLiteral("500")});
        QVERIFY(sent[u"records"].toInteger() > 100);
        QVERIFY(window.stop());
        compareTotals(window, sent);
    }

    void nobodyListens()
    {
        const Outcome outcome =
            runTelltale({QStringLiteral("demo"), QStringLiteral("--endpoint"),
                         QStringLiteral("http://127.0.0.1:1"), QStringLiteral("--history"),
                         QStringLiteral("1h"), QStringLiteral("--wait"), QStringLiteral("0s")});
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY(outcome.errors.contains("127.0.0.1:1"));
    }

    void wrongUse_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("endpoint") << QStringList{QStringLiteral("--endpoint"), QStringLiteral("gopher://x")};
        QTest::newRow("history") << QStringList{QStringLiteral("--history"), QStringLiteral("long")};
        QTest::newRow("no users") << QStringList{QStringLiteral("--users"), QStringLiteral("0")};
        QTest::newRow("negative rate") << QStringList{QStringLiteral("--rate"), QStringLiteral("-1")};
        QTest::newRow("unknown option") << QStringList{QStringLiteral("--levitate")};
    }
    void wrongUse()
    {
        QFETCH(QStringList, arguments);
        QCOMPARE(runTelltale(QStringList{QStringLiteral("demo")} + arguments).exitCode, 2);
    }

private:
    void compareTotals(const Collector &collector, const QJsonObject &sent)
    {
        const QJsonArray rows = rowsOf(collector.cache(), {QStringLiteral("totals")});
        QCOMPARE(rows.size(), 1);
        for (const QString &name : kTotals)
            QVERIFY2(rows[0][name].toInteger() == sent[name].toInteger(),
                     qPrintable(QStringLiteral("%1: answered %2, sent %3")
                                    .arg(name)
                                    .arg(rows[0][name].toInteger())
                                    .arg(sent[name].toInteger())));
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
