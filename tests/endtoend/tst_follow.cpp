// SPDX-License-Identifier: GPL-3.0-or-later
// `telltale collect --follow`, killed again and again while a program writes and rotates: every line is there, once.
#include "tests/endtoend/program.h"
#include "tests/endtoend/stored.h"
#include "tests/support/compress.h"

#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

using namespace telltale::test;
using namespace std::chrono_literals;

namespace {

constexpr int kKills = 10;

/// Writes numbered lines and rotates, by name or by copy, as log rotation does.
class Writer
{
public:
    /// `packing`: what is behind the name of rotated files that are packed, all but the last one; empty: none are.
    Writer(std::string path, bool isCopying, std::string packing)
        : m_path(std::move(path))
        , m_isCopying(isCopying)
        , m_packing(std::move(packing))
    {}

    std::atomic<int> lines = 0;
    std::atomic<bool> mayRotate = false;
    int rotations = 0;

    void run(const std::atomic<bool> &isOver)
    {
        std::mt19937 random(m_isCopying ? 1 : 2);
        while (!isOver) {
            const int batch = 1 + static_cast<int>(random() % 40);
            std::ofstream file(m_path, std::ios::app);
            for (int i = 0; i < batch; ++i) {
                const std::string line = "{\"event\":\"Step\",\"user\":\"u\",\"ledger.id\":\"" + std::to_string(lines++) + "\"}\n";
                const auto half = line.size() / 2;
                file.write(line.data(), static_cast<std::streamsize>(half)).flush(); // half a line is no line
                file.write(line.data() + half, static_cast<std::streamsize>(line.size() - half)).flush();
            }
            file.close();
            std::this_thread::sleep_for(std::chrono::milliseconds(random() % 10));
            if (mayRotate && random() % 12 == 0)
                rotate();
        }
    }

private:
    void rotate()
    {
        ++rotations;
        const auto name = [&](int number) { return m_path + "." + std::to_string(number); };
        std::error_code problem;
        for (int i = 19; i > 0; --i) {
            std::filesystem::rename(name(i), name(i + 1), problem);
            if (!m_packing.empty())
                std::filesystem::rename(name(i) + m_packing, name(i + 1) + m_packing, problem);
        }
        if (!m_packing.empty())
            pack(name(1 + 1)); // as with delaycompress, or at once
        if (m_isCopying) {
            std::filesystem::copy_file(m_path, name(1), problem);
            std::filesystem::resize_file(m_path, 0, problem);
        } else {
            std::filesystem::rename(m_path, name(1), problem);
        }
        if (!m_packing.empty() && rotations % 2 == 0)
            pack(name(1));
    }

    /// As gzip and zstd do it: the packed file is written, gets the time of the other, and then that goes.
    void pack(const std::string &plain) const
    {
        std::ifstream in(plain, std::ios::binary);
        if (!in)
            return;
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        std::ofstream(plain + m_packing, std::ios::binary) << (m_packing == ".gz" ? gzipped(bytes) : zstandard(bytes));
        std::filesystem::last_write_time(plain + m_packing, std::filesystem::last_write_time(plain));
        std::filesystem::remove(plain);
    }

    const std::string m_path;
    const bool m_isCopying;
    const std::string m_packing;
};

} // namespace

