// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"
#include "models/store/sqlite.h"

#include <string>
#include <unordered_map>

namespace telltale {

/// Gives resources with their scope, and metric series, their cache-wide ids. Equal content gets equal ids.
class OriginWriter
{
public:
    explicit OriginWriter(Database &database);

    OriginId idOf(const RecordBatch &batch, const Origin &origin);
    /// True when `a` comes before `b` in an order that depends on what the origins say, not on when they came.
    bool comesBefore(OriginId a, OriginId b);
    /// The series of a metric point.
    std::uint32_t seriesOf(const RecordBatch &batch, std::size_t row);
    void forget();
    void trim();

private:
    Statement m_findOrigin, m_insertOrigin, m_originHash, m_findSeries, m_insertSeries;
    std::unordered_map<std::string, OriginId> m_origins;     ///< by hash
    std::unordered_map<std::string, std::uint32_t> m_series; ///< by hash
};

} // namespace telltale
