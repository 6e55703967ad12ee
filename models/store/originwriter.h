// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"
#include "models/store/changelog.h"
#include "models/store/sqlite.h"

#include <string>
#include <unordered_map>

namespace telltale {

/// Gives resources with their scope, and metric series, their cache-wide ids. Equal content gets equal ids. Remembers and
/// forgets as a Dictionary does.
class OriginWriter
{
public:
    OriginWriter(Database &lookups, ChangeWriter &writer, ChangeLog &log);

    OriginId idOf(const RecordBatch &batch, const Origin &origin);
    /// True when `a` comes before `b` in an order that depends on what the origins say, not on when they came.
    bool comesBefore(OriginId a, OriginId b);
    /// The series of a metric point.
    std::uint32_t seriesOf(const RecordBatch &batch, std::size_t row);
    void forget();
    bool isFull() const;
    void trim();

    /// Whether a whole row of the table, columns as the schema has them, is what was written: its hash says. Of forgotten series too.
    static bool isOriginRight(const Statement &row);
    static bool isSeriesRight(const Statement &row);

private:
    /// The id a statement finds by hash; 0 when there is none.
    static std::uint32_t found(Statement &find, std::string_view hash);
    static std::uint32_t next(Statement &largest, std::uint32_t &last);
    std::string hashOf(OriginId id);

    Statement m_findOrigin, m_originHash, m_largestOrigin, m_findSeries, m_largestSeries;
    LaterStatement m_insertOrigin, m_insertSeries;
    std::unordered_map<std::string, OriginId> m_origins;      ///< by hash
    std::unordered_map<OriginId, std::string> m_addedOrigins; ///< hashes of those given since forget()
    std::unordered_map<std::string, std::uint32_t> m_series;  ///< by hash
    std::uint32_t m_lastOrigin = 0, m_lastSeries = 0;         ///< 0: not known
};

} // namespace telltale
