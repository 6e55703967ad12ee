// SPDX-License-Identifier: GPL-3.0-or-later
// Totals, features, activity and active users from rollups.
#include "models/analysis/buckets.h"
#include "models/analysis/cacheengine.h"
#include "models/analysis/featureuse.h"
#include "models/analysis/planner.h"
#include "models/analysis/rollupmemory.h"

#include <algorithm>

namespace telltale {
namespace {

constexpr int kDaysOfMonth = 28;
constexpr int kDaysOfWeek = 7;

constexpr RecordKind kEveryKind[] = {RecordKind::UsageEvent,  RecordKind::ScreenView, RecordKind::Error,
                                     RecordKind::Log,         RecordKind::Span,       RecordKind::MetricPoint,
                                     RecordKind::SessionBound};

/// What happened in a stretch of time, and who was there.
struct Figures
{
    std::uint64_t usage = 0, views = 0, errors = 0, logs = 0, bounds = 0, spans = 0, points = 0;
    IdUnion users, sessions, crashed, nameless;

    bool isQuiet() const { return usage + views + errors + logs + bounds == 0; }
    /// False: the ids are damaged.
    bool add(const RollupColumns &from, std::size_t cell)
    {
        usage += from.count(RollupCount::Usage, cell);
        views += from.count(RollupCount::Views, cell);
        errors += from.count(RollupCount::Errors, cell);
        logs += from.count(RollupCount::Logs, cell);
        bounds += from.count(RollupCount::Bounds, cell);
        spans += from.count(RollupCount::Spans, cell);
        points += from.count(RollupCount::Points, cell);
        return users.addStored(from.idsOf(RollupIds::Users, cell)) &&
               sessions.addStored(from.idsOf(RollupIds::Sessions, cell)) &&
               crashed.addStored(from.idsOf(RollupIds::Crashed, cell)) &&
               nameless.addStored(from.idsOf(RollupIds::Nameless, cell));
    }
    void add(const RecordRow &row)
    {
        usage += row.kind == RecordKind::UsageEvent;
        views += row.kind == RecordKind::ScreenView;
        errors += row.kind == RecordKind::Error;
        logs += row.kind == RecordKind::Log;
        bounds += row.kind == RecordKind::SessionBound;
        spans += row.kind == RecordKind::Span;
        points += row.kind == RecordKind::MetricPoint;
        if (row.kind == RecordKind::Span || row.kind == RecordKind::MetricPoint)
            return;
        if (row.user != 0)
            users.add(row.user);
        if (row.session != 0)
            sessions.add(row.session);
        if (row.session != 0 && row.isUnhandled)
            crashed.add(row.session);
    }
    void add(const Figures &other)
    {
        usage += other.usage;
        views += other.views;
        errors += other.errors;
        logs += other.logs;
        bounds += other.bounds;
        spans += other.spans;
        points += other.points;
        users.add(other.users);
        sessions.add(other.sessions);
        crashed.add(other.crashed);
        nameless.add(other.nameless);
    }
    bool isNothing() const { return isQuiet() && spans + points == 0; }
    void settle()
    {
        for (IdUnion *set : {&users, &sessions, &crashed, &nameless})
            set->settle();
    }
    std::size_t bytes() const
    {
        return sizeof *this + users.bytes() + sessions.bytes() + crashed.bytes() + nameless.bytes();
    }
    void resolve(Planner &planner)
    {
        planner.addUsersOf(nameless, users);
        planner.resolveUsers(users);
        planner.resolve(sessions);
        planner.resolve(crashed);
    }
};

using FiguresList = std::vector<std::shared_ptr<const Figures>>;

/// Figures of everything in each stretch; none: a scan is right. What rollups say about a stretch is remembered.
Result<std::optional<FiguresList>> figuresBetween(Planner &planner, RecordScan &scan, RollupMemory &memory,
                                                  std::span<const RecordKind> kinds,
                                                  const std::vector<std::int64_t> &edges)
{
    struct Stretch
    {
        RollupMemory::Key key;
        std::optional<std::int64_t> stamp;
        std::shared_ptr<const Figures> remembered;
        std::shared_ptr<Figures> rolled; ///< when it is not remembered
        Figures scanned;
    };
    std::vector<Stretch> stretches(edges.size() - 1);
    std::vector<TimeRange> known;
    const std::string what = "figures " + planner.editionsKey();
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        Stretch &stretch = stretches[i];
        stretch.key = {what, edges[i], edges[i + 1]};
        const auto stamp = planner.stamp({{edges[i]}, {edges[i + 1]}});
        if (!stamp)
            return tl::unexpected(stamp.error());
        stretch.stamp = *stamp;
        if (stretch.stamp)
            stretch.remembered = memory.find<Figures>(stretch.key, *stretch.stamp);
        if (stretch.remembered)
            known.push_back({{edges[i]}, {edges[i + 1]}});
        else
            stretch.rolled = std::make_shared<Figures>();
    }
    bool isFine = true;
    const auto done = planner.run(
        RollupFamily::All, RollupUsers | RollupSessions | RollupOtherIds, kinds, edges,
        [&](std::size_t stretch, const RollupColumns &columns, std::size_t cell) {
            isFine = stretches[stretch].rolled->add(columns, cell) && isFine;
        },
        [&](std::size_t stretch, const RecordRow &row) { stretches[stretch].scanned.add(row); }, false,
        known);
    if (!done && done.error().code != Error::Code::Damaged)
        return tl::unexpected(done.error());
    if (!done || !isFine) {
        scan.plan() = {}; // a scan from the start
        return std::optional<FiguresList>();
    }
    FiguresList list;
    for (Stretch &stretch : stretches) {
        if (stretch.rolled) {
            stretch.rolled->settle();
            stretch.remembered = stretch.rolled;
            if (stretch.stamp)
                memory.keep<Figures>(stretch.key, *stretch.stamp, stretch.remembered,
                                     stretch.remembered->bytes());
        }
        if (stretch.scanned.isNothing() && !planner.isResolving() && stretch.remembered->nameless.isEmpty()) {
            list.push_back(std::move(stretch.remembered));
            continue;
        }
        stretch.scanned.add(*stretch.remembered);
        stretch.scanned.resolve(planner);
        list.push_back(std::make_shared<const Figures>(std::move(stretch.scanned)));
    }
    return std::optional(std::move(list));
}

/// For every day the users that were there on it or the `window - 1` days before. Cost: linear in users a day.
std::vector<std::uint64_t> distinctOver(const std::vector<std::vector<std::uint32_t>> &days,
                                        std::size_t window)
{
    std::vector<std::int64_t> change(days.size() + 1);
    std::vector<std::uint32_t> coveredTo; // by user: the first day on which it does not count any more
    for (std::size_t day = 0; day < days.size(); ++day) {
        if (!days[day].empty() && days[day].back() >= coveredTo.size())
            coveredTo.resize(std::size_t(days[day].back()) + 1);
        const std::size_t end = std::min(days.size(), day + window);
        for (const std::uint32_t user : days[day]) {
            ++change[std::max<std::size_t>(day, coveredTo[user])];
            --change[end];
            coveredTo[user] = static_cast<std::uint32_t>(end);
        }
    }
    std::vector<std::uint64_t> counts(days.size());
    std::int64_t running = 0;
    for (std::size_t day = 0; day < days.size(); ++day)
        counts[day] = static_cast<std::uint64_t>(running += change[day]);
    return counts;
}

template<typename T>
void keepFirst(std::vector<T> &rows, std::size_t limit)
{
    if (rows.size() > limit)
        rows.resize(limit);
}

template<typename T>
std::optional<Answered<T>> answered(T value, RecordScan &scan)
{
    return Answered<T>{std::move(value), scan.takeNotes(), scan.plan()};
}

} // namespace

