// SPDX-License-Identifier: GPL-3.0-or-later
// Where do people go from here?
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/recordscan.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

namespace telltale {
namespace {

constexpr std::size_t kFewestSteps = 2, kMostSteps = 12, kMostNames = 50;

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
    SessionId session;
    UserId user;
};

/// What is put in order at a time: 12 MiB when each record is a step.
constexpr std::uint64_t kRecordsAtOnce = 512 * 1024;

/// The paths of all sessions, of equal length: 0 where one has ended, or has not begun. Made step by step in order of time, or
/// backwards. Memory: 4 bytes a step of a path, some 20 more a session; not a byte a record.
class Bundle
{
public:
    Bundle(const PathsAsked &asked, std::vector<Place> anchors)
        : m_asked(asked)
        , m_anchors(std::move(anchors))
    {}

    void add(const Step &step)
    {
        const std::uint32_t path = m_places.placeOf(step.session);
        if (path == m_users.size()) {
            m_users.push_back(0);
            m_lengths.push_back(0);
            if (path % kInPiece == 0)
                m_pieces.push_back(std::make_unique<Place[]>(kInPiece * m_asked.steps));
        }
        if (step.user != 0 && (m_asked.isBackwards || m_users[path] == 0))
            m_users[path] = step.user; // of the earliest step that names one
        std::uint8_t &length = m_lengths[path];
        if (length == m_asked.steps || (length == 0 && !isBegin(step.place)))
            return;
        Place *const places = placesOf(path);
        if (length > 0 && m_asked.collapsesRepeats && places[length - 1] == step.place)
            return;
        m_begun += length == 0;
        places[length++] = step.place;
    }

    /// Sessions with a step, whether or not their path has begun.
    std::size_t size() const { return m_users.size(); }
    /// Those whose path has begun.
    std::size_t begun() const { return m_begun; }
    Place at(std::size_t path, std::size_t step) const { return placesOf(path)[step]; }
    UserId user(std::size_t path) const { return m_users[path]; }
    SessionId session(std::size_t path) const { return m_places.ids()[path]; }

private:
    /// Not one piece of memory: that would be twice as much while it grows.
    static constexpr std::size_t kInPiece = 32 * 1024;

    bool isBegin(Place place) const
    {
        return m_asked.anchor.empty() || std::find(m_anchors.begin(), m_anchors.end(), place) != m_anchors.end();
    }
    Place *placesOf(std::size_t path) const { return &m_pieces[path / kInPiece][path % kInPiece * m_asked.steps]; }

