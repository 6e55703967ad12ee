// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/changelog.h"
#include "models/store/delivery.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

namespace telltale {

/// Keeps what each source sent so far, and the named counters. Collected for a commit, noted in its log by flush().
class SourceWriter
{
public:
    SourceWriter(ChangeWriter &writer, ChangeLog &log);

    /// Counts a delivery; after Delivery::isRepeat is set. A delivery counts as a request of every product in it, what
    /// it lost for the first one.
    void add(const Delivery &delivery);
    void count(std::string_view counter, std::uint64_t count);
    void flush();
    void forget();

private:
    struct Change
    {
        std::int64_t firstArrival = 0, lastArrival = 0;
        std::optional<std::int64_t> lastEvent;
        std::uint64_t requests = 0, records = 0, rejected = 0, duplicates = 0, dropped = 0;
        std::set<std::string> releases;
    };
    using Key = std::tuple<std::string, std::string, std::string>; ///< protocol, product or Delivery::source, os

    LaterStatement m_source, m_release, m_counter;
    std::map<Key, Change> m_changes;
    std::map<std::string, std::uint64_t, std::less<>> m_counts;
};

} // namespace telltale
