// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace telltale::otlp {

/// Every attribute key the mapping looks at. Rows of otlpmapping.cpp say how each is written and what it is used for.
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
    WidgetUse,      ///< a usage event whose feature is the widget
    ProgramState,   ///< a log with its name: the program speaks of itself, nobody used anything
};

/// KnownKey::None for a key the mapping does not use. Cost: one comparison per row of equal length.
KnownKey knownKey(std::string_view key);
EventMeaning eventMeaning(std::string_view eventName);

/// The columns and what fills them: the first key present with a value wins.
namespace rules {
extern const std::span<const KnownKey> kProduct;
extern const std::span<const KnownKey> kEnvironment;
extern const std::span<const KnownKey> kRelease;
extern const std::span<const KnownKey> kOs;
extern const std::span<const KnownKey> kDevice;
extern const std::span<const KnownKey> kCountry;
extern const std::span<const KnownKey> kUser;
extern const std::span<const KnownKey> kSession;
extern const std::span<const KnownKey> kScreen;      ///< of a screen view
extern const std::span<const KnownKey> kPlace;       ///< of any other record: the screen it happened on
extern const std::span<const KnownKey> kFeature;     ///< else the event name
extern const std::span<const KnownKey> kWidget;      ///< else the event name
} // namespace rules

/// SeverityNumber from which a log record is an error, and from which it is one that nobody handled.
inline constexpr std::uint8_t kErrorSeverity = 17;
inline constexpr std::uint8_t kFatalSeverity = 21;
/// The type of an error that says neither type nor event name.
inline constexpr std::string_view kUnknownErrorType = "Error";
/// The span event that is an error.
inline constexpr std::string_view kExceptionEvent = "exception";

} // namespace telltale::otlp
