// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gridmaking.h"

#include "models/items/bucketchoice.h"
#include "models/items/heatmapmodel.h"
#include "models/items/itemtext.h"
#include "translations/localeformats.h"
#include "widgets/theme/fonts.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace telltale {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr double kFewest = 30; ///< below that a change says nothing

/// How much a row rose, for the order: new rows above all, those with few data below all.
double riseOf(const Heatmap &map, std::size_t row, const std::map<std::string, double> &earlier)
{
    const double now = row < map.rowTotals.size() ? map.rowTotals[row] : 0;
    const auto then = earlier.find(map.rows[row]);
    const double before = then == earlier.end() ? 0 : then->second;
    if (std::max(now, before) < kFewest)
        return -std::numeric_limits<double>::infinity();
    return before > 0 ? now / before - 1 : std::numeric_limits<double>::infinity();
}

void arrange(std::vector<std::size_t> &rows, const Heatmap &map, const RowOrdering &ordering)
{
    const auto name = [&](std::size_t row) { return itemtext::text(map.rows[row]); };
    const auto place = [&](std::size_t row) {
        const auto at = ordering.byHand.indexOf(name(row));
        return at < 0 ? ordering.byHand.size() : at;
    };
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        switch (ordering.order) {
        case RowOrder::Name:
            return name(a).localeAwareCompare(name(b)) < 0;
        case RowOrder::Change:
            return riseOf(map, a, ordering.earlier) > riseOf(map, b, ordering.earlier);
        case RowOrder::ByHand:
            return place(a) < place(b);
        case RowOrder::Total:
            break;
        }
        return false;
    });
}

} // namespace

HeatGrid heatGrid(const Heatmap &map, TimeRange range, const QString &unit, std::size_t mostRows,
                  const Zone &zone, const RowOrdering &ordering)
{
    HeatGrid grid;
    grid.unit = unit;
    std::vector<std::size_t> rows(std::min(mostRows, map.rows.size()));
    std::iota(rows.begin(), rows.end(), std::size_t(0));
    arrange(rows, map, ordering);
    for (const std::size_t row : rows) {
        const QString name = itemtext::text(map.rows[row]);
        grid.rows.push_back(
            {name, name, row < map.rowTotals.size() ? std::optional(map.rowTotals[row]) : std::nullopt});
    }
    bool isTimed = !map.columns.empty();
    using namespace std::chrono_literals;
    for (const HeatmapColumn &column : map.columns) {
        HeatColumn out;
        out.label = itemtext::text(column.label);
        isTimed = isTimed && column.start && column.end;
        if (column.start && column.end) {
            out.range = TimeRange{*column.start, *column.end};
            out.isSilent = map.heardUntil && *column.start >= *map.heardUntil;
            const auto width = *column.end - *column.start;
            out.isGroupStart = width > 20h && width < 30h && zone.weekday(*column.start) == 0;
        }
        grid.columns.push_back(std::move(out));
    }
    grid.values.reserve(rows.size() * map.columns.size());
    for (const std::size_t row : rows) {
        for (std::size_t column = 0; column < map.columns.size(); ++column)
            grid.values.push_back(HeatmapModel::isMissing(map, row, column) ? kUnknown : map.at(row, column));
    }
    if (isTimed)
        grid.range = range;
    return grid;
}

HeatGrid spreadGrid(const LatencyBands &bands, TimeRange range, std::chrono::nanoseconds width, std::optional<Instant> silent,
                    const Formatter &formatter)
{
    HeatGrid grid;
    grid.unit = QCoreApplication::translate("telltale::PerformancePage", "operations");
    grid.range = range;
    const std::size_t count = bands.edgesMs.empty() ? 0 : bands.edgesMs.size() - 1;
    for (std::size_t row = 0; row < count; ++row) {
        const std::size_t band = count - 1 - row;
        double total = 0;
        for (const LatencyBands::Column &column : bands.columns)
            total += static_cast<double>(column.spans[band]);
        //: A stretch of durations, "268 ms – 537 ms"
        const QString name = QCoreApplication::translate("telltale::PerformancePage", "%1 – %2")
                                 .arg(formatter.duration(bands.edgesMs[band]).joined(), formatter.duration(bands.edgesMs[band + 1]).joined());
        grid.rows.push_back({QString::number(band), name, total});
    }
    for (const LatencyBands::Column &column : bands.columns) {
        HeatColumn out;
        out.range = TimeRange{column.start, column.start + width};
        out.isSilent = silent && column.start >= *silent;
        grid.columns.push_back(std::move(out));
    }
    for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t column = 0; column < bands.columns.size(); ++column) {
            const double spans = static_cast<double>(bands.columns[column].spans[count - 1 - row]);
            grid.values.push_back(grid.columns[column].isSilent ? kUnknown : spans);
        }
    }
    return grid;
}

