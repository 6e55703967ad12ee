// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"
#include "tests/support/compress.h"
#include "tests/support/fixture.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <csignal>

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

    /// What a Collector's file exporter writes: lines of JSON, or each message behind its length, packed or not.
    void filesOfACollector()
    {
        QByteArray plain, packed, lines;
        for (const char *name : {"otlp-js/10-bodies-edge-proto", "otlp-js/24-collect-1-metrics-delta-proto", "otlp-js/28-limits-traces-proto-gzip"}) {
            const std::string body = loadFixture(QString::fromLatin1(name)).body().value();
            plain += framed(body);
            packed += framed(zstandard(body));
        }
        for (const char *name : {"otlp-js/01-logs-basic-json", "otlp-js/27-trace-tree-traces-json"}) {
            const std::string body = loadFixture(QString::fromLatin1(name)).body().value();
            packed += framed(zstandard(body)); // format: json, compression: zstd
            lines += QByteArray::fromStdString(body) + '\n';
        }
        const QJsonObject first = import({write("telemetry.pb", plain)}, 0);
        QCOMPARE(first[u"requests"].toInteger(), 3);
        QVERIFY(first[u"records"].toInteger() > 3);
        const QJsonObject second = import({write("telemetry.data", packed)}, 0);
        QCOMPARE(second[u"requests"].toInteger(), 5);
        QCOMPARE(second[u"repeats"].toInteger(), 3);
        const QJsonObject third = import({write("telemetry.json.gz", QByteArray::fromStdString(gzipped(lines.toStdString()))),
                                          write("telemetry.json.zst", QByteArray::fromStdString(zstandard(lines.toStdString())))}, 0);
        QCOMPARE(third[u"repeats"].toInteger(), 4);
        const QJsonObject totals = rowsOf(cache(), {QStringLiteral("totals")})[0].toObject();
        for (const char *kind : {"logs", "spans", "metric_points"})
            QVERIFY2(totals[QLatin1String(kind)].toInteger() > 0, kind);
        QCOMPARE(import({write("cut.pb", plain.left(plain.size() - 5))}, 3)[u"repeats"].toInteger(), 2);
    }

    void aBrokenLineSpoilsNoOther()
    {
        const QString file = write("broken.jsonl", "{\"event\":\"One\",\"user\":\"u\"}\n{\"event\":\"Half\nhello\n\n{\"event\":\"Two\"}\n[1]\n");
        const Outcome outcome = runTelltale({QStringLiteral("import"), QStringLiteral("--cache"), cache(), file});
        QCOMPARE(outcome.exitCode, 3);
        const QJsonObject answer = QJsonDocument::fromJson(outcome.output).object();
        QCOMPARE(answer[u"records"].toInteger(), 2);
        QCOMPARE(answer[u"rejected"].toInteger(), 3);
        QVERIFY2(outcome.errors.contains("line 2"), outcome.errors.constData());
        const QJsonArray counters = rowsOf(cache(), {QStringLiteral("counters")});
        QCOMPARE(counted(counters, QStringLiteral("counter"), QStringLiteral("count"))[QStringLiteral("file.line.malformed")], 3);
    }

    /// Long after a cache has forgotten which requests came over the wire.
    void whatIsThereIsRecognisedForGood()
    {
        const QString file = write("old.jsonl", "{\"event\":\"One\"}\n");
        const auto on = [](const char *day) { return QStringList{QStringLiteral("--now"), QString::fromLatin1(day) + QStringLiteral("T12:00:00Z")}; };
        QCOMPARE(import(on("2026-11-20") + QStringList{file}, 0)[u"records"].toInteger(), 1);
        QCOMPARE(import(on("2027-11-20") + QStringList{file}, 0)[u"repeats"].toInteger(), 1);
        QCOMPARE(import(on("2028-11-20") + QStringList{QStringLiteral("--again"), file}, 0)[u"records"].toInteger(), 1);
        QCOMPARE(rowsOf(cache(), {QStringLiteral("totals")})[0][u"usage_events"].toInteger(), 2);
    }

    /// ^C at any time, and once more: everything is there, once.
    void stoppedAndStartedAgain()
    {
        constexpr int kLines = 60'000;
        QByteArray lines;
        for (int i = 0; i < kLines; ++i)
            lines += "{\"event\":\"Step\",\"user\":\"u" + QByteArray::number(i % 100) + "\",\"time\":" + QByteArray::number(1'795'161'605'000 + i) + "}\n";
        const QStringList arguments{QStringLiteral("import"), QStringLiteral("--cache"), cache(), QStringLiteral("-")};
        qint64 before = 0;
        for (const qsizetype part : {lines.size() / 3, lines.size() / 2}) {
            // The rest never comes: reading is broken off.
            QProcess process;
            process.start(telltaleProgram(), arguments);
            QVERIFY(process.waitForStarted());
            process.write(lines.left(part));
            while (process.bytesToWrite() > 0)
                QVERIFY(process.waitForBytesWritten());
            if (part > lines.size() / 3) // also while nothing more comes
                process.write("{\"event\":");
            ::kill(static_cast<pid_t>(process.processId()), SIGINT);
            QVERIFY(process.waitForFinished());
            QCOMPARE(process.exitCode(), 3);
            const QByteArray errors = process.readAllStandardError();
            QVERIFY2(errors.contains("stopped before the end"), errors.constData());
            QVERIFY2(!errors.contains('\r') && !errors.contains('%'), errors.constData()); // it is no terminal
            const qint64 stored = rowsOf(cache(), {QStringLiteral("totals")})[0][u"usage_events"].toInteger();
            QVERIFY(stored >= before && stored < kLines);
            QVERIFY2(stored % 512 == 0, "each request is there whole or not at all");
            before = stored;
        }
        QVERIFY(before > 0);
        const QJsonObject answer = import({write("whole.jsonl", lines)}, 0);
        QCOMPARE(answer[u"records"].toInteger(), kLines - before);
        QCOMPARE(rowsOf(cache(), {QStringLiteral("totals")})[0][u"usage_events"].toInteger(), kLines);
    }

    /// `telltale FILE` with a file that is no cache, into a new window and into one that is open.
    void intoTheWindow()
    {
        const QString file = write("dropped.jsonl", "{\"event\":\"One\"}\n{\"event\":\"Two\"}\n");
        QProcess window;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_runtime.path());
        environment.insert(QStringLiteral("XDG_STATE_HOME"), m_folder.filePath(QStringLiteral("state")));
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_folder.filePath(QStringLiteral("config")));
        window.setProcessEnvironment(environment);
        window.start(telltaleProgram(), {QStringLiteral("--cache"), cache(), QStringLiteral("--receive"), QStringLiteral("127.0.0.1:0"), file});
        QVERIFY(window.waitForStarted());
        QVERIFY(window.waitForReadyRead(30'000)); // it listens
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(cache(), {QStringLiteral("totals")})[0][u"usage_events"].toInteger(), 2, 30'000);
        // Meanwhile nobody else writes it.
        const Outcome other = runTelltale({QStringLiteral("import"), QStringLiteral("--cache"), cache(), file});
        QCOMPARE(other.exitCode, 1);
        QVERIFY2(other.errors.contains("Can not write"), other.errors.constData());
        // A second start tells the window what to import, and ends.
        const QString second = write("second.jsonl", "{\"event\":\"Three\"}\n");
        QProcess later;
        later.setProcessEnvironment(environment);
        later.setWorkingDirectory(m_folder.path());
        later.start(telltaleProgram(), {QStringLiteral("--cache"), cache(), QFileInfo(second).fileName()});
        QVERIFY(later.waitForFinished(30'000));
        QCOMPARE(later.exitCode(), 0);
        QVERIFY(later.readAllStandardError().contains("it was told"));
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(cache(), {QStringLiteral("totals")})[0][u"usage_events"].toInteger(), 3, 30'000);
        window.terminate();
        QVERIFY(window.waitForFinished());
        QCOMPARE(window.exitCode(), 0);
        QCOMPARE(import({file}, 0)[u"repeats"].toInteger(), 1);
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
    static QByteArray framed(const std::string &message)
    {
        QByteArray frame(4, 0);
        qToBigEndian(static_cast<quint32>(message.size()), frame.data());
        return frame + QByteArray::fromStdString(message);
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
    QTemporaryDir m_runtime;
};

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
