// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/analytics/analytics.h"
#include "models/protocols/analytics/eventmapping.h"

#include <algorithm>

namespace telltale {
namespace {

using json::Element;
using json::field;
using json::firstText;

constexpr std::string_view kMalformed = "aptabase.malformed";
constexpr std::string_view kInvalid = "aptabase.event.invalid";

/// Of an event.
constexpr FieldRow kFields[] = {
    {MappedField::Event, "/eventName"},
    {MappedField::Session, "/sessionId"},
    {MappedField::Time, "/timestamp"},
    {MappedField::Release, "/systemProps/appVersion"},
    {MappedField::Os, "/systemProps/osName"},
    {MappedField::Device, "/systemProps/deviceModel"},
};

/// The system that a browser says it runs on: its SDK leaves that to the server.
std::string osOf(std::string_view userAgent)
{
    constexpr std::pair<std::string_view, std::string_view> kSystems[] = {
        {"Android", "Android"}, {"iPhone", "iOS"},    {"iPad", "iPadOS"}, {"Windows", "Windows"},
        {"Mac OS X", "macOS"},  {"CrOS", "ChromeOS"}, {"Linux", "Linux"}};
    for (const auto &[mark, name] : kSystems) {
        if (userAgent.find(mark) != std::string_view::npos)
            return std::string(name);
    }
    return {};
}

bool addEvent(RecordWriter &writer, Element event, const ProtocolRequest &request)
{
    static const json::FieldIndex kIndex(kFields);
    const json::Fields fields(kIndex, event);
    RecordText record;
    record.kind = RecordKind::UsageEvent;
    record.name = record.feature = fields.text(MappedField::Event);
    if (record.name.empty())
        return false;
    record.session = fields.text(MappedField::Session);
    record.time = fields.instant(MappedField::Time);
    record.json.addFields(field(event, "props"));

    const auto system = field(event, "systemProps");
    OriginText origin;
    origin.product = request.appKey;
    origin.environment = json::isTrue(field(system, "isDebug")) ? "debug" : "release";
    origin.release = fields.text(MappedField::Release);
    origin.os = fields.text(MappedField::Os);
    if (origin.os.empty())
        origin.os = osOf(request.userAgent);
    origin.device = fields.text(MappedField::Device);
    const std::string sdk = firstText(system, {"sdkVersion"});
    origin.scopeName = sdk.substr(0, sdk.rfind('@'));
    if (const auto at = sdk.rfind('@'); at != std::string::npos)
        origin.scopeVersion = sdk.substr(at + 1);
    origin.json.addFields(system);
    writer.setOrigin(origin);
    writer.add(record);
    return true;
}

} // namespace

Result<ProtocolReply> decodeAptabase(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    json::Document document;
    const auto root = document.parse(request.body);
    if (!root || !(root->is_object() || root->is_array())) {
        report.counters.add(kMalformed);
        return failure(Error::Code::InvalidArgument,
                       root ? "An event, or a list of events, was expected." : root.error().message);
    }
    RecordWriter writer(batch, report, request.arrival);
    const auto take = [&](Element event) {
        if (!addEvent(writer, event, request))
            writer.reject(kInvalid);
    };
    if (root->is_array()) {
        for (const Element event : json::items(*root))
            take(event);
    } else {
        take(*root);
    }
    return ProtocolReply{};
}

MappingTable aptabaseMapping()
{
    MappingTable table{"aptabase", {}};
    table.rows.push_back({MappedField::Kind, MappingPlace::Other, "every event", {}, "usage event"});
    appendRows(table.rows, kFields);
    table.rows.push_back(inWords(MappedField::Product, "the App-Key header"));
    table.rows.push_back(inWords(MappedField::Environment, "debug or release, by systemProps.isDebug"));
    table.rows.push_back(inWords(MappedField::Os, "the browser's User-Agent"));
    table.rows.push_back(inWords(MappedField::Scope, "systemProps.sdkVersion, before the @"));
    table.rows.push_back(inWords(MappedField::ScopeVersion, "systemProps.sdkVersion, behind the @"));
    table.rows.push_back(inWords(MappedField::Feature, "the event's name"));
    return table;
}

} // namespace telltale
