// SPDX-License-Identifier: GPL-3.0-or-later
#include "translations/localeformats.h"

#include <QTest>

using namespace telltale;

class TestLocaleFormats final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dates_data()
    {
        QTest::addColumn<QString>("day");
        QTest::addColumn<QString>("dayOfYear");
        QTest::addColumn<QString>("month");
        const auto row = [](const char *locale, const char *day, const char *dayOfYear, const char *month) {
            QTest::newRow(locale) << QString::fromUtf8(day) << QString::fromUtf8(dayOfYear)
                                  << QString::fromUtf8(month);
        };
        row("C", "d MMM yyyy", "d MMM", "MMM yyyy");
        row("en_GB", "d MMM yyyy", "d MMM", "MMM yyyy");
        row("en_US", "MMM d, yyyy", "MMM d", "MMM yyyy");
        row("de_DE", "d. MMM yyyy", "d. MMM", "MMM yyyy");
        row("fr_FR", "d MMM yyyy", "d MMM", "MMM yyyy");
        row("es_ES", "d 'de' MMM 'de' yyyy", "d 'de' MMM", "MMM 'de' yyyy");
        row("hu_HU", "yyyy. MMM d.", "MMM d.", "yyyy. MMM");
        row("ru_RU", "d MMM yyyy 'г'.", "d MMM", "MMM yyyy 'г'.");
        row("ja_JP", "yyyy年M月d日", "M月d日", "yyyy年M月");
        row("ar_EG", "d MMM yyyy", "d MMM", "MMM yyyy");
    }
    void dates()
    {
        const QLocale locale(QString::fromLatin1(QTest::currentDataTag()));
        QTEST(dateFormat(locale, DateDetail::Day), "day");
        QTEST(dateFormat(locale, DateDetail::DayOfYear), "dayOfYear");
        QTEST(dateFormat(locale, DateDetail::Month), "month");
    }

    void times_data()
    {
        QTest::addColumn<QString>("minutes");
        QTest::addColumn<QString>("seconds");
        QTest::addColumn<QString>("milliseconds");
        QTest::newRow("C") << QStringLiteral("HH:mm") << QStringLiteral("HH:mm:ss")
                           << QStringLiteral("HH:mm:ss.zzz");
        QTest::newRow("de_DE") << QStringLiteral("HH:mm") << QStringLiteral("HH:mm:ss")
                               << QStringLiteral("HH:mm:ss,zzz");
        QTest::newRow("en_US") << QStringLiteral("h:mm AP") << QStringLiteral("h:mm:ss AP")
                               << QStringLiteral("h:mm:ss.zzz AP");
        QTest::newRow("da_DK") << QStringLiteral("HH.mm") << QStringLiteral("HH.mm.ss")
                               << QStringLiteral("HH.mm.ss,zzz");
    }
    void times()
    {
        const QLocale locale(QString::fromLatin1(QTest::currentDataTag()));
        QTEST(timeFormat(locale, TimeDetail::Minutes), "minutes");
        QTEST(timeFormat(locale, TimeDetail::Seconds), "seconds");
        QTEST(timeFormat(locale, TimeDetail::Milliseconds), "milliseconds");
    }

    void digitsAreThoseOfTheLocale()
    {
        QCOMPARE(digits(QLocale(QStringLiteral("de_DE")), 2025), QStringLiteral("2025"));
        QCOMPARE(digits(QLocale(QStringLiteral("de_DE")), 5, 2), QStringLiteral("05"));
        QCOMPARE(digits(QLocale(QStringLiteral("ar_EG")), 2025), QStringLiteral("٢٠٢٥"));
        QCOMPARE(digits(QLocale(QStringLiteral("ar_EG")), 7, 2), QStringLiteral("٠٧"));
    }
};

QTEST_GUILESS_MAIN(TestLocaleFormats)
#include "tst_localeformats.moc"
