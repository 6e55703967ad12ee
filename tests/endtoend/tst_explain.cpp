// SPDX-License-Identifier: GPL-3.0-or-later
// The command that "Explain this number" shows asks what the window asked.
#include "tests/endtoend/program.h"

#include "models/analysis/askedengine.h"
#include "models/telemetry/timeformat.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale;
using namespace telltale::test;
using namespace std::chrono_literals;

class TestExplain final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QByteArray lines;
        for (int i = 0; i < 400; ++i)
            lines += QByteArray("{\"time\":\"2026-11-20T08:%1:00Z\",\"event\":\"%2\",\"user\":\"user %3\",\"session\":\"s%3\",\"release\":\"4.2.0\"}\n")
                         .replace("%1", QByteArray::number(i % 60).rightJustified(2, '0'))
                         .replace("%2", i % 3 == 0 ? "It's \\\"on\\\"" : "Start")
                         .replace("%3", QByteArray::number(i % 17));
        QFile file(m_folder.filePath(QStringLiteral("some.jsonl")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(lines) > 0);
        file.close();
        QCOMPARE(runTelltale({QStringLiteral("import"), QStringLiteral("--cache"), cache(), file.fileName()}).exitCode, 0);
        QVERIFY(QDir().mkpath(m_folder.filePath(QStringLiteral("bin"))));
        QVERIFY(QFile::link(telltaleProgram(), m_folder.filePath(QStringLiteral("bin/telltale"))));
        qputenv("PATH", m_folder.filePath(QStringLiteral("bin")).toUtf8() + ':' + qgetenv("PATH"));
    }

    void sameRows()
    {
        auto engine = openCacheEngine(cache().toStdString());
        QVERIFY(engine);
        std::vector<AskedQuestion> asked;
        AskedEngine listening(**engine, asked);
        Scope scope;
        scope.range = {*parseRfc3339("2026-11-20T08:05:00Z"), *parseRfc3339("2026-11-20T08:50:00.5Z")};
        scope.filter = *Filter::parse("release:4.2.0 -user:\"user 3\"");
        scope.zone = *Zone::named("Asia/Kolkata");
        scope.now = *parseRfc3339("2026-11-20T09:00:00Z");
        std::vector<std::size_t> rows;
        const auto noted = [&rows](const auto &answer) {
            QVERIFY(answer);
            rows.push_back(answer->value.size());
        };
        noted(listening.features(scope, {}));
        noted(listening.activity(scope, ActivityStep::FiveMinutes, {}));
        noted(listening.funnel({"Start", "It's \"on\""}, 24h, scope, {}));
        noted(listening.retention(CalendarUnit::Day, scope, {}));
        const auto map = listening.heatmap(scope, HeatmapRows::Feature, HeatmapColumns::Minute, HeatmapValue::Users, {});
        QVERIFY(map);
        rows.push_back(0); // the command line writes cells
        QCOMPARE(asked.size(), rows.size());
        for (std::size_t i = 0; i < asked.size(); ++i) {
            const QString command = QString::fromStdString(queryCommand(asked[i], cache().toStdString()));
            const Outcome outcome = runProgram(QStringLiteral("sh"), {QStringLiteral("-c"), command + QStringLiteral(" --format json --explain")});
            QVERIFY2(outcome.exitCode == 0, QByteArray(command.toUtf8() + "\n" + outcome.errors).constData());
            const QJsonObject answer = QJsonDocument::fromJson(outcome.output).object();
            QVERIFY(!answer.value(u"rows").toArray().isEmpty());
            if (rows[i] > 0)
                QCOMPARE(static_cast<std::size_t>(answer.value(u"rows").toArray().size()), rows[i]);
        }
        const QJsonObject first =
            QJsonDocument::fromJson(runProgram(QStringLiteral("sh"), {QStringLiteral("-c"), QString::fromStdString(queryCommand(asked[0], cache().toStdString()))}).output).object();
        std::uint64_t events = 0;
        for (const QJsonValue row : first.value(u"rows").toArray())
            events += static_cast<std::uint64_t>(row[u"events"].toInteger());
        QCOMPARE(events, asked[0].sample);
    }

private:
    QString cache() const { return m_folder.filePath(QStringLiteral("a cache.db")); }
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestExplain)
#include "tst_explain.moc"
