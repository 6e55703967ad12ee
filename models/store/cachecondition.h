// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace telltale {

/// Why a cache can not be opened.
enum class CacheCondition {
    Openable,   ///< it can, or there is none yet
    Damaged,    ///< salvageCache() may save something
    Newer,      ///< a later Telltale wrote it
    Foreign,    ///< a database of another program
    NoDatabase, ///< something else, or its first bytes are damaged
    Unreadable, ///< the system refuses
};

/// Looks at the beginning of the file. Writes nothing. Any thread. Cost: a few pages read.
CacheCondition conditionOf(const std::filesystem::path &cache);

} // namespace telltale
