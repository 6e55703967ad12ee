// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/rollupwriter.h"

#include "models/store/compression.h"

#include <algorithm>
#include <tuple>

namespace telltale {
namespace {

/// So many parts of one level and bucket become one of the next: a full bucket is rewritten a few times, not at every
/// flush.
constexpr std::int64_t kPartsPerLevel = 8;

void makeDistinct(std::vector<std::uint32_t> &ids)
{
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (!ids.empty() && ids.front() == 0)
        ids.erase(ids.begin());
}

} // namespace

RollupWriter::RollupWriter(Database &database)
    : m_insert(database, "INSERT INTO rollups (resolution, bucket, level, checksum, data)"
                         " VALUES (:resolution, :bucket, :level, :checksum, :data)"),
      m_count(database, "SELECT count(*) FROM rollups WHERE resolution = :resolution AND bucket = :bucket AND level = :level"),
      m_parts(database, "SELECT id, checksum, data FROM rollups"
                        " WHERE resolution = :resolution AND bucket = :bucket AND level = :level"),
      m_remove(database, "DELETE FROM rollups WHERE id = :id")
{
}

void RollupWriter::flush()
{
    // One sort serves all resolutions: an hour is a run of minutes.
    std::sort(m_pending.begin(), m_pending.end(), [](const Event &a, const Event &b) { return a.minute < b.minute; });
    for (const std::int64_t resolution : kRollupResolutions) {
        const std::int64_t minutes = resolution / kRollupResolutions[0];
        const auto bucket = [&](const Event &event) {
            return event.minute >= 0 ? event.minute / minutes : -((-(event.minute + 1)) / minutes) - 1;
        };
        for (auto begin = m_pending.begin(); begin != m_pending.end();) {
            auto end = begin;
            while (end != m_pending.end() && bucket(*end) == bucket(*begin))
                ++end;
            const std::int64_t here = bucket(*begin);
            std::sort(begin, end, [](const Event &a, const Event &b) {
                return std::tie(a.feature, a.minute) < std::tie(b.feature, b.minute);
            });
            std::vector<RollupEntry> entries(1);
            entries[0].events = static_cast<std::uint64_t>(end - begin);
            for (auto event = begin; event != end; ++event) {
                entries[0].users.push_back(event->user);
                entries[0].sessions.push_back(event->session);
                if (event->feature == 0)
                    continue;
                if (entries.back().feature != event->feature)
                    entries.push_back({event->feature, 0, {}, {}});
                ++entries.back().events;
                entries.back().users.push_back(event->user);
                entries.back().sessions.push_back(event->session);
            }
            for (RollupEntry &entry : entries) {
                makeDistinct(entry.users);
                makeDistinct(entry.sessions);
            }
            writePart(resolution, here, entries, 0);
            begin = end;
        }
        std::sort(m_pending.begin(), m_pending.end(), [](const Event &a, const Event &b) { return a.minute < b.minute; });
    }
    m_pending.clear();
}

void RollupWriter::writePart(std::int64_t resolution, std::int64_t bucket, std::span<const RollupEntry> entries, int level)
{
    const std::string data = encodeRollup(entries);
    m_insert.bind(":resolution", resolution)
        .bind(":bucket", bucket)
        .bind(":level", level)
        .bind(":checksum", checksumOf(data, static_cast<std::uint64_t>(bucket)))
        .bindBlob(":data", data)
        .execute();
    uniteParts(resolution, bucket, level);
}

void RollupWriter::uniteParts(std::int64_t resolution, std::int64_t bucket, int level)
{
    {
        const StatementScope scope(m_count);
        m_count.bind(":resolution", resolution).bind(":bucket", bucket).bind(":level", level);
        m_count.step();
        if (m_count.integer(0) < kPartsPerLevel)
            return;
    }
    std::vector<RollupEntry> entries;
    std::vector<std::int64_t> ids;
    {
        const StatementScope scope(m_parts);
        m_parts.bind(":resolution", resolution).bind(":bucket", bucket).bind(":level", level);
        while (m_parts.step()) {
            const std::string_view data = m_parts.bytes(2);
            // A damaged part stays where it is: readers say so.
            if (m_parts.integer(1) != checksumOf(data, static_cast<std::uint64_t>(bucket)))
                continue;
            entries = mergeRollups(std::move(entries), decodeRollup(data));
            ids.push_back(m_parts.integer(0));
        }
    }
    if (ids.size() < 2)
        return;
    for (const std::int64_t id : ids)
        m_remove.bind(":id", id).execute();
    writePart(resolution, bucket, entries, level + 1);
}

} // namespace telltale
