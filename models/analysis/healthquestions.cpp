// SPDX-License-Identifier: GPL-3.0-or-later
// What sends, how well that goes, which releases there are, how much is kept.
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/planner.h"
#include "models/analysis/recordscan.h"
#include "models/analysis/sourcehealthreading.h"
#include "models/analysis/sourcelamp.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace telltale {
namespace {

constexpr std::uint64_t kRequestsForGap = 4; ///< fewer tell nothing about how often a source sends

/// How it did lately, from what the receiver saw; what an older cache can not say is guessed from the totals.
void addHealth(SourceRow &row, const StoredSource &stored, const SourceHealth *health, Instant now)
{
    if (health) {
        row.lag = health->lag;
        row.clockDifference = health->clockDifference;
        row.usualGap = health->usualGap;
        row.minuteRecords = health->minuteRecords;
        row.minuteRejected = health->minuteRejected;
        row.asOf = health->asOf;
        row.refusedRequests = health->refusedRequests;
        row.lastRefusal = health->lastRefusal;
        if (now - health->asOf <= std::chrono::seconds(60))
            row.ratePerSecond = static_cast<double>(health->minuteRecords) / 60;
    } else if (stored.requests > 0) {
        row.minuteRecords = stored.records;
        row.minuteRejected = stored.rejected;
        row.asOf = stored.lastArrival;
    }
    if (!row.usualGap && stored.requests >= kRequestsForGap)
        row.usualGap = (stored.lastArrival - stored.firstArrival) / static_cast<std::int64_t>(stored.requests - 1);
}

/// Says that parts of the scope do not apply.
void noteWholeCache(std::vector<std::string> &notes, const Scope &scope, const char *what)
{
    if (!scope.filter.isEmpty() || !(scope.range == TimeRange()))
        notes.push_back(std::string(what) + " are those of the whole cache: range and filter do not apply");
}

/// Rows in order, and what is said about those that have none.
Answered<std::vector<ReleaseRow>> finished(RecordScan &scan, std::vector<ReleaseRow> rows,
                                           std::uint64_t without)
{
    for (ReleaseRow &row : rows) {
        if (row.sessions > 0)
            row.crashFreeSessions =
                1.0 - static_cast<double>(row.crashedSessions) / static_cast<double>(row.sessions);
    }
    std::sort(rows.begin(), rows.end(), [](const ReleaseRow &a, const ReleaseRow &b) {
        return a.users != b.users ? a.users > b.users
                                  : std::tie(a.product, a.release) < std::tie(b.product, b.release);
    });
    if (rows.size() > scan.scope().limit)
        rows.resize(scan.scope().limit);
    if (without > 0)
        scan.note(std::to_string(without) + " records name no release and are left out");
    return {std::move(rows), scan.takeNotes(), scan.plan()};
}

/// What a crash can lose, where nobody sends it again.
std::string_view noteOf(std::string_view protocol)
{
    if (protocol == "statsd")
        return "Datagrams are not answered: what a crash catches before it is stored is lost.";
    if (protocol == "mqtt/qos0")
        return "QoS 0: what the broker sends while nobody listens, and what a crash catches before it is stored, is lost.";
    if (protocol == "mqtt/qos1")
        return "QoS 1: acknowledged when it is stored, so a crash loses nothing, and what comes again within half an hour is stored once. "
               "While nobody listens the broker keeps as much as it is set to.";
    return {};
}

} // namespace

Engine::Reply<std::vector<SourceRow>> CacheEngine::sources(const Scope &scope, std::stop_token)
{
    const CacheReader::Snapshot snapshot(*m_reader);
    const auto stored = m_reader->sources();
    if (!stored)
        return tl::unexpected(stored.error());
    const auto documents = m_reader->documents(kSourceHealthKind);
    if (!documents)
        return tl::unexpected(documents.error());
    std::map<std::string, SourceHealth> known;
    for (const Document &document : *documents) {
        if (auto health = parseSourceHealth(document.body))
            known.emplace(sourceKey(health->protocol, health->product, health->os), std::move(*health));
    }
    Answered<std::vector<SourceRow>> answer;
    for (const StoredSource &source : *stored) {
        SourceRow &row = answer.value.emplace_back();
        row.source = source.name;
        row.protocol = source.protocol;
        row.product = source.product;
        row.os = source.os;
        row.note = noteOf(source.protocol);
        row.releases = source.releases;
        if (source.records > 0)
            row.lastEvent = source.lastEvent;
        if (source.requests > 0)
            row.lastArrival = source.lastArrival;
        row.requests = source.requests;
        row.records = source.records;
        row.rejected = source.rejected;
        row.duplicates = source.duplicates;
        row.dropped = source.dropped;
        const auto health = known.find(sourceKey(source.protocol, source.product, source.os));
        addHealth(row, source, health == known.end() ? nullptr : &health->second, scope.now);
        row.state = lampOf(signsOf(row), scope.now);
        if (health != known.end())
            known.erase(health);
    }
    // Of these nothing was ever stored: they were refused.
    for (const auto &[key, health] : known) {
        if (!health.lastRefusal)
            continue;
        SourceRow &row = answer.value.emplace_back();
        row.protocol = health.protocol;
        row.product = health.product;
        row.os = health.os;
        row.source = health.product + (health.product.empty() || health.os.empty() ? "" : " ") + health.os;
        addHealth(row, {}, &health, scope.now);
        row.state = lampOf(signsOf(row), scope.now);
    }
    std::sort(answer.value.begin(), answer.value.end(), [](const SourceRow &a, const SourceRow &b) {
        return a.requests != b.requests ? a.requests > b.requests
                                        : std::tie(a.source, a.protocol) < std::tie(b.source, b.protocol);
    });
    if (answer.value.size() > scope.limit)
        answer.value.resize(scope.limit);
    noteWholeCache(answer.notes, scope, "Sources");
    return answer;
}

