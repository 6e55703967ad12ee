// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/overviewfigures.h"

#include <QTest>

using namespace telltale;
using namespace std::chrono_literals;

class TestOverviewFigures final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tilesSayWhatChanged()
    {
        Pulse now;
        now.users = 1100;
        now.sessionsStarted = 500;
        now.sessions = 1000;
        now.sessionsCrashed = 20;
        now.spanP95Ms = 800;
        now.spans = 400;
        Pulse before = now;
        before.users = 1000;
        before.sessionsCrashed = 10;
        before.spanP95Ms = 700;
        OverviewFigures figures;
        figures.now = figures.load = &now;
        figures.before = figures.loadBefore = &before;
        const auto tiles = figures.make();
        const Formatter words;
        QCOMPARE(tiles[0].value.value(), 1100.0);
        QCOMPARE(tiles[0].change.mood(), 1);
        QCOMPARE(tiles[3].value.value(), 0.98);
        QCOMPARE(tiles[3].change.mood(), -1);
        QCOMPARE(tiles[4].change.mood(), -1);
        QVERIFY(tiles[3].change.text(words).contains(u'\u2212'));
        QCOMPARE(tiles[4].label, QStringLiteral("Screen load p95"));
    }

    void withoutSessionsNothingIsClaimed()
    {
        Pulse now;
        OverviewFigures figures;
        figures.now = figures.load = &now;
        const auto tiles = figures.make();
        QVERIFY(!tiles[2].value.has_value());
        QVERIFY(!tiles[3].value.has_value()); // not 100 %
        QVERIFY(!tiles[4].value.has_value());
        QVERIFY(tiles[0].change.kind == Change::Kind::None);
    }

    void interactionsArePerMinute()
    {
        std::vector<ActivityRow> rows(2);
        rows[0].start = Instant::fromSeconds(0);
        rows[0].events = 10;
        rows[1].start = Instant::fromSeconds(15);
        const Track track = interactionTrack(rows, {}, 60min, ActivityStep::FifteenSeconds);
        QCOMPARE(track.values[0], 40.0);
        QVERIFY(track.end == Instant::fromSeconds(30));
    }

    void barsAreWholeMinutes()
    {
        std::vector<ActivityRow> rows;
        for (int i = 3; i < 13; ++i) { // begins in the middle of a minute
            ActivityRow row;
            row.start = Instant::fromSeconds(i * 15);
            row.errors = 1;
            rows.push_back(row);
        }
        const Track track = errorTrack(rows, 60min, ActivityStep::FifteenSeconds);
        QCOMPARE(track.values.size(), std::size_t(4));
        QCOMPARE(track.values[0], 1.0);
        QCOMPARE(track.values[1], 4.0);
        QVERIFY(track.starts[1] == Instant::fromSeconds(60));
        QCOMPARE(track.values[3], 1.0);
    }

    void screenLoadsAreAskedForByName()
    {
        const Scope scope = withScreenLoads({});
        QVERIFY(!scope.filter.isEmpty());
    }

    void whatGrowsComesFirst()
    {
        ErrorGroupRow old, fresh;
        old.users = fresh.users = 100;
        old.trend = {5, 5, 5, 5};
        fresh.trend = {0, 0, 10, 10};
        QVERIFY(urgency(fresh) > urgency(old));
    }

    void lengths()
    {
        QCOMPARE(lengthText(60min), QStringLiteral("60 min"));
        QCOMPARE(lengthText(6h), QStringLiteral("6 h"));
        QCOMPARE(lengthText(28 * 24h), QStringLiteral("28 days"));
    }
};

QTEST_GUILESS_MAIN(TestOverviewFigures)
#include "tst_overviewfigures.moc"
