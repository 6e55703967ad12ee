// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/buckets.h"
#include "models/analysis/recordrow.h"
#include "models/analysis/recordscan.h"
#include "models/store/durationhistogram.h"

#include <cstdint>
#include <optional>
#include <vector>

/// What both ways to a heatmap, the scan and the rollups, make of it.
namespace telltale {

inline constexpr std::size_t kMaximumCells = 16'000'000;
inline constexpr std::uint32_t kNoColumn = 0xffffffffU;

/// None: columns are not stretches of time that follow each other.
std::optional<CalendarUnit> calendarUnit(HeatmapColumns columns);

/// Knows which column a record belongs to.
class ColumnFinder
{
public:
    /// Errors: as Buckets::cut().
    Result<void> prepare(RecordScan &scan, HeatmapColumns kind, TimeRange range);
    /// kNoColumn: the record names no release.
    std::uint32_t columnOf(const RecordRow &row)
    {
        if (m_kind == HeatmapColumns::Release)
            return row.origin < m_byOrigin.size() ? m_byOrigin[row.origin] : kNoColumn;
        if (m_kind == HeatmapColumns::WeekdayHour) {
            if (row.time < m_hourStart || row.time >= m_hourEnd) {
                const Instant at{row.time};
                m_hourStart = m_zone.startOf(CalendarUnit::Hour, at).ns;
                m_hourEnd = m_zone.nextStart(CalendarUnit::Hour, at).ns;
                m_hourColumn = static_cast<std::uint32_t>(m_zone.weekday(at) * 24 + m_zone.hour(at));
            }
            return m_hourColumn;
        }
        return static_cast<std::uint32_t>(m_buckets.indexOf(row.time));
    }

    /// Whether times from the first to the last make no difference, as far as that is quickly said.
    bool isOneColumn(Instant first, Instant last) const
    {
        if (m_kind == HeatmapColumns::WeekdayHour)
            return false;
        return m_kind == HeatmapColumns::Release || m_buckets.isOne(first, last);
    }

    std::vector<HeatmapColumn> columns;

private:
    void addBuckets();
    void addHoursOfWeek();
    void addReleases(CacheReader &reader);

    HeatmapColumns m_kind = HeatmapColumns::Hour;
    Zone m_zone;
    Buckets m_buckets;
    std::vector<std::uint32_t> m_byOrigin;
    std::int64_t m_hourStart = 0;
    std::int64_t m_hourEnd = 0;
    std::uint32_t m_hourColumn = 0;
};

/// The map while it grows: rows in order of first sight.
struct Cells
{
    std::size_t width = 0;
    std::vector<double> values;
    std::vector<double> totals;
    std::vector<std::uint8_t> columnSeen;
    bool areSums = false;
    std::vector<WideSum> sums; ///< nanoseconds; what values become of in the end, if they are sums

    /// False when it would become too large.
    bool makeRow(std::size_t row)
    {
        if (row < totals.size())
            return true;
        if ((row + 1) * width > kMaximumCells)
            return false;
        totals.push_back(0);
        values.resize((row + 1) * width);
        if (areSums)
            sums.resize(values.size());
        return true;
    }
    /// In whole nanoseconds until now, so that the order of adding does not show.
    void finishSums()
    {
        for (std::size_t row = 0; areSums && row < totals.size(); ++row) {
            WideSum total = 0;
            for (std::size_t at = row * width; at < (row + 1) * width; ++at) {
                values[at] = milliseconds(sums[at]);
                total += sums[at];
            }
            totals[row] = milliseconds(total);
        }
    }

private:
    static double milliseconds(WideSum nanoseconds)
    {
        return static_cast<double>(static_cast<long double>(nanoseconds) / 1e6L);
    }
};

/// Columns of releases that nothing matched say nothing.
void dropUnseenColumns(Cells &cells, std::vector<HeatmapColumn> &columns);

/// The answer: rows with the most first. `ids` and `firstSeen` are of the rows of `cells`.
Heatmap sortedHeatmap(CacheReader &reader, Cells &cells, std::vector<HeatmapColumn> columns,
                      const std::vector<std::uint32_t> &ids,
                      const std::vector<std::optional<Instant>> &firstSeen, std::size_t limit);

} // namespace telltale
