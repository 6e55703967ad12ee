// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/segmentcodec.h"
#include "models/store/sqlite.h"

#include <array>
#include <functional>
#include <string>

namespace telltale {

/// The row of a segment beside its data: what its checksums are seeded with.
struct SegmentRow
{
    std::int64_t id = 0;
    RecordKind kind = RecordKind::Log;
    int encoding = kSegmentEncoding;
    std::uint32_t count = 0;
    std::int64_t first = 0, last = 0;
    std::int64_t sequence = 0;
    std::uint32_t firstSession = 0, lastSession = 0;
    std::int64_t columnsChecksum = 0, detailsChecksum = 0;
};

/// What a statement's row says from `kind` to `details_checksum`, in the order of the columns above.
SegmentRow segmentRowOf(std::int64_t id, const Statement &stored);

/// Checksums of the two parts that are read apart. Of columns: of all of them, or, since they have their own, of what stands
/// before them.
std::int64_t columnsChecksumOf(const SegmentRow &row, std::string_view columns);
/// Where the columns lie in the blob. Throws Damaged unless they are what was written.
StoredColumns checkedColumns(const SegmentRow &row, std::string_view columns);
/// The same of pieces of a blob of encoding 2, its head first of all. Throws Damaged also when not all that are wanted are
/// there.
StoredColumns checkedColumns(const SegmentRow &row, std::string_view bytes,
                             std::span<const BlobStretch> stretches, SegmentColumns wanted);
std::int64_t detailsChecksumOf(const SegmentRow &row, std::string_view traces, std::string_view metrics,
                               std::string_view attributes);

/// One segment, in one look-up. Throws Damaged, NotFound; needs no other table to be sound.
class SegmentLookup
{
public:
    explicit SegmentLookup(Database &database);
    SegmentRow read(std::int64_t id, EncodedSegment &segment);

private:
    Statement m_read;
};

/// Writes segments and merges small ones. Runs inside the caller's transaction.
class SegmentTable
{
public:
    explicit SegmentTable(Database &database);

    /// Returns the id.
    std::int64_t insert(const EncodedSegment &segment, std::int64_t sequence);
    /// Throws Damaged, NotFound.
    SegmentRow read(std::int64_t id, EncodedSegment &segment) { return m_lookup.read(id, segment); }
    /// Segments of newer commits than `sequence`, oldest commit first.
    void forEachSince(std::int64_t sequence, RecordKind kind,
                      const std::function<void(std::int64_t id)> &visit);

    /// True when enough small segments wait that merging them pays.
    bool needsMerge() const;
    /// Merges small segments that lie side by side in time, only those of commits up to `rolledSequence`: what is in
    /// the rollups and what is not must never share a segment. Damaged ones are marked and left; returns how many.
    std::uint64_t merge(std::int64_t rolledSequence);
    /// Row, data and sessions.
    void remove(std::int64_t id);
    /// After a rollback, and after remove().
    void forget();

private:
    static constexpr std::size_t kKinds = 8;
    static constexpr std::size_t kTiers = 2;

    void load();
    std::uint32_t *waiting(RecordKind kind, std::uint32_t count);
    std::uint64_t mergeTier(RecordKind kind, std::size_t tier, std::int64_t rolledSequence);

    Database &m_database;
    SegmentLookup m_lookup;
    Statement m_insertRow, m_insertData, m_insertSessions, m_since, m_small, m_removeRow,
        m_removeData, m_removeSessions, m_mark, m_largest, m_countSmall;
    std::array<std::array<std::uint32_t, kTiers>, kKinds> m_waiting{};
    std::int64_t m_next = 0;
};

} // namespace telltale
