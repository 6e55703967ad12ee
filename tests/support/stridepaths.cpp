// SPDX-License-Identifier: GPL-3.0-or-later
// Where Stride's people go: a walk over a few screens and features whose shares are written down here.
#include "tests/support/strideengine.h"
#include "tests/support/stridestory.h"

#include <map>

namespace telltale {

using namespace stride;

namespace {

struct Place
{
    PathNode::Kind kind;
    const char *name;
    double weight; ///< how often one begins with it, and comes to it from elsewhere
    double left;   ///< the share of sessions that ends here
};

constexpr std::array kPlaces = {
    Place{PathNode::Kind::Screen, "Home", 3.0, 0.06},           Place{PathNode::Kind::Screen, "Workout", 2.3, 0.05},
    Place{PathNode::Kind::Feature, "Start workout", 2.0, 0.04}, Place{PathNode::Kind::Screen, "Live route map", 1.6, 0.3},
    Place{PathNode::Kind::Screen, "Training plan", 1.2, 0.12},  Place{PathNode::Kind::Screen, "Friends feed", 1.1, 0.4},
    Place{PathNode::Kind::Screen, "Summary", 0.9, 0.45},        Place{PathNode::Kind::Feature, "Meal log", 0.5, 0.35},
    Place{PathNode::Kind::Feature, "Share summary", 0.3, 0.5},  Place{PathNode::Kind::Screen, "Settings", 0.12, 0.5},
};

/// How likely one goes from one place to another, before the shares are made to sum up to one.
double pull(std::size_t from, std::size_t to)
{
    if (from == to)
        return 0;
    // What belongs together: workout → start → map → summary → share.
    const bool isNext = (from == 1 && to == 2) || (from == 2 && to == 3) || (from == 3 && to == 6) || (from == 6 && to == 8) ||
                        (from == 4 && to == 1);
    return kPlaces[to].weight * (isNext ? 6 : 0.2 + 0.8 * noise(static_cast<std::int64_t>(from * 16 + to)));
}

bool isOf(const Place &place, PathOf of)
{
    return of == PathOf::Both || (of == PathOf::Screens) == (place.kind == PathNode::Kind::Screen);
}

} // namespace

Engine::Reply<Paths> StrideEngine::paths(const PathsAsked &asked, const Scope &scope, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    Paths paths;
    paths.all = isEmpty() ? 0 : rounded(34 * thinned(scope.filter) * minutesOf(clipped(scope.range)));
    // Whole sessions from place to place: what does not divide goes to the last.
    std::map<std::size_t, std::uint64_t> now;
    double sum = 0;
    for (const Place &place : kPlaces)
        sum += isOf(place, asked.of) ? place.weight : 0;
    for (std::size_t i = 0; i < kPlaces.size(); ++i) {
        const bool isHere = asked.anchor.empty() ? isOf(kPlaces[i], asked.of) : asked.anchor == kPlaces[i].name;
        if (const auto sessions = rounded(static_cast<double>(paths.all) * kPlaces[i].weight / sum); isHere && sessions > 0)
            now[i] = sessions;
    }
    for (const auto &[place, sessions] : now)
        paths.sessions += sessions;
    paths.all = std::max(paths.all, paths.sessions);
    if (asked.anchor.empty())
        paths.all = paths.sessions;
    std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> moves; // to the step before
    for (std::size_t step = 0; step < asked.steps && !now.empty(); ++step) {
        std::vector<std::pair<std::uint64_t, std::size_t>> order;
        for (const auto &[place, sessions] : now)
            order.emplace_back(sessions, place);
        std::sort(order.rbegin(), order.rend());
        const std::size_t named = order.size() <= asked.top + 1 ? order.size() : asked.top;
        std::vector<PathNode> nodes(std::min(order.size(), named + 1));
        std::map<std::size_t, std::size_t> nodeOf;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const std::size_t at = std::min(i, named);
            nodeOf[order[i].second] = at;
            PathNode &node = nodes[at];
            node.kind = i < named ? kPlaces[order[i].second].kind : PathNode::Kind::Other;
            node.name = i < named ? kPlaces[order[i].second].name : "";
            node.names = i < named ? 1 : order.size() - named;
            node.sessions += order[i].first;
            node.users = node.sessions * 4 / 5 + 1;
        }
        std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> links;
        for (const auto &[ends, sessions] : moves)
            links[{ends.first, nodeOf.at(ends.second)}] += sessions;
        for (const auto &[ends, sessions] : links)
            paths.links.push_back({step - 1, ends.first, ends.second, sessions});
        std::map<std::size_t, std::uint64_t> next;
        moves.clear();
        for (const auto &[place, sessions] : now) {
            if (step + 1 == asked.steps)
                break;
            double pulls = 0;
            for (std::size_t to = 0; to < kPlaces.size(); ++to)
                pulls += isOf(kPlaces[to], asked.of) ? pull(place, to) : 0;
            std::uint64_t left = sessions;
            for (std::size_t to = 0; to < kPlaces.size(); ++to) {
                if (!isOf(kPlaces[to], asked.of))
                    continue;
                const auto moved = std::min(left, rounded(static_cast<double>(sessions) * (1 - kPlaces[place].left) * pull(place, to) / pulls));
                if (moved == 0)
                    continue;
                moves[{nodeOf.at(place), to}] += moved;
                next[to] += moved;
                left -= moved;
            }
            nodes[nodeOf.at(place)].ended += left;
        }
        paths.steps.push_back(std::move(nodes));
        now = std::move(next);
    }
    return Answered<Paths>{std::move(paths), {}, {}};
}

Engine::Reply<SessionList> StrideEngine::pathSessions(const PathStepAsked &asked, const Scope &scope, bool withTimelines, std::stop_token stop)
{
    const auto paths = this->paths(asked.paths, scope, stop);
    auto list = sessions(scope, withTimelines, stop);
    if (!paths || !list)
        return tl::unexpected(paths ? list.error() : paths.error());
    list->value.total = 0;
    const auto isPlace = [](const PathNode &node, const PathPlace &place) { return node.kind == place.kind && node.name == place.name; };
    for (const PathLink &link : paths->value.links) {
        const PathNode &from = paths->value.steps[link.step][link.from], &to = paths->value.steps[link.step + 1][link.to];
        if (asked.to && link.step == asked.step && isPlace(from, asked.from) && isPlace(to, *asked.to))
            list->value.total += link.sessions;
    }
    for (const PathNode &node : asked.step < paths->value.steps.size() ? paths->value.steps[asked.step] : std::vector<PathNode>()) {
        if (!asked.to && isPlace(node, asked.from))
            list->value.total += node.sessions;
    }
    if (list->value.rows.size() > list->value.total)
        list->value.rows.resize(list->value.total);
    list->value.withErrors = std::min(list->value.withErrors, list->value.total);
    return list;
}

} // namespace telltale
