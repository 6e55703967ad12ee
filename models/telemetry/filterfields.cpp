// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/filterfields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace telltale {
namespace {

using enum FilterFieldType;

constexpr std::array kFields{
    FilterField{"product", Text, "service.name"},
    FilterField{"environment", Text, "deployment.environment.name"},
    FilterField{"release", Text, "service.version"},
    FilterField{"user", Text, "the user's key"},
    FilterField{"session", Text, "the session's id"},
    FilterField{"feature", Text, "the feature of a usage event"},
    FilterField{"screen", Text, "the screen looked at, or where it happened"},
    FilterField{"event", Text, "the event name as sent"},
    FilterField{"error", Text, "the type of an error"},
    FilterField{"severity", Severity, "severity:error, severity:>=warn, severity:13"},
    FilterField{"operation", Text, "the name of a span"},
    FilterField{"metric", Text, "the name of a metric"},
    FilterField{"os", Text, "os.name"},
    FilterField{"device", Text, "device.model.name"},
    FilterField{"country", Text, "geo.country.iso_code"},
    FilterField{"dwell", Duration, "how long a screen was looked at: dwell:>60s"},
    FilterField{"duration", Duration, "how long a span took: duration:>=250ms"},
    FilterField{"kind", Kind, "usage_event, screen_view, error, log, span, metric_point or session_bound"},
    FilterField{"has", Presence,
                "has:error: in a session with an error; has:FIELD: where the field is known"},
    FilterField{"text", Text, "words in messages, bodies, stacks and attribute values: text:\"timed out\""},
    FilterField{kAttributePrefix, Attribute, "attr.KEY: an attribute of the record"},
    FilterField{kResourcePrefix, Attribute, "resource.KEY: an attribute of its resource"},
};

struct SeverityNames
{
    std::string_view name;
    std::string_view shown;
    std::uint8_t low;
};
constexpr std::array<SeverityNames, 6> kSeverities{{{"trace", "TRACE", 1},
                                                    {"debug", "DEBUG", 5},
                                                    {"info", "INFO", 9},
                                                    {"warn", "WARN", 13},
                                                    {"error", "ERROR", 17},
                                                    {"fatal", "FATAL", 21}}};

constexpr std::array<std::pair<RecordKind, std::string_view>, 7> kKinds{
    {{RecordKind::UsageEvent, "usage_event"},
     {RecordKind::ScreenView, "screen_view"},
     {RecordKind::Error, "error"},
     {RecordKind::Log, "log"},
     {RecordKind::Span, "span"},
     {RecordKind::MetricPoint, "metric_point"},
     {RecordKind::SessionBound, "session_bound"}}};

std::string lowered(std::string_view text)
{
    std::string out(text);
    for (char &c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

} // namespace

std::span<const FilterField> filterFields()
{
    return kFields;
}

const FilterField *filterField(std::string_view field)
{
    for (const FilterField &known : kFields) {
        const bool isPrefix = known.name.ends_with('.');
        if (isPrefix ? field.starts_with(known.name) && field.size() > known.name.size()
                     : field == known.name)
            return &known;
    }
    return nullptr;
}

std::string_view recordKindName(RecordKind kind)
{
    for (const auto &[known, name] : kKinds) {
        if (known == kind)
            return name;
    }
    return {};
}

std::optional<RecordKind> recordKindNamed(std::string_view name)
{
    for (const auto &[kind, known] : kKinds) {
        if (known == name)
            return kind;
    }
    return std::nullopt;
}

Result<SeverityRange> parseSeverity(std::string_view text)
{
    const std::string name = lowered(text);
    for (const SeverityNames &known : kSeverities) {
        if (known.name == name || (known.name == "warn" && name == "warning"))
            return SeverityRange{known.low, static_cast<std::uint8_t>(known.low + 3)};
    }
    unsigned number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem == std::errc() && end == text.data() + text.size() && !text.empty() && number <= 24)
        return SeverityRange{static_cast<std::uint8_t>(number), static_cast<std::uint8_t>(number)};
    return failure(Error::Code::InvalidArgument,
                   "'" + std::string(text) +
                       "' is no severity; there are trace, debug, info, warn, error, fatal and 0 to 24");
}

std::string_view severityName(std::uint8_t severity)
{
    for (const SeverityNames &known : kSeverities) {
        if (severity >= known.low && severity <= known.low + 3)
            return known.shown;
    }
    return {};
}

std::optional<double> parseFilterNumber(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || problem != std::errc() || end != text.data() + text.size() || std::isnan(number))
        return std::nullopt;
    return number;
}

} // namespace telltale
