// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/analytics/analytics.h"
#include "models/protocols/analytics/eventmapping.h"
#include "models/protocols/support/formdata.h"

namespace telltale {
namespace {

using json::Element;
using json::field;
using json::firstText;

constexpr std::string_view kMalformed = "posthog.malformed";
constexpr std::string_view kInvalid = "posthog.event.invalid";

constexpr EventRule kRules[] = {
    {"$pageview", EventRole::ScreenView},        {"$screen", EventRole::ScreenView},
    {"$exception", EventRole::Exception},        {"$autocapture", EventRole::AutoCapture},
    {"$identify", EventRole::Identity},          {"$create_alias", EventRole::Identity},
    {"$merge_dangerously", EventRole::Identity}, {"$groupidentify", EventRole::Identity},
    {"$set", EventRole::Identity},               {"$set_once", EventRole::Identity},
    {"$pageleave", EventRole::State},            {"$web_vitals", EventRole::State},
    {"$feature_flag_called", EventRole::State},  {"$performance_event", EventRole::State},
    {"$snapshot*", EventRole::State},            {"$opt_in", EventRole::State},
    {"$rageclick", EventRole::AutoCapture},
};

/// Of an event.
constexpr FieldRow kFields[] = {
    {MappedField::Product, "/properties/$app_name"},
    {MappedField::Product, "/properties/$app_namespace"},
    {MappedField::Product, "/properties/$host"},
    {MappedField::Release, "/properties/$app_version"},
    {MappedField::Release, "/properties/release"},
    {MappedField::Release, "/properties/app_version"},
    {MappedField::Environment, "/properties/$environment"},
    {MappedField::Environment, "/properties/environment"},
    {MappedField::Os, "/properties/$os"},
    {MappedField::Os, "/properties/$os_name"},
    {MappedField::Device, "/properties/$device_model"},
    {MappedField::Device, "/properties/$device_name"},
    {MappedField::Device, "/properties/$device"},
    {MappedField::Country, "/properties/$geoip_country_code"},
    {MappedField::Scope, "/properties/$lib"},
    {MappedField::ScopeVersion, "/properties/$lib_version"},
    {MappedField::Event, "/event"},
    {MappedField::User, "/distinct_id"},
    {MappedField::User, "/properties/distinct_id"},
    {MappedField::OtherUser, "/properties/$anon_distinct_id", "$identify"},
    {MappedField::OtherUser, "/properties/alias", "$create_alias"},
    {MappedField::Time, "/timestamp"},
    {MappedField::Session, "/session_id"},
    {MappedField::Session, "/properties/$session_id"},
    {MappedField::Screen, "/properties/$screen_name"},
    {MappedField::Screen, "/properties/$pathname"},
    {MappedField::Screen, "/properties/$current_url"},
    {MappedField::MessageId, "/uuid"},
    {MappedField::MessageId, "/messageId"},
};

std::string elementText(const std::optional<Element> &properties)
{
    std::string text = firstText(properties, {"$el_text"});
    if (const auto elements = field(properties, "$elements"); text.empty() && json::isArray(elements)) {
        for (const Element element : json::items(elements)) {
            text = firstText(element, {"$el_text", "attr__aria-label", "attr__data-testid", "attr__id"});
            if (!text.empty())
                break;
        }
    }
    return text;
}

void addException(RecordWriter &writer, RecordText &record, const std::optional<Element> &properties)
{
    // The captured error comes first, its causes behind it.
    const auto list = field(properties, "$exception_list");
    std::optional<Element> first;
    if (json::arraySize(list) > 0)
        first = json::item(*list, 0);
    std::string type = firstText(first, {"type"});
    std::string message = firstText(first, {"value"});
    if (type.empty())
        type = firstText(properties, {"$exception_type"});
    if (message.empty())
        message = firstText(properties, {"$exception_message"});
    if (type.empty())
        type = "Error";
    std::string stack = stackText(type, message, field(field(first, "stacktrace"), "frames"), true);
    if (stack.empty())
        stack = firstText(properties, {"$exception_stack_trace_raw"});
    const auto handled = field(field(first, "mechanism"), "handled");
    record.severity = 17;
    writer.addError(record, type, message, stack, handled && !json::isTrue(handled));
}

enum Other : std::size_t { Properties, Set, SetOnce, Groups, Key, Token, TokenInProperties, Uuid, Offset };
/// What else is read of an event.
constexpr std::string_view kOthers[] = {"/properties", "/$set",  "/$set_once",        "/groups",
                                        "/api_key",    "/token", "/properties/token", "/uuid",
                                        "/offset"};

/// Browsers sent how many milliseconds ago it was before they sent when.
std::optional<Instant> timeOf(const json::Fields &fields, Instant arrival)
{
    constexpr double kLongest = 30.0 * 86'400'000;
    const auto time = fields.instant(MappedField::Time);
    const auto ago = time ? std::nullopt : json::number(fields.other(Offset));
    if (!ago || !(*ago >= 0 && *ago <= kLongest))
        return time;
    return arrival - std::chrono::nanoseconds(json::nanoseconds(*ago / 1'000));
}

/// False when it is no event.
bool addEvent(RecordWriter &writer, const json::Fields &fields, std::string_view key, Instant arrival)
{
    const auto properties = fields.other(Properties);
    const TextView name = fields.text(MappedField::Event);
    const TextView user = fields.text(MappedField::User);
    if (name.empty())
        return false;
    RecordText record;
    record.name = name;
    record.user = user;
    record.time = timeOf(fields, arrival);
    record.session = fields.text(MappedField::Session);
    record.screen = fields.text(MappedField::Screen);
    record.sent.addFields(properties);
    record.sent.add("$set", fields.other(Set));
    record.sent.add("$set_once", fields.other(SetOnce));
    record.sent.add("groups", fields.other(Groups));
    writer.setOrigin(originOf(fields, key));
    writer.beginMessage({"posthog/", key}, fields.text(MappedField::MessageId));
    const EventRole role = roleOf(name, kRules);
    switch (role) {
    case EventRole::ScreenView:
        record.kind = RecordKind::ScreenView;
        record.duration = dwellOf(properties);
        writer.add(record);
        break;
    case EventRole::Exception:
        addException(writer, record, properties);
        break;
    case EventRole::Identity:
        // The id before, in $identify; the other id of the same person, in $create_alias.
        writer.joinUsers(user, fields.text(MappedField::OtherUser, name == "$identify" ? "$identify" : "$create_alias"));
        withdrawUser(record, "distinct_id");
        writer.add(record);
        break;
    case EventRole::State:
        writer.add(record);
        break;
    default:
        record.kind = RecordKind::UsageEvent;
        record.feature = name;
        if (role == EventRole::AutoCapture) {
            if (std::string text = elementText(properties); !text.empty())
                record.feature = std::move(text);
        }
        writer.add(record);
        break;
    }
    writer.endMessage();
    return true;
}

/// The project's key: the request's, else the event's own.
TextView keyOf(const json::Fields &fields, std::string_view key)
{
    if (!key.empty())
        return Text::viewOf(key);
    for (const Other place : {Key, Token, TokenInProperties}) {
        if (const TextView own = fields.otherText(place); !own.empty())
            return own;
    }
    return {};
}

/// The JSON in a form's data=, which compression=base64 wraps once more. `room` holds what is not the body itself.
std::string_view unwrapped(const ProtocolRequest &request, std::string &room)
{
    if (!request.body.starts_with("data="))
        return request.body;
    const FormData form(request.body);
    room = form.value("data").value_or("");
    if (!room.starts_with('{') && !room.starts_with('['))
        room = base64Decoded(room).value_or(room);
    return room;
}

bool isQuestion(std::string_view path)
{
    return path.ends_with("/flags") || path.ends_with("/decide");
}

} // namespace

Result<ProtocolReply> decodePostHog(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    ProtocolReply reply;
    if (isQuestion(request.path)) {
        reply.body = R"({"flags":{},"featureFlags":{},"featureFlagPayloads":{},"errorsWhileComputingFlags":false,)"
                     R"("sessionRecording":false,"supportedCompression":["gzip","gzip-js"]})";
        return reply;
    }
    if (request.path.find("/array/") != std::string_view::npos) {
        const bool isScript = request.path.ends_with(".js");
        reply.contentType = isScript ? "application/javascript" : "application/json";
        reply.body = isScript ? "" : R"({"supportedCompression":["gzip","gzip-js"],"hasFeatureFlags":false})";
        return reply;
    }

    json::Document document;
    std::string room;
    const auto root = document.parseInPlace(unwrapped(request, room));
    if (!root || !(root->isObject() || root->isArray())) {
        report.counters.add(kMalformed);
        return failure(Error::Code::InvalidArgument,
                       root ? "An event, or a batch of events, was expected." : root.error().message);
    }
    std::string key = firstText(*root, {"api_key", "token"});
    if (key.empty() && request.authorization.starts_with("Bearer "))
        key = request.authorization.substr(7);
    RecordWriter writer(batch, report, request.arrival);
    const bool isVersion1 = request.path.ends_with("/i/v1/analytics/events");
    std::string results;
    const auto take = [&](Element event) {
        static const json::FieldIndex kIndex(kFields, kOthers);
        const json::Fields fields(kIndex, event);
        const bool isTaken = addEvent(writer, fields, keyOf(fields, key), request.arrival);
        if (!isTaken)
            writer.reject(kInvalid);
        if (!isVersion1)
            return;
        if (const TextView uuid = fields.otherText(Uuid); !uuid.empty()) {
            results += results.empty() ? "" : ",";
            appendJsonString(results, uuid);
            results += isTaken ? R"(:{"result":"ok"})" : R"(:{"result":"drop"})";
        }
    };
    auto events = root->isArray() ? std::optional<Element>(*root) : field(*root, "batch");
    if (!events)
        events = field(*root, "data");
    if (json::isArray(events)) {
        for (const Element event : json::items(events))
            take(event);
    } else {
        take(events.value_or(*root));
    }
    reply.body = isVersion1 ? "{\"results\":{" + results + "}}" : R"({"status":"Ok"})";
    return reply;
}

MappingTable postHogMapping()
{
    MappingTable table{"posthog", {}};
    appendRows(table.rows, kRules);
    appendRows(table.rows, kFields);
    table.rows.push_back(inWords(MappedField::Product, "the project's key"));
    appendDwellRows(table.rows, "/properties");
    table.rows.push_back(inWords(MappedField::Feature, "the event's name; of an autocapture the element's text"));
    return table;
}

} // namespace telltale
