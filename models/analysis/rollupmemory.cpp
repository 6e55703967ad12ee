// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/rollupmemory.h"

#include <algorithm>
#include <vector>

#include <sys/stat.h>

namespace telltale {
namespace {

/// What an entry takes beside the thing itself.
constexpr std::size_t kEntryBytes = 256;

} // namespace

/// A file is known by its place on the disk: another one may take its name while it is still read.
std::shared_ptr<RollupMemory> RollupMemory::of(const std::filesystem::path &cache)
{
    struct stat file
    {};
    if (::stat(cache.c_str(), &file) != 0)
        return std::make_shared<RollupMemory>();
    static std::mutex mutex;
    static std::map<std::pair<dev_t, ino_t>, std::weak_ptr<RollupMemory>> known;
    const std::lock_guard lock(mutex);
    std::erase_if(known, [](const auto &each) { return each.second.expired(); });
    auto &slot = known[{file.st_dev, file.st_ino}];
    auto memory = slot.lock();
    if (!memory)
        slot = memory = std::make_shared<RollupMemory>();
    return memory;
}

std::size_t RollupMemory::bytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

std::shared_ptr<const void> RollupMemory::findAny(const Key &key, std::int64_t stamp)
{
    const std::lock_guard lock(m_mutex);
    ++m_clock;
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return nullptr;
    if (found->second.stamp != stamp) {
        if (found->second.stamp < stamp) { // it never comes back
            m_bytes -= found->second.bytes;
            m_entries.erase(found);
        }
        return nullptr;
    }
    found->second.used = m_clock;
    return found->second.thing;
}

void RollupMemory::keepAny(const Key &key, std::int64_t stamp, std::shared_ptr<const void> thing,
                           std::size_t bytes)
{
    bytes += kEntryBytes;
    if (bytes > kMostBytes)
        return;
    const std::lock_guard lock(m_mutex);
    Entry &entry = m_entries[key];
    m_bytes += bytes - entry.bytes;
    entry = {std::move(thing), stamp, bytes, ++m_clock};
    if (m_bytes > kMostBytes)
        makeRoom(kMostBytes / 4 * 3, m_clock); // a quarter at once, so that it is not done for every entry
    if (m_bytes > kLastingBytes && m_clock - m_lookedThrough > kLately / 4) {
        m_lookedThrough = m_clock;
        makeRoom(kLastingBytes, m_clock - std::min(m_clock, kLately));
    }
}

/// Takes what was last used before the moment, the oldest first, until no more bytes are left than `to`.
void RollupMemory::makeRoom(std::size_t to, std::uint64_t usedBefore)
{
    std::vector<std::pair<std::uint64_t, Key>> byAge;
    for (const auto &[key, entry] : m_entries) {
        if (entry.used < usedBefore)
            byAge.emplace_back(entry.used, key);
    }
    std::sort(byAge.begin(), byAge.end());
    for (const auto &[used, key] : byAge) {
        if (m_bytes <= to)
            break;
        const auto entry = m_entries.find(key);
        m_bytes -= entry->second.bytes;
        m_entries.erase(entry);
    }
}

} // namespace telltale
