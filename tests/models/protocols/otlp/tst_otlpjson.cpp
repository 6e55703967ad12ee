// SPDX-License-Identifier: GPL-3.0-or-later
#include "decodehelp.h"

#include <QTest>

#include <cmath>

using namespace telltale;
using namespace telltale::test;

// The class stands first because moc stumbles over raw strings.

/// What the JSON encoding allows, and what SDKs make of it.
class TestOtlpJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void malformed_data();
    void malformed();
    void harmless_data();
    void harmless();
    void theOrderOfKeysDoesNotMatter();
    void idsInAnyCaseAndInvalidOnes();
    void enumsByNumberAndName();
    void timesByNumberAndText();
    void spanWithEverything();
    void numbersOfPoints();
};

namespace {

Decoded decodeRecord(const std::string &record)
{
    return decode(OtlpSignal::Logs, OtlpEncoding::Json,
                  "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + record + "]}]}]}");
}

Decoded decodeSpan(const std::string &span)
{
    return decode(OtlpSignal::Traces, OtlpEncoding::Json,
                  "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + span + "]}]}]}");
}

} // namespace

void TestOtlpJson::values_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("kept"); // as JSON, with a letter for the type
    QTest::addColumn<int>("invalid");
    const auto row = [](const char *name, const char *sent, const char *kept, int invalid = 0) {
        QTest::newRow(name) << QByteArray(sent) << QByteArray(kept) << invalid;
    };
    row("text", R"({"stringValue":"a"})", R"(4 "a")");
    row("empty text", R"({"stringValue":""})", R"(4 "")");
    row("escapes", R"({"stringValue":"\"\\\/\b\f\n\r\té"})", "4 \"\\\"\\\\/\\u0008\\u000c\\n\\r\\té\"");
    row("surrogates", R"({"stringValue":"\ud83c\udfc3"})", "4 \"🏃\"");
    row("lone high surrogate", R"({"stringValue":"a\ud83cb"})",
        "4 \"a\xef\xbf\xbd"
        "b\"");
    row("lone low surrogate", R"({"stringValue":"\udfc3"})", "4 \"\xef\xbf\xbd\"");
    row("two high surrogates", R"({"stringValue":"\ud83c\ud83c\udfc3"})", "4 \"\xef\xbf\xbd🏃\"");
    row("int as number", R"({"intValue":42})", "2 42");
    row("int as text", R"({"intValue":"42"})", "2 42");
    row("negative", R"({"intValue":"-7"})", "2 -7");
    row("beyond 2^53", R"({"intValue":9007199254740993})", "2 9007199254740993");
    row("largest", R"({"intValue":"9223372036854775807"})", "2 9223372036854775807");
    row("smallest", R"({"intValue":-9223372036854775808})", "2 -9223372036854775808");
    row("int beyond 64 bits", R"({"intValue":9223372036854775808})", "3 9223372036854775808.0");
    row("int with exponent", R"({"intValue":1e3})", "2 1000");
    row("int 1e300", R"({"intValue":1e+300})", "3 1e+300");
    row("int with fraction", R"({"intValue":1.5})", "3 1.5");
    row("int of 400 digits", ("{\"intValue\":" + std::string(400, '9') + "}").c_str(), "0 null", 1);
    row("int of letters", R"({"intValue":"x"})", "0 null", 1);
    row("int of an object", R"({"intValue":{}})", "0 null", 1);
    row("double", R"({"doubleValue":1.5})", "3 1.5");
    row("whole double", R"({"doubleValue":3})", "3 3.0");
    row("double null", R"({"doubleValue":null})", "0 null");
    row("NaN", R"({"doubleValue":"NaN"})", "3 \"NaN\"");
    row("infinite", R"({"doubleValue":"-Infinity"})", "3 \"-Infinity\"");
    row("double as text", R"({"doubleValue":"2.5"})", "3 2.5");
    row("bool", R"({"boolValue":true})", "1 true");
    row("bool false", R"({"boolValue":false})", "1 false");
    row("bool as text", R"({"boolValue":"true"})", "1 true");
    row("bytes", R"({"bytesValue":"AAEC+v8="})", R"(5 "AAEC+v8=")");
    row("bytes url-safe", R"({"bytesValue":"AAEC-v8"})", R"(5 "AAEC+v8=")");
    row("empty bytes", R"({"bytesValue":""})", R"(5 "")");
    row("bytes that are none", R"({"bytesValue":"a!"})", "0 null", 1);
    row("array", R"({"arrayValue":{"values":[{"intValue":1},{},null,{"stringValue":"x"}]}})",
        R"(6 [1,null,null,"x"])");
    row("empty array", R"({"arrayValue":{}})", "6 []");
    row("null array", R"({"arrayValue":{"values":null}})", "6 []");
    row("map", R"({"kvlistValue":{"values":[{"value":{"intValue":1},"key":"a"},{"key":"b"}]}})",
        R"(6 {"a":1,"b":null})");
    row("empty map", R"({"kvlistValue":{"values":[]}})", "6 {}");
    row("nothing", "{}", "0 null");
    row("null", "null", "0 null");
    row("unknown kind", R"({"futureValue":1})", "0 null");
    row("no object", "17", "0 null", 1);
    row("wrong type", R"({"stringValue":17})", "0 null", 1);
}
void TestOtlpJson::values()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, kept);
    QFETCH(int, invalid);
    for (const std::string &pair : {R"({"key":"k","value":)" + sent.toStdString() + "}",
                                    R"({"value":)" + sent.toStdString() + R"(,"key":"k"})"}) {
        const Decoded decoded = decodeRecord("{\"attributes\":[" + pair + "],\"eventName\":\"e\"}");
        QVERIFY2(!decoded.error, decoded.error ? decoded.error->message.c_str() : "");
        const Attribute attribute = decoded.batch.attributesOf(0)[0];
        QVERIFY(decoded.batch.text(attribute.key) == "k");
        const std::string value =
            std::to_string(static_cast<int>(attribute.type)) + ' ' + toJson(decoded.batch.valueOf(attribute));
        QCOMPARE(QByteArray::fromStdString(value), kept);
        QCOMPARE(decoded.counter("otlp.attribute.invalid"), static_cast<std::uint64_t>(invalid));
    }
}

