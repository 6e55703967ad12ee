// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzztargets.h"

#include <QDir>
#include <QTest>

#include <random>
#include <string>
#include <string_view>

using namespace telltale::test;

/// Replays what fuzzing found interesting, in every test run.
class TestFuzzCorpus final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replay_data()
    {
        QTest::addColumn<QString>("target");
        QTest::newRow("protobuf") << "otlp_protobuf";
        QTest::newRow("json") << "otlp_json";
        QTest::newRow("stack") << "stack";
        QTest::newRow("lines") << "lines";
    }
    void replay()
    {
        QFETCH(QString, target);
        const auto run = target == QStringLiteral("otlp_protobuf") ? fuzzOtlpProtobuf
                         : target == QStringLiteral("otlp_json")   ? fuzzOtlpJson
                         : target == QStringLiteral("lines")       ? fuzzLines
                                                                   : fuzzStack;
        const QDir folder(QStringLiteral(TELLTALE_TEST_DATA "/fuzz/corpus/") + target);
        const QStringList files = folder.entryList(QDir::Files);
        QVERIFY(files.size() >= 10);
        for (const QString &name : files) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(run(file.readAll().toStdString()), qPrintable(name));
        }
    }

    void protocols_data()
    {
        QTest::addColumn<QString>("protocol");
        for (const char *protocol : {"sentry", "posthog", "segment", "aptabase", "countly", "amplitude", "mixpanel", "kuserfeedback", "prometheus", "statsd", "mqtt", "jsonlines"})
            QTest::newRow(protocol) << QString::fromLatin1(protocol);
    }
    void protocols()
    {
        QFETCH(QString, protocol);
        const QDir folder(QStringLiteral(TELLTALE_TEST_DATA "/fuzz/corpus/") + protocol);
        const QStringList files = folder.entryList(QDir::Files);
        QVERIFY(!files.isEmpty());
        const std::string name = protocol.toStdString();
        std::mt19937 random(11);
        for (const QString &entry : files) {
            QFile file(folder.filePath(entry));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const std::string input = file.readAll().toStdString();
            QVERIFY2(fuzzProtocol(name, input), qPrintable(entry));
            // And what lies close to it: other bytes, cut short, a piece twice.
            for (int i = 0; i < 100; ++i) {
                std::string mutated = input;
                for (int n = 0; n <= i % 4; ++n)
                    mutated[random() % mutated.size()] = kBytes[random() % kBytes.size()];
                if (i % 5 == 0)
                    mutated.resize(1 + random() % mutated.size());
                if (i % 7 == 0)
                    mutated += mutated.substr(random() % mutated.size());
                QVERIFY2(fuzzProtocol(name, mutated), qPrintable(entry + QStringLiteral(", mutation %1").arg(i)));
            }
        }
    }

private:
    static constexpr char kRawBytes[] = "{}[]\",:0-9eE.\\un\0\xff\n\r =&%#ab";
    static constexpr std::string_view kBytes{kRawBytes, sizeof kRawBytes - 1};
};

QTEST_APPLESS_MAIN(TestFuzzCorpus)
#include "tst_fuzzcorpus.moc"
