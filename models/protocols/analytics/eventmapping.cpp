// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/analytics/eventmapping.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

namespace telltale {
namespace {

/// Milliseconds; of the properties of an event.
constexpr std::string_view kDwellPointers[] = {"/app.screen.dwell_time_ms", "/dwell_time_ms", "/dwell_ms", "/$dwell_ms",
                                               "/duration_ms"};

std::string_view meaningOf(EventRole role)
{
    switch (role) {
    case EventRole::Usage:
        return "usage event";
    case EventRole::AutoCapture:
        return "usage event, its feature the element";
    case EventRole::ScreenView:
        return "screen view";
    case EventRole::Exception:
        return "error";
    case EventRole::SessionStart:
        return "start of a session";
    case EventRole::SessionEnd:
        return "end of a session";
    case EventRole::Identity:
        return "who somebody is";
    case EventRole::State:
        return "log";
    }
    return {};
}

} // namespace

EventRole roleOf(std::string_view event, std::span<const EventRule> rules)
{
    for (const EventRule &rule : rules) {
        const bool isPrefix = rule.event.ends_with('*');
        if (isPrefix ? event.starts_with(rule.event.substr(0, rule.event.size() - 1)) : event == rule.event)
            return rule.role;
    }
    return EventRole::Usage;
}

std::int64_t dwellOf(const std::optional<json::Element> &properties)
{
    static const json::FieldIndex kIndex({}, kDwellPointers);
    const json::Fields fields(kIndex, properties);
    for (std::size_t i = 0; i < std::size(kDwellPointers); ++i) {
        if (const auto value = json::number(fields.other(i)); value && *value >= 0)
            return json::nanoseconds(*value / 1'000);
    }
    return kNoDuration;
}

void appendRows(std::vector<MappingRow> &rows, std::span<const EventRule> rules)
{
    for (const EventRule &rule : rules)
        rows.push_back({MappedField::Kind, MappingPlace::EventName, std::string(rule.event), {}, std::string(meaningOf(rule.role))});
    rows.push_back({MappedField::Kind, MappingPlace::Other, "every other event", {}, std::string(meaningOf(EventRole::Usage))});
}

void appendDwellRows(std::vector<MappingRow> &rows, std::string_view prefix)
{
    for (const std::string_view pointer : kDwellPointers)
        rows.push_back({MappedField::Dwell, MappingPlace::Json, std::string(prefix) + std::string(pointer), "screen view", {}});
}

OriginText originOf(const json::Fields &fields, std::string_view product)
{
    OriginText origin;
    origin.product = fields.text(MappedField::Product);
    if (origin.product.empty())
        origin.product = Text::viewOf(product);
    origin.release = fields.text(MappedField::Release);
    origin.environment = fields.text(MappedField::Environment);
    origin.os = fields.text(MappedField::Os);
    origin.device = fields.text(MappedField::Device);
    origin.country = fields.text(MappedField::Country);
    origin.scopeName = fields.text(MappedField::Scope);
    origin.scopeVersion = fields.text(MappedField::ScopeVersion);
    return origin;
}

void withdrawUser(RecordText &identity, std::string_view attribute)
{
    if (!identity.session.empty() || identity.user.empty())
        return;
    identity.attributes.emplace_back(std::string(attribute), identity.user.view());
    identity.user.clear();
}

namespace {

enum FramePart : std::size_t { Function, RawFunction, Symbol, FileName, Path, Module, Package, Line, Column };
constexpr std::string_view kFrameParts[] = {"/function", "/raw_function", "/symbol", "/filename", "/abs_path",
                                            "/module",   "/package",      "/lineno", "/colno"};

TextView firstOf(const json::Fields &frame, FramePart first, FramePart last)
{
    for (std::size_t part = first; part <= last; ++part) {
        if (const TextView found = frame.otherText(part); !found.empty())
            return found;
    }
    return {};
}

void appendFrame(std::string &text, json::Element element)
{
    static const json::FieldIndex kIndex({}, kFrameParts);
    const json::Fields frame(kIndex, element);
    const TextView function = firstOf(frame, Function, Symbol), place = firstOf(frame, FileName, Package);
    if (place.empty() && function.empty())
        return;
    const bool isNamed = !function.empty() && function != "?";
    text += "\n    at ";
    if (isNamed)
        text.append(function).append(" (");
    text.append(place);
    if (const TextView line = frame.otherText(Line); !line.empty() && line != "0") {
        text.append(":").append(line);
        if (const TextView column = frame.otherText(Column); !column.empty())
            text.append(":").append(column);
    }
    if (isNamed)
        text += ')';
}

} // namespace

std::string stackText(std::string_view type, std::string_view message, const std::optional<json::Element> &frames,
                      bool isCrashLast)
{
    if (!json::isArray(frames) || json::arraySize(frames) == 0)
        return {};
    std::vector<json::Element> list;
    list.reserve(json::arraySize(frames));
    for (const json::Element frame : json::items(frames))
        list.push_back(frame);
    if (isCrashLast)
        std::reverse(list.begin(), list.end());
    std::string text(type);
    if (!message.empty())
        text.append(": ").append(message.substr(0, message.find('\n')));
    for (const json::Element frame : list)
        appendFrame(text, frame);
    return text;
}

} // namespace telltale
