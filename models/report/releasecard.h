// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"
#include "models/analysis/intervals.h"

#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// One figure of two releases. Shares are 0..1, durations milliseconds.
struct ReleaseFigure
{
    enum class What { CrashFreeSessions, FeatureSessions, DwellMedian, SpanP50, SpanP95 };
    What what = What::CrashFreeSessions;
    std::string name;                                     ///< of the feature; else empty
    std::uint64_t observationsBefore = 0, observationsAfter = 0;
    std::optional<Estimate> before, after;
    std::optional<Estimate> difference; ///< after less before; none for too few observations on a side
    /// +1 better, -1 worse, 0 unknown: the interval holds zero or there is none.
    int verdict() const;
};

/// One release held against another: who runs it, and what it changed.
struct ReleaseCard
{
    ReleaseRow before, after;
    std::uint64_t usersOfAll = 0;         ///< of any release
    std::vector<ReleaseFigure> figures;
    std::vector<ErrorGroupRow> newGroups; ///< seen with `after` and never with `before` or any time before `after` began
    std::vector<ErrorGroupRow> regressed; ///< came back after they were resolved
};

/// The two releases of the scope to compare when nobody says which: the one that came last, against the highest version below it
/// that is numbered alike, among those with as many sessions as a figure needs. None when there are not two. `releases` as Engine::releases() answers.
std::optional<std::pair<std::string, std::string>> releasesToCompare(const std::vector<ReleaseRow> &releases);

/// Fewer observations than this say nothing about a difference.
inline constexpr std::uint64_t kFewestForCard = 30;
/// So many features are compared, the most used first.
inline constexpr std::size_t kCardFeatures = 12;

/// Holds `after` against `before`, both within the scope. Errors: NotFound for a release nobody ran, as the engine's.
Result<ReleaseCard> compareReleases(Engine &engine, const std::string &before, const std::string &after,
                                    const Scope &scope, std::vector<std::string> &notes, std::stop_token stop);

} // namespace telltale
