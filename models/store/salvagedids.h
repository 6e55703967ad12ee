// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/sqlite.h"
#include "models/telemetry/recordbatch.h"

#include <cstdint>
#include <set>
#include <vector>

namespace telltale {

/// Ids that came over from a damaged dictionary, and those that are wanted and did not. Memory: a bit for each id.
class SalvagedIds
{
public:
    void add(std::uint32_t id);
    bool has(std::uint32_t id) const { return id < m_have.size() && m_have[id]; }
    /// 0 is "none" and never missing.
    void want(std::uint32_t id)
    {
        if (id != 0 && !has(id))
            m_missing.insert(id);
    }
    std::uint64_t size() const { return m_size; }
    const std::set<std::uint32_t> &missing() const { return m_missing; }

private:
    std::vector<bool> m_have;
    std::uint64_t m_size = 0;
    std::set<std::uint32_t> m_missing;
};

/// A session that its records alone tell of.
class LostSession
{
public:
    void add(RecordKind kind, std::int64_t time, std::uint32_t user, std::uint32_t origin);
    /// Its key is "(lost ID)".
    void write(Database &to, std::uint32_t id) const;

private:
    bool m_hasRecords = false;
    std::int64_t m_start = 0, m_end = 0, m_userTime = 0, m_originTime = 0;
    std::uint32_t m_user = 0, m_origin = 0;
    std::int64_t m_events = 0, m_screens = 0, m_errors = 0, m_logs = 0, m_spans = 0;
};

// Rows for ids that are wanted and not there, called "(lost ID)". They return how many.
std::uint64_t nameLostTexts(Database &to, const char *table, const SalvagedIds &ids);
std::uint64_t nameLostOrigins(Database &to, const SalvagedIds &ids);
std::uint64_t nameLostSeries(Database &to, const SalvagedIds &ids);

/// Groups that errors name and that are not there: type and message are those of their newest error.
void remakeErrorGroups(Database &to);

} // namespace telltale