CacheEngine::Rolled<Totals> CacheEngine::rolledTotals(RecordScan &scan)
{
    Planner planner(scan);
    const auto range = planner.rangeFor(RollupFamily::All, kEveryKind);
    if (!range)
        return tl::unexpected(range.error());
    if (!*range)
        return std::optional<Answered<Totals>>();
    scan.wantOnly({RecordColumn::Time, RecordColumn::User, RecordColumn::Session});
    const auto figures = figuresBetween(planner, scan, *m_memory, kEveryKind,
                                        edgesAround(wholeDays(**range), **range)); // days are remembered
    if (!figures)
        return tl::unexpected(figures.error());
    if (!*figures)
        return std::optional<Answered<Totals>>();
    Figures all;
    for (const auto &each : **figures)
        all.add(*each);
    return answered(Totals{all.usage, all.views, all.errors, all.spans, all.logs, all.points,
                           all.sessions.count(), all.users.count()},
                    scan);
}

CacheEngine::Rolled<std::vector<FeatureRow>> CacheEngine::rolledFeatures(RecordScan &scan)
{
    using Nothing = std::optional<Answered<std::vector<FeatureRow>>>;
    constexpr RecordKind kKinds[] = {RecordKind::UsageEvent};
    Planner planner(scan);
    const auto range = planner.rangeFor(RollupFamily::Feature, kKinds);
    if (!range)
        return tl::unexpected(range.error());
    if (!*range)
        return Nothing();
    scan.wantOnly({RecordColumn::Time, RecordColumn::Feature, RecordColumn::User, RecordColumn::Session});
    const auto use = RolledFeatureUse::read(planner, *m_memory, **range);
    if (!use)
        return tl::unexpected(use.error());
    if (!*use) {
        scan.plan() = {};
        return Nothing();
    }
    std::vector<FeatureRow> rows;
    std::uint64_t total = 0;
    for (const auto &found : (*use)->rows(planner)) {
        total += found.events;
        FeatureRow &row = rows.emplace_back();
        row.feature = m_reader->string(found.feature);
        row.events = found.events;
        row.users = found.users;
        row.sessions = found.sessions;
    }
    for (FeatureRow &row : rows)
        row.share = static_cast<double>(row.events) / static_cast<double>(total);
    std::sort(rows.begin(), rows.end(), [](const FeatureRow &a, const FeatureRow &b) {
        return a.events != b.events ? a.events > b.events : a.feature < b.feature;
    });
    keepFirst(rows, scan.scope().limit);
    return answered(std::move(rows), scan);
}

