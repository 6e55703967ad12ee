// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/jsonlines/ownrecord.h"

#include "models/telemetry/filterfields.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace telltale {
namespace {

using json::Element;
using json::field;
using json::firstText;

constexpr std::string_view kMetricKinds[] = {"", "gauge", "sum", "histogram", "exponential_histogram", "summary"};

std::int64_t integerOf(const std::optional<Element> &element, std::int64_t fallback)
{
    return element && element->isInteger() ? element->integer() : fallback;
}

/// 16 hex digits; else 0.
std::uint64_t groupOf(std::string_view name)
{
    std::uint64_t key = 0;
    const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), key, 16);
    return name.size() == 16 && problem == std::errc() && end == name.data() + name.size() ? key : 0;
}

std::uint64_t countOf(const std::optional<Element> &element)
{
    return static_cast<std::uint64_t>(std::max<std::int64_t>(integerOf(element, 0), 0));
}

std::vector<std::uint64_t> countsOf(const std::optional<Element> &array)
{
    std::vector<std::uint64_t> counts;
    for (const Element each : json::items(array))
        counts.push_back(countOf(each));
    return counts;
}

ExponentialBuckets bucketsOf(const std::optional<Element> &object)
{
    const std::int64_t offset = integerOf(field(object, "offset"), 0);
    using Limits = std::numeric_limits<std::int32_t>;
    return {static_cast<std::int32_t>(std::clamp<std::int64_t>(offset, Limits::min(), Limits::max())),
            countsOf(field(object, "counts"))};
}

void takeOptional(const std::optional<Element> &element, double &value, bool &has)
{
    const auto number = json::number(element);
    has = number.has_value();
    value = number.value_or(0);
}

std::optional<MetricDetail> metricOf(const std::optional<Element> &object)
{
    MetricDetail detail;
    const std::string kind = firstText(object, {"kind"});
    const auto at = std::find(std::begin(kMetricKinds) + 1, std::end(kMetricKinds), kind);
    if (at == std::end(kMetricKinds))
        return std::nullopt;
    detail.kind = static_cast<MetricKind>(at - std::begin(kMetricKinds));
    const std::string temporality = firstText(object, {"temporality"});
    detail.temporality = temporality == "delta"        ? Temporality::Delta
                         : temporality == "cumulative" ? Temporality::Cumulative
                                                       : Temporality::Unspecified;
    detail.isMonotonic = json::isTrue(field(object, "monotonic"));
    if (const auto start = json::instant(field(object, "start")))
        detail.start = *start;
    if (field(object, "has_value") && !json::isTrue(field(object, "has_value"))) {
        detail.hasValue = false;
        return detail;
    }
    const auto value = field(object, "value");
    detail.isInteger = value && value->isInteger();
    detail.integer = integerOf(value, 0);
    const auto number = json::number(value);
    detail.value = number.value_or(0);
    if (!number && detail.kind <= MetricKind::Sum) {
        if (firstText(object, {"value"}).empty())
            return std::nullopt;
        detail.value = std::numeric_limits<double>::quiet_NaN(); // JSON has no other way to say it
        const std::string text = firstText(object, {"value"});
        if (text.ends_with("Infinity"))
            detail.value = text.starts_with('-') ? -std::numeric_limits<double>::infinity()
                                                 : std::numeric_limits<double>::infinity();
    }
    detail.count = countOf(field(object, "count"));
    takeOptional(field(object, "sum"), detail.sum, detail.hasSum);
    takeOptional(field(object, "min"), detail.minimum, detail.hasMinimum);
    takeOptional(field(object, "max"), detail.maximum, detail.hasMaximum);
    for (const Element bound : json::items(field(object, "bounds")))
        detail.explicitBounds.push_back(json::number(bound).value_or(0));
    detail.bucketCounts = countsOf(field(object, "buckets"));
    const bool isWhole = detail.bucketCounts.empty() ||
                         detail.bucketCounts.size() == detail.explicitBounds.size() + 1;
    if (!isWhole || !std::is_sorted(detail.explicitBounds.begin(), detail.explicitBounds.end()))
        return std::nullopt;
    detail.scale = static_cast<std::int32_t>(std::clamp<std::int64_t>(integerOf(field(object, "scale"), 0), -10, 20));
    detail.zeroCount = countOf(field(object, "zero_count"));
    detail.zeroThreshold = json::number(field(object, "zero_threshold")).value_or(0);
    detail.positive = bucketsOf(field(object, "positive"));
    detail.negative = bucketsOf(field(object, "negative"));
    for (const Element pair : json::items(field(object, "quantiles"))) {
        std::vector<double> both;
        for (const Element each : json::items(pair))
            both.push_back(json::number(each).value_or(0));
        if (both.size() == 2)
            detail.quantiles.emplace_back(both[0], both[1]);
    }
    return detail;
}

