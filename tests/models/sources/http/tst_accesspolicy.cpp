// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/http/accesspolicy.h"
#include "models/sources/http/httpoptions.h"

#include <QTest>

using namespace telltale;

class TestAccessPolicy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hosts_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("isAccepted");
        QTest::newRow("localhost") << QByteArray("localhost:4318") << true;
        QTest::newRow("letter case") << QByteArray("LocalHost:4318") << true;
        QTest::newRow("fully qualified") << QByteArray("localhost.:4318") << true;
        QTest::newRow("IPv4") << QByteArray("127.0.0.1:4318") << true;
        QTest::newRow("IPv6") << QByteArray("[::1]:4318") << true;
        QTest::newRow("configured") << QByteArray("build-box:4318") << true;
        QTest::newRow("configured with port") << QByteArray("tunnel.example:8443") << true;
        QTest::newRow("other port") << QByteArray("127.0.0.1:4319") << false;
        QTest::newRow("no port") << QByteArray("localhost") << false;
        QTest::newRow("configured, other port") << QByteArray("build-box:80") << false;
        QTest::newRow("rebinding name") << QByteArray("evil.example:4318") << false;
        QTest::newRow("prefix of a good name") << QByteArray("localhost.evil.example:4318") << false;
        QTest::newRow("other loopback address") << QByteArray("127.0.0.2:4318") << false;
        QTest::newRow("network address") << QByteArray("192.168.1.5:4318") << false;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("bad port") << QByteArray("localhost:43x8") << false;
        QTest::newRow("huge port") << QByteArray("localhost:69854") << false;
        QTest::newRow("open bracket") << QByteArray("[::1:4318") << false;
        QTest::newRow("user in front") << QByteArray("localhost@evil.example:4318") << false;
    }

    void hosts()
    {
        QFETCH(QByteArray, host);
        QFETCH(bool, isAccepted);
        AccessPolicy policy({"build-box", "tunnel.example:8443"}, {}, {});
        policy.setPort(4318);
        QCOMPARE(policy.acceptsHost(host.toStdString()), isAccepted);
    }

    void addressesAreAcceptedOnlyWhenAsked()
    {
        AccessPolicy policy({}, {}, "token");
        policy.setPort(4318);
        QVERIFY(!policy.acceptsHost("192.168.1.5:4318"));
        policy.setAddressesAccepted(true);
        QVERIFY(policy.acceptsHost("192.168.1.5:4318"));
        QVERIFY(policy.acceptsHost("[fe80::1]:4318"));
        QVERIFY(!policy.acceptsHost("evil.example:4318"));
        QVERIFY(!policy.acceptsHost("[nonsense]:4318"));
    }

    void origins_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("normal");
        QTest::newRow("plain") << QByteArray("http://localhost:3000") << QByteArray("http://localhost:3000");
        QTest::newRow("slash") << QByteArray("http://localhost:3000/") << QByteArray("http://localhost:3000");
        QTest::newRow("letter case") << QByteArray("HTTPS://App.Example")
                                     << QByteArray("https://app.example");
        QTest::newRow("default port")
            << QByteArray("https://app.example:443") << QByteArray("https://app.example");
        QTest::newRow("IPv6") << QByteArray("http://[::1]:80") << QByteArray("http://[::1]");
        QTest::newRow("extension") << QByteArray("moz-extension://1b2c")
                                   << QByteArray("moz-extension://1b2c");
        QTest::newRow("null") << QByteArray("null") << QByteArray();
        QTest::newRow("wildcard") << QByteArray("http://*.example") << QByteArray();
        QTest::newRow("path") << QByteArray("http://localhost/app") << QByteArray();
        QTest::newRow("no scheme") << QByteArray("localhost:3000") << QByteArray();
        QTest::newRow("user") << QByteArray("http://a@b") << QByteArray();
        QTest::newRow("empty") << QByteArray() << QByteArray();
        QTest::newRow("no host") << QByteArray("http://:3000") << QByteArray();
    }

    void origins()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, normal);
        const auto result = normalizedOrigin(text.toStdString());
        QCOMPARE(result.has_value(), !normal.isEmpty());
        if (result)
            QCOMPARE(QByteArray::fromStdString(*result), normal);
    }

    void refusedOriginsAreOfferedAndAllowed()
    {
        AccessPolicy policy({}, {"http://localhost:8080"}, {});
        QVERIFY(policy.acceptsOrigin("http://localhost:8080"));
        QVERIFY(!policy.acceptsOrigin("http://localhost:3000"));
        policy.rememberRefused("http://localhost:3000", Instant{1});
        policy.rememberRefused("http://localhost:5173", Instant{2});
        policy.rememberRefused("http://localhost:3000", Instant{3});
        policy.rememberRefused("null", Instant{4});
        const auto refused = policy.refusedOrigins();
        QCOMPARE(refused.size(), std::size_t(2));
        QCOMPARE(refused[0].origin, std::string("http://localhost:3000"));
        QCOMPARE(refused[0].requests, std::uint64_t(2));
        QCOMPARE(refused[0].last.ns, std::int64_t(3));
        QVERIFY(policy.allowOrigin("http://localhost:3000/"));
        QVERIFY(policy.acceptsOrigin("http://LOCALHOST:3000"));
        QCOMPARE(policy.refusedOrigins().size(), std::size_t(1));
        QVERIFY(!policy.allowOrigin("null"));
        policy.disallowOrigin("http://localhost:3000");
        QVERIFY(!policy.acceptsOrigin("http://localhost:3000"));
    }

    void refusedOriginsAreBounded()
    {
        AccessPolicy policy({}, {}, {});
        for (int i = 0; i < 1000; ++i)
            policy.rememberRefused("http://host" + std::to_string(i), Instant{i});
        QCOMPARE(policy.refusedOrigins().size(), std::size_t(64));
        QCOMPARE(policy.refusedOrigins().front().origin, std::string("http://host999"));
    }

    void tokens()
    {
        const AccessPolicy open({}, {}, {});
        QVERIFY(!open.needsToken());
        QVERIFY(open.acceptsToken({}, {}));
        const AccessPolicy closed({}, {}, "s3cret");
        QVERIFY(closed.needsToken());
        QVERIFY(closed.acceptsToken("Bearer s3cret", {}));
        QVERIFY(closed.acceptsToken("bearer s3cret", {}));
        QVERIFY(closed.acceptsToken({}, "s3cret"));
        QVERIFY(!closed.acceptsToken({}, {}));
        QVERIFY(!closed.acceptsToken("Bearer ", {}));
        QVERIFY(!closed.acceptsToken("Bearer s3cre", "s3crets"));
        QVERIFY(!closed.acceptsToken("Basic s3cret", {}));
    }

    void hostAndPort_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("both") << QByteArray("127.0.0.1:4318") << QByteArray("127.0.0.1") << 4318;
        QTest::newRow("port") << QByteArray("0") << QByteArray("127.0.0.1") << 0;
        QTest::newRow("name") << QByteArray("localhost:1") << QByteArray("localhost") << 1;
        QTest::newRow("IPv6") << QByteArray("[::1]:65535") << QByteArray("::1") << 65535;
        QTest::newRow("bare IPv6") << QByteArray("::1:4318") << QByteArray() << -1;
        QTest::newRow("too large") << QByteArray("127.0.0.1:65536") << QByteArray() << -1;
        QTest::newRow("no port") << QByteArray("127.0.0.1") << QByteArray() << -1;
        QTest::newRow("no host") << QByteArray(":4318") << QByteArray() << -1;
        QTest::newRow("empty") << QByteArray() << QByteArray() << -1;
    }

    void hostAndPort()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, host);
        QFETCH(int, port);
        std::string gotHost;
        std::uint16_t gotPort = 0;
        QCOMPARE(parseHostAndPort(text.toStdString(), gotHost, gotPort), port >= 0);
        if (port >= 0) {
            QCOMPARE(QByteArray::fromStdString(gotHost), host);
            QCOMPARE(int(gotPort), port);
        }
    }
};

QTEST_APPLESS_MAIN(TestAccessPolicy)
#include "tst_accesspolicy.moc"
