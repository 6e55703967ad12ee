// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/mqtt/mqttmapping.h"

#include "models/protocols/support/jsontree.h"

#include <algorithm>

namespace telltale {
namespace {

using json::Element;
using json::field;

constexpr std::size_t kMostRules = 1'000;
constexpr std::size_t kMostParts = 1'000; ///< metrics or attributes of a rule

constexpr MappedField kFields[] = {MappedField::Product, MappedField::Environment, MappedField::Release,
                                   MappedField::Os,      MappedField::Device,      MappedField::Country,
                                   MappedField::User,    MappedField::Session,     MappedField::Screen,
                                   MappedField::Feature, MappedField::Event,       MappedField::Time};

tl::unexpected<Error> wrong(std::string message)
{
    return failure(Error::Code::InvalidArgument, std::move(message));
}

std::vector<std::string> levelsOf(std::string_view topic)
{
    std::vector<std::string> levels;
    for (;;) {
        const auto slash = topic.find('/');
        levels.emplace_back(topic.substr(0, slash));
        if (slash == std::string_view::npos)
            return levels;
        topic.remove_prefix(slash + 1);
    }
}

bool isNamed(std::string_view level)
{
    return level.size() > 2 && level.front() == '{' && level.back() == '}';
}

/// A text, or a number written out; a pointer begins with a slash.
Result<MqttSource> sourceOf(const std::optional<Element> &element, std::string_view what, bool isEmptyPointer)
{
    if (!element || !element->isText())
        return wrong("'" + std::string(what) +
                     "' is a text: a JSON pointer like \"/t\", or the value itself");
    const std::string_view text = element->text();
    if (text.empty() && !isEmptyPointer)
        return wrong("'" + std::string(what) + "' is empty");
    return MqttSource{text.empty() || text.front() == '/', std::string(text)};
}

/// Reads one rule.
class RuleReader
{
public:
    Result<MqttRule> read(Element object);

private:
    Result<void> readKey(std::string_view key, Element value);
    Result<MqttMetric> metricOf(Element object);

