// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/kuserfeedback/feedbackschema.h"

#include "models/protocols/kuserfeedback/submission.h"
#include "models/protocols/support/jsontree.h"

#include <algorithm>

namespace telltale {
namespace {

using json::Element;
using json::field;

const Value *find(const Value::Map &map, std::string_view key)
{
    const auto found = std::find_if(map.begin(), map.end(), [key](const auto &pair) { return pair.first == key; });
    return found == map.end() ? nullptr : &found->second;
}

/// Of an object only these elements; all of them when none are named.
Value only(const Value &value, const std::vector<std::string> &elements)
{
    const auto *map = value.as<Value::Map>();
    if (!map || elements.empty())
        return value;
    Value::Map kept;
    for (const std::string &element : elements) {
        if (const Value *found = find(*map, element))
            kept.emplace_back(element, *found);
    }
    return Value(std::move(kept));
}

tl::unexpected<Error> wrong(const char *why)
{
    return failure(Error::Code::InvalidArgument, why);
}

} // namespace

Result<FeedbackProduct> FeedbackProduct::parse(std::string_view text)
{
    json::Document document;
    const auto root = document.parseInPlace(text);
    if (!root)
        return tl::unexpected(root.error());
    if (!root->isObject())
        return wrong("A product is an object with name, schema and aggregation.");
    FeedbackProduct product;
    product.m_name = json::text(field(*root, "name"));
    if (product.m_name.empty())
        return wrong("A product needs a name.");
    const auto schema = field(*root, "schema");
    const auto aggregation = field(*root, "aggregation");
    if ((schema && !json::isArray(schema)) || (aggregation && !json::isArray(aggregation)))
        return wrong("schema and aggregation of a product are lists.");
    for (const Element entry : json::items(schema)) {
        Entry &to = product.m_schema.emplace_back();
        to.name = json::text(field(entry, "name"));
        to.type = json::text(field(entry, "type"));
        if (to.name.empty() || (to.type != "scalar" && to.type != "list" && to.type != "map"))
            return wrong("An entry of a schema needs a name, and a type that is scalar, list or map.");
        for (const Element element : json::items(field(entry, "elements"))) {
            if (std::string name = json::text(field(element, "name")); !name.empty())
                to.elements.push_back(std::move(name));
        }
    }
    Value::Map listed{{"name", Value(product.m_name)},
                      {"schema", schema ? json::toValue(*schema) : Value(Value::Array())},
                      {"aggregation", aggregation ? json::toValue(*aggregation) : Value(Value::Array())}};
    product.m_json = toJson(Value(std::move(listed)));
    return product;
}

Value::Map FeedbackProduct::sampleOf(const Value::Map &submitted) const
{
    if (m_schema.empty())
        return submitted;
    Value::Map sample;
    for (const Entry &entry : m_schema) {
        const Value *value = find(submitted, entry.name);
        if (!value)
            continue;
        if (const auto *list = value->as<Value::Array>(); list && entry.type == "list") {
            Value::Array items;
            for (const Value &item : *list)
                items.push_back(only(item, entry.elements));
            sample.emplace_back(entry.name, Value(std::move(items)));
        } else if (const auto *map = value->as<Value::Map>(); map && entry.type == "map") {
            Value::Map parts;
            for (const auto &[key, part] : *map)
                parts.emplace_back(key, only(part, entry.elements));
            sample.emplace_back(entry.name, Value(std::move(parts)));
        } else {
            sample.emplace_back(entry.name, only(*value, entry.elements));
        }
    }
    return sample;
}

Result<FeedbackSurvey> FeedbackSurvey::parse(std::string_view text)
{
    json::Document document;
    const auto root = document.parseInPlace(text);
    if (!root)
        return tl::unexpected(root.error());
    FeedbackSurvey survey;
    survey.uuid = json::text(field(*root, "uuid"));
    if (survey.uuid.empty())
        return wrong("A survey needs a uuid.");
    survey.isActive = json::isTrue(field(*root, "active"));
    survey.json = toJson(Value(Value::Map{{"uuid", Value(survey.uuid)},
                                          {"name", Value(json::text(field(*root, "name")))},
                                          {"url", Value(json::text(field(*root, "url")))},
                                          {"active", Value(survey.isActive)},
                                          {"target", Value(json::text(field(*root, "target")))}}));
    return survey;
}

Result<ProtocolReply> decodeFeedbackSamples(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    json::Document document;
    const auto root = document.parseInPlace(request.body);
    const auto refuse = [&](std::string message) {
        report.counters.add("kuserfeedback.malformed");
        return failure(Error::Code::InvalidArgument, std::move(message));
    };
    if (!root)
        return refuse(root.error().message);
    if (!json::isArray(*root))
        return refuse("Samples come as a list.");
    SubmissionWriter writer(request, batch, report);
    for (const Element sample : json::items(*root)) {
        if (!sample.isObject())
            return refuse("A sample is an object of sources.");
        if (field(sample, "id"))
            return refuse("A sample must not hold id: it gets one here.");
        const auto time = json::instant(field(sample, "timestamp"));
        if (!time)
            return refuse("A sample needs a timestamp.");
        writer.add(sample, *time);
    }
    return ProtocolReply{200, "text/html; charset=UTF-8", "Data imported."};
}

} // namespace telltale