CacheEngine::Rolled<std::vector<ActivityRow>> CacheEngine::rolledActivity(RecordScan &scan, ActivityStep step)
{
    using Nothing = std::optional<Answered<std::vector<ActivityRow>>>;
    if (step == ActivityStep::Second || step == ActivityStep::FifteenSeconds)
        return Nothing();
    const Scope &scope = scan.scope();
    Planner planner(scan);
    const auto range = planner.rangeFor(RollupFamily::All, kActiveKinds);
    if (!range)
        return tl::unexpected(range.error());
    const auto buckets = *range ? Buckets::cut(scope.zone, step, **range) : Buckets();
    if (!*range || !buckets)
        return Nothing(); // the scan knows an open range more exactly, or says what is wrong
    scan.wantOnly({RecordColumn::Time, RecordColumn::User, RecordColumn::Session});
    const auto figures =
        figuresBetween(planner, scan, *m_memory, kActiveKinds, buckets->edgesWithin(**range));
    if (!figures)
        return tl::unexpected(figures.error());
    if (!*figures)
        return Nothing();
    // An open end is where something happened.
    std::size_t first = 0, last = buckets->size();
    while (scope.range.from == Instant::min() && first < last && (**figures)[first]->isQuiet())
        ++first;
    while (scope.range.to == Instant::max() && last > first && (**figures)[last - 1]->isQuiet())
        --last;
    std::vector<ActivityRow> rows;
    for (std::size_t i = first; i < last; ++i) {
        const Figures &at = *(**figures)[i];
        rows.push_back(
            {buckets->start(i), at.usage, at.users.count(), at.sessions.count(), at.errors, at.views});
    }
    keepFirst(rows, scope.limit);
    return answered(std::move(rows), scan);
}

