// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/mqtt/mqttdecoder.h"

#include "models/protocols/mqtt/mqttmapping.h"
#include "models/protocols/mqtt/mqttmessage.h"
#include "models/telemetry/filterfields.h"

#include <QTest>

using namespace telltale;

namespace {

constexpr Instant kArrival = Instant::fromSeconds(1'795'161'606);

/// What messages become, a line a record: "metric_point plant/t = 21.5 Cel [plant] k=v".
class Decoded
{
public:
    explicit Decoded(std::initializer_list<MqttMessage> messages, std::string_view mapping = {})
    {
        MqttBody body(mapping);
        for (const MqttMessage &message : messages)
            body.add(message);
        decode(body.text());
    }
    explicit Decoded(std::string_view body) { decode(body); }

    QByteArrayList lines() const
    {
        QByteArrayList all;
        for (std::size_t row = 0; row < batch.size(); ++row)
            all += line(row);
        return all;
    }

    RecordBatch batch;
    ProtocolReport report;
    std::optional<Error> error;

private:
    void decode(std::string_view body)
    {
        ProtocolRequest request;
        request.path = kMqttPath;
        request.body = body;
        request.arrival = kArrival;
        if (const auto reply = decodeMqtt(request, batch, report); !reply)
            error = reply.error();
    }
    QByteArray text(StringId id) const { return QByteArray::fromStdString(std::string(batch.text(id))); }
    QByteArray line(std::size_t row) const
    {
        const Record record = batch.at(row);
        const Origin &origin = batch.origins[record.origin];
        QByteArray line =
            QByteArray::fromStdString(std::string(recordKindName(record.kind))) + ' ' + text(record.name);
        if (record.kind == RecordKind::MetricPoint) {
            const MetricDetail &metric = batch.metrics[record.detail];
            line += " = " + QByteArray::number(metric.value) +
                    (metric.unit == kNoString ? QByteArray() : QByteArray(" " + text(metric.unit)));
        }
        if (record.kind == RecordKind::Error)
            line += text(batch.errors[record.detail].type) + ": " + text(batch.errors[record.detail].message);
        line += " [" + text(origin.product) +
                (origin.device == kNoString ? QByteArray() : QByteArray("/" + text(origin.device))) + "]";
        if (record.feature != kNoString && record.feature != record.name)
            line += " feature " + text(record.feature);
        if (record.user != kNoString)
            line += " user " + text(record.user);
        if (record.time != kArrival)
            line += " at " + QByteArray::number(qlonglong(record.time.ns / 1'000'000'000));
        for (const Attribute &attribute : batch.attributesOf(row)) {
            const QByteArray key = text(attribute.key) == QByteArray("\x1f"
                                                                     "body")
                                       ? QByteArray("body")
                                       : text(attribute.key);
            line += " " + key + "=" + QByteArray::fromStdString(toDisplayText(batch.valueOf(attribute)));
        }
        return line;
    }
};

/// With double quotes; moc takes a # in a raw string for a directive.
QByteArray quoted(QByteArray text)
{
    return text.replace('\'', '"');
}

MqttMessage message(std::string_view topic, std::string_view payload)
{
    return {{}, topic, payload, false};
}

} // namespace

/// Messages of MQTT by the default and by mappings.
class TestMqttDecoder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void byDefault_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QByteArrayList>("records");
        QTest::newRow("number") << QByteArray("21.5")
                                << QByteArrayList{"metric_point plant/a = 21.5 [plant]"};
        QTest::newRow("number with blanks")
            << QByteArray(" -3\n") << QByteArrayList{"metric_point plant/a = -3 [plant]"};
        QTest::newRow("true") << QByteArray("true") << QByteArrayList{"metric_point plant/a = 1 [plant]"};
        QTest::newRow("text") << QByteArray("ON")
                              << QByteArrayList{"log  [plant] mqtt.topic=plant/a body=ON"};
        QTest::newRow("numbers of an object")
            << QByteArray(R"({"t":21.5,"battery":{"level":80,"ok":false},"rssi":[-60,-61],"none":null})")
            << QByteArrayList{
                   "metric_point plant/a/t = 21.5 [plant]", "metric_point plant/a/battery/level = 80 [plant]",
                   "metric_point plant/a/battery/ok = 0 [plant]", "metric_point plant/a/rssi/0 = -60 [plant]",
                   "metric_point plant/a/rssi/1 = -61 [plant]"};
        QTest::newRow("with a time") << QByteArray(R"({"t":1,"ts":1763625600})")
                                     << QByteArrayList{"metric_point plant/a/t = 1 [plant] at 1763625600"};
        QTest::newRow("texts alone") << QByteArray(R"({"state":"ON"})")
                                     << QByteArrayList{
                                            R"(log  [plant] mqtt.topic=plant/a body={"state":"ON"})"};
        QTest::newRow("a text of digits in an object is a text")
            << QByteArray(R"({"id":"42"})")
            << QByteArrayList{R"(log  [plant] mqtt.topic=plant/a body={"id":"42"})"};
        QTest::newRow("event") << QByteArray(R"({"event":"pressed","user":"u1","button":3})")
                               << QByteArrayList{
                                      "usage_event pressed [plant] user u1 button=3 mqtt.topic=plant/a"};
        QTest::newRow("name and product") << QByteArray(R"({"name":"started","product":"mill"})")
                                          << QByteArrayList{"usage_event started [mill] mqtt.topic=plant/a"};
        QTest::newRow("metric") << QByteArray(R"({"metric":"rpm","value":900,"unit":"1/min"})")
                                << QByteArrayList{"metric_point rpm = 900 1/min [plant] mqtt.topic=plant/a"};
        QTest::newRow("error") << QByteArray(R"({"error":{"type":"Jam","message":"belt 2"}})")
                               << QByteArrayList{"error Jam: belt 2 [plant] mqtt.topic=plant/a"};
        QTest::newRow("null") << QByteArray("null") << QByteArrayList{"log  [plant] mqtt.topic=plant/a"};
    }
    void byDefault()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QByteArrayList, records);
        const Decoded decoded(
            {message("plant/a", std::string_view(payload.constData(), std::size_t(payload.size())))});
        QVERIFY(!decoded.error);
        QCOMPARE(decoded.lines(), records);
        QCOMPARE(decoded.report.rejected, 0U);
    }

    void leftOut_data()
    {
        QTest::addColumn<QByteArray>("topic");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QByteArray>("counter");
        QTest::addColumn<bool>("isRejected");
        QTest::newRow("nothing") << QByteArray("a") << QByteArray("") << QByteArray("mqtt.payload.empty")
                                 << false;
        QTest::newRow("blanks") << QByteArray("a") << QByteArray("  \n") << QByteArray("mqtt.payload.empty")
                                << false;
        QTest::newRow("bytes") << QByteArray("a") << QByteArray("\xff\xfe\x01")
                               << QByteArray("mqtt.payload.binary") << true;
        QTest::newRow("a zero") << QByteArray("a") << QByteArray("a\0b", 3)
                                << QByteArray("mqtt.payload.binary") << true;
        QTest::newRow("broken JSON") << QByteArray("a") << QByteArray("{\"t\":")
                                     << QByteArray("mqtt.json.malformed") << true;
        QTest::newRow("deep JSON") << QByteArray("a") << QByteArray(100, '[') + QByteArray(100, ']')
                                   << QByteArray("mqtt.json.malformed") << true;
        QTest::newRow("large") << QByteArray("a") << QByteArray(1024 * 1024 + 1, '1')
                               << QByteArray("mqtt.payload.too_large") << true;
        QTest::newRow("no topic") << QByteArray("") << QByteArray("1") << QByteArray("mqtt.topic.invalid")
                                  << true;
        QTest::newRow("a topic of bytes")
            << QByteArray("a/\xff") << QByteArray("1") << QByteArray("mqtt.topic.invalid") << true;
    }
    void leftOut()
    {
        QFETCH(QByteArray, topic);
        QFETCH(QByteArray, payload);
        QFETCH(QByteArray, counter);
        QFETCH(bool, isRejected);
        const Decoded decoded({message("good", "1"), message(topic.toStdString(), payload.toStdString()),
                               message("good", "2")});
        QVERIFY(!decoded.error);
        QCOMPARE(decoded.batch.size(), 2U);
        QCOMPARE(decoded.report.counters.value(counter.toStdString()), 1U);
        QCOMPARE(decoded.report.rejected, isRejected ? 1U : 0U);
    }

    void textsBesideNumbersAreCounted()
    {
        const Decoded decoded({message("a", R"({"t":1,"state":"ON","mode":"auto"})")});
        QCOMPARE(decoded.batch.size(), 1U);
        QCOMPARE(decoded.report.counters.value("mqtt.text.unmapped"), 2U);
    }

    void noMoreThanAThousandNumbers()
    {
        std::string payload = "[0";
        for (int i = 1; i < 1'005; ++i)
            payload += "," + std::to_string(i);
        const Decoded decoded({message("a", payload + "]")});
        QCOMPARE(decoded.batch.size(), 1'000U);
        QCOMPARE(decoded.report.counters.value("mqtt.numbers.too_many"), 5U);
    }

    void byMapping_data()
    {
        QTest::addColumn<QByteArray>("rules");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QByteArrayList>("records");
        QTest::addColumn<QByteArray>("counter");
        const QByteArray climate =
            R"({"topic":"plant/{product}/{device}/climate","time":"/ts","attributes":{"room":"/place/room"},)"
            R"("metrics":[{"metric":"temperature","value":"/t","unit":"Cel"},{"metric":"humidity","value":"/rh"}]})";
        QTest::newRow("metrics") << climate
                                 << QByteArray(
                                        R"({"t":21.5,"rh":40,"ts":1763625600,"place":{"room":"hall"}})")
                                 << QByteArrayList{"metric_point temperature = 21.5 Cel [north/s1] at "
                                                   "1763625600 mqtt.topic=plant/north/s1/climate room=hall",
                                                   "metric_point humidity = 40 [north/s1] at 1763625600 "
                                                   "mqtt.topic=plant/north/s1/climate room=hall"}
                                 << QByteArray();
        QTest::newRow("one is missing, so is the time")
            << climate << QByteArray(R"({"rh":40})")
            << QByteArrayList{"metric_point humidity = 40 [north/s1] mqtt.topic=plant/north/s1/climate"}
            << QByteArray("mqtt.time.missing");
        QTest::newRow("all are missing") << climate << QByteArray(R"({"x":40,"ts":1763625600})")
                                         << QByteArrayList() << QByteArray("mqtt.value.missing");
        QTest::newRow("event")
            << QByteArray(
                   R"({"topic":"plant/+/{who}/climate","event":"/type","user":"/who/id","feature":"{who}.button","attributes":"/props"})")
            << QByteArray(R"({"type":"pressed","who":{"id":7},"props":{"n":1,"far":true}})")
            << QByteArrayList{"usage_event pressed [plant] feature s1.button user 7 "
                              "mqtt.topic=plant/north/s1/climate who=s1 n=1 far=true"}
            << QByteArray();
        QTest::newRow("event by its topic")
            << quoted("{'topic':'{environment}/+/{event}/#'}") << QByteArray(R"({"n":1})")
            << QByteArrayList{"usage_event s1 [plant] mqtt.topic=plant/north/s1/climate"} << QByteArray();
        QTest::newRow("constant event")
            << quoted("{'topic':'#','event':'tick','product':'clock'}") << QByteArray("1")
            << QByteArrayList{"usage_event tick [clock] mqtt.topic=plant/north/s1/climate"} << QByteArray();
        QTest::newRow("the payload itself")
            << quoted("{'topic':'plant/#','metric':'t.{x}','value':''}") << QByteArray("3")
            << QByteArrayList{"metric_point t.{x} = 3 [plant] mqtt.topic=plant/north/s1/climate"}
            << QByteArray();
        QTest::newRow("a number as a text")
            << quoted("{'topic':'plant/#','metric':'t','value':'/v'}") << QByteArray(R"({"v":"1.5"})")
            << QByteArrayList{"metric_point t = 1.5 [plant] mqtt.topic=plant/north/s1/climate"}
            << QByteArray();
        QTest::newRow("who sends, nothing else")
            << QByteArray(R"({"topic":"{product}/+/{device}/climate"})") << QByteArray("3")
            << QByteArrayList{"metric_point plant/north/s1/climate = 3 [plant/s1] "
                              "mqtt.topic=plant/north/s1/climate"}
            << QByteArray();
        QTest::newRow("ignored") << quoted("{'topic':'plant/#','ignore':true}") << QByteArray("3")
                                 << QByteArrayList() << QByteArray("mqtt.ignored");
        QTest::newRow("the first rule holds")
            << quoted("{'topic':'plant/north/#','event':'first'},{'topic':'#','event':'second'}")
            << QByteArray("3")
            << QByteArrayList{"usage_event first [plant] mqtt.topic=plant/north/s1/climate"} << QByteArray();
        QTest::newRow("another topic")
            << QByteArray(R"({"topic":"plant/north/s1","event":"x"})") << QByteArray("3")
            << QByteArrayList{"metric_point plant/north/s1/climate = 3 [plant]"} << QByteArray();
    }
    void byMapping()
    {
        QFETCH(QByteArray, rules);
        QFETCH(QByteArray, payload);
        QFETCH(QByteArrayList, records);
        QFETCH(QByteArray, counter);
        const Decoded decoded({message("plant/north/s1/climate", payload.toStdString())},
                              ("{\"topics\":[" + rules.toStdString() + "]}"));
        QVERIFY2(!decoded.error, decoded.error ? decoded.error->message.c_str() : "");
        QCOMPARE(decoded.lines(), records);
        if (!counter.isEmpty())
            QCOMPARE(decoded.report.counters.value(counter.toStdString()), 1U);
        else
            QVERIFY(decoded.report.counters.isEmpty());
    }

    void refusedMappings_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no JSON") << QByteArray("{") << QByteArray("not JSON");
        QTest::newRow("no topics") << QByteArray("{}") << QByteArray("list of rules in 'topics'");
        QTest::newRow("no topic") << QByteArray(R"({"topics":[{"event":"x"}]})") << QByteArray("Rule 1");
        QTest::newRow("the second rule")
            << QByteArray(R"({"topics":[{"topic":"a"},{"topic":""}]})") << QByteArray("Rule 2");
        QTest::newRow("# inside") << quoted("{'topics':[{'topic':'a/#/b'}]}") << QByteArray("# stands alone");
        QTest::newRow("half a +") << QByteArray(R"({"topics":[{"topic":"a+/b"}]})")
                                  << QByteArray("+ stands for a whole level");
        QTest::newRow("half a name") << QByteArray(R"({"topics":[{"topic":"a{b}/c"}]})")
                                     << QByteArray("{name} stands for a whole level");
        QTest::newRow("unknown key") << QByteArray(R"({"topics":[{"topic":"a","colour":"red"}]})")
                                     << QByteArray("'colour' is not known");
        QTest::newRow("value without a name")
            << QByteArray(R"({"topics":[{"topic":"a","value":"/v"}]})") << QByteArray("'metric' is a text");
        QTest::newRow("value that is none")
            << QByteArray(R"({"topics":[{"topic":"a","metric":"m","value":"v"}]})")
            << QByteArray("'value' is a JSON pointer");
        QTest::newRow("number") << QByteArray(R"({"topics":[{"topic":"a","event":1}]})")
                                << QByteArray("'event' is a text");
    }
    void refusedMappings()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, says);
        const auto mapping = MqttMapping::parse(text.toStdString());
        QVERIFY(!mapping);
        QVERIFY2(QByteArray::fromStdString(mapping.error().message).contains(says),
                 mapping.error().message.c_str());
        const Decoded decoded({message("a", "1")}, text.toStdString());
        QVERIFY(decoded.error);
        QCOMPARE(decoded.report.counters.value("mqtt.mapping.invalid"), 1U);
    }

    void patterns_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("topic");
        QTest::addColumn<bool>("matches");
        QTest::newRow("equal") << QByteArray("a/b") << QByteArray("a/b") << true;
        QTest::newRow("shorter") << QByteArray("a/b") << QByteArray("a") << false;
        QTest::newRow("longer") << QByteArray("a/b") << QByteArray("a/b/c") << false;
        QTest::newRow("plus") << QByteArray("a/+/c") << QByteArray("a/b/c") << true;
        QTest::newRow("plus, an empty level") << QByteArray("a/+") << QByteArray("a/") << true;
        QTest::newRow("plus, no level") << QByteArray("a/+") << QByteArray("a") << false;
        QTest::newRow("hash") << QByteArray("a/#") << QByteArray("a/b/c") << true;
        QTest::newRow("hash, the parent itself")
            << QByteArray("a/#") << QByteArray("a") << true; // as MQTT has it
        QTest::newRow("hash, another") << QByteArray("a/#") << QByteArray("b/c") << false;
        QTest::newRow("everything") << QByteArray("#") << QByteArray("a") << true;
        QTest::newRow("leading slash") << QByteArray("/a") << QByteArray("/a") << true;
    }
    void patterns()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, topic);
        QFETCH(bool, matches);
        const auto parsed = TopicPattern::parse(pattern.toStdString());
        QVERIFY(parsed);
        TopicLevels levels;
        QCOMPARE(parsed->matches(topic.toStdString(), levels), matches);
    }

    void messagesAreRecognised()
    {
        const MqttMessage first{"id-1", "a", "1", false}, none{{}, "a", "2", false},
            second{"id-2", "a", "{\"x\":1,\"y\":2}", true};
        const Decoded decoded({first, none, second});
        QCOMPARE(decoded.batch.messages.size(), 2U);
        QCOMPARE(decoded.batch.messages[1].firstRow, 2U);
        QCOMPARE(decoded.batch.messages[1].endRow, 4U);
        const Decoded again({first});
        QCOMPARE(again.batch.messages[0].high, decoded.batch.messages[0].high);
        QVERIFY(decoded.batch.messages[0].high != decoded.batch.messages[1].high);
        QVERIFY(decoded.lines().last().contains("mqtt.retained=true"));
    }

    void brokenBodies()
    {
        MqttBody body("");
        body.add(message("a", "1"));
        for (std::size_t size = 0; size < body.text().size(); ++size) {
            const Decoded decoded(std::string_view(body.text()).substr(0, size));
            if (size == 4) // a mapping and no message
                QVERIFY(!decoded.error);
            else
                QVERIFY2(decoded.error && decoded.report.counters.value("mqtt.malformed") == 1,
                         std::to_string(size).c_str());
        }
        QVERIFY(Decoded(std::string_view("\xff\xff\xff\xff", 4)).error);
    }
};

QTEST_GUILESS_MAIN(TestMqttDecoder)
#include "tst_mqttdecoder.moc"
