// SPDX-License-Identifier: GPL-3.0-or-later
// Errors by group, the occurrences of one group, and logs.
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/planner.h"
#include "models/analysis/recordscan.h"
#include "models/analysis/recordtext.h"
#include "models/analysis/triagebook.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

namespace telltale {
namespace {

constexpr std::size_t kTrendSlices = 32;
constexpr long double kHour = 3.6e12; // ns

/// What is gathered about one group while errors pass by.
struct Group
{
    ErrorGroupRow row;
    std::set<std::string> releases;
};

/// Where the slices of a trend begin and where the last one ends; none for an open range. Slices of hours begin at a
/// quarter of one.
std::vector<std::int64_t> trendEdges(TimeRange range)
{
    std::vector<std::int64_t> edges;
    if (range.isOpen() || range.isEmpty())
        return edges;
    const auto from = static_cast<long double>(range.from.ns);
    const long double width = (static_cast<long double>(range.to.ns) - from) / kTrendSlices;
    edges.push_back(range.from.ns);
    for (std::size_t i = 1; i < kTrendSlices; ++i) {
        const auto edge = static_cast<std::int64_t>(from + width * static_cast<long double>(i));
        edges.push_back(
            width >= kHour ? bucketStart(bucketOf(edge, RollupLevel::Quarter), RollupLevel::Quarter) : edge);
    }
    edges.push_back(range.to.ns);
    return edges;
}

bool hasWholeQuarters(const std::vector<std::int64_t> &edges)
{
    return edges.size() < 2 || edges[1] % widthOf(RollupLevel::Quarter) == 0;
}

std::size_t sliceOf(const std::vector<std::int64_t> &edges, std::int64_t time)
{
    return static_cast<std::size_t>(std::upper_bound(edges.begin() + 1, edges.end() - 1, time) -
                                    (edges.begin() + 1));
}

/// The most events first, as many as asked for.
void putInOrder(std::vector<ErrorGroupRow> &rows, std::size_t limit)
{
    std::sort(rows.begin(), rows.end(), [](const ErrorGroupRow &a, const ErrorGroupRow &b) {
        return a.events != b.events
                   ? a.events > b.events
                   : std::tie(a.type, a.message, a.group) < std::tie(b.type, b.message, b.group);
    });
    if (rows.size() > limit)
        rows.resize(limit);
}

/// What is known of the whole group. Of one that others were merged into, its own place in the code.
void describe(ErrorGroupRow &row, const StoredErrorGroup &known)
{
    const bool isFirst = row.everFirstSeen == Instant();
    if (isFirst || groupName(known.key) == row.group)
        row.culprit = known.culprit;
    row.everFirstSeen = isFirst ? known.firstSeen : std::min(row.everFirstSeen, known.firstSeen);
}

} // namespace

std::string groupName(std::uint64_t key)
{
    static constexpr char kHex[] = "0123456789abcdef";
    std::string name(16, '0');
    for (std::size_t i = 16; i-- > 0; key >>= 4)
        name[i] = kHex[key & 15];
    return name;
}

std::optional<std::uint64_t> groupKey(std::string_view name)
{
    std::uint64_t key = 0;
    const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), key, 16);
    if (name.size() != 16 || problem != std::errc() || end != name.data() + name.size())
        return std::nullopt;
    return key;
}

