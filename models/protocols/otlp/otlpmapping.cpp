// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/otlpmapping.h"

#include "models/protocols/otlp/otlpdecoder.h"

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

namespace telltale {
namespace {

std::string_view textOf(otlp::KnownKey key)
{
    for (const auto &[known, text] : otlp::kKeys) {
        if (known == key)
            return text;
    }
    return {};
}

std::string_view meaningOf(otlp::EventMeaning meaning)
{
    switch (meaning) {
    case otlp::EventMeaning::Usage:
        return "usage event";
    case otlp::EventMeaning::None:
    case otlp::EventMeaning::ProgramState:
        return "log";
    case otlp::EventMeaning::Error:
        return "error";
    case otlp::EventMeaning::UnhandledError:
        return "unhandled error";
    case otlp::EventMeaning::SessionBound:
        return "bound of a session";
    case otlp::EventMeaning::ScreenView:
        return "screen view";
    case otlp::EventMeaning::WidgetUse:
        return "usage event, its feature the widget";
    }
    return {};
}

struct ShownRule
{
    MappedField field;
    const otlp::Rule &rule;
    MappingPlace place;
    std::string_view when = {};
    std::string_view otherwise = {}; ///< what stands in
};

} // namespace

MappingTable otlpMapping()
{
    using enum MappingPlace;
    namespace rules = otlp::rules;
    MappingTable table{"otlp", {}};
    for (const std::string_view key : {textOf(otlp::KnownKey::ExceptionType), textOf(otlp::KnownKey::ExceptionMessage)})
        table.rows.push_back({MappedField::Kind, Attribute, std::string(key), {}, "error"});
    table.rows.push_back({MappedField::Kind, Other, "severity of ERROR and above; of FATAL it is unhandled", {}, "error"});
    for (const auto &[name, meaning] : otlp::kEvents)
        table.rows.push_back({MappedField::Kind, EventName, std::string(name), {}, std::string(meaningOf(meaning))});
    table.rows.push_back({MappedField::Kind, Other, "every other event", {}, "usage event"});
    table.rows.push_back({MappedField::Kind, Other, "no event name", {}, "log"});
    const ShownRule shown[] = {
        {MappedField::Product, rules::kProduct, Resource},
        {MappedField::Environment, rules::kEnvironment, Resource},
        {MappedField::Release, rules::kRelease, Resource},
        {MappedField::Os, rules::kOs, Resource},
        {MappedField::Device, rules::kDevice, Resource},
        {MappedField::Country, rules::kCountry, Resource},
        {MappedField::User, rules::kUser, Attribute},
        {MappedField::User, rules::kUser, Resource},
        {MappedField::Session, rules::kSession, Attribute},
        {MappedField::Session, rules::kSession, Resource, {}, "records of one user without a gap of 30 minutes"},
        {MappedField::PreviousSession, rules::kPreviousSession, Attribute, "session.start"},
        {MappedField::Event, rules::kEventName, Attribute},
        {MappedField::Feature, rules::kWidget, Attribute, "app.widget.click"},
        {MappedField::Feature, rules::kFeature, Attribute, {}, "the event's name"},
        {MappedField::Screen, rules::kScreen, Attribute, "app.screen.view"},
        {MappedField::Screen, rules::kPlace, Attribute},
        {MappedField::ErrorType, rules::kExceptionType, Attribute, {}, "the event's name, else Error"},
        {MappedField::ErrorMessage, rules::kExceptionMessage, Attribute, {}, "the body"},
        {MappedField::ErrorStack, rules::kStacktrace, Attribute},
    };
    for (const ShownRule &each : shown) {
        if (each.field == MappedField::Event)
            table.rows.push_back({MappedField::Event, Other, "the field event_name", {}, {}});
        for (const otlp::KnownKey key : each.rule.keys)
            table.rows.push_back({each.field, each.place, std::string(textOf(key)), std::string(each.when), {}});
        if (!each.otherwise.empty())
            table.rows.push_back({each.field, Other, std::string(each.otherwise), {}, {}});
    }
    table.rows.push_back({MappedField::Dwell, Attribute, std::string(textOf(otlp::KnownKey::DwellTime)), "app.screen.view", {}});
    table.rows.push_back({MappedField::Dwell, Other, "until the session's next screen view or its end, 30 minutes at most", "app.screen.view", {}});
    return table;
}

} // namespace telltale
