// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"
#include "tests/support/sheetreader.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

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

    /// `telltale query --out`: the same answer, whole, and what was asked.
    void answersAsFiles_data()
    {
        QTest::addColumn<QStringList>("question");
        QTest::newRow("features") << QStringList{QStringLiteral("features")};
        QTest::newRow("sessions") << QStringList{QStringLiteral("sessions"), QStringLiteral("--filter"), QStringLiteral("-release:none")};
        QTest::newRow("errors") << QStringList{QStringLiteral("errors"), QStringLiteral("--explain")};
        QTest::newRow("activity") << QStringList{QStringLiteral("activity"), QStringLiteral("--step"), QStringLiteral("1d")};
        QTest::newRow("nothing") << QStringList{QStringLiteral("screens"), QStringLiteral("--filter"), QStringLiteral("release:nobody's")};
    }
    void answersAsFiles()
    {
        QFETCH(QStringList, question);
        const auto asked = [&](const QStringList &more) {
            return runTelltale(QStringList{QStringLiteral("query"), QStringLiteral("--cache"), path("first.db"), QStringLiteral("--now"),
                                           QStringLiteral("2026-01-01T00:00:00Z"), QStringLiteral("--zone"), QStringLiteral("Europe/Berlin")} + question + more);
        };
        const QJsonObject answer = QJsonDocument::fromJson(asked({QStringLiteral("--format"), QStringLiteral("json")}).output).object();
        const QJsonArray rows = answer[u"rows"].toArray();
        for (const char *suffix : {"json", "csv"}) {
            const QString file = path("answer.") + QString::fromLatin1(suffix);
            const Outcome outcome = asked({QStringLiteral("--out"), file});
            QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());
            const QJsonObject said = QJsonDocument::fromJson(outcome.output).object();
            QCOMPARE(said[u"rows"].toInteger(), rows.size());
            QCOMPARE(said[u"asked"][u"Time zone"].toString(), QStringLiteral("Europe/Berlin"));
            QVERIFY(said[u"asked"][u"Looked at"].toString().contains(QStringLiteral("sessions")));
            QFile written(file);
            QVERIFY(written.open(QIODevice::ReadOnly));
            QCOMPARE(written.readAll(), asked({QStringLiteral("--format"), QString::fromLatin1(suffix)}).output);
            QVERIFY(!QFile::exists(file + QStringLiteral(".part")));
        }
        QVERIFY(asked({QStringLiteral("--out"), path("answer.xlsx")}).exitCode == 0);
        const QJsonArray sheets = sheetsOf(path("answer.xlsx"));
        if (sheets.isEmpty())
            QSKIP("needs python3-openpyxl");
        QCOMPARE(sheets.size(), 2);
        QCOMPARE(sheets[0][u"name"].toString(), question[0]);
        QCOMPARE(sheets[0][u"frozen"].toString(), QStringLiteral("A2"));
        const QJsonArray cells = sheets[0][u"rows"].toArray();
        QCOMPARE(cells.size(), rows.size() + 1);
        for (qsizetype row = 0; row < rows.size(); ++row) {
            for (qsizetype column = 0; column < cells[0].toArray().size(); ++column)
                compareCell(cells[row + 1][column], rows[row].toObject()[cells[0][column].toString()]);
        }
        const QByteArray about = QJsonDocument(sheets[1][u"rows"].toArray()).toJson();
        for (const char *word : {"Product", "Range", "Europe/Berlin", "Filter", "Looked at", "Records dropped", "Rows"})
            QVERIFY2(about.contains(word), about.constData());
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
        for (const char *suffix : {"json", "xlsx"}) {
            const QString nowhere = path("nowhere/x.") + QString::fromLatin1(suffix);
            QCOMPARE(runTelltale({QStringLiteral("query"), QStringLiteral("features"), QStringLiteral("--cache"), path("first.db"), QStringLiteral("--out"), nowhere}).exitCode, 1);
        }
        QCOMPARE(runTelltale({QStringLiteral("query"), QStringLiteral("features"), QStringLiteral("--cache"), path("first.db"), QStringLiteral("--format"), QStringLiteral("xlsx")}).exitCode, 2);
    }

private:
    /// A date of the sheets is in the zone that was asked for.
    static void compareCell(const QJsonValue &cell, const QJsonValue &expected)
    {
        const QDateTime at = expected.isString() ? QDateTime::fromString(expected.toString(), Qt::ISODateWithMs) : QDateTime();
        if (at.isValid() && expected.toString().contains(u'T'))
            QCOMPARE(cell.toString().left(19), at.toTimeZone(QTimeZone("Europe/Berlin")).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
        else if (expected.isDouble())
            QCOMPARE(cell.toDouble(), expected.toDouble());
        else if (expected.isString())
            QCOMPARE(cell.toString(), expected.toString());
        else
            QVERIFY(cell.isNull() || !expected.isNull());
    }

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
