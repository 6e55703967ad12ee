// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/triage.h"

#include <array>
#include <utility>

namespace telltale {
namespace {

using Action = TriageDecision::Action;

constexpr std::array<std::pair<Action, std::string_view>, 6> kActions{{{Action::Reset, "reset"},
                                                                       {Action::Resolve, "resolve"},
                                                                       {Action::Archive, "archive"},
                                                                       {Action::Reopen, "reopen"},
                                                                       {Action::Merge, "merge"},
                                                                       {Action::Unmerge, "unmerge"}}};

} // namespace

std::string_view triageActionName(Action action)
{
    return kActions[static_cast<std::size_t>(action)].second;
}

std::optional<Action> triageActionNamed(std::string_view name)
{
    for (const auto &[action, known] : kActions) {
        if (known == name)
            return action;
    }
    return std::nullopt;
}

std::vector<std::uint64_t> versionParts(std::string_view release)
{
    std::vector<std::uint64_t> parts;
    bool isInNumber = false;
    for (const char c : release) {
        const bool isDigit = c >= '0' && c <= '9';
        if (isDigit && !isInNumber)
            parts.push_back(0);
        if (isDigit)
            parts.back() = parts.back() * 10 + static_cast<std::uint64_t>(c - '0');
        isInNumber = isDigit;
    }
    return parts;
}

} // namespace telltale
