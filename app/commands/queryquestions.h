// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/answerwriter.h"
#include "models/analysis/engine.h"

#include <string>
#include <vector>

namespace telltale {

/// What `telltale query` was asked, beside the scope.
struct QueryOptions
{
    std::string question;
    std::string subject; ///< the session or the group
    std::string step = "1h";
    std::string rows = "feature";
    std::string columns = "hour";
    std::string value; ///< empty: events of a heatmap, avg of a metric
    std::string by;
    std::string period = "week";
    std::string steps;  ///< joined by commas
    std::string window; ///< empty: 14 days
    std::string startingAt, endingAt; ///< of paths; not both
    std::string of = "both";
    std::size_t depth = 4, top = 6;
    bool keepsRepeats = false;
};

/// "totals, features, ...", for help and messages.
std::string questionNames();

/// Asks the engine and lays the answer out as the documentation of the command line has it (rows, columns, notes and
/// explanation; the rest of the table is the caller's). Errors: InvalidArgument for a wrong question or option, and the engine's.
Result<AnswerTable> answerQuestion(Engine &engine, const QueryOptions &options, const Scope &scope);

/// The same check without an engine, so that wrong use is told before a cache is opened.
Result<void> checkQuestion(const QueryOptions &options);

} // namespace telltale
