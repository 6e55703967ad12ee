// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"

#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale::test;

/// `telltale mapping`: tables, own rules, their preview, and a collector that runs meanwhile.
class TestMapping final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(m_folder.isValid()); }
    void cleanup()
    {
        for (const char *suffix : {"", ".mapping", "-wal", "-shm"})
            QFile::remove(cache() + QLatin1String(suffix));
    }

    void tables()
    {
        const QJsonObject all = mapping({});
        QCOMPARE(all[u"question"].toString(), QStringLiteral("mapping"));
        QVERIFY(all[u"rows"].toArray().size() > 250);
        const QJsonArray otlp = mapping({QStringLiteral("otlp")})[u"rows"].toArray();
        QStringList users;
        for (const QJsonValue &row : otlp) {
            QCOMPARE(row[u"protocol"].toString(), QStringLiteral("otlp"));
            if (row[u"field"].toString() == QLatin1String("user"))
                users << row[u"from"].toString();
        }
        QCOMPARE(users.size(), 12);
        QCOMPARE(users.first(), QStringLiteral("attribute user.id"));
        QCOMPARE(users.last(), QStringLiteral("resource service.instance.id"));
        const Outcome wrong = run({QStringLiteral("gopher")});
        QCOMPARE(wrong.exitCode, 2);
        QVERIFY2(wrong.errors.contains("kuserfeedback"), wrong.errors.constData());
        QVERIFY(run({QStringLiteral("otlp"), QStringLiteral("--format"), QStringLiteral("table")})
                    .output.contains("attribute user.id"));
    }

    /// The contract's own example, while a collector owns the cache.
    void aRunningCollectorTakesRules()
    {
        Collector collector(cache());
        QVERIFY(collector.start());
        post(collector, "before", "Start workout");
        const Outcome tried =
            run({QStringLiteral("preview"), QStringLiteral("feature = attribute stride.feature")});
        QVERIFY2(tried.exitCode == 0, tried.errors.constData());
        const QJsonObject preview = QJsonDocument::fromJson(tried.output).object();
        QCOMPARE(preview[u"explain"][u"changed"].toInt(), 1);
        QCOMPARE(preview[u"explain"][u"examined"].toInt(), 1);
        const QJsonObject row = preview[u"rows"].toArray().first().toObject();
        QCOMPARE(row[u"name"].toString(), QStringLiteral("before"));
        QCOMPARE(row[u"before"].toString(), QStringLiteral("before"));
        QCOMPARE(row[u"after"].toString(), QStringLiteral("Start workout"));
        QCOMPARE(row[u"records"].toInt(), 1);

        // Its words may come one by one, as a shell without quotes gives them.
        QCOMPARE(run({QStringLiteral("add"), QStringLiteral("feature"), QStringLiteral("="),
                      QStringLiteral("attribute"), QStringLiteral("stride.feature")})
                     .exitCode,
                 0);
        post(collector, "after", "Start workout");
        QCOMPARE(
            counted(rowsOf(cache(), {QStringLiteral("features")}), QStringLiteral("feature"),
                    QStringLiteral("events")),
            (QMap<QString, qint64>{{QStringLiteral("before"), 1}, {QStringLiteral("Start workout"), 1}}));
        const QJsonArray shown = mapping({QStringLiteral("otlp")})[u"rows"].toArray();
        QCOMPARE(shown.first()[u"own"].toString(), QStringLiteral("feature = attribute stride.feature"));
        QVERIFY(shown.first()[u"protocol"].isNull());

        QCOMPARE(
            run({QStringLiteral("remove"), QStringLiteral("feature = attribute stride.feature")}).exitCode,
            0);
        post(collector, "removed", "Start workout");
        QVERIFY(collector.stop());
        QCOMPARE(counted(rowsOf(cache(), {QStringLiteral("features")}), QStringLiteral("feature"),
                         QStringLiteral("events")),
                 (QMap<QString, qint64>{{QStringLiteral("before"), 1},
                                        {QStringLiteral("Start workout"), 1},
                                        {QStringLiteral("removed"), 1}}));
        QCOMPARE(counted(rowsOf(cache(), {QStringLiteral("counters")}), QStringLiteral("counter"),
                         QStringLiteral("count"))
                     .value(QStringLiteral("mapping.rule.applied")),
                 1);
    }

    void rulesHoldForFilesToo()
    {
        QCOMPARE(run({QStringLiteral("add"),
                      QStringLiteral("user = attribute owner when event is run and protocol is file")})
                     .exitCode,
                 0);
        QFile file(m_folder.filePath(QStringLiteral("lines.jsonl")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "{\"event\":\"run\",\"owner\":\"anna@example.com\"}\n{\"event\":\"walk\",\"owner\":\"ben\"}\n");
        file.close();
        QCOMPARE(runTelltale({QStringLiteral("import"), QStringLiteral("--cache"), cache(), file.fileName()})
                     .exitCode,
                 0);
        const QJsonArray features = rowsOf(cache(), {QStringLiteral("features")});
        const auto users = counted(features, QStringLiteral("feature"), QStringLiteral("users"));
        QCOMPARE(users[QStringLiteral("run")], 1);
        QCOMPARE(users[QStringLiteral("walk")], 0);
        // What a rule brings to light is redacted as if it had been sent so.
        const Outcome exported = runTelltale({QStringLiteral("export"), QStringLiteral("--cache"), cache(),
                                              QStringLiteral("--out"), QStringLiteral("-")});
        QVERIFY(!exported.output.contains("anna@example.com"));
    }

    void wrongRules_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no rule") << QStringList{QStringLiteral("add"), QStringLiteral("colour = attribute a")}
                                 << 2 << QByteArray("can not be filled");
        QTest::newRow("a secret") << QStringList{QStringLiteral("add"),
                                                 QStringLiteral("user = attribute api_key")}
                                  << 2 << QByteArray("secret");
        QTest::newRow("nothing to preview")
            << QStringList{QStringLiteral("preview"), QStringLiteral("feature = a")} << 2
            << QByteArray("attribute or resource");
        QTest::newRow("nothing to remove")
            << QStringList{QStringLiteral("remove"), QStringLiteral("feature = attribute a")} << 1
            << QByteArray("there is no rule");
        QTest::newRow("add what") << QStringList{QStringLiteral("add")} << 2 << QByteArray("RULE");
    }
    void wrongRules()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QFETCH(QByteArray, says);
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.exitCode, exitCode);
        QVERIFY2(outcome.errors.contains(says), outcome.errors.constData());
        QVERIFY(!QFile::exists(cache() + QLatin1String(".mapping")));
    }

    void aBrokenLineIsSaid()
    {
        QFile file(cache() + QLatin1String(".mapping"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("feature = attribute a\nfeature = nowhere\n");
        file.close();
        const QJsonArray notes = mapping({QStringLiteral("otlp")})[u"notes"].toArray();
        QCOMPARE(notes.size(), 1);
        QVERIFY(notes.first().toString().contains(QLatin1String("line 2")));
    }

private:
    QString cache() const { return m_folder.filePath(QStringLiteral("mapping.db")); }
    Outcome run(const QStringList &arguments) const
    {
        return runTelltale(QStringList{QStringLiteral("mapping"), QStringLiteral("--cache"), cache()} +
                           arguments);
    }
    QJsonObject mapping(const QStringList &arguments) const
    {
        return QJsonDocument::fromJson(run(arguments).output).object();
    }
    void post(const Collector &collector, const char *event, const char *feature)
    {
        QNetworkRequest request(QUrl(collector.endpoint() + QLatin1String("/v1/logs")));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        const QByteArray body =
            QByteArray(
                R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1763625600000000000","eventName":")") +
            event + R"(","attributes":[{"key":"stride.feature","value":{"stringValue":")" + feature +
            "\"}}]}]}]}]}";
        QNetworkReply *reply = m_network.post(request, body);
        QEventLoop loop;
        connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 200);
        reply->deleteLater();
    }

    QTemporaryDir m_folder;
    QNetworkAccessManager m_network;
};

QTEST_GUILESS_MAIN(TestMapping)
#include "tst_mapping.moc"
