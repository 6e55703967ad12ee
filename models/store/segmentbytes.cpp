// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/segmentbytes.h"

#include "models/store/cachefile.h"
#include "models/store/readahead.h"

#include <algorithm>

namespace telltale {
namespace {

constexpr std::int64_t kMostRowsKnown = 50'000; ///< some megabytes

std::size_t placeOf(std::int64_t id)
{
    return static_cast<std::size_t>(std::clamp<std::int64_t>(id, 0, kMostRowsKnown));
}

} // namespace

std::optional<SegmentRow> KnownSegmentRows::find(std::int64_t id) const
{
    const std::size_t place = placeOf(id);
    const std::lock_guard lock(m_mutex);
    if (place < m_rows.size() && m_rows[place].id == id)
        return m_rows[place];
    return std::nullopt;
}

void KnownSegmentRows::keep(const SegmentRow &row)
{
    const std::size_t place = placeOf(row.id);
    if (place >= kMostRowsKnown)
        return;
    const std::lock_guard lock(m_mutex);
    if (place >= m_rows.size())
        m_rows.resize(std::min<std::size_t>(place + place / 2 + 64, kMostRowsKnown));
    m_rows[place] = row;
}

void KnownSegmentRows::clear()
{
    const std::lock_guard lock(m_mutex);
    m_rows.clear();
}

SegmentBytes::SegmentBytes(std::shared_ptr<Database> database, std::shared_ptr<BufferPool> pool,
                           std::shared_ptr<KnownSegmentRows> known)
    : m_database(std::move(database))
    , m_pool(std::move(pool))
    , m_known(std::move(known))
    , m_row(*m_database, "SELECT kind, encoding, count, first, last, sequence, first_session, last_session,"
                         " columns_checksum, details_checksum FROM segments WHERE id = :id")
    , m_columns(*m_database, "segment_data", "columns")
    , m_details(*m_database, "SELECT traces, metrics, attributes FROM segment_data WHERE id = :id")
{}

SegmentBytes::Raw SegmentBytes::read(std::int64_t id, bool withDetails, SegmentColumns wanted, bool staysOpen)
{
    Raw raw;
    raw.row = rowOf(id);
    std::size_t size = 0;
    try {
        size = m_columns.open(id);
    } catch (const StoreFailure &) {
        m_known->clear();
        rowOf(id); // is it only its data that is gone?
        throw;
    }
    readColumns(raw.row, size, wanted, raw.columns);
    if (!staysOpen)
        m_columns.close();
    if (withDetails)
        readDetails(raw.row, raw.encoded);
    return raw;
}

SegmentRow SegmentBytes::rowOf(std::int64_t id)
{
    if (const auto known = m_known->find(id))
        return *known;
    const StatementScope scope(m_row);
    m_row.bind(":id", id);
    if (!m_row.step())
        throw StoreFailure{Error{Error::Code::NotFound, "there is no such segment any more"}};
    const SegmentRow row = segmentRowOf(id, m_row);
    m_known->keep(row);
    return row;
}

/// What is needed of the blob that is open, `size` bytes long.
void SegmentBytes::readColumns(const SegmentRow &row, std::size_t size, SegmentColumns wanted,
                               StoredSegment::Columns &columns)
{
    if (wanted == kEveryColumn || row.encoding < 2 || size < kColumnsHead) {
        columns.stretches = {{0, size}};
    } else {
        std::array<char, kColumnsHead> head;
        m_columns.read(head.data(), 0, head.size());
        columns.stretches = stretchesOf({head.data(), head.size()}, wanted);
    }
    for (const BlobStretch &stretch : columns.stretches) {
        if (stretch.offset + stretch.size > size)
            throwDamaged("segment " + std::to_string(row.id) + " says that it is longer than it is");
        columns.size += stretch.size;
    }
    columns.buffer = m_pool->take(columns.size);
    char *to = columns.buffer.data();
    for (const BlobStretch &stretch : columns.stretches) {
        m_columns.read(to, stretch.offset, stretch.size);
        to += stretch.size;
    }
}

void SegmentBytes::readDetails(const SegmentRow &row, EncodedSegment &encoded)
{
    const ReadAheadScope ahead(m_database->handle(), ReadAhead::kNoEnd);
    const StatementScope scope(m_details);
    m_details.bind(":id", row.id);
    if (!m_details.step())
        throwDamaged("segment " + std::to_string(row.id) + " has lost its data");
    encoded.traces = m_details.bytes(0);
    encoded.metrics = m_details.bytes(1);
    encoded.attributes = m_details.bytes(2);
}

SegmentLanes::SegmentLanes(std::filesystem::path cache, std::shared_ptr<BufferPool> pool,
                           std::shared_ptr<KnownSegmentRows> known)
    : m_cache(std::move(cache))
    , m_pool(std::move(pool))
    , m_known(std::move(known))
{}

SegmentLanes::Lane SegmentLanes::take()
{
    for (Slot &slot : m_slots) {
        Lane lane;
        lane.m_lock = std::unique_lock(slot.mutex, std::try_to_lock);
        if (!lane.m_lock.owns_lock())
            continue;
        if (!slot.bytes && !slot.isHopeless)
            open(slot);
        lane.m_bytes = slot.bytes.get();
        return lane;
    }
    return {};
}

void SegmentLanes::open(Slot &slot)
{
    try {
        auto database = std::make_shared<Database>(m_cache, Database::Mode::ReadOnly);
        configureReader(*database, kLanePages);
        slot.bytes = std::make_unique<SegmentBytes>(std::move(database), m_pool, m_known);
    } catch (const StoreFailure &) {
        slot.isHopeless = true; // the reader's own connection has to do
    }
}

void SegmentLanes::close()
{
    for (Slot &slot : m_slots) {
        const std::lock_guard lock(slot.mutex);
        if (slot.bytes)
            slot.bytes->close();
    }
}

} // namespace telltale
