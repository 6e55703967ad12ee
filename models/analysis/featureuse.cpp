// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/featureuse.h"

#include "models/analysis/twoatonce.h"
#include "models/store/storedids.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace telltale {
namespace {

constexpr std::size_t kWorthAThread = std::size_t{128} << 10; ///< bytes of stored sets
constexpr std::size_t kWorthCountingBeside = std::size_t{2} << 20; ///< bytes of sets

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

bool FeatureUse::add(const RollupColumns &columns, std::span<const std::uint32_t> cells,
                     const std::vector<std::uint32_t> *kept)
{
    std::size_t bytes = 0;
    std::vector<std::uint32_t> placeOf; // of each cell
    placeOf.reserve(cells.size());
    for (const std::uint32_t cell : cells) {
        const auto subject = static_cast<std::uint32_t>(columns.subjects[cell]);
        of(subject).events += columns.count(RollupCount::Usage, cell);
        placeOf.push_back(m_places.placeOf(subject));
        bytes += columns.idsOf(RollupIds::Users, cell).size();
    }
    const auto unite = [&](std::size_t from, std::size_t to, bool &isFine) {
        std::vector<std::uint32_t> found;
        for (std::size_t i = from; i < to; ++i) {
            Feature &feature = m_features[placeOf[i]];
            isFine = feature.users.addStored(columns.idsOf(RollupIds::Users, cells[i])) && isFine;
            const std::string_view sessions = columns.idsOf(RollupIds::Sessions, cells[i]);
            if (!kept) {
                isFine = feature.sessions.addStored(sessions) && isFine;
                continue;
            }
            found.clear();
            const StoredIds seen = StoredIds::look(sessions, *kept, found);
            isFine = isFine && seen.isFine;
            feature.apart += seen.count - found.size();
            for (const std::uint32_t session : found)
                feature.sessions.add(session);
        }
    };
    // Cells are in order of subject: what is on both sides of the middle has one set only.
    std::size_t middle = cells.size() / 2;
    while (middle > 0 && middle < cells.size() && placeOf[middle] == placeOf[middle - 1])
        ++middle;
    bool isFirstFine = true, isSecondFine = true;
    twoAtOnce(
        bytes > kWorthAThread, [&] { unite(0, middle, isFirstFine); },
        [&] { unite(middle, cells.size(), isSecondFine); });
    return isFirstFine && isSecondFine;
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

namespace {

/// Coarser buckets have one part each, so that a session is in no two cells of one but those of two editions.
bool isWhole(RollupLevel level)
{
    return level >= RollupLevel::Day;
}

/// The sessions of a stretch of time, and which of them are in several of the buckets that cover it.
struct SessionsInBuckets
{
    IdUnion all;
    std::vector<std::uint32_t> inSeveral; ///< in no order, perhaps more than once
    std::set<std::pair<RollupLevel, std::int64_t>> whole; ///< buckets
    bool isFine = true;

    void add(const IdUnion &bucket)
    {
        const std::vector<std::uint32_t> again = bucket.common(all);
        inSeveral.insert(inSeveral.end(), again.begin(), again.end());
        all.add(bucket);
    }
};

Result<SessionsInBuckets> sessionsIn(Planner &planner, TimeRange range)
{
    SessionsInBuckets sessions;
    IdUnion inFine;
    const auto done = planner.runBuckets(
        RollupFamily::All, RollupSessions, range,
        [&](const RollupPart &part, std::span<const std::uint32_t> cells) {
            if (isWhole(part.level))
                sessions.whole.emplace(part.level, part.bucket);
            for (const std::uint32_t cell : cells) {
                IdUnion ofCell;
                IdUnion &ids = isWhole(part.level) ? ofCell : inFine;
                sessions.isFine =
                    ids.addStored(part.columns.idsOf(RollupIds::Sessions, cell)) && sessions.isFine;
                if (isWhole(part.level))
                    sessions.add(ofCell);
            }
        });
    if (!done)
        return tl::unexpected(done.error());
    sessions.add(inFine);
    return sessions;
}

} // namespace

Result<std::shared_ptr<const FeatureDays>> FeatureDays::read(Planner &planner, TimeRange days,
                                                             const IdUnion &others)
{
    auto sessions = sessionsIn(planner, days);
    if (!sessions)
        return tl::unexpected(sessions.error());
    auto read = std::make_shared<FeatureDays>();
    std::vector<std::uint32_t> &kept = read->m_kept;
    kept = others.common(sessions->all);
    kept.insert(kept.end(), sessions->inSeveral.begin(), sessions->inSeveral.end());
    std::sort(kept.begin(), kept.end());
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    bool isFine = sessions->isFine;
    const auto done = planner.runBuckets(
        RollupFamily::Feature, RollupUsers | RollupSessions, days,
        [&](const RollupPart &part, std::span<const std::uint32_t> cells) {
            const bool areApart = sessions->whole.contains({part.level, part.bucket});
            isFine = read->m_use.add(part.columns, cells, areApart ? &kept : nullptr) && isFine;
        });
    if (!done)
        return tl::unexpected(done.error());
    if (!isFine)
        return failure(Error::Code::Damaged, "a rollup's ids are no set");
    read->m_use.settle();
    read->m_sessions = std::move(sessions->all);
    read->m_sessions.settle();
    return std::shared_ptr<const FeatureDays>(std::move(read));
}

bool FeatureDays::keeps(const IdUnion &others) const
{
    const std::vector<std::uint32_t> wanted = others.common(m_sessions);
    return std::includes(m_kept.begin(), m_kept.end(), wanted.begin(), wanted.end());
}

std::size_t FeatureDays::bytes() const
{
    return sizeof *this + m_use.bytes() + m_sessions.bytes() + m_kept.capacity() * sizeof m_kept[0];
}

Result<std::optional<RolledFeatureUse>> RolledFeatureUse::read(Planner &planner, RollupMemory &memory,
                                                               TimeRange range)
{
    using Nothing = std::optional<RolledFeatureUse>;
    const auto failed = [](const Error &error) -> Result<Nothing> {
        return error.code == Error::Code::Damaged ? Result<Nothing>(Nothing()) : tl::unexpected(error);
    };
    constexpr RecordKind kKinds[] = {RecordKind::UsageEvent};
    const TimeRange days = wholeDays(range);
    const auto stamp = planner.stamp(days);
    if (!stamp)
        return tl::unexpected(stamp.error());
    RolledFeatureUse use;
    std::vector<TimeRange> known;
    if (*stamp)
        known.push_back(days);
    IdUnion sessions; // of what comes on top
    bool isFine = true;
    const std::vector<std::int64_t> edges = edgesAround(days, range);
    const auto done = planner.runParts(
        RollupFamily::Feature, RollupUsers | RollupSessions, kKinds, edges,
        [&](std::size_t, const RollupColumns &columns, std::span<const std::uint32_t> cells) {
            isFine = use.m_beside.add(columns, cells) && isFine;
        },
        [&](std::size_t, const RecordRow &row) {
            use.m_beside.add(row);
            if (row.session != 0)
                sessions.add(row.session);
        },
        false, known);
    if (!done)
        return failed(done.error());
    if (!isFine)
        return Nothing();
    if (!*stamp)
        return Nothing(std::move(use));

    IdUnion others; // sessions that may be in the days and elsewhere, or twice under two names
    planner.addAliased(others);
    others.add(sessions);
    for (const TimeRange &stretch : {TimeRange{range.from, days.from}, TimeRange{days.to, range.to}}) {
        const auto beside = sessionsIn(planner, stretch);
        if (!beside)
            return failed(beside.error());
        if (!beside->isFine)
            return Nothing();
        others.add(beside->all);
    }
    const RollupMemory::Key key{"features " + planner.editionsKey(), days.from.ns, days.to.ns};
    use.m_days = memory.find<FeatureDays>(key, **stamp);
    if (use.m_days && use.m_days->keeps(others))
        return Nothing(std::move(use));
    const auto read = FeatureDays::read(planner, days, others);
    if (!read)
        return failed(read.error());
    use.m_days = *read;
    memory.keep<FeatureDays>(key, **stamp, use.m_days, use.m_days->bytes());
    return Nothing(std::move(use));
}

std::vector<RolledFeatureUse::Row> RolledFeatureUse::rows(Planner &planner) const
{
    static const FeatureUse kNothing;
    const FeatureUse &inDays = m_days ? m_days->use() : kNothing;
    std::vector<Row> rows;
    for (const std::uint32_t id : inDays.ids())
        rows.push_back({id, inDays.find(id)->events});
    for (const std::uint32_t id : m_beside.ids()) {
        if (!inDays.find(id))
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
            const Feature *const a = inDays.find(row.feature);
            const Feature *const b = m_beside.find(row.feature);
            const IdUnion *const ofA = a ? &(a->*set) : nullptr;
            const IdUnion *const ofB = b ? &(b->*set) : nullptr;
            row.*into =
                isResolving ? countResolved(ofA, ofB, resolve) : countOfBoth(ofA, a ? a->*size : 0, ofB);
        }
    };
    twoAtOnce(
        (m_days ? m_days->bytes() : 0) + m_beside.bytes() > kWorthCountingBeside,
        [&] {
            count(&Feature::users, &Feature::userCount, &Row::users,
                  [&planner](IdUnion &users) { planner.resolveUsers(users); });
        },
        [&] {
            count(&Feature::sessions, &Feature::sessionCount, &Row::sessions,
                  [&planner](IdUnion &sessions) { planner.resolve(sessions); });
        });
    for (Row &row : rows) {
        if (const Feature *const a = inDays.find(row.feature))
            row.sessions += a->apart;
    }
    return rows;
}

} // namespace telltale
