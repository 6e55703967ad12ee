// SPDX-License-Identifier: GPL-3.0-or-later
// In which state groups of errors are: from what was decided and what happened since.
#include "models/analysis/cacheengine.h"
#include "models/analysis/planner.h"
#include "models/analysis/recordscan.h"
#include "models/analysis/recordtext.h"
#include "models/analysis/triagebook.h"

#include <set>
#include <unordered_map>

namespace telltale {
namespace {

constexpr std::int64_t kDay = 86'400'000'000'000;

struct Recent
{
    std::uint64_t lastDay = 0, weekBefore = 0;
};

} // namespace

Result<TriageBook> CacheEngine::triageBook()
{
    auto journal = m_reader->triage();
    if (!journal)
        return tl::unexpected(journal.error());
    return TriageBook(std::move(*journal));
}

/// The states of these groups at `scope.now`; of the whole cache, whatever the scope's range and filter. Cost: the last eight days
/// from rollups, and for decided groups their errors since.
Result<void> CacheEngine::addStates(std::vector<ErrorGroupRow> &rows, const TriageBook &book, const Scope &scope, std::stop_token stop)
{
    if (rows.empty())
        return {};
    // Whole quarters, as rollups have them.
    const std::int64_t now = scope.now.ns;
    const std::int64_t dayAgo = bucketStart(bucketOf(now - kDay, RollupLevel::Quarter), RollupLevel::Quarter);
    const std::vector<std::int64_t> edges{dayAgo - 7 * kDay, dayAgo, now};
    Scope lately = scope;
    lately.range = {{edges.front()}, {edges.back()}};
    lately.filter = {};
    lately.limit = kNoLimit;
    std::unordered_map<std::uint64_t, Recent> recent;
    const auto count = [&](std::uint64_t group, bool isLastDay, std::uint64_t events) {
        Recent &to = recent[book.canonical(group)];
        (isLastDay ? to.lastDay : to.weekBefore) += events;
    };
    constexpr RecordKind kKinds[] = {RecordKind::Error};
    RecordScan scan(*m_reader, lately, stop, listening());
    if (const auto ready = scan.prepare(); !ready)
        return ready;
    Planner planner(scan);
    const auto range = planner.rangeFor(RollupFamily::ErrorGroup, kKinds);
    if (!range)
        return tl::unexpected(range.error());
    Result<void> counted;
    if (*range) {
        counted = planner.run(
            RollupFamily::ErrorGroup, RollupTimes, kKinds, edges,
            [&](std::size_t stretch, const RollupColumns &from, std::size_t cell) {
                count(from.subjects[cell], stretch == 1, from.count(RollupCount::Errors, cell));
            },
            [&](std::size_t stretch, const RecordRow &row) { count(row.error->group, stretch == 1, 1); });
    }
    if (!*range || (!counted && counted.error().code == Error::Code::Damaged)) {
        recent.clear();
        counted = scan.run({RecordKind::Error}, [&](const RecordRow &row) { count(row.error->group, row.time >= dayAgo, 1); });
    }
    if (!counted)
        return counted;

    for (ErrorGroupRow &row : rows) {
        const std::uint64_t key = *groupKey(row.group);
        GroupSigns signs;
        signs.firstSeen = row.everFirstSeen;
        signs.now = scope.now;
        signs.lastDay = recent[key].lastDay;
        signs.weekBefore = recent[key].weekBefore;
        for (const std::uint64_t member : book.membersOf(key)) {
            if (member != key)
                row.merged.push_back(groupName(member));
        }
        const TriageDecision *decision = book.decisionOf(key);
        if (decision) {
            row.decision = *decision;
            if (const auto seen = addSince(signs, *decision, book, stop); !seen)
                return seen;
        }
        row.state = triageState(decision, signs);
    }
    return {};
}

/// What happened to a group since the decision about it, as far as that decision asks.
Result<void> CacheEngine::addSince(GroupSigns &signs, const TriageDecision &decision, const TriageBook &book, const std::stop_token &stop)
{
    using Action = TriageDecision::Action;
    const bool isResolved = decision.action == Action::Resolve;
    const bool isCounted = decision.action == Action::Archive && (decision.events > 0 || decision.users > 0);
    if (!isResolved && !isCounted)
        return {};
    std::set<UserId> users;
    const TimeRange since{decision.time + std::chrono::nanoseconds(1), signs.now};
    for (const std::uint64_t member : book.membersOf(decision.group)) {
        const auto visited = m_reader->forEachErrorOfGroup(member, since, false, [&](const StoredError &error) {
            if (isResolved) {
                const std::string_view release = error.origin == 0 ? std::string_view() : std::string_view(m_reader->origin(error.origin).release);
                signs.isSeenAgain = signs.isSeenAgain || bringsBack(decision, release);
                return !signs.isSeenAgain && !stop.stop_requested();
            }
            ++signs.eventsSince;
            if (error.user != 0)
                users.insert(m_reader->canonicalUser(error.user));
            const bool isReached = (decision.events > 0 && signs.eventsSince >= decision.events) ||
                                   (decision.users > 0 && users.size() >= decision.users);
            return !isReached && !stop.stop_requested();
        });
        if (!visited)
            return visited;
        if (stop.stop_requested())
            return failure(Error::Code::Cancelled, "the question was cancelled");
    }
    signs.usersSince = users.size();
    return {};
}

Engine::Reply<std::vector<TriageDecision>> CacheEngine::decisions(const std::string &group, std::stop_token)
{
    const auto key = groupKey(group);
    if (!key)
        return failure(Error::Code::InvalidArgument, "'" + group + "' names no error group; groups are 16 hex digits");
    const CacheReader::Snapshot snapshot(*m_reader);
    const auto book = triageBook();
    if (!book)
        return tl::unexpected(book.error());
    return Answered<std::vector<TriageDecision>>{book->historyOf(*key), {}, {}};
}

Engine::Reply<std::vector<Note>> CacheEngine::notes(std::stop_token)
{
    const CacheReader::Snapshot snapshot(*m_reader);
    const auto documents = m_reader->documents(kNoteKind);
    if (!documents)
        return tl::unexpected(documents.error());
    Answered<std::vector<Note>> answer;
    for (const Document &document : *documents) {
        if (auto note = noteOf(document))
            answer.value.push_back(std::move(*note));
    }
    return answer;
}

} // namespace telltale
