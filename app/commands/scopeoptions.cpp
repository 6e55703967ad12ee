// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/scopeoptions.h"

#include "models/telemetry/timeformat.h"

#include <CLI/CLI.hpp>

namespace telltale {
namespace {

Instant timeOption(const char *option, const std::string &text, Instant now, Instant open)
{
    if (text.empty())
        return open;
    const auto time = parseTime(text, now);
    if (!time)
        throw CLI::ValidationError(option, time.error().message);
    return *time;
}

} // namespace

void addScopeOptions(CLI::App &command, ScopeOptions &options)
{
    command.add_option("--from", options.from, "Start: RFC 3339, now, -7d, -90m (default: everything)");
    command.add_option("--to", options.to, "End, not included (default: everything)");
    command.add_option("--filter", options.filter, "Terms like release:4.1.0 -screen:Home has:error dwell:>60s");
}

Scope scopeOf(const ScopeOptions &line, const GlobalOptions &options)
{
    Scope scope;
    scope.now = options.clock()->now();
    scope.range.from = timeOption("--from", line.from, scope.now, Instant::min());
    scope.range.to = timeOption("--to", line.to, scope.now, Instant::max());
    if (scope.range.to < scope.range.from)
        throw CLI::ValidationError("--to", "the range ends before it begins");
    auto filter = Filter::parse(line.filter);
    if (!filter)
        throw CLI::ValidationError("--filter", filter.error().message);
    scope.filter = std::move(*filter);
    return scope;
}

} // namespace telltale
