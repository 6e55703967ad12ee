// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"
#include "widgets/pages/snippets.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace telltale;
using namespace telltale::test;

/// What the Connect page tells people to write is run as it stands: only the two names that an app has to
/// know stand before it, and the goodbye of the SDK behind it.
class TestSnippet final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typeScriptArrives()
    {
        const QString sdk = QStringLiteral(TELLTALE_TEST_DATA) + QStringLiteral("/sdk");
        QVERIFY2(QFileInfo::exists(sdk + QStringLiteral("/node_modules/@opentelemetry/sdk-logs")),
                 "The SDK is not installed: run tests/run.sh, or npm ci in tests/sdk.");
        QTemporaryDir folder;
        QVERIFY(folder.isValid());
        Collector collector(folder.filePath(QStringLiteral("snippet.db")));
        QVERIFY(collector.start());

        constexpr int kPort = 4318;
        const std::vector<Snippet> snippets = openTelemetrySnippets(kPort);
        const auto found = std::find_if(snippets.begin(), snippets.end(), [](const Snippet &snippet) {
            return snippet.language == QLatin1String("TypeScript");
        });
        QVERIFY(found != snippets.end());
        QString code = found->code;
        QVERIFY(code.contains(QLatin1String("http://localhost:4318/v1/logs")));
        code.replace(QLatin1String("http://localhost:4318"), collector.endpoint());
        code.prepend(QStringLiteral("const sessionId = 'a-session', installationId = 'an-installation';\n"));
        code.append(QStringLiteral("\nawait provider.shutdown();\n"));
        const Outcome outcome = runProgram(
            QStringLiteral("node"), {QStringLiteral("--input-type=module"), QStringLiteral("-e"), code}, sdk);
        QVERIFY2(outcome.exitCode == 0, outcome.errors.constData());

        const QJsonArray totals = rowsOf(collector.cache(), {QStringLiteral("totals")});
        for (const char *one : {"usage_events", "sessions", "users"})
            QVERIFY2(totals[0][QLatin1String(one)].toInteger() == 1, one);
        const QJsonArray sources = rowsOf(collector.cache(), {QStringLiteral("sources")});
        QCOMPARE(sources.size(), 1);
        QCOMPARE(sources[0][u"product"].toString(), QStringLiteral("my-app"));
    }
};

QTEST_GUILESS_MAIN(TestSnippet)
#include "tst_snippet.moc"
