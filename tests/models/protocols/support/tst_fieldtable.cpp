// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/fieldtable.h"

#include <QTest>

#include <random>

using namespace telltale;

namespace {

constexpr FieldRow kRows[] = {
    {MappedField::Product, "/app/name"},          {MappedField::Product, "/app"},
    {MappedField::Release, "/app/version"},       {MappedField::Release, "/release"},
    {MappedField::Os, "/os/0/name"},              {MappedField::Device, "/a~1b/c~0d"},
    {MappedField::OtherUser, "/alias", "alias"},  {MappedField::OtherUser, "/previous"},
    {MappedField::Time, "/time"},                 {MappedField::Time, "/timestamp"},
    {MappedField::Screen, "/list/1"},             {MappedField::User, "/"},
};

} // namespace

class TestFieldTable final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads()
    {
        const json::FieldIndex index(kRows);
        json::Document document;
        const auto root = document.parse(
            R"({"app":{"name":"","version":4.2},"release":"9","os":[{"name":"iOS"}],"a/b":{"c~d":"Pixel"},)"
            R"("alias":"first","alias":"second","previous":"third","timestamp":1795347411,"time":"soon",)"
            R"("list":["x","y"],"":17})");
        QVERIFY(root);
        const json::Fields fields(index, *root);
        QCOMPARE(fields.text(MappedField::Product).str(), std::string()); // empty, and an object: neither is a text
        QCOMPARE(fields.text(MappedField::Release).str(), std::string("4.2"));
        QCOMPARE(fields.text(MappedField::Os).str(), std::string("iOS"));
        QCOMPARE(fields.text(MappedField::Device).str(), std::string("Pixel"));
        QCOMPARE(fields.text(MappedField::OtherUser, "alias").str(), std::string("first"));
        QCOMPARE(fields.text(MappedField::OtherUser).str(), std::string("third"));
        QCOMPARE(fields.text(MappedField::Screen).str(), std::string("y"));
        QCOMPARE(fields.text(MappedField::User).str(), std::string("17"));
        QCOMPARE(fields.text(MappedField::Country).str(), std::string());
        QCOMPARE(fields.instant(MappedField::Time)->ns, std::int64_t{1'795'347'411} * 1'000'000'000);
    }

    void otherPointers()
    {
        constexpr std::string_view kOthers[] = {"/app", "/app/name", "/list/0", "/none", "/time"};
        const json::FieldIndex index(kRows, kOthers);
        json::Document document;
        const auto root = document.parse(R"({"time":7,"app":{"name":"A","x":0},"app":{"name":"B"},"list":["x"],"none":null})");
        QVERIFY(root);
        const json::Fields fields(index, *root);
        QVERIFY(json::isObject(fields.other(0)));
        QCOMPARE(fields.otherText(1).str(), std::string("A"));
        QCOMPARE(fields.otherText(2).str(), std::string("x"));
        QVERIFY(!fields.other(3));
        QCOMPARE(fields.otherText(3).str(), std::string());
        QCOMPARE(fields.otherText(4).str(), std::string("7"));
        QCOMPARE(fields.text(MappedField::Product).str(), std::string("A"));
    }

    void nothing()
    {
        const json::FieldIndex index(kRows);
        const json::Fields none(index, std::nullopt);
        QCOMPARE(none.text(MappedField::Release).str(), std::string());
        json::Document document;
        for (const char *text : {"{}", "[]", "1", "null", R"({"app":null,"release":null,"list":[0]})"}) {
            const json::Fields fields(index, document.parse(text).value());
            for (const MappedField field : {MappedField::Product, MappedField::Release, MappedField::Screen})
                QCOMPARE(fields.text(field).str(), std::string());
            QVERIFY(!fields.instant(MappedField::Time));
        }
    }

    /// Whatever the object holds, the index finds what following each pointer finds.
    void sameAsPointers()
    {
        const json::FieldIndex index(kRows);
        std::mt19937 random(5);
        const auto value = [&]() -> std::string {
            const char *const kValues[] = {"null", "\"\"", "\"text\"", "12", "1.5", "true", "{}", "[7,8]",
                                           R"({"name":"n","version":"v"})", R"([{"name":"first"}])"};
            return kValues[random() % std::size(kValues)];
        };
        for (int round = 0; round < 2'000; ++round) {
            std::string text = "{";
            for (const char *key : {"app", "release", "os", "alias", "previous", "time", "list", "", "app", "x"}) {
                if (random() % 2 == 0)
                    text += (text.size() > 1 ? ",\"" : "\"") + std::string(key) + "\":" + value();
            }
            json::Document document;
            const auto root = document.parse(text + "}");
            QVERIFY2(root, text.c_str());
            const json::Fields fields(index, *root);
            for (const MappedField field : {MappedField::Product, MappedField::Release, MappedField::Os,
                                            MappedField::OtherUser, MappedField::Screen, MappedField::User}) {
                std::string expected;
                for (const FieldRow &row : kRows) {
                    if (row.field == field && row.when.empty() && expected.empty())
                        expected = json::text(json::at(*root, row.pointer));
                }
                QVERIFY2(fields.text(field) == expected, text.c_str());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestFieldTable)
#include "tst_fieldtable.moc"
