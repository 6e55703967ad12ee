// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/intervals.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace telltale;

class TestIntervals final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shares_data()
    {
        QTest::addColumn<quint64>("hits");
        QTest::addColumn<quint64>("all");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        // R. G. Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3.
        QTest::newRow("81 of 263") << quint64(81) << quint64(263) << 0.2553 << 0.3662;
        QTest::newRow("15 of 148") << quint64(15) << quint64(148) << 0.0624 << 0.1605;
        QTest::newRow("0 of 20") << quint64(0) << quint64(20) << 0.0 << 0.1611;
        QTest::newRow("1 of 29") << quint64(1) << quint64(29) << 0.0061 << 0.1718;
        QTest::newRow("all of 20") << quint64(20) << quint64(20) << 0.8389 << 1.0;
    }
    void shares()
    {
        QFETCH(quint64, hits);
        QFETCH(quint64, all);
        QFETCH(double, low);
        QFETCH(double, high);
        const auto estimate = shareEstimate(hits, all);
        QVERIFY(estimate);
        QVERIFY2(std::abs(estimate->low - low) < 5e-5, qPrintable(QString::number(estimate->low, 'f', 6)));
        QVERIFY2(std::abs(estimate->high - high) < 5e-5, qPrintable(QString::number(estimate->high, 'f', 6)));
        QCOMPARE(estimate->value, static_cast<double>(hits) / static_cast<double>(all));
    }

    void nothingSaysNothing() { QVERIFY(!shareEstimate(0, 0)); }

    void differences_data()
    {
        QTest::addColumn<QList<quint64>>("counts");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        // The same author, ibid. 873, table II, method 10: first less second.
        QTest::newRow("56/70 - 48/80") << QList<quint64>{48, 80, 56, 70} << 0.0524 << 0.3339;
        QTest::newRow("9/10 - 3/10") << QList<quint64>{3, 10, 9, 10} << 0.1705 << 0.8090;
        QTest::newRow("10/10 - 0/20") << QList<quint64>{0, 20, 10, 10} << 0.6791 << 1.0;
        QTest::newRow("0/10 - 0/20") << QList<quint64>{0, 20, 0, 10} << -0.1611 << 0.2775;
    }
    void differences()
    {
        QFETCH(QList<quint64>, counts);
        QFETCH(double, low);
        QFETCH(double, high);
        const Estimate difference = differenceEstimate(*shareEstimate(counts[0], counts[1]), *shareEstimate(counts[2], counts[3]));
        QVERIFY2(std::abs(difference.low - low) < 5e-5, qPrintable(QString::number(difference.low, 'f', 6)));
        QVERIFY2(std::abs(difference.high - high) < 5e-5, qPrintable(QString::number(difference.high, 'f', 6)));
    }

    void decided()
    {
        QVERIFY((Estimate{0.1, 0.01, 0.2}.isDecided()));
        QVERIFY((Estimate{-0.1, -0.2, -0.01}.isDecided()));
        QVERIFY(!(Estimate{0.1, -0.01, 0.2}.isDecided()));
        QVERIFY(!(Estimate{0.1, 0.0, 0.2}.isDecided()));
    }

    /// The true median must lie between the places some 95 times out of 100, whatever the distribution.
    void quantilesAreCovered_data()
    {
        QTest::addColumn<double>("share");
        QTest::newRow("median") << 0.5;
        QTest::newRow("95th") << 0.95;
    }
    void quantilesAreCovered()
    {
        QFETCH(double, share);
        std::mt19937_64 random(17);
        std::exponential_distribution<double> distribution(1);
        const double truth = -std::log(1 - share);
        int covered = 0;
        constexpr int kRuns = 2000;
        for (int run = 0; run < kRuns; ++run) {
            std::vector<double> values(200);
            for (double &value : values)
                value = distribution(random);
            std::sort(values.begin(), values.end());
            const auto places = quantilePlaces(values.size(), share);
            QVERIFY(places);
            covered += values[places->first] <= truth && truth <= values[places->second];
        }
        QVERIFY2(covered > kRuns * 93 / 100 && covered < kRuns * 99 / 100, qPrintable(QString::number(covered)));
    }

    void fewValuesHaveNoInterval()
    {
        QVERIFY(!quantilePlaces(0, 0.5));
        QVERIFY(!quantilePlaces(3, 0.5));
        QVERIFY(!quantilePlaces(30, 0.95));
        QVERIFY(quantilePlaces(30, 0.5));
    }
};

QTEST_GUILESS_MAIN(TestIntervals)
#include "tst_intervals.moc"
