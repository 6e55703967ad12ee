// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/rollupwriter.h"

#include "models/store/compression.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace telltale {
namespace {

/// So many parts of one level and bucket become one of the next: a full bucket is rewritten a few times, not at every
/// flush.
constexpr std::int64_t kPartsPerLevel = 8;

std::int64_t floorDivided(std::int64_t value, std::int64_t by)
{
    return value >= 0 ? value / by : -((-(value + 1)) / by) - 1;
}

/// Sorted, without repeats and without "none".
void makeDistinct(std::vector<std::uint32_t> &ids)
{
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (!ids.empty() && ids.front() == 0)
        ids.erase(ids.begin());
}

/// Leaves out most repeats before anything is sorted: sessions and users come again and again. A small table of what was
/// seen last at each place; what it forgets is merely kept twice until makeDistinct().
class RepeatFilter
{
public:
    void begin() { m_seen.fill(0); }
    bool isNew(std::uint32_t id)
    {
        std::uint32_t &place = m_seen[id % m_seen.size()];
        if (place == id)
            return false;
        place = id;
        return true;
    }

private:
    std::array<std::uint32_t, 1024> m_seen{};
};

/// Several buckets in one: events added, ids united.
std::vector<RollupEntry> combined(std::span<std::vector<RollupEntry>> buckets)
{
    std::map<DictionaryId, RollupEntry> byFeature;
    for (const auto &entries : buckets) {
        for (const RollupEntry &entry : entries) {
            RollupEntry &sum = byFeature[entry.feature];
            sum.feature = entry.feature;
            sum.events += entry.events;
            sum.users.insert(sum.users.end(), entry.users.begin(), entry.users.end());
            sum.sessions.insert(sum.sessions.end(), entry.sessions.begin(), entry.sessions.end());
        }
    }
    std::vector<RollupEntry> result;
    for (auto &[feature, entry] : byFeature) {
        makeDistinct(entry.users);
        makeDistinct(entry.sessions);
        result.push_back(std::move(entry));
    }
    return result;
}

} // namespace

RollupWriter::RollupWriter(Database &database)
    : m_insert(database, "INSERT INTO rollups (resolution, bucket, level, checksum, data)"
                         " VALUES (:resolution, :bucket, :level, :checksum, :data)")
    , m_count(database, "SELECT count(*) FROM rollups WHERE resolution = :resolution AND bucket = :bucket "
                        "AND level = :level")
    , m_parts(database, "SELECT id, checksum, data FROM rollups"
                        " WHERE resolution = :resolution AND bucket = :bucket AND level = :level")
    , m_remove(database, "DELETE FROM rollups WHERE id = :id")
{}

std::vector<RollupEntry> RollupWriter::minuteEntries(std::span<const Event> events)
{
    std::vector<RollupEntry> entries;
    RepeatFilter users, sessions;
    for (const Event &event : events) {
        if (entries.empty() || entries.back().feature != event.feature) {
            entries.push_back({event.feature, 0, {}, {}});
            users.begin();
            sessions.begin();
        }
        RollupEntry &entry = entries.back();
        ++entry.events;
        if (users.isNew(event.user))
            entry.users.push_back(event.user);
        if (sessions.isNew(event.session))
            entry.sessions.push_back(event.session);
    }
    RollupEntry all;
    for (RollupEntry &entry : entries) {
        makeDistinct(entry.users);
        makeDistinct(entry.sessions);
        all.events += entry.events;
        all.users.insert(all.users.end(), entry.users.begin(), entry.users.end());
        all.sessions.insert(all.sessions.end(), entry.sessions.begin(), entry.sessions.end());
    }
    makeDistinct(all.users);
    makeDistinct(all.sessions);
    // Feature 0 stands for all, also for events without a feature.
    if (entries.front().feature == 0)
        entries.front() = std::move(all);
    else
        entries.insert(entries.begin(), std::move(all));
    return entries;
}

void RollupWriter::flush()
{
    std::sort(m_pending.begin(), m_pending.end(), [](const Event &a, const Event &b) {
        return std::tie(a.minute, a.feature) < std::tie(b.minute, b.feature);
    });
    std::vector<std::int64_t> starts; // in the resolution at hand
    std::vector<std::vector<RollupEntry>> buckets;
    for (auto begin = m_pending.cbegin(); begin != m_pending.cend();) {
        auto end = begin;
        while (end != m_pending.cend() && end->minute == begin->minute)
            ++end;
        starts.push_back(begin->minute);
        buckets.push_back(minuteEntries(std::span<const Event>(begin, end)));
        begin = end;
    }
    m_pending.clear();
    // An hour is a run of minutes, a day of hours: each is made from the distinct ids of the one before.
    for (std::size_t level = 0; level < kRollupResolutions.size(); ++level) {
        if (level > 0) {
            const std::int64_t step = kRollupResolutions[level] / kRollupResolutions[level - 1];
            std::vector<std::int64_t> widerStarts;
            std::vector<std::vector<RollupEntry>> wider;
            for (std::size_t begin = 0; begin < starts.size();) {
                const std::int64_t start = floorDivided(starts[begin], step);
                std::size_t end = begin + 1;
                while (end < starts.size() && floorDivided(starts[end], step) == start)
                    ++end;
                widerStarts.push_back(start);
                if (end - begin == 1)
                    wider.push_back(std::move(buckets[begin]));
                else
                    wider.push_back(combined(std::span(buckets).subspan(begin, end - begin)));
                begin = end;
            }
            starts = std::move(widerStarts);
            buckets = std::move(wider);
        }
        for (std::size_t i = 0; i < starts.size(); ++i)
            writePart(kRollupResolutions[level], starts[i], buckets[i], 0);
    }
}

void RollupWriter::writePart(std::int64_t resolution, std::int64_t bucket,
                             std::span<const RollupEntry> entries, int level)
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
