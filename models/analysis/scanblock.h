// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/recordrow.h"
#include "models/telemetry/result.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace telltale {

/// What a question reads of a record, beside its kind and where it is.
enum class RecordColumn : unsigned {
    Time = 1,
    Duration = 2,
    Name = 4,
    Feature = 8,
    Screen = 16,
    User = 32,
    Session = 64,
    Origin = 128,
    Severity = 256,
};
using RecordColumns = unsigned; ///< a sum of them
inline constexpr RecordColumns kAllColumns = 511;

/// A column to read from: many values, or one that all rows share.
template<typename T>
struct ColumnView
{
    const T *values = nullptr;
    std::uint32_t mask = 0; ///< 0: one value, all ones: one a row
    T operator[](std::uint32_t row) const { return values[row & mask]; }
    /// All rows have the same.
    bool isOne() const { return mask == 0; }
};

/// One segment made ready for a question: its columns as far as they are wanted, and which rows matched. Made by any thread,
/// read by one. Stays where it is: views point into it.
class ScanBlock
{
public:
    ScanBlock() = default;
    ScanBlock(const ScanBlock &) = delete;
    ScanBlock &operator=(const ScanBlock &) = delete;

    /// What of a segment tells these.
    static SegmentColumns storedColumns(RecordColumns columns);
    /// Takes the columns that are wanted from the segment; the others say "none", and times, when they are not wanted,
    /// `timeOfAll`.
    void read(std::shared_ptr<const Segment> from, RecordColumns wanted, std::span<const std::int64_t> dwells,
              std::int64_t timeOfAll = 0);

    /// Takes the rows whose byte is 1 (the others are 0); returns how many.
    std::uint32_t select(std::span<const std::uint8_t> hits);

    /// Calls `visit(std::uint32_t row)` for the rows that matched, in their order: for who reads `views` itself.
    template<typename Visit>
    void forEachRow(Visit &&visit) const
    {
        if (isWhole) {
            const std::uint32_t count = segment->count();
            for (std::uint32_t row = 0; row < count; ++row)
                visit(row);
        } else {
            for (const std::uint32_t row : std::span(m_rows.get(), m_rowCount))
                visit(row);
        }
    }
    /// Calls `visit(const RecordRow &)` for the rows that matched, in their order.
    template<typename Visit>
    void forEach(Visit &&visit) const
    {
        RecordRow row;
        row.kind = segment->info().kind;
        row.segment = segment.get();
        const bool areBounds = row.kind == RecordKind::SessionBound;
        const Views columns = views;
        const std::uint32_t *const selected = isWhole ? nullptr : m_rows.get();
        const std::uint32_t count = isWhole ? segment->count() : m_rowCount;
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t at = selected ? selected[i] : i;
            row.index = at;
            row.time = columns.times[at];
            row.duration = columns.durations[at];
            row.name = columns.names[at];
            row.feature = columns.features[at];
            row.screen = columns.screens[at];
            row.user = columns.users[at];
            row.session = columns.sessions[at];
            row.origin = columns.origins[at];
            row.severity = columns.severities[at];
            row.isUnhandled = areBounds && row.severity >= kCrashSeverity;
            visit(static_cast<const RecordRow &>(row));
        }
    }

    struct Views
    {
        ColumnView<std::int64_t> times, durations;
        ColumnView<std::uint32_t> names, features, screens, users, sessions, origins;
        ColumnView<std::uint8_t> severities;
    };

    std::shared_ptr<const Segment> segment; ///< none: nothing matched, or the segment is damaged
    Views views;
    bool isWhole = false;             ///< every row matched; else those that select() took
    std::vector<SessionId> canonical; ///< of every row, when sessions had to be resolved
    std::vector<UserId> canonicalUsers; ///< of every row, when users had to be resolved
    std::uint32_t damagedRecords = 0; ///< that could not be read
    std::optional<Error> problem;

private:
    template<typename T>
    ColumnView<T> view(SegmentColumn which, std::span<const T> (Segment::*column)() const, bool isWanted,
                       T none, T &constant) const;

    struct Constants
    {
        std::int64_t time = 0, duration = kNoDuration;
        std::uint32_t name = 0, feature = 0, screen = 0, user = 0, session = 0, origin = 0;
        std::uint8_t severity = 0;
    } m_constants;
    std::unique_ptr<std::uint32_t[]> m_rows;
    std::uint32_t m_rowCount = 0;
};

} // namespace telltale
