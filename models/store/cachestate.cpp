// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachestate.h"

#include <algorithm>

namespace telltale {

CacheState::CacheState(Database &database)
    : m_read(database, "SELECT sequence, rolled_sequence, records, oldest, newest, longest_session FROM state")
    , m_write(database,
              "UPDATE state SET sequence = :sequence, rolled_sequence = :rolled_sequence, records = :records,"
              " oldest = :oldest, newest = :newest, longest_session = :longest_session")
{}

void CacheState::load()
{
    const StatementScope scope(m_read);
    if (!m_read.step())
        throwDamaged("the cache has lost its state");
    sequence = m_read.integer(0);
    rolledSequence = m_read.integer(1);
    records = m_read.integer(2);
    oldest.reset();
    newest.reset();
    if (!m_read.isNull(3)) {
        oldest = m_read.integer(3);
        newest = m_read.integer(4);
    }
    longestSession = m_read.integer(5);
}

void CacheState::write()
{
    m_write.bind(":sequence", sequence)
        .bind(":rolled_sequence", rolledSequence)
        .bind(":records", records)
        .bind(":longest_session", longestSession);
    if (oldest)
        m_write.bind(":oldest", *oldest).bind(":newest", *newest);
    else
        m_write.bindNull(":oldest").bindNull(":newest");
    m_write.execute();
}

void CacheState::add(std::uint64_t count, std::int64_t first, std::int64_t last)
{
    if (count == 0)
        return;
    records += static_cast<std::int64_t>(count);
    oldest = oldest ? std::min(*oldest, first) : first;
    newest = newest ? std::max(*newest, last) : last;
}

} // namespace telltale