void TestOtlpJson::malformed_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body :
         {"",
          " ",
          "null",
          "17",
          "\"x\"",
          "[]",
          "{",
          "}",
          "{\"resourceLogs\":",
          "{\"resourceLogs\":[}",
          "{\"resourceLogs\":{}}",
          "{\"resourceLogs\":17}",
          "{\"resourceLogs\":[17]}",
          "{\"resourceLogs\":[{\"scopeLogs\":{}}]}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[17]}]}]}",
          "{}x",
          "{}{}",
          "{\"resourceLogs\":[]}]",
          "{\"resourceLogs\":nul}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"eventName\":\"\\x\"}]}]}]}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":12a}]}]}]}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"eventName\":x\"e\"}]}]}]}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"eventName\":erue}]}]}]}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"eventName\"}]}]}]}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"eventName\":}]}]}]}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{},]}]}]}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{}{}]}]}]}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"attributes\":[{\"key\":\"a\"]}]}]}]}",
          "{\"resourceLogs\":[],\"unknown\":[[}",
          "{\"resourceLogs\":[{\"scopeLogs\":[}",
          "{\"a\":\"\xff\"}"})
        QTest::newRow(body) << QByteArray(body);
}
void TestOtlpJson::malformed()
{
    QFETCH(QByteArray, body);
    const Decoded decoded = decode(OtlpSignal::Logs, OtlpEncoding::Json, body.toStdString());
    QVERIFY(decoded.error);
    QCOMPARE(decoded.error->code, Error::Code::InvalidArgument);
    QCOMPARE(decoded.counter("otlp.json.malformed"), 1U);
}

void TestOtlpJson::harmless_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body :
         {"{}", " { } \n", "\xef\xbb\xbf{}", "{\"resourceLogs\":null}", "{\"resourceLogs\":[]}",
          "{\"resourceLogs\":[null,{}]}", "{\"resourceLogs\":[{\"resource\":null,\"scopeLogs\":null}]}",
          "{\"resourceSpans\":[1]}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"scope\":null,\"logRecords\":[null]}]}]}"})
        QTest::newRow(body) << QByteArray(body);
}
void TestOtlpJson::harmless()
{
    QFETCH(QByteArray, body);
    const Decoded decoded = decode(OtlpSignal::Logs, OtlpEncoding::Json, body.toStdString());
    QVERIFY2(!decoded.error, decoded.error ? decoded.error->message.c_str() : "");
    QVERIFY(decoded.batch.isEmpty());
}

