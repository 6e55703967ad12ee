// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

namespace telltale {

/// Room set aside: a file beside a cache that is given up when the disk is full, so that what makes room (moving the
/// log, deleting) has some to work in. Belongs to whoever holds the writer lock; goes away with this object and is taken
/// over when a process ended without tidying up. Used from one thread at a time.
class Ballast
{
public:
    /// Nothing is written before make(). 0 bytes: there never is any.
    Ballast(const std::filesystem::path &cache, std::uint64_t bytes);
    ~Ballast();
    Ballast(const Ballast &) = delete;
    Ballast &operator=(const Ballast &) = delete;

    /// Really allocates the file (mode 0600); true when all of it is there afterwards. What was allocated before the disk
    /// was full is given back. Cost: nothing when it is there, else some milliseconds.
    bool make();
    void release();
    /// What make() would still take from the disk.
    std::uint64_t missing() const { return m_isThere ? 0 : m_bytes; }

private:
    std::filesystem::path m_path;
    std::uint64_t m_bytes;
    bool m_isThere = false;
};

} // namespace telltale