Engine::Reply<std::vector<CounterRow>> CacheEngine::counters(const Scope &scope, std::stop_token)
{
    const CacheReader::Snapshot snapshot(*m_reader);
    const auto stored = m_reader->counters();
    if (!stored)
        return tl::unexpected(stored.error());
    Answered<std::vector<CounterRow>> answer;
    for (const StoredCounter &counter : *stored) {
        if (counter.count == 0)
            continue;
        CounterRow &row = answer.value.emplace_back();
        row.counter = counter.name;
        row.count = counter.count;
        if (const CounterInfo *info = counterInfo(counter.name)) {
            row.severity = severityText(info->severity);
            row.help = info->help;
        } else {
            row.severity = severityText(CounterSeverity::Info); // of a later version
        }
    }
    std::sort(answer.value.begin(), answer.value.end(), [](const CounterRow &a, const CounterRow &b) {
        return a.count != b.count ? a.count > b.count : a.counter < b.counter;
    });
    if (answer.value.size() > scope.limit)
        answer.value.resize(scope.limit);
    noteWholeCache(answer.notes, scope, "Counters");
    return answer;
}

Engine::Reply<std::vector<ReleaseRow>> CacheEngine::releases(const Scope &scope, std::stop_token stop)
{
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    if (auto rolled = rolledReleases(scan); !rolled)
        return tl::unexpected(rolled.error());
    else if (*rolled)
        return std::move(**rolled);
    scan.wantOnly({RecordColumn::Time, RecordColumn::User, RecordColumn::Session, RecordColumn::Origin});
    std::map<std::pair<std::string, std::string>, std::uint32_t> places;
    PlaceMap origins;
    std::vector<std::uint32_t> placeOfOrigin; // by place in `origins`; kNone: names no release
    constexpr std::uint32_t kNone = 0xffffffffU;
    std::vector<ReleaseRow> rows;
    DistinctPairs users;
    DistinctPairs sessions;
    DistinctPairs crashed;
    std::uint64_t without = 0;
    const auto done = scan.run(kActiveKinds, scope.range, [&](const RecordRow &row) {
        const std::uint32_t known = origins.placeOf(row.origin);
        if (known == placeOfOrigin.size()) {
            placeOfOrigin.push_back(kNone);
            if (row.origin != 0 && !m_reader->origin(row.origin).release.empty()) {
                const StoredOrigin &origin = m_reader->origin(row.origin);
                const auto [place, isNew] = places.try_emplace({origin.product, origin.release},
                                                               static_cast<std::uint32_t>(rows.size()));
                if (isNew) {
                    ReleaseRow &fresh = rows.emplace_back();
                    fresh.product = origin.product;
                    fresh.release = origin.release;
                    fresh.firstSeen = fresh.lastSeen = {row.time};
                }
                placeOfOrigin.back() = place->second;
            }
        }
        const std::uint32_t place = placeOfOrigin[known];
        if (place == kNone) {
            ++without;
            return;
        }
        ReleaseRow &release = rows[place];
        release.firstSeen = std::min(release.firstSeen, Instant{row.time});
        release.lastSeen = std::max(release.lastSeen, Instant{row.time});
        if (row.user != 0 && users.insert(place, row.user))
            ++release.users;
        if (row.session == 0)
            return;
        if (sessions.insert(place, row.session))
            ++release.sessions;
        if (row.isUnhandled && crashed.insert(place, row.session))
            ++release.crashedSessions;
    });
    if (!done)
        return tl::unexpected(done.error());
    return finished(scan, std::move(rows), without);
}

