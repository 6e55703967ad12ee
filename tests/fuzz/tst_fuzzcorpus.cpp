// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzztargets.h"

#include <QDir>
#include <QTest>

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
    }
    void replay()
    {
        QFETCH(QString, target);
        const auto run = target == QStringLiteral("otlp_protobuf") ? fuzzOtlpProtobuf
                         : target == QStringLiteral("otlp_json")   ? fuzzOtlpJson
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
};

QTEST_APPLESS_MAIN(TestFuzzCorpus)
#include "tst_fuzzcorpus.moc"
