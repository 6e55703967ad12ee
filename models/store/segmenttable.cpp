// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/segmenttable.h"

#include "models/store/bytestream.h"
#include "models/store/compression.h"

#include <algorithm>

namespace telltale {
namespace {

// Segments with fewer rows than these wait to be merged with others of their tier. Two tiers, so that a trickle of
// single records does not rewrite the same few hundred rows again and again.
constexpr std::array<std::uint32_t, 2> kTierEnds = {64, 1024};
constexpr std::uint32_t kEnough = 16;
constexpr int kMostAtOnce = 64;
constexpr int kOwnChecksums = 2; ///< the first encoding whose columns have a checksum each

std::uint64_t seedOf(const SegmentRow &row)
{
    std::string bytes;
    ByteWriter writer(bytes);
    writer.varint(static_cast<std::uint64_t>(row.id));
    writer.byte(static_cast<std::uint8_t>(row.kind));
    writer.varint(static_cast<std::uint64_t>(row.encoding));
    writer.varint(row.count);
    writer.zigzag(row.first);
    writer.zigzag(row.last);
    writer.zigzag(row.sequence);
    writer.varint(row.firstSession);
    writer.varint(row.lastSession);
    return static_cast<std::uint64_t>(checksumOf(bytes, 0));
}

[[noreturn]] void throwWrongChecksum(const SegmentRow &row)
{
    throwDamaged("segment " + std::to_string(row.id) + " does not match its checksum");
}

} // namespace

SegmentRow segmentRowOf(std::int64_t id, const Statement &stored)
{
    SegmentRow row;
    row.id = id;
    row.kind = static_cast<RecordKind>(stored.integer(0));
    row.encoding = static_cast<int>(stored.integer(1));
    row.count = stored.id(2);
    row.first = stored.integer(3);
    row.last = stored.integer(4);
    row.sequence = stored.integer(5);
    row.firstSession = stored.id(6);
    row.lastSession = stored.id(7);
    row.columnsChecksum = stored.integer(8);
    row.detailsChecksum = stored.integer(9);
    return row;
}

std::int64_t columnsChecksumOf(const SegmentRow &row, std::string_view columns)
{
    const bool haveTheirOwn = row.encoding >= kOwnChecksums;
    return checksumOf(haveTheirOwn ? columns.substr(0, kColumnsHead) : columns, seedOf(row));
}

StoredColumns checkedColumns(const SegmentRow &row, std::string_view columns)
{
    const BlobStretch whole{0, columns.size()};
    if (row.encoding >= kOwnChecksums)
        return checkedColumns(row, columns, {&whole, 1}, kEveryColumn);
    if (columnsChecksumOf(row, columns) != row.columnsChecksum)
        throwWrongChecksum(row);
    return splitColumns(columns);
}

StoredColumns checkedColumns(const SegmentRow &row, std::string_view bytes,
                             std::span<const BlobStretch> stretches, SegmentColumns wanted)
{
    if (columnsChecksumOf(row, bytes) != row.columnsChecksum)
        throwWrongChecksum(row);
    const StoredColumns stored = splitStretches(bytes, stretches);
    bool isRight = doColumnsMatch(bytes, stored);
    for (std::size_t i = 0; i < stored.size(); ++i)
        isRight = isRight && !((wanted >> i & 1) != 0 && stored[i].empty());
    if (!isRight)
        throwWrongChecksum(row);
    return stored;
}

std::int64_t detailsChecksumOf(const SegmentRow &row, std::string_view traces, std::string_view metrics,
                               std::string_view attributes)
{
    std::uint64_t sum = seedOf(row) + traces.size();
    for (const std::string_view part : {traces, metrics, attributes})
        sum = static_cast<std::uint64_t>(checksumOf(part, sum));
    return static_cast<std::int64_t>(sum);
}

SegmentLookup::SegmentLookup(Database &database)
    : m_read(database, "SELECT kind, encoding, count, first, last, sequence, first_session, last_session,"
                       " columns_checksum, details_checksum, columns, traces, metrics, attributes"
                       " FROM segments JOIN segment_data USING (id) WHERE id = :id")
{}

SegmentRow SegmentLookup::read(std::int64_t id, EncodedSegment &segment)
{
    const StatementScope scope(m_read);
    m_read.bind(":id", id);
    if (!m_read.step())
        throw StoreFailure{Error{Error::Code::NotFound, "there is no such segment"}};
    const SegmentRow row = segmentRowOf(id, m_read);
    segment.kind = row.kind;
    segment.count = row.count;
    segment.columns = m_read.bytes(10);
    segment.traces = m_read.bytes(11);
    segment.metrics = m_read.bytes(12);
    segment.attributes = m_read.bytes(13);
    checkedColumns(row, segment.columns);
    if (row.detailsChecksum != detailsChecksumOf(row, segment.traces, segment.metrics, segment.attributes))
        throwWrongChecksum(row);
    return row;
}

SegmentTable::SegmentTable(Database &database)
    : m_database(database)
    , m_lookup(database)
    , m_insertRow(database, "INSERT INTO segments (id, kind, encoding, count, first, last, sequence, "
                            "first_session, last_session,"
                            " columns_checksum, details_checksum) VALUES (:id, :kind, :encoding, :count, "
                            ":first, :last, :sequence,"
                            " :first_session, :last_session, :columns_checksum, :details_checksum)")
    , m_insertData(database, "INSERT INTO segment_data (id, columns, traces, metrics, attributes)"
                             " VALUES (:id, :columns, :traces, :metrics, :attributes)")
    , m_insertSessions(database, "INSERT INTO segment_sessions (id, sessions) VALUES (:id, :sessions)")
    , m_since(database,
              "SELECT id FROM segments WHERE sequence > :sequence AND kind = :kind AND is_damaged = 0"
              " ORDER BY sequence, id")
    , m_small(database,
              "SELECT id FROM segments WHERE kind = :kind AND count >= :from AND count < :to AND count < 1024"
              " AND is_damaged = 0 AND sequence <= :rolled ORDER BY first, id LIMIT :limit")
    , m_removeRow(database, "DELETE FROM segments WHERE id = :id")
    , m_removeData(database, "DELETE FROM segment_data WHERE id = :id")
    , m_removeSessions(database, "DELETE FROM segment_sessions WHERE id = :id")
    , m_mark(database, "UPDATE segments SET is_damaged = 1 WHERE id = :id")
    , m_largest(database, "SELECT max(coalesce(max(id), 0), (SELECT last_segment FROM state)) FROM segments")
    , m_countSmall(database, "SELECT kind, count FROM segments WHERE count < 1024 AND is_damaged = 0")
{
    load();
}

void SegmentTable::load()
{
    for (auto &tiers : m_waiting)
        tiers.fill(0);
    {
        const StatementScope scope(m_countSmall);
        while (m_countSmall.step()) {
            if (auto *count = waiting(static_cast<RecordKind>(m_countSmall.integer(0)), m_countSmall.id(1)))
                ++*count;
        }
    }
    const StatementScope scope(m_largest);
    m_largest.step();
    m_next = m_largest.integer(0) + 1;
}

void SegmentTable::forget()
{
    load();
}

std::uint32_t *SegmentTable::waiting(RecordKind kind, std::uint32_t count)
{
    const auto index = static_cast<std::size_t>(kind);
    if (index >= kKinds)
        return nullptr;
    for (std::size_t tier = 0; tier < kTiers; ++tier) {
        if (count < kTierEnds[tier])
            return &m_waiting[index][tier];
    }
    return nullptr;
}

std::int64_t SegmentTable::insert(const EncodedSegment &segment, std::int64_t sequence)
{
    SegmentRow row;
    row.id = m_next++;
    row.kind = segment.kind;
    row.count = segment.count;
    row.first = segment.first;
    row.last = segment.last;
    row.sequence = sequence;
    row.firstSession = segment.firstSession;
    row.lastSession = segment.lastSession;
    m_insertRow.bind(":id", row.id)
        .bind(":kind", static_cast<int>(row.kind))
        .bind(":encoding", row.encoding)
        .bind(":count", row.count)
        .bind(":first", row.first)
        .bind(":last", row.last)
        .bind(":sequence", row.sequence)
        .bind(":first_session", row.firstSession)
        .bind(":last_session", row.lastSession)
        .bind(":columns_checksum", columnsChecksumOf(row, segment.columns))
        .bind(":details_checksum",
              detailsChecksumOf(row, segment.traces, segment.metrics, segment.attributes))
        .execute();
    m_insertData.bind(":id", row.id)
        .bindBlob(":columns", segment.columns)
        .bindBlob(":traces", segment.traces)
        .bindBlob(":metrics", segment.metrics)
        .bindBlob(":attributes", segment.attributes)
        .execute();
    if (!segment.sessions.empty())
        m_insertSessions.bind(":id", row.id).bindBlob(":sessions", segment.sessions).execute();
    if (auto *count = waiting(row.kind, row.count))
        ++*count;
    return row.id;
}

void SegmentTable::forEachSince(std::int64_t sequence, RecordKind kind,
                                const std::function<void(std::int64_t id)> &visit)
{
    std::vector<std::int64_t> ids;
    {
        const StatementScope scope(m_since);
        m_since.bind(":sequence", sequence).bind(":kind", static_cast<int>(kind));
        while (m_since.step())
            ids.push_back(m_since.integer(0));
    }
    for (const std::int64_t id : ids)
        visit(id);
}

bool SegmentTable::needsMerge() const
{
    return std::any_of(m_waiting.begin(), m_waiting.end(), [](const auto &tiers) {
        return std::any_of(tiers.begin(), tiers.end(), [](std::uint32_t count) { return count >= kEnough; });
    });
}

std::uint64_t SegmentTable::merge(std::int64_t rolledSequence)
{
    std::uint64_t damaged = 0;
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
        for (std::size_t tier = 0; tier < kTiers; ++tier) {
            if (m_waiting[kind][tier] >= kEnough)
                damaged += mergeTier(static_cast<RecordKind>(kind), tier, rolledSequence);
        }
    }
    return damaged;
}

