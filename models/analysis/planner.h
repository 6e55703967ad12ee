// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/buckets.h"
#include "models/analysis/recordscan.h"
#include "models/analysis/rollupcover.h"
#include "models/store/idunion.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// Answers one question from rollups where that is exact and pays: decides, then walks the largest buckets that lie in
/// each stretch asked for, and scans what they do not hold (edges finer than buckets, gaps, records not yet rolled up).
/// Lives as long as its RecordScan, whose snapshot it reads in.
class Planner
{
public:
    explicit Planner(RecordScan &scan)
        : m_scan(scan)
    {}

    /// False: scan instead. Rollups know filters about product, environment and release; a small range is scanned as
    /// quickly. Errors: Io.
    Result<bool> isForRollups(TimeRange range);
    /// The scope's range with open ends moved outwards to whole quarters around all records of the family; nothing when
    /// that is not known without a scan.
    Result<std::optional<TimeRange>> hull(RollupFamily family, std::span<const RecordKind> kinds);

    /// The closed range that a question over records of these kinds is about, when rollups are to answer it; none: scan.
    Result<std::optional<TimeRange>> rangeFor(RollupFamily family, std::span<const RecordKind> kinds);

    /// One cell of one bucket, in the stretch with this number.
    using VisitCell =
        std::function<void(std::size_t stretch, const RollupColumns &columns, std::size_t cell)>;
    using VisitRecord = std::function<void(std::size_t stretch, const RecordRow &row)>;
    /// Some cells of one bucket, those of the editions asked about.
    using VisitPart = std::function<void(std::size_t stretch, const RollupColumns &columns,
                                         std::span<const std::uint32_t> cells)>;
    /// Stretches lie between `edges`, which rise. Of the `known` ones, in order of time, no cells are visited, and of their
    /// records those alone that are not in the rollups yet. Errors: Damaged (then a scan is right), Cancelled, Io.
    Result<void> run(RollupFamily family, unsigned parts, std::span<const RecordKind> kinds,
                     const std::vector<std::int64_t> &edges, const VisitCell &visitCell,
                     const VisitRecord &visitRecord, bool ofAllEditions = false,
                     std::span<const TimeRange> known = {});

    /// The same, a bucket at a time.
    Result<void> runParts(RollupFamily family, unsigned parts, std::span<const RecordKind> kinds,
                          const std::vector<std::int64_t> &edges, const VisitPart &visitPart,
                          const VisitRecord &visitRecord, bool ofAllEditions = false,
                          std::span<const TimeRange> known = {});

    /// The buckets alone, one after the other: everything that was rolled up where stamp() has a number. Errors as run().
    using VisitBucket = std::function<void(const RollupPart &part, std::span<const std::uint32_t> cells)>;
    Result<void> runBuckets(RollupFamily family, unsigned parts, TimeRange range, const VisitBucket &visit);

    /// A number that stands for what the rollups say about the range: when they say something else it is another one. None
    /// when they do not hold all of what was rolled up there: it has no whole quarters of an hour, or gaps.
    Result<std::optional<std::int64_t>> stamp(TimeRange range);
    /// The editions asked about, in words that are the same as long as these are.
    std::string editionsKey() const;

    /// Whether any stored session or user turned out to be another one.
    bool isResolving();
    /// Users that turned out to be others, in order.
    const std::vector<std::pair<UserId, UserId>> &userAliases();
    /// Adds the sessions that turned out to be others, and these.
    void addAliased(IdUnion &sessions);
    /// Makes stored sessions canonical.
    void resolve(IdUnion &sessions);
    /// Adds the users of sessions whose errors named nobody.
    void addUsersOf(const IdUnion &nameless, IdUnion &users);
    /// Puts canonical users in the place of those that turned out to be them.
    void resolveUsers(IdUnion &users);
    const StoredEdition *edition(std::uint32_t id) const;

private:
    Result<bool> compileFilter();
    Result<void> cover(RollupCover &cover, RollupFamily family, unsigned parts, std::vector<TimeRange> stretches,
                       bool ofAllEditions, const VisitBucket &visit);
    void loadAliases();
    bool matches(std::uint32_t edition) const
    {
        return m_isEverything || (edition < m_matches.size() && m_matches[edition]);
    }

    RecordScan &m_scan;
    RollupInfo m_info;
    std::optional<RollupChanges> m_changes;
    std::vector<StoredEdition> m_editions; ///< by id
    std::vector<bool> m_matches;           ///< by id of the edition
    bool m_isEverything = true;
    std::optional<std::vector<std::pair<SessionId, SessionId>>> m_aliases, m_userAliases;
};

} // namespace telltale
