// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/jsonanyvalue.h"
#include "models/protocols/support/jsontree.h"

#include <QTest>

using namespace telltale;

class TestJsonTree final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fields()
    {
        json::Document document;
        const auto root = document.parse(R"({"a":{"b":"x","n":null,"i":12},"list":[1,2],"t":true,"d":"1.5"})");
        QVERIFY(root);
        QCOMPARE(json::text(json::field(json::field(*root, "a"), "b")), std::string("x"));
        QVERIFY(!json::field(json::field(*root, "a"), "n"));
        QVERIFY(!json::field(json::field(*root, "list"), "n"));
        QCOMPARE(json::text(json::field(json::field(*root, "a"), "i")), std::string("12"));
        QCOMPARE(json::firstText(*root, {"none", "t", "d"}), std::string("1.5"));
        QCOMPARE(json::number(json::field(*root, "d")).value(), 1.5);
        QVERIFY(json::isTrue(json::field(*root, "t")));
        QCOMPARE(json::arraySize(json::field(*root, "list")), std::size_t(2));
        QCOMPARE(json::arraySize(json::field(*root, "a")), std::size_t(0));
        int walked = 0;
        for ([[maybe_unused]] const json::Element each : json::items(json::field(*root, "a")))
            ++walked;
        QCOMPARE(walked, 0);
        QCOMPARE(toJson(json::toValue(*root)),
                 std::string(R"({"a":{"b":"x","n":null,"i":12},"list":[1,2],"t":true,"d":"1.5"})"));
    }

    void refused()
    {
        json::Document document;
        QVERIFY(!document.parse(""));
        QVERIFY(!document.parse("{"));
        QVERIFY(!document.parse("{\"a\":\"\xff\"}"));
        QVERIFY(!document.parse(std::string(100, '[') + std::string(100, ']')));
        QVERIFY(document.parse("\xef\xbb\xbf[1]"));
    }

    /// Documents lend each other's memory; those that are there at once do not.
    void memoryIsUsedAgain()
    {
        for (int round = 0; round < 3; ++round) {
            json::Document outer;
            const auto list = outer.parse("[1,2,\"three\"]");
            {
                json::Document large;
                std::string text = "[";
                for (int i = 0; i < 50'000; ++i)
                    text += "\"some text\",";
                const auto whole = large.parse(text + "0]");
                QVERIFY(whole);
                QCOMPARE(json::arraySize(*whole), std::size_t(50'001));
                json::Document inner;
                QVERIFY(inner.parse(R"({"a":1})"));
            }
            QVERIFY(list);
            QCOMPARE(json::text(json::item(*list, 2)), std::string("three"));
            QVERIFY(!outer.parse("[1,2")); // what was behind it before does not count
        }
    }

    void writtenAsValues_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("null") << "null";
        QTest::newRow("numbers") << "[0,-1,127,128,9007199254740993,18446744073709551615,1.5,-0.0,1e300]";
        QTest::newRow("nothing inside") << R"({"a":{},"b":[],"c":null,"d":""})";
        QTest::newRow("nested") << R"([[[{"a":[true,false,{"b":null}]}]],"x"])";
        // Lengths around what one byte and two bytes hold, of texts and of what holds them, and keys of every size.
        for (const int size : {0, 1, 15, 16, 17, 110, 121, 122, 123, 124, 125, 126, 127, 128, 16'365, 16'383, 16'384}) {
            QTest::addRow("a text of %d bytes", size)
                << QStringLiteral("[{\"%1\":[{\"%1\":\"%1\"},\"%1\",7],\"k\":true}]").arg(QString(size, u'x'));
        }
        QTest::newRow("escaped") << QStringLiteral("{\"a\":[\"%1\"]}").arg(QStringLiteral("\\u0041\\n").repeated(60));
        QTest::newRow("numbers, spread out") << QStringLiteral("[%1]").arg(QStringLiteral("          1,").repeated(40) + u'2');
        QTest::newRow("numbers, many") << QStringLiteral("[%1]").arg(QStringLiteral("-1,1e5,").repeated(40) + u'2');
        QTest::newRow("a text alone") << QStringLiteral("\"%1\"").arg(QString(200, u'x'));
        QTest::newRow("a number alone") << "-1";
        QTest::newRow("long") << QStringLiteral("{\"a\":{\"b\":\"%1\"},\"c\":[\"%2\"]}").arg(QString(300, u'x'), QString(20'000, u'y'));
    }
    void writtenAsValues()
    {
        QFETCH(QString, text);
        json::Document document;
        const auto root = document.parse(text.toStdString());
        QVERIFY(root);
        std::string memory;
        const std::string bytes(json::anyValueBytes(*root, memory));
        const Value value = json::toValue(*root);
        QVERIFY(bytes == encodeAnyValue(value));
        const auto read = decodeAnyValue(bytes);
        QVERIFY(read);
        QVERIFY(*read == value);
        QVERIFY(json::anyValueBytes(*root, memory) == bytes); // in memory that was used
    }

    /// Views of numbers stay what they are, however many are written.
    void numbersAsTexts()
    {
        json::Document document;
        const auto root = document.parse("[0,-1,1795161600000,-9223372036854775808,18446744073709551615,1.5,\"7\",true,null,1e300,"
                                         "1234567890123456789,1234567890123456788,1234567890123456787,1234567890123456786]");
        QVERIFY(root);
        json::NumberRoom room;
        QStringList texts;
        std::vector<TextView> views;
        for (const json::Element element : json::items(*root))
            views.push_back(json::textView(element, room));
        std::size_t at = 0;
        for (const json::Element element : json::items(*root)) {
            texts.append(QString::fromStdString(views[at].str()));
            QCOMPARE(json::text(element), views[at++].str());
        }
        QCOMPARE(texts.join(u' '), QStringLiteral("0 -1 1795161600000 -9223372036854775808 18446744073709551615 1.5 7   1e+300 "
                                                  "1234567890123456789 1234567890123456788 1234567890123456787 1234567890123456786"));
    }

    void instants_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("expected");
        const qint64 second = 1'795'347'411;
        QTest::newRow("seconds") << "1795347411" << second * 1'000'000'000;
        QTest::newRow("seconds and a part") << "1795347411.6058805" << second * 1'000'000'000 + 605'880'000;
        QTest::newRow("milliseconds") << "1795347411605" << second * 1'000'000'000 + 605'000'000;
        QTest::newRow("microseconds") << "1795347411605880" << second * 1'000'000'000 + 605'880'000;
        QTest::newRow("text") << "\"1795347411\"" << second * 1'000'000'000;
        QTest::newRow("rfc 3339") << "\"2026-11-22T11:36:51.613Z\"" << second * 1'000'000'000 + 613'000'000;
        QTest::newRow("python") << "\"2026-11-22T11:36:51.613000\"" << second * 1'000'000'000 + 613'000'000;
        QTest::newRow("zero") << "0" << qint64(0);
        QTest::newRow("huge") << "1e300" << qint64(0);
        QTest::newRow("words") << "\"yesterday\"" << qint64(0);
        QTest::newRow("an object") << "{}" << qint64(0);
    }
    void instants()
    {
        QFETCH(QString, text);
        QFETCH(qint64, expected);
        json::Document document;
        const std::string written = text.toStdString();
        const auto root = document.parse(written);
        QVERIFY(root);
        const auto found = json::instant(*root);
        QCOMPARE(found ? qint64(found->ns) : qint64(0), expected);
    }
};

QTEST_GUILESS_MAIN(TestJsonTree)
#include "tst_jsontree.moc"
