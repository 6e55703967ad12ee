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
        QCOMPARE(fields.text(MappedField::Product), std::string()); // empty, and an object: neither is a text
        QCOMPARE(fields.text(MappedField::Release), std::string("4.2"));
        QCOMPARE(fields.text(MappedField::Os), std::string("iOS"));
        QCOMPARE(fields.text(MappedField::Device), std::string("Pixel"));
        QCOMPARE(fields.text(MappedField::OtherUser, "alias"), std::string("first"));
        QCOMPARE(fields.text(MappedField::OtherUser), std::string("third"));
        QCOMPARE(fields.text(MappedField::Screen), std::string("y"));
        QCOMPARE(fields.text(MappedField::User), std::string("17"));
        QCOMPARE(fields.text(MappedField::Country), std::string());
        QCOMPARE(fields.instant(MappedField::Time)->ns, std::int64_t{1'795'347'411} * 1'000'000'000);
    }

    void nothing()
    {
        const json::FieldIndex index(kRows);
        QCOMPARE(json::Fields(index, std::nullopt).text(MappedField::Release), std::string());
        json::Document document;
        for (const char *text : {"{}", "[]", "1", "null", R"({"app":null,"release":null,"list":[0]})"}) {
            const json::Fields fields(index, document.parse(text).value());
            for (const MappedField field : {MappedField::Product, MappedField::Release, MappedField::Screen})
                QCOMPARE(fields.text(field), std::string());
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
