// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/prometheus/pushgateway.h"

#include "models/protocols/prometheus/exposition.h"
#include "models/protocols/prometheus/metricpoints.h"
#include "models/protocols/prometheus/protobufexposition.h"
#include "models/protocols/support/formdata.h"
#include "models/protocols/support/recordwriter.h"

#include <algorithm>

namespace telltale {
namespace {

using prometheus::Labels;

/// Labels of the path; false when it is none.
bool readPath(std::string_view path, Labels &labels)
{
    const auto begin = path.find("/metrics/job");
    if (begin == std::string_view::npos)
        return false;
    path.remove_prefix(begin + std::string_view("/metrics/").size());
    while (!path.empty()) {
        std::string_view parts[2];
        for (std::string_view &part : parts) {
            part = path.substr(0, path.find('/'));
            path.remove_prefix(std::min(path.size(), part.size() + 1));
        }
        std::string key = percentDecoded(parts[0]);
        std::string value = percentDecoded(parts[1]);
        constexpr std::string_view kBase64 = "@base64";
        if (key.ends_with(kBase64)) {
            key.resize(key.size() - kBase64.size());
            value = base64Decoded(value == "=" ? "" : value).value_or(value);
        }
        if (key.empty() || labels.size() > 64)
            return false;
        labels.emplace_back(std::move(key), std::move(value));
    }
    return !labels.empty() && !labels.front().second.empty();
}

} // namespace

Result<ProtocolReply> decodePush(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    ProtocolReply reply;
    reply.status = 202;
    reply.contentType = "text/plain";
    reply.body.clear();
    Labels labels;
    if (!readPath(request.path, labels)) {
        report.counters.add("prometheus.malformed");
        return failure(Error::Code::InvalidArgument, "The path must be /metrics/job/<job>{/<label>/<value>}.");
    }
    if (request.method == "DELETE")
        return reply;
    const bool isProtobuf = prometheus::isProtobufExposition(request.contentType);
    if (!isProtobuf && request.contentType.find("protobuf") != std::string_view::npos) {
        report.counters.add("prometheus.malformed");
        return failure(Error::Code::InvalidArgument, "Only text, and protobuf with encoding=delimited, are understood here.");
    }
    const auto exposition = isProtobuf ? prometheus::parseProtobufExposition(request.body) : prometheus::parseExposition(request.body);
    if (!exposition) {
        report.counters.add("prometheus.malformed");
        return tl::unexpected(exposition.error());
    }
    if (exposition->badLines > 0) {
        report.rejected += exposition->badLines;
        report.counters.add("prometheus.line.invalid", exposition->badLines);
    }
    reply.status = 200;
    RecordWriter writer(batch, report, request.arrival);
    OriginText origin;
    origin.product = labels.front().second;
    writer.setOrigin(origin);
    prometheus::addPoints(writer, *exposition, labels, request.arrival);
    return reply;
}

MappingTable prometheusMapping()
{
    MappingTable table{"prometheus", {}};
    for (const auto &[type, meaning] :
         {std::pair{"type counter", "cumulative sum"}, {"type gauge, untyped", "gauge"}, {"type histogram", "histogram"},
          {"type gaugehistogram", "histogram of what is there now"}, {"type summary", "summary"}})
        table.rows.push_back({MappedField::Kind, MappingPlace::Other, type, {}, meaning});
    table.rows.push_back({MappedField::Product, MappingPlace::Label, "job", {}, {}});
    table.rows.push_back({MappedField::Metric, MappingPlace::Other, "the sample's name", {}, {}});
    table.rows.push_back({MappedField::Time, MappingPlace::Other, "the sample's time, else the arrival", {}, {}});
    return table;
}

} // namespace telltale
