// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale::test;

/// `telltale export`: what comes out is what went in.
class TestExport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString fixtures = QStringLiteral(TELLTALE_TEST_DATA "/fixtures/");
        QStringList files;
        for (const char *folder : {"otlp-js", "sentry-node-11", "posthog-node", "segment-node", "kuserfeedback",
                                   "prometheus-pushgateway", "countly-node", "aptabase-web"}) {
            const QDir dir(fixtures + QString::fromLatin1(folder));
            for (const QString &name : dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
                if (!name.contains(QLatin1String(".expected.")) && !name.contains(QLatin1String("grpc")))
                    files += dir.filePath(name);
            }
        }
        const Outcome outcome =
            runTelltale(QStringList{QStringLiteral("import"), QStringLiteral("--cache"), path("first.db")} + files);
        const qint64 records = QJsonDocument::fromJson(outcome.output).object()[u"records"].toInteger();
        QVERIFY2(records > 300, outcome.errors.constData());
    }

    void exportAndImportAreAFixedPoint()
    {
        const QByteArray once = exported("first.db", {});
        QVERIFY(once.count('\n') > 300);
        write("once.jsonl", once);
        const Outcome outcome = runTelltale({QStringLiteral("import"), QStringLiteral("--cache"), path("second.db"), path("once.jsonl")});
        QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());
        const QList<QByteArray> first = sorted(once);
        const QList<QByteArray> second = sorted(exported("second.db", {}));
        for (qsizetype i = 0; i < std::min(first.size(), second.size()); ++i) {
            if (first[i] != second[i])
                qWarning("%s\n%s", first[i].constData(), second[i].constData());
            QCOMPARE(second[i], first[i]);
        }
        QCOMPARE(second.size(), first.size());
        for (const char *question : {"totals", "features", "screens", "metrics", "operations", "releases", "active-users", "sessions", "errors"})
            QCOMPARE(rowsOf(path("second.db"), {QString::fromLatin1(question)}), rowsOf(path("first.db"), {QString::fromLatin1(question)}));
    }

    /// For others' programs; what came as OTLP is the same again.
    void otlpLines()
    {
        const QDir dir(QStringLiteral(TELLTALE_TEST_DATA "/fixtures/otlp-js"));
        QStringList files;
        for (const QString &name : dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
            if (!name.contains(QLatin1String(".expected.")) && !name.contains(QLatin1String("grpc")))
                files += dir.filePath(name);
        }
        runTelltale(QStringList{QStringLiteral("import"), QStringLiteral("--cache"), path("otlp.db")} + files);
        const QByteArray lines = exported("otlp.db", {QStringLiteral("--format"), QStringLiteral("otlp")});
        QVERIFY(lines.contains("\"resourceLogs\"") && lines.contains("\"resourceSpans\"") && lines.contains("\"resourceMetrics\""));
        write("otlp.jsonl", lines);
        const Outcome outcome = runTelltale({QStringLiteral("import"), QStringLiteral("--cache"), path("again.db"), path("otlp.jsonl")});
        QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());
        for (const char *question : {"totals", "features", "screens", "metrics", "operations", "releases", "active-users", "sessions", "errors", "traces"})
            QCOMPARE(rowsOf(path("again.db"), {QString::fromLatin1(question)}), rowsOf(path("otlp.db"), {QString::fromLatin1(question)}));
    }

    void inOrderOfTimeAndOnlyWhatMatches()
    {
        QByteArray before;
        qint64 errors = 0;
        for (const QByteArray &line : exported("first.db", {}).split('\n')) {
            const QJsonObject record = QJsonDocument::fromJson(line).object();
            if (record.isEmpty())
                continue;
            const QByteArray time = record[u"time"].toString().left(19).toLatin1();
            QVERIFY(time >= before);
            before = time;
            errors += record[u"kind"].toString() == QLatin1String("error");
        }
        QVERIFY(errors > 3);
        QCOMPARE(rowsOf(path("first.db"), {QStringLiteral("totals")})[0][u"errors"].toInteger(), errors);
        const QByteArray some = exported("first.db", {QStringLiteral("--filter"), QStringLiteral("kind:error")});
        QCOMPARE(qint64(some.count('\n')), errors);
        QVERIFY(exported("first.db", {QStringLiteral("--from"), QStringLiteral("2000-01-01T00:00:00Z"), QStringLiteral("--to"),
                                      QStringLiteral("2000-01-02T00:00:00Z")}).isEmpty());
    }

    void tables()
    {
        const QString file = path("records.csv");
        const Outcome outcome = runTelltale({QStringLiteral("export"), QStringLiteral("--cache"), path("first.db"), QStringLiteral("--out"), file});
        QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());
        QFile table(file);
        QVERIFY(table.open(QIODevice::ReadOnly));
        QVERIFY(table.readLine().startsWith("time,kind,name,feature,"));
        QVERIFY(QJsonDocument::fromJson(outcome.output).object()[u"records"].toInteger() > 300);
        QVERIFY(!QFile::exists(file + QStringLiteral(".part")));
        QVERIFY(!(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther)));
        // The same again replaces it.
        QCOMPARE(runTelltale({QStringLiteral("export"), QStringLiteral("--cache"), path("first.db"), QStringLiteral("--out"), file}).exitCode, 0);
    }

    void problems()
    {
        const auto codeOf = [&](const QStringList &arguments) {
            return runTelltale(QStringList{QStringLiteral("export"), QStringLiteral("--cache"), path("first.db")} + arguments).exitCode;
        };
        QCOMPARE(codeOf({}), 2);
        QCOMPARE(codeOf({QStringLiteral("--out"), path("x.jsonl"), QStringLiteral("--format"), QStringLiteral("xml")}), 2);
        QCOMPARE(codeOf({QStringLiteral("--out"), path("x.jsonl"), QStringLiteral("--from"), QStringLiteral("soon")}), 2);
        QCOMPARE(codeOf({QStringLiteral("--out"), path("nowhere/x.jsonl")}), 1);
        QCOMPARE(runTelltale({QStringLiteral("export"), QStringLiteral("--cache"), path("none.db"), QStringLiteral("--out"), path("x.jsonl")}).exitCode, 1);
        QVERIFY(!QFile::exists(path("x.jsonl")) && !QFile::exists(path("x.jsonl.part")));
    }

private:
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    void write(const char *name, const QByteArray &bytes)
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("no room for a test file");
    }
    QByteArray exported(const char *cache, const QStringList &more)
    {
        const Outcome outcome = runTelltale(QStringList{QStringLiteral("export"), QStringLiteral("--cache"), path(cache), QStringLiteral("--out"), QStringLiteral("-")} + more);
        if (outcome.exitCode != 0)
            qWarning("%s", outcome.errors.constData());
        return outcome.output;
    }
    static QList<QByteArray> sorted(const QByteArray &lines)
    {
        QList<QByteArray> list = lines.split('\n');
        std::sort(list.begin(), list.end());
        return list;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestExport)
#include "tst_export.moc"
