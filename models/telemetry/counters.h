// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

enum class CounterSeverity : std::uint8_t {
    Info,    ///< worth knowing, nothing was lost
    Warning, ///< something was changed or left out on the way
    Error,   ///< something was refused or lost
};

/// A named counter: the form every kind of bad input takes. The text says what happened and what to do about it.
struct CounterInfo
{
    std::string_view name; ///< dotted, lower case: "otlp.json.malformed"
    CounterSeverity severity = CounterSeverity::Info;
    std::string_view help; ///< one or two plain sentences
};

/// Every counter Telltale knows, sorted by name. Static; safe from any thread.
std::span<const CounterInfo> allCounters();
/// nullptr when there is no such counter. Cost: a binary search.
const CounterInfo *counterInfo(std::string_view name);
/// "info", "warning", "error".
std::string_view severityText(CounterSeverity severity);

/// Counts by counter name, for one request or one thread; merged further up. Names must be those of allCounters()
/// (asserted in debug builds) and are kept as views of the static table.
class CounterSet
{
public:
    void add(std::string_view name, std::uint64_t count = 1);
    void add(const CounterSet &other);
    std::uint64_t value(std::string_view name) const;
    std::span<const std::pair<std::string_view, std::uint64_t>> entries() const { return m_entries; }
    bool isEmpty() const { return m_entries.empty(); }
    void clear() { m_entries.clear(); }

private:
    std::vector<std::pair<std::string_view, std::uint64_t>> m_entries;
};

} // namespace telltale
