// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/scanblock.h"

#include "models/telemetry/wideloop.h"

#include <bit>
#include <cstring>

namespace telltale {

template<typename T>
ColumnView<T> ScanBlock::view(SegmentColumn which, std::span<const T> (Segment::*column)() const,
                              bool isWanted, T none, T &constant) const
{
    constant = none;
    if (!isWanted)
        return {&constant, 0};
    if (const auto same = segment->constant(which)) {
        constant = static_cast<T>(*same);
        return {&constant, 0};
    }
    const std::span<const T> values = (segment.get()->*column)();
    if (values.size() != segment->count()) // a column that this kind does not have
        return {&constant, 0};
    return {values.data(), 0xffffffffU};
}

SegmentColumns ScanBlock::storedColumns(RecordColumns columns)
{
    static constexpr std::pair<RecordColumn, SegmentColumn> kSame[] = {
        {RecordColumn::Time, SegmentColumn::Times},
        {RecordColumn::Duration, SegmentColumn::Durations},
        {RecordColumn::Name, SegmentColumn::Names},
        {RecordColumn::Feature, SegmentColumn::Features},
        {RecordColumn::Screen, SegmentColumn::Screens},
        {RecordColumn::User, SegmentColumn::Users},
        {RecordColumn::Session, SegmentColumn::Sessions},
        {RecordColumn::Origin, SegmentColumn::Origins},
        {RecordColumn::Severity, SegmentColumn::Severities}};
    SegmentColumns stored = 0;
    for (const auto &[column, same] : kSame) {
        if (columns & static_cast<unsigned>(column))
            stored |= columnBit(same);
    }
    return stored;
}

namespace {

/// For every byte: the numbers of its bits that are set, first of all, and how many.
struct Places
{
    std::array<std::uint8_t, 8> at{};
    std::uint8_t count = 0;
};

constexpr std::array<Places, 256> makePlaces()
{
    std::array<Places, 256> all{};
    for (std::size_t bits = 0; bits < all.size(); ++bits) {
        for (std::uint8_t place = 0; place < 8; ++place) {
            if (bits >> place & 1)
                all[bits].at[all[bits].count++] = place;
        }
    }
    return all;
}

constexpr std::array<Places, 256> kPlaces = makePlaces();

/// Writes the numbers of all bytes that are 1, and up to eight more that mean nothing; returns how many there are. Eight bytes at
/// a time, without asking about each.
TELLTALE_WIDE_LOOP std::uint32_t numbersOf(const std::uint8_t *hits, std::uint32_t count, std::uint32_t *to)
{
    std::uint32_t matched = 0;
    std::uint32_t i = 0;
    static_assert(std::endian::native == std::endian::little);
    for (; i + 8 <= count; i += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, hits + i, sizeof eight);
        const Places &places = kPlaces[eight * 0x0102040810204080U >> 56]; // byte k becomes bit k
        for (std::uint32_t k = 0; k < 8; ++k)
            to[matched + k] = i + places.at[k];
        matched += places.count;
    }
    for (; i < count; ++i) {
        to[matched] = i;
        matched += hits[i];
    }
    return matched;
}

} // namespace

std::uint32_t ScanBlock::select(std::span<const std::uint8_t> hits)
{
    m_rows = std::make_unique_for_overwrite<std::uint32_t[]>(hits.size() + 8);
    m_rowCount = numbersOf(hits.data(), static_cast<std::uint32_t>(hits.size()), m_rows.get());
    return m_rowCount;
}

void ScanBlock::read(std::shared_ptr<const Segment> from, RecordColumns wanted,
                     std::span<const std::int64_t> dwells, std::int64_t timeOfAll)
{
    segment = std::move(from);
    const auto wants = [wanted](RecordColumn column) {
        return (wanted & static_cast<unsigned>(column)) != 0;
    };
    views.times =
        view(SegmentColumn::Times, &Segment::times, wants(RecordColumn::Time), timeOfAll, m_constants.time);
    if (dwells.empty())
        views.durations = view(SegmentColumn::Durations, &Segment::durations, wants(RecordColumn::Duration),
                               kNoDuration, m_constants.duration);
    else
        views.durations = {dwells.data(), 0xffffffffU};
    views.names = view(SegmentColumn::Names, &Segment::names, wants(RecordColumn::Name), DictionaryId{0},
                       m_constants.name);
    views.features = view(SegmentColumn::Features, &Segment::features, wants(RecordColumn::Feature),
                          DictionaryId{0}, m_constants.feature);
    views.screens = view(SegmentColumn::Screens, &Segment::screens, wants(RecordColumn::Screen),
                         DictionaryId{0}, m_constants.screen);
    views.users =
        view(SegmentColumn::Users, &Segment::users, wants(RecordColumn::User), UserId{0}, m_constants.user);
    views.sessions = view(SegmentColumn::Sessions, &Segment::sessions, wants(RecordColumn::Session),
                          SessionId{0}, m_constants.session);
    views.origins = view(SegmentColumn::Origins, &Segment::origins, wants(RecordColumn::Origin), OriginId{0},
                         m_constants.origin);
    views.severities = view(SegmentColumn::Severities, &Segment::severities, wants(RecordColumn::Severity),
                            std::uint8_t{0}, m_constants.severity);
    if (!canonical.empty())
        views.sessions = {canonical.data(), 0xffffffffU};
    if (!canonicalUsers.empty())
        views.users = {canonicalUsers.data(), 0xffffffffU};
}

} // namespace telltale
