// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/analytics/analytics.h"

#include <QTest>

using namespace telltale;

class TestAptabase final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void systemOfABrowser_data()
    {
        QTest::addColumn<QByteArray>("userAgent");
        QTest::addColumn<QByteArray>("os");
        QTest::newRow("Android is a Linux")
            << QByteArray("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile") << QByteArray("Android");
        QTest::newRow("named behind Linux") << QByteArray("Linux Android") << QByteArray("Android");
        QTest::newRow("a phone says like Mac OS X")
            << QByteArray("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1") << QByteArray("iOS");
        QTest::newRow("iPad") << QByteArray("Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X)") << QByteArray("iPadOS");
        QTest::newRow("Mac") << QByteArray("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)") << QByteArray("macOS");
        QTest::newRow("Windows") << QByteArray("Mozilla/5.0 (Windows NT 10.0; Win64; x64)") << QByteArray("Windows");
        QTest::newRow("ChromeOS") << QByteArray("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)") << QByteArray("ChromeOS");
        QTest::newRow("Linux, last word") << QByteArray("Not-A-Browser Linux") << QByteArray("Linux");
        QTest::newRow("cut off") << QByteArray("Mozilla/5.0 (Linu") << QByteArray();
        QTest::newRow("a Macintosh without its system") << QByteArray("Mozilla/5.0 (Macintosh; Mac OS ") << QByteArray();
        QTest::newRow("none") << QByteArray() << QByteArray();
    }
    void systemOfABrowser()
    {
        QFETCH(QByteArray, userAgent);
        QFETCH(QByteArray, os);
        ProtocolRequest request;
        request.method = "POST";
        request.path = "/api/v0/event";
        request.userAgent = {userAgent.constData(), static_cast<std::size_t>(userAgent.size())};
        request.body = R"({"eventName":"opened","systemProps":{"sdkVersion":"web@1.2"}})";
        RecordBatch batch;
        ProtocolReport report;
        QVERIFY(decodeAptabase(request, batch, report));
        QCOMPARE(batch.size(), std::size_t(1));
        QCOMPARE(QByteArray::fromStdString(std::string(batch.text(batch.origins[batch.origin[0]].os))), os);
    }
};

QTEST_APPLESS_MAIN(TestAptabase)
#include "tst_aptabase.moc"
