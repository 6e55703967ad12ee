// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/planner.h"
#include "models/analysis/rollupmemory.h"

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace telltale {

/// How many users a feature or screen had; perhaps none, when nobody said who it was.
struct SubjectUsers
{
    std::uint32_t subject = 0; ///< a dictionary id
    std::uint64_t users = 0;
};

/// Counts the distinct users of features or screens; what rollups say about a stretch is remembered. Short-lived, as its
/// planner.
class RolledUsers
{
public:
    RolledUsers(Planner &planner, RollupMemory &memory, RollupFamily family, RecordKind kind)
        : m_planner(planner)
        , m_memory(memory)
        , m_family(family)
        , m_kind(kind)
    {}

    /// For each stretch between the edges, in no order, all that something happened to. Errors: as Planner::run().
    /// Memory: the sets of a day at a time, or of one stretch when that is longer.
    Result<std::vector<std::vector<SubjectUsers>>> inStretches(const std::vector<std::int64_t> &edges);

private:
    using Counted = std::vector<SubjectUsers>;
    using Joins = std::vector<std::pair<UserId, UserId>>;
    struct Remembered
    {
        Counted users;
        std::shared_ptr<const Joins> joins; ///< with which they were counted
    };
    /// A stretch, and what is remembered of it.
    struct Stretch
    {
        std::int64_t from = 0, to = 0;
        std::optional<std::int64_t> stamp;
        std::shared_ptr<const Remembered> remembered;
    };
    Result<std::vector<Stretch>> recall(const std::vector<std::int64_t> &edges);
    Result<void> count(std::span<const Stretch> stretches, std::vector<Counted> &counted);
    RollupMemory::Key keyOf(std::int64_t from, std::int64_t to) const;

    Planner &m_planner;
    RollupMemory &m_memory;
    const RollupFamily m_family;
    const RecordKind m_kind;
    std::shared_ptr<const Joins> m_joins; ///< of this question
};

} // namespace telltale
