// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/planner.h"

#include <algorithm>

namespace telltale {
namespace {

/// So many records are scanned as quickly as their buckets are looked up.
constexpr double kScannedAtOnce = 150'000;
/// More edges between buckets than these would be scanned one by one: then rather all at once.
constexpr std::size_t kMostRest = 64;
constexpr auto kWidest = static_cast<RollupLevel>(kRollupLevels - 1);

const std::string *textOf(const StoredEdition &edition, std::string_view field)
{
    return field == "product"       ? &edition.product
           : field == "environment" ? &edition.environment
           : field == "release"     ? &edition.release
                                    : nullptr;
}

/// As Matcher decides about origins; nothing when the term is about something else.
std::optional<bool> matchesTerm(const FilterTerm &term, const StoredEdition &edition)
{
    const bool isPresence = term.field == "has";
    const std::string *text = textOf(edition, isPresence ? std::string_view(term.value) : term.field);
    if (!text || term.op != FilterOperator::Equal)
        return std::nullopt;
    const bool isMatch = !text->empty() && (isPresence || matchesWildcard(term.value, *text));
    return isMatch != term.isNegated;
}

/// How many of the cache's records lie in the range, if they lay evenly.
double estimate(const CacheSummary &summary, TimeRange range)
{
    if (!summary.oldest || !summary.newest)
        return 0;
    const auto oldest = static_cast<double>(summary.oldest->ns);
    const auto newest = static_cast<double>(summary.newest->ns);
    const double from = std::max(oldest, static_cast<double>(range.from.ns));
    const double to = std::min(newest, static_cast<double>(range.to.ns));
    if (to <= from || newest <= oldest)
        return to < from ? 0 : static_cast<double>(summary.records);
    return static_cast<double>(summary.records) * (to - from) / (newest - oldest);
}

} // namespace

Result<bool> Planner::isForRollups(TimeRange range)
{
    const PlanChoice choice = m_scan.scope().plan;
    if (choice == PlanChoice::Scan)
        return false;
    CacheReader &reader = m_scan.reader();
    auto info = reader.rollupInfo();
    if (!info)
        return tl::unexpected(info.error());
    m_info = std::move(*info);
    if (!m_info.isKept)
        return false;
    if (choice == PlanChoice::Automatic) {
        const auto summary = reader.summary();
        if (!summary)
            return tl::unexpected(summary.error());
        if (estimate(*summary, range) <= kScannedAtOnce)
            return false;
    }
    return compileFilter();
}

Result<bool> Planner::compileFilter()
{
    const auto editions = m_scan.reader().editions();
    if (!editions)
        return tl::unexpected(editions.error());
    for (const StoredEdition &edition : *editions) {
        if (edition.id >= m_editions.size())
            m_editions.resize(std::size_t(edition.id) + 1);
        m_editions[edition.id] = edition;
    }
    const auto &alternatives = m_scan.scope().filter.alternatives();
    m_isEverything = alternatives.empty();
    m_matches.assign(m_editions.size(), false);
    for (const auto &terms : alternatives) {
        for (std::size_t id = 0; id < m_editions.size(); ++id) {
            bool isMatch = true;
            for (const FilterTerm &term : terms) {
                const auto decided = matchesTerm(term, m_editions[id]);
                if (!decided)
                    return false;
                isMatch = isMatch && *decided;
            }
            m_matches[id] = m_matches[id] || isMatch;
        }
    }
    return m_isEverything || !m_editions.empty();
}

const StoredEdition *Planner::edition(std::uint32_t id) const
{
    return id < m_editions.size() && m_editions[id].id == id ? &m_editions[id] : nullptr;
}

Result<std::optional<TimeRange>> Planner::hull(RollupFamily family, std::span<const RecordKind> kinds)
{
    TimeRange range = m_scan.scope().range;
    if (!range.isOpen())
        return std::optional(range);
    CacheReader &reader = m_scan.reader();
    const auto extent = reader.rollupExtent(family);
    if (!extent)
        return tl::unexpected(extent.error());
    if (!*extent || !m_info.gaps.empty())
        return std::optional<TimeRange>();
    TimeRange found = **extent;
    const auto extend = [&found](std::int64_t first, std::int64_t last) {
        const auto quarter = RollupLevel::Quarter;
        found.from = std::min(found.from, Instant{bucketStart(bucketOf(first, quarter), quarter)});
        found.to = std::max(found.to, Instant{bucketStart(bucketOf(last, quarter) + 1, quarter)});
    };
    for (const RecordKind kind : kinds) {
        if (kind == RecordKind::Error) {
            const auto visited = reader.forEachErrorNotRolledUp({}, false, [&](const StoredError &error) {
                extend(error.time.ns, error.time.ns);
                return true;
            });
            if (!visited)
                return tl::unexpected(visited.error());
            continue;
        }
        const auto segments = reader.segmentsNotRolledUp(kind, {});
        if (!segments)
            return tl::unexpected(segments.error());
        for (const SegmentInfo &info : *segments)
            extend(info.first.ns, info.last.ns);
    }
    if (range.from == Instant::min())
        range.from = found.from;
    if (range.to == Instant::max())
        range.to = found.to;
    if (range.isEmpty() || range.isOpen())
        return std::optional<TimeRange>();
    return std::optional(range);
}

Result<std::optional<TimeRange>> Planner::rangeFor(RollupFamily family, std::span<const RecordKind> kinds)
{
    const auto isUsed = isForRollups(m_scan.scope().range);
    if (!isUsed)
        return tl::unexpected(isUsed.error());
    if (!*isUsed)
        return std::optional<TimeRange>();
    auto range = hull(family, kinds);
    if (range && *range && (*range)->isEmpty())
        range->reset();
    return range;
}

Result<void> Planner::run(RollupFamily family, unsigned parts, std::span<const RecordKind> kinds,
                          const std::vector<std::int64_t> &edges, const VisitCell &visitCell,
                          const VisitRecord &visitRecord, bool ofAllEditions,
                          std::span<const TimeRange> known)
{
    const auto visitPart = [&visitCell](std::size_t stretch, const RollupColumns &columns,
                                        std::span<const std::uint32_t> cells) {
        for (const std::uint32_t cell : cells)
            visitCell(stretch, columns, cell);
    };
    return runParts(family, parts, kinds, edges, visitPart, visitRecord, ofAllEditions, known);
}

Result<std::optional<std::int64_t>> Planner::stamp(TimeRange range)
{
    const std::int64_t quarter = widthOf(RollupLevel::Quarter);
    if (range.isEmpty() || range.from.ns % quarter != 0 || range.to.ns % quarter != 0)
        return std::optional<std::int64_t>();
    for (const TimeRange &gap : m_info.gaps) {
        if (gap.from < range.to && range.from < gap.to)
            return std::optional<std::int64_t>();
    }
    if (!m_changes) {
        auto changes = m_scan.reader().rollupChanges();
        if (!changes)
            return tl::unexpected(changes.error());
        m_changes = std::move(*changes);
    }
    std::int64_t newest = m_changes->everything;
    const std::int64_t last = bucketOf(range.to.ns - 1, RollupLevel::Day);
    for (auto day = std::lower_bound(m_changes->days.begin(), m_changes->days.end(),
                                     std::pair(bucketOf(range.from.ns, RollupLevel::Day), std::int64_t{0}));
         day != m_changes->days.end() && day->first <= last; ++day)
        newest = std::max(newest, day->second);
    return std::optional(newest);
}

std::string Planner::editionsKey() const
{
    std::string key;
    for (std::size_t id = 0; !m_isEverything && id < m_matches.size(); ++id) {
        if (m_matches[id])
            key += std::to_string(id) + ' ';
    }
    return m_isEverything ? "*" : key;
}

/// Walks the largest buckets in each stretch.
Result<void> Planner::cover(RollupCover &cover, RollupFamily family, unsigned parts,
                            std::vector<TimeRange> stretches, bool ofAllEditions, const VisitBucket &visit)
{
    std::vector<std::uint32_t> cells;
    Result<void> done;
    const auto read = [&](RollupLevel level, std::int64_t from, std::int64_t to,
                          const RollupCover::Take &take) {
        if (m_scan.isCancelled())
            return false;
        done = m_scan.reader().forEachRollup(family, level, from, to, parts, [&](const RollupPart &part) {
            ++m_scan.plan().buckets;
            take(part.bucket);
            cells.clear();
            for (std::uint32_t cell = 0; cell < part.columns.size(); ++cell) {
                if (ofAllEditions || matches(part.columns.editions[cell]))
                    cells.push_back(cell);
            }
            visit(part, cells);
        });
        return done.has_value();
    };
    if (!cover.run(family, parts, m_info.minutesFrom, std::move(stretches), read))
        return done ? Result<void>(m_scan.cancelled()) : done;
    return {};
}

Result<void> Planner::runBuckets(RollupFamily family, unsigned parts, TimeRange range,
                                 const VisitBucket &visit)
{
    const auto extent = m_scan.reader().rollupExtent(family);
    if (!extent)
        return tl::unexpected(extent.error());
    if (!*extent)
        return {};
    TimeRange stretch{std::max(range.from, (*extent)->from), std::min(range.to, (*extent)->to)};
    if (stretch.isEmpty())
        return {};
    if (stretch.from == (*extent)->from)
        stretch.from.ns = bucketStart(bucketOf(stretch.from.ns, kWidest), kWidest);
    RollupCover buckets;
    return cover(buckets, family, parts, {stretch}, false, visit);
}

Result<void> Planner::runParts(RollupFamily family, unsigned parts, std::span<const RecordKind> kinds,
                               const std::vector<std::int64_t> &edges, const VisitPart &visitPart,
                               const VisitRecord &visitRecord, bool ofAllEditions,
                               std::span<const TimeRange> known)
{
    if (edges.size() < 2)
        return {};
    CacheReader &reader = m_scan.reader();
    const auto stretchOf = [&edges](std::int64_t time) {
        const auto next = std::upper_bound(edges.begin() + 1, edges.end() - 1, time);
        return static_cast<std::size_t>(next - edges.begin()) - 1;
    };
    // Rollups hold nothing outside of their extent; what is newer is scanned anyway.
    const auto extent = reader.rollupExtent(family);
    if (!extent)
        return tl::unexpected(extent.error());
    std::vector<TimeRange> stretches;
    for (std::size_t i = 0; *extent && i + 1 < edges.size(); ++i) {
        const TimeRange stretch{std::max(Instant{edges[i]}, (*extent)->from),
                                std::min(Instant{edges[i + 1]}, (*extent)->to)};
        if (!stretch.isEmpty())
            stretches.push_back(stretch);
    }
    // As nothing comes before it, the first stretch may as well begin where a large bucket does.
    if (!stretches.empty() && stretches.front().from == (*extent)->from)
        stretches.front().from.ns = bucketStart(bucketOf((*extent)->from.ns, kWidest), kWidest);
    RollupCover cover;
    const auto covered = this->cover(
        cover, family, parts, without(without(stretches, m_info.gaps), known), ofAllEditions,
        [&](const RollupPart &part, std::span<const std::uint32_t> cells) {
            visitPart(stretchOf(std::max(bucketStart(part.bucket, part.level), (*extent)->from.ns)),
                      part.columns, cells);
        });
    if (!covered)
        return covered;

    // What buckets do not hold is scanned, joined where it touches.
    std::vector<TimeRange> rest = cover.rest();
    for (const TimeRange &gap : m_info.gaps) {
        const TimeRange inside{std::max(gap.from, Instant{edges.front()}),
                               std::min(gap.to, Instant{edges.back()})};
        if (!inside.isEmpty())
            rest.push_back(inside);
    }
    std::sort(rest.begin(), rest.end(),
              [](const TimeRange &a, const TimeRange &b) { return a.from < b.from; });
    std::vector<TimeRange> scanned;
    for (const TimeRange &range : rest) {
        if (!scanned.empty() && range.from <= scanned.back().to)
            scanned.back().to = std::max(scanned.back().to, range.to);
        else
            scanned.push_back(range);
    }
    if (scanned.size() > kMostRest)
        return failure(Error::Code::Damaged, "too many edges between buckets");
    const auto visit = [&](const RecordRow &row) { visitRecord(stretchOf(row.time), row); };
    for (const TimeRange &range : scanned) {
        if (const auto ran = m_scan.run(kinds, range, visit); !ran)
            return ran;
    }
    m_scan.onlyNotRolledUp(true);
    const auto isScanned = [&scanned](std::int64_t time) {
        return std::any_of(scanned.begin(), scanned.end(),
                           [time](const TimeRange &range) { return range.contains({time}); });
    };
    const auto ran = m_scan.run(kinds, TimeRange{{edges.front()}, {edges.back()}}, [&](const RecordRow &row) {
        if (!isScanned(row.time))
            visit(row);
    });
    m_scan.onlyNotRolledUp(false);
    m_scan.plan().isRollup = true;
    return ran;
}

void Planner::loadAliases()
{
    if (m_aliases)
        return;
    m_aliases = m_scan.reader().sessionAliases();
    m_userAliases = m_scan.reader().userAliases();
}

bool Planner::isResolving()
{
    loadAliases();
    return !m_aliases->empty() || !m_userAliases->empty();
}

const std::vector<std::pair<UserId, UserId>> &Planner::userAliases()
{
    loadAliases();
    return *m_userAliases;
}

void Planner::addAliased(IdUnion &sessions)
{
    loadAliases();
    for (const auto &[from, to] : *m_aliases) {
        sessions.add(from);
        sessions.add(to);
    }
}

void Planner::resolve(IdUnion &sessions)
{
    loadAliases();
    sessions.replace(*m_aliases);
}

void Planner::resolveUsers(IdUnion &users)
{
    loadAliases();
    users.replace(*m_userAliases);
}

void Planner::addUsersOf(const IdUnion &nameless, IdUnion &users)
{
    if (nameless.isEmpty())
        return;
    for (const SessionId session : nameless.ids()) {
        if (const UserId user = m_scan.reader().userOfSession(session); user != 0)
            users.add(user);
    }
}

} // namespace telltale
