// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/filterchips.h"
#include "models/items/filtercompletion.h"

#include <QTest>

using namespace telltale;

namespace {

QStringList textsOf(const std::vector<FilterSuggestion> &suggestions)
{
    QStringList texts;
    for (const FilterSuggestion &one : suggestions)
        texts << one.text;
    return texts;
}

} // namespace

class TestFilterCompletion final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokens_data()
    {
        QTest::addColumn<QString>("text"); ///< | is the cursor
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("from");
        const auto row = [](const char *name, const char *text, const char *field, const char *typed, int from) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(field) << QString::fromUtf8(typed) << from;
        };
        row("nothing", "|", "", "", 0);
        row("a field", "rel|", "", "rel", 0);
        row("behind the colon", "release:|", "release", "", 0);
        row("a value", "release:4.2|", "release", "4.2", 0);
        row("the second", "release:4.2.0 os:An|", "os", "An", 14);
        row("behind a blank", "release:4.2.0 |", "", "", 14);
        row("left out", "-screen:Ho|", "screen", "Ho", 1);
        row("a minus inside", "a release:4-2|", "release", "4-2", 2);
        row("in quotes", "feature:\"Live ro|", "feature", "Live ro", 0);
        row("a quote in quotes", "feature:\"a \\\" b|", "feature", "a \" b", 0);
        row("in parentheses", "(os:A|", "os", "A", 1);
        row("in the middle", "rel|ease:4.2.0", "", "rel", 0);
        row("capitals", "OS:and|", "os", "and", 0);
        row("a colon in quotes", "text:\"a:b|", "text", "a:b", 0);
    }
    void tokens()
    {
        QFETCH(QString, text);
        QFETCH(QString, field);
        QFETCH(QString, typed);
        QFETCH(int, from);
        const int cursor = static_cast<int>(text.indexOf(u'|'));
        text.remove(u'|');
        const FilterToken token = filterTokenAt(text, cursor);
        QCOMPARE(token.field, field);
        QCOMPARE(token.typed, typed);
        QCOMPARE(token.from, from);
        QCOMPARE(token.length, cursor - from);
    }

    void fields()
    {
        QCOMPARE(textsOf(suggestedFields(filterTokenAt(QStringLiteral("s"), 1))).mid(0, 3), QStringList({QStringLiteral("session:"), QStringLiteral("screen:"), QStringLiteral("severity:")}));
        QVERIFY(textsOf(suggestedFields(filterTokenAt(QStringLiteral("vers"), 4))).isEmpty());
        QCOMPARE(suggestedFields({}).size(), kMostSuggestions);
        QCOMPARE(textsOf(suggestedFields(filterTokenAt(QStringLiteral("att"), 3))), QStringList{QStringLiteral("attr.")});
    }

    void valuesByHowOften()
    {
        const std::vector<FieldValue> values = {{QStringLiteral("Map"), 3}, {QStringLiteral("Live route map"), 90}, {QStringLiteral("Home"), 500}, {QString(), 7}};
        FilterToken token;
        token.field = QStringLiteral("feature");
        QCOMPARE(textsOf(suggestedValues(token, values)), QStringList({QStringLiteral("feature:Home"), QStringLiteral("feature:\"Live route map\""), QStringLiteral("feature:Map")}));
        token.typed = QStringLiteral("map"); // what begins with it comes first
        QCOMPARE(textsOf(suggestedValues(token, values)), QStringList({QStringLiteral("feature:Map"), QStringLiteral("feature:\"Live route map\"")}));
        QCOMPARE(suggestedValues(token, values).front().count, std::uint64_t(3));
    }

    void valuesThatAreAlwaysThere()
    {
        QCOMPARE(fixedValues(QStringLiteral("severity")).size(), std::size_t(6));
        QVERIFY(fixedValues(QStringLiteral("feature")).empty());
        for (const char *field : {"severity", "kind", "has"}) {
            for (const FieldValue &one : fixedValues(QString::fromLatin1(field)))
                QVERIFY2(Filter::parse(field + std::string(":") + one.value.toStdString()), qPrintable(one.value));
        }
    }

    void chips_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("chips"); ///< empty: it has none
        const auto row = [](const char *text, const QStringList &chips) { QTest::newRow(text) << QString::fromUtf8(text) << chips; };
        row("release:4.2.0", {QStringLiteral("release:4.2.0")});
        row("release:4.2.0 os:Android -screen:Home", {QStringLiteral("release:4.2.0"), QStringLiteral("os:Android"), QStringLiteral("-screen:Home")});
        row("(release:4.2.0 OR release:4.1.3) os:Android", {QStringLiteral("(release:4.2.0 OR release:4.1.3)"), QStringLiteral("os:Android")});
        row("release:4.2.0 OR release:4.1.3", {QStringLiteral("(release:4.2.0 OR release:4.1.3)")});
        row("(os:a OR os:b) (release:1 OR release:2)", {QStringLiteral("(os:a OR os:b)"), QStringLiteral("(release:1 OR release:2)")});
        row("os:a dwell:>60s OR os:b dwell:>60s", {QStringLiteral("(os:a OR os:b)"), QStringLiteral("dwell:>60s")});
        row("release:4.2.0 OR os:Android", {});
        row("(os:a release:1) OR (os:b release:2)", {});
        row("(os:a OR os:b) (os:c OR os:d)", {});
        row("feature:\"*a b*\" os:c", {QStringLiteral("feature:\"*a b*\""), QStringLiteral("os:c")});
    }
    void chips()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, chips);
        const auto filter = Filter::parse(text.toStdString());
        QVERIFY(filter);
        const auto found = filterChips(*filter);
        QCOMPARE(found.has_value(), !chips.isEmpty());
        if (!found)
            return;
        QCOMPARE(filterChipTexts(*found), chips);
        const auto back = Filter::parse(filterChipTexts(*found).join(u' ').toStdString());
        QVERIFY(back);
        QCOMPARE(back->alternatives().size(), filter->alternatives().size());
    }
};

QTEST_GUILESS_MAIN(TestFilterCompletion)
#include "tst_filtercompletion.moc"
