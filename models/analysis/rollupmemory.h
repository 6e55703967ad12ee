// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>

namespace telltale {

/// What was made of rollups lately, so that the next question about the same time need not make it again. Each thing is
/// remembered with the number of the last change to what it was made of (Planner::stamp()) and given back for that number only.
/// Bounded: what was not asked for the longest goes first. Any thread; one for all engines on a file.
///
/// While history grows, most of what is remembered is never asked for again: about a minute that has left the live range, or with
/// a number that is not the present one. So little of it lasts: beyond kLastingBytes what nobody asked for lately goes.
class RollupMemory
{
public:
    static constexpr std::size_t kMostBytes = std::size_t{96} << 20;
    static constexpr std::size_t kLastingBytes = std::size_t{32} << 20;
    /// In things looked for: a round through all views over months looks for some thousands.
    static constexpr std::uint64_t kLately = 8192;

    /// That of the file at `cache`, shared while anybody has it.
    static std::shared_ptr<RollupMemory> of(const std::filesystem::path &cache);

    /// What something is: whose (a type has one name), of which cells, from when to when.
    struct Key
    {
        std::string what;
        std::int64_t from = 0, to = 0;
        friend auto operator<=>(const Key &, const Key &) = default;
    };
    template<typename T>
    std::shared_ptr<const T> find(const Key &key, std::int64_t stamp)
    {
        return std::static_pointer_cast<const T>(findAny(key, stamp));
    }
    /// `bytes`: about how much memory it takes.
    template<typename T>
    void keep(const Key &key, std::int64_t stamp, std::shared_ptr<const T> thing, std::size_t bytes)
    {
        keepAny(key, stamp, std::move(thing), bytes);
    }
    std::size_t bytes() const;

private:
    struct Entry
    {
        std::shared_ptr<const void> thing;
        std::int64_t stamp = 0;
        std::size_t bytes = 0;
        std::uint64_t used = 0; ///< when, in things looked for
    };
    std::shared_ptr<const void> findAny(const Key &key, std::int64_t stamp);
    void keepAny(const Key &key, std::int64_t stamp, std::shared_ptr<const void> thing, std::size_t bytes);
    void makeRoom(std::size_t to, std::uint64_t usedBefore);

    mutable std::mutex m_mutex;
    std::map<Key, Entry> m_entries;
    std::size_t m_bytes = 0;
    std::uint64_t m_clock = 0;
    std::uint64_t m_lookedThrough = 0; ///< when it was last looked for what is too old
};

} // namespace telltale
