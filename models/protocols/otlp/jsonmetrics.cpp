// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/jsonreader.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace telltale::otlp::json {
namespace {

constexpr std::string_view kTemporalities[] = {"UNSPECIFIED", "DELTA", "CUMULATIVE"};

struct DataKey
{
    std::string_view key;
    MetricKind kind;
};
constexpr DataKey kDataKeys[] = {
    {"gauge", MetricKind::Gauge},         {"sum", MetricKind::Sum},
    {"histogram", MetricKind::Histogram}, {"exponentialHistogram", MetricKind::ExponentialHistogram},
    {"summary", MetricKind::Summary},
};

void readExemplar(JsonReader &reader)
{
    RecordBuilder &builder = reader.builder();
    AttributeSet &attributes = builder.exemplarAttributes();
    attributes.clear();
    RawExemplar exemplar;
    reader.forEachField([&](std::string_view key) {
        if (is(key, "timeUnixNano")) {
            exemplar.time = reader.unsignedInteger();
        } else if (is(key, "asDouble")) {
            exemplar.value = reader.number();
            exemplar.isInteger = false;
        } else if (is(key, "asInt")) {
            exemplar.integer = reader.integer();
            exemplar.isInteger = true;
        } else if (is(key, "spanId")) {
            exemplar.spanId = reader.id();
        } else if (is(key, "traceId")) {
            exemplar.traceId = reader.id();
        } else if (is(key, "filteredAttributes")) {
            reader.attributes(attributes);
        }
    });
    builder.addExemplar(exemplar);
}

void readBuckets(JsonReader &reader, ExponentialBuckets &buckets)
{
    reader.forEachField([&](std::string_view key) {
        if (is(key, "offset")) {
            const std::int64_t offset = reader.integer();
            using Limits = std::numeric_limits<std::int32_t>;
            buckets.offset =
                static_cast<std::int32_t>(std::clamp<std::int64_t>(offset, Limits::min(), Limits::max()));
        } else if (is(key, "bucketCounts")) {
            reader.forEachElement([&] {
                reader.builder().charge(1);
                buckets.counts.push_back(reader.unsignedInteger());
            });
        }
    });
}

std::pair<double, double> readQuantile(JsonReader &reader)
{
    std::pair<double, double> result;
    reader.forEachField([&](std::string_view key) {
        if (is(key, "quantile"))
            result.first = reader.number();
        else if (is(key, "value"))
            result.second = reader.number();
    });
    return result;
}

/// A number that is null (JavaScript's NaN) or missing is none.
bool readOptional(JsonReader &reader, double &number)
{
    if (reader.shape() == Shape::Null)
        return false;
    number = reader.number();
    return true;
}

/// A data point of any kind: their fields differ, but no name means two things.
void readPoint(JsonReader &reader, const RawMetric &metric)
{
    RecordBuilder &builder = reader.builder();
    builder.beginRecord();
    RawPoint point;
    MetricDetail &detail = point.detail;
    const bool isNumber = metric.kind == MetricKind::Gauge || metric.kind == MetricKind::Sum;
    detail.hasValue = !isNumber; // until one comes
    detail.hasSum = metric.kind == MetricKind::Summary;
    const auto readScale = [&] {
        return static_cast<std::int32_t>(std::clamp<std::int64_t>(reader.integer(), -1'000, 1'000));
    };
    reader.forEachField([&](std::string_view key) {
        if (is(key, "timeUnixNano")) {
            point.time = reader.unsignedInteger();
        } else if (is(key, "startTimeUnixNano")) {
            point.start = reader.unsignedInteger();
        } else if (is(key, "attributes")) {
            reader.attributes(builder.recordAttributes());
        } else if (is(key, "flags")) {
            point.flags = reader.unsigned32();
        } else if (is(key, "exemplars")) {
            reader.forEachElement([&] { readExemplar(reader); });
        } else if (isNumber && is(key, "asDouble")) {
            detail.hasValue = readOptional(reader, detail.value);
            detail.isInteger = false;
        } else if (isNumber && is(key, "asInt")) {
            detail.hasValue = reader.shape() != Shape::Null;
            detail.isInteger = true;
            detail.integer = reader.integer();
        } else if (isNumber) {
            return;
        } else if (is(key, "count")) {
            detail.count = reader.unsignedInteger();
        } else if (is(key, "sum")) {
            detail.hasSum = readOptional(reader, detail.sum);
        } else if (is(key, "min")) {
            detail.hasMinimum = readOptional(reader, detail.minimum);
        } else if (is(key, "max")) {
            detail.hasMaximum = readOptional(reader, detail.maximum);
        } else if (is(key, "bucketCounts")) {
            reader.forEachElement([&] {
                builder.charge(1);
                detail.bucketCounts.push_back(reader.unsignedInteger());
            });
        } else if (is(key, "explicitBounds")) {
            reader.forEachElement([&] {
                builder.charge(1);
                detail.explicitBounds.push_back(reader.number());
            });
        } else if (is(key, "scale")) {
            detail.scale = readScale();
        } else if (is(key, "zeroCount")) {
            detail.zeroCount = reader.unsignedInteger();
        } else if (is(key, "zeroThreshold")) {
            readOptional(reader, detail.zeroThreshold);
        } else if (is(key, "positive")) {
            readBuckets(reader, detail.positive);
        } else if (is(key, "negative")) {
            readBuckets(reader, detail.negative);
        } else if (is(key, "quantileValues")) {
            reader.forEachElement([&] {
                builder.charge(1);
                detail.quantiles.push_back(readQuantile(reader));
            });
        }
    });
    builder.addPoint(metric, std::move(point));
}

/// Everything but the points, then the points: both may come first.
bool readData(JsonReader &reader, RawMetric &metric)
{
    const JsonReader::Place begin = reader.place();
    reader.forEachField([&](std::string_view key) {
        if (is(key, "aggregationTemporality")) {
            const std::int32_t number = reader.enumeration(kTemporalities);
            metric.temporality =
                number == 1 || number == 2 ? static_cast<Temporality>(number) : Temporality::Unspecified;
        } else if (is(key, "isMonotonic")) {
            metric.isMonotonic = reader.boolean();
        }
    });
    reader.goTo(begin);
    bool hasPoints = false;
    reader.forEachField([&](std::string_view key) {
        if (!is(key, "dataPoints"))
            return;
        reader.forEachElement([&] {
            reader.forgetTexts();
            readPoint(reader, metric);
            hasPoints = true;
        });
    });
    return hasPoints;
}

/// Everything but the data.
RawMetric readHead(JsonReader &reader)
{
    RecordBuilder &builder = reader.builder();
    RawMetric metric;
    Value::Map metadata;
    reader.forEachField([&](std::string_view key) {
        if (is(key, "name"))
            metric.name = builder.intern(reader.text());
        else if (is(key, "unit"))
            metric.unit = builder.intern(reader.text());
        else if (is(key, "description"))
            metric.description = builder.intern(reader.text());
        else if (is(key, "metadata"))
            reader.pairs(metadata, 1);
    });
    if (!metadata.empty())
        metric.metadata =
            Attribute::ofStructured(kNoString, builder.intern(encodeAnyValue(Value(std::move(metadata)))));
    return metric;
}

void readMetric(JsonReader &reader)
{
    if (reader.shape() != Shape::Object)
        throw MalformedJson{"something else stands where a metric belongs"};
    const JsonReader::Place begin = reader.place();
    RawMetric metric = readHead(reader);
    reader.goTo(begin);
    bool hasPoints = false;
    reader.forEachField([&](std::string_view key) {
        const auto *const known =
            std::find_if(std::begin(kDataKeys), std::end(kDataKeys), [&](const DataKey &each) { return each.key == key; });
        if (known == std::end(kDataKeys))
            return;
        const Shape shape = reader.shape();
        if (shape == Shape::Null)
            return;
        if (shape != Shape::Object)
            throw MalformedJson{"something else stands where the data of a metric belong"};
        metric.kind = known->kind;
        hasPoints = readData(reader, metric) || hasPoints;
    });
    if (!hasPoints)
        reader.builder().addMetricWithoutData();
}

} // namespace

void decodeMetrics(JsonReader &reader)
{
    walkRequest(reader, {"resourceMetrics", "scopeMetrics", "metrics"}, readMetric);
}

} // namespace telltale::otlp::json
