// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 in the middle of ingest, again and again, with clients that retry as SDKs do. In the end every acknowledged
// record is there, once, and no request is there in part.
#include "tests/endtoend/program.h"
#include "tests/endtoend/stored.h"
#include "tests/support/rawclient.h"

#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <atomic>
#include <chrono>
#include <csignal>
#include <mutex>
#include <random>
#include <thread>

using namespace telltale;
using namespace telltale::test;
using namespace std::chrono_literals;

namespace {

constexpr int kKills = 50;
constexpr int kClients = 4;
constexpr int kRecordsPerRequest = 5;
constexpr const char *kLedgerKey = "ledger.id";

std::string requestBody(int client, int number)
{
    std::string records;
    for (int i = 0; i < kRecordsPerRequest; ++i) {
        const std::string id =
            std::to_string(client) + "/" + std::to_string(number) + "/" + std::to_string(i);
        // Usage events, screen views and errors: each is kept in a place of its own.
        const char *name = i == 3 ? "app.screen.view" : i == 4 ? "exception" : "workout.start";
        records += std::string(i > 0 ? "," : "") + R"({"timeUnixNano":"17636256)" +
                   std::to_string(10 + number % 80) + R"(000000000","eventName":")" + name +
                   R"(","attributes":[{"key":"ledger.id","value":{"stringValue":")" + id +
                   R"("}},{"key":"user.id","value":{"stringValue":"u)" + std::to_string(client) + R"("}}]})";
    }
    return R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[)" + records + "]}]}]}";
}

/// Sends request after request, each one until it is acknowledged.
struct Client
{
    int id = 0;
    std::atomic<int> acknowledged{0};
    std::atomic<int> retries{0};

    void run(const std::atomic<std::uint16_t> &port, const std::atomic<bool> &isOver)
    {
        std::optional<RawClient> connection;
        std::uint16_t connectedTo = 0;
        for (int number = 0; !isOver; ++number) {
            const std::string body = requestBody(id, number);
            for (bool isFirst = true;; isFirst = false) {
                if (!isFirst) {
                    ++retries;
                    std::this_thread::sleep_for(
                        2ms); // an SDK waits longer; the test is about the order of things
                }
                const std::uint16_t now = port;
                if (now == 0)
                    continue;
                if (!connection || !connection->isConnected() || connectedTo != now) {
                    connection.emplace(now);
                    connectedTo = now;
                }
                if (!connection->isConnected() ||
                    !connection->send(postRequest(now, "/v1/logs", "application/json", body))) {
                    connection.reset();
                    continue;
                }
                const auto answer = connection->receive();
                if (answer && answer->status == 200)
                    break;
                connection.reset();
            }
            ++acknowledged;
        }
    }
};

/// One life of the program.
struct Life
{
    QProcess process;

    std::uint16_t start(const QString &cache)
    {
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(telltaleProgram(), {QStringLiteral("collect"), QStringLiteral("--otlp-http"),
                                          QStringLiteral("127.0.0.1:0"), QStringLiteral("--cache"), cache});
        for (int i = 0; i < 300 && !process.canReadLine(); ++i) {
            if (!process.waitForReadyRead(100) && process.state() == QProcess::NotRunning)
                return 0;
        }
        const QJsonObject ready = QJsonDocument::fromJson(process.readLine()).object();
        return static_cast<std::uint16_t>(QUrl(ready.value(QStringLiteral("otlp_http")).toString()).port(0));
    }
    void kill()
    {
        process.kill(); // SIGKILL
        process.waitForFinished();
    }
};

} // namespace

class TestKill final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingAcknowledgedIsLostAndNothingStoredTwice()
    {
        QTemporaryDir folder;
        const QString cache = folder.filePath(QStringLiteral("cache.db"));
        std::atomic<std::uint16_t> port{0};
        std::atomic<bool> isOver{false};
        std::array<Client, kClients> clients;
        std::vector<std::thread> threads;
        for (int i = 0; i < kClients; ++i) {
            clients[std::size_t(i)].id = i;
            threads.emplace_back([&, i] { clients[std::size_t(i)].run(port, isOver); });
        }
        const auto acknowledged = [&] {
            int sum = 0;
            for (const Client &client : clients)
                sum += client.acknowledged;
            return sum;
        };

        std::mt19937 random(20261122);
        bool hasFailed = false;
        for (int kill = 0; kill < kKills && !hasFailed; ++kill) {
            Life life;
            const std::uint16_t bound = life.start(cache);
            hasFailed = bound == 0;
            const int goal = acknowledged() + 1 + int(random() % 60);
            port = bound;
            // Until a random number of answers came; a bit later, to hit any point of a commit.
            for (int i = 0; i < 20000 && acknowledged() < goal; ++i)
                std::this_thread::sleep_for(1ms);
            hasFailed = hasFailed || acknowledged() < goal;
            std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));
            port = 0;
            life.kill();
        }

        // One more life, so that everybody gets the last answer.
        Life last;
        const std::uint16_t bound = last.start(cache);
        port = bound;
        isOver = true;
        if (bound == 0) // nobody would end
            qFatal("the collector does not start any more");
        for (std::thread &thread : threads)
            thread.join();
        last.process.terminate();
        QVERIFY(last.process.waitForFinished());
        QCOMPARE(last.process.exitCode(), 0);
        QVERIFY(!hasFailed);

        const StoredContent content = readCache(cache.toStdString(), kLedgerKey);
        int missing = 0;
        int doubled = 0;
        std::size_t expected = 0;
        int retries = 0;
        for (const Client &client : clients) {
            retries += client.retries;
            for (int number = 0; number < client.acknowledged; ++number) {
                for (int i = 0; i < kRecordsPerRequest; ++i, ++expected) {
                    const auto at = content.texts.find(std::to_string(client.id) + "/" +
                                                       std::to_string(number) + "/" + std::to_string(i));
                    missing += at == content.texts.end() ? 1 : 0;
                    doubled += at != content.texts.end() && at->second != 1 ? 1 : 0;
                }
            }
        }
        qInfo("%zu records in %d requests, %d retries, %llu recognised", expected, acknowledged(), retries,
              static_cast<unsigned long long>(content.duplicates));
        QCOMPARE(missing, 0);
        QCOMPARE(doubled, 0);
        // Every request was acknowledged in the end, so nothing else can be there: no part of a request either.
        QCOMPARE(content.texts.size(), expected);
        QCOMPARE(content.logRecords(), std::uint64_t(expected));
        QVERIFY(expected > std::size_t(kKills) * kRecordsPerRequest);
        QVERIFY(retries > 0);
    }
};

QTEST_APPLESS_MAIN(TestKill)
#include "tst_kill.moc"
