// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/handoverserver.h"

#include <QFile>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace telltale;
using namespace std::chrono_literals;

/// Two starts on one cache, in one process: locks are held by open files, not by processes.
class TestSingleInstance final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theFirstOneHasIt()
    {
        SingleInstance first(cache(), folder());
        SingleInstance second(cache(), folder());
        SingleInstance other(cache().replace_filename("other.db"), folder());
        QVERIFY(first.claim());
        QVERIFY(first.claim()); // still
        QVERIFY(!second.claim());
        QVERIFY(other.claim());
        QVERIFY(other.socketPath() != first.socketPath());
    }

    void afterItsEndTheNextOneHasIt()
    {
        {
            SingleInstance first(cache(), folder());
            QVERIFY(first.claim());
            HandoverServer server([](const Handover &) {});
            QVERIFY(server.listen(first));
        }
        // As a crash leaves it: a socket that nobody listens on.
        SingleInstance second(cache(), folder());
        QFile stale(QString::fromStdString(second.socketPath().string()));
        QVERIFY(stale.open(QIODevice::WriteOnly));
        stale.close();
        QVERIFY(second.claim());
        HandoverServer server([](const Handover &) {});
        QVERIFY(server.listen(second));
        QVERIFY(!(QFile::permissions(stale.fileName()) & (QFile::ReadOther | QFile::WriteOther | QFile::ReadGroup | QFile::WriteGroup)));
    }

    void twoNamesOfOneCache()
    {
        QFile file(QString::fromStdString(cache().string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto link = cache().replace_filename("link.db");
        std::filesystem::create_symlink(cache(), link);
        QCOMPARE(SingleInstance(link, folder()).socketPath(), SingleInstance(cache(), folder()).socketPath());
        const auto detour = cache().parent_path() / "." / "cache.db";
        QCOMPARE(SingleInstance(detour, folder()).socketPath(), SingleInstance(cache(), folder()).socketPath());
    }

    void whatIsHandedOverArrives()
    {
        const Handover told{{"/data/a b.jsonl", "/data/ä\"\n.csv"}, "errors", "token-7"};
        SingleInstance first(cache(), folder());
        QVERIFY(first.claim());
        std::vector<Handover> heard;
        HandoverServer server([&](const Handover &handover) { heard.push_back(handover); });
        // Told while the first one is still starting.
        auto later = std::async(std::launch::async, [&] { return SingleInstance(cache(), folder()).handOver(told, 30s); });
        QTest::qWait(120);
        QVERIFY(server.listen(first));
        QTRY_VERIFY_WITH_TIMEOUT(later.wait_for(0s) == std::future_status::ready, 30'000);
        QVERIFY(later.get());
        QCOMPARE(heard.size(), std::size_t(1));
        QCOMPARE(heard.front(), told);
    }

    void nobodyAnswers()
    {
        QVERIFY(!SingleInstance(cache(), folder()).handOver({}, 100ms)); // nobody listens
        SingleInstance first(cache(), folder());
        QVERIFY(first.claim());
        HandoverServer server([](const Handover &) {});
        QVERIFY(server.listen(first));
        QVERIFY(!SingleInstance(cache(), folder()).handOver({}, 200ms)); // it hangs: no event loop runs
    }

    void linesThatAreNone_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("no JSON") << QByteArray("hello\n");
        QTest::newRow("another program's") << QByteArray("{\"open\":\"/a\"}\n");
        QTest::newRow("a later form") << QByteArray("{\"telltale_handover\":2}\n");
        QTest::newRow("of an unknown folder") << QByteArray("{\"telltale_handover\":1,\"files\":[\"a.json\"]}\n");
        QTest::newRow("no end in sight") << QByteArray(kMostHandoverBytes + 1000, 'x');
    }
    void linesThatAreNone()
    {
        QFETCH(QByteArray, line);
        SingleInstance first(cache(), folder());
        QVERIFY(first.claim());
        int heard = 0;
        HandoverServer server([&](const Handover &) { ++heard; });
        QVERIFY(server.listen(first));
        QLocalSocket socket;
        socket.connectToServer(QString::fromStdString(first.socketPath().string()));
        QVERIFY(socket.waitForConnected());
        socket.write(line);
        QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState); // thrown out
        QCOMPARE(heard, 0);
        QCOMPARE(socket.readAll(), QByteArray());
    }

    void noRoomForASocket()
    {
        const std::filesystem::path deep = folder() / std::string(120, 'd');
        SingleInstance instance(cache(), deep);
        QVERIFY(instance.socketPath().empty());
        QVERIFY(!instance.claim());
        QVERIFY(!instance.handOver({}, 1s)); // at once
        HandoverServer server([](const Handover &) {});
        QVERIFY(!server.listen(instance));
    }

private:
    std::filesystem::path folder() const { return m_folder->path().toStdString(); }
    std::filesystem::path cache() const { return folder() / "cache.db"; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"
