// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/sqlite.h"

#include <cstdint>
#include <optional>

namespace telltale {

/// What a cache says about all that is in it: its one row of state. The writer's thread, inside the caller's transaction;
/// functions throw.
class CacheState
{
public:
    explicit CacheState(Database &database);

    std::int64_t sequence = 0;       ///< of the last commit
    std::int64_t rolledSequence = 0; ///< rollups hold all up to this one
    std::int64_t records = 0, longestSession = 0;
    std::optional<std::int64_t> oldest, newest; ///< times of records, ns

    /// As it is in the file: at the start and after a rollback.
    void load();
    void write();
    /// So many records more, from the first to the last of these times.
    void add(std::uint64_t count, std::int64_t first, std::int64_t last);

private:
    Statement m_read, m_write;
};

} // namespace telltale
