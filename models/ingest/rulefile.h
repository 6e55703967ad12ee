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

/// A line of a rule file as a person edits it: one that holds, one that rests, or one that is no rule.
struct RuleEntry
{
    std::string text;    ///< the rule
    bool isOn = true;    ///< false: "# off: " stands before it
    std::string problem; ///< why it is none; empty: it is one
    std::string above;   ///< comments and empty lines before it, kept as they are
    friend bool operator==(const RuleEntry &, const RuleEntry &) = default;
};

/// What a rule file holds, in its order.
struct RuleEntries
{
    std::vector<RuleEntry> entries;
    std::string below; ///< comments behind the last
    friend bool operator==(const RuleEntries &, const RuleEntries &) = default;
};

/// What a new rule file begins with: comments for people.
std::string_view ruleFileHead();
/// Pure. Texts of rules that are some are as toText() writes them.
RuleEntries parseRuleEntries(std::string_view text);
std::string toText(const RuleEntries &entries);
/// A file that is not there has none. Errors: Io, TooLarge.
Result<RuleEntries> readRuleEntries(const std::filesystem::path &path);
/// Replaces all of the file, whole or not at all. Errors: Busy, when it is not `before` any more: somebody else changed it;
/// InvalidArgument, when an entry is no rule or there twice; TooLarge; Io.
Result<void> replaceRuleEntries(const std::filesystem::path &path, const RuleEntries &before, const RuleEntries &after);

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
