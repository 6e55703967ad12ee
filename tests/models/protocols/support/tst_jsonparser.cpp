// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/jsonparser.h"

#include "models/protocols/support/jsontree.h"
#include "support/mutation.h"

#include <QTest>

#include <simdjson.h>

#include <bit>
#include <random>

using namespace telltale;
using namespace telltale::test;

namespace {

/// A letter for each kind, texts and numbers in full, doubles by their bits.
void describe(std::string &out, json::Element element)
{
    using json::Kind;
    switch (element.kind()) {
    case Kind::Null:
        out += 'n';
        break;
    case Kind::True:
        out += 't';
        break;
    case Kind::False:
        out += 'f';
        break;
    case Kind::Integer:
        out += 'i' + std::to_string(element.integer());
        break;
    case Kind::Unsigned:
        out += 'u' + std::to_string(element.natural());
        break;
    case Kind::Real:
        out += 'd' + std::to_string(std::bit_cast<std::uint64_t>(element.real()));
        break;
    case Kind::Text:
        out.append("s").append(element.text());
        break;
    case Kind::Array:
        out += '[' + std::to_string(element.size());
        for (const json::Element each : element.items())
            describe(out, each);
        out += ']';
        break;
    case Kind::Object:
        out += '{' + std::to_string(element.size());
        for (const auto &[key, value] : element.members()) {
            out.append("k").append(key);
            describe(out, value);
        }
        out += '}';
        break;
    }
    out += ' ';
}

void describe(std::string &out, simdjson::dom::element element)
{
    using simdjson::dom::element_type;
    switch (element.type()) {
    case element_type::NULL_VALUE:
        out += 'n';
        break;
    case element_type::BOOL:
        out += element.get_bool().value() ? 't' : 'f';
        break;
    case element_type::INT64:
        out += 'i' + std::to_string(element.get_int64().value());
        break;
    case element_type::UINT64:
        out += 'u' + std::to_string(element.get_uint64().value());
        break;
    case element_type::DOUBLE:
        out += 'd' + std::to_string(std::bit_cast<std::uint64_t>(element.get_double().value()));
        break;
    case element_type::STRING:
        out.append("s").append(element.get_string().value());
        break;
    case element_type::ARRAY: {
        const simdjson::dom::array array = element;
        out += '[' + std::to_string(array.size());
        for (const simdjson::dom::element each : array)
            describe(out, each);
        out += ']';
        break;
    }
    case element_type::OBJECT: {
        const simdjson::dom::object object = element;
        out += '{' + std::to_string(object.size());
        for (const auto &[key, value] : object) {
            out.append("k").append(key);
            describe(out, value);
        }
        out += '}';
        break;
    }
    }
    out += ' ';
}

std::string ours(json::Parser &parser, std::string_view text)
{
    // Of its own and as large as it is: reading one byte further is seen by the address sanitizer.
    const std::vector<char> exact(text.begin(), text.end());
    const json::Node *const root = parser.parse({exact.data(), exact.size()});
    if (!root)
        return "wrong";
    std::string out;
    describe(out, json::Element(root));
    return out;
}

std::string theirs(std::string_view text)
{
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    const simdjson::padded_string padded(text);
    if (parser.allocate(std::max<std::size_t>(text.size(), 64), kMaximumValueDepth) || parser.parse(padded).get(root))
        return "wrong";
    std::string out;
    describe(out, root);
    return out;
}

/// simdjson refuses lone surrogates, or lets them through.
bool hasSurrogate(const std::string &text)
{
    return text.find("\\ud") != std::string::npos || text.find("\\uD") != std::string::npos;
}

/// What is changed. Behind the class, because moc stumbles over its raw strings.
std::vector<std::string> texts();

} // namespace

