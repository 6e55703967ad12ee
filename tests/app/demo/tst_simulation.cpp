// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/simulation.h"
#include "models/telemetry/timeformat.h"
#include "resources/stride/stridescenario.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <map>
#include <set>

using namespace telltale;
using namespace telltale::demo;
using std::chrono::hours;

namespace {

const Instant kEpoch = parseRfc3339("2026-11-22T12:00:00Z").value_or(Instant::min());

// Equal records give equal lines.
std::vector<std::string> lines(const std::vector<demo::Record> &records)
{
    std::vector<std::string> result;
    for (const demo::Record &record : records) {
        result.push_back(std::to_string(record.time.ns) + ' ' + record.session->id + ' ' +
                         record.session->user + ' ' + std::to_string(int(record.kind)) + ' ' + record.label +
                         ' ' + std::string(record.name) + ' ' + record.body);
    }
    std::sort(result.begin(), result.end());
    return result;
}

} // namespace

class TestSimulation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        auto scenario = Scenario::parse(strideScenarioJson());
        QVERIFY(scenario);
        m_scenario = std::move(*scenario);
    }

    void doesNotDependOnHowTimeIsCut()
    {
        const SimulationSettings settings{3, 300, kEpoch, kEpoch, 5};
        Simulation whole(m_scenario, settings);
        const auto expected = lines(whole.sessionsStarting({kEpoch - hours(30), kEpoch}));
        QVERIFY(expected.size() > 1000);
        Simulation pieces(m_scenario, settings);
        std::vector<demo::Record> all;
        Instant at = kEpoch - hours(30);
        for (int step = 1; at < kEpoch; ++step) {
            const Instant end = std::min(kEpoch, at + std::chrono::seconds(step * 37));
            auto piece = pieces.sessionsStarting({at, end});
            std::move(piece.begin(), piece.end(), std::back_inserter(all));
            at = end;
        }
        QCOMPARE(lines(all), expected);
    }

    void otherSeedsAreOtherUsers()
    {
        Simulation one(m_scenario, {1, 100, kEpoch, kEpoch, 0});
        Simulation other(m_scenario, {2, 100, kEpoch, kEpoch, 0});
        const TimeRange day{kEpoch - hours(24), kEpoch};
        QVERIFY(lines(one.sessionsStarting(day)) != lines(other.sessionsStarting(day)));
    }

    void emptyAndReversedRangesAreEmpty()
    {
        Simulation simulation(m_scenario, {1, 100, kEpoch, kEpoch, 5});
        QVERIFY(simulation.sessionsStarting({kEpoch, kEpoch}).empty());
        QVERIFY(simulation.sessionsStarting({kEpoch, kEpoch - hours(1)}).empty());
    }

    void sessionsHoldTogether()
    {
        Simulation simulation(m_scenario, {1, 400, kEpoch, kEpoch, 2});
        std::map<std::string, std::vector<demo::Record>> sessions;
        Instant last = Instant::min();
        for (demo::Record &record : simulation.sessionsStarting({kEpoch - hours(48), kEpoch})) {
            QVERIFY(last <= record.due); // sorted by when they are sent
            last = record.due;
            QVERIFY(record.time <= record.due);
            sessions[record.session->id].push_back(std::move(record));
        }
        QVERIFY(sessions.size() > 200);
        for (const auto &[id, records] : sessions) {
            Instant begin = Instant::max();
            std::set<std::string> users;
            int starts = 0;
            for (const demo::Record &record : records) {
                users.insert(record.session->user);
                if (record.name == "session.start") {
                    ++starts;
                    begin = record.time;
                }
            }
            QCOMPARE(starts, 1);
            QCOMPARE(users.size(), std::size_t(1));
            for (const demo::Record &record : records)
                QVERIFY2(record.time >= begin, record.label.c_str());
        }
    }

    void weekdaysHaveTheirHours()
    {
        // Sessions of two weeks, local hours in Berlin (one hour ahead of UTC in November), Android and iOS
        // alike.
        Simulation simulation(m_scenario, {1, 1500, kEpoch, kEpoch, 0});
        std::array<int, 24> weekday{};
        std::array<int, 24> weekend{};
        const Instant from = kEpoch - hours(24 * 14);
        for (const demo::Record &record : simulation.sessionsStarting({from, kEpoch})) {
            const auto isInBerlin = [](const auto &attribute) { return attribute.second == "Berlin"; };
            const auto &resource = record.session->resource;
            if (record.name != "session.start" || std::none_of(resource.begin(), resource.end(), isInBerlin))
                continue;
            const std::int64_t local = record.time.ns / 1'000'000'000 + 3600;
            const std::int64_t day = (local / 86400 + 3) % 7;
            ++(day >= 5 ? weekend : weekday)[std::size_t(local / 3600 % 24)];
        }
        const auto busiest = [](const std::array<int, 24> &hoursOfDay) {
            return std::max_element(hoursOfDay.begin(), hoursOfDay.end()) - hoursOfDay.begin();
        };
        QVERIFY2(busiest(weekday) >= 17 && busiest(weekday) <= 19,
                 qPrintable(QString::number(busiest(weekday))));
        QVERIFY2(busiest(weekend) >= 8 && busiest(weekend) <= 10,
                 qPrintable(QString::number(busiest(weekend))));
        QVERIFY(weekday[7] > 4 * weekday[3]);
        QVERIFY(weekday[7] > 2 * weekday[10]);
    }

    void theNewReleaseShows()
    {
        Simulation simulation(m_scenario, {1, 3000, kEpoch, kEpoch, 30});
        struct Figures
        {
            int views = 0, npe = 0, mapUses = 0, uses = 0;
            std::vector<double> loads;
        };
        std::map<std::string, Figures> byRelease;
        for (const demo::Record &record :
             simulation.sessionsStarting({kEpoch - hours(3), kEpoch + hours(1)})) {
            const auto &resource = record.session->resource;
            const auto release = std::find_if(resource.begin(), resource.end(),
                                              [](const auto &a) { return a.first == "service.version"; });
            Figures &figures = byRelease[release->second];
            figures.views += record.kind == demo::Kind::ScreenView;
            figures.npe += record.label == "NullPointerException";
            figures.uses += record.kind == demo::Kind::UsageEvent;
            figures.mapUses += record.kind == demo::Kind::UsageEvent && record.label == "Live route map";
            if (record.name == "screen.load")
                figures.loads.push_back(double(std::get<demo::SpanFacts>(record.facts).duration.count()) /
                                        1e6);
        }
        Figures &before = byRelease["4.1.3"];
        Figures &after = byRelease["4.2.0"];
        QVERIFY(before.views > 500 && after.views > 500);
        QCOMPARE(before.npe, 0);
        QVERIFY(after.npe > 10);
        const auto mapShare = [](const Figures &f) { return double(f.mapUses) / f.uses; };
        QVERIFY2(mapShare(after) < 0.5 * mapShare(before), qPrintable(QString::number(mapShare(after))));
        const auto p95 = [](Figures &f) {
            std::sort(f.loads.begin(), f.loads.end());
            return f.loads[f.loads.size() * 95 / 100];
        };
        QVERIFY2(p95(after) > 1.25 * p95(before), qPrintable(QString::number(p95(after))));
    }

    void sleepInsightsAreNew()
    {
        Simulation simulation(m_scenario, {1, 600, kEpoch, kEpoch, 0});
        const auto uses = [&](TimeRange range) {
            const auto records = simulation.sessionsStarting(range);
            return std::count_if(records.begin(), records.end(), [](const demo::Record &record) {
                return record.kind == demo::Kind::UsageEvent && record.label == "Sleep insights";
            });
        };
        QCOMPARE(uses({kEpoch - hours(24 * 16), kEpoch - hours(24 * 12 + 1)}), 0);
        QVERIFY(uses({kEpoch - hours(24 * 11), kEpoch}) > 10);
    }

    void livelyHoursReachTheRate()
    {
        Simulation simulation(m_scenario, {1, 5000, kEpoch, kEpoch, 20});
        const auto records = simulation.sessionsStarting({kEpoch - std::chrono::minutes(60), kEpoch});
        const double rate = double(records.size()) / 3600;
        QVERIFY2(rate > 13 && rate < 27, qPrintable(QString::number(rate)));
    }

private:
    Scenario m_scenario;
};

QTEST_APPLESS_MAIN(TestSimulation)
#include "tst_simulation.moc"
