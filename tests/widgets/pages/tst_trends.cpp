// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/trends.h"

#include "models/analysis/cacheengine.h"
#include "models/telemetry/timeformat.h"
#include "tests/models/analysis/memorycache.h"

#include <QTest>

#include <numeric>

using namespace telltale;
using namespace std::chrono_literals;

namespace {

Instant at(const char *time)
{
    return *parseRfc3339(time);
}

/// Start by both people, by one of them again; Share by one; an hour apart. Two releases.
std::vector<PlainRecord> records()
{
    std::vector<PlainRecord> records;
    const auto use = [&records](const char *time, const char *user, const char *feature, const char *release) {
        PlainRecord record;
        record.kind = RecordKind::UsageEvent;
        record.time = at(time).ns;
        record.user = user;
        record.session = user;
        record.name = record.feature = feature;
        record.release = release;
        records.push_back(record);
    };
    use("2026-11-20T08:00:00Z", "ann", "Start", "4.1.0");
    use("2026-11-20T08:10:00Z", "ben", "Start", "4.2.0");
    use("2026-11-20T08:20:00Z", "ben", "Start", "4.2.0");
    use("2026-11-20T09:00:00Z", "ann", "Share", "4.1.0");
    use("2026-11-20T07:00:00Z", "ann", "Share", "4.1.0"); // the hour before
    return records;
}

Scope hours(const char *from, const char *to)
{
    Scope scope;
    scope.range = {at(from), at(to)};
    scope.zone = Zone();
    return scope;
}

} // namespace

class TestTrends final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_engine = std::make_unique<CacheEngine>(std::make_unique<MemoryCache>(records())); }

    void mostUsedComeFirst()
    {
        const auto trends = askTrends(*m_engine, TrendBy::Feature, 6, hours("2026-11-20T08:00:00Z", "2026-11-20T10:00:00Z"),
                                      hours("2026-11-20T06:00:00Z", "2026-11-20T08:00:00Z"), ActivityStep::Hour, {});
        QVERIFY(trends);
        QCOMPARE(trends->all, std::size_t(2));
        QCOMPARE(trends->series.size(), std::size_t(2));
        QCOMPARE(trends->series[0].name, std::string("Start"));
        QCOMPARE(trendValues(trends->series[0].now, TrendOf::UsageEvents), (std::vector<double>{3, 0}));
        QCOMPARE(trendValues(trends->series[0].now, TrendOf::Users), (std::vector<double>{2, 0}));
        QCOMPARE(trendValues(trends->series[1].now, TrendOf::UsageEvents), (std::vector<double>{0, 1}));
        QCOMPARE(trendValues(trends->series[1].before, TrendOf::UsageEvents), (std::vector<double>{0, 1}));
        QCOMPARE(trendValues(trends->series[1].now, TrendOf::Errors), (std::vector<double>{0, 0}));
    }

    void partsAddUpToTheWhole()
    {
        const Scope scope = hours("2026-11-20T07:00:00Z", "2026-11-20T10:00:00Z");
        const auto whole = askTrends(*m_engine, TrendBy::Nothing, 6, scope, std::nullopt, ActivityStep::Hour, {});
        QVERIFY(whole && whole->series.size() == 1 && whole->series[0].name.empty() && whole->series[0].before.empty());
        const auto sum = [](const Trends &trends) {
            double total = 0;
            for (const TrendSeries &series : trends.series) {
                const auto values = trendValues(series.now, TrendOf::UsageEvents);
                total += std::accumulate(values.begin(), values.end(), 0.0);
            }
            return total;
        };
        QCOMPARE(sum(*whole), 5.0);
        for (const TrendBy by : {TrendBy::Feature, TrendBy::Release}) {
            const auto parts = askTrends(*m_engine, by, 6, scope, std::nullopt, ActivityStep::Hour, {});
            QVERIFY(parts && parts->series.size() == 2);
            QCOMPARE(sum(*parts), 5.0);
        }
    }

    void theFilterStaysAndTheRestIsCounted()
    {
        Scope scope = hours("2026-11-20T07:00:00Z", "2026-11-20T10:00:00Z");
        const auto one = askTrends(*m_engine, TrendBy::Feature, 1, scope, std::nullopt, ActivityStep::Hour, {});
        QVERIFY(one && one->series.size() == 1);
        QCOMPARE(one->all, std::size_t(2));
        scope.filter = *Filter::parse("release:4.1.0");
        const auto filtered = askTrends(*m_engine, TrendBy::Feature, 6, scope, std::nullopt, ActivityStep::Hour, {});
        QVERIFY(filtered);
        for (const TrendSeries &series : filtered->series) {
            if (series.name == "Start")
                QCOMPARE(trendValues(series.now, TrendOf::UsageEvents), (std::vector<double>{0, 1, 0}));
        }
        scope.filter = *Filter::parse("release:9.9.9");
        const auto none = askTrends(*m_engine, TrendBy::Feature, 6, scope, std::nullopt, ActivityStep::Hour, {});
        QVERIFY(none && none->series.empty() && none->all == 0);
    }

private:
    std::unique_ptr<CacheEngine> m_engine;
};

QTEST_APPLESS_MAIN(TestTrends)
#include "tst_trends.moc"
