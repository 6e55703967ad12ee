// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/mapping.h"
#include "models/telemetry/result.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

/// Levels of a topic by the names a pattern gives them.
using TopicLevels = std::map<std::string, std::string, std::less<>>;

/// "plant/{product}/{device}/+/temperature/#": a level as it is, + for any one, {name} for any one that is given a name, # at the
/// end for all that follows, none included.
class TopicPattern
{
public:
    /// Error: InvalidArgument.
    static Result<TopicPattern> parse(std::string_view text);
    bool matches(std::string_view topic, TopicLevels &levels) const;
    const std::string &text() const { return m_text; }

private:
    std::string m_text;
    std::vector<std::string> m_levels;
};

/// Where a value comes from: a JSON pointer into the payload ("/sensor/t", "" is all of it), or a text in which {name} stands for a
/// level of the topic.
struct MqttSource
{
    bool isPointer = false;
    std::string text;
};

/// A number of a message, with its name and unit.
struct MqttMetric
{
    MqttSource name, value, unit;
};

/// What messages of some topics are.
struct MqttRule
{
    TopicPattern topic;
    bool isIgnored = false;
    std::optional<MqttSource> event;
    std::vector<MqttMetric> metrics;
    std::vector<std::pair<MappedField, MqttSource>>
        fields; ///< product, device, user, session, screen, feature, time...
    std::vector<std::pair<std::string, MqttSource>> attributes;
    std::optional<std::string> allAttributes; ///< pointer to an object whose fields all become attributes
};

/// The rules of a person, the first that matches a topic holds; topics without a rule are read by the default:
///
///     {"topics": [
///       {"topic": "plant/{product}/{device}/climate", "time": "/ts",
///        "metrics": [{"metric": "temperature", "value": "/t", "unit": "Cel"}, {"metric": "humidity", "value": "/rh"}],
///        "attributes": {"room": "/place/room"}},
///       {"topic": "app/{product}/events", "event": "/type", "user": "/who", "session": "/run", "attributes": "/props"},
///       {"topic": "plant/+/debug/#", "ignore": true}]}
///
/// Named levels are product, environment, release, os, device, country, user, session, screen, feature or event when they are
/// called so, else attributes.
class MqttMapping
{
public:
    /// Error: InvalidArgument, with the number of the rule and what is wrong with it. An empty text: no rules.
    static Result<MqttMapping> parse(std::string_view json);
    /// nullptr: the default.
    const MqttRule *ruleFor(std::string_view topic, TopicLevels &levels) const;
    const std::vector<MqttRule> &rules() const { return m_rules; }

private:
    std::vector<MqttRule> m_rules;
};

/// The field a level or a key of a rule of this name fills; none: it becomes an attribute.
std::optional<MappedField> mqttFieldNamed(std::string_view name);

} // namespace telltale
