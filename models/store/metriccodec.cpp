// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/metriccodec.h"

#include "models/store/bytestream.h"
#include "models/store/compression.h"
#include "models/store/numbercolumn.h"
#include "models/store/sqlite.h"

#include <bit>

namespace telltale {
namespace {

enum Flag : std::uint32_t {
    HasValue = 1,
    IsInteger = 2,
    HasSum = 4,
    HasMinimum = 8,
    HasMaximum = 16,
};

// The rest of a point that is no plain number, in this order.
void appendCounts(ByteWriter &out, const std::vector<std::uint64_t> &counts)
{
    out.varint(counts.size());
    for (const std::uint64_t count : counts)
        out.varint(count);
}

std::vector<std::uint64_t> readCounts(ByteReader &in)
{
    std::vector<std::uint64_t> counts(in.count(1));
    for (std::uint64_t &count : counts)
        count = in.varint();
    return counts;
}

bool isPlain(const MetricDetail &detail)
{
    return detail.count == 0 && detail.sum == 0 && detail.minimum == 0 && detail.maximum == 0 &&
           detail.scale == 0 && detail.zeroCount == 0 && detail.zeroThreshold == 0 &&
           detail.bucketCounts.empty() && detail.explicitBounds.empty() && detail.positive.offset == 0 &&
           detail.negative.offset == 0 && detail.positive.counts.empty() && detail.negative.counts.empty() &&
           detail.quantiles.empty() && detail.exemplars.empty();
}

std::string_view idBytes(const std::uint8_t *id, std::size_t size)
{
    return {reinterpret_cast<const char *>(id), size};
}

void readId(ByteReader &in, std::uint8_t *id, std::size_t size)
{
    for (const char c : in.bytes(size))
        *id++ = static_cast<std::uint8_t>(c);
}

} // namespace

RowMetric encodeMetric(const MetricDetail &detail, const RecordBatch &batch, std::string &rest)
{
    rest.clear();
    RowMetric metric;
    metric.flags = (detail.hasValue ? HasValue : 0U) | (detail.isInteger ? IsInteger : 0U) |
                   (detail.hasSum ? HasSum : 0U) | (detail.hasMinimum ? HasMinimum : 0U) |
                   (detail.hasMaximum ? HasMaximum : 0U);
    metric.start = detail.start.ns;
    metric.value = detail.value;
    metric.integer = detail.integer;
    if (isPlain(detail))
        return metric;
    ByteWriter out(rest);
    out.varint(detail.count);
    out.number(detail.sum);
    out.number(detail.minimum);
    out.number(detail.maximum);
    appendCounts(out, detail.bucketCounts);
    out.varint(detail.explicitBounds.size());
    for (const double bound : detail.explicitBounds)
        out.number(bound);
    out.zigzag(detail.scale);
    out.varint(detail.zeroCount);
    out.number(detail.zeroThreshold);
    for (const ExponentialBuckets *buckets : {&detail.positive, &detail.negative}) {
        out.zigzag(buckets->offset);
        appendCounts(out, buckets->counts);
    }
    out.varint(detail.quantiles.size());
    for (const auto &[quantile, value] : detail.quantiles) {
        out.number(quantile);
        out.number(value);
    }
    out.varint(detail.exemplars.size());
    for (const Exemplar &exemplar : detail.exemplars) {
        out.zigzag(exemplar.time.ns);
        out.byte(exemplar.isInteger ? 1 : 0);
        out.number(exemplar.value);
        out.zigzag(exemplar.integer);
        out.bytes(idBytes(exemplar.trace.traceId.data(), exemplar.trace.traceId.size()));
        out.bytes(idBytes(exemplar.trace.spanId.data(), exemplar.trace.spanId.size()));
        Value::Map attributes;
        for (const Attribute &attribute : batch.attributesIn(exemplar.attributes))
            attributes.emplace_back(batch.text(attribute.key), batch.valueOf(attribute));
        out.sized(encodeKeyValueList(attributes));
    }
    return metric;
}

StoredMetric decodeMetric(const RowMetric &metric, std::string_view rest)
{
    StoredMetric stored;
    stored.series = metric.series;
    MetricDetail &detail = stored.detail;
    detail.hasValue = (metric.flags & HasValue) != 0;
    detail.isInteger = (metric.flags & IsInteger) != 0;
    detail.hasSum = (metric.flags & HasSum) != 0;
    detail.hasMinimum = (metric.flags & HasMinimum) != 0;
    detail.hasMaximum = (metric.flags & HasMaximum) != 0;
    detail.start = {metric.start};
    detail.value = metric.value;
    detail.integer = metric.integer;
    if (rest.empty())
        return stored;
    ByteReader in(rest);
    detail.count = in.varint();
    detail.sum = in.number();
    detail.minimum = in.number();
    detail.maximum = in.number();
    detail.bucketCounts = readCounts(in);
    detail.explicitBounds.resize(in.count(8));
    for (double &bound : detail.explicitBounds)
        bound = in.number();
    detail.scale = static_cast<std::int32_t>(in.zigzag());
    detail.zeroCount = in.varint();
    detail.zeroThreshold = in.number();
    for (ExponentialBuckets *buckets : {&detail.positive, &detail.negative}) {
        buckets->offset = static_cast<std::int32_t>(in.zigzag());
        buckets->counts = readCounts(in);
    }
    detail.quantiles.resize(in.count(16));
    for (auto &[quantile, value] : detail.quantiles) {
        quantile = in.number();
        value = in.number();
    }
    stored.exemplars.resize(in.count(36));
    for (StoredExemplar &exemplar : stored.exemplars) {
        exemplar.time = {in.zigzag()};
        exemplar.isInteger = in.byte() != 0;
        exemplar.value = in.number();
        exemplar.integer = in.zigzag();
        readId(in, exemplar.trace.traceId.data(), exemplar.trace.traceId.size());
        readId(in, exemplar.trace.spanId.data(), exemplar.trace.spanId.size());
        auto attributes = decodeKeyValueList(in.sized());
        if (!attributes)
            throwDamaged("a stored exemplar has broken attributes");
        exemplar.attributes = std::move(*attributes);
    }
    return stored;
}

void appendMetrics(std::string &out, const SegmentRows &rows)
{
    if (rows.metrics.empty())
        return;
    std::vector<std::uint32_t> series, flags, sizes;
    std::vector<std::int64_t> starts, integers;
    std::vector<std::uint64_t> values;
    std::string rests;
    for (const RowMetric &metric : rows.metrics) {
        series.push_back(metric.series);
        flags.push_back(metric.flags);
        starts.push_back(metric.start);
        values.push_back(std::bit_cast<std::uint64_t>(metric.value));
        integers.push_back(metric.integer);
        const std::string_view rest = rows.strings.view(metric.rest);
        sizes.push_back(static_cast<std::uint32_t>(rest.size()));
        rests += rest;
    }
    std::string raw;
    appendNumberColumn(raw, std::span<const std::uint32_t>(series));
    appendNumberColumn(raw, std::span<const std::uint32_t>(flags));
    appendNumberColumn(raw, std::span<const std::int64_t>(starts), 0);
    appendDoubleColumn(raw, values);
    appendNumberColumn(raw, std::span<const std::int64_t>(integers));
    appendPacked(out, raw);
    raw.clear();
    appendNumberColumn(raw, std::span<const std::uint32_t>(sizes));
    raw += rests;
    appendPacked(out, raw);
}

void readMetrics(std::string_view blob, std::uint32_t count, std::vector<RowMetric> &metrics,
                 std::vector<std::string_view> &rests, std::string &buffer)
{
    metrics.assign(count, {});
    rests.assign(count, {});
    if (blob.empty())
        return;
    ByteReader blocks(blob);
    std::string numbersBuffer;
    ByteReader in(readPacked(blocks, numbersBuffer));
    std::vector<std::uint32_t> ids;
    std::vector<std::int64_t> numbers;
    readNumberColumn(in, count, ids);
    for (std::uint32_t i = 0; i < count; ++i)
        metrics[i].series = ids[i];
    readNumberColumn(in, count, ids);
    for (std::uint32_t i = 0; i < count; ++i)
        metrics[i].flags = ids[i];
    readNumberColumn(in, count, numbers);
    for (std::uint32_t i = 0; i < count; ++i)
        metrics[i].start = numbers[i];
    readDoubleColumn(in, count, numbers);
    for (std::uint32_t i = 0; i < count; ++i)
        metrics[i].value = std::bit_cast<double>(numbers[i]);
    readNumberColumn(in, count, numbers);
    for (std::uint32_t i = 0; i < count; ++i)
        metrics[i].integer = numbers[i];
    ByteReader texts(readPacked(blocks, buffer));
    readNumberColumn(texts, count, ids);
    for (std::uint32_t i = 0; i < count; ++i)
        rests[i] = texts.bytes(ids[i]);
}

} // namespace telltale
