// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/distinct.h"
#include "models/analysis/planner.h"
#include "models/analysis/rollupmemory.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace telltale {

/// What features were used and by whom, as it was stored.
class FeatureUse
{
public:
    struct Feature
    {
        std::uint64_t events = 0;
        IdUnion users, sessions;
        std::uint64_t apart = 0;                       ///< sessions that are only counted: each in one cell alone
        std::uint64_t userCount = 0, sessionCount = 0; ///< of the sets, once settled
    };
    Feature &of(std::uint32_t id)
    {
        const std::uint32_t place = m_places.placeOf(id);
        if (place == m_features.size())
            m_features.emplace_back();
        return m_features[place];
    }
    const Feature *find(std::uint32_t id) const
    {
        const auto place = m_places.find(id);
        return place ? &m_features[*place] : nullptr;
    }
    const std::vector<std::uint32_t> &ids() const { return m_places.ids(); }

    void add(const RecordRow &row)
    {
        Feature &feature = of(row.feature);
        ++feature.events;
        if (row.user != 0)
            feature.users.add(row.user);
        if (row.session != 0)
            feature.sessions.add(row.session);
    }
    /// False: the ids are damaged. With `kept`, in order, other sessions than these are counted only: they must be in no other
    /// cell.
    bool add(const RollupColumns &columns, std::span<const std::uint32_t> cells,
             const std::vector<std::uint32_t> *kept = nullptr);
    /// Counts what is in the sets; from here on several threads may read it.
    void settle();
    /// About how much memory it takes.
    std::size_t bytes() const;

private:
    PlaceMap m_places;
    std::vector<Feature> m_features;
};

/// What features were used in whole days. Nearly every session lies in one stored bucket alone, so that most need only be
/// counted there: millions of ids are neither united nor kept. Which ones lie in several, the family of everything tells, with
/// a thousandth of the ids.
class FeatureDays
{
public:
    /// `others` are sessions that may be elsewhere, too. Errors: Damaged, Cancelled, Io. Cost: megabytes read, and a nanosecond
    /// or two for each user of a feature in a bucket.
    static Result<std::shared_ptr<const FeatureDays>> read(Planner &planner, TimeRange days,
                                                           const IdUnion &others);

    const FeatureUse &use() const { return m_use; }
    /// Whether those of `others` that were there are kept, not only counted.
    bool keeps(const IdUnion &others) const;
    std::size_t bytes() const;

private:
    FeatureUse m_use;
    IdUnion m_sessions;                ///< that were there
    std::vector<std::uint32_t> m_kept; ///< of them, in order
};

/// What features were used and by whom in a range, from rollups. What whole days hold is remembered, and shared; what lies
/// before and behind them, and what is not rolled up yet, comes on top.
class RolledFeatureUse
{
public:
    /// None: a scan is right, as something is damaged. Errors: Cancelled, Io. Cost: megabytes the first time, then two days'
    /// parts.
    static Result<std::optional<RolledFeatureUse>> read(Planner &planner, RollupMemory &memory,
                                                        TimeRange range);

    struct Row
    {
        std::uint32_t feature = 0; ///< a dictionary id
        std::uint64_t events = 0, users = 0, sessions = 0;
    };
    /// In no order. On two threads when there is much to count.
    std::vector<Row> rows(Planner &planner) const;

private:
    std::shared_ptr<const FeatureDays> m_days; ///< none: there are no whole days
    FeatureUse m_beside;
};

} // namespace telltale