/// As texts and as they are, so that a release 4.10 is none that looks like a number.
RecordText recordOf(Element object, RecordKind kind)
{
    RecordText record;
    record.kind = kind;
    record.time = json::instant(field(object, "time"));
    record.name = firstText(object, {"name"});
    record.feature = firstText(object, {"feature"});
    record.screen = firstText(object, {"screen"});
    record.user = firstText(object, {"user"});
    record.session = firstText(object, {"session"});
    record.previousSession = firstText(object, {"previous_session"});
    record.severity =
        static_cast<std::uint8_t>(std::clamp<std::int64_t>(integerOf(field(object, "severity"), 0), 0, 24));
    record.duration = std::max<std::int64_t>(integerOf(field(object, "duration_ns"), kNoDuration), kNoDuration);
    record.trace.traceId = traceIdOf(firstText(object, {"trace_id"}));
    record.trace.spanId = spanIdOf(firstText(object, {"span_id"}));
    record.sent.addFields(field(object, "attributes"));
    record.fields = json::toMap(field(object, "fields"));
    if (const auto body = field(object, "body"))
        record.body = json::toValue(*body);
    return record;
}

} // namespace

bool isOwnRecord(Element object)
{
    return field(object, "telltale").has_value();
}

bool addOwnRecord(RecordWriter &writer, Element object)
{
    const auto kind = recordKindNamed(firstText(object, {"kind"}));
    if (!kind || integerOf(field(object, "telltale"), 0) != kRecordLineVersion)
        return false;
    OriginText origin;
    origin.product = firstText(object, {"product"});
    origin.release = firstText(object, {"release"});
    origin.environment = firstText(object, {"environment"});
    origin.os = firstText(object, {"os"});
    origin.device = firstText(object, {"device"});
    origin.country = firstText(object, {"country"});
    origin.scopeName = firstText(object, {"scope"});
    origin.scopeVersion = firstText(object, {"scope_version"});
    origin.sent.addFields(field(object, "resource"));
    writer.setOrigin(origin);
    RecordText record = recordOf(object, *kind);
    switch (*kind) {
    case RecordKind::Error: {
        const auto error = field(object, "error");
        writer.addError(std::move(record), firstText(error, {"type"}), firstText(error, {"message"}),
                        firstText(error, {"stack"}), json::isTrue(field(error, "unhandled")), {}, groupOf(firstText(error, {"group"})));
        return true;
    }
    case RecordKind::Span: {
        SpanDetail detail;
        detail.parentSpanId = spanIdOf(firstText(object, {"parent_span_id"}));
        detail.kind = static_cast<SpanKind>(std::clamp<std::int64_t>(integerOf(field(object, "span_kind"), 0), 0, 5));
        detail.status = static_cast<SpanStatus>(std::clamp<std::int64_t>(integerOf(field(object, "status"), 0), 0, 2));
        writer.addSpan(std::move(record), detail);
        return true;
    }
    case RecordKind::MetricPoint: {
        const auto metric = field(object, "metric");
        auto detail = metricOf(metric);
        if (!detail || record.name.empty())
            return false;
        writer.addPoint(std::move(record), std::move(*detail), firstText(metric, {"unit"}),
                        firstText(metric, {"description"}));
        return true;
    }
    default:
        writer.add(record);
        return true;
    }
}

} // namespace telltale