/// Held against simdjson's own tree.
class TestJsonParser final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void alike_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"",           " ",          "{}",        "[]",        "{",        "}",         "[",           "]",         "[]]",
              "[[]",        "[}",         "{]",        "{}{}",      "[] []",    "1 2",       "\"a\"\"b\"",  "[1,]",      "[,1]",
              "[1 2]",      "{\"a\":}",   "{\"a\"}",   "{\"a\":1,}", "{,}",     "{1:2}",     "{\"a\" 1}",   "{\"a\"::1}", "[\"a\":1]",
              "tru",        "true",       "truex",     "nulll",     "nul",      "[true]",    "[truefalse]", "[nul]",     "fals e",
              "\"",         "\"a",        "\"\\\"",    "[\"\\x\"]", "[\"\\u12\"]", "[\"\\u12g4\"]", "[\"\t\"]", "[\"\x01\"]", "[\"\xff\"]",
              "\xef\xbb\xbf", "[\\]",     "[1\\]",     "[1\"a\"]",  "[\"a\"1]", "[\"a\"x]",  "{\"a\":{}",   "[[[[[[[]",  "{\"a\":[}",
              "[{}",        "\t[\n]\r ",  "[1]x",      "[a]",       "'a'",      "[\"a\" , \"b\"]", ":",     ",",         "[\"\xc3\xa9\"]"})
            QTest::newRow(text) << QByteArray(text);
        QTest::newRow("a zero byte") << QByteArray("[1\0]", 4);
    }
    void alike()
    {
        QFETCH(QByteArray, text);
        json::Parser parser;
        QCOMPARE(ours(parser, text.toStdString()), theirs(text.toStdString()));
    }

    void depth()
    {
        json::Parser parser;
        for (int levels = 60; levels < 70; ++levels) {
            for (const char *inside : {"", "1", "[]", "{}"}) {
                const auto count = static_cast<std::size_t>(levels);
                const std::string text = std::string(count, '[') + inside + std::string(count, ']');
                QCOMPARE(ours(parser, text), theirs(text));
            }
        }
        QCOMPARE(ours(parser, std::string(200'000, '[')), std::string("wrong"));
        QCOMPARE(ours(parser, std::string(200'000, '[') + std::string(200'000, ']')), std::string("wrong"));
    }

    /// What comes out of changed texts is the same, too: refused by both, or the same tree.
    void mutated()
    {
        json::Parser parser;
        Mutation mutation(7);
        const std::vector<std::string> unchanged = texts();
        int accepted = 0;
        for (int i = 0; i < 40'000; ++i) {
            const std::string text = mutation.of(unchanged[static_cast<std::size_t>(i) % unchanged.size()]);
            if (hasSurrogate(text))
                continue;
            const std::string expected = theirs(text);
            accepted += expected != "wrong";
            if (const std::string found = ours(parser, text); found != expected)
                QFAIL(qPrintable(QStringLiteral("%1\n%2\n%3").arg(QString::fromStdString(text), QString::fromStdString(found),
                                                                   QString::fromStdString(expected))));
        }
        QVERIFY(accepted > 1'000);
    }

    void numbers_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"0", "-0", "00", "01", "-01", "-", "+1", ".5", "1.", "1.e5", "1e", "1e+", "1e5", "1E+5", "1e-5", "-1.5e-300", "1e400",
              "-1e400", "1e-400", "-1e-400", "0e400", "0.0e-400", "0.000e999999999999999999999", "1e999999999999999999999",
              "1e-999999999999999999999", "123456789012345678", "1234567890123456789", "12345678901234567890",
              "18446744073709551615", "18446744073709551616", "99999999999999999999", "-9223372036854775808",
              "-9223372036854775809", "9007199254740993.0", "0.1234567890123456789012345", "1e22", "1e23", "1.5e22", "123e-25",
              "8.98846567431158e307", "1.7976931348623158e308", "1.7976931348623159e308", "2.2250738585072011e-308",
              "4.9406564584124654e-324", "2.4703282292062327e-324", "0.00000000000000000000000000000000000001e-300",
              "100000000000000000000000000000000000000e300", "1 2", "1a", "0x10", "1_000", "--1", "1-1", "NaN", "Infinity"})
            QTest::newRow(text) << QByteArray(text);
    }
    void numbers()
    {
        QFETCH(QByteArray, text);
        json::Parser parser;
        for (const std::string &form : {text.toStdString(), "[" + text.toStdString() + "]", "{\"a\": " + text.toStdString() + " }"})
            QCOMPARE(ours(parser, form), theirs(form));
    }

    void randomNumbers()
    {
        std::mt19937 random(3);
        json::Parser parser;
        constexpr std::string_view kCharacters = "0123456789012345678901234567890123456789--+..eE";
        for (int i = 0; i < 40'000; ++i) {
            std::string text = "[";
            for (auto size = 1 + random() % 30; size > 0; --size)
                text += kCharacters[random() % kCharacters.size()];
            text += ']';
            const std::string found = ours(parser, text), expected = theirs(text);
            if (found != expected)
                QFAIL(qPrintable(QString::fromStdString(text + ' ' + found + ' ' + expected)));
        }
        // Those that are numbers, of every size.
        for (int i = 0; i < 40'000; ++i) {
            const auto bits = std::uint64_t{random()} << 32U | random();
            std::array<char, 64> room;
            const int size = std::snprintf(room.data(), room.size(), "[%.*g,%llu.%u]", 1 + static_cast<int>(random() % 19),
                                           std::bit_cast<double>(bits), static_cast<unsigned long long>(bits >> (random() % 64)),
                                           static_cast<unsigned>(random() % 1'000'000));
            const std::string_view text(room.data(), static_cast<std::size_t>(size));
            QCOMPARE(ours(parser, text), theirs(text));
        }
    }

    void loneSurrogates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray replaced("\xef\xbf\xbd");
        QTest::newRow("a pair") << QByteArray(R"("\ud83d\ude00")") << QByteArray("\xf0\x9f\x98\x80");
        QTest::newRow("the last pair") << QByteArray(R"("\uDBFF\uDFFF")") << QByteArray("\xf4\x8f\xbf\xbf");
        QTest::newRow("the first one alone") << QByteArray(R"("a\ud83db")") << QByteArray("a") + replaced + "b";
        QTest::newRow("at the end") << QByteArray(R"("\ud83d")") << replaced;
        QTest::newRow("the second one alone") << QByteArray(R"("\ude00x")") << replaced + "x";
        QTest::newRow("two first ones") << QByteArray(R"("\ud83d\ud83d\ude00")") << replaced + "\xf0\x9f\x98\x80";
        QTest::newRow("before another escape") << QByteArray(R"("\ud83d\n")") << replaced + "\n";
        QTest::newRow("before a letter's") << QByteArray(R"("\ud83d\u0041")") << replaced + "A";
    }
    void loneSurrogates()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        json::Parser parser;
        const std::string text8 = text.toStdString();
        const json::Node *const root = parser.parse(text8);
        QVERIFY(root);
        QCOMPARE(QByteArray::fromStdString(std::string(json::Element(root).text())), expected);
    }
    void brokenSurrogate()
    {
        json::Parser parser;
        QVERIFY(!parser.parse(R"("\ud83d\u12")"));
        QVERIFY(!parser.parse(R"("\ud8")"));
    }

    /// Texts stand where they stood; only those with escapes are written anew.
    void textsAreViews()
    {
        json::Parser parser;
        const std::string text = R"(["plain","\tescaped","plain again",{"key":"\\"}])";
        const json::Node *const root = parser.parse(text);
        QVERIFY(root);
        const auto isInside = [&](const json::Element &element) {
            return element.text().data() >= text.data() && element.text().data() < text.data() + text.size();
        };
        const json::Element list(root);
        QVERIFY(isInside(*json::item(list, 0)));
        QVERIFY(!isInside(*json::item(list, 1)));
        QVERIFY(isInside(*json::item(list, 2)));
        QCOMPARE(json::item(list, 1)->text(), std::string_view("\tescaped"));
        QCOMPARE(json::field(*json::item(list, 3), "key")->text(), std::string_view("\\"));
        QVERIFY(!json::item(list, 4));
        QVERIFY(!json::item(*json::item(list, 0), 0));
    }

    /// One parser, large and small texts.
    void memoryIsUsedAgain()
    {
        json::Parser parser;
        for (const std::size_t count : {std::size_t{10}, std::size_t{100'000}, std::size_t{3}, std::size_t{1'000}}) {
            std::string text = "[";
            for (std::size_t i = 0; i < count; ++i)
                text += i % 3 == 0 ? "\"\\n\"," : "17,";
            const json::Node *const root = parser.parse(text + "0]");
            QVERIFY(root);
            QCOMPARE(json::Element(root).size(), std::uint32_t(count + 1));
        }
    }
};

namespace {

std::vector<std::string> texts()
{
    return {
        R"({"a":1,"b":[true,false,null,"x",-12.5e3],"c":{"d":{},"e":[]},"long":"0123456789012345678901234567890123456789"})",
        "[ 1 , 2 ,\t\"three\" ,\r\n { \"four\" : 5 } , [ ] , { } ] ",
        R"({"escapes":"\"\\\/\b\f\n\r\t\u00e9\u20ac\u0041","plain":"x\\","\u006bey":"\n","none":"","last":"\\"})",
        R"(["\ud83d\ude00 and more","a\\\"b","é","\u0000",{"\"":"\""}])",
        R"([0,-0,1,10,9223372036854775807,-9223372036854775808,18446744073709551615,1.0,0.1,-0.0,1e10,1E-10,123456789.123456789])",
        R"({"time":"2026-11-22T11:36:51.613Z","value":0.30000000000000004,"big":1.7976931348623157e308,"small":5e-324})",
        R"("just a text")",
        "-17",
        "null",
    };
}

} // namespace

QTEST_GUILESS_MAIN(TestJsonParser)
#include "tst_jsonparser.moc"
