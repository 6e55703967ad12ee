// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/attributecolumns.h"
#include "models/store/bufferpool.h"
#include "models/store/readertexts.h"
#include "models/store/segmentcodec.h"

#include <array>
#include <memory>
#include <mutex>
#include <optional>

namespace telltale {

/// A segment in memory: the bytes as stored, checked, and what was decoded of them so far. Safe from any thread.
class StoredSegment final : public Segment
{
public:
    /// The bytes of columns, `size` of them in pieces of their blob, and where each lies in there; one that was not read is
    /// empty.
    struct Columns
    {
        BufferPool::Buffer buffer;
        std::size_t size = 0;
        std::vector<BlobStretch> stretches;
        StoredColumns stored;
        std::string_view bytes() const { return {buffer.data(), size}; }
    };
    /// `encoded` has no columns, and nothing else either when `hasDetails` is false. What is decoded comes from `pool`.
    StoredSegment(SegmentInfo info, Columns columns, EncodedSegment encoded, bool hasDetails,
                  std::shared_ptr<BufferPool> pool, std::shared_ptr<ReaderTexts> texts,
                  std::shared_ptr<const std::vector<StoredSeries>> series);

    const SegmentInfo &info() const override { return m_info; }
    std::span<const std::int64_t> times() const override { return wide(SegmentColumn::Times, m_times); }
    std::span<const std::int64_t> arrivals() const override
    {
        return wide(SegmentColumn::Arrivals, m_arrivals);
    }
    std::span<const std::int64_t> durations() const override
    {
        return wide(SegmentColumn::Durations, m_durations);
    }
    std::span<const DictionaryId> names() const override { return wide(SegmentColumn::Names, m_names); }
    std::span<const DictionaryId> features() const override
    {
        return wide(SegmentColumn::Features, m_features);
    }
    std::span<const DictionaryId> screens() const override { return wide(SegmentColumn::Screens, m_screens); }
    std::span<const UserId> users() const override { return wide(SegmentColumn::Users, m_users); }
    std::span<const SessionId> sessions() const override { return wide(SegmentColumn::Sessions, m_sessions); }
    std::span<const OriginId> origins() const override { return wide(SegmentColumn::Origins, m_origins); }
    std::span<const std::uint8_t> severities() const override
    {
        return wide(SegmentColumn::Severities, m_severities);
    }

    TraceContext trace(std::uint32_t row) const override;
    SpanDetail span(std::uint32_t row) const override;
    StoredMetric metric(std::uint32_t row) const override;
    Value::Map attributes(std::uint32_t row) const override;
    void
    forEachAttribute(std::string_view key,
                     const std::function<void(std::uint32_t row, const Value &value)> &visit) const override;

    std::optional<std::int64_t> constant(SegmentColumn which) const override;
    bool asBytes(SegmentColumn which, ByteColumn &column) const override;
    void markAttribute(std::string_view key, AttributeTest &test,
                       std::span<std::uint8_t> hits) const override;
    void markTexts(AttributeTest &test, std::span<std::uint8_t> hits) const override;

    bool hasDetails() const { return m_hasDetails; }
    bool hasColumns(SegmentColumns wanted) const;
    /// About how much memory it takes when everything is decoded.
    std::size_t memoryBytes() const;

private:
    template<typename T>
    struct Column
    {
        mutable std::once_flag once;
        mutable BufferPool::Buffer values;
    };
    template<typename T>
    std::span<const T> wide(SegmentColumn which, const Column<T> &column) const;
    const AttributeColumns *attributeColumns() const;
    void decodeTraces() const;
    Value mirrored(Mirror mirror, std::uint32_t row) const;
    Value valueOf(const AttributeColumns &columns, std::uint32_t column, std::uint32_t index) const;
    std::vector<std::uint8_t> testValues(const AttributeColumns &columns, std::uint32_t column,
                                         AttributeTest &test, std::span<const std::uint32_t> rows) const;
    std::vector<std::uint8_t> testMirror(Mirror mirror, AttributeTest &test,
                                         std::span<const std::uint32_t> rows) const;
    void mark(const AttributeColumns &columns, std::span<const std::uint8_t> isWanted, AttributeTest &test,
              std::span<std::uint8_t> hits) const;

    SegmentInfo m_info;
    Columns m_columns;
    EncodedSegment m_encoded;
    bool m_hasDetails;
    std::shared_ptr<BufferPool> m_pool;
    std::shared_ptr<ReaderTexts> m_texts;
    std::shared_ptr<const std::vector<StoredSeries>> m_series;
    Column<std::int64_t> m_times, m_arrivals, m_durations;
    Column<std::uint32_t> m_names, m_features, m_screens, m_users, m_sessions, m_origins;
    Column<std::uint8_t> m_severities;
    mutable std::once_flag m_attributesOnce, m_tracesOnce, m_metricsOnce;
    mutable std::optional<AttributeColumns> m_attributes;
    mutable std::vector<TraceContext> m_traces;
    mutable std::vector<SpanDetail> m_spans;
    mutable std::vector<RowMetric> m_metrics;
    mutable std::vector<std::string_view> m_metricRests;
    mutable std::string m_metricBuffer;
};

} // namespace telltale
