// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/samples.h"

#include "widgets/theme/seriespalette.h"

#include <cmath>
#include <random>

namespace telltale::samples {

namespace {

using namespace std::chrono_literals;

double noise(std::mt19937 &random, double strength)
{
    return std::normal_distribution<double>(0, strength)(random);
}

Instant release()
{
    return lastHour().from + 36min;
}

} // namespace

Formatter formatter()
{
    return Formatter(
        QLocale(QLocale::English, QLocale::UnitedKingdom), [](Instant) { return 3600; },
        QStringLiteral("Europe/Berlin"));
}

TimeRange lastHour()
{
    return {kNow - 60min, kNow};
}

TrackStackData tracks()
{
    TrackStackData data;
    data.range = lastHour();
    data.now = kNow;
    data.previousName = QStringLiteral("60 min before");
    std::mt19937 random(7);
    const auto make = [&](const QString &name, Track::Shape shape, SeriesSlot colour,
                          std::chrono::seconds bucket) {
        Track track;
        track.id = track.name = name;
        track.shape = shape;
        track.colour = colour;
        const std::int64_t ns = std::chrono::nanoseconds(bucket).count();
        for (Instant at{data.range.from.ns / ns * ns}; at < data.range.to; at = at + bucket)
            track.starts.push_back(at);
        track.end = track.starts.back() + bucket;
        return track;
    };
    Track interactions = make(QStringLiteral("Interactions"), Track::Shape::Line, SeriesSlot::Blue, 15s);
    interactions.caption = QStringLiteral("per minute");
    interactions.share = 2.4;
    double level = 1100, before = 1150;
    for (std::size_t i = 0; i < interactions.starts.size(); ++i) {
        const double t = double(i) / double(interactions.starts.size());
        level += (1150 + 380 * std::sin(t * 9.5 - 0.9) * std::exp(-1.3 * std::pow(t - 0.4, 2)) +
                  (t > 0.62 ? (t - 0.62) * 900 : 0) - level) *
                     0.2 +
                 noise(random, 26);
        before += (1050 + 260 * std::sin(t * 6.3 - 0.6) + 200 * t - before) * 0.15 + noise(random, 20);
        interactions.values.push_back(std::round(level));
        interactions.previous.push_back(std::round(before));
    }
    Track errors = make(QStringLiteral("Errors"), Track::Shape::Bars, SeriesSlot::Bad, 60s);
    errors.better = Change::Better::Lower;
    for (const Instant at : errors.starts) {
        const double mean = at < release() ? 4 : 19;
        errors.values.push_back(double(std::poisson_distribution<int>(mean)(random)) +
                                (at < release() ? 0 : std::abs(noise(random, 7))));
        errors.values.back() = std::round(errors.values.back());
    }
    Track load = make(QStringLiteral("Screen load"), Track::Shape::Line, SeriesSlot::Plum, 15s);
    load.kind = ValueKind::Milliseconds;
    load.better = Change::Better::Lower;
    double ms = 640, msBefore = 620;
    for (const Instant at : load.starts) {
        ms += ((at < release() ? 650 : 830) - ms) * 0.06 + noise(random, 14);
        msBefore += (620 - msBefore) * 0.08 + noise(random, 13);
        load.values.push_back(ms);
        load.previous.push_back(msBefore);
    }
    data.tracks = {interactions, errors, load};
    data.markers = {{TimeMarker::Kind::Release, release(), QStringLiteral("4.2.0 rollout 25 %"),
                     QStringLiteral("4.2.0")}};
    return data;
}

HeatGrid features()
{
    HeatGrid grid;
    grid.unit = QStringLiteral("users");
    grid.range = lastHour();
    std::mt19937 random(11);
    const QStringList names{QStringLiteral("Start workout"),    QStringLiteral("Live route map"),
                            QStringLiteral("Heart-rate zones"), QStringLiteral("Training plan"),
                            QStringLiteral("Friends feed"),     QStringLiteral("Meal log"),
                            QStringLiteral("Interval timer"),   QStringLiteral("Share summary")};
    const std::int64_t two = std::chrono::nanoseconds(2min).count();
    for (Instant at{lastHour().from.ns / two * two}; at < lastHour().to; at = at + 2min)
        grid.columns.push_back({{}, TimeRange{at, at + 2min}, false});
    for (int r = 0; r < names.size(); ++r) {
        grid.rows.push_back({names[r], names[r], {}});
        for (std::size_t c = 0; c < grid.columns.size(); ++c) {
            const double t = double(c) / double(grid.columns.size());
            double mean = 165 * std::exp(-0.27 * r) * (0.8 + 0.25 * std::sin(t * 7 + r));
            if (r == 1 && t > 0.6)
                mean *= std::max(0.18, 1 - 3.2 * (t - 0.6));
            grid.values.push_back(std::max(0.0, std::round(mean + noise(random, 3))));
        }
    }
    return grid;
}

HeatGrid featuresByDay()
{
    HeatGrid grid;
    grid.unit = QStringLiteral("users");
    const Instant first = Instant::fromSeconds(1'763'420'400) - 27 * 24h; // midnight in Berlin
    grid.range = TimeRange{first, first + 28 * 24h};
    std::mt19937 random(5);
    for (int day = 0; day < 28; ++day)
        grid.columns.push_back(
            {{}, TimeRange{first + day * 24h, first + (day + 1) * 24h}, (day + 2) % 7 == 1});
    const QStringList names{QStringLiteral("Start workout"),  QStringLiteral("Live route map"),
                            QStringLiteral("Friends feed"),   QStringLiteral("Heart-rate zones"),
                            QStringLiteral("Training plan"),  QStringLiteral("Meal log"),
                            QStringLiteral("Challenges"),     QStringLiteral("Interval timer"),
                            QStringLiteral("Sleep insights"), QStringLiteral("Share summary"),
                            QStringLiteral("Export GPX")};
    for (int r = 0; r < names.size(); ++r) {
        double total = 0;
        for (int day = 0; day < 28; ++day) {
            const bool isWeekend = (day + 2) % 7 == 6 || (day + 2) % 7 == 0;
            double value =
                std::round(8600 * std::exp(-0.24 * r) * (isWeekend ? 1.15 : 1) * (1 + noise(random, 0.04)));
            if (r == 8 && day < 12)
                value = std::nan("");
            if (r == 10 && day % 6 == 2)
                value = 0;
            if (std::isfinite(value))
                total += value;
            grid.values.push_back(value);
        }
        grid.rows.push_back({names[r], names[r], total});
    }
    return grid;
}

HeatGrid weekdays()
{
    HeatGrid grid;
    grid.unit = QStringLiteral("active users");
    grid.labelEvery = 6;
    const QLocale locale(QLocale::English, QLocale::UnitedKingdom);
    for (int hour = 0; hour < 24; ++hour)
        grid.columns.push_back({QStringLiteral("%1").arg(hour, 2, 10, QLatin1Char('0')), {}, false});
    for (int day = 1; day <= 7; ++day) {
        grid.rows.push_back({QString::number(day), locale.standaloneDayName(day, QLocale::ShortFormat), {}});
        for (int hour = 0; hour < 24; ++hour) {
            const auto bump = [&](double at, double width, double height) {
                return height * std::exp(-std::pow((hour - at) / width, 2));
            };
            const double value = day < 6 ? 20 + bump(6.8, 1.2, 300) + bump(18.4, 1.8, 430)
                                         : 20 + bump(9.8, 2, 450) + bump(15, 4, 230);
            grid.values.push_back(std::round(value * (1 + 0.04 * std::sin(day * 7 + hour))));
        }
    }
    return grid;
}

SessionTimelineData session()
{
    SessionTimelineData data;
    const Instant start = kNow - 28min - 12s;
    data.range = {start, kNow};
    data.isRunning = true;
    const auto at = [&](double minutes) {
        return start + std::chrono::milliseconds(std::int64_t(minutes * 60'000));
    };
    SeriesPalette palette;
    palette.reserve({QStringLiteral("Workout"), QStringLiteral("Plan"), QStringLiteral("Live route map"),
                     QStringLiteral("Feed"), QStringLiteral("Home")});
    const auto screen = [&](double from, double to, const QString &name) {
        data.screens.push_back({{at(from), at(to)}, name, palette.slotFor(name)});
    };
    screen(0, 0.7, QStringLiteral("Home"));
    screen(0.7, 3.1, QStringLiteral("Plan"));
    screen(3.1, 6.4, QStringLiteral("Workout"));
    screen(6.4, 17.6, QStringLiteral("Live route map"));
    screen(17.6, 19.2, QStringLiteral("Workout"));
    screen(19.2, 23.4, QStringLiteral("Live route map"));
    screen(23.9, 25, QStringLiteral("Home"));
    screen(25, 28.2, QStringLiteral("Feed"));
    std::mt19937 random(3);
    for (int i = 0; i < 184; ++i) {
        const double t = std::uniform_real_distribution<double>(0, 28.2)(random);
        if (t < 11 || (t > 16 && t < 23.4) || t > 23.95)
            data.interactions.push_back({at(t), QStringLiteral("tap Pause workout")});
    }
    data.errors = {{at(8.8), QStringLiteral("heart-rate strap reconnected"), 9},
                   {at(14.2), QStringLiteral("GPS weak"), 13},
                   {at(23.4), QStringLiteral("NullPointerException"), 17}};
    for (int i = 0; i < 40; ++i) {
        const double t = std::uniform_real_distribution<double>(0, 23)(random);
        data.spans.push_back({{at(t), at(t + 0.02 + 0.25 * std::abs(noise(random, 1)))},
                              QStringLiteral("GET /v2/zones"),
                              i % 13 == 5});
    }
    std::sort(data.spans.begin(), data.spans.end(),
              [](const auto &a, const auto &b) { return a.range.from < b.range.from; });
    data.gaps = {{{at(23.45), at(23.88)}, QStringLiteral("crashed")}};
    const auto lane = [&](const QString &name, const QString &unit, SeriesSlot colour, double base,
                          double strength, double drift) {
        SessionTimelineData::Lane made;
        made.name = name;
        made.unit = unit;
        made.colour = colour;
        double level = base;
        for (double t = 0; t < 28.2; t += 0.12) {
            if (t > 23.4 && t < 23.9)
                continue;
            level += (base + drift * t - level) * 0.12 + noise(random, strength);
            made.points.push_back({at(t), std::max(0.0, level)});
        }
        return made;
    };
    data.lanes = {
        lane(QStringLiteral("CPU"), QStringLiteral("% of one core"), SeriesSlot::Blue, 42, 5, 0.4),
        lane(QStringLiteral("Memory"), QStringLiteral("MB"), SeriesSlot::Plum, 215, 1, 5.2),
        lane(QStringLiteral("Frame time"), QStringLiteral("p95 ms"), SeriesSlot::Orange, 14, 1.1, 0.1)};
    data.lanes[2].budget = 16.7;
    data.lanes[2].budgetName = QStringLiteral("60 fps budget");
    return data;
}

std::vector<DwellRanges::Row> dwells()
{
    const auto row = [](const QString &name, double p25, double p50, double p75, double change,
                        double visits = 4000) {
        DwellRanges::Row made{name, name, p25 * 1000, p50 * 1000, p75 * 1000, visits, {}};
        made.change = {Change::Kind::Ratio, change,
                       std::abs(change) > 0.2 ? Change::Better::Higher : Change::Better::Neither,
                       ValueKind::Milliseconds};
        return made;
    };
    return {row(QStringLiteral("Live route map"), 62, 148, 312, -0.38),
            row(QStringLiteral("Workout"), 55, 121, 261, 0.04),
            row(QStringLiteral("Training plan"), 24, 58, 122, 0.09),
            row(QStringLiteral("Friends feed"), 18, 47, 141, 0.02),
            row(QStringLiteral("Summary"), 14, 33, 71, -0.01),
            row(QStringLiteral("Meal log"), 12, 29, 58, 0.06),
            row(QStringLiteral("Home"), 3, 9, 21, 0),
            row(QStringLiteral("Export GPX"), 4, 20, 80, 0, 12)};
}

std::vector<ShareBars::Row> shares()
{
    return {{QStringLiteral("Release"), {{QStringLiteral("4.2.0"), 4816}}},
            {QStringLiteral("OS"),
             {{QStringLiteral("Android 15"), 3419},
              {QStringLiteral("Android 14"), 1170},
              {QStringLiteral("Android 13"), 227}}},
            {QStringLiteral("Device"),
             {{QStringLiteral("Pixel 8"), 1830},
              {QStringLiteral("Galaxy S24"), 1490},
              {QStringLiteral("OnePlus 12"), 600},
              {QStringLiteral("Pixel 7a"), 500},
              {QStringLiteral("Xperia"), 396}}}};
}

std::vector<double> trend(int seed, int count, double slope)
{
    std::mt19937 random{std::uint32_t(seed)};
    std::vector<double> values;
    double level = 50;
    for (int i = 0; i < count; ++i) {
        level += noise(random, 4) + slope;
        values.push_back(level + 6 * std::sin(i * 0.4 + seed));
    }
    return values;
}

std::vector<double> crashTrend(int count)
{
    std::mt19937 random(9);
    std::vector<double> values;
    for (int i = 0; i < count; ++i)
        values.push_back(i < count * 6 / 10 ? (i % 5 == 2 ? 1 : 0)
                                            : std::round(10 + 14 * double(i - count * 6 / 10) / count +
                                                         std::abs(noise(random, 5))));
    return values;
}

MiniTimeline mini(int seed)
{
    MiniTimeline timeline;
    std::mt19937 random{std::uint32_t(seed)};
    const auto length = std::chrono::seconds(200 + std::int64_t(random() % 2000));
    timeline.range = {kNow - length, kNow};
    timeline.longest = 2300s;
    Instant at = timeline.range.from;
    while (at < timeline.range.to) {
        const Instant end = std::min(timeline.range.to, at + std::chrono::seconds(40 + random() % 400));
        timeline.stretches.push_back({{at, end}, SeriesSlot(random() % 6)});
        at = end;
    }
    if (seed % 2)
        timeline.errors = {timeline.range.from + length * 7 / 10};
    return timeline;
}

} // namespace telltale::samples
