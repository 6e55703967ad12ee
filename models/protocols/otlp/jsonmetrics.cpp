// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/jsonreader.h"

#include <algorithm>
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

void readExemplar(JsonReader &reader, JsonValue &element)
{
    RecordBuilder &builder = reader.builder();
    AttributeSet &attributes = builder.exemplarAttributes();
    attributes.clear();
    RawExemplar exemplar;
    reader.forEachField(element, [&](std::string_view key, JsonValue value) {
        if (key == "timeUnixNano") {
            exemplar.time = reader.unsignedInteger(value);
        } else if (key == "asDouble") {
            exemplar.value = reader.number(value);
            exemplar.isInteger = false;
        } else if (key == "asInt") {
            exemplar.integer = reader.integer(value);
            exemplar.isInteger = true;
        } else if (key == "spanId") {
            exemplar.spanId = reader.id(value);
        } else if (key == "traceId") {
            exemplar.traceId = reader.id(value);
        } else if (key == "filteredAttributes") {
            reader.attributes(attributes, value);
        }
    });
    builder.addExemplar(exemplar);
}

void readBuckets(JsonReader &reader, ExponentialBuckets &buckets, JsonValue &object)
{
    reader.forEachField(object, [&](std::string_view key, JsonValue value) {
        if (key == "offset") {
            const std::int64_t offset = reader.integer(value);
            using Limits = std::numeric_limits<std::int32_t>;
            buckets.offset =
                static_cast<std::int32_t>(std::clamp<std::int64_t>(offset, Limits::min(), Limits::max()));
        } else if (key == "bucketCounts") {
            reader.forEachElement(value, [&](JsonValue count) {
                reader.builder().charge(1);
                buckets.counts.push_back(reader.unsignedInteger(count));
            });
        }
    });
}

std::pair<double, double> readQuantile(JsonReader &reader, JsonValue &object)
{
    std::pair<double, double> result;
    reader.forEachField(object, [&](std::string_view key, JsonValue value) {
        if (key == "quantile")
            result.first = reader.number(value);
        else if (key == "value")
            result.second = reader.number(value);
    });
    return result;
}

/// A number that is null (JavaScript's NaN) or missing is none.
bool readOptional(JsonReader &reader, JsonValue &value, double &number)
{
    if (JsonReader::typeOf(value) == json_type::null)
        return false;
    number = reader.number(value);
    return true;
}

/// A data point of any kind: their fields differ, but no name means two things.
void readPoint(JsonReader &reader, const RawMetric &metric, JsonValue &element)
{
    RecordBuilder &builder = reader.builder();
    builder.beginRecord();
    RawPoint point;
    MetricDetail &detail = point.detail;
    const bool isNumber = metric.kind == MetricKind::Gauge || metric.kind == MetricKind::Sum;
    detail.hasValue = !isNumber; // until one comes
    detail.hasSum = metric.kind == MetricKind::Summary;
    const auto readScale = [&](JsonValue value) {
        return static_cast<std::int32_t>(std::clamp<std::int64_t>(reader.integer(value), -1'000, 1'000));
    };
    reader.forEachField(element, [&](std::string_view key, JsonValue value) {
        if (key == "timeUnixNano") {
            point.time = reader.unsignedInteger(value);
        } else if (key == "startTimeUnixNano") {
            point.start = reader.unsignedInteger(value);
        } else if (key == "attributes") {
            reader.attributes(builder.recordAttributes(), value);
        } else if (key == "flags") {
            point.flags = reader.unsigned32(value);
        } else if (key == "exemplars") {
            reader.forEachElement(value, [&](JsonValue exemplar) { readExemplar(reader, exemplar); });
        } else if (isNumber && key == "asDouble") {
            detail.hasValue = readOptional(reader, value, detail.value);
            detail.isInteger = false;
        } else if (isNumber && key == "asInt") {
            detail.hasValue = JsonReader::typeOf(value) != json_type::null;
            detail.isInteger = true;
            detail.integer = reader.integer(value);
        } else if (isNumber) {
            return;
        } else if (key == "count") {
            detail.count = reader.unsignedInteger(value);
        } else if (key == "sum") {
            detail.hasSum = readOptional(reader, value, detail.sum);
        } else if (key == "min") {
            detail.hasMinimum = readOptional(reader, value, detail.minimum);
        } else if (key == "max") {
            detail.hasMaximum = readOptional(reader, value, detail.maximum);
        } else if (key == "bucketCounts") {
            reader.forEachElement(value, [&](JsonValue count) {
                builder.charge(1);
                detail.bucketCounts.push_back(reader.unsignedInteger(count));
            });
        } else if (key == "explicitBounds") {
            reader.forEachElement(value, [&](JsonValue bound) {
                builder.charge(1);
                detail.explicitBounds.push_back(reader.number(bound));
            });
        } else if (key == "scale") {
            detail.scale = readScale(value);
        } else if (key == "zeroCount") {
            detail.zeroCount = reader.unsignedInteger(value);
        } else if (key == "zeroThreshold") {
            readOptional(reader, value, detail.zeroThreshold);
        } else if (key == "positive") {
            readBuckets(reader, detail.positive, value);
        } else if (key == "negative") {
            readBuckets(reader, detail.negative, value);
        } else if (key == "quantileValues") {
            reader.forEachElement(value, [&](JsonValue quantile) {
                builder.charge(1);
                detail.quantiles.push_back(readQuantile(reader, quantile));
            });
        }
    });
    builder.addPoint(metric, std::move(point));
}

