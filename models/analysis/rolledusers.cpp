// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/rolledusers.h"

#include "models/analysis/distinct.h"
#include "models/analysis/twoatonce.h"

#include <algorithm>

namespace telltale {
namespace {

constexpr std::uint64_t kDayNs = 86'400 * std::uint64_t{kRollupSecond};
constexpr std::size_t kWorthAThread = std::size_t{192} << 10; ///< bytes of stored sets
constexpr std::size_t kSetsWorthAThread = 64;

/// Nanoseconds, also between the ends of time.
std::uint64_t lengthOf(std::int64_t from, std::int64_t to)
{
    return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
}

/// The sets of some stretches, by subject.
class Sets
{
public:
    explicit Sets(std::size_t stretches)
        : m_stretches(stretches)
    {}
    std::size_t at(std::uint32_t subject, std::size_t stretch)
    {
        const std::size_t place = m_places.placeOf(subject);
        if (m_sets.size() < (place + 1) * m_stretches) {
            m_sets.resize((place + 1) * m_stretches);
            m_isThere.resize(m_sets.size());
        }
        const std::size_t number = place * m_stretches + stretch;
        m_isThere[number] = 1;
        return number;
    }
    IdUnion &operator[](std::size_t number) { return m_sets[number]; }
    std::size_t size() const { return m_sets.size(); }
    bool isThere(std::size_t number) const { return m_isThere[number] != 0; }
    std::uint32_t subjectOf(std::size_t number) const { return m_places.ids()[number / m_stretches]; }
    std::size_t stretchOf(std::size_t number) const { return number % m_stretches; }

private:
    const std::size_t m_stretches;
    PlaceMap m_places;
    std::vector<IdUnion> m_sets;
    std::vector<std::uint8_t> m_isThere;
};

} // namespace

Result<std::vector<std::vector<SubjectUsers>>>
RolledUsers::inStretches(const std::vector<std::int64_t> &edges)
{
    const auto stretches = recall(edges);
    if (!stretches)
        return tl::unexpected(stretches.error());
    std::vector<Counted> counted;
    for (std::size_t begin = 0; begin < stretches->size();) {
        const bool isRemembered = (*stretches)[begin].remembered != nullptr;
        std::size_t end = begin + 1;
        while (end < stretches->size() && ((*stretches)[end].remembered != nullptr) == isRemembered &&
               (isRemembered || lengthOf((*stretches)[begin].from, (*stretches)[end].to) <= kDayNs))
            ++end;
        if (const auto done = count(std::span(*stretches).subspan(begin, end - begin), counted); !done)
            return tl::unexpected(done.error());
        begin = end;
    }
    return counted;
}

Result<std::vector<RolledUsers::Stretch>> RolledUsers::recall(const std::vector<std::int64_t> &edges)
{
    m_joins = std::make_shared<const Joins>(m_planner.userAliases());
    std::vector<Stretch> stretches;
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        Stretch &stretch = stretches.emplace_back(Stretch{edges[i], edges[i + 1], {}, nullptr});
        const auto stamp = m_planner.stamp({{stretch.from}, {stretch.to}});
        if (!stamp)
            return tl::unexpected(stamp.error());
        stretch.stamp = *stamp;
        if (!stretch.stamp)
            continue;
        auto found = m_memory.find<Remembered>(keyOf(stretch.from, stretch.to), *stretch.stamp);
        if (!found || (found->joins != m_joins && *found->joins != *m_joins))
            continue;
        m_joins = found->joins; // one for all that are alike: there may be many
        stretch.remembered = std::move(found);
    }
    return stretches;
}

RollupMemory::Key RolledUsers::keyOf(std::int64_t from, std::int64_t to) const
{
    const char *const whose = m_family == RollupFamily::Screen ? "users of screens " : "users of features ";
    return {whose + m_planner.editionsKey(), from, to};
}

