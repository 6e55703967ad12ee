// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/heatmapcells.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace telltale {
namespace {

constexpr std::size_t kHoursOfWeek = 7 * 24;

} // namespace

std::optional<CalendarUnit> calendarUnit(HeatmapColumns columns)
{
    switch (columns) {
    case HeatmapColumns::Minute:
        return CalendarUnit::Minute;
    case HeatmapColumns::Hour:
        return CalendarUnit::Hour;
    case HeatmapColumns::Day:
        return CalendarUnit::Day;
    case HeatmapColumns::Week:
        return CalendarUnit::Week;
    case HeatmapColumns::WeekdayHour:
    case HeatmapColumns::Release:
        break;
    }
    return std::nullopt;
}

Result<void> ColumnFinder::prepare(RecordScan &scan, HeatmapColumns kind, TimeRange range)
{
    m_kind = kind;
    m_zone = scan.scope().zone;
    if (const auto unit = calendarUnit(kind)) {
        auto buckets = Buckets::cut(m_zone, *unit, range);
        if (!buckets)
            return tl::unexpected(buckets.error());
        m_buckets = std::move(*buckets);
        addBuckets();
    } else if (kind == HeatmapColumns::WeekdayHour) {
        addHoursOfWeek();
    } else {
        addReleases(scan.reader());
    }
    return {};
}

void ColumnFinder::addBuckets()
{
    columns.reserve(m_buckets.size());
    for (std::size_t i = 0; i < m_buckets.size(); ++i)
        columns.push_back({m_zone.formatLocal(m_buckets.start(i)), m_buckets.start(i), m_buckets.end(i)});
}

void ColumnFinder::addHoursOfWeek()
{
    static constexpr const char *kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    for (std::size_t i = 0; i < kHoursOfWeek; ++i) {
        const std::size_t hour = i % 24;
        columns.push_back(
            {std::string(kDays[i / 24]) + (hour < 10 ? " 0" : " ") + std::to_string(hour), {}, {}});
    }
}

void ColumnFinder::addReleases(CacheReader &reader)
{
    std::map<std::string, std::vector<OriginId>> origins;
    for (const OriginId id : reader.origins()) {
        if (const std::string &release = reader.origin(id).release; !release.empty())
            origins[release].push_back(id);
    }
    for (const auto &[release, ids] : origins) {
        for (const OriginId id : ids) {
            if (id >= m_byOrigin.size())
                m_byOrigin.resize(std::size_t(id) + 1, kNoColumn);
            m_byOrigin[id] = static_cast<std::uint32_t>(columns.size());
        }
        columns.push_back({release, {}, {}});
    }
}

void dropUnseenColumns(Cells &cells, std::vector<HeatmapColumn> &columns)
{
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (cells.columnSeen[i])
            kept.push_back(i);
    }
    std::vector<double> values;
    values.reserve(cells.totals.size() * kept.size());
    for (std::size_t row = 0; row < cells.totals.size(); ++row) {
        for (const std::size_t column : kept)
            values.push_back(cells.values[row * cells.width + column]);
    }
    std::vector<HeatmapColumn> keptColumns;
    for (const std::size_t column : kept)
        keptColumns.push_back(std::move(columns[column]));
    columns = std::move(keptColumns);
    cells.values = std::move(values);
    cells.width = columns.size();
}

Heatmap sortedHeatmap(CacheReader &reader, Cells &cells, std::vector<HeatmapColumn> columns,
                      const std::vector<std::uint32_t> &ids,
                      const std::vector<std::optional<Instant>> &firstSeen, std::size_t limit)
{
    std::vector<std::string> names;
    for (const std::uint32_t id : ids)
        names.emplace_back(reader.string(id));
    std::vector<std::size_t> order(ids.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return cells.totals[a] > cells.totals[b] ||
               (cells.totals[a] == cells.totals[b] && names[a] < names[b]);
    });
    if (order.size() > limit)
        order.resize(limit);
    Heatmap map;
    map.columns = std::move(columns);
    map.values.reserve(order.size() * cells.width);
    for (const std::size_t row : order) {
        map.rows.push_back(names[row]);
        map.rowTotals.push_back(cells.totals[row]);
        map.firstSeen.push_back(firstSeen[row]);
        const auto begin = cells.values.begin() + static_cast<std::ptrdiff_t>(row * cells.width);
        map.values.insert(map.values.end(), begin, begin + static_cast<std::ptrdiff_t>(cells.width));
    }
    return map;
}

} // namespace telltale
