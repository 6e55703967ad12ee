// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/segmentrows.h"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// The encoding number new segments get. Readers know all up to it.
/// 1: a four-byte size for each column, then the number columns (numbercolumn.h) themselves; one checksum over all of it.
/// 2: the same with an eight-byte checksum of each column behind the sizes, of which the first has its highest bit set; what is
///    asked for most comes first, so that reading stops behind the last column that is wanted. The segment's row has a
///    checksum of what stands before the columns.
inline constexpr int kSegmentEncoding = 2;
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

/// Where each column lies in the blob, of any encoding. Throws Damaged.
using StoredColumns = std::array<std::string_view, static_cast<std::size_t>(SegmentColumn::Count)>;
StoredColumns splitColumns(std::string_view columns);

/// What stands before the columns in encoding 2.
inline constexpr std::size_t kColumnsHead = static_cast<std::size_t>(SegmentColumn::Count) * 12;
/// A piece of a blob.
struct BlobStretch
{
    std::size_t offset = 0, size = 0;
};
/// The pieces of a blob of encoding 2 that hold its head and these columns, in order. Columns in between come along where leaving
/// them out would not pay. Throws Damaged.
std::vector<BlobStretch> stretchesOf(std::string_view head, SegmentColumns wanted);
/// Where each column lies in such pieces, one behind the other: those that are not there are empty, which a column never is.
/// Throws Damaged.
StoredColumns splitStretches(std::string_view bytes, std::span<const BlobStretch> stretches);
/// Whether the columns that are there match the checksums in the head.
bool doColumnsMatch(std::string_view head, const StoredColumns &stored);

/// Throws Damaged.
void readTraces(std::string_view blob, RecordKind kind, std::uint32_t count,
                std::vector<TraceContext> &traces, std::vector<SpanDetail> &spans);

/// Appends all rows of an encoded segment, for merging. Throws Damaged.
void appendDecoded(SegmentRows &rows, const EncodedSegment &segment);

} // namespace telltale
