// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/mqtt/mqttdecoder.h"

#include "models/protocols/jsonlines/jsonlines.h"
#include "models/protocols/mqtt/mqttmapping.h"
#include "models/protocols/mqtt/mqttmessage.h"
#include "models/protocols/support/fieldtable.h"
#include "models/protocols/support/recordwriter.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace telltale {
namespace {

using json::Element;
using json::field;

constexpr std::size_t kLargestPayload = 1024 * 1024;
constexpr std::size_t kMostNumbers = 1'000;
constexpr std::string_view kTopicKey = "mqtt.topic", kRetainedKey = "mqtt.retained";

/// Of a message that is an object of numbers.
constexpr FieldRow kFields[] = {
    {MappedField::Time, "/time"}, {MappedField::Time, "/timestamp"}, {MappedField::Time, "/ts"}};

bool isTime(std::string_view key)
{
    return std::any_of(std::begin(kFields), std::end(kFields),
                       [&](const FieldRow &row) { return row.pointer.substr(1) == key; });
}

/// The bytes of UTF-8 without control characters that nobody types.
bool isText(std::string_view bytes)
{
    return simdjson::validate_utf8(bytes.data(), bytes.size()) && bytes.find('\0') == std::string_view::npos;
}

/// Whether an object says by its keys what it is.
bool isSaid(Element object)
{
    constexpr std::string_view kKeys[] = {"event", "name", "metric", "exception", "error"};
    return std::any_of(std::begin(kKeys), std::end(kKeys),
                       [&](std::string_view key) { return field(object, key).has_value(); });
}

/// A number, true or false.
std::optional<double> numberOf(const std::optional<Element> &element)
{
    if (!element)
        return std::nullopt;
    if (element->isBool())
        return element->isTrue() ? 1 : 0;
    return json::number(element);
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

void setField(OriginText &origin, RecordText &record, MappedField field, std::string text)
{
    switch (field) {
    case MappedField::Product:
        origin.product = std::move(text);
        break;
    case MappedField::Environment:
        origin.environment = std::move(text);
        break;
    case MappedField::Release:
        origin.release = std::move(text);
        break;
    case MappedField::Os:
        origin.os = std::move(text);
        break;
    case MappedField::Device:
        origin.device = std::move(text);
        break;
    case MappedField::Country:
        origin.country = std::move(text);
        break;
    case MappedField::User:
        record.user = std::move(text);
        break;
    case MappedField::Session:
        record.session = std::move(text);
        break;
    case MappedField::Screen:
        record.screen = std::move(text);
        break;
    case MappedField::Feature:
        record.feature = std::move(text);
        break;
    case MappedField::Event:
        record.name = std::move(text);
        break;
    default:
        break;
    }
}

class MessageReader
{
public:
    MessageReader(RecordWriter &writer, ProtocolReport &report, const MqttMapping &mapping)
        : m_writer(writer)
        , m_report(report)
        , m_mapping(mapping)
    {}
    void read(const MqttMessage &message);

private:
    void readMessage();
    bool parse();
    void readByRule(const MqttRule &rule, const TopicLevels &levels);
    std::string textOf(const MqttSource &source, const TopicLevels &levels) const;
    void readByDefault();
    void addNumbers(Element element, const std::string &name, int depth);
    void addNumber(RecordText record, double value, std::string_view unit = {});
    void addLog(Value body);
    void reject(std::string_view counter) { m_writer.reject(counter); }
    Value::Map marks() const;

    RecordWriter &m_writer;
    ProtocolReport &m_report;
    const MqttMapping &m_mapping;
    json::Document m_document;

    MqttMessage m_message;
    std::optional<Element> m_payload; ///< none: no JSON
    RecordText m_base;
    std::size_t m_numbers = 0, m_texts = 0;
};

Value::Map MessageReader::marks() const
{
    Value::Map marks{{std::string(kTopicKey), Value(m_message.topic)}};
    if (m_message.isRetained)
        marks.emplace_back(kRetainedKey, Value(true));
    return marks;
}

void MessageReader::read(const MqttMessage &message)
{
    m_message = message;
    m_writer.beginMessage({kMqttPath}, message.id);
    readMessage();
    m_writer.endMessage();
}

void MessageReader::readMessage()
{
    TopicLevels levels;
    if (m_message.topic.empty() || !isText(m_message.topic))
        return reject("mqtt.topic.invalid");
    const MqttRule *rule = m_mapping.ruleFor(m_message.topic, levels);
    if (rule && rule->isIgnored)
        return m_report.counters.add("mqtt.ignored");
    if (m_message.payload.size() > kLargestPayload)
        return reject("mqtt.payload.too_large");
    m_message.payload = trimmed(m_message.payload);
    if (m_message.payload.empty()) // how a retained message is taken back
        return m_report.counters.add("mqtt.payload.empty");
    if (!isText(m_message.payload))
        return reject("mqtt.payload.binary");
    m_base = {};
    m_numbers = m_texts = 0;
    if (!parse())
        return reject("mqtt.json.malformed");
    if (rule)
        readByRule(*rule, levels);
    else
        readByDefault();
}

/// False when it looks like JSON and is none.
bool MessageReader::parse()
{
    m_payload.reset();
    const char first = m_message.payload.front();
    auto root = m_document.parseInPlace(m_message.payload);
    if (root)
        m_payload = *root;
    return root || (first != '{' && first != '[');
}

std::string MessageReader::textOf(const MqttSource &source, const TopicLevels &levels) const
{
    if (source.isPointer) {
        const auto found = json::at(m_payload, source.text);
        if (found && found->isBool())
            return json::isTrue(found) ? "true" : "false";
        return !m_payload && source.text.empty() ? std::string(m_message.payload) : json::text(found);
    }
    std::string text;
    std::string_view rest = source.text;
    while (!rest.empty()) {
        const auto open = rest.find('{');
        const auto close = rest.find('}', open == std::string_view::npos ? 0 : open);
        text += rest.substr(0, open);
        if (open == std::string_view::npos)
            break;
        if (close == std::string_view::npos) {
            text += rest.substr(open);
            break;
        }
        const auto level = levels.find(rest.substr(open + 1, close - open - 1));
        text += level == levels.end() ? std::string(rest.substr(open, close + 1 - open)) : level->second;
        rest.remove_prefix(close + 1);
    }
    return text;
}

void MessageReader::readByRule(const MqttRule &rule, const TopicLevels &levels)
{
    OriginText origin;
    origin.product = m_message.topic.substr(0, m_message.topic.find('/'));
    m_base.attributes = marks();
    for (const auto &[name, text] : levels) {
        if (const auto known = mqttFieldNamed(name))
            setField(origin, m_base, *known, text);
        else
            m_base.attributes.emplace_back(name, std::string_view(text));
    }
    for (const auto &[known, source] : rule.fields) {
        if (known == MappedField::Time) {
            m_base.time = source.isPointer ? json::instant(json::at(m_payload, source.text)) : std::nullopt;
            if (!m_base.time)
                m_report.counters.add("mqtt.time.missing");
        } else if (std::string text = textOf(source, levels); !text.empty()) {
            setField(origin, m_base, known, std::move(text));
        }
    }
    for (const auto &[name, source] : rule.attributes) {
        const auto found = source.isPointer ? json::at(m_payload, source.text) : std::nullopt;
        if (found)
            m_base.attributes.emplace_back(name, json::toValue(*found));
        else if (!source.isPointer)
            m_base.attributes.emplace_back(name, textOf(source, levels));
    }
    if (rule.allAttributes) {
        for (auto &pair : json::toMap(json::at(m_payload, *rule.allAttributes)))
            m_base.attributes.push_back(std::move(pair));
    }
    m_writer.setOrigin(origin);
    const std::string level = m_base.name.str(); // of a level called event
    bool isUsed = false;
    for (const MqttMetric &metric : rule.metrics) {
        RecordText record = m_base;
        record.name = textOf(metric.name, levels);
        record.feature.clear();
        std::optional<double> value = metric.value.text.empty() && !m_payload
                                          ? std::nullopt
                                          : numberOf(json::at(m_payload, metric.value.text));
        if (!value || record.name.empty())
            continue;
        addNumber(std::move(record), *value, textOf(metric.unit, levels));
        isUsed = true;
    }
    std::string event = rule.event ? textOf(*rule.event, levels) : level;
    if (!event.empty()) {
        m_base.kind = RecordKind::UsageEvent;
        m_base.name = std::move(event);
        if (m_base.feature.empty())
            m_base.feature = m_base.name;
        m_writer.add(m_base);
        return;
    }
    if (isUsed)
        return;
    if (rule.event || !rule.metrics.empty())
        return reject("mqtt.value.missing");
    // A rule that only says who sends.
    RecordText log = m_base;
    if (const auto number = m_payload ? numberOf(m_payload) : std::nullopt) {
        log.name = m_message.topic;
        return addNumber(std::move(log), *number);
    }
    log.body = m_payload ? json::toValue(*m_payload) : Value(m_message.payload);
    m_writer.add(log);
}

void MessageReader::readByDefault()
{
    OriginText origin;
    origin.product = m_message.topic.substr(0, m_message.topic.find('/'));
    if (m_payload && isSaid(*m_payload) && addJsonLinesObject(m_writer, *m_payload, origin, marks()))
        return;
    m_writer.setOrigin(origin);
    if (!m_payload)
        return addLog(Value(m_message.payload));
    static const json::FieldIndex kIndex(kFields);
    m_base.time = json::Fields(kIndex, m_payload).instant(MappedField::Time);
    if (m_message.isRetained)
        m_base.attributes.emplace_back(kRetainedKey, Value(true));
    addNumbers(*m_payload, std::string(m_message.topic), 0);
    if (m_numbers == 0)
        addLog(json::toValue(*m_payload));
    else if (m_texts > 0)
        m_report.counters.add("mqtt.text.unmapped", m_texts);
}

void MessageReader::addNumbers(Element element, const std::string &name, int depth)
{
    if (element.isObject()) {
        for (const auto &[key, value] : json::members(element)) {
            if (depth > 0 || !isTime(key))
                addNumbers(value, name + "/" + std::string(key), depth + 1);
        }
        return;
    }
    if (element.isArray()) {
        std::size_t index = 0;
        for (const Element value : json::items(element))
            addNumbers(value, name + "/" + std::to_string(index++), depth + 1);
        return;
    }
    const auto value = element.isText() && depth > 0 ? std::nullopt : numberOf(element);
    if (!value) {
        m_texts += !element.isNull();
        return;
    }
    if (m_numbers == kMostNumbers)
        return reject("mqtt.numbers.too_many");
    ++m_numbers;
    RecordText record = m_base;
    record.name = name;
    addNumber(std::move(record), *value);
}

void MessageReader::addNumber(RecordText record, double value, std::string_view unit)
{
    MetricDetail detail;
    detail.kind = MetricKind::Gauge;
    detail.value = value;
    m_writer.addPoint(std::move(record), std::move(detail), unit);
}

void MessageReader::addLog(Value body)
{
    RecordText log;
    log.time = m_base.time;
    log.attributes = marks();
    log.body = std::move(body);
    m_writer.add(log);
}

/// A mapping is read once, however many requests it comes with.
const Result<MqttMapping> &parsedMapping(std::string_view text)
{
    thread_local std::string lastText;
    thread_local Result<MqttMapping> last{MqttMapping()};
    if (text != lastText) {
        last = MqttMapping::parse(text);
        lastText = text;
    }
    return last;
}

} // namespace

Result<ProtocolReply> decodeMqtt(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    MqttBodyReader body(request.body);
    const Result<MqttMapping> &mapping = parsedMapping(body.mapping());
    if (!mapping) {
        report.counters.add("mqtt.mapping.invalid");
        return tl::unexpected(mapping.error());
    }
    RecordWriter writer(batch, report, request.arrival);
    MessageReader reader(writer, report, *mapping);
    while (const auto message = body.next())
        reader.read(*message);
    if (!body.isFine()) {
        report.counters.add("mqtt.malformed");
        return failure(Error::Code::InvalidArgument, "This is no body of MQTT messages.");
    }
    return ProtocolReply{};
}

MappingTable mqttMappingTable()
{
    MappingTable table{"mqtt", {}};
    for (const auto &[payload, meaning] : {std::pair{"a number, true or false", "gauge"},
                                           {"an object with event or name", "usage event, as from a file"},
                                           {"an object with metric and value", "gauge"},
                                           {"an object with exception or error", "error"},
                                           {"numbers of other JSON", "gauges"},
                                           {"other text", "log"}})
        table.rows.push_back({MappedField::Kind, MappingPlace::Other, payload, {}, meaning});
    table.rows.push_back(inWords(MappedField::Product,
                                 "product, app or service of the object, else the first level of the topic"));
    table.rows.push_back(inWords(MappedField::Metric, "the topic, then the path into the JSON"));
    appendRows(table.rows, kFields);
    return table;
}

} // namespace telltale
