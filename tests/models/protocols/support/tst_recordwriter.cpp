// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/recordwriter.h"

#include <QTest>

using namespace telltale;

class TestRecordWriter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsAndOrigins()
    {
        RecordBatch batch;
        ProtocolReport report;
        RecordWriter writer(batch, report, Instant{42});
        OriginText origin;
        origin.product = "stride";
        writer.setOrigin(origin);
        RecordText record;
        record.kind = RecordKind::UsageEvent;
        record.feature = "Share";
        record.attributes = {{"km", Value(10.5)}, {"\x1f" "links", Value("x")}};
        writer.add(record);
        origin.release = "2";
        writer.setOrigin(origin);
        origin.release.clear();
        writer.setOrigin(origin);
        writer.add(record);
        QCOMPARE(batch.size(), std::size_t(2));
        QCOMPARE(batch.origins.size(), std::size_t(2));
        QCOMPARE(batch.origin[1], std::uint32_t(0));
        QCOMPARE(batch.times[0].ns, std::int64_t(42));
        QCOMPARE(batch.text(batch.attributesOf(0)[1].key), std::string_view("?links"));
        QCOMPARE(report.counters.value("otlp.attribute.reserved_key"), std::uint64_t(2));
    }

    void manyOriginsAreEachKeptOnce()
    {
        RecordBatch batch;
        ProtocolReport report;
        RecordWriter writer(batch, report, Instant{42});
        json::Document document;
        const auto root = document.parse(R"([{"a":1},{"a":2},{"\u001fx":true}])");
        QVERIFY(root);
        for (int round = 0; round < 3; ++round) {
            for (int release = 0; release < 50; ++release) {
                for (const json::Element attributes : json::items(*root)) {
                    OriginText origin;
                    origin.release = std::to_string(release);
                    origin.sent.addFields(attributes);
                    writer.setOrigin(origin);
                    writer.add({});
                }
            }
        }
        QCOMPARE(batch.origins.size(), std::size_t(150));
        QCOMPARE(batch.size(), std::size_t(450));
        for (std::size_t row = 0; row < batch.size(); ++row) {
            QCOMPARE(batch.origin[row], std::uint32_t(row % 150));
            QCOMPARE(batch.text(batch.origins[batch.origin[row]].release), std::string_view(std::to_string(row % 150 / 3)));
        }
        QCOMPARE(batch.attributes.size(), std::size_t(150)); // nothing is left behind by those that are known
        QCOMPARE(report.counters.value("otlp.attribute.reserved_key"), std::uint64_t(50));
    }

    void attributesOfTheLastRecord()
    {
        RecordBatch batch;
        ProtocolReport report;
        RecordWriter writer(batch, report, {});
        RecordText record;
        record.hasAttributesOfLast = true; // there is none
        record.attributes = {{"a", Value(1)}, {"b", Value("two")}};
        writer.add(record);
        record.attributes = {{"c", Value(3)}};
        writer.add(record);
        QCOMPARE(batch.attributesOf(0).size(), std::size_t(2));
        QCOMPARE(batch.attributesOf(1).size(), std::size_t(3));
        QVERIFY(batch.valueOf(batch.attributesOf(1)[1]) == Value("two"));
        QCOMPARE(batch.text(batch.attributesOf(1)[2].key), std::string_view("c"));
    }

    void textsAreViewsOrTheirOwn()
    {
        std::string kept = "seen";
        const Text view = Text::viewOf(kept);
        Text copy = view, own = std::string_view(kept);
        kept[0] = 'm';
        QCOMPARE(view.str(), std::string("meen"));
        QCOMPARE(copy.str(), std::string("meen"));
        QCOMPARE(own.str(), std::string("seen"));
        copy = own;
        own = Text::viewOf("b");
        QCOMPARE(copy.str(), std::string("seen"));
        QCOMPARE(own.str(), std::string("b"));
        copy.clear();
        QVERIFY(copy.empty() && copy == "");
    }

    /// What the record before had is only a guess: other keys, values and types in its place stay what they are.
    void likeTheRecordBefore()
    {
        json::Document first, second;
        const auto one = first.parse(R"({"a":"x","b":"1","c":{"d":1},"e":null,"f":true})");
        const auto two = second.parse(R"({"a":"x","b":1,"c":{"d":2},"g":"x","f":"true","h":"more"})");
        RecordBatch batch;
        ProtocolReport report;
        RecordWriter writer(batch, report, {});
        for (const json::Element object : {*one, *two, *one}) {
            OriginText origin;
            origin.product = Text::viewOf("p");
            origin.sent.addFieldsBut("a", object);
            writer.setOrigin(origin);
            RecordText record;
            record.name = Text::viewOf("n");
            record.sent.addFields(object);
            record.sent.addText("own", "x");
            writer.add(record);
        }
        QCOMPARE(batch.origins.size(), std::size_t(2));
        QCOMPARE(batch.origin[0], batch.origin[2]);
        const auto sentIn = [&](IndexRange range) {
            Value::Map map;
            for (const Attribute &attribute : batch.attributesIn(range))
                map.emplace_back(std::string(batch.text(attribute.key)), batch.valueOf(attribute));
            return toJson(Value(map));
        };
        QCOMPARE(sentIn(batch.attributeRanges[0]), R"({"a":"x","b":"1","c":{"d":1},"e":null,"f":true,"own":"x"})");
        QCOMPARE(sentIn(batch.attributeRanges[1]),
                 R"({"a":"x","b":1,"c":{"d":2},"g":"x","f":"true","h":"more","own":"x"})");
        QCOMPARE(sentIn(batch.attributeRanges[2]), sentIn(batch.attributeRanges[0]));
        QCOMPARE(sentIn(batch.origins[1].attributes), R"({"b":1,"c":{"d":2},"g":"x","f":"true","h":"more"})");
    }

    /// A key may be empty: the attribute is kept, and is not taken for all fields of its value.
    void emptyKey()
    {
        json::Document document;
        const auto root = document.parse(R"({"":{"a":1}})");
        RecordBatch batch;
        ProtocolReport report;
        RecordWriter writer(batch, report, {});
        RecordText record;
        record.sent.add("", json::field(*root, ""));
        record.sent.addFields(*root);
        writer.add(record);
        QCOMPARE(batch.attributesOf(0).size(), std::size_t(2));
        for (const Attribute &attribute : batch.attributesOf(0)) {
            QVERIFY(batch.text(attribute.key).empty());
            QCOMPARE(toJson(batch.valueOf(attribute)), R"({"a":1})");
        }
    }

    void messages()
    {
        RecordBatch batch;
        ProtocolReport report;
        RecordWriter writer(batch, report, {});
        for (const char *id : {"one", "two", "one", ""}) {
            writer.beginMessage({"project"}, id);
            writer.add({});
            writer.endMessage();
        }
        QCOMPARE(batch.messages.size(), std::size_t(3));
        QCOMPARE(batch.messages[0].high, batch.messages[2].high);
        QVERIFY(batch.messages[0].low != batch.messages[1].low);
        QCOMPARE(batch.messages[2].firstRow, std::uint32_t(2));
        batch.keepRows({true, false, false, true});
        QCOMPARE(batch.size(), std::size_t(2));
        QVERIFY(batch.messages.empty());
    }

    void ids()
    {
        QCOMPARE(traceIdOf("7cd159cf508d4381adf527daea07f5e2")[0], std::uint8_t(0x7c));
        QCOMPARE(traceIdOf("7cd159cf-508d-4381-adf5-27daea07f5e2")[15], std::uint8_t(0xe2));
        QVERIFY(traceIdOf("7cd159cf508d4381adf527daea07f5e") == TraceId{});
        QVERIFY(spanIdOf("xyz") == SpanId{});
    }

    void words()
    {
        QCOMPARE(int(severityOf("Warning")), 13);
        QCOMPARE(int(severityOf("fatal")), 21);
        QCOMPARE(int(severityOf("loud")), 0);
        QCOMPARE(typeAndMessageOf("SyncError: no net", "Error").first, std::string("SyncError"));
        QCOMPARE(typeAndMessageOf("SyncError: no net", "Error").second, std::string("no net"));
        QCOMPARE(typeAndMessageOf("it went wrong: badly", "Error").first, std::string("Error"));
    }
};

QTEST_GUILESS_MAIN(TestRecordWriter)
#include "tst_recordwriter.moc"
