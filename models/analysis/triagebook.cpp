// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/triagebook.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace telltale {
namespace {

using Action = TriageDecision::Action;
using namespace std::chrono_literals;

constexpr auto kNewFor = 24h * 7;
constexpr std::uint64_t kFewestOfEscalation = 20;
constexpr std::uint64_t kManyTimes = 3;
constexpr std::uint64_t kDaysBefore = 7;

std::string_view openState(const GroupSigns &signs)
{
    if (signs.now - signs.firstSeen <= kNewFor)
        return "new";
    return isEscalating(signs) ? "escalating" : "ongoing";
}

} // namespace

TriageBook::TriageBook(std::vector<TriageDecision> journal)
    : m_journal(std::move(journal))
{
    for (std::size_t i = 0; i < m_journal.size(); ++i) {
        const TriageDecision &decision = m_journal[i];
        switch (decision.action) {
        case Action::Merge:
            if (canonical(decision.target) != decision.group) // never in a circle
                m_merged[decision.group] = decision.target;
            break;
        case Action::Unmerge:
            m_merged.erase(decision.group);
            break;
        case Action::Reset:
            m_decisions.erase(decision.group);
            break;
        case Action::Resolve:
        case Action::Archive:
        case Action::Reopen:
            m_decisions[decision.group] = i;
            break;
        }
    }
}

std::uint64_t TriageBook::canonical(std::uint64_t group) const
{
    for (auto found = m_merged.find(group); found != m_merged.end(); found = m_merged.find(group))
        group = found->second;
    return group;
}

std::vector<std::uint64_t> TriageBook::membersOf(std::uint64_t group) const
{
    std::vector<std::uint64_t> members{group};
    for (const auto &[member, target] : m_merged) {
        if (canonical(member) == group)
            members.push_back(member);
    }
    std::sort(members.begin() + 1, members.end());
    return members;
}

const TriageDecision *TriageBook::decisionOf(std::uint64_t group) const
{
    const auto found = m_decisions.find(group);
    return found == m_decisions.end() ? nullptr : &m_journal[found->second];
}

std::vector<TriageDecision> TriageBook::historyOf(std::uint64_t group) const
{
    std::vector<TriageDecision> history;
    std::copy_if(m_journal.begin(), m_journal.end(), std::back_inserter(history), [group](const TriageDecision &decision) {
        return decision.group == group || (decision.isAboutMerging() && decision.target == group);
    });
    return history;
}

bool isEscalating(const GroupSigns &signs)
{
    return signs.lastDay >= kFewestOfEscalation && signs.lastDay * kDaysBefore > kManyTimes * signs.weekBefore;
}

std::string_view triageState(const TriageDecision *decision, const GroupSigns &signs)
{
    if (!decision)
        return openState(signs);
    switch (decision->action) {
    case Action::Resolve:
        return signs.isSeenAgain ? "regressed" : "resolved";
    case Action::Archive:
        if (decision->until && signs.now >= *decision->until)
            return openState(signs);
        if (decision->untilEscalating && isEscalating(signs))
            return "escalating";
        if ((decision->events > 0 && signs.eventsSince >= decision->events) ||
            (decision->users > 0 && signs.usersSince >= decision->users))
            return openState(signs);
        return "archived";
    default:
        return openState(signs);
    }
}

bool bringsBack(const TriageDecision &resolved, std::string_view release)
{
    if (resolved.release.empty())
        return true;
    if (release.empty())
        return false;
    const auto wanted = versionParts(resolved.release);
    const auto seen = versionParts(release);
    if (wanted.empty() || seen.empty())
        return resolved.isAfter ? release > resolved.release : release >= resolved.release;
    return seen > wanted || (seen == wanted && !resolved.isAfter);
}

} // namespace telltale
