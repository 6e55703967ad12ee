// SPDX-License-Identifier: GPL-3.0-or-later
// verify, prune and forget as a shell meets them.
#include "models/telemetry/timeformat.h"
#include "plaindelivery.h"
#include "plainfleet.h"
#include "tests/endtoend/program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace telltale;

class TestKeepingCommands final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_cache = m_folder->filePath(QStringLiteral("cache.db"));
        const std::int64_t from = parseRfc3339("2026-10-01T00:00:00Z")->ns;
        auto records = plainFleet(3, 400, from, from + 20 * std::int64_t{86'400'000'000'000});
        std::sort(records.begin(), records.end(),
                  [](const PlainRecord &a, const PlainRecord &b) { return a.time < b.time; });
        QVERIFY(writePlainCache(m_cache.toStdString(), records, 20));
    }

    void aSoundCache()
    {
        const auto [outcome, answer] = run("verify");
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(answer[u"sound"].toBool(), true);
        QVERIFY(answer[u"records"].toInt() > 1'000);
        QVERIFY(answer[u"problems"].toArray().isEmpty());
        const auto [again, rebuilt] = run("verify --rebuild");
        QCOMPARE(again.exitCode, 0);
        QCOMPARE(rebuilt[u"rebuilt"].toBool(), true);
        QCOMPARE(rebuilt[u"records"], answer[u"records"]);
    }

    void pruneSaysWhatWent()
    {
        const QJsonValue before = run("verify").second[u"records"];
        const QJsonValue sessions = totals()[u"sessions"];
        const auto [outcome, answer] = run("prune --keep-age 10d --now 2026-10-21T00:00:00Z");
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(answer[u"records"].toInt() > 500);
        QVERIFY(answer[u"newest"].toString() < QStringLiteral("2026-10-11T00:00:01Z"));
        QVERIFY(answer[u"bytes"].toInt() > 0);
        QCOMPARE(run("verify").second[u"records"].toInt(), before.toInt() - answer[u"records"].toInt());
        QVERIFY(totals()[u"sessions"].toInt() < sessions.toInt());
        // Who asks about the time that is gone is told.
        const auto [_, asked] = run("query totals");
        QVERIFY(asked[u"notes"].toArray()[0].toString().contains(QStringLiteral("removed")));
        QVERIFY(run("query totals --from 2026-10-12T00:00:00Z").second[u"notes"].toArray().isEmpty());
        QCOMPARE(run("prune --keep-age 10d --now 2026-10-21T00:00:00Z").second[u"records"].toInt(), 0);
    }

    void theDefaultRuleKeepsASmallCache()
    {
        const auto [outcome, answer] = run("prune");
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(answer[u"records"].toInt(-1), 0);
    }

    void forgetting()
    {
        QVERIFY(run("query sessions --filter user:user-7").second[u"rows"].toArray().size() > 0);
        const int users = totals()[u"users"].toInt();
        const auto [outcome, answer] = run("forget user-7");
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(answer[u"records"].toInt() > 0);
        QCOMPARE(run("query sessions --filter user:user-7").second[u"rows"].toArray().size(), 0);
        QCOMPARE(totals()[u"users"].toInt(), users - 1);
        const auto again = run("forget user-7").first;
        QCOMPARE(again.exitCode, 1);
        QVERIFY(again.errors.contains("no user 'user-7'"));
        QCOMPARE(run("verify").first.exitCode, 0);
    }

    void wrongUse_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *line, int code, const char *says) {
            QTest::newRow(line) << QString::fromUtf8(line) << code << QByteArray(says);
        };
        row("forget", 2, "USER");
        row("prune --keep-age soon", 2, "90d");
        row("prune --keep-size much", 2, "500MB");
        row("prune --keep-size 0", 2, "none");
        row("forget user-7 user-8", 2, "user-8");
        row("verify /nowhere/at/all.db", 1, "/nowhere/at/all.db");
        row("verify --cache /nowhere/at/all.db", 1, "/nowhere/at/all.db");
        row("prune --cache /nowhere/at/all.db", 1, "/nowhere/at/all.db");
    }
    void wrongUse()
    {
        QFETCH(QString, line);
        QFETCH(int, code);
        QFETCH(QByteArray, says);
        const auto outcome = run(line.toUtf8().constData()).first;
        QCOMPARE(outcome.exitCode, code);
        QVERIFY2(outcome.errors.contains(says), outcome.errors.constData());
    }

    void aDamagedFileIsSaid()
    {
        QFile file(m_cache);
        QVERIFY(file.open(QIODevice::ReadWrite));
        for (qint64 at = 4096 * 30; at + 4096 < file.size(); at += 4096 * 17) {
            file.seek(at + 2000);
            file.write(QByteArray(64, '\x5a'));
        }
        file.close();
        const auto [outcome, answer] = run("verify");
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY(!outcome.errors.isEmpty());
        QVERIFY(!answer[u"problems"].toArray().isEmpty());
        QCOMPARE(answer[u"sound"], QJsonValue(false));

        // What is left makes a sound cache; the damaged one stays, and nothing is written over.
        const QString out = m_folder->filePath(QStringLiteral("saved.db"));
        const auto [saving, saved] = run(QByteArray("verify --salvage " + out.toUtf8()).constData());
        QCOMPARE(saving.exitCode, 0);
        QCOMPARE(saved[u"salvaged"].toString(), out);
        QVERIFY(saved[u"records"].toInt() > 0);
        QVERIFY(saved[u"lost_records"].toInt() > 0);
        const auto [checking, sound] = run(QByteArray("verify " + out.toUtf8()).constData());
        QCOMPARE(checking.exitCode, 0);
        QCOMPARE(sound[u"records"], saved[u"records"]);
        const auto again = run(QByteArray("verify --salvage " + out.toUtf8()).constData()).first;
        QCOMPARE(again.exitCode, 1);
        QVERIFY(again.errors.contains("exists"));
    }

private:
    std::pair<test::Outcome, QJsonObject> run(const char *line) const
    {
        QStringList arguments = QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        if (!arguments.contains(QStringLiteral("--cache")))
            arguments += {QStringLiteral("--cache"), m_cache};
        const auto outcome = test::runTelltale(arguments);
        return {outcome, QJsonDocument::fromJson(outcome.output).object()};
    }
    QJsonObject totals() const { return run("query totals").second[u"rows"].toArray()[0].toObject(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_cache;
};

QTEST_GUILESS_MAIN(TestKeepingCommands)
#include "tst_keepingcommands.moc"
