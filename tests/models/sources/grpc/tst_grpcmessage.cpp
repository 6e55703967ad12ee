// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/grpc/grpcmessage.h"

#include <QTest>

using namespace telltale;

class TestGrpcMessage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void paths()
    {
        QCOMPARE(httpPathOf("/opentelemetry.proto.collector.logs.v1.LogsService/Export"), std::string_view("/v1/logs"));
        QCOMPARE(httpPathOf("/opentelemetry.proto.collector.trace.v1.TraceService/Export"),
                 std::string_view("/v1/traces"));
        QVERIFY(httpPathOf("/v1/logs").empty());
        QVERIFY(httpPathOf("/opentelemetry.proto.collector.logs.v1.LogsService/Import").empty());
    }

    void framing()
    {
        const std::string written = writeGrpcMessage("hello");
        QCOMPARE(written, std::string("\0\0\0\0\5hello", 10));
        const auto read = readGrpcMessage(written);
        QVERIFY(read && !read->isCompressed);
        QCOMPARE(read->bytes, std::string_view("hello"));
        QVERIFY(!readGrpcMessage(""));
        QVERIFY(!readGrpcMessage(written.substr(0, 9)));
        QVERIFY(!readGrpcMessage(written + written));
        std::string odd = written;
        odd[0] = 2;
        QVERIFY(!readGrpcMessage(odd));
    }

    void messages()
    {
        QCOMPARE(encodedGrpcMessage("100 % über"), std::string("100 %25 %C3%BCber"));
        QCOMPARE(encodedGrpcMessage(std::string(5'000, 'a')).size(), std::size_t(1'024));
        QCOMPARE(messageOfStatus(std::string("\x08\x03\x12\x02no", 6)), std::string("no"));
        QCOMPARE(messageOfStatus("\xff\xff"), std::string());
        QCOMPARE(int(grpcCodeOf(503)), 14);
    }
};

QTEST_GUILESS_MAIN(TestGrpcMessage)
#include "tst_grpcmessage.moc"
