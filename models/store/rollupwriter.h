// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/rollupcodec.h"
#include "models/store/sqlite.h"

#include <cstdint>
#include <vector>

namespace telltale {

/// Keeps usage per feature and time bucket. Events are collected in memory and written in parts now and then; what was
/// not written is found again in the segments newer than the watermark, so a crash loses nothing.
class RollupWriter
{
public:
    explicit RollupWriter(Database &database);

    void add(std::int64_t timeNs, DictionaryId feature, UserId user, SessionId session)
    {
        m_pending.push_back({bucketOf(timeNs, kRollupResolutions[0]), feature, user, session});
    }
    std::size_t pending() const { return m_pending.size(); }
    /// Writes what was collected, inside the caller's transaction. The caller moves the watermark.
    void flush();
    void forget() { m_pending.clear(); }

private:
    struct Event
    {
        std::int64_t minute = 0;
        DictionaryId feature = 0;
        UserId user = 0;
        SessionId session = 0;
    };

    /// Of the events of one minute, in order of feature.
    static std::vector<RollupEntry> minuteEntries(std::span<const Event> events);
    void writePart(std::int64_t resolution, std::int64_t bucket, std::span<const RollupEntry> entries,
                   int level);
    void uniteParts(std::int64_t resolution, std::int64_t bucket, int level);

    Statement m_insert, m_count, m_parts, m_remove;
    std::vector<Event> m_pending;
};

} // namespace telltale
