// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/analytics/analytics.h"
#include "models/protocols/analytics/eventmapping.h"
#include "models/protocols/support/formdata.h"

namespace telltale {
namespace {

using json::Element;
using json::field;
using json::firstText;

constexpr std::string_view kMalformed = "segment.malformed";
constexpr std::string_view kInvalid = "segment.message.invalid";

/// Of a message.
constexpr FieldRow kFields[] = {
    {MappedField::Product, "/context/app/name"},
    {MappedField::Product, "/context/app/namespace"},
    {MappedField::Release, "/context/app/version"},
    {MappedField::Environment, "/context/environment"},
    {MappedField::Os, "/context/os/name"},
    {MappedField::Device, "/context/device/model"},
    {MappedField::Device, "/context/device/name"},
    {MappedField::Country, "/context/location/country"},
    {MappedField::Scope, "/context/library/name"},
    {MappedField::ScopeVersion, "/context/library/version"},
    {MappedField::User, "/userId"},
    {MappedField::User, "/anonymousId"},
    {MappedField::OtherUser, "/previousId", "alias"},
    {MappedField::Session, "/context/sessionId"},
    {MappedField::Session, "/context/session_id"},
    {MappedField::Session, "/properties/sessionId"},
    {MappedField::Session, "/properties/session_id"},
    {MappedField::Time, "/timestamp"},
    {MappedField::Time, "/originalTimestamp"},
    {MappedField::Event, "/event", "track"},
    {MappedField::Screen, "/context/screen/name", "track"},
    {MappedField::Screen, "/name", "screen"},
    {MappedField::Screen, "/properties/name", "screen"},
    {MappedField::Screen, "/properties/path", "screen"},
    {MappedField::Screen, "/properties/title", "screen"},
    {MappedField::Screen, "/properties/url", "screen"},
    {MappedField::Screen, "/category", "screen"},
    {MappedField::MessageId, "/messageId"},
};

/// The last part of the path says what a single call is.
std::string_view typeOfPath(std::string_view path)
{
    const std::string_view last = path.substr(path.rfind('/') + 1);
    constexpr std::pair<std::string_view, std::string_view> kShort[] = {
        {"t", "track"}, {"i", "identify"}, {"p", "page"}, {"s", "screen"}, {"g", "group"}, {"a", "alias"}};
    for (const auto &[letter, type] : kShort) {
        if (last == letter)
            return type;
    }
    return last;
}

/// The write key, from the body, the query (RudderStack's beacons) or Basic authentication.
std::string keyOf(const ProtocolRequest &request, Element root)
{
    if (std::string key = firstText(root, {"writeKey"}); !key.empty())
        return key;
    const FormData query(request.query);
    if (const auto key = query.value("writeKey"); key && !key->empty())
        return std::string(*key);
    if (request.authorization.starts_with("Basic ")) {
        const std::string pair = base64Decoded(request.authorization.substr(6)).value_or("");
        return pair.substr(0, pair.find(':'));
    }
    return {};
}

enum Other : std::size_t { Type, UserId, AnonymousId, Properties, Traits, PreviousId, GroupId, App, Os, Device, Library,
                           Locale };
/// What else is read of a message; the last ones are attributes.
constexpr std::string_view kOthers[] = {
    "/type",           "/userId",           "/anonymousId",      "/properties",      "/traits",
    "/previousId",     "/groupId",          "/context/app",      "/context/os",      "/context/device",
    "/context/library", "/context/locale",  "/context/timezone", "/context/page",    "/context/screen",
    "/context/campaign", "/context/network"};
/// Of those from Locale on.
constexpr std::string_view kContextKeys[] = {"context.locale", "context.timezone", "context.page",
                                             "context.screen", "context.campaign", "context.network"};
static_assert(Locale + std::size(kContextKeys) == std::size(kOthers));

OriginText originOfMessage(const json::Fields &fields, std::string_view key)
{
    OriginText origin = originOf(fields, key);
    origin.sent.add("app", fields.other(App));
    origin.sent.add("os", fields.other(Os));
    origin.sent.add("device", fields.other(Device));
    origin.sent.add("library", fields.other(Library));
    return origin;
}

/// False when it is none that we know.
bool addMessage(RecordWriter &writer, Element message, std::string_view pathType, std::string_view key)
{
    static const json::FieldIndex kIndex(kFields, kOthers);
    const json::Fields fields(kIndex, message);
    TextView type = fields.otherText(Type);
    if (type.empty())
        type = Text::viewOf(pathType);
    const auto properties = fields.other(Properties);
    const TextView userId = fields.otherText(UserId);
    const TextView anonymousId = fields.otherText(AnonymousId);

    RecordText record;
    record.user = fields.text(MappedField::User);
    record.session = fields.text(MappedField::Session);
    record.time = fields.instant(MappedField::Time);
    record.name = type;
    record.sent.addFields(properties);
    record.sent.addFields(fields.other(Traits));
    for (std::size_t i = 0; i < std::size(kContextKeys); ++i)
        record.sent.add(kContextKeys[i], fields.other(Locale + i));

    if (type == "track") {
        record.kind = RecordKind::UsageEvent;
        const TextView event = fields.text(MappedField::Event, type);
        if (event.empty())
            return false;
        record.name = event;
        record.feature = event;
        record.screen = fields.text(MappedField::Screen, type);
    } else if (type == "page" || type == "screen") {
        record.kind = RecordKind::ScreenView;
        record.screen = fields.text(MappedField::Screen, "screen"); // pages need no name
        record.duration = dwellOf(properties);
    } else if (type == "alias") {
        if (record.user.empty())
            return false;
        record.sent.addText("previousId", fields.otherText(PreviousId));
    } else if (type == "group") {
        record.sent.addText("groupId", fields.otherText(GroupId));
    } else if (type != "identify") {
        return false;
    }
    writer.setOrigin(originOfMessage(fields, key));
    writer.beginMessage({"segment/", key}, fields.text(MappedField::MessageId));
    if (record.kind == RecordKind::Log)
        withdrawUser(record, userId.empty() ? "anonymousId" : "userId");
    writer.joinUsers(userId, type == "alias" ? fields.text(MappedField::OtherUser, type) : anonymousId);
    writer.add(record);
    writer.endMessage();
    return true;
}

} // namespace

Result<ProtocolReply> decodeSegment(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    ProtocolReply reply;
    if (request.path.ends_with("/settings")) {
        reply.body = R"({"integrations":{},"plan":{"track":{"__default":{"enabled":true}}},"edgeFunction":{}})";
        return reply;
    }
    json::Document document;
    const auto root = document.parseInPlace(request.body);
    const std::string_view type = typeOfPath(request.path);
    const bool isBatch = type == "batch" || type == "import" || type == "b";
    if (!root || !root->isObject() || (isBatch && !json::isArray(field(*root, "batch")))) {
        report.counters.add(kMalformed);
        return failure(Error::Code::InvalidArgument, root ? "This is no message of Segment's API."
                                                          : root.error().message);
    }
    RecordWriter writer(batch, report, request.arrival);
    const std::string key = keyOf(request, *root);
    const auto take = [&](Element message, std::string_view pathType) {
        if (!addMessage(writer, message, pathType, key))
            writer.reject(kInvalid);
    };
    if (isBatch) {
        for (const Element message : json::items(field(*root, "batch")))
            take(message, {});
    } else {
        take(*root, type);
    }
    reply.body = R"({"success":true})";
    return reply;
}

MappingTable segmentMapping()
{
    MappingTable table{"segment", {}};
    for (const auto &[type, meaning] : {std::pair{"track", "usage event"}, {"page", "screen view"}, {"screen", "screen view"},
                                        {"identify", "who somebody is"}, {"alias", "who somebody is"}, {"group", "log"}})
        table.rows.push_back({MappedField::Kind, MappingPlace::Other, std::string("type ") + type, {}, meaning});
    appendRows(table.rows, kFields);
    table.rows.push_back(inWords(MappedField::Product, "the write key"));
    table.rows.push_back(inWords(MappedField::OtherUser, "anonymousId, beside a userId"));
    appendDwellRows(table.rows, "/properties");
    table.rows.push_back(inWords(MappedField::Feature, "the event's name"));
    return table;
}

} // namespace telltale