Engine::Reply<std::vector<ErrorGroupRow>> CacheEngine::errors(const Scope &scope, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    const auto book = triageBook();
    if (!book)
        return tl::unexpected(book.error());
    if (auto rolled = rolledErrors(scan, *book); !rolled) {
        return tl::unexpected(rolled.error());
    } else if (*rolled) {
        if (const auto known = addStates((*rolled)->value, *book, scope, scan.stopToken()); !known)
            return tl::unexpected(known.error());
        return std::move(**rolled);
    }
    scan.wantErrorText();
    const std::vector<std::int64_t> edges = trendEdges(scope.range);
    std::unordered_map<std::uint64_t, std::uint32_t> places;
    std::vector<Group> groups;
    DistinctPairs users;
    DistinctPairs sessions;
    const auto done = scan.run({RecordKind::Error}, [&](const RecordRow &row) {
        const StoredError &error = *row.error;
        const std::uint64_t key = book->canonical(error.group);
        const auto [found, isNew] = places.try_emplace(key, static_cast<std::uint32_t>(groups.size()));
        if (isNew) {
            ErrorGroupRow &fresh = groups.emplace_back().row;
            fresh.group = groupName(key);
            fresh.firstSeen = fresh.lastSeen = error.time;
            fresh.severity = 0;
            if (!edges.empty())
                fresh.trend.resize(kTrendSlices);
        }
        Group &group = groups[found->second];
        ErrorGroupRow &to = group.row;
        if (error.time >= to.lastSeen) { // of the newest
            to.type = error.type;
            to.message = error.message;
        }
        to.firstSeen = std::min(to.firstSeen, error.time);
        to.lastSeen = std::max(to.lastSeen, error.time);
        ++to.events;
        to.unhandled += error.isUnhandled;
        to.severity = std::max(to.severity, error.severity);
        if (row.user != 0 && users.insert(found->second, row.user))
            ++to.users;
        if (row.session != 0 && sessions.insert(found->second, row.session))
            ++to.sessions;
        if (row.origin != 0) {
            if (const std::string &release = m_reader->origin(row.origin).release; !release.empty())
                group.releases.insert(release);
        }
        if (!to.trend.empty())
            ++to.trend[sliceOf(edges, row.time)];
    });
    if (!done)
        return tl::unexpected(done.error());
    const auto stored = m_reader->errorGroups();
    if (!stored)
        return tl::unexpected(stored.error());
    for (const StoredErrorGroup &known : *stored) {
        if (const auto place = places.find(book->canonical(known.key)); place != places.end())
            describe(groups[place->second].row, known);
    }
    Answered<std::vector<ErrorGroupRow>> answer;
    for (Group &group : groups) {
        group.row.releases.assign(group.releases.begin(), group.releases.end());
        answer.value.push_back(std::move(group.row));
    }
    putInOrder(answer.value, scope.limit);
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    if (const auto known = addStates(answer.value, *book, scope, scan.stopToken()); !known)
        return tl::unexpected(known.error());
    return answer;
}

