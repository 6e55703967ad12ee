// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/kuserfeedback/kuserfeedback.h"

#include "models/protocols/support/formdata.h"
#include "models/protocols/support/jsontree.h"
#include "models/protocols/support/recordwriter.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdio>
#include <variant>

namespace telltale {
namespace {

using json::Element;
using json::field;
using json::firstText;

constexpr std::string_view kMalformed = "kuserfeedback.malformed";

/// Numbers of a source become gauges: "startCount", "cpu.count", and a ratio's parts with the part as an attribute.
void addNumbers(RecordWriter &writer, const RecordText &base, const std::string &source, Element value)
{
    if (!value.is_object())
        return;
    for (const auto &[key, part] : json::members(value)) {
        const bool isPart = Element(part).is_object();
        const auto number = json::number(isPart ? field(Element(part), "property") : std::optional<Element>(part));
        if (!number || (!isPart && !Element(part).is_number()))
            continue;
        RecordText point = base;
        point.attributes.clear();
        point.name = source;
        if (isPart)
            point.attributes.emplace_back("key", std::string_view(key));
        else if (key != "value")
            point.name += "." + std::string(key);
        MetricDetail detail;
        detail.kind = MetricKind::Gauge;
        detail.value = *number;
        writer.addPoint(std::move(point), std::move(detail), source == "usageTime" ? "s" : isPart ? "1" : "");
    }
}

} // namespace

Result<ProtocolReply> decodeKUserFeedback(const ProtocolRequest &request, RecordBatch &batch,
                                          ProtocolReport &report)
{
    ProtocolReply reply;
    reply.body = R"({"surveys":[]})";
    if (request.method != "POST")
        return reply;
    json::Document document;
    const auto root = document.parse(request.body);
    const auto refuse = [&](std::string_view why) {
        report.counters.add(kMalformed);
        return failure(Error::Code::InvalidArgument, std::string(why));
    };
    if (!root)
        return refuse(root.error().message);
    if (!root->is_object())
        return refuse("A submission is an object of sources.");
    if (field(*root, "id") || field(*root, "timestamp"))
        return refuse("A submission must not hold id or timestamp.");
    if (root->get_object().value().size() == 0)
        return reply; // only asks for surveys

    OriginText origin;
    origin.product = percentDecoded(request.path.substr(request.path.rfind('/') + 1));
    origin.release = firstText(field(*root, "applicationVersion"), {"value"});
    const auto platform = field(*root, "platform");
    origin.os = firstText(platform, {"os"});
    origin.device = firstText(field(*root, "cpu"), {"architecture"});
    origin.country = firstText(field(*root, "locale"), {"region"});
    origin.scopeName = "KUserFeedback";
    if (const auto slash = request.userAgent.find('/'); slash != std::string_view::npos)
        origin.scopeVersion = request.userAgent.substr(slash + 1);
    RecordWriter writer(batch, report, request.arrival);
    writer.setOrigin(origin);

    // No user and no session are sent: what arrives is one of its own.
    char name[40];
    std::snprintf(name, sizeof name, "kuserfeedback-%016llx",
                  static_cast<unsigned long long>(XXH3_64bits_withSeed(
                      request.body.data(), request.body.size(), static_cast<XXH64_hash_t>(request.arrival.ns))));
    RecordText bound;
    bound.kind = RecordKind::SessionBound;
    bound.session = name;
    bound.attributes = json::toMap(*root);
    const auto usage = json::number(field(field(*root, "usageTime"), "value"));
    const std::int64_t length = std::min<std::int64_t>(json::nanoseconds(usage.value_or(0)),
                                                       std::int64_t{366} * 86'400 * 1'000'000'000);
    bound.name = "session.start";
    bound.time = Instant{request.arrival.ns - length};
    writer.add(bound);
    bound.name = "session.end";
    bound.time = request.arrival;
    writer.add(bound);
    for (const auto &[source, value] : json::members(*root))
        addNumbers(writer, bound, std::string(source), value);
    return reply;
}

} // namespace telltale