Result<std::optional<std::vector<Presence>>>
CacheEngine::rolledPresence(RecordScan &scan, const std::vector<std::int64_t> &edges)
{
    using Nothing = std::optional<std::vector<Presence>>;
    Planner planner(scan);
    const auto isUsed = planner.isForRollups({{edges.front()}, {edges.back()}});
    if (!isUsed)
        return tl::unexpected(isUsed.error());
    if (!*isUsed)
        return Nothing();
    scan.wantOnly({RecordColumn::Time, RecordColumn::User, RecordColumn::Session});
    auto figures = figuresBetween(planner, scan, *m_memory, kActiveKinds, edges);
    if (!figures)
        return tl::unexpected(figures.error());
    if (!*figures)
        return Nothing();
    std::vector<Presence> presence;
    for (const auto &each : **figures) {
        Presence &there = presence.emplace_back();
        there.users.add(each->users);
        there.sessions.add(each->sessions);
        there.crashed.add(each->crashed);
    }
    return std::optional(std::move(presence));
}

CacheEngine::Rolled<std::vector<ActiveUsersRow>> CacheEngine::rolledActiveUsers(RecordScan &scan)
{
    using Nothing = std::optional<Answered<std::vector<ActiveUsersRow>>>;
    const Scope &scope = scan.scope();
    Planner planner(scan);
    const auto range = planner.rangeFor(RollupFamily::All, kActiveKinds);
    if (!range)
        return tl::unexpected(range.error());
    if (!*range)
        return Nothing();
    const TimeRange asked = **range;
    // The windows of the first days reach back to before the range.
    Instant lookBack = scope.zone.startOf(CalendarUnit::Day, asked.from);
    for (int day = 1; day < kDaysOfMonth && lookBack.ns > Instant::min().ns + 1; ++day)
        lookBack = scope.zone.startOf(CalendarUnit::Day, Instant{lookBack.ns - 1});
    const TimeRange read{lookBack, asked.to};
    const auto days = Buckets::cut(scope.zone, CalendarUnit::Day, read);
    if (!days)
        return Nothing();
    // The day that the range begins in has two halves: only the second one counts for its own users.
    const std::size_t firstDay = days->indexOf(asked.from.ns);
    std::vector<std::int64_t> edges = days->edgesWithin(read);
    const bool isCut = edges[firstDay] < asked.from.ns;
    if (isCut)
        edges.insert(edges.begin() + static_cast<std::ptrdiff_t>(firstDay) + 1, asked.from.ns);
    scan.wantOnly({RecordColumn::Time, RecordColumn::User});
    const auto figures = figuresBetween(planner, scan, *m_memory, kActiveKinds, edges);
    if (!figures)
        return tl::unexpected(figures.error());
    if (!*figures)
        return Nothing();
    std::vector<std::vector<std::uint32_t>> users;
    std::vector<std::uint64_t> daily;
    for (std::size_t i = 0; i < (*figures)->size(); ++i) {
        IdUnion of;
        of.add((**figures)[i]->users);
        daily.push_back(of.count());
        if (isCut && i == firstDay) { // the first half; the second follows
            of.add((**figures)[++i]->users);
            daily.back() = (**figures)[i]->users.count();
        }
        users.push_back(of.ids());
    }
    const auto weekly = distinctOver(users, kDaysOfWeek);
    const auto monthly = distinctOver(users, kDaysOfMonth);
    std::size_t first = firstDay, last = days->size();
    while (scope.range.from == Instant::min() && first < last && daily[first] == 0)
        ++first;
    while (scope.range.to == Instant::max() && last > first && daily[last - 1] == 0)
        --last;
    std::vector<ActiveUsersRow> rows;
    for (std::size_t day = first; day < last; ++day)
        rows.push_back({scope.zone.formatLocalDate(days->start(day)), daily[day], weekly[day], monthly[day]});
    keepFirst(rows, scope.limit);
    return answered(std::move(rows), scan);
}

} // namespace telltale
