// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that is full and free again, under clients that retry: nothing but 503, all can be read, and it goes on by
// itself.
#include "tests/endtoend/program.h"
#include "tests/endtoend/stored.h"
#include "tests/support/rawclient.h"
#include "tests/support/smalldisk.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace telltale;
using namespace telltale::test;

namespace {

constexpr int kCycles = 5;
constexpr int kPerCycle = 20;
constexpr std::uint64_t kDiskBytes = std::uint64_t{280} << 20; // ballast, low-water mark and some room
constexpr const char *kLedgerKey = "ledger.id";

std::string requestBody(int number)
{
    return R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1795348800000000000",)"
           R"("eventName":"workout.start","attributes":[{"key":"ledger.id","value":{"stringValue":")" +
           std::to_string(number) + R"("}}]}]}]}]})";
}

RawAnswer send(std::uint16_t port, int number)
{
    const auto answer =
        test::ask(port, postRequest(port, "/v1/logs", "application/json", requestBody(number)));
    return answer.value_or(RawAnswer());
}

} // namespace

class TestFullDisk final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fullAndFreeAgain()
    {
        QTemporaryDir folder;
        SmallDisk disk(folder.path().toStdString(), kDiskBytes);
        if (!disk.problem().empty())
            QSKIP(disk.problem().c_str());
        test::Collector collector(QString::fromStdString((disk.path() / "cache.db").string()));
        QVERIFY(collector.start());
        const auto port = static_cast<std::uint16_t>(QUrl(collector.endpoint()).port());
        int acknowledged = 0; // each number until it is
        qint64 slowest = 0;
        for (int cycle = 0; cycle < kCycles; ++cycle) {
            for (int i = 0; i < kPerCycle; ++i, ++acknowledged)
                QCOMPARE(send(port, acknowledged).status, 200);
            QVERIFY(disk.fill());
            for (int i = 0; i < kPerCycle; ++i) {
                const RawAnswer answer = send(port, acknowledged);
                QCOMPARE(answer.status, 503);
                const int seconds = QByteArray::fromStdString(answer.header("retry-after")).toInt();
                QVERIFY(seconds >= 1 && seconds <= 5);
            }
            const QJsonArray totals = rowsOf(collector.cache(), {QStringLiteral("totals")});
            QCOMPARE(totals.size(), qsizetype(1));
            QCOMPARE(totals[0][u"usage_events"].toInt(), acknowledged);
            disk.free();
            QElapsedTimer sinceFree;
            sinceFree.start();
            while (send(port, acknowledged).status != 200) {
                QVERIFY2(!sinceFree.hasExpired(60'000), "it does not go on");
                QTest::qWait(20);
            }
            ++acknowledged;
            slowest = std::max(slowest, sinceFree.elapsed());
        }
        qInfo("went on after %lld ms at most", static_cast<long long>(slowest));
        QVERIFY(collector.stop());
        const StoredContent content = readCache(collector.cache().toStdString(), kLedgerKey);
        QCOMPARE(content.texts.size(), std::size_t(acknowledged));
        for (const auto &[text, count] : content.texts)
            QCOMPARE(count, std::uint64_t(1));
        QVERIFY(content.counter("store.disk.low") >= std::uint64_t(kCycles * kPerCycle));
        QCOMPARE(content.counter("ingest.store.failed"), std::uint64_t(0));
    }
};

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_fulldisk.moc"
