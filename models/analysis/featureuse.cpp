// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/featureuse.h"

#include "models/analysis/twoatonce.h"

#include <algorithm>

namespace telltale {
namespace {

constexpr std::size_t kWorthAThread = std::size_t{128} << 10; ///< bytes of stored sets

/// How many are in either, `ofA` of them in the first one.
std::uint64_t countOfBoth(const IdUnion *a, std::uint64_t ofA, const IdUnion *b)
{
    return (a ? ofA : 0) + (b ? b->count() : 0) - (a && b ? b->countCommon(*a) : 0);
}

template<typename Resolve>
std::uint64_t countResolved(const IdUnion *a, const IdUnion *b, Resolve &&resolve)
{
    IdUnion both;
    for (const IdUnion *each : {a, b}) {
        if (each)
            both.add(*each);
    }
    resolve(both);
    return both.count();
}

} // namespace

bool FeatureUse::add(const RollupColumns &columns, std::span<const std::uint32_t> cells)
{
    std::size_t bytes = 0;
    std::vector<std::uint32_t> placeOf; // of each cell
    for (const std::uint32_t cell : cells) {
        const auto subject = static_cast<std::uint32_t>(columns.subjects[cell]);
        of(subject).events += columns.count(RollupCount::Usage, cell);
        placeOf.push_back(m_places.placeOf(subject));
        bytes += columns.idsOf(RollupIds::Users, cell).size();
    }
    const auto unite = [&](RollupIds which, IdUnion Feature::*set, bool &isUnited) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            isUnited = (m_features[placeOf[i]].*set).addStored(columns.idsOf(which, cells[i])) && isUnited;
    };
    bool areUsersFine = true, areSessionsFine = true;
    twoAtOnce(
        bytes > kWorthAThread, [&] { unite(RollupIds::Users, &Feature::users, areUsersFine); },
        [&] { unite(RollupIds::Sessions, &Feature::sessions, areSessionsFine); });
    return areUsersFine && areSessionsFine;
}

void FeatureUse::settle()
{
    for (Feature &feature : m_features) {
        feature.users.settle();
        feature.sessions.settle();
        feature.userCount = feature.users.count();
        feature.sessionCount = feature.sessions.count();
    }
}

std::size_t FeatureUse::bytes() const
{
    std::size_t bytes = sizeof *this;
    for (const Feature &feature : m_features)
        bytes += sizeof feature + feature.users.bytes() + feature.sessions.bytes();
    return bytes;
}

Result<std::optional<RolledFeatureUse>> RolledFeatureUse::read(Planner &planner, RollupMemory &memory,
                                                               TimeRange range)
{
    constexpr RecordKind kKinds[] = {RecordKind::UsageEvent};
    const TimeRange days = wholeDays(range);
    const auto stamp = planner.stamp(days);
    if (!stamp)
        return tl::unexpected(stamp.error());
    const RollupMemory::Key key{"features " + planner.editionsKey(), days.from.ns, days.to.ns};
    RolledFeatureUse use;
    use.m_inDays = *stamp ? memory.find<FeatureUse>(key, **stamp) : nullptr;
    auto rolled = std::make_shared<FeatureUse>(); // of the days, when that is not remembered
    std::vector<TimeRange> known;
    if (use.m_inDays)
        known.push_back(days);
    const std::vector<std::int64_t> edges = edgesAround(days, range);
    bool isFine = true;
    const auto done = planner.runParts(
        RollupFamily::Feature, RollupUsers | RollupSessions, kKinds, edges,
        [&](std::size_t stretch, const RollupColumns &columns, std::span<const std::uint32_t> cells) {
            FeatureUse &to = days.contains({edges[stretch]}) ? *rolled : use.m_beside;
            isFine = to.add(columns, cells) && isFine;
        },
        [&](std::size_t, const RecordRow &row) { use.m_beside.add(row); }, false, known);
    if (!done && done.error().code != Error::Code::Damaged)
        return tl::unexpected(done.error());
    if (!done || !isFine)
        return std::optional<RolledFeatureUse>();
    if (!use.m_inDays) {
        rolled->settle();
        use.m_inDays = rolled;
        if (*stamp)
            memory.keep<FeatureUse>(key, **stamp, use.m_inDays, use.m_inDays->bytes());
    }
    return std::optional(std::move(use));
}

std::vector<RolledFeatureUse::Row> RolledFeatureUse::rows(Planner &planner) const
{
    std::vector<Row> rows;
    for (const std::uint32_t id : m_inDays->ids())
        rows.push_back({id, m_inDays->find(id)->events});
    for (const std::uint32_t id : m_beside.ids()) {
        if (!m_inDays->find(id))
            rows.push_back({id});
    }
    for (Row &row : rows) {
        if (const auto *beside = m_beside.find(row.feature))
            row.events += beside->events;
    }
    const bool isResolving = planner.isResolving(); // loads what both threads read
    using Feature = FeatureUse::Feature;
    const auto count = [&](IdUnion Feature::*set, std::uint64_t Feature::*size, std::uint64_t Row::*into,
                           const auto &resolve) {
        for (Row &row : rows) {
            const Feature *const a = m_inDays->find(row.feature);
            const Feature *const b = m_beside.find(row.feature);
            const IdUnion *const ofA = a ? &(a->*set) : nullptr;
            const IdUnion *const ofB = b ? &(b->*set) : nullptr;
            row.*into =
                isResolving ? countResolved(ofA, ofB, resolve) : countOfBoth(ofA, a ? a->*size : 0, ofB);
        }
    };
    twoAtOnce(
        true,
        [&] {
            count(&Feature::users, &Feature::userCount, &Row::users,
                  [&planner](IdUnion &users) { planner.resolveUsers(users); });
        },
        [&] {
            count(&Feature::sessions, &Feature::sessionCount, &Row::sessions,
                  [&planner](IdUnion &sessions) { planner.resolve(sessions); });
        });
    return rows;
}

} // namespace telltale