/// The same from rollups; text is read of the newest error of each group that is shown.
CacheEngine::Rolled<std::vector<ErrorGroupRow>> CacheEngine::rolledErrors(RecordScan &scan, const TriageBook &book)
{
    using Nothing = std::optional<Answered<std::vector<ErrorGroupRow>>>;
    struct Found
    {
        ErrorGroupRow row;
        std::set<std::string> releases;
        IdUnion users, sessions, nameless;
    };
    constexpr RecordKind kKinds[] = {RecordKind::Error};
    const Scope &scope = scan.scope();
    const std::vector<std::int64_t> trend = trendEdges(scope.range);
    Planner planner(scan);
    const auto range = planner.rangeFor(RollupFamily::ErrorGroup, kKinds);
    if (!range)
        return tl::unexpected(range.error());
    if (!*range || !hasWholeQuarters(trend))
        return Nothing();
    std::map<std::uint64_t, Found> groups;
    const auto groupOf = [&](std::uint64_t key, std::int64_t first, std::int64_t last) -> Found & {
        const auto [place, isNew] = groups.try_emplace(book.canonical(key));
        ErrorGroupRow &row = place->second.row;
        if (isNew) {
            row.severity = 0;
            row.trend.resize(trend.empty() ? 0 : kTrendSlices);
        }
        row.firstSeen = isNew ? Instant{first} : std::min(row.firstSeen, Instant{first});
        row.lastSeen = isNew ? Instant{last} : std::max(row.lastSeen, Instant{last});
        return place->second;
    };
    const auto count = [&](Found &to, std::size_t stretch, std::uint64_t events, std::uint64_t unhandled,
                           std::uint64_t severity) {
        to.row.events += events;
        to.row.unhandled += unhandled;
        to.row.severity = std::max(to.row.severity, static_cast<std::uint8_t>(severity));
        if (!to.row.trend.empty())
            to.row.trend[stretch] += events;
    };
    bool isFine = true;
    const auto done = planner.run(
        RollupFamily::ErrorGroup, RollupTimes | RollupUsers | RollupSessions | RollupOtherIds, kKinds,
        trend.empty() ? std::vector<std::int64_t>{(*range)->from.ns, (*range)->to.ns} : trend,
        [&](std::size_t stretch, const RollupColumns &from, std::size_t cell) {
            if (from.firsts.empty())
                return;
            Found &to = groupOf(from.subjects[cell], from.firsts[cell], from.lasts[cell]);
            count(to, stretch, from.count(RollupCount::Errors, cell),
                  from.count(RollupCount::Unhandled, cell), from.count(RollupCount::Severity, cell));
            if (const StoredEdition *edition = planner.edition(from.editions[cell]);
                edition && !edition->release.empty())
                to.releases.insert(edition->release);
            isFine = to.users.addStored(from.idsOf(RollupIds::Users, cell)) &&
                     to.sessions.addStored(from.idsOf(RollupIds::Sessions, cell)) &&
                     to.nameless.addStored(from.idsOf(RollupIds::Nameless, cell)) && isFine;
        },
        [&](std::size_t stretch, const RecordRow &row) {
            Found &to = groupOf(row.error->group, row.time, row.time);
            count(to, stretch, 1, row.isUnhandled, row.severity);
            if (row.user != 0)
                to.users.add(row.user);
            if (row.session != 0)
                to.sessions.add(row.session);
            if (row.origin != 0 && !m_reader->origin(row.origin).release.empty())
                to.releases.insert(m_reader->origin(row.origin).release);
        });
    if (!done && done.error().code != Error::Code::Damaged)
        return tl::unexpected(done.error());
    const auto stored = m_reader->errorGroups();
    if (!stored)
        return tl::unexpected(stored.error());
    if (!done || !isFine) {
        scan.plan() = {};
        return Nothing();
    }
    // Those that may be among the first are finished.
    std::vector<std::uint64_t> events;
    for (const auto &[key, found] : groups)
        events.push_back(found.row.events);
    std::uint64_t least = 0;
    if (events.size() > scope.limit && scope.limit > 0) {
        const auto last = events.begin() + static_cast<std::ptrdiff_t>(scope.limit - 1);
        std::nth_element(events.begin(), last, events.end(), std::greater<>());
        least = *last;
    }
    scan.wantErrorText();
    std::vector<ErrorGroupRow> rows;
    std::unordered_map<std::uint64_t, std::size_t> placeOf;
    for (auto &[key, found] : groups) {
        if (found.row.events < least)
            continue;
        placeOf[key] = rows.size();
        ErrorGroupRow &row = rows.emplace_back(std::move(found.row));
        row.group = groupName(key);
        std::optional<Instant> shown;
        for (const std::uint64_t member : book.membersOf(key)) {
            const auto newest = scan.runGroup(member, [&](const RecordRow &of) {
                if (!shown || of.error->time > *shown) {
                    row.type = of.error->type;
                    row.message = of.error->message;
                    shown = of.error->time;
                }
                return false;
            });
            if (!newest)
                return tl::unexpected(newest.error());
        }
        planner.addUsersOf(found.nameless, found.users);
        planner.resolveUsers(found.users);
        planner.resolve(found.sessions);
        row.users = found.users.count();
        row.sessions = found.sessions.count();
        row.releases.assign(found.releases.begin(), found.releases.end());
    }
    for (const StoredErrorGroup &known : *stored) {
        if (const auto place = placeOf.find(book.canonical(known.key)); place != placeOf.end())
            describe(rows[place->second], known);
    }
    putInOrder(rows, scope.limit);
    return std::optional(
        Answered<std::vector<ErrorGroupRow>>{std::move(rows), scan.takeNotes(), scan.plan()});
}

