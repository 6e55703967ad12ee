// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/rollupreader.h"

#include "models/store/rolluptable.h"

#include <algorithm>
#include <string>

namespace telltale {
namespace {

constexpr std::size_t kMostKept = std::size_t{1} << 20;
constexpr std::int64_t kLowestBucket = -(std::int64_t{1} << 34), kHighestBucket = std::int64_t{1} << 34;

void copyCells(const RollupColumns &from, std::size_t begin, std::size_t end, RollupColumns &to)
{
    const auto copy = [begin, end](const auto &column, auto &into) {
        into.clear();
        if (!column.empty())
            into.assign(column.begin() + static_cast<std::ptrdiff_t>(begin),
                        column.begin() + static_cast<std::ptrdiff_t>(end));
    };
    copy(from.subjects, to.subjects);
    copy(from.editions, to.editions);
    for (std::size_t i = 0; i < kRollupCounts; ++i)
        copy(from.counts[i], to.counts[i]);
    copy(from.firsts, to.firsts);
    copy(from.lasts, to.lasts);
    for (std::size_t i = 0; i < kRollupIds; ++i)
        copy(from.ids[i], to.ids[i]);
    copy(from.durations, to.durations);
    copy(from.values, to.values);
}

} // namespace

RollupReader::RollupReader(Database &database)
    : m_database(database)
    , m_minutesFrom(database, "SELECT minutes_from FROM rollup_state")
    , m_gaps(database, "SELECT start, stop FROM rollup_gaps ORDER BY start")
    , m_dropped(database, "SELECT dropped FROM rollup_state")
    , m_changes(database, "SELECT day, change FROM rollup_changes ORDER BY day")
    , m_editions(database, "SELECT id, product, environment, release FROM editions ORDER BY id")
    , m_first(database, "SELECT key FROM rollups WHERE key >= :from AND key < :to ORDER BY key LIMIT 1")
    , m_last(database, "SELECT key FROM rollups WHERE key >= :from AND key < :to ORDER BY key DESC LIMIT 1")
    , m_users{{database, "rollups", "users"}, nullptr, 0}
    , m_sessions{{database, "rollups", "sessions"}, nullptr, 0}
{}

std::string_view RollupReader::LargeColumn::read(std::int64_t key)
{
    const std::size_t size = column.open(key);
    if (size > room) {
        room = size + size / 4;
        bytes = std::make_unique_for_overwrite<char[]>(room);
    }
    column.read(bytes.get(), 0, size);
    return {bytes.get(), size};
}

void RollupReader::endSnapshot()
{
    for (LargeColumn *each : {&m_users, &m_sessions}) {
        each->column.close();
        if (each->room > kMostKept) {
            each->bytes.reset();
            each->room = 0;
        }
    }
}

RollupInfo RollupReader::info()
{
    RollupInfo info;
    {
        const StatementScope scope(m_minutesFrom);
        if (!m_minutesFrom.step())
            return info;
        info.isKept = true;
        info.minutesFrom = {m_minutesFrom.integer(0)};
    }
    const StatementScope scope(m_gaps);
    while (m_gaps.step())
        info.gaps.push_back({{m_gaps.integer(0)}, {m_gaps.integer(1)}});
    return info;
}

RollupChanges RollupReader::changes()
{
    RollupChanges changes;
    {
        const StatementScope scope(m_dropped);
        changes.everything = m_dropped.step() ? m_dropped.integer(0) : 0;
    }
    const StatementScope scope(m_changes);
    while (m_changes.step())
        changes.days.emplace_back(m_changes.integer(0), m_changes.integer(1));
    return changes;
}

Statement &RollupReader::statementFor(unsigned parts)
{
    const auto known = m_reads.find(parts);
    if (known != m_reads.end())
        return known->second;
    const auto column = [parts](unsigned part, const char *name) {
        return std::string(parts & part ? name : ", x''");
    };
    const std::string sql = "SELECT key, counts" + column(RollupUsers, ", users") +
                            column(RollupSessions, ", sessions") + column(RollupOtherIds, ", others") +
                            column(RollupDurations, ", durations") +
                            column(RollupValues, ", vals") +
                            " FROM rollups WHERE key >= :from AND key < :to ORDER BY key";
    return m_reads.emplace(parts, Statement(m_database, sql)).first->second;
}

void RollupReader::forEach(RollupFamily family, RollupLevel level, std::int64_t from, std::int64_t to,
                           unsigned parts, const std::function<void(const RollupPart &)> &visit)
{
    if (from >= to)
        return;
    // The sets of a day's features are megabytes.
    const unsigned large = level >= RollupLevel::Day ? parts & (RollupUsers | RollupSessions) : 0U;
    Statement &rows = statementFor(parts & ~large);
    const StatementScope scope(rows);
    rows.bind(":from", rollupKey(family, level, rowOf(level, std::max(from, kLowestBucket)), 0))
        .bind(":to", rollupKey(family, level, std::min(to, kHighestBucket), 0));
    m_part.family = family;
    m_part.level = level;
    while (rows.step()) {
        const std::int64_t key = rows.integer(0);
        m_part.bucket = bucketOfRollupKey(key);
        const std::string_view users = large & RollupUsers ? m_users.read(key) : rows.bytes(2);
        const std::string_view sessions = large & RollupSessions ? m_sessions.read(key) : rows.bytes(3);
        decodeRollup({rows.bytes(1), users, sessions, rows.bytes(4), rows.bytes(5), rows.bytes(6)}, level, m_part.bucket,
                     static_cast<std::uint64_t>(key), parts, m_part.columns);
        if (level == RollupLevel::Minute)
            visitMinutes(from, to, visit);
        else
            visit(m_part);
    }
}

/// What m_part holds of a row of minutes, one after the other: cells are in order of them.
void RollupReader::visitMinutes(std::int64_t from, std::int64_t to,
                                const std::function<void(const RollupPart &)> &visit)
{
    const std::vector<std::uint64_t> &minutes = m_part.columns.subjects;
    m_minute.family = m_part.family;
    m_minute.level = m_part.level;
    for (std::size_t begin = 0; begin < minutes.size();) {
        std::size_t end = begin + 1;
        while (end < minutes.size() && minutes[end] == minutes[begin])
            ++end;
        m_minute.bucket = m_part.bucket + static_cast<std::int64_t>(minutes[begin]);
        if (m_minute.bucket >= from && m_minute.bucket < to) {
            copyCells(m_part.columns, begin, end, m_minute.columns);
            std::fill(m_minute.columns.subjects.begin(), m_minute.columns.subjects.end(), 0);
            visit(m_minute);
        }
        begin = end;
    }
}

std::optional<std::int64_t> RollupReader::bucketAt(Statement &statement, RollupFamily family,
                                                   RollupLevel level)
{
    const StatementScope scope(statement);
    statement.bind(":from", rollupKey(family, level, kLowestBucket, 0))
        .bind(":to", rollupKey(family, level, kHighestBucket, 0));
    return statement.step() ? std::optional(bucketOfRollupKey(statement.integer(0))) : std::nullopt;
}

std::optional<TimeRange> RollupReader::extent(RollupFamily family)
{
    // Quarters that are built of minutes come later than these; those that are folded hold what minutes do not.
    std::optional<TimeRange> extent;
    for (const RollupLevel level : {RollupLevel::Minute, RollupLevel::Quarter}) {
        const auto first = bucketAt(m_first, family, level);
        const auto last = bucketAt(m_last, family, level);
        if (!first || !last)
            continue;
        const std::int64_t width = level == RollupLevel::Minute ? kMinutesInRow : 1; // of the last row
        const TimeRange found{{bucketStart(rowOf(level, *first), level)},
                              {bucketStart(rowOf(level, *last) + width, level)}};
        if (!extent)
            extent = found;
        extent->from = std::min(extent->from, found.from);
        extent->to = std::max(extent->to, found.to);
    }
    return extent;
}

std::vector<StoredEdition> RollupReader::editions()
{
    std::vector<StoredEdition> editions;
    const StatementScope scope(m_editions);
    while (m_editions.step())
        editions.push_back({m_editions.id(0), std::string(m_editions.bytes(1)),
                            std::string(m_editions.bytes(2)), std::string(m_editions.bytes(3))});
    return editions;
}

} // namespace telltale
