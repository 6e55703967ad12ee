// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/otlpmapping.h"

namespace telltale::otlp {
namespace {

struct KeyRow
{
    KnownKey key;
    std::string_view text;
};

constexpr KeyRow kKeys[] = {
    {KnownKey::ServiceName, "service.name"},
    {KnownKey::ServiceVersion, "service.version"},
    {KnownKey::ServiceInstanceId, "service.instance.id"},
    {KnownKey::EnvironmentName, "deployment.environment.name"},
    {KnownKey::Environment, "deployment.environment"},
    {KnownKey::OsName, "os.name"},
    {KnownKey::OsType, "os.type"},
    {KnownKey::DeviceModelName, "device.model.name"},
    {KnownKey::DeviceModelIdentifier, "device.model.identifier"},
    {KnownKey::DeviceModel, "device.model"},
    {KnownKey::CountryCode, "geo.country.iso_code"},
    {KnownKey::Country, "country"},
    {KnownKey::UserId, "user.id"},
    {KnownKey::EnduserId, "enduser.id"},
    {KnownKey::EnduserPseudoId, "enduser.pseudo.id"},
    {KnownKey::InstallationId, "app.installation.id"},
    {KnownKey::DeviceId, "device.id"},
    {KnownKey::SessionId, "session.id"},
    {KnownKey::SessionPreviousId, "session.previous_id"},
    {KnownKey::EventName, "event.name"},
    {KnownKey::ScreenName, "app.screen.name"},
    {KnownKey::ScreenId, "app.screen.id"},
    {KnownKey::PlainScreenName, "screen.name"},
    {KnownKey::UrlPath, "url.path"},
    {KnownKey::DwellTime, "app.screen.dwell_time_ms"},
    {KnownKey::FeatureName, "feature.name"},
    {KnownKey::WidgetName, "app.widget.name"},
    {KnownKey::WidgetId, "app.widget.id"},
    {KnownKey::ExceptionType, "exception.type"},
    {KnownKey::ExceptionMessage, "exception.message"},
    {KnownKey::ExceptionStacktrace, "exception.stacktrace"},
    {KnownKey::ExceptionEscaped, "exception.escaped"},
};
static_assert(std::size(kKeys) + 1 == kKnownKeyCount, "each known key has a row");

struct EventRow
{
    std::string_view name;
    EventMeaning meaning;
};

constexpr EventRow kEvents[] = {
    {"exception", EventMeaning::Error},
    {"app.crash", EventMeaning::UnhandledError},
    {"device.crash", EventMeaning::UnhandledError},
    {"session.start", EventMeaning::SessionBound},
    {"session.end", EventMeaning::SessionBound},
    {"app.screen.view", EventMeaning::ScreenView},
    {"screen_view", EventMeaning::ScreenView},
    {"browser.page_view", EventMeaning::ScreenView},
    {"page_view", EventMeaning::ScreenView},
    {"app.widget.click", EventMeaning::WidgetUse},
    {"app.screen.click", EventMeaning::WidgetUse},
    {"device.app.lifecycle", EventMeaning::ProgramState},
    {"app.jank", EventMeaning::ProgramState},
    {"browser.web_vital", EventMeaning::ProgramState},
    {"browser.navigation_timing", EventMeaning::ProgramState},
    {"browser.resource_timing", EventMeaning::ProgramState},
    {"browser.console", EventMeaning::ProgramState},
    {"feature_flag.evaluation", EventMeaning::ProgramState},
    {"network.change", EventMeaning::ProgramState},
};

constexpr KnownKey kProductKeys[] = {KnownKey::ServiceName};
constexpr KnownKey kEnvironmentKeys[] = {KnownKey::EnvironmentName, KnownKey::Environment};
constexpr KnownKey kReleaseKeys[] = {KnownKey::ServiceVersion};
constexpr KnownKey kOsKeys[] = {KnownKey::OsName, KnownKey::OsType};
constexpr KnownKey kDeviceKeys[] = {KnownKey::DeviceModelName, KnownKey::DeviceModelIdentifier,
                                    KnownKey::DeviceModel};
constexpr KnownKey kCountryKeys[] = {KnownKey::CountryCode, KnownKey::Country};
constexpr KnownKey kUserKeys[] = {KnownKey::UserId,         KnownKey::EnduserId, KnownKey::EnduserPseudoId,
                                  KnownKey::InstallationId, KnownKey::DeviceId,  KnownKey::ServiceInstanceId};
constexpr KnownKey kSessionKeys[] = {KnownKey::SessionId};
constexpr KnownKey kScreenKeys[] = {KnownKey::ScreenName, KnownKey::ScreenId, KnownKey::PlainScreenName,
                                    KnownKey::UrlPath};
constexpr KnownKey kFeatureKeys[] = {KnownKey::FeatureName};
constexpr KnownKey kWidgetKeys[] = {KnownKey::WidgetName, KnownKey::WidgetId};
constexpr KnownKey kPreviousSessionKeys[] = {KnownKey::SessionPreviousId};
constexpr KnownKey kEventNameKeys[] = {KnownKey::EventName};
constexpr KnownKey kExceptionTypeKeys[] = {KnownKey::ExceptionType};
constexpr KnownKey kExceptionMessageKeys[] = {KnownKey::ExceptionMessage};
constexpr KnownKey kStacktraceKeys[] = {KnownKey::ExceptionStacktrace};

} // namespace

namespace rules {
constinit const Rule kProduct{kProductKeys};
constinit const Rule kEnvironment{kEnvironmentKeys};
constinit const Rule kRelease{kReleaseKeys};
constinit const Rule kOs{kOsKeys};
constinit const Rule kDevice{kDeviceKeys};
constinit const Rule kCountry{kCountryKeys};
constinit const Rule kUser{kUserKeys};
constinit const Rule kSession{kSessionKeys};
constinit const Rule kScreen{kScreenKeys};
constinit const Rule kPlace{std::span(kScreenKeys).first(3)}; // a path is no screen of a click or an error
constinit const Rule kFeature{kFeatureKeys};
constinit const Rule kWidget{kWidgetKeys};
constinit const Rule kPreviousSession{kPreviousSessionKeys};
constinit const Rule kEventName{kEventNameKeys};
constinit const Rule kExceptionType{kExceptionTypeKeys};
constinit const Rule kExceptionMessage{kExceptionMessageKeys};
constinit const Rule kStacktrace{kStacktraceKeys};
} // namespace rules

KnownKey knownKey(std::string_view key)
{
    for (const auto &[known, text] : kKeys) {
        if (key == text)
            return known;
    }
    return KnownKey::None;
}

EventMeaning eventMeaning(std::string_view eventName)
{
    if (eventName.empty())
        return EventMeaning::None;
    for (const auto &[name, meaning] : kEvents) {
        if (eventName == name)
            return meaning;
    }
    return EventMeaning::Usage;
}

} // namespace telltale::otlp
