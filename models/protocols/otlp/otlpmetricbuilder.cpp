// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/otlprecordbuilder.h"

#include <algorithm>
#include <limits>

// The half of RecordBuilder that makes metric points.
namespace telltale::otlp {
namespace {

constexpr std::uint32_t kNoRecordedValue = 1; // bit 0 of DataPointFlags

bool hasSoundBuckets(const MetricDetail &detail)
{
    // One bucket more than bounds; no bucket at all is allowed, too: then there are only count and sum.
    if (detail.bucketCounts.empty())
        return detail.explicitBounds.empty();
    if (detail.bucketCounts.size() != detail.explicitBounds.size() + 1)
        return false;
    const auto isNotBelow = [](double a, double b) { return !(a < b); };
    return std::adjacent_find(detail.explicitBounds.begin(), detail.explicitBounds.end(), isNotBelow) ==
           detail.explicitBounds.end();
}

bool hasSoundBuckets(const ExponentialBuckets &buckets)
{
    const auto last =
        static_cast<std::int64_t>(buckets.offset) + static_cast<std::int64_t>(buckets.counts.size());
    return last < std::numeric_limits<std::int32_t>::max();
}

} // namespace

void RecordBuilder::addExemplar(const RawExemplar &raw)
{
    charge(1 + m_exemplar.list.size());
    Exemplar exemplar;
    exemplar.time = clamped(raw.time);
    exemplar.isInteger = raw.isInteger;
    exemplar.integer = raw.integer;
    exemplar.value = raw.isInteger ? static_cast<double>(raw.integer) : raw.value;
    const bool hasTraceId = readId(raw.traceId, exemplar.trace.traceId);
    const bool hasSpanId = readId(raw.spanId, exemplar.trace.spanId);
    if ((!raw.traceId.empty() && !hasTraceId) || (!raw.spanId.empty() && !hasSpanId))
        counters().add("otlp.trace_id.invalid");
    exemplar.attributes = store(m_exemplar.list);
    m_exemplars.push_back(exemplar);
}

void RecordBuilder::addPoint(const RawMetric &metric, RawPoint &&point)
{
    charge(kRecordCharge);
    Record record;
    record.kind = RecordKind::MetricPoint;
    record.name = metric.name;
    resolveTime(record, point.time, 0);
    resolveWho(record);
    record.screen = firstText(m_record, rules::kPlace);

    MetricDetail &detail = point.detail;
    detail.kind = metric.kind;
    detail.temporality = metric.temporality;
    detail.isMonotonic = metric.isMonotonic;
    detail.unit = metric.unit;
    detail.description = metric.description;
    detail.start = clamped(point.start);
    if (detail.isInteger)
        detail.value = static_cast<double>(detail.integer);
    if ((point.flags & kNoRecordedValue) != 0)
        detail.hasValue = false;
    if (!hasSoundBuckets(detail) || !hasSoundBuckets(detail.positive) || !hasSoundBuckets(detail.negative)) {
        counters().add("otlp.metric.invalid_buckets");
        detail.bucketCounts.clear();
        detail.explicitBounds.clear();
        detail.positive = {};
        detail.negative = {};
    }
    detail.exemplars = std::move(m_exemplars);
    m_exemplars.clear();
    record.detail = static_cast<std::uint32_t>(m_batch.metrics.size());
    m_batch.metrics.push_back(std::move(detail));

    if ((point.flags & ~kNoRecordedValue) != 0)
        addField(m_record, fieldkey::kFlags, Attribute::of(kNoString, std::int64_t{point.flags}));
    if (metric.metadata.type == AttributeType::Structured)
        addField(m_record, fieldkey::kMetadata, metric.metadata);
    record.attributes = store(m_record.list);
    m_batch.append(record);
}

void RecordBuilder::addMetricWithoutData()
{
    counters().add("otlp.metric.no_data");
}

} // namespace telltale::otlp
