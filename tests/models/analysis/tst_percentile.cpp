// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/percentile.h"

#include <QTest>

using namespace telltale;

class TestPercentile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothing()
    {
        std::vector<std::int64_t> none;
        QVERIFY(!percentileMs(none, 0.5));
    }

    void nearestRank()
    {
        std::vector<std::int64_t> values = {3'000'000, 1'000'000, 2'000'000, 4'000'000};
        QCOMPARE(percentileMs(values, 0.5), 2.0);
        QCOMPARE(percentileMs(values, 0.51), 3.0);
        QCOMPARE(percentileMs(values, 0), 1.0);
        QCOMPARE(percentileMs(values, 1), 4.0);
    }
};

QTEST_APPLESS_MAIN(TestPercentile)
#include "tst_percentile.moc"
