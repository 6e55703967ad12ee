// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/rulebook.h"
#include "models/telemetry/result.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// A line of a rule file that is no rule.
struct RuleProblem
{
    std::size_t line = 0; ///< from 1
    std::string text, message;
};

/// What a rule file holds: a rule a line; empty lines and lines that begin with # are for people.
struct RuleFile
{
    std::vector<MappingRule> rules;
    std::vector<RuleProblem> problems; ///< left out; the rules hold all the same
};

/// Rules stand beside the cache they are for, so that any process may read and change them, whoever writes the cache:
/// "telltale.db.mapping" for "telltale.db".
std::filesystem::path rulePathOf(const std::filesystem::path &cache);
/// A file that is not there has no rules. Error: Io, TooLarge.
Result<RuleFile> readRules(const std::filesystem::path &path);
/// Reads the text of a rule file. Pure.
RuleFile parseRules(std::string_view text);
/// Adds a rule at the end, as the last to be tried; false when it is there already. The file keeps its comments, is replaced whole,
/// and belongs to its person alone (mode 0600). Errors: TooLarge (no more than kMostMappingRules), Io.
Result<bool> addRule(const std::filesystem::path &path, const MappingRule &rule);
/// False when it is not there.
Result<bool> removeRule(const std::filesystem::path &path, const MappingRule &rule);

/// The rules of a file as they are now: current() looks whether it has changed. Any thread.
class WatchedRules
{
public:
    /// An empty path: never any rules.
    explicit WatchedRules(std::filesystem::path path)
        : m_path(std::move(path))
    {}
    /// Never null. Counts lines that are no rules as "mapping.rule.invalid", once for each time the file changes. A file that can
    /// not be read leaves the rules as they were. Cost: a system call.
    std::shared_ptr<const RuleBook> current(CounterSet &counters);

private:
    /// What tells one state of a file from another.
    struct Stamp
    {
        std::int64_t modified = 0, size = -1;
        std::uint64_t inode = 0;
        friend bool operator==(const Stamp &, const Stamp &) = default;
    };
    Stamp stamp() const;

    const std::filesystem::path m_path;
    std::mutex m_mutex;
    Stamp m_stamp;
    std::shared_ptr<const RuleBook> m_rules = std::make_shared<const RuleBook>();
};

} // namespace telltale
