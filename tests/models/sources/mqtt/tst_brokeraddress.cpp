// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/mqtt/brokeraddress.h"

#include <QTest>

using namespace telltale;

class TestBrokerAddress final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("what"); ///< place filter user password qos client ca
        QTest::newRow("host alone") << QByteArray("mqtt://broker")
                                    << QByteArray("mqtt://broker:1883 # '' '' 1 '' ''");
        QTest::newRow("port") << QByteArray("mqtt://broker:1884/")
                              << QByteArray("mqtt://broker:1884 # '' '' 1 '' ''");
        QTest::newRow("topic") << QByteArray("mqtt://broker/plant/+/climate")
                               << QByteArray("mqtt://broker:1883 plant/+/climate '' '' 1 '' ''");
        QTest::newRow("all below") << QByteArray("mqtt://broker/plant/#?qos=0")
                                   << QByteArray("mqtt://broker:1883 plant/# '' '' 0 '' ''");
        QTest::newRow("encrypted") << QByteArray("mqtts://broker/a?ca=/etc/x.pem")
                                   << QByteArray("mqtts://broker:8883 a '' '' 1 '' '/etc/x.pem'");
        QTest::newRow("who") << QByteArray("mqtt://ann:p%40ss:w%2Ford@broker/a")
                             << QByteArray("mqtt://broker:1883 a 'ann' 'p@ss:w/ord' 1 '' ''");
        QTest::newRow("an @ in the password") << QByteArray("mqtt://ann:p@ss@broker/a")
                                              << QByteArray("mqtt://broker:1883 a 'ann' 'p@ss' 1 '' ''");
        QTest::newRow("IPv6") << QByteArray("mqtt://[::1]:1885/a")
                              << QByteArray("mqtt://[::1]:1885 a '' '' 1 '' ''");
        QTest::newRow("client") << QByteArray("mqtt://broker/a?client=me&qos=1")
                                << QByteArray("mqtt://broker:1883 a '' '' 1 'me' ''");
        QTest::newRow("system topics")
            << QByteArray("mqtt://broker/$SYS/#") << QByteArray("mqtt://broker:1883 $SYS/# '' '' 1 '' ''");
        QTest::newRow("escaped topic")
            << QByteArray("mqtt://broker/a%3Fb") << QByteArray("mqtt://broker:1883 a?b '' '' 1 '' ''");
        QTest::newRow("leading slash")
            << QByteArray("mqtt://broker//a") << QByteArray("mqtt://broker:1883 /a '' '' 1 '' ''");
    }
    void reads()
    {
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, what);
        const auto read = parseBrokerAddress(url.toStdString());
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        const std::string text = read->place() + " " + read->filters.front() + " '" + read->user + "' '" +
                                 read->password + "' " + std::to_string(read->qos) + " '" + read->client +
                                 "' '" + read->certificates + "'";
        QCOMPARE(QByteArray::fromStdString(text), what);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("nothing") << QByteArray("") << QByteArray("mqtt://HOST");
        QTest::newRow("another scheme") << QByteArray("http://broker") << QByteArray("mqtt://HOST");
        QTest::newRow("no host") << QByteArray("mqtt:///a") << QByteArray("host is missing");
        QTest::newRow("port 0") << QByteArray("mqtt://broker:0") << QByteArray("the port is no number");
        QTest::newRow("no port") << QByteArray("mqtt://broker:") << QByteArray("the port is no number");
        QTest::newRow("large port") << QByteArray("mqtt://broker:70000")
                                    << QByteArray("the port is no number");
        QTest::newRow("open bracket") << QByteArray("mqtt://[::1/a") << QByteArray("] of the address");
        QTest::newRow("# inside") << QByteArray("mqtt://broker/#/a") << QByteArray("no filter");
        QTest::newRow("half a +") << QByteArray("mqtt://broker/a+/b") << QByteArray("no filter");
        QTest::newRow("bad escape") << QByteArray("mqtt://broker/a%2") << QByteArray("no filter");
        QTest::newRow("zero byte") << QByteArray("mqtt://broker/a%00") << QByteArray("no filter");
        QTest::newRow("qos 2") << QByteArray("mqtt://broker/a?qos=2") << QByteArray("qos is 0 or 1");
        QTest::newRow("empty client")
            << QByteArray("mqtt://broker/a?client=") << QByteArray("client is a name");
        QTest::newRow("ca without TLS") << QByteArray("mqtt://broker/a?ca=/x") << QByteArray("for mqtts");
        QTest::newRow("unknown") << QByteArray("mqtt://broker/a?colour=red")
                                 << QByteArray("'colour' is not known");
        QTest::newRow("bad password")
            << QByteArray("mqtt://ann:50%@broker/a") << QByteArray("user or password");
    }
    void refuses()
    {
        QFETCH(QByteArray, url);
        QFETCH(QByteArray, says);
        const auto read = parseBrokerAddress(url.toStdString());
        QVERIFY(!read);
        QVERIFY2(QByteArray::fromStdString(read.error().message).contains(says),
                 read.error().message.c_str());
    }

    void tellsNoPassword()
    {
        const auto read = parseBrokerAddress("mqtt://ann:geheim@broker/a?qos=7");
        QVERIFY(!read);
        QVERIFY(read.error().message.find("geheim") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestBrokerAddress)
#include "tst_brokeraddress.moc"
