// SPDX-License-Identifier: GPL-3.0-or-later
// Where do people go from here?
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/recordscan.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace telltale {
namespace {

constexpr std::size_t kFewestSteps = 2, kMostSteps = 12, kMostNames = 50;
constexpr std::size_t kBetweenStops = 1U << 14; ///< so many records take well below 50 ms

/// A screen or a feature: its name's id, the kind in the lowest bit.
using Place = std::uint32_t;
Place placeOf(DictionaryId name, bool isFeature)
{
    return static_cast<Place>(name) << 1 | (isFeature ? 1U : 0U);
}
DictionaryId nameOf(Place place)
{
    return place >> 1;
}
bool isFeature(Place place)
{
    return place & 1U;
}

struct Step
{
    std::int64_t time;
    Place place;
    std::uint32_t session; ///< counted as they are met
};

/// Every step of every session, and the steps of one session in their order.
class Walks
{
public:
    void add(std::int64_t time, Place place, SessionId session, UserId user)
    {
        const auto [at, isNew] = m_known.try_emplace(session, static_cast<std::uint32_t>(m_users.size()));
        if (isNew) {
            m_ids.push_back(session);
            m_users.push_back(user);
            m_counts.push_back(0);
        }
        if (m_users[at->second] == 0)
            m_users[at->second] = user;
        ++m_counts[at->second];
        m_steps.push_back({time, place, at->second});
    }

    std::size_t sessions() const { return m_users.size(); }
    UserId user(std::size_t session) const { return m_users[session]; }
    SessionId id(std::size_t session) const { return m_ids[session]; }

    /// Before the first gather(): puts the steps of a session together. False: stopped.
    bool sortBySession(const std::stop_token &stop)
    {
        m_begins.resize(m_counts.size() + 1);
        for (std::size_t i = 0; i < m_counts.size(); ++i)
            m_begins[i + 1] = m_begins[i] + m_counts[i];
        std::vector<std::uint32_t> next(m_begins.begin(), m_begins.end() - 1);
        m_order.resize(m_steps.size());
        for (std::size_t i = 0; i < m_steps.size(); ++i) {
            if (i % kBetweenStops == 0 && stop.stop_requested())
                return false;
            m_order[next[m_steps[i].session]++] = static_cast<std::uint32_t>(i);
        }
        return true;
    }

    /// By time, backwards when asked so; `text` says how names are ordered that come at the same time.
    template<typename Text>
    void gather(std::size_t session, bool isBackwards, Text &&text, std::vector<Step> &steps) const
    {
        steps.clear();
        for (std::uint32_t i = m_begins[session]; i < m_begins[session + 1]; ++i)
            steps.push_back(m_steps[m_order[i]]);
        std::sort(steps.begin(), steps.end(), [&](const Step &a, const Step &b) {
            if (a.time != b.time)
                return a.time < b.time;
            if (a.place == b.place)
                return false;
            return isFeature(a.place) != isFeature(b.place) ? isFeature(b.place) : text(a.place) < text(b.place);
        });
        if (isBackwards)
            std::reverse(steps.begin(), steps.end());
    }

private:
    std::vector<Step> m_steps;
    std::unordered_map<SessionId, std::uint32_t> m_known;
    std::vector<SessionId> m_ids;
    std::vector<UserId> m_users;
    std::vector<std::uint32_t> m_counts, m_begins, m_order;
};

/// The paths of all sessions, of equal length: 0 where one has ended.
struct Bundle
{
    std::size_t length = 0;
    std::vector<Place> places; ///< session by session
    std::vector<UserId> users;
    std::vector<SessionId> sessions;
    std::size_t all = 0; ///< sessions with a step, whether or not they have a path
    std::size_t count() const { return users.size(); }
    Place at(std::size_t path, std::size_t step) const { return places[path * length + step]; }
};

/// From the first anchor of `steps` on; nothing without one.
void addPath(const std::vector<Step> &steps, const std::vector<Place> &anchors, bool hasAnchor, bool collapses, UserId user,
             SessionId session, Bundle &bundle)
{
    auto at = steps.begin();
    if (hasAnchor)
        at = std::find_if(at, steps.end(), [&](const Step &step) {
            return std::find(anchors.begin(), anchors.end(), step.place) != anchors.end();
        });
    if (at == steps.end())
        return;
    const std::size_t begin = bundle.places.size();
    for (; at != steps.end() && bundle.places.size() < begin + bundle.length; ++at) {
        if (!collapses || bundle.places.size() == begin || bundle.places.back() != at->place)
            bundle.places.push_back(at->place);
    }
    bundle.places.resize(begin + bundle.length, 0);
    bundle.users.push_back(user);
    bundle.sessions.push_back(session);
}

/// The names of one step: the `top` with the most sessions, and where each place went.
template<typename Text>
std::vector<PathNode> nodesOf(const Bundle &bundle, std::size_t step, std::size_t top, Text &&text,
                              std::unordered_map<Place, std::size_t> &nodeOf)
{
    std::unordered_map<Place, std::uint64_t> counts;
    for (std::size_t path = 0; path < bundle.count(); ++path) {
        if (const Place place = bundle.at(path, step))
            ++counts[place];
    }
    std::vector<std::pair<std::uint64_t, Place>> order;
    for (const auto &[place, count] : counts)
        order.emplace_back(count, place);
    std::sort(order.begin(), order.end(), [&](const auto &a, const auto &b) {
        if (a.first != b.first)
            return a.first > b.first;
        const std::string_view left = text(a.second), right = text(b.second);
        return left != right ? left < right : isFeature(a.second) < isFeature(b.second);
    });
    // One name alone is named, whatever the limit.
    const std::size_t named = order.size() <= top + 1 ? order.size() : top;
    std::vector<PathNode> nodes;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Place place = order[i].second;
        if (i < named)
            nodes.push_back({isFeature(place) ? PathNode::Kind::Feature : PathNode::Kind::Screen, std::string(text(place)), 1, 0, 0, 0});
        else if (i == named)
            nodes.push_back({PathNode::Kind::Other, {}, order.size() - named, 0, 0, 0});
        nodeOf[place] = std::min(i, named);
    }
    return nodes;
}

/// Counts sessions and users of the nodes, and the links to the step before.
void count(const Bundle &bundle, std::size_t step, const std::unordered_map<Place, std::size_t> &before,
           const std::unordered_map<Place, std::size_t> &nodeOf, Paths &paths)
{
    std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> links;
    DistinctPairs seen;
    std::vector<PathNode> &nodes = paths.steps[step];
    for (std::size_t path = 0; path < bundle.count(); ++path) {
        const Place place = bundle.at(path, step);
        if (place == 0) {
            if (step > 0 && bundle.at(path, step - 1) != 0)
                ++paths.steps[step - 1][before.at(bundle.at(path, step - 1))].ended;
            continue;
        }
        const std::size_t node = nodeOf.at(place);
        ++nodes[node].sessions;
        const UserId user = bundle.users[path];
        if (user != 0 && seen.insert(static_cast<std::uint32_t>(node), user))
            ++nodes[node].users;
        if (step > 0)
            ++links[{before.at(bundle.at(path, step - 1)), node}];
    }
    for (const auto &[ends, sessions] : links)
        paths.links.push_back({step - 1, ends.first, ends.second, sessions});
}

Result<void> checked(const PathsAsked &asked)
{
    if (asked.steps < kFewestSteps || asked.steps > kMostSteps || asked.top < 1 || asked.top > kMostNames)
        return failure(Error::Code::InvalidArgument, "paths have " + std::to_string(kFewestSteps) + " to " + std::to_string(kMostSteps) +
                                                         " steps and 1 to " + std::to_string(kMostNames) + " names a step");
    return {};
}

/// Reads all steps and cuts the paths out of them. Error: Cancelled, Io.
template<typename Text>
Result<Bundle> walk(RecordScan &scan, const PathsAsked &asked, const std::stop_token &stop, Text &&text)
{
    scan.wantOnly({RecordColumn::Time, RecordColumn::User, RecordColumn::Session, RecordColumn::Feature, RecordColumn::Screen});
    Walks walks;
    std::unordered_map<Place, bool> isAnchor;
    const auto visit = [&](const RecordRow &row) {
        const bool ofFeature = row.kind == RecordKind::UsageEvent;
        const DictionaryId name = ofFeature ? row.feature : row.screen;
        if (name == 0 || row.session == 0)
            return;
        const Place place = placeOf(name, ofFeature);
        if (const auto [at, isNew] = isAnchor.try_emplace(place, false); isNew)
            at->second = !asked.anchor.empty() && text(place) == asked.anchor;
        walks.add(row.time, place, row.session, row.user);
    };
    for (const RecordKind kind : {RecordKind::ScreenView, RecordKind::UsageEvent}) {
        if (asked.of == (kind == RecordKind::ScreenView ? PathOf::Features : PathOf::Screens))
            continue;
        if (const auto done = scan.run({kind}, visit); !done)
            return tl::unexpected(done.error());
    }
    if (!walks.sortBySession(stop))
        return scan.cancelled();

    std::vector<Place> anchors;
    for (const auto &[place, isOne] : isAnchor) {
        if (isOne)
            anchors.push_back(place);
    }
    Bundle bundle;
    bundle.length = asked.steps;
    bundle.all = walks.sessions();
    std::vector<Step> steps;
    std::size_t gathered = 0;
    for (std::size_t session = 0; session < walks.sessions(); ++session) {
        walks.gather(session, asked.isBackwards, text, steps);
        addPath(steps, anchors, !asked.anchor.empty(), asked.collapsesRepeats, walks.user(session), walks.id(session), bundle);
        gathered += steps.size();
        if (gathered > kBetweenStops) {
            gathered = 0;
            if (stop.stop_requested())
                return scan.cancelled();
        }
    }
    return bundle;
}

} // namespace