void TestOtlpJson::theOrderOfKeysDoesNotMatter()
{
    const Decoded decoded = decode(
        OtlpSignal::Logs, OtlpEncoding::Json,
        R"({"resourceLogs":[{"schemaUrl":"r","scopeLogs":[{"schemaUrl":"s","logRecords":[{"eventName":"e"}],"scope":{"name":"n"}},{"logRecords":[{"eventName":"f"}]}],)"
        R"("resource":{"attributes":[{"key":"service.name","value":{"stringValue":"p"}}],"droppedAttributesCount":2}},{"scopeLogs":[{"scope":{"name":"m"},"logRecords":[{}],"schemaUrl":"late"}],"schemaUrl":"later"}]})");
    QVERIFY(!decoded.error);
    QCOMPARE(decoded.batch.size(), std::size_t{3});
    const auto text = [&](StringId id) {
        return QByteArray::fromStdString(std::string(decoded.batch.text(id)));
    };
    const auto origin = [&](std::size_t row) { return decoded.batch.origins.at(decoded.batch.origin[row]); };
    QCOMPARE(text(origin(0).product), QByteArray("p"));
    QCOMPARE(text(origin(0).scopeName), QByteArray("n"));
    QCOMPARE(text(origin(0).schemaUrl), QByteArray("s"));
    QCOMPARE(text(origin(1).product), QByteArray("p"));
    QCOMPARE(origin(1).scopeName, kNoString);
    QCOMPARE(text(origin(1).schemaUrl), QByteArray("r"));
    QCOMPARE(origin(2).product, kNoString);
    QCOMPARE(text(origin(2).schemaUrl), QByteArray("late"));
    QVERIFY(describe(decoded.batch, 1).contains(QStringLiteral("schema_url=\"r\"")));
    QVERIFY(describe(decoded.batch, 2).contains(QStringLiteral("schema_url=\"later\"")));
    QVERIFY(describe(decoded.batch, 0).contains(QStringLiteral("dropped_attributes=2")));
}

void TestOtlpJson::idsInAnyCaseAndInvalidOnes()
{
    const auto record = [](const char *trace, const char *span) {
        return decodeRecord(std::string("{\"traceId\":\"") + trace + "\",\"spanId\":\"" + span + "\"}");
    };
    const Decoded upper = record("5B8EFFF798038103D269B633813FC60C", "EEE19B7EC3C1B174");
    const Decoded lower = record("5b8efff798038103d269b633813fc60c", "eee19b7ec3c1b174");
    QCOMPARE(upper.batch.traces.at(0), lower.batch.traces.at(0));
    QCOMPARE(upper.batch.traces[0].traceId[0], std::uint8_t{0x5b});
    QCOMPARE(upper.counter("otlp.trace_id.invalid"), 0U);
    for (const char *broken :
         {"5B8E", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "00000000000000000000000000000000"}) {
        const Decoded decoded = record(broken, "");
        QVERIFY(!decoded.error);
        QCOMPARE(decoded.batch.trace[0], kNoIndex);
        QCOMPARE(decoded.counter("otlp.trace_id.invalid"), 1U);
    }
}

void TestOtlpJson::enumsByNumberAndName()
{
    QCOMPARE(decodeRecord(R"({"severityNumber":"SEVERITY_NUMBER_ERROR2"})").batch.severities[0],
             std::uint8_t{18});
    QCOMPARE(decodeRecord(R"({"severityNumber":"WARN"})").batch.severities[0], std::uint8_t{13});
    QCOMPARE(decodeRecord(R"({"severityNumber":"9"})").batch.severities[0], std::uint8_t{9});
    QCOMPARE(decodeRecord(R"({"severityNumber":99})").batch.severities[0], std::uint8_t{0});
    const Decoded span = decodeSpan(R"({"kind":"SPAN_KIND_CLIENT","status":{"code":"STATUS_CODE_ERROR"}})");
    QCOMPARE(span.batch.spans.at(0).kind, SpanKind::Client);
    QCOMPARE(span.batch.spans.at(0).status, SpanStatus::Error);
}