Engine::Reply<std::vector<ErrorOccurrence>> CacheEngine::errorGroup(const std::string &group,
                                                                    const Scope &scope, std::stop_token stop)
{
    const auto key = groupKey(group);
    if (!key)
        return failure(Error::Code::InvalidArgument,
                       "'" + group + "' names no error group; groups are 16 hex digits");
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    const auto stored = m_reader->errorGroups();
    if (!stored)
        return tl::unexpected(stored.error());
    if (std::none_of(stored->begin(), stored->end(),
                     [&](const StoredErrorGroup &known) { return known.key == *key; }))
        return failure(Error::Code::NotFound, "there is no error group " + group);
    const auto book = triageBook();
    if (!book)
        return tl::unexpected(book.error());
    scan.wantErrorText();
    Answered<std::vector<ErrorOccurrence>> answer;
    if (scope.limit == 0)
        return answer;
    std::size_t ofMember = 0;
    const auto take = [&](const RecordRow &row) {
        const StoredError &error = *row.error;
        ErrorOccurrence &to = answer.value.emplace_back();
        to.time = error.time;
        to.user = m_reader->userKey(row.user);
        to.session = m_reader->sessionKey(row.session);
        to.screen = m_reader->string(row.screen);
        to.type = error.type;
        to.message = error.message;
        to.stack = error.stack;
        to.isUnhandled = error.isUnhandled;
        to.attributes = withoutFields(error.attributes);
        if (row.origin != 0) {
            const StoredOrigin &origin = m_reader->origin(row.origin);
            to.product = origin.product;
            to.release = origin.release;
            to.os = origin.os;
            to.device = origin.device;
        }
        return ++ofMember < scope.limit;
    };
    const std::vector<std::uint64_t> members = book->membersOf(*key);
    for (const std::uint64_t member : members) {
        ofMember = 0;
        if (const auto done = scan.runGroup(member, take); !done)
            return tl::unexpected(done.error());
    }
    if (members.size() > 1) {
        std::stable_sort(answer.value.begin(), answer.value.end(),
                         [](const ErrorOccurrence &a, const ErrorOccurrence &b) { return a.time > b.time; });
        if (answer.value.size() > scope.limit)
            answer.value.resize(scope.limit);
    }
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

/// Looked through at a time for the newest ones.
constexpr std::uint64_t kLogsAtOnce = 64 * 1024;

Engine::Reply<std::vector<LogRow>> CacheEngine::logs(const Scope &scope, std::stop_token stop)
{
    struct Found
    {
        std::int64_t time;
        SegmentInfo segment;
        std::uint32_t index;
        std::uint8_t severity;
        DictionaryId name;
        UserId user;
        SessionId session;
    };
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    constexpr RecordKind kKinds[] = {RecordKind::Log};
    const auto stretches = scan.stretches(kKinds, scope.range, kLogsAtOnce);
    if (!stretches)
        return tl::unexpected(stretches.error());
    std::vector<Found> found;
    // The newest stretch first, until it is enough.
    for (auto stretch = stretches->rbegin(); stretch != stretches->rend() && found.size() < scope.limit; ++stretch) {
        const auto done = scan.run(kKinds, *stretch, [&](const RecordRow &row) {
            found.push_back({row.time, row.segment->info(), row.index, row.severity, row.name, row.user, row.session});
        });
        if (!done)
            return tl::unexpected(done.error());
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Found &a, const Found &b) { return a.time < b.time; });
    if (found.size() > scope.limit)
        found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(scope.limit));

    // Text is read for what is shown only, segment after segment.
    std::vector<std::size_t> order(found.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return found[a].segment.id < found[b].segment.id; });
    Answered<std::vector<LogRow>> answer;
    answer.value.resize(found.size());
    std::shared_ptr<const Segment> segment;
    for (std::size_t n = 0; n < order.size(); ++n) {
        const Found &from = found[order[n]];
        if ((n & 0xffU) == 0 && scan.isCancelled())
            return scan.cancelled();
        if (!segment || segment->info().id != from.segment.id) {
            auto opened = m_reader->segment(from.segment);
            if (!opened)
                return tl::unexpected(opened.error());
            segment = std::move(*opened);
        }
        Value::Map attributes = segment->attributes(from.index);
        LogRow &to = answer.value[order[n]];
        to.time = {from.time};
        to.severity = from.severity;
        if (const Value *text = fieldOf(attributes, fieldkey::kSeverityText))
            to.severityText = toDisplayText(*text);
        if (const Value *body = fieldOf(attributes, fieldkey::kBody))
            to.body = *body;
        to.name = m_reader->string(from.name);
        to.session = m_reader->sessionKey(from.session);
        to.user = m_reader->userKey(from.user);
        to.attributes = withoutFields(std::move(attributes));
    }
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

} // namespace telltale
