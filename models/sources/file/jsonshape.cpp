// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/jsonshape.h"

#include "models/protocols/support/jsontree.h"

namespace telltale {

JsonShapes::JsonShapes()
    : m_document(std::make_unique<json::Document>())
{}

JsonShapes::JsonShapes(JsonShapes &&) noexcept = default;
JsonShapes &JsonShapes::operator=(JsonShapes &&) noexcept = default;
JsonShapes::~JsonShapes() = default;

std::optional<JsonShape> JsonShapes::shapeOf(std::string_view value)
{
    const auto root = m_document->parseInPlace(value);
    if (!root || !root->isObject())
        return std::nullopt;
    const auto has = [&](std::string_view camel, std::string_view snake) {
        return json::field(*root, camel) || json::field(*root, snake);
    };
    if (has("resourceLogs", "resource_logs"))
        return JsonShape::Logs;
    if (has("resourceSpans", "resource_spans"))
        return JsonShape::Traces;
    if (has("resourceMetrics", "resource_metrics"))
        return JsonShape::Metrics;
    if (json::field(*root, "bodyFile") && json::field(*root, "headers"))
        return JsonShape::Recorded;
    return JsonShape::Line;
}

std::optional<std::string_view> JsonShapes::otlpListOf(std::string_view value)
{
    const auto root = m_document->parseInPlace(value);
    if (!root || !root->isObject())
        return std::nullopt;
    if (root->size() != 1)
        return std::nullopt;
    const auto [name, list] = *root->members().begin();
    if (!name.starts_with("resource") || name.find('_') != std::string_view::npos || !list.isArray())
        return std::nullopt;
    // It is the only member, so the first and the last bracket are those of its list; its name has none.
    const auto begin = value.find('['), end = value.rfind(']');
    return value.substr(begin + 1, end - begin - 1);
}

std::string_view otlpPathOf(JsonShape shape)
{
    switch (shape) {
    case JsonShape::Logs:
        return "/v1/logs";
    case JsonShape::Traces:
        return "/v1/traces";
    case JsonShape::Metrics:
        return "/v1/metrics";
    default:
        return {};
    }
}

std::string_view otlpListNameOf(JsonShape shape)
{
    switch (shape) {
    case JsonShape::Logs:
        return "resourceLogs";
    case JsonShape::Traces:
        return "resourceSpans";
    case JsonShape::Metrics:
        return "resourceMetrics";
    default:
        return {};
    }
}

} // namespace telltale