/// All of them are remembered, or none.
Result<void> RolledUsers::count(std::span<const Stretch> stretches, std::vector<Counted> &counted)
{
    std::vector<std::int64_t> edges{stretches.front().from};
    std::vector<TimeRange> known;
    for (const Stretch &stretch : stretches) {
        edges.push_back(stretch.to);
        if (stretch.remembered)
            known.push_back({{stretch.from}, {stretch.to}});
    }
    std::vector<std::uint8_t> hasNew(stretches.size()); // records that are not in the rollups
    Sets sets(stretches.size());
    bool isFine = true;
    std::vector<std::size_t> numberOf; // of each cell
    const auto done = m_planner.runParts(
        m_family, RollupUsers, std::span(&m_kind, 1), edges,
        [&](std::size_t stretch, const RollupColumns &columns, std::span<const std::uint32_t> cells) {
            numberOf.clear();
            std::size_t bytes = 0;
            for (const std::uint32_t cell : cells) {
                numberOf.push_back(sets.at(static_cast<std::uint32_t>(columns.subjects[cell]), stretch));
                bytes += columns.idsOf(RollupIds::Users, cell).size();
            }
            // Cells are in order of subject: what is on both sides of the middle has one set only.
            std::size_t middle = cells.size() / 2;
            while (middle > 0 && middle < cells.size() && numberOf[middle] == numberOf[middle - 1])
                ++middle;
            const auto unite = [&](std::size_t from, std::size_t to, bool &isUnited) {
                for (std::size_t i = from; i < to; ++i)
                    isUnited =
                        sets[numberOf[i]].addStored(columns.idsOf(RollupIds::Users, cells[i])) && isUnited;
            };
            bool isFirstFine = true, isSecondFine = true;
            twoAtOnce(
                bytes > kWorthAThread, [&] { unite(0, middle, isFirstFine); },
                [&] { unite(middle, cells.size(), isSecondFine); });
            isFine = isFine && isFirstFine && isSecondFine;
        },
        [&](std::size_t stretch, const RecordRow &row) {
            hasNew[stretch] = 1;
            IdUnion &set =
                sets[sets.at(m_family == RollupFamily::Screen ? row.screen : row.feature, stretch)];
            if (row.user != 0)
                set.add(row.user);
        },
        false, known);
    if (!done)
        return done;
    if (!isFine)
        return failure(Error::Code::Damaged, "a rollup's ids are no set");
    const std::size_t before = counted.size();
    counted.resize(before + stretches.size());
    for (std::size_t i = 0; i < sets.size(); ++i)
        m_planner.resolveUsers(sets[i]);
    std::vector<std::uint64_t> users(sets.size());
    const auto countSets = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i)
            users[i] = sets[i].count();
    };
    twoAtOnce(
        sets.size() >= kSetsWorthAThread, [&] { countSets(0, sets.size() / 2); },
        [&] { countSets(sets.size() / 2, sets.size()); });
    for (std::size_t i = 0; i < sets.size(); ++i) {
        if (sets.isThere(i))
            counted[before + sets.stretchOf(i)].push_back({sets.subjectOf(i), users[i]});
    }
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        const Stretch &stretch = stretches[i];
        Counted &found = counted[before + i];
        if (!stretch.remembered) {
            if (stretch.stamp && !hasNew[i])
                m_memory.keep<Remembered>(keyOf(stretch.from, stretch.to), *stretch.stamp,
                                          std::make_shared<const Remembered>(Remembered{found, m_joins}),
                                          found.size() * sizeof(SubjectUsers));
        } else if (!hasNew[i]) {
            found = stretch.remembered->users;
        } else { // what is new can not be told from what is remembered
            Stretch forgotten = stretch;
            forgotten.remembered.reset();
            std::vector<Counted> again;
            if (const auto redone = count(std::span(&forgotten, 1), again); !redone)
                return redone;
            found = std::move(again.front());
        }
    }
    return {};
}

} // namespace telltale
