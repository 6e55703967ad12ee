// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"
#include "models/store/sqlite.h"

#include <cstdint>
#include <vector>

namespace telltale {

/// Which edition (product, environment, release) an origin belongs to: what rollups keep apart, in one small number. Gives
/// new ones their ids, inside the caller's transaction.
class EditionWriter
{
public:
    explicit EditionWriter(Database &database);

    std::uint32_t editionOf(OriginId origin)
    {
        if (origin < m_known.size() && m_known[origin] != 0)
            return m_known[origin];
        return lookUp(origin);
    }
    /// After a rollback: ids given since may be gone.
    void forget() { m_known.clear(); }

private:
    std::uint32_t lookUp(OriginId origin);

    Statement m_origin, m_find, m_insert;
    std::vector<std::uint32_t> m_known; ///< by origin; 0: not looked up
};

} // namespace telltale