    const PathsAsked &m_asked;
    const std::vector<Place> m_anchors; ///< where paths begin
    PlaceMap m_places;                  ///< of sessions
    std::vector<UserId> m_users;
    std::vector<std::uint8_t> m_lengths;
    std::vector<std::unique_ptr<Place[]>> m_pieces;
    std::size_t m_begun = 0;
};

/// The names of one step: the `top` with the most sessions, and where each place went.
template<typename Text>
std::vector<PathNode> nodesOf(const Bundle &bundle, std::size_t step, std::size_t top, Text &&text,
                              std::unordered_map<Place, std::size_t> &nodeOf)
{
    std::unordered_map<Place, std::uint64_t> counts;
    for (std::size_t path = 0; path < bundle.size(); ++path) {
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
    for (std::size_t path = 0; path < bundle.size(); ++path) {
        const Place place = bundle.at(path, step);
        if (place == 0) {
            if (step > 0 && bundle.at(path, step - 1) != 0)
                ++paths.steps[step - 1][before.at(bundle.at(path, step - 1))].ended;
            continue;
        }
        const std::size_t node = nodeOf.at(place);
        ++nodes[node].sessions;
        const UserId user = bundle.user(path);
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

/// The screen and the feature of the name that paths begin at.
std::vector<Place> anchorsOf(CacheReader &reader, const PathsAsked &asked)
{
    const auto name = asked.anchor.empty() ? std::optional<DictionaryId>() : reader.findString(asked.anchor);
    return name ? std::vector<Place>{placeOf(*name, false), placeOf(*name, true)} : std::vector<Place>();
}

/// What happens at one time is in the order of its kind and its name.
template<typename Text>
void sortSteps(std::vector<Step> &steps, bool isBackwards, Text &&text)
{
    std::sort(steps.begin(), steps.end(), [&](const Step &a, const Step &b) {
        if (a.time != b.time)
            return a.time < b.time;
        if (a.place == b.place)
            return a.user < b.user;
        return isFeature(a.place) != isFeature(b.place) ? isFeature(b.place) : text(a.place) < text(b.place);
    });
    if (isBackwards)
        std::reverse(steps.begin(), steps.end());
}

struct alignas(64) Lane
{
    std::vector<Step> steps;
};

/// Reads all steps, stretch by stretch, and makes paths of them. Error: Cancelled, Io.
template<typename Text>
Result<Bundle> walk(RecordScan &scan, const PathsAsked &asked, Text &&text)
{
    scan.wantOnly({RecordColumn::Time, RecordColumn::User, RecordColumn::Session, RecordColumn::Feature, RecordColumn::Screen});
    std::vector<RecordKind> kinds;
    if (asked.of != PathOf::Features)
        kinds.push_back(RecordKind::ScreenView);
    if (asked.of != PathOf::Screens)
        kinds.push_back(RecordKind::UsageEvent);
    auto stretches = scan.stretches(kinds, scan.scope().range, kRecordsAtOnce);
    if (!stretches)
        return tl::unexpected(stretches.error());
    if (asked.isBackwards)
        std::reverse(stretches->begin(), stretches->end());
    Bundle bundle(asked, anchorsOf(scan.reader(), asked));
    std::vector<Lane> lanes(scan.laneCount());
    std::vector<Step> &steps = lanes.front().steps;
    for (const TimeRange &stretch : *stretches) {
        const auto done = scan.runInLanes(kinds, stretch, [&](std::size_t lane, const RecordRow &row) {
            const bool ofFeature = row.kind == RecordKind::UsageEvent;
            const DictionaryId name = ofFeature ? row.feature : row.screen;
            if (name != 0 && row.session != 0)
                lanes[lane].steps.push_back({row.time, placeOf(name, ofFeature), row.session, row.user});
        });
        if (!done)
            return tl::unexpected(done.error());
        for (std::size_t lane = 1; lane < lanes.size(); ++lane) {
            steps.insert(steps.end(), lanes[lane].steps.begin(), lanes[lane].steps.end());
            lanes[lane].steps.clear();
        }
        if (scan.isCancelled())
            return scan.cancelled();
        sortSteps(steps, asked.isBackwards, text);
        for (const Step &step : steps)
            bundle.add(step);
        steps.clear();
    }
    if (scan.isCancelled())
        return scan.cancelled();
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
    const auto bundle = walk(scan, asked, text);
    if (!bundle)
        return tl::unexpected(bundle.error());

    Paths paths;
    paths.all = bundle->size();
    paths.sessions = bundle->begun();
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
    const auto bundle = walk(scan, asked.paths, text);
    if (!bundle)
        return tl::unexpected(bundle.error());

    SeenIds matching;
    for (std::size_t path = 0; path < bundle->size(); ++path) {
        if (bundle->at(path, 0) != 0)
            matching.insert(bundle->session(path));
    }
    const auto keep = [&](std::size_t step, const PathPlace &place) {
        std::unordered_map<Place, std::size_t> nodeOf;
        const std::vector<PathNode> nodes = nodesOf(*bundle, step, asked.paths.top, text, nodeOf);
        SeenIds here;
        for (std::size_t path = 0; path < bundle->size(); ++path) {
            const auto found = nodeOf.find(bundle->at(path, step));
            if (found == nodeOf.end())
                continue;
            const PathNode &node = nodes[found->second];
            if (node.kind == place.kind && node.name == place.name && matching.contains(bundle->session(path)))
                here.insert(bundle->session(path));
        }
        matching = std::move(here);
    };
    keep(asked.step, asked.from);
    if (asked.to)
        keep(asked.step + 1, *asked.to);
    return listOf(scan, matching, withTimelines);
}

} // namespace telltale
