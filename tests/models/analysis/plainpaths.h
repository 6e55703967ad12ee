// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/answers.h"
#include "plainoracle.h"

namespace telltale {

/// The paths through these records, by straight loops over words: what Engine::paths() must say.
inline Paths plainPaths(const PathsAsked &asked, const List &list)
{
    using Word = std::pair<std::string, int>; // name, 0 screen or 1 feature; sorts as equal counts do
    struct Walk
    {
        std::vector<std::tuple<std::int64_t, int, std::string>> steps;
        std::string user;
    };
    std::map<std::string, Walk> walks;
    for (const auto *r : list) {
        const bool isFeature = r->kind == RecordKind::UsageEvent;
        const bool isScreen = r->kind == RecordKind::ScreenView;
        if ((!isFeature || asked.of == PathOf::Screens) && (!isScreen || asked.of == PathOf::Features))
            continue;
        const std::string &name = isFeature ? r->feature : r->screen;
        if (name.empty() || r->sessionKey.empty())
            continue;
        Walk &walk = walks[r->sessionKey];
        walk.steps.emplace_back(r->time, isFeature ? 1 : 0, name);
        walk.user = r->user;
    }
    std::vector<std::pair<std::vector<Word>, std::string>> ways;
    for (auto &[session, walk] : walks) {
        std::sort(walk.steps.begin(), walk.steps.end());
        if (asked.isBackwards)
            std::reverse(walk.steps.begin(), walk.steps.end());
        std::vector<Word> way;
        for (const auto &[time, kind, name] : walk.steps) {
            if (way.empty() && !asked.anchor.empty() && name != asked.anchor)
                continue;
            if (asked.collapsesRepeats && !way.empty() && way.back() == Word{name, kind})
                continue;
            way.emplace_back(name, kind);
        }
        if (way.size() > asked.steps)
            way.resize(asked.steps);
        if (!way.empty())
            ways.emplace_back(way, walk.user);
    }
    Paths paths;
    paths.all = walks.size();
    paths.sessions = ways.size();
    std::vector<std::map<Word, std::size_t>> places(asked.steps);
    for (std::size_t step = 0; step < asked.steps; ++step) {
        std::map<Word, std::uint64_t> counts;
        for (const auto &[way, user] : ways) {
            if (way.size() > step)
                ++counts[way[step]];
        }
        std::vector<std::pair<Word, std::uint64_t>> order(counts.begin(), counts.end());
        std::stable_sort(order.begin(), order.end(), [](const auto &a, const auto &b) { return a.second > b.second; });
        if (order.empty())
            break;
        const std::size_t named = order.size() == asked.top + 1 ? order.size() : std::min(order.size(), asked.top);
        std::vector<PathNode> nodes;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const auto &[name, kind] = order[i].first;
            if (i < named)
                nodes.push_back({kind ? PathNode::Kind::Feature : PathNode::Kind::Screen, name, 1, 0, 0, 0});
            else if (i == named)
                nodes.push_back({PathNode::Kind::Other, "", order.size() - named, 0, 0, 0});
            places[step][order[i].first] = std::min(i, named);
        }
        std::vector<std::set<std::string>> who(nodes.size());
        for (const auto &[way, user] : ways) {
            if (way.size() <= step)
                continue;
            const std::size_t at = places[step][way[step]];
            ++nodes[at].sessions;
            nodes[at].ended += way.size() == step + 1 && step + 1 < asked.steps ? 1 : 0;
            if (!user.empty())
                who[at].insert(user);
        }
        for (std::size_t i = 0; i < nodes.size(); ++i)
            nodes[i].users = who[i].size();
        paths.steps.push_back(nodes);
    }
    std::map<std::tuple<std::size_t, std::size_t, std::size_t>, std::uint64_t> links;
    for (const auto &[way, user] : ways) {
        for (std::size_t step = 0; step + 1 < way.size(); ++step)
            ++links[{step, places[step][way[step]], places[step + 1][way[step + 1]]}];
    }
    for (const auto &[at, sessions] : links)
        paths.links.push_back({std::get<0>(at), std::get<1>(at), std::get<2>(at), sessions});
    return paths;
}

/// What makes a flow one: empty when nothing is lost or comes from nowhere between two steps, else what is.
inline std::string flowProblem(const Paths &paths)
{
    for (std::size_t step = 0; step < paths.steps.size(); ++step) {
        for (std::size_t node = 0; node < paths.steps[step].size(); ++node) {
            const PathNode &at = paths.steps[step][node];
            std::uint64_t in = 0, out = at.ended;
            for (const PathLink &link : paths.links) {
                in += link.step + 1 == step && link.to == node ? link.sessions : 0;
                out += link.step == step && link.from == node ? link.sessions : 0;
            }
            if ((step > 0 && in != at.sessions) || (step + 1 < paths.steps.size() && out != at.sessions))
                return "step " + std::to_string(step) + ", " + at.name + ": " + std::to_string(in) + " in, " + std::to_string(out) +
                       " out of " + std::to_string(at.sessions);
        }
    }
    return {};
}

} // namespace telltale
