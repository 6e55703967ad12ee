// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/preview/mqttpreview.h"

#include "models/protocols/mqtt/mqttdecoder.h"
#include "models/protocols/mqtt/mqttmapping.h"
#include "models/protocols/mqtt/mqttmessage.h"
#include "models/protocols/support/jsontree.h"
#include "models/telemetry/filterfields.h"
#include "models/telemetry/timeformat.h"

#include <algorithm>

namespace telltale {
namespace {

constexpr std::size_t kMostNumbers = 20; ///< of a rule that is proposed
constexpr std::string_view kTimes[] = {"time", "timestamp", "ts"};

void addText(Value::Map &map, const char *key, std::string_view text)
{
    if (!text.empty())
        map.emplace_back(key, Value(text));
}

Value recordOf(const RecordBatch &batch, std::size_t row)
{
    const Record record = batch.at(row);
    const Origin &origin = batch.origins[record.origin];
    Value::Map map{{"kind", Value(recordKindName(record.kind))}};
    addText(map, "name", batch.text(record.name));
    if (record.kind == RecordKind::MetricPoint) {
        const MetricDetail &metric = batch.metrics[record.detail];
        map.emplace_back("value", Value(metric.value));
        addText(map, "unit", batch.text(metric.unit));
    }
    if (record.kind == RecordKind::Error) {
        addText(map, "type", batch.text(batch.errors[record.detail].type));
        addText(map, "message", batch.text(batch.errors[record.detail].message));
    }
    map.emplace_back("time", Value(formatRfc3339(record.time)));
    addText(map, "feature", batch.text(record.feature));
    addText(map, "screen", batch.text(record.screen));
    addText(map, "user", batch.text(record.user));
    addText(map, "session", batch.text(record.session));
    addText(map, "product", batch.text(origin.product));
    addText(map, "release", batch.text(origin.release));
    addText(map, "environment", batch.text(origin.environment));
    addText(map, "device", batch.text(origin.device));
    Value::Map attributes;
    for (const Attribute &attribute : batch.attributesOf(row)) {
        const std::string_view key = batch.text(attribute.key);
        if (key == fieldkey::kBody)
            map.emplace_back("body", batch.valueOf(attribute));
        else if (!fieldkey::isField(key))
            attributes.emplace_back(std::string(key), batch.valueOf(attribute));
    }
    if (!attributes.empty())
        map.emplace_back("attributes", Value(std::move(attributes)));
    return map;
}

bool isTime(std::string_view key)
{
    return std::find(std::begin(kTimes), std::end(kTimes), key) != std::end(kTimes);
}

std::string pointerTo(std::string_view key)
{
    std::string pointer = "/";
    for (const char c : key)
        pointer += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
    return pointer;
}

Value metricOf(std::string_view name, std::string pointer)
{
    return Value::Map{{"metric", Value(name)}, {"value", Value(std::move(pointer))}};
}

} // namespace

MessagePreview previewMessage(std::string_view mapping, const SeenMessage &message)
{
    MessagePreview preview;
    if (const auto parsed = MqttMapping::parse(mapping)) {
        TopicLevels levels;
        if (const MqttRule *rule = parsed->ruleFor(message.topic, levels)) {
            preview.rule = static_cast<std::size_t>(rule - parsed->rules().data());
            preview.pattern = rule->topic.text();
        }
    }
    MqttBody body(mapping);
    body.add({{}, message.topic, message.payload, message.isRetained});
    ProtocolRequest request;
    request.body = body.text();
    request.arrival = SystemClock().now();
    RecordBatch batch;
    ProtocolReport report;
    const auto decoded = decodeMqtt(request, batch, report);
    for (std::size_t row = 0; decoded && row < batch.size(); ++row)
        preview.records.push_back(recordOf(batch, row));
    for (const auto &[counter, count] : report.counters.entries())
        preview.remarks.emplace_back(counterInfo(counter) ? counterInfo(counter)->help : counter);
    return preview;
}

Result<std::vector<std::string>> mqttRuleTexts(std::string_view mapping)
{
    std::vector<std::string> rules;
    if (mapping.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return rules;
    json::Document document;
    const auto root = document.parse(mapping);
    if (!root)
        return failure(Error::Code::InvalidArgument, "The mapping is not JSON: " + root.error().message);
    const auto topics = json::field(*root, "topics");
    if (!json::isArray(topics))
        return failure(Error::Code::InvalidArgument, "The mapping is an object with a list of rules in 'topics'.");
    for (const json::Element each : json::items(topics))
        rules.push_back(toJson(json::toValue(each)));
    return rules;
}

std::string mqttMappingText(const std::vector<std::string> &rules)
{
    std::string text = "{\"topics\": [";
    for (std::size_t i = 0; i < rules.size(); ++i)
        text.append(i == 0 ? "\n  " : ",\n  ").append(rules[i]);
    return text + (rules.empty() ? "]}\n" : "\n]}\n");
}

std::string mqttRuleProblem(std::string_view rule)
{
    json::Document document;
    if (const auto parsed = document.parse(rule); !parsed)
        return "This is not JSON: " + parsed.error().message;
    const auto mapping = MqttMapping::parse(mqttMappingText({std::string(rule)}));
    if (mapping)
        return {};
    constexpr std::string_view kNumber = "Rule 1 of the mapping: ";
    std::string message = mapping.error().message;
    if (message.starts_with(kNumber))
        message.erase(0, kNumber.size());
    return message;
}

std::string mqttRuleFor(const SeenMessage &message)
{
    Value::Map rule{{"topic", Value(message.topic)}};
    Value::Array metrics;
    json::Document document;
    const auto root = document.parse(message.payload);
    const std::string_view last = std::string_view(message.topic).substr(message.topic.rfind('/') + 1);
    if (root && json::isObject(*root)) {
        for (const auto &[key, value] : json::members(*root)) {
            const bool isNumber = value.isNumber();
            if (isTime(key))
                rule.emplace_back("time", Value(pointerTo(key)));
            else if (isNumber && metrics.size() < kMostNumbers)
                metrics.push_back(metricOf(key, pointerTo(key)));
        }
    } else if (root && json::number(*root)) {
        metrics.push_back(metricOf(last, {}));
    }
    if (metrics.empty())
        rule.emplace_back("event", Value(last));
    else
        rule.emplace_back("metrics", Value(std::move(metrics)));
    return toJson(Value(std::move(rule)));
}

} // namespace telltale
