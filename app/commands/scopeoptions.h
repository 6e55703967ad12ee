// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"
#include "models/analysis/engine.h"

namespace telltale {

/// --from, --to and --filter of a command that asks or exports.
struct ScopeOptions
{
    std::string from, to, filter;
};

void addScopeOptions(CLI::App &command, ScopeOptions &options);
/// What they say, with the injected clock; the zone is UTC. Throws CLI::ValidationError.
Scope scopeOf(const ScopeOptions &line, const GlobalOptions &options);

} // namespace telltale
