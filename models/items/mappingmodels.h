// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/describedtable.h"
#include "models/telemetry/recordbatch.h"
#include "models/telemetry/value.h"

#include <string>
#include <vector>

namespace telltale {

/// A line of the mapping table: a rule of one's own, or a built-in one.
struct RuleRow
{
    std::string key; ///< unique
    bool isOwn = false;
    bool isOn = true;          ///< of one's own
    std::string field, source; ///< "feature", "attribute stride.feature"
    std::string when;          ///< only then; empty: always
    std::string meaning;       ///< of a kind: what it becomes
    std::string problem;       ///< of one's own that is no rule
    friend bool operator==(const RuleRow &, const RuleRow &) = default;
};

/// Rules of one's own, then those of a protocol. What is wrong or rests says so in the last column.
class RuleModel final : public DescribedTable<RuleRow>
{
    Q_OBJECT

public:
    enum Column { Field, Source, When, State, ColumnCount };

    explicit RuleModel(QObject *parent = nullptr);

protected:
    std::string keyOf(const RuleRow &row) const override { return row.key; }
};

/// What a rule would do to records of one kind and name.
struct RuleChangeRow
{
    RecordKind kind = RecordKind::UsageEvent;
    std::string name, before, after;
    std::uint64_t records = 0;
    friend bool operator==(const RuleChangeRow &, const RuleChangeRow &) = default;
};

class RuleChangeModel final : public DescribedTable<RuleChangeRow>
{
    Q_OBJECT

public:
    enum Column { Name, Before, After, Records, ColumnCount };

    explicit RuleChangeModel(QObject *parent = nullptr);
    /// "use", "screen view", "error"...
    static QString kindWord(RecordKind kind);

protected:
    std::string keyOf(const RuleChangeRow &row) const override;
};

/// A rule of a mapping of messages.
struct MessageRuleRow
{
    std::size_t number = 0; ///< stays that of the rule while others come and go
    std::string text;       ///< JSON
    std::string topic;      ///< as far as it can be read
    std::string problem;    ///< empty: none
    friend bool operator==(const MessageRuleRow &, const MessageRuleRow &) = default;
};

class MessageRuleModel final : public DescribedTable<MessageRuleRow>
{
    Q_OBJECT

public:
    enum Column { Topic, State, ColumnCount };

    explicit MessageRuleModel(QObject *parent = nullptr);

protected:
    std::string keyOf(const MessageRuleRow &row) const override { return std::to_string(row.number); }
};

/// A message and what it would become.
struct MessageRow
{
    std::uint64_t number = 0;
    std::string topic, payload;
    std::string pattern; ///< of the rule that holds; empty: the usual
    Value::Array records;
    std::vector<std::string> remarks;
    friend bool operator==(const MessageRow &, const MessageRow &) = default;
};

/// The last messages, the newest first.
class MessageModel final : public DescribedTable<MessageRow>
{
    Q_OBJECT

public:
    enum Column { Topic, Payload, Rule, Becomes, ColumnCount };

    explicit MessageModel(QObject *parent = nullptr);
    /// "temperature = 21.5 Cel; humidity = 40", or why nothing.
    static QString becomesText(const MessageRow &row);

protected:
    std::string keyOf(const MessageRow &row) const override { return std::to_string(row.number); }
};

} // namespace telltale
