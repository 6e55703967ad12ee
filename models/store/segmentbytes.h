// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/segmenttable.h"
#include "models/store/storedsegment.h"

#include <array>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace telltale {

/// Rows of segments that were asked for before: they never change, and ids are not given again, so who scans twice need not
/// ask twice. Safe from any thread.
class KnownSegmentRows
{
public:
    std::optional<SegmentRow> find(std::int64_t id) const;
    void keep(const SegmentRow &row);
    void clear();

private:
    mutable std::mutex m_mutex;
    std::vector<SegmentRow> m_rows; ///< by id
};

/// The bytes of segments as they lie in the file, read through one connection. One thread at a time.
class SegmentBytes
{
public:
    /// Not checked yet.
    struct Raw
    {
        SegmentRow row;
        StoredSegment::Columns columns;
        EncodedSegment encoded; ///< details, if they were asked for
    };
    SegmentBytes(std::shared_ptr<Database> database, std::shared_ptr<BufferPool> pool,
                 std::shared_ptr<KnownSegmentRows> known);

    /// Throws NotFound, Damaged, Io. Keeps the connection's read transaction until close() when it `staysOpen`, which makes
    /// the next one cheaper.
    Raw read(std::int64_t id, bool withDetails, SegmentColumns wanted, bool staysOpen);
    void close() { m_columns.close(); }

private:
    SegmentRow rowOf(std::int64_t id);
    void readColumns(const SegmentRow &row, std::size_t size, SegmentColumns wanted,
                     StoredSegment::Columns &columns);
    void readDetails(const SegmentRow &row, EncodedSegment &encoded);

    std::shared_ptr<Database> m_database;
    std::shared_ptr<BufferPool> m_pool;
    std::shared_ptr<KnownSegmentRows> m_known;
    Statement m_row;
    BlobColumn m_columns;
    Statement m_details;
};

/// Connections beside a reader's own one, for threads that would wait for it otherwise. Each is opened when it is first needed.
/// They may see a later commit than the reader does: a segment that they have is the same, one that they do not have may have been
/// merged or removed since, and is still there for the reader. Safe from any thread.
class SegmentLanes
{
public:
    static constexpr std::size_t kMost = 3;

    SegmentLanes(std::filesystem::path cache, std::shared_ptr<BufferPool> pool,
                 std::shared_ptr<KnownSegmentRows> known);

    /// One that nobody else has as long as this lives; false: there is none.
    class Lane
    {
    public:
        explicit operator bool() const { return m_bytes != nullptr; }
        SegmentBytes *operator->() const { return m_bytes; }

    private:
        friend class SegmentLanes;
        std::unique_lock<std::mutex> m_lock;
        SegmentBytes *m_bytes = nullptr;
    };
    Lane take();
    /// Ends what they read: nothing of the log is held any more.
    void close();

private:
    struct Slot
    {
        std::mutex mutex; ///< of who has it
        std::unique_ptr<SegmentBytes> bytes;
        bool isHopeless = false; ///< could not be opened
    };
    void open(Slot &slot);

    const std::filesystem::path m_cache;
    const std::shared_ptr<BufferPool> m_pool;
    const std::shared_ptr<KnownSegmentRows> m_known;
    std::array<Slot, kMost> m_slots;
};

} // namespace telltale