std::uint64_t SegmentTable::mergeTier(RecordKind kind, std::size_t tier, std::int64_t rolledSequence)
{
    std::vector<std::int64_t> ids;
    {
        const StatementScope scope(m_small);
        m_small.bind(":kind", static_cast<int>(kind))
            .bind(":from", tier == 0 ? 0U : kTierEnds[tier - 1])
            .bind(":to", kTierEnds[tier])
            .bind(":rolled", rolledSequence)
            .bind(":limit", kMostAtOnce);
        while (m_small.step())
            ids.push_back(m_small.integer(0));
    }
    std::uint64_t damaged = 0;
    SegmentRows rows;
    rows.kind = kind;
    std::vector<std::int64_t> merged;
    std::int64_t sequence = 0;
    const auto finish = [&] {
        if (merged.size() > 1) {
            for (const std::int64_t id : merged)
                remove(id);
            // remove() counts down what insert() had counted: all were small.
            *waiting(kind, kTierEnds[tier] - 1) -= static_cast<std::uint32_t>(merged.size());
            insert(encodeSegment(rows), sequence);
        }
        rows.clear();
        merged.clear();
        sequence = 0;
    };
    for (const std::int64_t id : ids) {
        try {
            EncodedSegment segment;
            const SegmentRow row = read(id, segment);
            if (rows.size() > 0 && rows.size() + row.count > kSegmentRows)
                finish();
            appendDecoded(rows, segment);
            merged.push_back(id);
            sequence = std::max(sequence, row.sequence);
        } catch (const StoreFailure &problem) {
            if (problem.error.code != Error::Code::Damaged)
                throw;
            m_mark.bind(":id", id).execute();
            --*waiting(kind, kTierEnds[tier] - 1);
            ++damaged;
        }
    }
    finish();
    return damaged;
}

void SegmentTable::remove(std::int64_t id)
{
    m_removeRow.bind(":id", id).execute();
    m_removeData.bind(":id", id).execute();
    m_removeSessions.bind(":id", id).execute();
}

} // namespace telltale