Engine::Reply<Paths> CacheEngine::paths(const PathsAsked &asked, const Scope &scope, std::stop_token stop)
{
    if (const auto right = checked(asked); !right)
        return tl::unexpected(right.error());
    RecordScan scan(*m_reader, scope, stop, listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    const auto text = [&](Place place) { return m_reader->string(nameOf(place)); };
    const auto bundle = walk(scan, asked, stop, text);
    if (!bundle)
        return tl::unexpected(bundle.error());

    Paths paths;
    paths.all = bundle->all;
    paths.sessions = bundle->count();
    std::unordered_map<Place, std::size_t> before, nodeOf;
    for (std::size_t step = 0; step < asked.steps; ++step) {
        if (stop.stop_requested())
            return scan.cancelled();
        nodeOf.clear();
        paths.steps.push_back(nodesOf(*bundle, step, asked.top, text, nodeOf));
        count(*bundle, step, before, nodeOf, paths);
        if (paths.steps.back().empty()) {
            paths.steps.pop_back(); // nobody came so far
            break;
        }
        std::swap(before, nodeOf);
    }
    return Answered<Paths>{std::move(paths), scan.takeNotes(), scan.plan()};
}

Engine::Reply<SessionList> CacheEngine::pathSessions(const PathStepAsked &asked, const Scope &scope, bool withTimelines, std::stop_token stop)
{
    if (const auto right = checked(asked.paths); !right)
        return tl::unexpected(right.error());
    if (asked.step + (asked.to ? 1 : 0) >= asked.paths.steps)
        return failure(Error::Code::InvalidArgument, "these paths have no step " + std::to_string(asked.step + (asked.to ? 2 : 1)));
    RecordScan scan(*m_reader, scope, stop, listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    const auto text = [&](Place place) { return m_reader->string(nameOf(place)); };
    const auto bundle = walk(scan, asked.paths, stop, text);
    if (!bundle)
        return tl::unexpected(bundle.error());

    SeenIds matching;
    for (const SessionId session : bundle->sessions)
        matching.insert(session);
    const auto keep = [&](std::size_t step, const PathPlace &place) {
        std::unordered_map<Place, std::size_t> nodeOf;
        const std::vector<PathNode> nodes = nodesOf(*bundle, step, asked.paths.top, text, nodeOf);
        SeenIds here;
        for (std::size_t path = 0; path < bundle->count(); ++path) {
            const auto found = nodeOf.find(bundle->at(path, step));
            if (found == nodeOf.end())
                continue;
            const PathNode &node = nodes[found->second];
            if (node.kind == place.kind && node.name == place.name && matching.contains(bundle->sessions[path]))
                here.insert(bundle->sessions[path]);
        }
        matching = std::move(here);
    };
    keep(asked.step, asked.from);
    if (asked.to)
        keep(asked.step + 1, *asked.to);
    return listOf(scan, matching, withTimelines);
}

} // namespace telltale
