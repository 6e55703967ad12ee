// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"
#include "models/telemetry/recordbatch.h"

#include <cstdint>
#include <string>
#include <vector>

namespace telltale {

/// An attribute whose value says the same as a column of its row: stored as a reference, costs nothing.
enum class Mirror : std::uint8_t {
    None = 0,
    Session = 1,    ///< text: the session's key
    User = 2,       ///< text: the user's key
    Feature = 3,    ///< text
    Screen = 4,     ///< text
    Name = 5,       ///< text
    DurationMs = 6, ///< Int: the duration in milliseconds
};

/// An attribute on its way into or out of a segment; text lives in SegmentRows::strings.
struct RowAttribute
{
    DictionaryId key = 0;
    AttributeType type = AttributeType::Null;
    Mirror mirror = Mirror::None;
    std::uint64_t bits = 0; ///< as Attribute::bits; 0 for mirrors
};

/// What a metric point has beside columns and attributes (metriccodec.h).
struct RowMetric
{
    std::uint32_t series = 0;
    std::uint32_t flags = 0;
    std::int64_t start = 0;
    double value = 0;
    std::int64_t integer = 0;
    StringId rest = kNoString; ///< histogram, summary, exemplars; none for plain numbers
};

/// Rows of one kind with cache-wide ids: what a segment is made of, while it is being written or merged.
struct SegmentRows
{
    RecordKind kind = RecordKind::Log;
    std::vector<std::int64_t> times, arrivals, durations;
    std::vector<std::uint32_t> names, features, screens, users, sessions, origins, severities;
    std::vector<std::uint32_t> attributeEnds; ///< row r has [attributeEnds[r-1], attributeEnds[r])
    std::vector<RowAttribute> attributes;
    std::vector<TraceContext> traces; ///< size() elements
    std::vector<SpanDetail> spans;    ///< kind Span: size() elements, else empty
    std::vector<RowMetric> metrics;   ///< kind MetricPoint: size() elements, else empty
    StringTable strings;

    std::uint32_t size() const { return static_cast<std::uint32_t>(times.size()); }
    void clear();
};

} // namespace telltale
