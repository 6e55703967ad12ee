// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/segmentbuilder.h"

#include "models/store/metriccodec.h"

namespace telltale {
namespace {

std::uint64_t nextSerial()
{
    thread_local std::uint64_t serial = 0;
    return ++serial;
}

Mirror mirrorOf(const RecordBatch &batch, std::size_t row, const Attribute &attribute)
{
    if (attribute.type == AttributeType::String) {
        const StringId text = attribute.text();
        if (text == batch.sessions[row])
            return Mirror::Session;
        if (text == batch.users[row])
            return Mirror::User;
        if (text == batch.features[row])
            return Mirror::Feature;
        if (text == batch.screens[row])
            return Mirror::Screen;
        if (text == batch.names[row])
            return Mirror::Name;
    } else if (attribute.type == AttributeType::Int && batch.durations[row] > 0) {
        constexpr std::int64_t kMillisecond = 1'000'000;
        if (batch.durations[row] % kMillisecond == 0 &&
            batch.durations[row] / kMillisecond == attribute.integer())
            return Mirror::DurationMs;
    }
    return Mirror::None;
}

} // namespace

BatchIds::BatchIds(const RecordBatch &batch, Dictionary &strings, Dictionary &users, OriginWriter &origins)
    : m_batch(batch)
    , m_stringDictionary(strings)
    , m_userDictionary(users)
    , m_originWriter(origins)
    , m_serial(nextSerial())
    , m_strings(batch.strings.size() + 1U)
    , m_users(batch.strings.size() + 1U)
    , m_origins(batch.origins.size())
{}

std::uint32_t BatchIds::remembered(std::vector<std::uint32_t> &ids, StringId id, Dictionary &dictionary)
{
    if (ids[id] == 0)
        ids[id] = dictionary.idOf(m_batch.text(id));
    return ids[id];
}

OriginId BatchIds::origin(std::uint32_t index)
{
    if (index >= m_origins.size())
        return 0;
    if (m_origins[index] == 0)
        m_origins[index] = m_originWriter.idOf(m_batch, m_batch.origins[index]);
    return m_origins[index];
}

void SegmentBuilder::add(BatchIds &ids, std::size_t row, SessionId session, Instant arrival)
{
    const RecordBatch &batch = ids.batch();
    if (m_batch != ids.serial()) {
        m_batch = ids.serial();
        m_values.assign(batch.strings.size() + 1U, kNoString);
    }
    m_rows.times.push_back(batch.times[row].ns);
    m_rows.arrivals.push_back(arrival.ns);
    m_rows.durations.push_back(batch.durations[row]);
    m_rows.names.push_back(ids.string(batch.names[row]));
    m_rows.features.push_back(ids.string(batch.features[row]));
    m_rows.screens.push_back(ids.string(batch.screens[row]));
    m_rows.users.push_back(ids.user(batch.users[row]));
    m_rows.sessions.push_back(session);
    m_rows.origins.push_back(ids.origin(batch.origin[row]));
    m_rows.severities.push_back(batch.severities[row]);
    m_rows.traces.push_back(batch.trace[row] == kNoIndex ? TraceContext() : batch.traces[batch.trace[row]]);
    if (m_rows.kind == RecordKind::Span)
        m_rows.spans.push_back(batch.detail[row] == kNoIndex ? SpanDetail() : batch.spans[batch.detail[row]]);
    if (m_rows.kind == RecordKind::MetricPoint) {
        RowMetric metric;
        if (batch.detail[row] != kNoIndex) {
            metric = encodeMetric(batch.metrics[batch.detail[row]], batch, m_rest);
            metric.series = ids.originWriter().seriesOf(batch, row);
            metric.rest = m_rest.empty() ? kNoString : m_rows.strings.intern(m_rest);
        }
        m_rows.metrics.push_back(metric);
    }
    addAttributes(ids, row);
}

void SegmentBuilder::addAttributes(BatchIds &ids, std::size_t row)
{
    const RecordBatch &batch = ids.batch();
    for (const Attribute &attribute : batch.attributesOf(row)) {
        RowAttribute stored{ids.string(attribute.key), attribute.type, mirrorOf(batch, row, attribute), 0};
        if (stored.mirror == Mirror::None)
            stored.bits = attribute.refersToTable() ? value(batch, attribute.text()) : attribute.bits;
        m_rows.attributes.push_back(stored);
    }
    m_rows.attributeEnds.push_back(static_cast<std::uint32_t>(m_rows.attributes.size()));
}

StringId SegmentBuilder::value(const RecordBatch &batch, StringId id)
{
    StringId &known = m_values[id];
    if (known == kNoString)
        known = m_rows.strings.intern(batch.text(id));
    return known;
}

SegmentRows SegmentBuilder::take()
{
    SegmentRows rows;
    rows.kind = m_rows.kind;
    std::swap(rows, m_rows);
    m_batch = 0;
    return rows;
}

void SegmentBuilder::clear()
{
    m_rows.clear();
    m_batch = 0;
}

} // namespace telltale
