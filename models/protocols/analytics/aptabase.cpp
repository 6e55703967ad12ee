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
    RecordText record;
    record.kind = RecordKind::UsageEvent;
    record.name = record.feature = firstText(event, {"eventName"});
    if (record.name.empty())
        return false;
    record.session = firstText(event, {"sessionId"});
    record.time = json::instant(field(event, "timestamp"));
    record.attributes = json::toMap(field(event, "props"));

    const auto system = field(event, "systemProps");
    OriginText origin;
    origin.product = request.appKey;
    origin.environment = json::isTrue(field(system, "isDebug")) ? "debug" : "release";
    origin.release = firstText(system, {"appVersion"});
    origin.os = firstText(system, {"osName"});
    if (origin.os.empty())
        origin.os = osOf(request.userAgent);
    origin.device = firstText(system, {"deviceModel"});
    const std::string sdk = firstText(system, {"sdkVersion"});
    origin.scopeName = sdk.substr(0, sdk.rfind('@'));
    if (const auto at = sdk.rfind('@'); at != std::string::npos)
        origin.scopeVersion = sdk.substr(at + 1);
    origin.attributes = json::toMap(system);
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

} // namespace telltale
