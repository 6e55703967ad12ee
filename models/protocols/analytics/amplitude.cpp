// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/analytics/analytics.h"
#include "models/protocols/analytics/eventmapping.h"
#include "models/protocols/support/formdata.h"

namespace telltale {
namespace {

using json::Element;
using json::field;
using json::firstText;

constexpr std::string_view kMalformed = "amplitude.malformed";
constexpr std::string_view kInvalid = "amplitude.event.invalid";

constexpr EventRule kRules[] = {
    {"[Amplitude] Screen Viewed", EventRole::ScreenView}, {"[Amplitude] Page Viewed", EventRole::ScreenView},
    {"session_start", EventRole::SessionStart},           {"session_end", EventRole::SessionEnd},
    {"$identify", EventRole::Identity},                   {"$groupidentify", EventRole::Identity},
    {"revenue_amount", EventRole::Usage},                 {"[Amplitude] Element Clicked", EventRole::AutoCapture},
};

/// Of an event.
constexpr FieldRow kFields[] = {
    {MappedField::Product, "/app_name"},
    {MappedField::Product, "/app"},
    {MappedField::Release, "/app_version"},
    {MappedField::Release, "/version_name"},
    {MappedField::Os, "/os_name"},
    {MappedField::Os, "/platform"},
    {MappedField::Device, "/device_model"},
    {MappedField::Device, "/device_type"},
    {MappedField::Country, "/country"},
    {MappedField::Event, "/event_type"},
    {MappedField::User, "/user_id"},
    {MappedField::User, "/device_id"},
    {MappedField::Time, "/time"},
    {MappedField::Time, "/timestamp"},
    {MappedField::Session, "/session_id"},
    {MappedField::Screen, "/event_properties/[Amplitude] Screen Name"},
    {MappedField::Screen, "/event_properties/[Amplitude] Page Path"},
    {MappedField::Screen, "/event_properties/[Amplitude] Page URL"},
    {MappedField::Feature, "/event_properties/[Amplitude] Element Text", "element clicked"},
    {MappedField::MessageId, "/insert_id"},
    {MappedField::MessageId, "/uuid"},
};

enum Other : std::size_t { UserId, DeviceId, Properties, UserProperties, Library, FirstOfOrigin };
/// What else is read of an event; the last ones are attributes of the origin.
constexpr std::string_view kOthers[] = {
    "/user_id",    "/device_id",    "/event_properties",    "/user_properties", "/library",
    "/platform",   "/os_version",   "/device_brand",        "/device_manufacturer",
    "/carrier",    "/language",     "/region",              "/city"};

OriginText originOfEvent(const json::Fields &fields, std::string_view key)
{
    OriginText origin = originOf(fields, key);
    const auto library = fields.other(Library);
    if (json::isObject(library)) {
        origin.scopeName = firstText(library, {"name"});
        origin.scopeVersion = firstText(library, {"version"});
    } else if (library && library->is_string()) {
        const std::string_view text = library->get_string().value();
        const auto slash = text.rfind('/');
        origin.scopeName = Text::viewOf(text.substr(0, slash));
        if (slash != std::string_view::npos)
            origin.scopeVersion = Text::viewOf(text.substr(slash + 1));
    }
    for (std::size_t i = FirstOfOrigin; i < std::size(kOthers); ++i)
        origin.sent.add(kOthers[i].substr(1), fields.other(i));
    return origin;
}

bool addEvent(RecordWriter &writer, Element event, std::string_view key)
{
    static const json::FieldIndex kIndex(kFields, kOthers);
    const json::Fields fields(kIndex, event);
    const TextView user = fields.otherText(UserId);
    const TextView device = fields.otherText(DeviceId);
    RecordText record;
    record.name = fields.text(MappedField::Event);
    record.user = fields.text(MappedField::User);
    if (record.name.empty() || record.user.empty())
        return false;
    record.time = fields.instant(MappedField::Time);
    record.session = fields.text(MappedField::Session);
    if (record.session == "-1")
        record.session.clear(); // of no session
    const auto properties = fields.other(Properties);
    record.sent.addFields(properties);
    record.sent.add("user_properties", fields.other(UserProperties));
    record.screen = fields.text(MappedField::Screen);
    switch (roleOf(record.name, kRules)) {
    case EventRole::ScreenView:
        record.kind = RecordKind::ScreenView;
        record.duration = dwellOf(properties);
        break;
    case EventRole::SessionStart:
    case EventRole::SessionEnd:
        record.kind = RecordKind::SessionBound;
        record.name = record.name == "session_start" ? "session.start" : "session.end";
        break;
    case EventRole::Identity:
        withdrawUser(record, user.empty() ? "device_id" : "user_id");
        break;
    case EventRole::AutoCapture:
        record.kind = RecordKind::UsageEvent;
        record.feature = fields.text(MappedField::Feature, "element clicked");
        if (record.feature.empty())
            record.feature = record.name;
        break;
    default:
        record.kind = RecordKind::UsageEvent;
        record.feature = record.name;
    }
    writer.setOrigin(originOfEvent(fields, key));
    writer.beginMessage({"amplitude/", key, "/", device}, fields.text(MappedField::MessageId));
    writer.joinUsers(user, device);
    writer.add(record);
    writer.endMessage();
    return true;
}

} // namespace

bool isAmplitudeBatch(std::string_view body)
{
    json::Document document;
    const auto root = document.parse(body);
    return root && root->is_object() && field(*root, "events") && !field(*root, "batch");
}

/// How many events were taken.
static std::size_t addEvents(RecordWriter &writer, const std::optional<Element> &events, std::string_view key)
{
    std::size_t taken = 0;
    for (const Element event : json::items(events)) {
        if (addEvent(writer, event, key))
            ++taken;
        else
            writer.reject(kInvalid);
    }
    return taken;
}

/// The browser's SDK until its version 8, and those of phones of that time: client= and e=; /httpapi: api_key= and event=.
/// They want to hear a word.
static Result<ProtocolReply> decodeForm(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    const FormData form(request.body);
    const auto parameter = [&](std::string_view name, std::string_view otherName) {
        return std::string(form.value(name).value_or(form.value(otherName).value_or("")));
    };
    json::Document document;
    const std::string events = parameter("e", "event");
    const auto root = document.parse(events);
    if (!root || !(json::isArray(*root) || json::isObject(*root))) {
        report.counters.add(kMalformed);
        return failure(Error::Code::InvalidArgument, root ? "A list of events was expected." : root.error().message);
    }
    RecordWriter writer(batch, report, request.arrival);
    const std::string key = parameter("client", "api_key");
    if (json::isArray(*root))
        addEvents(writer, *root, key);
    else if (!addEvent(writer, *root, key))
        writer.reject(kInvalid);
    ProtocolReply reply;
    reply.contentType = "text/plain";
    reply.body = "success";
    return reply;
}

Result<ProtocolReply> decodeAmplitude(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    if (!request.path.ends_with("/2/httpapi") && !request.path.ends_with("/batch"))
        return decodeForm(request, batch, report);
    json::Document document;
    const auto root = document.parse(request.body);
    if (!root || !json::isArray(field(*root, "events"))) {
        report.counters.add(kMalformed);
        return failure(Error::Code::InvalidArgument, root ? "A list of events was expected."
                                                          : root.error().message);
    }
    RecordWriter writer(batch, report, request.arrival);
    const auto keyField = field(*root, "api_key");
    const Text key = keyField ? json::textView(*keyField) : Text();
    const std::size_t taken = addEvents(writer, field(*root, "events"), key);
    ProtocolReply reply;
    reply.body.reserve(112);
    reply.body = "{\"code\":200,\"events_ingested\":";
    reply.body += std::to_string(taken);
    reply.body += ",\"payload_size_bytes\":";
    reply.body += std::to_string(request.body.size());
    reply.body += ",\"server_upload_time\":";
    reply.body += std::to_string(request.arrival.ns / 1'000'000);
    reply.body += '}';
    return reply;
}

MappingTable amplitudeMapping()
{
    MappingTable table{"amplitude", {}};
    appendRows(table.rows, kRules);
    appendRows(table.rows, kFields);
    table.rows.push_back(inWords(MappedField::Product, "the project's API key"));
    table.rows.push_back(inWords(MappedField::OtherUser, "device_id, beside a user_id"));
    appendDwellRows(table.rows, "/event_properties");
    table.rows.push_back(inWords(MappedField::Feature, "the event's name"));
    return table;
}

} // namespace telltale
