// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/framereader.h"
#include "models/sources/file/requestfile.h"
#include "tests/support/compress.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace telltale;
using namespace telltale::test;

namespace {

std::string framed(std::string_view message)
{
    std::string frame;
    for (const int shift : {24, 16, 8, 0})
        frame += static_cast<char>(message.size() >> shift & 0xff);
    return frame.append(message);
}

} // namespace

class TestFrameReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messages()
    {
        const std::string large(300'000, 'x');
        const std::string bytes = framed("one") + framed("") + framed(zstandard(large)) + framed(large);
        for (const std::string &packed : {bytes, gzipped(bytes), zstandard(bytes)}) {
            FileReader file = open(packed);
            FrameReader frames(file);
            for (const std::string &expected : {std::string("one"), large, large}) {
                const auto message = frames.next();
                QVERIFY2(message, message ? "" : message.error().message.c_str());
                QVERIFY(*message && **message == expected);
            }
            const auto end = frames.next();
            QVERIFY(end && !*end);
        }
    }

    void problems_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, const std::string &bytes, Error::Code code) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << static_cast<int>(code);
        };
        row("cut length", std::string("\0\0", 2), Error::Code::InvalidArgument);
        row("cut message", framed("message").substr(0, 8), Error::Code::InvalidArgument);
        row("longer than the limit", framed(std::string(5'000, 'x')), Error::Code::TooLarge);
        row("unpacks to more", framed(zstandard(std::string(5'000, 'x'))), Error::Code::TooLarge);
        row("damaged", framed(zstandard("hello").substr(0, 9)), Error::Code::InvalidArgument);
    }
    void problems()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        FileReader file = open(bytes.toStdString());
        FrameReader frames(file, 1'000);
        const auto message = frames.next();
        QVERIFY(!message);
        QCOMPARE(static_cast<int>(message.error().code), code);
    }

    void toldApartByTheirFirstBytes()
    {
        QVERIFY(FrameReader::isFramed(framed("x")));
        QVERIFY(FrameReader::isFramed(framed(std::string(1'000'000, 'x'))));
        for (const char *text : {"", "{", "{\"a\":1}", "\n\n\n\n{}", "time,event", "\xef\xbb\xbf{}"})
            QVERIFY2(!FrameReader::isFramed(text), text);
    }

    /// As a Collector writes logs, spans and metrics into one folder: the records say what they are.
    void signalsOfMessages_data()
    {
        QTest::addColumn<QByteArray>("fixture");
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("logs") << QByteArray("10-bodies-edge-proto") << QByteArray("/v1/logs");
        QTest::newRow("logs with odd times") << QByteArray("11-timestamps-edge-proto") << QByteArray("/v1/logs");
        QTest::newRow("metrics") << QByteArray("24-collect-1-metrics-delta-proto") << QByteArray("/v1/metrics");
        QTest::newRow("metrics again") << QByteArray("26-collect-3-metrics-delta-proto") << QByteArray("/v1/metrics");
        QTest::newRow("spans") << QByteArray("28-limits-traces-proto-gzip") << QByteArray("/v1/traces");
    }
    void signalsOfMessages()
    {
        QFETCH(QByteArray, fixture);
        QFETCH(QByteArray, path);
        QFile body(QStringLiteral(TELLTALE_TEST_DATA "/fixtures/otlp-js/") + QString::fromLatin1(fixture) + QStringLiteral(".bin"));
        QVERIFY(body.open(QIODevice::ReadOnly));
        const std::string bytes = body.readAll().toStdString();
        FileReader reader = open(bytes); // gzip is unpacked on the way
        std::string message;
        while (reader.read(message).value_or(0) > 0) {
        }
        auto requests = RequestFile::open(write(framed(message)).toStdString());
        QVERIFY(requests);
        const auto request = requests->next();
        QVERIFY2(request, request ? "" : request.error().message.c_str());
        QVERIFY(*request);
        QCOMPARE((*request)->path, path.toStdString());
        QCOMPARE((*request)->contentType, std::string("application/x-protobuf"));
        QVERIFY((*request)->body == message);
    }

    void whatIsNoTelemetry()
    {
        for (const char *message : {"hello world", "{\"a\":1}", "\x0a\x00"}) {
            auto requests = RequestFile::open(write(framed(message)).toStdString());
            QVERIFY(requests);
            const auto request = requests->next();
            QVERIFY(!request);
            QVERIFY(request.error().code == Error::Code::Unsupported);
        }
    }

private:
    QString write(const std::string &bytes)
    {
        const QString path = m_folder.filePath(QStringLiteral("file%1").arg(++m_files));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(bytes)) < 0)
            qFatal("no room for a test file");
        return path;
    }
    FileReader open(const std::string &bytes)
    {
        auto reader = FileReader::open(write(bytes).toStdString());
        if (!reader)
            qFatal("%s", reader.error().message.c_str());
        return std::move(*reader);
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_GUILESS_MAIN(TestFrameReader)
#include "tst_framereader.moc"
