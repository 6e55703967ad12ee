// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzztargets.h"

#include "models/grouping/errorgrouping.h"
#include "models/grouping/messagetemplate.h"
#include "models/grouping/stacktrace.h"
#include "models/ingest/httproutes.h"
#include "models/protocols/jsonlines/jsonlines.h"
#include "models/protocols/otlp/otlpdecoder.h"
#include "models/protocols/otlp/otlpsignalguess.h"
#include "models/sources/file/linegatherer.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace telltale::test {
namespace {

constexpr Instant kArrival = Instant::fromSeconds(1'795'161'720);

bool isInside(IndexRange range, std::size_t size)
{
    return range.begin <= range.end && range.end <= size;
}

/// What a reader of the batch relies on.
bool isSound(const RecordBatch &batch)
{
    const auto isText = [&](StringId id) { return id <= batch.strings.size(); };
    for (const Attribute &attribute : batch.attributes) {
        if (!isText(attribute.key) || attribute.key == kNoString)
            return false;
        if (attribute.refersToTable() && !isText(attribute.text()))
            return false;
        if (attribute.type == AttributeType::Structured && !decodeAnyValue(batch.text(attribute.text())))
            return false;
    }
    for (const Origin &origin : batch.origins) {
        if (!isInside(origin.attributes, batch.attributes.size()) ||
            !isInside(origin.scopeAttributes, batch.attributes.size()))
            return false;
    }
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const Record record = batch.at(row);
        const bool isPlaced =
            isInside(record.attributes, batch.attributes.size()) && record.origin < batch.origins.size() &&
            (record.trace == kNoIndex || record.trace < batch.traces.size()) &&
            record.duration >= kNoDuration && record.severity <= 24 && isText(record.name) &&
            isText(record.feature) && isText(record.screen) && isText(record.user) && isText(record.session);
        if (!isPlaced)
            return false;
        const std::size_t details = record.kind == RecordKind::Error         ? batch.errors.size()
                                    : record.kind == RecordKind::Span        ? batch.spans.size()
                                    : record.kind == RecordKind::MetricPoint ? batch.metrics.size()
                                                                             : 0;
        if (details > 0 ? record.detail >= details : record.detail != kNoIndex)
            return false;
    }
    for (const MetricDetail &metric : batch.metrics) {
        if (!metric.bucketCounts.empty() && metric.bucketCounts.size() != metric.explicitBounds.size() + 1)
            return false;
        for (const Exemplar &exemplar : metric.exemplars) {
            if (!isInside(exemplar.attributes, batch.attributes.size()))
                return false;
        }
        if (!std::is_sorted(metric.explicitBounds.begin(), metric.explicitBounds.end()))
            return false;
    }
    return true;
}

struct ProtocolPaths
{
    std::string_view protocol;
    std::vector<std::string_view> paths;
};

const ProtocolPaths kProtocols[] = {
    {"sentry", {"/api/42/envelope", "/api/42/store"}},
    {"posthog", {"/batch", "/e", "/i/v1/analytics/events"}},
    {"segment", {"/v1/batch", "/v1/t", "/v1/p"}},
    {"aptabase", {"/api/v0/event", "/api/v0/events"}},
    {"countly", {"/i", "/i/bulk"}},
    {"amplitude", {"/2/httpapi", "/httpapi"}},
    {"mixpanel", {"/track", "/engage", "/import"}},
    {"kuserfeedback", {"/receiver/submit/app", "/admin/data/app"}},
    {"statsd", {"statsd"}},
    {"mqtt", {"mqtt"}},
    {"jsonlines", {"jsonlines"}},
    {"prometheus", {"/metrics/job/stride/a/b"}}};

bool fuzzOtlp(OtlpEncoding encoding, std::string_view input)
{
    if (input.empty())
        return true;
    const auto signal = static_cast<OtlpSignal>(static_cast<unsigned char>(input.front()) % 3);
    RecordBatch batch;
    DecodeReport report;
    const auto result = decodeOtlp(signal, encoding, input.substr(1), {kArrival}, batch, report);
    return result ? isSound(batch) : !result.error().message.empty() && !report.counters.isEmpty();
}

} // namespace

bool fuzzOtlpProtobuf(std::string_view input)
{
    if (!input.empty())
        static_cast<void>(guessOtlpSignal(input.substr(1))); // of files, which do not say
    return fuzzOtlp(OtlpEncoding::Protobuf, input);
}

bool fuzzOtlpJson(std::string_view input)
{
    return fuzzOtlp(OtlpEncoding::Json, input);
}

bool fuzzProtocol(std::string_view protocol, std::string_view input)
{
    const auto known = std::find_if(std::begin(kProtocols), std::end(kProtocols),
                                    [&](const ProtocolPaths &each) { return each.protocol == protocol; });
    if (input.empty() || known == std::end(kProtocols))
        return input.empty();
    const std::string_view path = known->paths[static_cast<unsigned char>(input.front()) % known->paths.size()];
    const std::string_view body = input.substr(1);
    const HttpRoute *route = routeOf(path, body);
    ProtocolRequest request;
    request.method = "POST";
    request.path = path;
    request.query = body.substr(0, 4'096);
    const bool isProtobuf = protocol == "prometheus" && (static_cast<unsigned char>(input.front()) & 0x80U) != 0;
    request.contentType = isProtobuf ? "application/vnd.google.protobuf; encoding=delimited" : "text/plain";
    request.appKey = "A-SH-1";
    request.body = body;
    request.arrival = kArrival;
    RecordBatch batch;
    ProtocolReport report;
    const auto result = route->decode(request, batch, report);
    if (!result)
        return !result.error().message.empty() && !report.counters.isEmpty();
    std::uint32_t row = 0;
    for (const BatchMessage &message : batch.messages) {
        if (message.firstRow < row || message.endRow <= message.firstRow || message.endRow > batch.size())
            return false;
        row = message.endRow;
    }
    return isSound(batch) && (report.rejected == 0 || !report.counters.isEmpty());
}

bool fuzzLines(std::string_view input)
{
    JsonShapes shapes;
    std::uint64_t lines = 0;
    const auto most = static_cast<std::uint64_t>(std::count(input.begin(), input.end(), '\n')) + 1;
    while (!input.empty()) {
        const GatheredLines part = gatherLines(input, 3, shapes);
        lines += part.lines + part.rejected;
        // Each part gets on, and what it hands up is JSON by itself.
        if (part.bytes == 0 || part.bytes > input.size() || part.lines + part.rejected > 3 || lines > most ||
            !shapes.shapeOf(part.path == kJsonLinesPath ? "{\"lines\":" + part.body + "}" : part.body))
            return false;
        input.remove_prefix(part.bytes);
    }
    return true;
}

bool fuzzStack(std::string_view input)
{
    const auto frames = parseStack(input);
    if (frames.size() > kMaximumStackFrames)
        return false;
    for (const StackFrame &frame : frames) {
        // Views of the line, nothing made up.
        if (frame.text.find(frame.function) == std::string::npos || frame.line < 0)
            return false;
    }
    const ErrorGrouping grouping = errorGroup("Type", input, input);
    // Where there are frames, the message does not matter.
    const bool hasFrames = !frames.empty() && !frames.front().isCause;
    if (hasFrames && grouping.key != errorGroup("Type", "another message", input).key)
        return false;
    return grouping.key != 0 && grouping.key == errorGroup("Type", input, input).key &&
           messageTemplate(input).size() <= kMaximumTemplateBytes * 8;
}

} // namespace telltale::test
