// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/durationhistogram.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace telltale;

class TestDurationHistogram final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quantilesAreWithinTheStatedError_data()
    {
        QTest::addColumn<int>("shape");
        QTest::newRow("uniform to a second") << 0;
        QTest::newRow("log-normal") << 1;
        QTest::newRow("powers of two") << 2;
        QTest::newRow("zeros and hours") << 3;
        QTest::newRow("nanoseconds") << 4;
        QTest::newRow("all there are") << 5;
    }

    void quantilesAreWithinTheStatedError()
    {
        QFETCH(int, shape);
        std::mt19937_64 random(3);
        std::lognormal_distribution<double> logNormal(17, 2.5);
        std::vector<std::int64_t> values;
        DurationHistogram whole, first, second;
        for (int i = 0; i < 20'000; ++i) {
            std::int64_t value = 0;
            switch (shape) {
            case 0:
                value = static_cast<std::int64_t>(random() % 1'000'000'000);
                break;
            case 1:
                value = static_cast<std::int64_t>(logNormal(random));
                break;
            case 2:
                value = std::int64_t{1} << random() % 63;
                break;
            case 3:
                value = random() % 2 ? 0 : static_cast<std::int64_t>(random() % 7'200'000'000'000);
                break;
            case 4:
                value = static_cast<std::int64_t>(random() % 40);
                break;
            default:
                value = static_cast<std::int64_t>(random() >> (1 + random() % 62));
            }
            values.push_back(value);
            whole.add(value);
            (i % 3 == 0 ? first : second).add(value);
        }
        std::sort(values.begin(), values.end());
        std::string bytes;
        first.appendTo(bytes);
        DurationHistogram united;
        QVERIFY(united.addStored(bytes));
        QVERIFY(united == first);
        united.add(second);
        QVERIFY(united == whole);
        QCOMPARE(whole.count(), std::uint64_t(values.size()));
        long double sum = 0;
        for (const std::int64_t value : values)
            sum += static_cast<long double>(value);
        QVERIFY(std::abs(whole.exactSum() - sum) <= sum * 1e-18L);
        for (const double p : {0.0, 0.001, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1.0}) {
            const auto rank = std::max<std::size_t>(
                1, static_cast<std::size_t>(std::ceil(p * static_cast<double>(values.size()) - 1e-9)));
            const auto exact = static_cast<double>(values[rank - 1]);
            QVERIFY(std::abs(*whole.quantile(p) - exact) <= exact * DurationHistogram::kRelativeError);
        }
    }

    void nothingHasNoQuantile()
    {
        const DurationHistogram nothing;
        QVERIFY(!nothing.quantile(0.5));
        std::string bytes;
        nothing.appendTo(bytes);
        QVERIFY(bytes.empty());
        DurationHistogram read;
        QVERIFY(read.addStored(bytes));
        QCOMPARE(read.count(), 0U);
    }

    void brokenBytesAreRefused()
    {
        DurationHistogram some;
        for (int i = 0; i < 100; ++i)
            some.add(std::int64_t{1} << i % 60);
        std::string bytes;
        some.appendTo(bytes);
        DurationHistogram cut;
        QVERIFY(!cut.addStored(std::string_view(bytes).substr(0, bytes.size() - 1)));
        DurationHistogram wild;
        QVERIFY(!wild.addStored(std::string("\0\0\0\xff\xff\x7f\x01", 7)));
    }
};

QTEST_APPLESS_MAIN(TestDurationHistogram)
#include "tst_durationhistogram.moc"
