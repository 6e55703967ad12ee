// SPDX-License-Identifier: GPL-3.0-or-later
#include "decodehelp.h"

#include "models/telemetry/value.h"

#include <QTest>

#include <protozero/pbf_writer.hpp>

#include <random>

using namespace telltale;
using namespace telltale::test;

namespace {

QStringList otlpFixtureNames()
{
    QStringList names;
    for (const QString &name : httpFixtureNames(
             {QStringLiteral("otlp-js"), QStringLiteral("crafted"), QStringLiteral("browser")})) {
        const Fixture fixture = loadFixture(name);
        const bool isOtlp = fixture.method == "POST" && fixture.path.startsWith("/v1/") &&
                            (fixture.isJson() || fixture.header("content-type") == "application/x-protobuf");
        if (isOtlp && fixture.body())
            names.append(name);
    }
    return names;
}

/// Whatever came in: an answer, and a batch that can be walked when it was accepted.
bool isSound(const Decoded &decoded)
{
    if (decoded.error)
        return !decoded.error->message.empty();
    const RecordBatch &batch = decoded.batch;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (describe(batch, row).isEmpty())
            return false;
    }
    for (const Attribute &attribute : batch.attributes) {
        if (attribute.refersToTable() && attribute.text() > batch.strings.size())
            return false;
        if (attribute.type == AttributeType::Structured && batch.valueOf(attribute).isNull())
            return false; // what was kept can be read back
    }
    return true;
}

std::string message(protozero::pbf_tag_type tag, const std::string &inner)
{
    std::string out;
    protozero::pbf_writer(out).add_message(tag, inner);
    return out;
}

/// A request with one log record of these bytes.
std::string logRequest(const std::string &record)
{
    return message(1, message(2, message(2, record)));
}

std::string jsonLogRequest(const std::string &record)
{
    return "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + record + "]}]}]}";
}

/// Arrays in arrays, around a text. Built from the inside: each level only puts bytes in front.
std::string nestedProtobuf(int levels)
{
    std::string reversed; // the headers, innermost first
    std::size_t size = 3;
    const auto prepend = [&](char tag) {
        std::string header(1, tag);
        for (std::size_t rest = size;; rest >>= 7) {
            header += static_cast<char>((rest & 0x7fU) | (rest > 0x7f ? 0x80U : 0U));
            if (rest <= 0x7f)
                break;
        }
        size += header.size();
        reversed.append(header.rbegin(), header.rend());
    };
    for (int i = 0; i < levels; ++i) {
        prepend(0x0a); // ArrayValue.values
        prepend(0x2a); // AnyValue.array_value
    }
    return std::string(reversed.rbegin(), reversed.rend()) + std::string("\x0a\x01x", 3);
}

std::string repeated(std::string_view text, int count)
{
    std::string out;
    out.reserve(text.size() * static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        out += text;
    return out;
}

std::string nestedJson(int levels)
{
    return repeated("{\"arrayValue\":{\"values\":[", levels) + "{\"stringValue\":\"x\"}" +
           repeated("]}}", levels);
}

int depthOf(const Value &value)
{
    const auto *array = value.as<Value::Array>();
    return array && !array->empty() ? 1 + depthOf(array->front()) : 0;
}

} // namespace

/// Bytes that nobody honest sends.
class TestOtlpHostile final : public QObject
{
    Q_OBJECT

private:
    static void fixtureColumn()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : otlpFixtureNames())
            QTest::newRow(qPrintable(name)) << name;
    }

