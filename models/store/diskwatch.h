// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/ballast.h"

#include <cstdint>
#include <filesystem>

namespace telltale {

/// Knows whether the disk of a cache has room for more records. What the ballast lacks counts as taken, so that giving it
/// up never lets records in. Used from one thread at a time.
class DiskWatch
{
public:
    /// Below `lowWater` free bytes the disk is low.
    DiskWatch(const std::filesystem::path &cache, std::uint64_t lowWater, std::uint64_t ballastBytes);

    /// Throws NoSpace while the disk is low. Cost: one system call.
    void requireRoom();
    /// The disk was full in the middle of something: gives up the ballast. Low until there is room for all of it again.
    void noteFull();
    /// Looks again, and makes the ballast again when there is room.
    void look();
    bool isLow() const { return m_isLow; }

private:
    std::filesystem::path m_folder;
    std::uint64_t m_lowWater;
    Ballast m_ballast;
    bool m_isLow = false;
};

/// Bytes that this user may still write to the disk of a folder; the largest number when the system does not say.
std::uint64_t freeBytes(const std::filesystem::path &folder);

} // namespace telltale
