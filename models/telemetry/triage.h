// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What somebody decided about a group of errors. Decisions are only ever added: the newest holds, and the list is the
/// group's history.
struct TriageDecision
{
    enum class Action : std::uint8_t {
        Reset,   ///< as if nothing had been decided: what undoing the first decision leaves
        Resolve, ///< with `release`: only what happens in it or later brings it back (isAfter: later ones only)
        Archive, ///< with `until`, `events`, `users` or `untilEscalating`: not for ever
        Reopen,
        Merge,   ///< into `target`: counts as that group from now on, and for all that was
        Unmerge,
    };

    Action action = Action::Reset;
    std::uint64_t group = 0;
    Instant time; ///< when it was decided; undoing brings back an older time
    std::string release;
    bool isAfter = false;
    std::optional<Instant> until;
    std::uint64_t events = 0, users = 0; ///< so many more
    bool untilEscalating = false;
    std::uint64_t target = 0;

    bool isAboutMerging() const { return action == Action::Merge || action == Action::Unmerge; }
    friend bool operator==(const TriageDecision &, const TriageDecision &) = default;
};

/// "resolve", "archive"...
std::string_view triageActionName(TriageDecision::Action action);
std::optional<TriageDecision::Action> triageActionNamed(std::string_view name);

/// The numbers in a release's name: "4.2.0-beta1" is 4, 2, 0, 1. Compare them as vectors.
std::vector<std::uint64_t> versionParts(std::string_view release);

} // namespace telltale