bool hasAnybody(const WeekdayHours &hours)
{
    return std::any_of(hours.average.begin(), hours.average.end(), [](double users) { return users > 0; });
}

HeatGrid weekdayGrid(const WeekdayHours &hours, int labelEvery)
{
    HeatGrid grid;
    const QLocale locale;
    for (int row = 0; row < 7; ++row) {
        const int day = (locale.firstDayOfWeek() - 1 + row) % 7; // from Monday, as the hours are
        const QString name = locale.dayName(day + 1, QLocale::ShortFormat);
        grid.rows.push_back({name, name, std::nullopt});
        const auto first = hours.average.begin() + day * 24;
        grid.values.insert(grid.values.end(), first, first + 24);
    }
    for (int hour = 0; hour < 24; ++hour)
        grid.columns.push_back(
            {digits(locale, hour, 2), std::nullopt, false});
    grid.labelEvery = labelEvery;
    return grid;
}

int gutterOf(const HeatGrid &grid)
{
    const QFontMetricsF metrics(fontFor(FontRole::SecondaryStrong));
    double widest = 0;
    for (const HeatRow &row : grid.rows)
        widest = std::max(widest, metrics.horizontalAdvance(row.label));
    return std::max(scaled(38), int(std::ceil(widest)) + scaled(10));
}

Instant bucketStart(Instant at, ActivityStep step, const Zone &zone)
{
    if (step == ActivityStep::Day)
        return zone.startOf(CalendarUnit::Day, at);
    if (step == ActivityStep::Hour)
        return zone.startOf(CalendarUnit::Hour, at);
    const std::int64_t width = widthOf(step).count();
    const std::int64_t rest = ((at.ns % width) + width) % width;
    return {at.ns - rest};
}

std::vector<double> alignedBefore(std::span<const Instant> starts, std::chrono::nanoseconds length,
                                  std::span<const Instant> before, std::span<const double> values)
{
    std::vector<double> out(starts.size(), kUnknown);
    std::size_t at = 0;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const Instant wanted = starts[i] - length;
        while (at + 1 < before.size() && before[at + 1] <= wanted)
            ++at;
        if (at < before.size() && before[at] <= wanted)
            out[i] = values[at];
    }
    return out;
}

std::vector<double> thinnedOut(std::span<const double> values, std::size_t points)
{
    if (values.size() <= points)
        return {values.begin(), values.end()};
    std::vector<double> out;
    out.reserve(points);
    for (std::size_t i = 0; i < points; ++i) {
        const std::size_t from = i * values.size() / points;
        const std::size_t to = (i + 1) * values.size() / points;
        double sum = 0;
        int known = 0;
        for (std::size_t at = from; at < to; ++at) {
            if (!std::isnan(values[at])) {
                sum += values[at];
                ++known;
            }
        }
        out.push_back(known > 0 ? sum / known : kUnknown);
    }
    return out;
}

int firstBadSlice(const ErrorGroupRow &row, TimeRange range, std::span<const ReleaseRow> releases)
{
    if (row.trend.empty() || range.isEmpty() || range.isOpen())
        return -1;
    if (row.state == "new" || range.contains(row.everFirstSeen)) {
        const auto first =
            std::find_if(row.trend.begin(), row.trend.end(), [](std::uint32_t n) { return n > 0; });
        return first == row.trend.end() ? -1 : static_cast<int>(first - row.trend.begin());
    }
    if (row.state != "regressed" && row.state != "escalating")
        return -1;
    std::optional<Instant> newest;
    for (const ReleaseRow &release : releases) {
        if (range.contains(release.firstSeen) && (!newest || release.firstSeen > *newest))
            newest = release.firstSeen;
    }
    if (!newest)
        return -1;
    const double share = static_cast<double>((*newest - range.from).count()) /
                         static_cast<double>((range.to - range.from).count());
    return static_cast<int>(share * static_cast<double>(row.trend.size()));
}

} // namespace telltale
