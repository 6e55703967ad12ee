// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/filter.h"
#include "models/telemetry/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace telltale {

/// When somebody should look, in words that a person can write:
///   errors > 20 in 10m               a level, over the last ten minutes
///   crash-free < 98% in 1h           sessions without an unhandled error
///   p95 screen.load > 800ms in 15m   a percentile of the spans of an operation; quotes keep blanks together
///   events down 50% in 1h            a change against the hour before
///   events < 1 in 5m                 silence
///   new error, regressed error, escalating error
/// Measures: events (usage events), users, sessions, errors, crash-free, p50, p95, p99 OPERATION.
struct AlertRule
{
    enum class Kind { Level, Change, NewError, RegressedError, EscalatingError };
    enum class Measure { Events, Users, Sessions, Errors, CrashFree, Percentile };

    Kind kind = Kind::Level;
    Measure measure = Measure::Errors;
    double share = 0.95;     ///< of a percentile
    std::string operation;   ///< likewise
    bool isAbove = true;     ///< or up; else below, or down
    bool includesLimit = false; ///< >= and <=
    double limit = 0;        ///< a count; 0..1 of crash-free; milliseconds of a percentile; 0.5 is 50 % of a change
    std::chrono::nanoseconds window = std::chrono::minutes(10);

    bool isAboutGroups() const { return kind != Kind::Level && kind != Kind::Change; }
    /// Error: InvalidArgument with what was expected where.
    static Result<AlertRule> parse(std::string_view text);
    /// The same in canonical form: parse(text()) gives an equal rule.
    std::string text() const;
    friend bool operator==(const AlertRule &, const AlertRule &) = default;
};

/// A rule with its name, as the file of alerts has it.
struct Alert
{
    std::string name; ///< unique, for people
    AlertRule rule;
    Filter filter; ///< what it is about; empty: everything
    bool isOn = false;
    friend bool operator==(const Alert &, const Alert &) = default;
};

} // namespace telltale
