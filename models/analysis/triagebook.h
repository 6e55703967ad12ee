// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/triage.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace telltale {

/// All decisions about groups of errors, read once for a question.
class TriageBook
{
public:
    TriageBook() = default;
    /// `journal` in the order of the decisions.
    explicit TriageBook(std::vector<TriageDecision> journal);

    bool isEmpty() const { return m_journal.empty(); }
    /// The group that `group` was merged into, at the end of the way; itself when it was not.
    std::uint64_t canonical(std::uint64_t group) const;
    /// The group itself and all that were merged into it.
    std::vector<std::uint64_t> membersOf(std::uint64_t group) const;
    /// What holds for it; nullptr when nothing was decided, or that was undone.
    const TriageDecision *decisionOf(std::uint64_t group) const;
    /// Everything that was decided about it, the oldest first.
    std::vector<TriageDecision> historyOf(std::uint64_t group) const;

private:
    std::vector<TriageDecision> m_journal;
    std::unordered_map<std::uint64_t, std::uint64_t> m_merged;    ///< into which, one step
    std::unordered_map<std::uint64_t, std::size_t> m_decisions; ///< by place in the journal
};

/// What the records say about a group when its state is asked for.
struct GroupSigns
{
    Instant firstSeen;                 ///< ever
    Instant now;
    std::uint64_t lastDay = 0;         ///< events of the last 24 hours
    std::uint64_t weekBefore = 0;      ///< events of the 7 days before those
    bool isSeenAgain = false;          ///< since the decision, where that counts for a resolved one
    std::uint64_t eventsSince = 0, usersSince = 0; ///< the decision
};

/// Many more than before: over three times the daily average of the week before, and at least 20.
bool isEscalating(const GroupSigns &signs);

/// "new" (first seen within 7 days), "ongoing", "escalating", "resolved", "regressed" or "archived": one at a time. What a person
/// decided comes before what the records say, until its condition ends it. Pure.
std::string_view triageState(const TriageDecision *decision, const GroupSigns &signs);

/// Whether an occurrence in this release brings a resolved group back. A release without a number is compared as a text; an
/// occurrence that names none counts as one of any release only when no release was asked for.
bool bringsBack(const TriageDecision &resolved, std::string_view release);

} // namespace telltale