/// The same from rollups: a cell knows its release by its edition.
CacheEngine::Rolled<std::vector<ReleaseRow>> CacheEngine::rolledReleases(RecordScan &scan)
{
    using Nothing = std::optional<Answered<std::vector<ReleaseRow>>>;
    struct Found
    {
        ReleaseRow row;
        IdUnion users, sessions, crashed, nameless;
    };
    Planner planner(scan);
    const auto range = planner.rangeFor(RollupFamily::All, kActiveKinds);
    if (!range)
        return tl::unexpected(range.error());
    if (!*range)
        return Nothing();
    scan.wantOnly({RecordColumn::Time, RecordColumn::User, RecordColumn::Session, RecordColumn::Origin});
    std::map<std::pair<std::string, std::string>, Found> releases;
    std::uint64_t without = 0;
    bool isFine = true;
    const auto releaseOf = [&](const std::string &product, const std::string &name, std::int64_t first,
                               std::int64_t last) -> Found & {
        const auto [place, isNew] = releases.try_emplace({product, name});
        ReleaseRow &row = place->second.row;
        row.firstSeen = isNew ? Instant{first} : std::min(row.firstSeen, Instant{first});
        row.lastSeen = isNew ? Instant{last} : std::max(row.lastSeen, Instant{last});
        return place->second;
    };
    const auto done = planner.run(
        RollupFamily::All, RollupTimes | RollupUsers | RollupSessions | RollupOtherIds, kActiveKinds,
        {(*range)->from.ns, (*range)->to.ns},
        [&](std::size_t, const RollupColumns &from, std::size_t cell) {
            const StoredEdition *edition = planner.edition(from.editions[cell]);
            if (from.firsts.empty() || from.firsts[cell] > from.lasts[cell])
                return; // spans and points alone
            if (!edition || edition->release.empty()) {
                for (const RollupCount which : {RollupCount::Usage, RollupCount::Views, RollupCount::Errors,
                                                RollupCount::Logs, RollupCount::Bounds})
                    without += from.count(which, cell);
                return;
            }
            Found &to = releaseOf(edition->product, edition->release, from.firsts[cell], from.lasts[cell]);
            isFine = to.users.addStored(from.idsOf(RollupIds::Users, cell)) &&
                     to.sessions.addStored(from.idsOf(RollupIds::Sessions, cell)) &&
                     to.crashed.addStored(from.idsOf(RollupIds::Crashed, cell)) &&
                     to.nameless.addStored(from.idsOf(RollupIds::Nameless, cell)) && isFine;
        },
        [&](std::size_t, const RecordRow &row) {
            if (row.origin == 0 || m_reader->origin(row.origin).release.empty()) {
                ++without;
                return;
            }
            const StoredOrigin &origin = m_reader->origin(row.origin);
            Found &to = releaseOf(origin.product, origin.release, row.time, row.time);
            if (row.user != 0)
                to.users.add(row.user);
            if (row.session == 0)
                return;
            to.sessions.add(row.session);
            if (row.isUnhandled)
                to.crashed.add(row.session);
        });
    if (!done && done.error().code != Error::Code::Damaged)
        return tl::unexpected(done.error());
    if (!done || !isFine) {
        scan.plan() = {};
        return Nothing();
    }
    std::vector<ReleaseRow> rows;
    for (auto &[name, found] : releases) {
        planner.addUsersOf(found.nameless, found.users);
        planner.resolveUsers(found.users);
        planner.resolve(found.sessions);
        planner.resolve(found.crashed);
        ReleaseRow &row = rows.emplace_back(std::move(found.row));
        std::tie(row.product, row.release) = name;
        row.users = found.users.count();
        row.sessions = found.sessions.count();
        row.crashedSessions = found.crashed.count();
    }
    return std::optional(finished(scan, std::move(rows), without));
}

Engine::Reply<Engine::Summary> CacheEngine::summary(std::stop_token)
{
    const CacheReader::Snapshot snapshot(*m_reader);
    const auto stored = m_reader->summary();
    if (!stored)
        return tl::unexpected(stored.error());
    Answered<Summary> answer;
    answer.value.records = stored->records;
    answer.value.bytes = stored->bytes;
    answer.value.oldest = stored->oldest;
    answer.value.newest = stored->newest;
    std::set<std::string> products;
    std::set<std::string> environments;
    for (const OriginId id : m_reader->origins()) {
        const StoredOrigin &origin = m_reader->origin(id);
        if (!origin.product.empty())
            products.insert(origin.product);
        if (!origin.environment.empty())
            environments.insert(origin.environment);
    }
    answer.value.products.assign(products.begin(), products.end());
    answer.value.environments.assign(environments.begin(), environments.end());
    return answer;
}

} // namespace telltale
