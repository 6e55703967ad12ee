// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/damagedtable.h"

#include <limits>
#include <vector>

namespace telltale {
namespace {

// Look-ups that may fail in one table. A page of rows costs some hundred, so this is thousands of damaged pages.
constexpr int kMostFailures = 200'000;
constexpr std::int64_t kFarthestStep = std::int64_t(1) << 40;

/// Ids that were not looked at: both included.
struct IdRange
{
    std::int64_t first = 0, last = 0;
};

class TableReader
{
public:
    TableReader(Database &database, const std::string &table, const std::string &id, const std::string &columns,
                const std::function<void(Statement &row)> &visit)
        : m_visit(visit)
    {
        const std::string from = "SELECT " + columns + " FROM " + table + " WHERE " + id + " >= :first AND " + id + " <= :last ORDER BY " + id;
        m_forwards = Statement(database, from);
        m_backwards = Statement(database, from + " DESC");
        m_probe = Statement(database, "SELECT " + id + " FROM " + table + " WHERE " + id + " >= :first ORDER BY " + id + " LIMIT 1");
    }

    UnreadRows read()
    {
        IdRange all{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
        std::vector<IdRange> todo;
        if (readEnds(all)) {
            // Ids are not negative, and beyond a damaged end of the table nothing says where it was.
            all.first = std::max<std::int64_t>(all.first, 0);
            if (all.last == std::numeric_limits<std::int64_t>::max())
                all.last = endAfter(all.first);
            todo.push_back(all);
        }
        while (!todo.empty()) {
            IdRange range = todo.back();
            todo.pop_back();
            if (range.first > range.last)
                continue;
            if (!readEnds(range) || range.first > range.last)
                continue;
            if (range.first == range.last || m_failures > kMostFailures) {
                noteUnread(range);
                continue;
            }
            const std::int64_t middle = range.first + (range.last - range.first) / 2;
            todo.push_back({middle + 1, range.last});
            todo.push_back({range.first, middle});
        }
        m_unread.isAll = m_rows == 0 && m_failures > 0;
        return m_unread;
    }

private:
    /// Reads from both ends until something is damaged; leaves what is between. False: nothing is.
    bool readEnds(IdRange &range)
    {
        if (run(m_forwards, range, [&](std::int64_t id) { range.first = id + 1; }))
            return false;
        return !run(m_backwards, range, [&](std::int64_t id) { range.last = id - 1; });
    }

    /// True when it came to the end.
    template<typename Seen>
    bool run(Statement &statement, IdRange range, Seen &&seen)
    {
        const StatementScope scope(statement);
        statement.bind(":first", range.first).bind(":last", range.last);
        while (stepped(statement)) {
            seen(statement.integer(0));
            ++m_rows;
            m_visit(statement);
        }
        return !m_hasFailed;
    }

    /// As Statement::step(); a damaged page is the end, too, and noted.
    bool stepped(Statement &statement)
    {
        m_hasFailed = false;
        try {
            return statement.step();
        } catch (const StoreFailure &problem) {
            if (problem.error.code != Error::Code::Damaged)
                throw;
            m_hasFailed = true;
            ++m_failures;
            return false;
        }
    }

    /// The last id before which something is readable again, in growing steps; if nothing is, a page of small rows further.
    std::int64_t endAfter(std::int64_t first)
    {
        constexpr std::int64_t kRowsOfAPage = 512;
        for (std::int64_t step = 1; step < kFarthestStep; step *= 2) {
            const StatementScope scope(m_probe);
            m_probe.bind(":first", first + step);
            if (stepped(m_probe))
                return std::max(first + step, m_probe.integer(0));
        }
        return first + kRowsOfAPage;
    }

    void noteUnread(IdRange range)
    {
        if (m_unread.ranges == 0 || m_lastUnread + 1 != range.first)
            ++m_unread.ranges;
        m_lastUnread = range.last;
    }

    const std::function<void(Statement &row)> &m_visit;
    Statement m_forwards, m_backwards, m_probe;
    UnreadRows m_unread;
    std::int64_t m_lastUnread = 0;
    std::uint64_t m_rows = 0;
    int m_failures = 0;
    bool m_hasFailed = false;
};

} // namespace

UnreadRows readDamagedTable(Database &database, const std::string &table, const std::string &id, const std::string &columns,
                            const std::function<void(Statement &row)> &visit)
{
    return TableReader(database, table, id, columns, visit).read();
}

UnreadRows readDamagedIndex(Database &database, const std::string &table, const std::string &columns, const std::string &order,
                            const std::string &reversed, const std::function<void(Statement &row)> &visit)
{
    std::uint64_t rows = 0;
    const auto isWhole = [&](const std::string &by) {
        Statement all(database, "SELECT " + columns + " FROM " + table + " ORDER BY " + by);
        for (;;) {
            try {
                if (!all.step())
                    return true;
            } catch (const StoreFailure &problem) {
                if (problem.error.code != Error::Code::Damaged)
                    throw;
                return false;
            }
            ++rows;
            visit(all);
        }
    };
    if (isWhole(order) || isWhole(reversed))
        return {};
    return {1, rows == 0};
}

} // namespace telltale
