// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>

namespace telltale::test {

/// What a cache holds, counted straight from its columns and rows.
struct StoredContent
{
    std::map<RecordKind, std::uint64_t> kinds;
    std::map<std::string, std::uint64_t> names;   ///< of everything but metric points
    std::map<std::string, std::uint64_t> metrics; ///< points by metric
    std::set<std::string> sessions;               ///< keys as sent, without those formed by us
    std::set<std::string> users;
    std::map<std::string, std::uint64_t> texts; ///< values of the attribute asked for
    std::map<std::string, std::uint64_t> counters;
    std::uint64_t duplicates = 0; ///< of all sources
    std::uint64_t dropped = 0;    ///< of all sources
    std::uint64_t errorGroups = 0;

    std::uint64_t kind(RecordKind kind) const
    {
        const auto at = kinds.find(kind);
        return at == kinds.end() ? 0 : at->second;
    }
    std::uint64_t counter(const std::string &name) const
    {
        const auto at = counters.find(name);
        return at == counters.end() ? 0 : at->second;
    }
    /// Log records as OTLP counts them, whatever they became. Errors that came as events of spans are among them, too.
    std::uint64_t logRecords() const;
};

/// Reads all of a cache; `attribute` names the one whose values are counted. Fails the process when it can not be read.
StoredContent readCache(const std::filesystem::path &cache, const std::string &attribute = {});

} // namespace telltale::test
