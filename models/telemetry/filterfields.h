// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/recordbatch.h"
#include "models/telemetry/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace telltale {

/// How the value of a filter term is read.
enum class FilterFieldType {
    Text,      ///< exact with `*` wildcards, but for "text": anywhere, in any case; only `=`
    Attribute, ///< by the type of the attribute: numbers as numbers, booleans, text as Text
    Duration,  ///< "60s", "1h30m", a bare number is milliseconds
    Severity,  ///< a name (trace, debug, info, warn, error, fatal) or OpenTelemetry's number
    Kind,      ///< one of recordKindName()
    Presence,  ///< the name of another field
};

/// One field of filter expressions, for parsing, completion and help.
struct FilterField
{
    std::string_view name; ///< "attr." and "resource." stand for all keys behind them
    FilterFieldType type = FilterFieldType::Text;
    std::string_view help;
};

/// All of them in the order people should see them. Static; safe from any thread.
std::span<const FilterField> filterFields();
/// Knows plain fields and "attr.KEY" and "resource.KEY" with a non-empty KEY; nullptr for everything else.
const FilterField *filterField(std::string_view field);

inline constexpr std::string_view kAttributePrefix = "attr.";
inline constexpr std::string_view kResourcePrefix = "resource.";

/// "usage_event", "screen_view", "error", "log", "span", "metric_point", "session_bound".
std::string_view recordKindName(RecordKind kind);
/// What the field "telltale" of an exported record says; a change that old readers would misread makes it larger.
inline constexpr std::int64_t kRecordLineVersion = 1;
std::optional<RecordKind> recordKindNamed(std::string_view name);

/// The numbers a severity name covers (warn: 13 to 16); a number covers itself.
struct SeverityRange
{
    std::uint8_t low = 0;
    std::uint8_t high = 0;
};
/// Error: InvalidArgument.
Result<SeverityRange> parseSeverity(std::string_view text);
/// "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"; empty for 0 and unknown numbers.
std::string_view severityName(std::uint8_t severity);

/// A number and nothing else; no value for anything else, also NaN.
std::optional<double> parseFilterNumber(std::string_view text);

} // namespace telltale
