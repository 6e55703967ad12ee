// SPDX-License-Identifier: GPL-3.0-or-later
// The palette by arithmetic: contrast of every pair in use, distances under colour-vision deficiencies, even ramps.
#include "widgets/theme/colourmath.h"
#include "widgets/theme/heatpalette.h"
#include "widgets/theme/seriespalette.h"
#include "widgets/theme/tokens.h"

#include <QTest>

#include <cmath>

using namespace telltale;
using colour::Vision;

namespace {

const Tokens &tokensNamed(bool dark)
{
    return dark ? Tokens::dark() : Tokens::light();
}

} // namespace

class TestColours final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oklabOfKnownColours_data()
    {
        QTest::addColumn<QColor>("given");
        QTest::addColumn<double>("l");
        QTest::addColumn<double>("a");
        QTest::addColumn<double>("b");
        // Reference values of the OKLab paper's matrices.
        QTest::addRow("white") << QColor(Qt::white) << 1.0 << 0.0 << 0.0;
        QTest::addRow("black") << QColor(Qt::black) << 0.0 << 0.0 << 0.0;
        QTest::addRow("red") << QColor(255, 0, 0) << 0.62796 << 0.22486 << 0.12585;
        QTest::addRow("green") << QColor(0, 255, 0) << 0.86644 << -0.23389 << 0.17950;
        QTest::addRow("blue") << QColor(0, 0, 255) << 0.45201 << -0.03246 << -0.31153;
    }
    void oklabOfKnownColours()
    {
        QFETCH(QColor, given);
        QFETCH(double, l);
        QFETCH(double, a);
        QFETCH(double, b);
        const colour::Oklab lab = colour::toOklab(given);
        QVERIFY(std::abs(lab.l - l) < 1e-3);
        QVERIFY(std::abs(lab.a - a) < 1e-3);
        QVERIFY(std::abs(lab.b - b) < 1e-3);
        QCOMPARE(colour::fromOklab(lab), given);
    }

    void contrastOfKnownPairs()
    {
        QVERIFY(std::abs(colour::contrast(Qt::white, Qt::black) - 21) < 1e-9);
        QVERIFY(std::abs(colour::contrast(QColor(0x777777), Qt::white) - 4.478) < 0.01);
        QCOMPARE(colour::contrast(Qt::red, Qt::red), 1.0);
    }

    void textReadsEverywhere_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("ink");
        QTest::addColumn<int>("ground");
        QTest::addColumn<double>("least");
        for (const bool dark : {false, true}) {
            const char *theme = dark ? "dark" : "light";
            for (const Ink ink : {Ink::Text, Ink::Text2, Ink::Text3, Ink::Accent})
                for (const Ink ground :
                     {Ink::Window, Ink::Sidebar, Ink::Card, Ink::Inset, Ink::Row, Ink::AccentSoft})
                    if (ink != Ink::Text3 || ground != Ink::AccentSoft)
                        QTest::addRow("%s ink %d on %d", theme, int(ink), int(ground))
                            << dark << int(ink) << int(ground) << 4.5;
            for (const auto &[ink, ground] :
                 {std::pair(Ink::Ok, Ink::OkSoft), std::pair(Ink::Warn, Ink::WarnSoft),
                  std::pair(Ink::Bad, Ink::BadSoft), std::pair(Ink::Text2, Ink::NeutralSoft),
                  std::pair(Ink::OnAccent, Ink::AccentFill), std::pair(Ink::OnFlag, Ink::Flag),
                  std::pair(Ink::Ok, Ink::Card), std::pair(Ink::Warn, Ink::Card),
                  std::pair(Ink::Bad, Ink::Card)})
                QTest::addRow("%s pair %d on %d", theme, int(ink), int(ground))
                    << dark << int(ink) << int(ground) << 4.5;
            QTest::addRow("%s outline", theme) << dark << int(Ink::BorderStrong) << int(Ink::Card) << 3.0;
        }
    }
    void textReadsEverywhere()
    {
        QFETCH(bool, dark);
        QFETCH(int, ink);
        QFETCH(int, ground);
        QFETCH(double, least);
        const Tokens &tokens = tokensNamed(dark);
        const double contrast = colour::contrast(tokens.ink(Ink(ink)), tokens.ink(Ink(ground)));
        // The specification's table is rounded to one digit.
        QVERIFY2(contrast >= least - 0.05, qPrintable(QString::number(contrast)));
    }

    void seriesAreDistinct_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("vision");
        const char *names[] = {"normal", "protan", "deutan", "tritan"};
        for (const bool dark : {false, true})
            for (int vision = 0; vision < 4; ++vision)
                QTest::addRow("%s %s", dark ? "dark" : "light", names[vision]) << dark << vision;
    }
    void seriesAreDistinct()
    {
        QFETCH(bool, dark);
        QFETCH(int, vision);
        const Tokens &tokens = tokensNamed(dark);
        for (std::size_t a = 0; a < tokens.series.size(); ++a) {
            QVERIFY(colour::contrast(tokens.series[a], tokens.card) >= 3.0);
            for (std::size_t b = a + 1; b < tokens.series.size(); ++b) {
                const double distance = colour::distance(colour::seenBy(Vision(vision), tokens.series[a]),
                                                         colour::seenBy(Vision(vision), tokens.series[b]));
                QVERIFY2(distance >= 10.9,
                         qPrintable(QStringLiteral("%1 and %2: %3").arg(a).arg(b).arg(distance)));
            }
        }
    }

    void rampsAreEven_data() { seriesAreDistinct_data(); }
    void rampsAreEven()
    {
        QFETCH(bool, dark);
        QFETCH(int, vision);
        const Tokens &tokens = tokensNamed(dark);
        double first = 0;
        for (std::size_t i = 1; i < tokens.sequential.size(); ++i) {
            const double step = colour::toOklab(colour::seenBy(Vision(vision), tokens.sequential[i])).l -
                                colour::toOklab(colour::seenBy(Vision(vision), tokens.sequential[i - 1])).l;
            if (i == 1)
                first = step;
            QVERIFY2(step * first > 0, "lightness turns back");
            if (vision == 0)
                QVERIFY2(std::abs(std::abs(step) - 0.0795) <= 0.00795, qPrintable(QString::number(step)));
        }
        // More is further from the card.
        QVERIFY(colour::contrast(tokens.sequentialAt(1), tokens.card) >
                colour::contrast(tokens.sequentialAt(0.1), tokens.card));
        QCOMPARE(tokens.sequentialAt(0), tokens.sequential.front());
        QCOMPARE(tokens.sequentialAt(7), tokens.sequential.back());
        QCOMPARE(tokens.sequentialAt(-1), tokens.sequential.front());
        QCOMPARE(tokens.sequentialAt(0.5), tokens.sequential[4]);
        QCOMPARE(tokens.divergingAt(0), tokens.diverging[3]);
        QCOMPARE(tokens.divergingAt(-1), tokens.diverging.front());
    }

    void otherRampsRise_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("vision");
        QTest::addColumn<int>("palette");
        for (const bool dark : {false, true})
            for (int vision = 0; vision < 4; ++vision)
                for (const auto &[name, palette] : {std::pair("viridis", HeatPalette::Viridis), std::pair("cividis", HeatPalette::Cividis), std::pair("grey", HeatPalette::Grey)})
                    QTest::addRow("%s %d %s", dark ? "dark" : "light", vision, name) << dark << vision << int(palette);
    }
    /// Lightness goes one way for every kind of vision, in steps that can be told apart, away from the card.
    void otherRampsRise()
    {
        QFETCH(bool, dark);
        QFETCH(int, vision);
        QFETCH(int, palette);
        const Tokens tokens = withHeatPalette(tokensNamed(dark), HeatPalette(palette));
        QVERIFY(tokens.sequential != tokensNamed(dark).sequential);
        for (std::size_t i = 1; i < tokens.sequential.size(); ++i) {
            const double step = colour::toOklab(colour::seenBy(Vision(vision), tokens.sequential[i])).l -
                                colour::toOklab(colour::seenBy(Vision(vision), tokens.sequential[i - 1])).l;
            QVERIFY2((dark ? step : -step) > 0.03, qPrintable(QString::number(step)));
            if (vision == 0)
                QVERIFY2(std::abs(std::abs(step) - 0.083) <= 0.0125, qPrintable(QString::number(step)));
        }
        QVERIFY(colour::contrast(tokens.sequentialAt(1), tokens.card) > 10);
        QVERIFY(colour::contrast(tokens.sequentialAt(1), tokens.card) > colour::contrast(tokens.sequentialAt(0.1), tokens.card));
        QCOMPARE(withHeatPalette(tokens, HeatPalette::Telltale).sequential, tokensNamed(dark).sequential);
    }

    void highContrastStrengthensHairlines()
    {
        for (const bool dark : {false, true}) {
            const Tokens strong = tokensNamed(dark).withHighContrast();
            QVERIFY(colour::contrast(strong.border, strong.card) >= 3.0);
            QVERIFY(colour::contrast(strong.text3, strong.card) >= 6.0);
        }
    }

    void mixing()
    {
        QCOMPARE(colour::mixOklab(Qt::black, Qt::white, 0), QColor(Qt::black));
        QCOMPARE(colour::mixOklab(Qt::black, Qt::white, 1), QColor(Qt::white));
        QCOMPARE(colour::over(colour::faded(Qt::white, 0.5), Qt::black), QColor(128, 128, 128));
        QCOMPARE(colour::readable(Qt::white, Qt::black, Qt::yellow), QColor(Qt::black));
    }

    void namesKeepTheirColours()
    {
        SeriesPalette one, other;
        const QStringList names{QStringLiteral("Home"), QStringLiteral("Feed"), QStringLiteral("Плёнка"),
                                QStringLiteral("map"),  QStringLiteral("Plan"), QStringLiteral("Workout")};
        one.reserve(names);
        QList<SeriesSlot> seen;
        for (const QString &name : names) {
            QVERIFY2(!seen.contains(one.slotFor(name)), "two names share a colour");
            seen.append(one.slotFor(name));
        }
        QCOMPARE(one.slotFor(QStringLiteral("the seventh")), SeriesSlot::Other);
        QCOMPARE(one.peek(QStringLiteral("Feed")), one.slotFor(QStringLiteral("Feed")));
        QCOMPARE(other.peek(QStringLiteral("Feed")), SeriesSlot::Other);
        // Alone, a name's colour follows from its hash: the same in every process.
        QCOMPARE(other.slotFor(QStringLiteral("Home")), SeriesPalette().slotFor(QStringLiteral("Home")));
    }
};

QTEST_MAIN(TestColours)
#include "tst_colours.moc"
