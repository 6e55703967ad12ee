// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/protobufreader.h"

#include <bit>

namespace telltale::otlp::protobuf {
namespace {

// Field numbers of opentelemetry/proto/metrics/v1/metrics.proto.
namespace metric {
enum : protozero::pbf_tag_type {
    Name = 1,
    Description = 2,
    Unit = 3,
    Gauge = 5,
    Sum = 7,
    Histogram = 9,
    ExponentialHistogram = 10,
    Summary = 11,
    Metadata = 12,
};
}
namespace data {
enum : protozero::pbf_tag_type { Points = 1, Temporality, IsMonotonic };
}
namespace number {
enum : protozero::pbf_tag_type { Start = 2, Time, AsDouble, Exemplars, AsInt, Attributes, Flags };
}
namespace histogram {
enum : protozero::pbf_tag_type {
    Start = 2,
    Time,
    Count,
    Sum,
    BucketCounts,
    ExplicitBounds,
    Exemplars,
    Attributes,
    Flags,
    Minimum,
    Maximum,
};
}
namespace exponential {
enum : protozero::pbf_tag_type {
    Attributes = 1,
    Start,
    Time,
    Count,
    Sum,
    Scale,
    ZeroCount,
    Positive,
    Negative,
    Flags,
    Exemplars,
    Minimum,
    Maximum,
    ZeroThreshold,
};
}
namespace buckets {
enum : protozero::pbf_tag_type { Offset = 1, Counts };
}
namespace summary {
enum : protozero::pbf_tag_type { Start = 2, Time, Count, Sum, Quantiles, Attributes, Flags };
}
namespace quantile {
enum : protozero::pbf_tag_type { Quantile = 1, Value };
}
namespace exemplar {
enum : protozero::pbf_tag_type { Time = 2, AsDouble, SpanId, TraceId, AsInt, Attributes };
}

void setInteger(MetricDetail &detail, std::int64_t value)
{
    detail.isInteger = true;
    detail.integer = value;
    detail.hasValue = true;
}

void setDouble(MetricDetail &detail, double value)
{
    detail.isInteger = false;
    detail.value = value;
    detail.hasValue = true;
}

void readExemplar(RecordBuilder &builder, std::string_view message)
{
    AttributeSet &attributes = builder.exemplarAttributes();
    attributes.clear();
    RawExemplar raw;
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case fixed64(exemplar::Time):
            raw.time = reader.get_fixed64();
            break;
        case fixed64(exemplar::AsDouble):
            raw.value = reader.get_double();
            raw.isInteger = false;
            break;
        case fixed64(exemplar::AsInt):
            raw.integer = reader.get_sfixed64();
            raw.isInteger = true;
            break;
        case bytes(exemplar::SpanId):
            raw.spanId = view(reader);
            break;
        case bytes(exemplar::TraceId):
            raw.traceId = view(reader);
            break;
        case bytes(exemplar::Attributes):
            readAttribute(builder, attributes, view(reader));
            break;
        default:
            reader.skip();
        }
    }
    builder.addExemplar(raw);
}

void readNumber(RecordBuilder &builder, RawPoint &point, std::string_view message)
{
    point.detail.hasValue = false; // until one comes
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case fixed64(number::Start):
            point.start = reader.get_fixed64();
            break;
        case fixed64(number::Time):
            point.time = reader.get_fixed64();
            break;
        case fixed64(number::AsDouble):
            setDouble(point.detail, reader.get_double());
            break;
        case fixed64(number::AsInt):
            setInteger(point.detail, reader.get_sfixed64());
            break;
        case bytes(number::Exemplars):
            readExemplar(builder, view(reader));
            break;
        case bytes(number::Attributes):
            readAttribute(builder, builder.recordAttributes(), view(reader));
            break;
        case varint(number::Flags):
            point.flags = reader.get_uint32();
            break;
        default:
            reader.skip();
        }
    }
}

