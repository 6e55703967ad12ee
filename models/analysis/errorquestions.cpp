// SPDX-License-Identifier: GPL-3.0-or-later
// Errors by group, the occurrences of one group, and logs.
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/recordscan.h"
#include "models/analysis/recordtext.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_map>

namespace telltale {
namespace {

constexpr std::size_t kTrendSlices = 32;

/// What is gathered about one group while errors pass by.
struct Group
{
    ErrorGroupRow row;
    std::set<std::string> releases;
};

std::size_t sliceOf(TimeRange range, std::int64_t time)
{
    const auto width = static_cast<long double>(range.to.ns) - static_cast<long double>(range.from.ns);
    const auto place = (static_cast<long double>(time) - static_cast<long double>(range.from.ns)) / width;
    return std::min(kTrendSlices - 1,
                    static_cast<std::size_t>(place * static_cast<long double>(kTrendSlices)));
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
    RecordScan scan(*m_reader, scope, std::move(stop));
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    scan.wantErrorText();
    std::unordered_map<std::uint64_t, std::uint32_t> places;
    std::vector<Group> groups;
    DistinctPairs users;
    DistinctPairs sessions;
    const auto done = scan.run({RecordKind::Error}, [&](const RecordRow &row) {
        const StoredError &error = *row.error;
        const auto [found, isNew] =
            places.try_emplace(error.group, static_cast<std::uint32_t>(groups.size()));
        if (isNew) {
            ErrorGroupRow &fresh = groups.emplace_back().row;
            fresh.group = groupName(error.group);
            fresh.firstSeen = fresh.lastSeen = error.time;
            fresh.severity = 0;
            if (!scope.range.isOpen())
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
            ++to.trend[sliceOf(scope.range, row.time)];
    });
    if (!done)
        return tl::unexpected(done.error());
    const auto stored = m_reader->errorGroups();
    if (!stored)
        return tl::unexpected(stored.error());
    for (const StoredErrorGroup &known : *stored) {
        if (const auto place = places.find(known.key); place != places.end()) {
            ErrorGroupRow &row = groups[place->second].row;
            row.culprit = known.culprit;
            row.state = known.state;
            row.everFirstSeen = known.firstSeen;
        }
    }
    Answered<std::vector<ErrorGroupRow>> answer;
    for (Group &group : groups) {
        group.row.releases.assign(group.releases.begin(), group.releases.end());
        answer.value.push_back(std::move(group.row));
    }
    std::sort(answer.value.begin(), answer.value.end(), [](const ErrorGroupRow &a, const ErrorGroupRow &b) {
        return a.events != b.events
                   ? a.events > b.events
                   : std::tie(a.type, a.message, a.group) < std::tie(b.type, b.message, b.group);
    });
    if (answer.value.size() > scope.limit)
        answer.value.resize(scope.limit);
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

Engine::Reply<std::vector<ErrorOccurrence>> CacheEngine::errorGroup(const std::string &group,
                                                                    const Scope &scope, std::stop_token stop)
{
    const auto key = groupKey(group);
    if (!key)
        return failure(Error::Code::InvalidArgument,
                       "'" + group + "' names no error group; groups are 16 hex digits");
    RecordScan scan(*m_reader, scope, std::move(stop));
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    const auto stored = m_reader->errorGroups();
    if (!stored)
        return tl::unexpected(stored.error());
    if (std::none_of(stored->begin(), stored->end(),
                     [&](const StoredErrorGroup &known) { return known.key == *key; }))
        return failure(Error::Code::NotFound, "there is no error group " + group);
    scan.wantErrorText();
    Answered<std::vector<ErrorOccurrence>> answer;
    const auto done = scan.run({RecordKind::Error}, [&](const RecordRow &row) {
        const StoredError &error = *row.error;
        if (error.group != *key)
            return;
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
    });
    if (!done)
        return tl::unexpected(done.error());
    // Newest first; equal times stay in the order of their arrival, turned round.
    std::stable_sort(answer.value.begin(), answer.value.end(),
                     [](const ErrorOccurrence &a, const ErrorOccurrence &b) { return a.time < b.time; });
    std::reverse(answer.value.begin(), answer.value.end());
    if (answer.value.size() > scope.limit)
        answer.value.resize(scope.limit);
    answer.notes = scan.takeNotes();
    answer.plan = scan.plan();
    return answer;
}

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
    RecordScan scan(*m_reader, scope, std::move(stop));
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    std::vector<Found> found;
    const auto done = scan.run({RecordKind::Log}, [&](const RecordRow &row) {
        found.push_back(
            {row.time, row.segment->info(), row.index, row.severity, row.name, row.user, row.session});
    });
    if (!done)
        return tl::unexpected(done.error());
    std::stable_sort(found.begin(), found.end(),
                     [](const Found &a, const Found &b) { return a.time < b.time; });
    if (found.size() > scope.limit) // the newest ones
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