/// Everything but the points, then the points: both may come first.
bool readData(JsonReader &reader, RawMetric &metric, JsonObject &data)
{
    for (auto result : data) {
        JsonField field = fieldOf(std::move(result));
        const std::string_view key = JsonReader::keyOf(field);
        if (key == "aggregationTemporality") {
            const std::int32_t number = reader.enumeration(field.value(), kTemporalities);
            metric.temporality =
                number == 1 || number == 2 ? static_cast<Temporality>(number) : Temporality::Unspecified;
        } else if (key == "isMonotonic") {
            metric.isMonotonic = reader.boolean(field.value());
        }
    }
    (void)data.reset().value();
    bool hasPoints = false;
    for (auto result : data) {
        JsonField field = fieldOf(std::move(result));
        if (JsonReader::keyOf(field) != "dataPoints")
            continue;
        JsonValue list = field.value();
        reader.forEachElement(list, [&](JsonValue point) {
            reader.forgetTexts();
            readPoint(reader, metric, point);
            hasPoints = true;
        });
    }
    return hasPoints;
}

void readMetric(JsonReader &reader, JsonValue record)
{
    RecordBuilder &builder = reader.builder();
    if (JsonReader::typeOf(record) != json_type::object)
        throw MalformedJson{"something else stands where a metric belongs"};
    JsonObject object = record.get_object().value();
    RawMetric metric;
    Value::Map metadata;
    for (auto result : object) {
        JsonField field = fieldOf(std::move(result));
        const std::string_view key = JsonReader::keyOf(field);
        if (key == "name")
            metric.name = builder.intern(reader.text(field.value()));
        else if (key == "unit")
            metric.unit = builder.intern(reader.text(field.value()));
        else if (key == "description")
            metric.description = builder.intern(reader.text(field.value()));
        else if (key == "metadata")
            reader.pairs(metadata, field.value(), 1);
    }
    if (!metadata.empty())
        metric.metadata =
            Attribute::ofStructured(kNoString, builder.intern(encodeAnyValue(Value(std::move(metadata)))));

    (void)object.reset().value();
    bool hasPoints = false;
    for (auto result : object) {
        JsonField field = fieldOf(std::move(result));
        const std::string_view key = JsonReader::keyOf(field);
        for (const DataKey &known : kDataKeys) {
            if (key != known.key)
                continue;
            JsonValue value = field.value();
            if (JsonReader::typeOf(value) == json_type::null)
                break;
            if (JsonReader::typeOf(value) != json_type::object)
                throw MalformedJson{"something else stands where the data of a metric belong"};
            metric.kind = known.kind;
            JsonObject data = value.get_object().value();
            hasPoints = readData(reader, metric, data) || hasPoints;
            break;
        }
    }
    if (!hasPoints)
        builder.addMetricWithoutData();
}

} // namespace

void decodeMetrics(simdjson::ondemand::document &document, RecordBuilder &builder)
{
    walkRequest(document, builder, {"resourceMetrics", "scopeMetrics", "metrics"}, readMetric);
}

} // namespace telltale::otlp::json