void readHistogram(RecordBuilder &builder, RawPoint &point, std::string_view message)
{
    MetricDetail &detail = point.detail;
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case fixed64(histogram::Start):
            point.start = reader.get_fixed64();
            break;
        case fixed64(histogram::Time):
            point.time = reader.get_fixed64();
            break;
        case fixed64(histogram::Count):
            detail.count = reader.get_fixed64();
            break;
        case fixed64(histogram::Sum):
            detail.sum = reader.get_double();
            detail.hasSum = true;
            break;
        case bytes(histogram::BucketCounts):
            for (const std::uint64_t count : reader.get_packed_fixed64())
                detail.bucketCounts.push_back(count);
            break;
        case fixed64(histogram::BucketCounts): // not packed, which senders may do
            detail.bucketCounts.push_back(reader.get_fixed64());
            break;
        case bytes(histogram::ExplicitBounds):
            for (const double bound : reader.get_packed_double())
                detail.explicitBounds.push_back(bound);
            break;
        case fixed64(histogram::ExplicitBounds):
            detail.explicitBounds.push_back(reader.get_double());
            break;
        case bytes(histogram::Exemplars):
            readExemplar(builder, view(reader));
            break;
        case bytes(histogram::Attributes):
            readAttribute(builder, builder.recordAttributes(), view(reader));
            break;
        case varint(histogram::Flags):
            point.flags = reader.get_uint32();
            break;
        case fixed64(histogram::Minimum):
            detail.minimum = reader.get_double();
            detail.hasMinimum = true;
            break;
        case fixed64(histogram::Maximum):
            detail.maximum = reader.get_double();
            detail.hasMaximum = true;
            break;
        default:
            reader.skip();
        }
    }
}

void readBuckets(RecordBuilder &builder, ExponentialBuckets &result, std::string_view message)
{
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case varint(buckets::Offset):
            result.offset = reader.get_sint32();
            break;
        case bytes(buckets::Counts):
            for (const std::uint64_t count : reader.get_packed_uint64()) {
                builder.charge(1);
                result.counts.push_back(count);
            }
            break;
        case varint(buckets::Counts):
            builder.charge(1);
            result.counts.push_back(reader.get_uint64());
            break;
        default:
            reader.skip();
        }
    }
}

void readExponential(RecordBuilder &builder, RawPoint &point, std::string_view message)
{
    MetricDetail &detail = point.detail;
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytes(exponential::Attributes):
            readAttribute(builder, builder.recordAttributes(), view(reader));
            break;
        case fixed64(exponential::Start):
            point.start = reader.get_fixed64();
            break;
        case fixed64(exponential::Time):
            point.time = reader.get_fixed64();
            break;
        case fixed64(exponential::Count):
            detail.count = reader.get_fixed64();
            break;
        case fixed64(exponential::Sum):
            detail.sum = reader.get_double();
            detail.hasSum = true;
            break;
        case varint(exponential::Scale):
            detail.scale = reader.get_sint32();
            break;
        case fixed64(exponential::ZeroCount):
            detail.zeroCount = reader.get_fixed64();
            break;
        case bytes(exponential::Positive):
            readBuckets(builder, detail.positive, view(reader));
            break;
        case bytes(exponential::Negative):
            readBuckets(builder, detail.negative, view(reader));
            break;
        case varint(exponential::Flags):
            point.flags = reader.get_uint32();
            break;
        case bytes(exponential::Exemplars):
            readExemplar(builder, view(reader));
            break;
        case fixed64(exponential::Minimum):
            detail.minimum = reader.get_double();
            detail.hasMinimum = true;
            break;
        case fixed64(exponential::Maximum):
            detail.maximum = reader.get_double();
            detail.hasMaximum = true;
            break;
        case fixed64(exponential::ZeroThreshold):
            detail.zeroThreshold = reader.get_double();
            break;
        default:
            reader.skip();
        }
    }
}

std::pair<double, double> readQuantile(std::string_view message)
{
    std::pair<double, double> result;
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case fixed64(quantile::Quantile):
            result.first = reader.get_double();
            break;
        case fixed64(quantile::Value):
            result.second = reader.get_double();
            break;
        default:
            reader.skip();
        }
    }
    return result;
}

