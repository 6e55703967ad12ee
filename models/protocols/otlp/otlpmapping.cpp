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
constexpr KnownKey kDeviceKeys[] = {KnownKey::DeviceModelName, KnownKey::DeviceModelIdentifier, KnownKey::DeviceModel};
constexpr KnownKey kCountryKeys[] = {KnownKey::CountryCode, KnownKey::Country};
constexpr KnownKey kUserKeys[] = {KnownKey::UserId,         KnownKey::EnduserId, KnownKey::EnduserPseudoId,
                                  KnownKey::InstallationId, KnownKey::DeviceId,  KnownKey::ServiceInstanceId};
constexpr KnownKey kSessionKeys[] = {KnownKey::SessionId};
constexpr KnownKey kScreenKeys[] = {KnownKey::ScreenName, KnownKey::ScreenId, KnownKey::PlainScreenName,
                                    KnownKey::UrlPath};
constexpr KnownKey kFeatureKeys[] = {KnownKey::FeatureName};
constexpr KnownKey kWidgetKeys[] = {KnownKey::WidgetName, KnownKey::WidgetId};

} // namespace

namespace rules {
constinit const std::span<const KnownKey> kProduct = kProductKeys;
constinit const std::span<const KnownKey> kEnvironment = kEnvironmentKeys;
constinit const std::span<const KnownKey> kRelease = kReleaseKeys;
constinit const std::span<const KnownKey> kOs = kOsKeys;
constinit const std::span<const KnownKey> kDevice = kDeviceKeys;
constinit const std::span<const KnownKey> kCountry = kCountryKeys;
constinit const std::span<const KnownKey> kUser = kUserKeys;
constinit const std::span<const KnownKey> kSession = kSessionKeys;
constinit const std::span<const KnownKey> kScreen = kScreenKeys;
constinit const std::span<const KnownKey> kPlace = std::span(kScreenKeys).first(3); // a path is no screen of a click or an error
constinit const std::span<const KnownKey> kFeature = kFeatureKeys;
constinit const std::span<const KnownKey> kWidget = kWidgetKeys;
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
