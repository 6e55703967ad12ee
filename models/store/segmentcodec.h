// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/segmentrows.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// The encoding number new segments get. Readers know all up to it.
inline constexpr int kSegmentEncoding = 1;
/// A full segment.
inline constexpr std::uint32_t kSegmentRows = 4096;

/// A segment as it lies in the file.
struct EncodedSegment
{
    RecordKind kind = RecordKind::Log;
    std::uint32_t count = 0;
    std::int64_t first = 0, last = 0;
    std::uint32_t firstSession = 0, lastSession = 0;
    std::string columns;
    /// Number columns: flags (1 trace id, 2 span id, 4 parent), trace number of rows that have one; distinct trace
    /// ids; span ids; parent ids; of spans a number column kind | status << 4. Empty when there is nothing.
    std::string traces;
    std::string metrics;
    std::string attributes;
    std::string sessions; ///< distinct session ids, an IdSet; empty when none
};

EncodedSegment encodeSegment(const SegmentRows &rows);

/// Where each column lies in the blob. Throws Damaged.
std::array<std::string_view, static_cast<std::size_t>(SegmentColumn::Count)>
splitColumns(std::string_view columns);

/// Throws Damaged.
void readTraces(std::string_view blob, RecordKind kind, std::uint32_t count,
                std::vector<TraceContext> &traces, std::vector<SpanDetail> &spans);

/// Appends all rows of an encoded segment, for merging. Throws Damaged.
void appendDecoded(SegmentRows &rows, const EncodedSegment &segment);

} // namespace telltale