void readSummary(RecordBuilder &builder, RawPoint &point, std::string_view message)
{
    MetricDetail &detail = point.detail;
    detail.hasSum = true; // not optional here
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case fixed64(summary::Start):
            point.start = reader.get_fixed64();
            break;
        case fixed64(summary::Time):
            point.time = reader.get_fixed64();
            break;
        case fixed64(summary::Count):
            detail.count = reader.get_fixed64();
            break;
        case fixed64(summary::Sum):
            detail.sum = reader.get_double();
            break;
        case bytes(summary::Quantiles):
            builder.charge(1);
            detail.quantiles.push_back(readQuantile(view(reader)));
            break;
        case bytes(summary::Attributes):
            readAttribute(builder, builder.recordAttributes(), view(reader));
            break;
        case varint(summary::Flags):
            point.flags = reader.get_uint32();
            break;
        default:
            reader.skip();
        }
    }
}

using ReadPoint = void (*)(RecordBuilder &, RawPoint &, std::string_view);

ReadPoint pointReader(MetricKind kind)
{
    switch (kind) {
    case MetricKind::Gauge:
    case MetricKind::Sum:
        return readNumber;
    case MetricKind::Histogram:
        return readHistogram;
    case MetricKind::ExponentialHistogram:
        return readExponential;
    case MetricKind::Summary:
        return readSummary;
    }
    return readNumber;
}

/// A Gauge, Sum, Histogram, ExponentialHistogram or Summary: they share their field numbers.
bool readData(RecordBuilder &builder, RawMetric &raw, std::string_view message)
{
    Reader settings = readerOf(message);
    while (settings.next()) {
        switch (settings.tag_and_type()) {
        case varint(data::Temporality): {
            const std::int32_t value = settings.get_int32();
            raw.temporality =
                value == 1 || value == 2 ? static_cast<Temporality>(value) : Temporality::Unspecified;
            break;
        }
        case varint(data::IsMonotonic):
            raw.isMonotonic = settings.get_bool();
            break;
        default:
            settings.skip();
        }
    }
    const ReadPoint readPoint = pointReader(raw.kind);
    bool hasPoints = false;
    Reader points = readerOf(message);
    while (points.next()) {
        if (points.tag_and_type() != bytes(data::Points)) {
            points.skip();
            continue;
        }
        builder.beginRecord();
        RawPoint point;
        readPoint(builder, point, view(points));
        builder.addPoint(raw, std::move(point));
        hasPoints = true;
    }
    return hasPoints;
}

void readMetric(RecordBuilder &builder, std::string_view message)
{
    RawMetric raw;
    Value::Map metadata;
    Reader fields = readerOf(message);
    while (fields.next()) {
        switch (fields.tag_and_type()) {
        case bytes(metric::Name):
            raw.name = builder.intern(view(fields));
            break;
        case bytes(metric::Description):
            raw.description = builder.intern(view(fields));
            break;
        case bytes(metric::Unit):
            raw.unit = builder.intern(view(fields));
            break;
        case bytes(metric::Metadata):
            readPair(builder, metadata, view(fields), 1);
            break;
        default:
            fields.skip();
        }
    }
    if (!metadata.empty())
        raw.metadata =
            Attribute::ofStructured(kNoString, builder.intern(encodeAnyValue(Value(std::move(metadata)))));

    bool hasPoints = false;
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytes(metric::Gauge):
            raw.kind = MetricKind::Gauge;
            break;
        case bytes(metric::Sum):
            raw.kind = MetricKind::Sum;
            break;
        case bytes(metric::Histogram):
            raw.kind = MetricKind::Histogram;
            break;
        case bytes(metric::ExponentialHistogram):
            raw.kind = MetricKind::ExponentialHistogram;
            break;
        case bytes(metric::Summary):
            raw.kind = MetricKind::Summary;
            break;
        default:
            reader.skip();
            continue;
        }
        hasPoints = readData(builder, raw, view(reader)) || hasPoints;
    }
    if (!hasPoints)
        builder.addMetricWithoutData();
}

} // namespace

void decodeMetrics(std::string_view body, RecordBuilder &builder)
{
    walkRequest(body, builder, [&](std::string_view message) { readMetric(builder, message); });
}

} // namespace telltale::otlp::protobuf
