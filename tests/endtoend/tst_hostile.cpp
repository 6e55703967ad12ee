// SPDX-License-Identifier: GPL-3.0-or-later
// Clients that mean harm, against the real program: memory stays bounded, honest clients are served, nothing breaks.
#include "tests/endtoend/program.h"
#include "tests/endtoend/stored.h"
#include "tests/support/compress.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <atomic>
#include <chrono>
#include <thread>

using namespace telltale;
using namespace telltale::test;
using namespace std::chrono_literals;

namespace {

std::string eventJson(int number)
{
    return R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1763625600000000000","eventName":"honest",)"
           R"("attributes":[{"key":"ledger.id","value":{"stringValue":"h)" +
           std::to_string(number) + R"("}}]}]}]}]})";
}

/// Peak resident memory of a process in MiB.
/// MiB. The address sanitizer keeps a shadow and red zones beside every byte.
#ifdef __SANITIZE_ADDRESS__
constexpr qint64 kMostMemory = 384;
#else
constexpr qint64 kMostMemory = 256;
#endif

qint64 peakMemory(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').first().toLongLong() / 1024;
    }
    return -1;
}

} // namespace

class TestHostile final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::Collector> m_collector;
    std::uint16_t m_port = 0;

    int honest(int number) const
    {
        const auto answer =
            test::ask(m_port, postRequest(m_port, "/v1/logs", "application/json", eventJson(number)));
        return answer ? answer->status : 0;
    }
    /// As an SDK: again after a refusal. False when it never got through.
    bool honestWithRetries(int number) const
    {
        for (int attempt = 0; attempt < 50; ++attempt) {
            const int status = honest(number);
            if (status == 200)
                return true;
            if (status != 0 && status != 503)
                return false;
            std::this_thread::sleep_for(20ms);
        }
        return false;
    }
    StoredContent stop()
    {
        if (!m_collector->stop())
            qWarning("the collector did not end well");
        return readCache(m_collector->cache().toStdString(), "ledger.id");
    }

private Q_SLOTS:
    void initTestCase()
    {
        // The address sanitizer keeps freed memory back, which is not the collector's; elsewhere this says nothing.
        if (!qEnvironmentVariableIsSet("ASAN_OPTIONS"))
            qputenv("ASAN_OPTIONS", "quarantine_size_mb=8");
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_collector = std::make_unique<test::Collector>(m_folder->filePath(QStringLiteral("cache.db")));
        QVERIFY(m_collector->start());
        m_port = static_cast<std::uint16_t>(QUrl(m_collector->endpoint()).port());
    }
    void cleanup()
    {
        m_collector.reset();
        m_folder.reset();
    }

    void bombsAreRefusedAndMemoryStaysBounded()
    {
        const std::string gzip = gzipBomb(256);
        const std::string zstd = zstdBomb(256);
        std::atomic<int> refused{0};
        std::vector<std::thread> clients;
        for (int i = 0; i < 16; ++i) {
            clients.emplace_back([&, i] {
                const bool isGzip = i % 2 == 0;
                const auto answer = test::ask(
                    m_port,
                    postRequest(m_port, "/v1/logs", "application/json", isGzip ? gzip : zstd,
                                isGzip ? "Content-Encoding: gzip\r\n" : "Content-Encoding: zstd\r\n"));
                refused += answer && (answer->status == 413 || answer->status == 503) ? 1 : 0;
            });
        }
        for (std::thread &client : clients)
            client.join();
        QCOMPARE(refused.load(), 16);
        const qint64 peak = peakMemory(m_collector->ready().value(u"pid").toInteger());
        QVERIFY(peak > 0);
        QVERIFY2(peak < kMostMemory, QByteArray::number(peak).constData());
        QCOMPARE(honest(0), 200);
        QVERIFY(stop().counter("http.body.too_large") > 0);
    }

    void largeBodiesFromManyClientsStayInTheBudget()
    {
        // 40 x 20 MiB of JSON blanks around one event: far more than may be in flight.
        std::atomic<int> answered{0};
        std::atomic<int> accepted{0};
        std::vector<std::thread> clients;
        for (int i = 0; i < 40; ++i) {
            clients.emplace_back([&, i] {
                const std::string body = eventJson(i) + std::string(20 * 1024 * 1024, ' ');
                const auto answer =
                    test::ask(m_port, postRequest(m_port, "/v1/logs", "application/json", body));
                answered += answer && (answer->status == 200 ||
                                       (answer->status == 503 && answer->hasHeader("retry-after")))
                                ? 1
                                : 0;
                accepted += answer && answer->status == 200 ? 1 : 0;
            });
        }
        for (std::thread &client : clients)
            client.join();
        QCOMPARE(answered.load(), 40);
        QVERIFY(accepted.load() > 0);
        const qint64 peak = peakMemory(m_collector->ready().value(u"pid").toInteger());
        QVERIFY2(peak > 0 && peak < 512, QByteArray::number(peak).constData());
        const StoredContent content = stop();
        QCOMPARE(content.texts.size(), std::size_t(accepted.load()));
    }

    void slowConnectionsDoNotKeepOthersOut()
    {
        std::vector<RawClient> slow;
        const std::string start =
            "POST /v1/logs HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(m_port) + "\r\n";
        for (int i = 0; i < 300; ++i) {
            RawClient client(m_port);
            if (!client.isConnected())
                continue;
            client.send(i % 3 == 0   ? std::string("P")
                        : i % 3 == 1 ? start
                                     : start + "Content-Length: 100000\r\n\r\nx");
            slow.push_back(std::move(client));
        }
        for (int i = 0; i < 100; ++i) {
            QVERIFY2(honestWithRetries(i), QByteArray::number(i).constData());
            if (!slow.empty())
                slow[std::size_t(i) % slow.size()].send("x");
        }
        const StoredContent content = stop();
        QCOMPARE(content.texts.size(), std::size_t(100));
        for (const auto &[id, count] : content.texts)
            QCOMPARE(count, std::uint64_t(1));
    }
};

QTEST_APPLESS_MAIN(TestHostile)
#include "tst_hostile.moc"
