// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace telltale::otlp {

/// Every attribute key the mapping looks at. Rows of otlpmapping.cpp say how each is written and what it is
/// used for.
enum class KnownKey : std::uint8_t {
    None,
    ServiceName,
    ServiceVersion,
    ServiceInstanceId,
    EnvironmentName,
    Environment,
    OsName,
    OsType,
    DeviceModelName,
    DeviceModelIdentifier,
    DeviceModel,
    CountryCode,
    Country,
    UserId,
    EnduserId,
    EnduserPseudoId,
    InstallationId,
    DeviceId,
    SessionId,
    SessionPreviousId,
    EventName,
    ScreenName,
    ScreenId,
    PlainScreenName,
    UrlPath,
    DwellTime,
    FeatureName,
    WidgetName,
    WidgetId,
    ExceptionType,
    ExceptionMessage,
    ExceptionStacktrace,
    ExceptionEscaped,
    Count
};
inline constexpr std::size_t kKnownKeyCount = static_cast<std::size_t>(KnownKey::Count);

/// What the name of an event says about its record.
enum class EventMeaning : std::uint8_t {
    Usage,          ///< any name without a row: somebody used a feature
    None,           ///< there is no name: a plain log
    Error,          ///< something broke
    UnhandledError, ///< and nobody caught it
    SessionBound,
    ScreenView,
    WidgetUse,    ///< a usage event whose feature is the widget
    ProgramState, ///< a log with its name: the program speaks of itself, nobody used anything
};

/// KnownKey::None for a key the mapping does not use. Cost: one comparison per row of equal length.
KnownKey knownKey(std::string_view key);
EventMeaning eventMeaning(std::string_view eventName);

/// The keys that fill a column: the first one present with a value wins.
struct Rule
{
    std::span<const KnownKey> keys;
    std::uint64_t mask = 0; ///< a bit per key, to see at once that none is there

    constexpr explicit Rule(std::span<const KnownKey> k)
        : keys(k)
    {
        for (const KnownKey key : k)
            mask |= std::uint64_t(1) << static_cast<unsigned>(key);
    }
};

/// The columns.
namespace rules {
extern const Rule kProduct;
extern const Rule kEnvironment;
extern const Rule kRelease;
extern const Rule kOs;
extern const Rule kDevice;
extern const Rule kCountry;
extern const Rule kUser;
extern const Rule kSession;
extern const Rule kScreen;  ///< of a screen view
extern const Rule kPlace;   ///< of any other record: the screen it happened on
extern const Rule kFeature; ///< else the event name
extern const Rule kWidget;  ///< else the event name
extern const Rule kPreviousSession;
extern const Rule kEventName; ///< when the field of that name is empty
extern const Rule kExceptionType;
extern const Rule kExceptionMessage;
extern const Rule kStacktrace;
} // namespace rules

/// SeverityNumber from which a log record is an error, and from which it is one that nobody handled.
inline constexpr std::uint8_t kErrorSeverity = 17;
inline constexpr std::uint8_t kFatalSeverity = 21;
/// The type of an error that says neither type nor event name.
inline constexpr std::string_view kUnknownErrorType = "Error";
/// The span event that is an error.
inline constexpr std::string_view kExceptionEvent = "exception";

} // namespace telltale::otlp