    MqttRule m_rule;
    std::optional<MqttSource> m_name, m_value, m_unit;
};

Result<MqttMetric> RuleReader::metricOf(Element object)
{
    MqttMetric metric;
    const auto name = sourceOf(field(object, "metric"), "metric", false);
    if (!name)
        return tl::unexpected(name.error());
    const auto value = sourceOf(field(object, "value"), "value", true);
    if (!value)
        return tl::unexpected(value.error());
    if (!value->isPointer)
        return wrong("'value' is a JSON pointer like \"/t\"; \"\" is the whole payload");
    metric.name = *name;
    metric.value = *value;
    if (const auto unit = field(object, "unit")) {
        const auto source = sourceOf(unit, "unit", false);
        if (!source)
            return tl::unexpected(source.error());
        metric.unit = *source;
    }
    return metric;
}

Result<void> RuleReader::readKey(std::string_view key, Element value)
{
    if (key == "topic" || key == "metric" || key == "value" || key == "unit" || key == "comment")
        return {};
    if (key == "ignore") {
        m_rule.isIgnored = json::isTrue(value);
        return {};
    }
    if (key == "metrics") {
        if (!value.isArray() || json::arraySize(value) > kMostParts)
            return wrong("'metrics' is a list of metric, value and unit");
        for (const Element each : json::items(value)) {
            auto metric = metricOf(each);
            if (!metric)
                return tl::unexpected(metric.error());
            m_rule.metrics.push_back(std::move(*metric));
        }
        return {};
    }
    if (key == "attributes") {
        if (value.isText()) {
            const std::string_view pointer = value.text();
            if (!pointer.empty() && pointer.front() != '/')
                return wrong("'attributes' is an object, or the JSON pointer of one");
            m_rule.allAttributes = std::string(pointer);
            return {};
        }
        if (!value.isObject() || value.size() > kMostParts)
            return wrong("'attributes' is an object, or the JSON pointer of one");
        for (const auto &[name, each] : json::members(value)) {
            const auto source = sourceOf(each, "attributes." + std::string(name), true);
            if (!source)
                return tl::unexpected(source.error());
            m_rule.attributes.emplace_back(std::string(name), *source);
        }
        return {};
    }
    const auto known = mqttFieldNamed(key);
    if (!known)
        return wrong("'" + std::string(key) +
                     "' is not known; there are topic, ignore, event, metric, value, unit, metrics, time, "
                     "product, environment, release, "
                     "os, device, country, user, session, screen, feature, attributes, comment");
    const auto source = sourceOf(value, key, false);
    if (!source)
        return tl::unexpected(source.error());
    if (known == MappedField::Event)
        m_rule.event = *source;
    else
        m_rule.fields.emplace_back(*known, *source);
    return {};
}

Result<MqttRule> RuleReader::read(Element object)
{
    const auto topic = field(object, "topic");
    if (!topic || !topic->isText())
        return wrong("a rule is an object with a 'topic'");
    auto pattern = TopicPattern::parse(topic->text());
    if (!pattern)
        return tl::unexpected(pattern.error());
    m_rule.topic = std::move(*pattern);
    for (const auto &[key, value] : json::members(object)) {
        if (auto done = readKey(key, value); !done)
            return tl::unexpected(done.error());
    }
    if (field(object, "metric") || field(object, "value")) {
        auto metric = metricOf(object);
        if (!metric)
            return tl::unexpected(metric.error());
        m_rule.metrics.push_back(std::move(*metric));
    }
    return std::move(m_rule);
}

} // namespace

std::optional<MappedField> mqttFieldNamed(std::string_view name)
{
    const auto known = mappedFieldNamed(name);
    return known && std::find(std::begin(kFields), std::end(kFields), *known) != std::end(kFields)
               ? known
               : std::nullopt;
}

Result<TopicPattern> TopicPattern::parse(std::string_view text)
{
    TopicPattern pattern;
    pattern.m_text = text;
    pattern.m_levels = levelsOf(text);
    if (text.empty())
        return wrong("a topic is missing");
    for (std::size_t i = 0; i < pattern.m_levels.size(); ++i) {
        const std::string &level = pattern.m_levels[i];
        const bool isLast = i + 1 == pattern.m_levels.size();
        if (level.find('#') != std::string::npos && (level != "#" || !isLast))
            return wrong("a # stands alone at the end of a topic: '" + std::string(text) + "'");
        if (level.find('+') != std::string::npos && level != "+")
            return wrong("a + stands for a whole level of a topic: '" + std::string(text) + "'");
        if (level.find_first_of("{}") != std::string::npos && !isNamed(level))
            return wrong("a {name} stands for a whole level of a topic: '" + std::string(text) + "'");
    }
    return pattern;
}

bool TopicPattern::matches(std::string_view topic, TopicLevels &levels) const
{
    const std::vector<std::string> parts = levelsOf(topic);
    TopicLevels named;
    for (std::size_t i = 0; i < m_levels.size(); ++i) {
        const std::string &level = m_levels[i];
        if (level == "#") {
            levels = std::move(named);
            return true;
        }
        if (i >= parts.size())
            return false;
        if (isNamed(level))
            named[level.substr(1, level.size() - 2)] = parts[i];
        else if (level != "+" && level != parts[i])
            return false;
    }
    if (parts.size() != m_levels.size())
        return false;
    levels = std::move(named);
    return true;
}

Result<MqttMapping> MqttMapping::parse(std::string_view text)
{
    MqttMapping mapping;
    if (text.empty())
        return mapping;
    json::Document document;
    const auto root = document.parseInPlace(text);
    if (!root)
        return wrong("The mapping is not JSON: " + root.error().message);
    const auto topics = field(*root, "topics");
    if (!json::isArray(topics) || json::arraySize(topics) > kMostRules)
        return wrong("The mapping is an object with a list of rules in 'topics'.");
    std::size_t number = 0;
    for (const Element each : json::items(topics)) {
        ++number;
        auto rule = RuleReader().read(each);
        if (!rule)
            return wrong("Rule " + std::to_string(number) + " of the mapping: " + rule.error().message + ".");
        mapping.m_rules.push_back(std::move(*rule));
    }
    return mapping;
}

const MqttRule *MqttMapping::ruleFor(std::string_view topic, TopicLevels &levels) const
{
    for (const MqttRule &rule : m_rules) {
        if (rule.topic.matches(topic, levels))
            return &rule;
    }
    return nullptr;
}

} // namespace telltale
