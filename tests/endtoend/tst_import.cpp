// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"
#include "tests/support/fixture.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale::test;

/// `telltale import`: files say the same as requests.
class TestImport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAndWholeFiles()
    {
        const QByteArray one = QByteArray::fromStdString(
            loadFixture(QStringLiteral("otlp-js/01-logs-basic-json")).body().value());
        const QByteArray other = QByteArray::fromStdString(
            loadFixture(QStringLiteral("otlp-js/27-trace-tree-traces-json")).body().value());
        const QString whole = write("whole.json", QJsonDocument::fromJson(one).toJson());
        const QString lines = write("lines.jsonl", one + '\n' + other + '\n' + one + '\n');
        const QJsonObject first = import({whole}, 0);
        QCOMPARE(first[u"records"].toInteger(), 22);
        const QJsonObject second = import({lines}, 0);
        QCOMPARE(second[u"requests"].toInteger(), 3);
        QCOMPARE(second[u"repeats"].toInteger(), 1);
        const QJsonArray totals = rowsOf(cache(), {QStringLiteral("totals")});
        QVERIFY(totals[0][u"spans"].toInteger() > 0);
    }

    void recordedRequests()
    {
        const QString fixtures = QStringLiteral(TELLTALE_TEST_DATA "/fixtures/");
        import({fixtures + QStringLiteral("sentry-node-11/01-error-chain.json"),
                fixtures + QStringLiteral("posthog-node/01-batch-mixed.json"),
                fixtures + QStringLiteral("otlp-js/04-logs-basic-proto-gzip.json")},
               0);
        const QJsonArray totals = rowsOf(cache(), {QStringLiteral("totals")});
        QCOMPARE(totals[0][u"errors"].toInteger(), 1);
        QCOMPARE(totals[0][u"usage_events"].toInteger(), 8 + 3);
    }

    void linesOfOnesOwn()
    {
        const QString lines = write("own.jsonl", R"({"event":"Share","user":"u","session":"s","time":"2026-11-20T08:00:00Z","km":10.5}
{"name":"screen_view","screen":"Home","user":"u","session":"s","time":1795161605000,"dwell_ms":1500}
{"metric":"battery","value":0.5,"time":1795161606}
{"exception":{"type":"SyncError","message":"no"},"user":"u","session":"s","ts":1795161607}
{"message":"hello","level":"warn","kind":"log"}
{"telltale":2,"kind":"log","body":"of a version to come"}
{"nothing":1}
)");
        const QJsonObject answer = import({lines}, 3); // one of them says nothing, one is not known yet
        QCOMPARE(answer[u"records"].toInteger(), 5);
        QCOMPARE(answer[u"rejected"].toInteger(), 2);
        const QJsonArray totals = rowsOf(cache(), {QStringLiteral("totals")});
        for (const char *kind : {"usage_events", "screen_views", "errors", "logs", "metric_points", "users"})
            QVERIFY2(totals[0][QLatin1String(kind)].toInteger() == 1, kind);
        QCOMPARE(rowsOf(cache(), {QStringLiteral("logs")})[0][u"body"].toString(), QStringLiteral("hello"));
        QCOMPARE(rowsOf(cache(), {QStringLiteral("screens")})[0][u"dwell_ms_total"].toDouble(), 1500.0);
    }

    void tables()
    {
        const QByteArray table("When;Customer;Order;km;Session ID\n2026-11-20 08:00:00;k\xc3\xa4the;Run;10.5;s-1\n"
                               "2026-11-20T08:01:00+01:00;bert;Walk;2;s-2\n;;Nap;;\n");
        const QStringList mapping{QStringLiteral("--map"), QStringLiteral("time=When"), QStringLiteral("--map"),
                                  QStringLiteral("user=Customer"), QStringLiteral("--map"), QStringLiteral("event=Order"),
                                  QStringLiteral("--set"), QStringLiteral("product=Stride")};
        const QJsonObject answer = import(mapping + QStringList{write("orders.CSV", table)}, 0);
        QCOMPARE(answer[u"records"].toInteger(), 3);
        const QJsonObject totals = rowsOf(cache(), {QStringLiteral("totals")})[0].toObject();
        QCOMPARE(totals[u"usage_events"].toInteger(), 3);
        QCOMPARE(totals[u"users"].toInteger(), 2);
        QCOMPARE(totals[u"sessions"].toInteger(), 2);
        QCOMPARE(rowsOf(cache(), {QStringLiteral("totals"), QStringLiteral("--filter"), QStringLiteral("attr.km:>5 product:Stride")})[0]
                     [u"usage_events"].toInteger(), 1);
        QCOMPARE(rowsOf(cache(), {QStringLiteral("sessions")}).last()[u"start"].toString(),
                 QStringLiteral("2026-11-20T07:01:00Z"));
        // The same again is recognised.
        QCOMPARE(import(mapping + QStringList{write("again.csv", table)}, 0)[u"records"].toInteger(), 0);
        import({write("meaningless.csv", "a,b\n1,2\n")}, 1);
        QCOMPARE(runTelltale({QStringLiteral("import"), QStringLiteral("--map"), QStringLiteral("event"),
                              write("wrong.csv", table)}).exitCode, 2);
    }

    void problems()
    {
        const QByteArray one = QByteArray::fromStdString(
            loadFixture(QStringLiteral("otlp-js/01-logs-basic-json")).body().value());
        import({m_folder.filePath(QStringLiteral("none.json"))}, 1);
        import({write("words.txt", "hello")}, 1);
        // What came before the cut is stored, and said.
        const QJsonObject answer = import({write("cut.jsonl", one + '\n' + one.left(100))}, 3);
        QCOMPARE(answer[u"records"].toInteger(), 22);
        QCOMPARE(runTelltale({QStringLiteral("import")}).exitCode, 2);
    }

private:
    QString cache() const
    {
        return m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction()) + QStringLiteral(".db"));
    }
    QString write(const char *name, const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) < 0)
            qFatal("no room for a test file");
        return path;
    }
    QJsonObject import(const QStringList &files, int exitCode)
    {
        const Outcome outcome = runTelltale(QStringList{QStringLiteral("import"), QStringLiteral("--cache"), cache()} + files);
        if (outcome.exitCode != exitCode)
            qWarning("%s", outcome.errors.constData());
        [&] { QCOMPARE(outcome.exitCode, exitCode); }();
        return QJsonDocument::fromJson(outcome.output).object();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
