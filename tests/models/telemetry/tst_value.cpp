// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/recordbatch.h"
#include "models/telemetry/value.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace telltale;

class TestValue final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyValueRoundTrips_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("all kinds") << QByteArray(
            R"({"a":1,"b":-9223372036854775808,"c":1.5,"d":true,"e":null,"f":"x","g":[1,"2",[]],"h":{}})");
    }

    void anyValueRoundTrips()
    {
        const Value value(Value::Map{{"a", 1},
                                     {"b", std::numeric_limits<std::int64_t>::min()},
                                     {"c", 1.5},
                                     {"d", true},
                                     {"e", Value()},
                                     {"f", "x"},
                                     {"g", Value::Array{1, "2", Value::Array{}}},
                                     {"h", Value::Map{}}});
        const auto back = decodeAnyValue(encodeAnyValue(value));
        QVERIFY(back.has_value());
        QVERIFY(*back == value);
        QFETCH(QByteArray, json);
        QCOMPARE(QByteArray::fromStdString(toJson(*back)), json);
    }

    /// Lengths of one byte, two and three, inside each other, behind what is there already.
    void writtenPieceByPiece()
    {
        for (const std::size_t size : {0U, 1U, 100U, 120U, 127U, 128U, 200U, 16'383U, 16'384U, 70'000U}) {
            const std::string text(size, 'x');
            std::string bytes = "before";
            {
                AnyValueWriter writer(bytes);
                writer.map([&] {
                    writer.entry("list", [&] {
                        writer.array([&] {
                            writer.element([&] { writer.text(text); });
                            writer.element([&] { writer.integer(-7); });
                            writer.element([] {});
                        });
                    });
                    writer.entry(text, [&] { writer.number(1.5); });
                    writer.entry("is", [&] { writer.boolean(true); });
                });
            }
            QVERIFY(bytes.starts_with("before"));
            const auto read = decodeAnyValue(std::string_view(bytes).substr(6));
            QVERIFY(read);
            QVERIFY(*read == Value(Value::Map{{"list", Value(Value::Array{Value(text), Value(-7), Value()})}, {text, Value(1.5)}, {"is", Value(true)}}));
        }
    }

    /// What is expected of a length, right or wrong, changes no byte.
    void writtenAsExpectedOrNot()
    {
        for (const std::size_t size : {0U, 100U, 127U, 128U, 200U, 16'350U, 16'383U, 16'384U, 70'000U}) {
            const std::string text(size, 'x');
            const Value value(Value::Map{{"list", Value(Value::Array{Value(text), Value()})}, {"map", Value(Value::Map{{text, Value(true)}})}});
            std::string memory = "rubbish from before";
            for (const std::size_t expected : {std::size_t{0}, size, std::size_t{127}, std::size_t{128}, std::size_t{20'000}}) {
                AnyValueWriter writer(memory, AnyValueWriter::Use::Memory);
                const auto list = [&] {
                    writer.array(
                        [&] {
                            writer.element([&] { writer.text(text); }, expected);
                            writer.element([] {}, expected);
                        },
                        expected);
                };
                const auto map = [&] {
                    writer.map([&] { writer.entry(text, [&] { writer.boolean(true); }, expected); }, expected);
                };
                writer.map(
                    [&] {
                        writer.entry("list", list, expected);
                        writer.entry("map", map, expected);
                    },
                    expected);
                QVERIFY(writer.written() == encodeAnyValue(value));
            }
        }
    }

    void jsonOfOddValues()
    {
        QCOMPARE(toJson(Value(3.0)), std::string("3.0"));
        QCOMPARE(toJson(Value(1e300)), std::string("1e+300"));
        QCOMPARE(toJson(Value(std::nan(""))), std::string("\"NaN\""));
        QCOMPARE(toJson(Value(-std::numeric_limits<double>::infinity())), std::string("\"-Infinity\""));
        QCOMPARE(toJson(Value(Bytes{std::string("\x00\x01\x02\xfa\xfb\xff", 6)})),
                 std::string("\"AAEC+vv/\""));
        QCOMPARE(toJson(Value("a\"\n\x01\xff\xc3\xa4")),
                 std::string("\"a\\\"\\n\\u0001\xef\xbf\xbd\xc3\xa4\""));
    }

    void deepNestingIsRefusedNotWalked()
    {
        Value value;
        for (int i = 0; i < kMaximumValueDepth + 5; ++i)
            value = Value(Value::Array{value});
        const auto back = decodeAnyValue(encodeAnyValue(value));
        QVERIFY(!back);
        QCOMPARE(back.error().code, Error::Code::TooLarge);
    }

    void brokenBytesAreRefused()
    {
        QVERIFY(!decodeAnyValue("\x0a\x7f\x41"));
        QVERIFY(!decodeKeyValueList("\xff"));
        QVERIFY(decodeAnyValue("")->isNull());
    }

    void batchKeepsTypes()
    {
        RecordBatch batch;
        const Value nested(Value::Map{{"k", Value::Array{1, 2.5, "x"}}});
        Record record;
        record.attributes.begin = static_cast<std::uint32_t>(batch.attributes.size());
        batch.attributes.push_back(batch.makeAttribute("int", 7));
        batch.attributes.push_back(batch.makeAttribute("nested", nested));
        batch.attributes.push_back(batch.makeAttribute("text", ""));
        record.attributes.end = static_cast<std::uint32_t>(batch.attributes.size());
        batch.append(record);
        const auto attributes = batch.attributesOf(0);
        QCOMPARE(attributes.size(), std::size_t(3));
        QVERIFY(batch.valueOf(attributes[0]) == Value(7));
        QVERIFY(batch.valueOf(attributes[1]) == nested);
        QVERIFY(batch.valueOf(attributes[2]) == Value(""));
    }
};

QTEST_APPLESS_MAIN(TestValue)
#include "tst_value.moc"