private Q_SLOTS:
    void truncated_data() { fixtureColumn(); }
    void truncated()
    {
        QFETCH(QString, name);
        const Fixture fixture = loadFixture(name);
        const std::string body = *fixture.body();
        // Every length of short bodies, some 400 of long ones.
        const std::size_t step = std::max<std::size_t>(1, body.size() / 400);
        for (std::size_t size = 0; size < body.size(); size += step) {
            const Decoded decoded =
                decode(signalOf(fixture), encodingOf(fixture), std::string_view(body).substr(0, size));
            QVERIFY2(isSound(decoded), qPrintable(QString::number(size)));
            if (fixture.isJson()) // a JSON document has no end but its own
                QVERIFY2(decoded.error, qPrintable(QString::number(size)));
        }
    }

    void flipped_data() { fixtureColumn(); }
    void flipped()
    {
        QFETCH(QString, name);
        const Fixture fixture = loadFixture(name);
        const std::string body = *fixture.body();
        if (body.empty())
            return;
        std::mt19937 random(20261122);
        const int rounds = body.size() > 50'000 ? 20 : 150;
        for (int round = 0; round < rounds; ++round) {
            std::string broken = body;
            for (int flips = 1 + static_cast<int>(random() % 8); flips > 0; --flips)
                broken[random() % broken.size()] ^= static_cast<char>(1U << (random() % 8));
            for (const OtlpSignal signal : {OtlpSignal::Logs, OtlpSignal::Traces, OtlpSignal::Metrics})
                QVERIFY2(isSound(decode(signal, encodingOf(fixture), broken)),
                         qPrintable(QString::number(round)));
        }
    }

    void rubbish()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 2'000; ++round) {
            std::string bytes;
            for (auto size = random() % 200; size > 0; --size)
                bytes += static_cast<char>(random());
            for (const OtlpSignal signal : {OtlpSignal::Logs, OtlpSignal::Traces, OtlpSignal::Metrics}) {
                QVERIFY(isSound(decode(signal, OtlpEncoding::Protobuf, bytes)));
                QVERIFY(isSound(decode(signal, OtlpEncoding::Json, "{\"resourceLogs\":" + bytes)));
            }
        }
    }

    void deepValuesAreCut_data()
    {
        QTest::addColumn<int>("levels");
        QTest::addColumn<int>("kept");
        QTest::newRow("one") << 1 << 1;
        QTest::newRow("border") << 64 << 64;
        QTest::newRow("one more") << 65 << 64; // the innermost array is cut
        QTest::newRow("100") << 100 << 64;
        QTest::newRow("100000") << 100'000 << 64;
    }
    void deepValuesAreCut()
    {
        QFETCH(int, levels);
        QFETCH(int, kept);
        const std::string protobuf = logRequest(message(5, nestedProtobuf(levels)));
        const std::string json =
            jsonLogRequest("{\"body\":" + nestedJson(levels) + ",\"eventName\":\"after\"}");
        for (const Decoded &decoded : {decode(OtlpSignal::Logs, OtlpEncoding::Protobuf, protobuf),
                                       decode(OtlpSignal::Logs, OtlpEncoding::Json, json)}) {
            QVERIFY2(!decoded.error, decoded.error ? decoded.error->message.c_str() : "");
            QCOMPARE(decoded.batch.size(), std::size_t{1});
            const Value body = valueOf(decoded.batch, 0, fieldkey::kBody);
            QCOMPARE(depthOf(body), kept);
            QCOMPARE(decoded.counter("otlp.depth.exceeded"), levels > 64 ? 1U : 0U);
        }
        QVERIFY(decode(OtlpSignal::Logs, OtlpEncoding::Json, json).batch.names[0] != kNoString);
    }

    void deepJsonAnywhereElseIsSkipped()
    {
        const std::string arrays = repeated("[", 100'000) + repeated("]", 100'000);
        const Decoded decoded = decode(OtlpSignal::Logs, OtlpEncoding::Json,
                                       jsonLogRequest("{\"unknown\":" + arrays + ",\"eventName\":\"e\"}"));
        QVERIFY(!decoded.error);
        QCOMPARE(decoded.batch.size(), std::size_t{1});
        QVERIFY(decode(OtlpSignal::Logs, OtlpEncoding::Json, arrays).error);
        QVERIFY(decode(OtlpSignal::Logs, OtlpEncoding::Json, repeated("{\"a\":", 100'000)).error);
    }

    void deepEventsOfSpansAreCut()
    {
        const std::string json = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"s\","
                                 "\"events\":[{\"name\":\"exception\",\"attributes\":"
                                 "[{\"key\":\"k\",\"value\":" +
                                 nestedJson(100) + "}]}]}]}]}]}";
        const Decoded decoded = decode(OtlpSignal::Traces, OtlpEncoding::Json, json);
        QVERIFY(!decoded.error);
        QCOMPARE(decoded.counter("otlp.depth.exceeded"), 1U);
        QVERIFY(!valueOf(decoded.batch, 0, fieldkey::kEvents).isNull());
    }

    void requestsThatUnfoldAreRefused()
    {
        // Two bytes each: empty data points, which are hundreds of bytes in memory.
        std::string gauge;
        for (std::size_t i = 0; i < 1'500'000; ++i)
            gauge += std::string("\x0a\x00", 2);
        const Decoded metrics = decode(OtlpSignal::Metrics, OtlpEncoding::Protobuf,
                                       message(1, message(2, message(2, message(5, gauge)))));
        QVERIFY(metrics.error);
        QCOMPARE(metrics.error->code, Error::Code::TooLarge);
        QCOMPARE(metrics.counter("otlp.request.too_large"), 1U);
        // As many buckets as bytes.
        const std::string histogram =
            message(10, message(1, message(8, message(2, std::string(5'000'000, '\x01')))));
        QCOMPARE(
            decode(OtlpSignal::Metrics, OtlpEncoding::Protobuf, message(1, message(2, message(2, histogram))))
                .error->code,
            Error::Code::TooLarge);
        const std::string logs = message(1, message(2, gauge));
        QVERIFY(isSound(decode(OtlpSignal::Logs, OtlpEncoding::Protobuf, logs)));
    }

    void claimedLengthsAreNotBelieved()
    {
        // A record that says it is 4 GiB long.
        for (const char *bytes :
             {"\x0a\xff\xff\xff\xff\x0f", "\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "\x0a\x80"}) {
            const Decoded decoded = decode(OtlpSignal::Logs, OtlpEncoding::Protobuf, bytes);
            QVERIFY(decoded.error);
            QCOMPARE(decoded.error->code, Error::Code::InvalidArgument);
        }
    }

    void histogramsWhoseBucketsDoNotFit()
    {
        const auto point = [](const char *fields) {
            return "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"histogram\":{"
                   "\"dataPoints\":[{\"count\":3,\"sum\":1," +
                   std::string(fields) + "}]}}]}]}]}";
        };
        for (const char *fields :
             {"\"bucketCounts\":[1,2],\"explicitBounds\":[1,2]",
              "\"bucketCounts\":[1,1,1],\"explicitBounds\":[2,1]", "\"explicitBounds\":[1]",
              "\"bucketCounts\":[1,1,1],\"explicitBounds\":[1,\"NaN\"]"}) {
            const Decoded decoded = decode(OtlpSignal::Metrics, OtlpEncoding::Json, point(fields));
            QVERIFY(!decoded.error);
            QCOMPARE(decoded.counter("otlp.metric.invalid_buckets"), 1U);
            QCOMPARE(decoded.batch.metrics[0].count, 3U);
            QVERIFY(decoded.batch.metrics[0].bucketCounts.empty());
            QVERIFY(decoded.batch.metrics[0].explicitBounds.empty());
        }
        QCOMPARE(decode(OtlpSignal::Metrics, OtlpEncoding::Json, point("\"flags\":0"))
                     .counter("otlp.metric.invalid_buckets"),
                 0U);
    }
};

QTEST_APPLESS_MAIN(TestOtlpHostile)
#include "tst_otlphostile.moc"
