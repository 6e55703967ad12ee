// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/importrun.h"

#include "tests/endtoend/stored.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale;
using namespace telltale::test;

/// Imports of the window, through a collector that runs.
class TestImportRun final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        CollectorOptions options;
        options.cache = m_folder->filePath(QStringLiteral("cache.db")).toStdString();
        options.http.reset();
        m_collector = std::make_shared<Collector>(options);
        const auto started = m_collector->start();
        QVERIFY2(started, started ? "" : started.error().message.c_str());
    }

    void filesOneAfterTheOther()
    {
        ImportRun run;
        QSignalSpy changes(&run, &ImportRun::changed);
        run.start(m_collector, {write("one.jsonl", lines(0, 2'000) + "hello\n")}, m_clock);
        QCOMPARE(run.status().state, ImportStatus::State::Running);
        QCOMPARE(run.status().title, QStringLiteral("Importing one.jsonl…"));
        run.start(m_collector, {write("two.jsonl", lines(5'000, 5'010)), write("three.jsonl", lines(6'000, 6'001))}, m_clock);
        QTRY_COMPARE(run.status().state, ImportStatus::State::Partial); // a line of the first
        QCOMPARE(run.status().title, QStringLiteral("2,011 records from 3 files."));
        QVERIFY2(run.status().detail.startsWith(QStringLiteral("1 left out, the first in line 2,001 of one.jsonl. Lines of files")), qPrintable(run.status().detail));
        run.start(m_collector, {write("four.jsonl", lines(7'000, 7'001))}, m_clock);
        QTRY_COMPARE(run.status().state, ImportStatus::State::Done); // of itself alone
        QCOMPARE(run.status().title, QStringLiteral("1 record from four.jsonl."));
        QVERIFY(changes.count() >= 4);
        m_collector->stop();
        QCOMPARE(stored().texts.size(), std::size_t(2'012));
    }

    void stopped()
    {
        const QString file = write("long.jsonl", lines(0, 200'000));
        {
            ImportRun run;
            run.start(m_collector, {file}, m_clock);
            run.cancel();
            QTRY_COMPARE(run.status().state, ImportStatus::State::Partial);
            QVERIFY(run.status().detail.contains(QStringLiteral("Stopped before the end")));
            // And by the end of the window.
            run.start(m_collector, {file}, m_clock);
        }
        ImportRun run;
        run.start(m_collector, {file}, m_clock);
        QTRY_COMPARE_WITH_TIMEOUT(run.status().state, ImportStatus::State::Done, 60'000);
        run.start(m_collector, {file}, m_clock);
        QTRY_COMPARE_WITH_TIMEOUT(run.status().title, QStringLiteral("Everything in long.jsonl is stored already."), 60'000);
        m_collector->stop();
        QCOMPARE(stored().kind(RecordKind::UsageEvent), std::uint64_t(200'000));
    }

    void problems()
    {
        ImportRun run;
        run.start(m_collector, {m_folder->filePath(QStringLiteral("none.jsonl"))}, m_clock);
        QTRY_COMPARE(run.status().state, ImportStatus::State::Failed);
        QCOMPARE(run.status().title, QStringLiteral("Nothing was stored from none.jsonl."));
        QVERIFY(run.status().detail.contains(QStringLiteral("No such file")));
        run.start(m_collector, {write("meaningless.csv", "a,b\n1,2\n")}, m_clock);
        QTRY_VERIFY(run.status().detail.contains(QStringLiteral("No column says what happened")));
        run.fail(QStringLiteral("Nothing can be stored."), QStringLiteral("why"));
        QCOMPARE(run.status().detail, QStringLiteral("why"));
        m_collector->stop();
    }

    void outcomes_data()
    {
        QTest::addColumn<int>("records");
        QTest::addColumn<int>("repeats");
        QTest::addColumn<int>("refused");
        QTest::addColumn<QString>("title");
        QTest::addColumn<int>("state");
        QTest::newRow("one") << 1 << 0 << 0 << QStringLiteral("1 record from a.jsonl.") << int(ImportStatus::State::Done);
        QTest::newRow("none") << 0 << 0 << 0 << QStringLiteral("0 records from a.jsonl.") << int(ImportStatus::State::Done);
        QTest::newRow("some known") << 12'345 << 2 << 0 << QStringLiteral("12,345 records from a.jsonl.") << int(ImportStatus::State::Done);
        QTest::newRow("all known") << 0 << 2 << 0 << QStringLiteral("Everything in a.jsonl is stored already.") << int(ImportStatus::State::Done);
        QTest::newRow("some refused") << 5 << 0 << 1 << QStringLiteral("5 records from a.jsonl.") << int(ImportStatus::State::Partial);
        QTest::newRow("all refused") << 0 << 0 << 3 << QStringLiteral("Nothing was stored from a.jsonl.") << int(ImportStatus::State::Failed);
    }
    void outcomes()
    {
        QFETCH(int, records);
        QFETCH(int, repeats);
        QFETCH(int, refused);
        QFETCH(QString, title);
        QFETCH(int, state);
        ImportResult result;
        result.records = static_cast<std::uint64_t>(records);
        result.repeats = static_cast<std::uint64_t>(repeats);
        result.refused = static_cast<std::uint64_t>(refused);
        const ImportStatus status = importOutcome(result, {QStringLiteral("/tmp/a.jsonl")});
        QCOMPARE(status.title, title);
        QCOMPARE(int(status.state), state);
    }

private:
    static QByteArray lines(int from, int to)
    {
        QByteArray all;
        for (int i = from; i < to; ++i)
            all += "{\"event\":\"Step\",\"ledger.id\":\"" + QByteArray::number(i) + "\"}\n";
        return all;
    }
    QString write(const char *name, const QByteArray &bytes)
    {
        const QString path = m_folder->filePath(QString::fromLatin1(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("no room for a test file");
        return path;
    }
    StoredContent stored() const { return readCache(m_folder->filePath(QStringLiteral("cache.db")).toStdString(), "ledger.id"); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Collector> m_collector;
    const std::shared_ptr<const Clock> m_clock = std::make_shared<SystemClock>();
};

QTEST_GUILESS_MAIN(TestImportRun)
#include "tst_importrun.moc"
