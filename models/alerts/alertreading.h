// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alertrule.h"
#include "models/analysis/engine.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace telltale {

/// A group of errors that a rule is about.
struct AlertGroup
{
    std::string group; ///< as `query errors` names it
    std::string title; ///< "TypeError: x is undefined"
    Instant since;     ///< first seen; of regressed ones the last time
    friend bool operator==(const AlertGroup &, const AlertGroup &) = default;
};

/// What a rule says at one moment.
struct AlertReading
{
    bool isFiring = false;
    /// The measure: a count, 0..1, milliseconds. None: too little happened to say (fewer than 20 sessions or spans; fewer than 10 before a
    /// change), or the rule is about groups.
    std::optional<double> value;
    std::optional<double> before; ///< of the time before, when the rule is about a change
    std::vector<AlertGroup> groups; ///< of rules about groups: all that are so now
    friend bool operator==(const AlertReading &, const AlertReading &) = default;
};

/// Asks what the rule is about over the window that ends at `at`. `base` gives filter, zone and plan; its range does not matter. Errors: those
/// of the engine. Cost: one question or two.
Result<AlertReading> readAlert(Engine &engine, const Alert &alert, Scope base, Instant at, const std::stop_token &stop);

/// A stretch of time during which a rule holds.
struct AlertFiring
{
    Instant from, to;             ///< moments of the first and last reading that fired
    std::optional<double> worst;  ///< the value farthest beyond the limit
    std::string what;             ///< of rules about groups: the title
    friend bool operator==(const AlertFiring &, const AlertFiring &) = default;
};

struct AlertReplay
{
    std::vector<AlertFiring> firings; ///< in order of time
    std::size_t readings = 0;
    std::chrono::nanoseconds step{};  ///< between two of them; what is shorter may be missed
};

/// What the rule would have said over base.range, read every quarter of its window, no more than 2,000 times. `progress` may be empty. Errors: those of
/// the engine, InvalidArgument for an open range. Cost: as many questions.
Result<AlertReplay> replayAlert(Engine &engine, const Alert &alert, const Scope &base, const Progress &progress, const std::stop_token &stop);

} // namespace telltale
