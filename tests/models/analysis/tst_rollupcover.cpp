// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/rollupcover.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace telltale;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kDay = 24 * 60 * kMinute;
constexpr std::int64_t kStart = 1'795'161'600 * kSecond; // 2026-11-20T08:00:00Z

/// Buckets that are there, and how often each finest one was read.
struct Shelf
{
    std::map<RollupLevel, std::set<std::int64_t>> buckets;
    std::map<std::pair<RollupLevel, std::int64_t>, int> reads;

    bool read(RollupLevel level, std::int64_t from, std::int64_t to, const RollupCover::Take &take)
    {
        const auto &all = buckets[level];
        for (auto next = all.lower_bound(from); next != all.end() && *next < to; ++next) {
            ++reads[{level, *next}];
            take(*next);
        }
        return true;
    }
};

} // namespace

class TestRollupCover final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holesAreTakenOut()
    {
        const TimeRange ranges[] = {{{0}, {10}}, {{20}, {30}}};
        const TimeRange holes[] = {{{-5}, {2}}, {{4}, {5}}, {{8}, {22}}};
        const auto left = without(ranges, holes);
        const std::vector<TimeRange> want{{{2}, {4}}, {{5}, {8}}, {{22}, {30}}};
        QVERIFY(left == want);
        QVERIFY(without(ranges, {}) == std::vector<TimeRange>(std::begin(ranges), std::end(ranges)));
    }

    /// Whatever coarse buckets there are: every minute of a stretch is covered exactly once, by buckets or by the rest.
    void everyMomentIsCoveredOnce()
    {
        const unsigned seed = 20'261'126;
        std::mt19937_64 random(seed);
        const auto below = [&random](std::int64_t n) {
            return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
        };
        for (int round = 0; round < 200; ++round) {
            Shelf shelf;
            for (const RollupLevel level : {RollupLevel::Hour, RollupLevel::Day}) {
                for (int i = 0; i < 30; ++i)
                    shelf.buckets[level].insert(bucketOf(kStart + below(10 * kDay), level));
            }
            const Instant minutesFrom{kStart + below(10 * kDay) / kDay * kDay};
            std::vector<std::int64_t> edges;
            for (int i = 0; i < 12; ++i)
                edges.push_back(kStart + below(10 * kDay) / kMinute * kMinute);
            std::sort(edges.begin(), edges.end());
            edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
            std::vector<TimeRange> stretches;
            for (std::size_t i = 0; i + 1 < edges.size(); i += 1 + std::size_t(below(2)))
                stretches.push_back({{edges[i]}, {edges[i + 1]}});
            std::vector<TimeRange> read; // what buckets were asked for at the finest levels
            RollupCover cover;
            std::vector<TimeRange> covered;
            const bool isDone = cover.run(
                RollupFamily::All, RollupCountsOnly, minutesFrom, stretches,
                [&](RollupLevel level, std::int64_t from, std::int64_t to, const RollupCover::Take &take) {
                    // What is not there at a finest level is nothing; before minutes begin these are quarters.
                    const std::int64_t begin = bucketStart(from, level);
                    const std::int64_t end = bucketStart(to, level);
                    if (level == RollupLevel::Minute)
                        covered.push_back({{begin}, {end}});
                    else if (level == RollupLevel::Quarter && begin < minutesFrom.ns)
                        covered.push_back({{begin}, {std::min(end, minutesFrom.ns)}});
                    return shelf.read(level, from, to, [&](std::int64_t bucket) {
                        covered.push_back({{bucketStart(bucket, level)}, {bucketStart(bucket + 1, level)}});
                        take(bucket);
                    });
                });
            QVERIFY(isDone);
            covered.insert(covered.end(), cover.rest().begin(), cover.rest().end());
            std::sort(covered.begin(), covered.end(),
                      [](const TimeRange &a, const TimeRange &b) { return a.from < b.from; });
            // Joined where they touch, both are the same line.
            const auto joined = [](const std::vector<TimeRange> &ranges) {
                std::vector<TimeRange> line;
                for (const TimeRange &range : ranges) {
                    if (!line.empty() && line.back().to == range.from)
                        line.back().to = range.to;
                    else
                        line.push_back(range);
                }
                return line;
            };
            QVERIFY2(joined(covered) == joined(stretches), QByteArray::number(round).constData());
        }
    }
};

QTEST_APPLESS_MAIN(TestRollupCover)
#include "tst_rollupcover.moc"