class TestFollow final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLineOnceThroughKills_data()
    {
        QTest::addColumn<bool>("isCopying");
        QTest::addColumn<QString>("packing");
        QTest::newRow("renamed") << false << QString();
        QTest::newRow("copied and cut") << true << QString();
        QTest::newRow("renamed and packed") << false << QStringLiteral(".gz");
    }
    void everyLineOnceThroughKills()
    {
        QFETCH(bool, isCopying);
        QFETCH(QString, packing);
        QTemporaryDir folder;
        const QString cache = folder.filePath(QStringLiteral("cache.db"));
        const QString file = folder.filePath(QStringLiteral("app.log"));
        Writer writer(file.toStdString(), isCopying, packing.toStdString());
        std::atomic<bool> isOver = false;
        std::thread thread([&] { writer.run(isOver); });

        std::mt19937 random(20261130);
        bool hasFailed = false;
        for (int kill = 0; kill < kKills && !hasFailed; ++kill) {
            QProcess process;
            hasFailed = !start(process, cache, file);
            // What was rotated away before the file was first seen is not followed.
            while (!hasFailed && !writer.mayRotate)
                writer.mayRotate = !rowsOf(cache, {QStringLiteral("sources")}).isEmpty();
            // Any point of reading, committing and rotating.
            std::this_thread::sleep_for(std::chrono::milliseconds(20 + random() % 300));
            process.kill();
            process.waitForFinished();
        }
        isOver = true;
        thread.join();
        QVERIFY(!hasFailed);
        QVERIFY(writer.rotations > 3);

        Collector last(cache);
        QVERIFY(last.start({QStringLiteral("--follow"), file}));
        QCOMPARE(last.ready()[u"followed"].toArray().at(0).toString(), file);
        const auto stored = [&] { return rowsOf(cache, {QStringLiteral("totals")})[0][u"usage_events"].toInteger(); };
        QTRY_VERIFY_WITH_TIMEOUT(stored() >= qint64(writer.lines.load()), 20'000);
        QCOMPARE(counted(rowsOf(cache, {QStringLiteral("features")}), QStringLiteral("feature"), QStringLiteral("events")),
                 (QMap<QString, qint64>{{QStringLiteral("Step"), writer.lines.load()}}));
        QVERIFY(last.stop());

        const StoredContent content = readCache(cache.toStdString(), "ledger.id");
        int missing = 0, doubled = 0;
        for (int i = 0; i < writer.lines; ++i) {
            const auto at = content.texts.find(std::to_string(i));
            missing += at == content.texts.end() ? 1 : 0;
            doubled += at != content.texts.end() && at->second != 1 ? 1 : 0;
        }
        qInfo("%d lines, %d rotations", writer.lines.load(), writer.rotations);
        QCOMPARE(missing, 0);
        QCOMPARE(doubled, 0);
        QCOMPARE(content.texts.size(), std::size_t(writer.lines));
        QCOMPARE(content.counter("file.line.malformed"), std::uint64_t(0));
        QCOMPARE(content.counter("file.followed.gone"), std::uint64_t(0));

        const QJsonObject source = rowsOf(cache, {QStringLiteral("sources")})[0].toObject();
        QCOMPARE(source[u"source"].toString(), file);
        QCOMPARE(source[u"protocol"].toString(), QStringLiteral("file"));
        QCOMPARE(source[u"records"].toInteger(), qint64(writer.lines));
        QCOMPARE(source[u"rejected"].toInteger(), 0);
        QVERIFY(!source[u"last_event"].isNull());
    }

    void badLinesAreShownAtTheSource()
    {
        QTemporaryDir folder;
        const QString cache = folder.filePath(QStringLiteral("cache.db"));
        const QString first = folder.filePath(QStringLiteral("a.jsonl")), second = folder.filePath(QStringLiteral("b.jsonl"));
        const auto write = [](const QString &path, const QByteArray &bytes) {
            QFile target(path);
            return target.open(QIODevice::Append) && target.write(bytes) == bytes.size();
        };
        QVERIFY(write(first, "{\"event\":\"A\"}\nhello\n{\"resourceLogs\":[{\"scopeLogs\":7}]}\n"
                             "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"hi\"}}]}]}]}\n{\"nothing\":1}\n"));
        Collector collector(cache);
        QVERIFY(collector.start({QStringLiteral("--follow"), first + QLatin1Char(',') + second}));
        const auto row = [&](const QString &file) {
            for (const QJsonValue &each : rowsOf(cache, {QStringLiteral("sources")})) {
                if (each[u"source"].toString() == file)
                    return each.toObject();
            }
            return QJsonObject();
        };
        QTRY_COMPARE_WITH_TIMEOUT(row(first)[u"records"].toInteger(), 2, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(row(first)[u"rejected"].toInteger(), 3, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(row(second)[u"state"].toString(), QStringLiteral("waiting"), 20'000);
        QVERIFY(write(second, "{\"event\":\"B\"}\n"));
        QTRY_COMPARE_WITH_TIMEOUT(row(second)[u"records"].toInteger(), 1, 20'000);
        QVERIFY(collector.stop());
        QCOMPARE(runTelltale({QStringLiteral("collect"), QStringLiteral("--cache"), cache, QStringLiteral("--follow"), folder.path()}).exitCode, 2);
    }

private:
    static bool start(QProcess &process, const QString &cache, const QString &file)
    {
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(telltaleProgram(),
                      {QStringLiteral("collect"), QStringLiteral("--otlp-http"), QStringLiteral("none"), QStringLiteral("--otlp-grpc"), QStringLiteral("none"),
                       QStringLiteral("--statsd"), QStringLiteral("none"), QStringLiteral("--cache"), cache, QStringLiteral("--follow"), file});
        for (int i = 0; i < 300 && !process.canReadLine(); ++i) {
            if (!process.waitForReadyRead(100) && process.state() == QProcess::NotRunning)
                return false;
        }
        return QJsonDocument::fromJson(process.readLine()).object()[u"ready"].toBool();
    }
};

QTEST_GUILESS_MAIN(TestFollow)
#include "tst_follow.moc"
