// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/scanblock.h"

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

void ScanBlock::read(std::shared_ptr<const Segment> from, RecordColumns wanted,
                     std::span<const std::int64_t> dwells)
{
    segment = std::move(from);
    const auto wants = [wanted](RecordColumn column) {
        return (wanted & static_cast<unsigned>(column)) != 0;
    };
    views.times = view(SegmentColumn::Times, &Segment::times, wants(RecordColumn::Time), std::int64_t{0},
                       m_constants.time);
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
