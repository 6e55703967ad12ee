// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"
#include "models/store/sqlite.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace telltale {

/// Reads rollups; see CacheReader, which says the same of each function. Functions throw.
class RollupReader
{
public:
    explicit RollupReader(Database &database);

    RollupInfo info();
    RollupChanges changes();
    void forEach(RollupFamily family, RollupLevel level, std::int64_t from, std::int64_t to, unsigned parts,
                 const std::function<void(const RollupPart &)> &visit);
    std::optional<TimeRange> extent(RollupFamily family);
    std::vector<StoredEdition> editions();
    /// At the end of the read transaction.
    void endSnapshot();

private:
    /// A column of sets that are too large to be copied about.
    struct LargeColumn
    {
        BlobColumn column;
        std::unique_ptr<char[]> bytes;
        std::size_t room = 0;
        std::string_view read(std::int64_t key);
    };
    Statement &statementFor(unsigned parts);
    void visitMinutes(std::int64_t from, std::int64_t to, const std::function<void(const RollupPart &)> &visit);
    std::optional<std::int64_t> bucketAt(Statement &statement, RollupFamily family, RollupLevel level);

    Database &m_database;
    Statement m_minutesFrom, m_gaps, m_dropped, m_changes, m_editions, m_first, m_last;
    std::map<unsigned, Statement> m_reads; ///< by parts
    LargeColumn m_users, m_sessions;
    RollupPart m_part, m_minute; ///< their memory is used again
};

} // namespace telltale
