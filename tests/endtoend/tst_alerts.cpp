// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale::test;

/// `telltale alerts`: rules in a file, tried on history before they are on.
class TestAlerts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QByteArray lines;
        for (int minute = 0; minute < 60; ++minute) {
            const QByteArray time = "2025-11-18T12:" + QByteArray::number(minute).rightJustified(2, '0') + ":30Z";
            lines += "{\"event\":\"Plan\",\"user\":\"u" + QByteArray::number(minute % 7) + "\",\"time\":\"" + time + "\"}\n";
            if (minute >= 30 && minute < 40)
                lines += "{\"error\":{\"type\":\"TypeError\",\"message\":\"x\"},\"user\":\"u1\",\"time\":\"" + time + "\"}\n";
        }
        QFile file(path("lines.jsonl"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(lines) == lines.size());
        file.close();
        QCOMPARE(runTelltale({QStringLiteral("import"), QStringLiteral("--cache"), path("cache.db"), file.fileName()}).exitCode, 0);
    }

    void addedOffAndTriedOnThePast()
    {
        const Outcome added = alerts({"add", "Storm", "errors > 3 in 5m", "--from", "2025-11-18T12:00:00Z", "--to", "2025-11-18T13:00:00Z"});
        QVERIFY2(added.exitCode == 0, added.errors.constData());
        const QJsonObject said = QJsonDocument::fromJson(added.output).object();
        QCOMPARE(said[u"on"].toBool(true), false);
        QCOMPARE(said[u"firings"].toArray().size(), 1);
        QCOMPARE(said[u"firings"][0][QLatin1String("worst")].toDouble(), 5.0);
        QVERIFY(said[u"firings"][0][QLatin1String("from")].toString().startsWith(QLatin1String("2025-11-18T12:3")));
        QCOMPARE(alerts({"add", "Storm", "errors > 4 in 5m"}).exitCode, 2);
        QVERIFY(!isFiring("2025-11-18T12:35:00Z")); // it is off
        QCOMPARE(alerts({"on", "Storm"}).exitCode, 0);
        QVERIFY(isFiring("2025-11-18T12:35:00Z"));
        QVERIFY(!isFiring("2025-11-18T12:20:00Z"));
        QCOMPARE(alerts({"--fail"}, "2025-11-18T12:35:00Z").exitCode, 1);
        QCOMPARE(alerts({"--fail"}, "2025-11-18T12:20:00Z").exitCode, 0);
        QCOMPARE(alerts({"off", "Storm"}).exitCode, 0);
        QVERIFY(!isFiring("2025-11-18T12:35:00Z"));
        QCOMPARE(alerts({"remove", "Storm"}).exitCode, 0);
        QCOMPARE(alerts({"remove", "Storm"}).exitCode, 1);
    }

    void mistakesAreSaid()
    {
        QCOMPARE(alerts({"add", "Bad", "weather > 3 in 1h"}).exitCode, 2);
        QVERIFY(alerts({"add", "Bad", "errors > 3 in 1h", "--filter", "colour:red"}).errors.contains("colour"));
        QCOMPARE(alerts({"replay", "Nobody"}).exitCode, 1);
        QCOMPARE(alerts({"replay"}).exitCode, 2);
        QFile file(path("alerts.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[{\"name\":\"Good\",\"rule\":\"new error\",\"on\":true},{\"name\":\"Bad\",\"rule\":\"weather\"}]");
        file.close();
        const Outcome checked = alerts({}, "2025-11-18T12:35:00Z");
        QCOMPARE(checked.exitCode, 0);
        QVERIFY(checked.errors.contains("Bad"));
        QCOMPARE(QJsonDocument::fromJson(checked.output)[u"alerts"].toArray().size(), 1);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no JSON");
        file.close();
        QVERIFY(alerts({}).exitCode != 0);
    }

private:
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    Outcome alerts(std::initializer_list<const char *> words, const char *now = "2025-11-18T13:00:00Z") const
    {
        QStringList arguments{QStringLiteral("alerts"), QStringLiteral("--cache"), path("cache.db"), QStringLiteral("--alerts"), path("alerts.json"),
                              QStringLiteral("--now"), QString::fromLatin1(now)};
        for (const char *word : words)
            arguments += QString::fromLatin1(word);
        return runTelltale(arguments);
    }
    bool isFiring(const char *now) const
    {
        return QJsonDocument::fromJson(alerts({}, now).output)[u"alerts"][0][QLatin1String("firing")].toBool();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestAlerts)
#include "tst_alerts.moc"
