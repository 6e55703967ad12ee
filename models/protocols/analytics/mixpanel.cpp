// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/analytics/analytics.h"
#include "models/protocols/analytics/eventmapping.h"
#include "models/protocols/support/formdata.h"

namespace telltale {
namespace {

using json::Element;
using json::field;
using json::firstText;

constexpr std::string_view kMalformed = "mixpanel.malformed";
constexpr std::string_view kInvalid = "mixpanel.event.invalid";

constexpr EventRule kRules[] = {
    {"$mp_web_page_view", EventRole::ScreenView}, {"$identify", EventRole::Identity},
    {"$create_alias", EventRole::Identity},       {"$merge", EventRole::Identity},
    {"$mp_session_record", EventRole::State},     {"$mp_click", EventRole::AutoCapture},
};

/// Of an event.
constexpr FieldRow kFields[] = {
    {MappedField::Product, "/properties/$app_name"},
    {MappedField::Product, "/properties/app_name"},
    {MappedField::Product, "/properties/token"},
    {MappedField::Product, "/properties/$token"},
    {MappedField::Release, "/properties/$app_version_string"},
    {MappedField::Release, "/properties/$app_version"},
    {MappedField::Release, "/properties/app_version"},
    {MappedField::Os, "/properties/$os"},
    {MappedField::Device, "/properties/$model"},
    {MappedField::Device, "/properties/$device"},
    {MappedField::Country, "/properties/mp_country_code"},
    {MappedField::Country, "/properties/$country_code"},
    {MappedField::Scope, "/properties/mp_lib"},
    {MappedField::Scope, "/properties/$lib"},
    {MappedField::ScopeVersion, "/properties/$lib_version"},
    {MappedField::Event, "/event"},
    {MappedField::User, "/properties/distinct_id"},
    {MappedField::User, "/properties/$user_id"},
    {MappedField::User, "/properties/$device_id"},
    {MappedField::OtherUser, "/properties/$anon_distinct_id", "$identify"},
    {MappedField::OtherUser, "/properties/$anon_id", "$identify"},
    {MappedField::OtherUser, "/properties/alias", "$identify"},
    {MappedField::Time, "/properties/time"},
    {MappedField::Session, "/properties/$session_id"},
    {MappedField::Session, "/properties/session_id"},
    {MappedField::Screen, "/properties/current_page_title"},
    {MappedField::Screen, "/properties/current_url_path"},
    {MappedField::Screen, "/properties/$screen_name"},
    {MappedField::Feature, "/properties/$el_text", "$mp_click"},
    {MappedField::Feature, "/properties/$el_id", "$mp_click"},
    {MappedField::MessageId, "/properties/$insert_id"},
};

bool addEvent(RecordWriter &writer, Element event)
{
    static const json::FieldIndex kIndex(kFields);
    const json::Fields fields(kIndex, event);
    const auto properties = field(event, "properties");
    RecordText record;
    record.name = fields.text(MappedField::Event);
    if (record.name.empty() || !json::isObject(properties))
        return false;
    const TextView user = fields.text(MappedField::User);
    record.user = user;
    record.time = fields.instant(MappedField::Time);
    record.session = fields.text(MappedField::Session);
    record.screen = fields.text(MappedField::Screen);
    record.sent.addFields(properties);
    Text alias;
    switch (roleOf(record.name, kRules)) {
    case EventRole::ScreenView:
        record.kind = RecordKind::ScreenView;
        record.duration = dwellOf(properties);
        break;
    case EventRole::Identity:
        alias = fields.text(MappedField::OtherUser, "$identify");
        withdrawUser(record, "distinct_id");
        break;
    case EventRole::State:
        break;
    case EventRole::AutoCapture:
        record.kind = RecordKind::UsageEvent;
        record.feature = fields.text(MappedField::Feature, "$mp_click");
        if (record.feature.empty())
            record.feature = record.name;
        break;
    default:
        record.kind = RecordKind::UsageEvent;
        record.feature = record.name;
    }
    writer.setOrigin(originOf(fields));
    writer.beginMessage({"mixpanel/", firstText(properties, {"token"}), "/", user},
                        fields.text(MappedField::MessageId));
    writer.joinUsers(user, alias);
    writer.add(record);
    writer.endMessage();
    return true;
}

/// A profile update of /engage or /groups: kept as what it is, no use of a feature.
bool addProfile(RecordWriter &writer, Element update)
{
    if (!update.isObject())
        return false;
    RecordText record;
    record.name = "$engage"; // $distinct_id stays an attribute: a profile is no use of the product
    record.time = json::instant(field(update, "$time"));
    record.sent.addFields(update);
    OriginText origin;
    origin.product = firstText(update, {"$token"});
    writer.setOrigin(origin);
    writer.add(record);
    return true;
}

bool isForm(std::string_view body)
{
    return body.starts_with("data=") || body.find("&data=") != std::string_view::npos;
}

/// Browsers ask for JSON in the query, the SDKs of servers (Python, Ruby, Java) in the form.
bool isVerbose(const ProtocolRequest &request)
{
    const auto asks = [](std::string_view encoded) {
        const FormData form(encoded);
        return form.value("verbose").value_or("") == "1";
    };
    return asks(request.query) || (isForm(request.body) && asks(request.body));
}

/// The JSON in data=, or the body itself; base64 is undone.
std::string unwrapped(const ProtocolRequest &request)
{
    std::string data;
    const FormData query(request.query);
    const FormData form(request.body);
    if (const auto value = query.value("data"))
        data = *value;
    else if (isForm(request.body))
        data = form.value("data").value_or("");
    else
        data = request.body;
    const auto first = data.find_first_not_of(" \r\n\t");
    if (first != std::string::npos && (data[first] == '{' || data[first] == '['))
        return data;
    return base64Decoded(data).value_or(data);
}

} // namespace

Result<ProtocolReply> decodeMixpanel(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    json::Document document;
    const std::string body = unwrapped(request);
    const auto root = document.parseInPlace(body);
    if (!root || !(root->isObject() || root->isArray())) {
        report.counters.add(kMalformed);
        return failure(Error::Code::InvalidArgument,
                       root ? "An event, or a list of events, was expected." : root.error().message);
    }
    RecordWriter writer(batch, report, request.arrival);
    const bool isProfile = request.path.ends_with("/engage") || request.path.ends_with("/groups");
    const auto take = [&](Element each) {
        if (!(isProfile ? addProfile(writer, each) : addEvent(writer, each)))
            writer.reject(kInvalid);
    };
    if (root->isArray()) {
        for (const Element each : json::items(*root))
            take(each);
    } else {
        take(*root);
    }
    ProtocolReply reply;
    if (request.path.ends_with("/import")) {
        reply.body = "{\"code\":200,\"num_records_imported\":" + std::to_string(batch.size()) + ",\"status\":\"OK\"}";
    } else if (isVerbose(request)) {
        reply.body = R"({"status":1,"error":null})";
    } else {
        reply.contentType = "text/plain";
        reply.body = "1";
    }
    return reply;
}

MappingTable mixpanelMapping()
{
    MappingTable table{"mixpanel", {}};
    appendRows(table.rows, kRules);
    appendRows(table.rows, kFields);
    appendDwellRows(table.rows, "/properties");
    table.rows.push_back(inWords(MappedField::Feature, "the event's name"));
    return table;
}

} // namespace telltale
