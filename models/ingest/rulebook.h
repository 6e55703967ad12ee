// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/mappingrule.h"
#include "models/telemetry/counters.h"
#include "models/telemetry/recordbatch.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// A rule is a bit while a record is looked at.
inline constexpr std::size_t kMostMappingRules = 64;

/// Mapping rules of one's own, in the order they are tried: for each field of a record the first that holds and finds a value
/// wins. Applied to decoded batches before redaction, so that what they bring to light is redacted too.
///
/// A value that is no text is written out; empty texts and nulls are no values. `feature` fills usage events, and makes a log one;
/// `event` names usage events and logs, and makes a log without a name a usage event; `screen` is for all records but metric
/// points; `dwell` for screen views, `duration` for spans. Immutable; any thread.
class RuleBook
{
public:
    RuleBook() = default;
    explicit RuleBook(std::vector<MappingRule> rules)
        : m_rules(std::move(rules))
    {}

    const std::vector<MappingRule> &rules() const { return m_rules; }
    bool isEmpty() const { return m_rules.empty(); }

    /// Told of each change to a row of `batch`: what the field said and what it says now.
    using Change = std::function<void(std::size_t row, MappedField field, const std::string &before,
                                      const std::string &after)>;
    /// Changes what the rules say and counts the changed records as "mapping.rule.applied"; `protocol` is the source's. An empty
    /// protocol: not known, and rules that ask for one hold. Gives the number of changed records. Cost without rules: nothing; else
    /// a look-up of each key, and a comparison of ids for each attribute and rule whose key is in the batch.
    std::size_t apply(RecordBatch &batch, std::string_view protocol, CounterSet &counters,
                      const Change &change = {}) const;

private:
    std::vector<MappingRule> m_rules;
};

} // namespace telltale