void TestOtlpJson::timesByNumberAndText()
{
    const auto time = [](const char *text) {
        return decodeRecord(std::string("{\"timeUnixNano\":") + text + "}");
    };
    QCOMPARE(time("\"1763625600000000001\"").batch.times[0].ns, 1'763'625'600'000'000'001);
    QCOMPARE(time("1763625600000000001").batch.times[0].ns, 1'763'625'600'000'000'001);
    QCOMPARE(time("1.7636256e18").batch.times[0].ns, 1'763'625'600'000'000'000);
    QCOMPARE(time("\"18446744073709551615\"").batch.times[0], Instant::max());
    QCOMPARE(time("1e300").batch.times[0], Instant::max());
    for (const char *none : {"null", "0", "\"0\"", "\"\"", "-5", "\"yesterday\"", "{}", "\"NaN\""})
        QCOMPARE(time(none).batch.times[0], kFixtureArrival);
    QCOMPARE(time("\"yesterday\"").counter("otlp.field.invalid"), 1U);
    QCOMPARE(time("null").counter("otlp.field.invalid"), 0U);
}

void TestOtlpJson::spanWithEverything()
{
    const Decoded decoded = decodeSpan(
        R"({"name":"op","traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","parentSpanId":"0000000000000000","flags":257,)"
        R"("startTimeUnixNano":"10","endTimeUnixNano":"5","droppedEventsCount":1,"droppedLinksCount":2,"droppedAttributesCount":3,)"
        R"("events":[{"name":"exception","timeUnixNano":"7","droppedAttributesCount":4,"attributes":[{"key":"exception.type","value":{"stringValue":"T"}},)"
        R"({"key":"exception.escaped","value":{"boolValue":true}}]},{"name":"lap"}],"links":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","flags":1}]})");
    QVERIFY(!decoded.error);
    QCOMPARE(decoded.batch.size(), std::size_t{2});
    QCOMPARE(decoded.batch.durations[0], std::int64_t{0});
    QCOMPARE(decoded.counter("otlp.span.negative_duration"), 1U);
    QCOMPARE(decoded.counter("otlp.trace_id.invalid"), 0U);
    QCOMPARE(decoded.batch.spans[0].parentSpanId, SpanId{});
    const auto number = [&](std::string_view key) { return valueOf(decoded.batch, 0, key); };
    QCOMPARE(number(fieldkey::kFlags), Value(257));
    QCOMPARE(number(fieldkey::kDroppedEvents), Value(1));
    QCOMPARE(number(fieldkey::kDroppedLinks), Value(2));
    QCOMPARE(number(fieldkey::kDropped), Value(3));
    QCOMPARE(number(fieldkey::kEvents).as<Value::Array>()->size(), std::size_t{2});
    const Record error = decoded.batch.at(1);
    QCOMPARE(error.kind, RecordKind::Error);
    QCOMPARE(error.time.ns, 7);
    QVERIFY(decoded.batch.errors.at(error.detail).isUnhandled);
    QCOMPARE(valueOf(decoded.batch, 1, fieldkey::kDropped), Value(4));
}

void TestOtlpJson::numbersOfPoints()
{
    const auto point = [](const char *fields) {
        return decode(
            OtlpSignal::Metrics, OtlpEncoding::Json,
            "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"gauge\":{\"dataPoints\":[{" +
                std::string(fields) +
                "}]},\"name\":\"m\",\"metadata\":[{\"key\":\"a\",\"value\":{\"intValue\":1}}]}]}]}]}");
    };
    const Decoded integer = point("\"asInt\":\"9007199254740993\"");
    QVERIFY(integer.batch.metrics[0].isInteger);
    QCOMPARE(integer.batch.metrics[0].integer, std::int64_t{9007199254740993});
    QVERIFY(integer.batch.text(integer.batch.names[0]) == "m"); // though the name came last
    QVERIFY(!valueOf(integer.batch, 0, fieldkey::kMetadata).isNull());
    QVERIFY(std::isnan(point("\"asDouble\":\"NaN\"").batch.metrics[0].value));
    QVERIFY(!point("\"asDouble\":null").batch.metrics[0].hasValue);
    QVERIFY(!point("\"asDouble\":1,\"flags\":1").batch.metrics[0].hasValue);
    QVERIFY(!point("").batch.metrics[0].hasValue);
    QVERIFY(point("\"asDouble\":0").batch.metrics[0].hasValue);
    QCOMPARE(
        decode(
            OtlpSignal::Metrics, OtlpEncoding::Json,
            R"({"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"a"},{"name":"b","gauge":{}},{"name":"c","sum":null}]}]}]})")
            .counter("otlp.metric.no_data"),
        3U);
}

QTEST_APPLESS_MAIN(TestOtlpJson)
#include "tst_otlpjson.moc"
