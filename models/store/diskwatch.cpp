// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/diskwatch.h"

#include "models/store/sqlite.h"

#include <limits>
#include <sys/statvfs.h>

namespace telltale {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

} // namespace

std::uint64_t freeBytes(const std::filesystem::path &folder)
{
    struct statvfs facts
    {};
    if (::statvfs(folder.c_str(), &facts) != 0)
        return std::numeric_limits<std::uint64_t>::max();
    return static_cast<std::uint64_t>(facts.f_bavail) * facts.f_frsize;
}

DiskWatch::DiskWatch(const std::filesystem::path &cache, std::uint64_t lowWater, std::uint64_t ballastBytes)
    : m_folder(cache.has_parent_path() ? cache.parent_path() : std::filesystem::path("."))
    , m_lowWater(lowWater)
    , m_ballast(cache, ballastBytes)
{
    look();
}

void DiskWatch::requireRoom()
{
    look();
    if (m_isLow)
        throw StoreFailure{Error{Error::Code::NoSpace,
                                 "the disk is almost full: " + std::to_string(freeBytes(m_folder) / kMiB) +
                                     " MiB are free; nothing is stored until there is "
                                     "room again"}};
}

void DiskWatch::noteFull()
{
    m_ballast.release();
    m_isLow = true;
}

void DiskWatch::look()
{
    // Once more than the mark, when it was low: a little room must not switch it on and off.
    const std::uint64_t wanted = m_lowWater + (m_isLow ? m_lowWater / 4 : 0);
    const std::uint64_t free = freeBytes(m_folder);
    if (m_ballast.missing() > 0 && free >= wanted && free - wanted >= m_ballast.missing())
        m_ballast.make();
    m_isLow = m_ballast.missing() > 0 || freeBytes(m_folder) < wanted;
}

} // namespace telltale
