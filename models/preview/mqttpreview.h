// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"
#include "models/telemetry/value.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// A message of a broker, seen while a mapping is written.
struct SeenMessage
{
    std::string topic, payload;
    bool isRetained = false;
    friend bool operator==(const SeenMessage &, const SeenMessage &) = default;
};

/// What becomes of it.
struct MessagePreview
{
    std::optional<std::size_t> rule;  ///< the one that holds, from 0; nothing: the default table
    std::string pattern;              ///< its topic
    Value::Array records;             ///< as `telltale mapping preview-mqtt` prints them; empty: nothing is stored of it
    std::vector<std::string> remarks; ///< why something is left out: help texts of counters
};

/// Decodes a message as the collector would with the text of this mapping (mqttmapping.h), which must be one. Stores nothing. Pure.
MessagePreview previewMessage(std::string_view mapping, const SeenMessage &message);

/// The rules of a mapping, each as a line of JSON, in their order. Error: InvalidArgument, when it is none at all; a rule that is
/// wrong is no error.
Result<std::vector<std::string>> mqttRuleTexts(std::string_view mapping);
/// The text of the mapping with these rules.
std::string mqttMappingText(const std::vector<std::string> &rules);
/// What is wrong with one rule, a sentence; empty: nothing.
std::string mqttRuleProblem(std::string_view rule);
/// A rule for the messages of this topic: its numbers as metrics, its time; to be edited.
std::string mqttRuleFor(const SeenMessage &message);

} // namespace telltale
