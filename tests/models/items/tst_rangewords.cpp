// SPDX-License-Identifier: GPL-3.0-or-later
// What Germans type into the time picker.
#include "models/items/rangeparser.h"
#include "models/items/rangewords.h"
#include "models/telemetry/timeformat.h"
#include "translations/translator.h"

#include <QTest>

using namespace telltale;

class TestRangeWords final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useLanguage(*QCoreApplication::instance(), "de"); }

    void words_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("english");
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("shorthand") << QStringLiteral("60m") << QStringLiteral("60m");
        QTest::newRow("English stays")
            << QStringLiteral("yesterday 9-17") << QStringLiteral("yesterday 9-17");
        QTest::newRow("yesterday") << QStringLiteral("gestern 9-17") << QStringLiteral("yesterday 9-17");
        QTest::newRow("capitals") << QStringLiteral("GESTERN") << QStringLiteral("yesterday");
        QTest::newRow("now") << QStringLiteral("jetzt") << QStringLiteral("now");
        QTest::newRow("since") << QStringLiteral("seit 4.2.0") << QStringLiteral("since 4.2.0");
        QTest::newRow("short month") << QStringLiteral("18. Nov. 2025 14:32")
                                     << QStringLiteral("18. Nov. 2025 14:32");
        QTest::newRow("long month") << QStringLiteral("3. März") << QStringLiteral("3. Mar");
        QTest::newRow("December") << QStringLiteral("3 Dez") << QStringLiteral("3 Dec");
        QTest::newRow("parts of words stay")
            << QStringLiteral("gesternabend") << QStringLiteral("gesternabend");
    }
    void words()
    {
        QFETCH(QString, typed);
        QTEST(rangeWordsInEnglish(typed), "english");
    }

    void sameAsInEnglish_data()
    {
        QTest::addColumn<QString>("german");
        QTest::addColumn<QString>("english");
        QTest::newRow("day") << QStringLiteral("heute") << QStringLiteral("today");
        QTest::newRow("hours") << QStringLiteral("gestern 9-17") << QStringLiteral("yesterday 9-17");
        QTest::newRow("dates") << QStringLiteral("1. März 2025 - 3. Okt. 2025")
                               << QStringLiteral("1 Mar 2025 - 3 Oct 2025");
        QTest::newRow("moment") << QStringLiteral("17. Nov. 2025 14:32..")
                                << QStringLiteral("17 Nov 2025 14:32..");
    }
    void sameAsInEnglish()
    {
        QFETCH(QString, german);
        QFETCH(QString, english);
        const RangeParser parser(*parseRfc3339("2025-11-18T13:32:10Z"), QTimeZone("Europe/Berlin"));
        const auto left = parser.parse(german), right = parser.parse(english);
        QVERIFY2(left.has_value(), left ? "" : left.error().message.c_str());
        QVERIFY(right.has_value());
        QCOMPARE(left->fixed.from, right->fixed.from);
        QCOMPARE(left->fixed.to, right->fixed.to);
    }

    void whatIsShownMayBeTyped_data()
    {
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("german");
        QTest::newRow("now") << QStringLiteral("now") << QStringLiteral("jetzt");
        QTest::newRow("yesterday") << QStringLiteral("yesterday") << QStringLiteral("gestern");
        QTest::newRow("since") << QStringLiteral("since 4.2.0") << QStringLiteral("seit 4.2.0");
        QTest::newRow("shorthand") << QStringLiteral("60m") << QStringLiteral("60m");
    }
    void whatIsShownMayBeTyped()
    {
        QFETCH(QString, english);
        QTEST(rangeWordsInLanguage(english), "german");
        QCOMPARE(rangeWordsInEnglish(rangeWordsInLanguage(english)), english);
    }

    void theSecondFieldSpeaksGermanToo()
    {
        const RangeParser parser(*parseRfc3339("2025-11-18T13:32:10Z"), QTimeZone("Europe/Berlin"));
        const auto spec = parser.parse(QStringLiteral("gestern"), QStringLiteral("jetzt"));
        QVERIFY(spec.has_value());
        QCOMPARE(spec->fixed.from,
                 parser.parse(QStringLiteral("yesterday"), QStringLiteral("now"))->fixed.from);
    }

    void complaintsAreGerman()
    {
        const RangeParser parser(*parseRfc3339("2025-11-18T13:32:10Z"), QTimeZone("Europe/Berlin"));
        const auto spec = parser.parse(QStringLiteral("morgen"));
        QVERIFY(!spec.has_value());
        QCOMPARE(QString::fromStdString(spec.error().message),
                 QStringLiteral("Morgen hat noch keine Daten."));
    }
};

QTEST_GUILESS_MAIN(TestRangeWords)
#include "tst_rangewords.moc"
