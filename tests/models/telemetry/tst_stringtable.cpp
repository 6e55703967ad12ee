// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/stringtable.h"

#include <QTest>

#include <string>
#include <vector>

using namespace telltale;

class TestStringTable final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyStringIsNotNoString()
    {
        StringTable table;
        QCOMPARE(table.find(""), kNoString);
        const StringId empty = table.intern("");
        QVERIFY(empty != kNoString);
        QCOMPARE(table.find(""), empty);
        QVERIFY(table.view(kNoString).empty());
    }

    void equalBytesShareAnIdWhileTheTableGrows()
    {
        StringTable table;
        for (int i = 0; i < 20'000; ++i)
            QCOMPARE(table.intern("text " + std::to_string(i)), static_cast<StringId>(i + 1));
        for (int i = 0; i < 20'000; ++i)
            QCOMPARE(table.intern("text " + std::to_string(i)), static_cast<StringId>(i + 1));
        QCOMPARE(table.size(), 20'000U);
        QVERIFY(table.view(777) == "text 776");
    }

    /// Texts of up to 16 bytes are kept as two words: every length on both sides of that, each byte of it, and zeros.
    void everyByteCounts()
    {
        StringTable table;
        std::vector<std::string> texts;
        for (std::size_t size = 0; size <= 40; ++size) {
            texts.emplace_back(size, '\0');
            for (std::size_t at = 0; at < size; ++at) {
                for (const char c : {'\1', '\x80', '\xff'}) {
                    texts.emplace_back(size, '\0');
                    texts.back()[at] = c;
                }
            }
        }
        for (std::size_t i = 0; i < texts.size(); ++i)
            QCOMPARE(table.intern(texts[i]), static_cast<StringId>(i + 1));
        for (std::size_t i = 0; i < texts.size(); ++i) {
            QCOMPARE(table.find(texts[i]), static_cast<StringId>(i + 1));
            QVERIFY(table.view(static_cast<StringId>(i + 1)) == texts[i]);
        }
    }

    /// Short and long ones in turn, over the borders of slots, views and chunks, and again after a clear().
    void shortAndLongInTurn()
    {
        StringTable table;
        for (int round = 0; round < 2; ++round) {
            std::vector<std::string> texts;
            for (int i = 0; i < 9'000; ++i)
                texts.push_back(std::to_string(i) + std::string(static_cast<std::size_t>(i % 40), 'x'));
            for (std::size_t i = 0; i < texts.size(); ++i)
                QCOMPARE(table.intern(texts[i]), static_cast<StringId>(i + 1));
            std::size_t bytes = 0;
            for (std::size_t i = 0; i < texts.size(); ++i) {
                QVERIFY(table.view(static_cast<StringId>(i + 1)) == texts[i]);
                QCOMPARE(table.intern(texts[i]), static_cast<StringId>(i + 1));
                bytes += texts[i].size();
            }
            QCOMPARE(table.textBytes(), bytes);
            table.clear();
        }
    }

    void guesses()
    {
        StringTable table;
        const StringId one = table.intern("one"), empty = table.intern("");
        QCOMPARE(table.intern("one", one), one);
        QCOMPARE(table.intern("one", empty), one);
        QCOMPARE(table.intern("", kNoString), empty);
        QCOMPARE(table.intern("two", one), StringId(3));
        QCOMPARE(table.intern("two", kNoString), StringId(3));
    }

    void viewsStayValidAcrossLargeStrings()
    {
        StringTable table;
        const std::string_view first = table.view(table.intern("first"));
        table.intern(std::string(100'000, 'x'));
        const std::string_view second = table.view(table.intern("second"));
        table.intern(std::string(1'000'000, 'y'));
        QVERIFY(first == "first");
        QVERIFY(second == "second");
    }

    void replacedBytesAreNoLongerFound()
    {
        StringTable table;
        const StringId id = table.intern("secret");
        table.replace(id, "[redacted]");
        QCOMPARE(table.find("secret"), kNoString);
        QVERIFY(table.view(id) == "[redacted]");
        for (int i = 0; i < 5'000; ++i)
            table.intern(std::to_string(i));
        QVERIFY(table.view(id) == "[redacted]");
    }

    void clearForgetsEverything()
    {
        StringTable table;
        table.intern("a");
        table.clear();
        QCOMPARE(table.size(), 0U);
        QCOMPARE(table.find("a"), kNoString);
        QCOMPARE(table.intern("b"), 1U);
    }

    /// Its memory is used again, whatever the sizes of the batches.
    void oneBatchAfterTheOther()
    {
        StringTable table;
        for (const int count : {10, 5'000, 3, 200, 60, 0, 900, 4}) {
            table.clear();
            for (int round = 0; round < 2; ++round) {
                for (int i = 0; i < count; ++i)
                    QCOMPARE(table.intern(std::to_string(count) + " of " + std::string(static_cast<std::size_t>(i % 40), 'x') + std::to_string(i)), static_cast<StringId>(i + 1));
            }
            QCOMPARE(table.size(), static_cast<std::uint32_t>(count));
            for (int i = 0; i < count; ++i)
                QVERIFY(table.view(static_cast<StringId>(i + 1)).ends_with(std::to_string(i)));
            QCOMPARE(table.find("7 of 7"), kNoString);
        }
    }
};

QTEST_APPLESS_MAIN(TestStringTable)
#include "tst_stringtable.moc"
