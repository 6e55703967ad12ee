// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"
#include "models/ingest/mappingrule.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace telltale {

/// What a rule does to records of one kind and name, told by what their field says now.
struct RuleChange
{
    RecordKind kind = RecordKind::UsageEvent;
    std::string name;          ///< of the event, screen view...; may be empty
    std::string before, after; ///< the field; may be empty
    std::uint64_t records = 0;
    Instant newest;
};

struct RulePreview
{
    std::uint64_t examined = 0; ///< records, the newest there are
    std::uint64_t changed = 0;
    std::vector<RuleChange> changes; ///< those of the most records first
    std::vector<std::string> notes;
};

/// Applies a rule to the newest records of the scope, `most` of them, and says what would have become of them; nothing is stored.
/// What is stored does not tell its protocol, so a condition that asks for one holds, and a note says so. Errors: Cancelled, Io.
/// Cost: reads about ten times as many records as it examines, `most` of them in memory.
Result<RulePreview> previewRule(Engine &engine, const MappingRule &rule, const Scope &scope, std::size_t most,
                                std::stop_token stop);

} // namespace telltale
