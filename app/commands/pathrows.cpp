// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/pathrows.h"

#include "app/commands/answerwriter.h"

#include <algorithm>

namespace telltale {
namespace {

Value count(std::uint64_t n)
{
    return Value(static_cast<std::int64_t>(n));
}
Value kindText(const PathNode &node)
{
    return Value(node.kind == PathNode::Kind::Screen ? "screen" : node.kind == PathNode::Kind::Feature ? "feature" : "other");
}

} // namespace

std::vector<std::vector<Value>> pathRows(const Paths &paths)
{
    std::vector<std::vector<Value>> rows;
    const auto row = [&](std::size_t step, const PathNode *from, const PathNode *to, std::uint64_t sessions) {
        const auto nameOf = [](const PathNode *node) { return node ? textOrNull(node->name) : Value(); };
        rows.push_back({count(step + 1), from ? kindText(*from) : Value("begin"), nameOf(from), to ? kindText(*to) : Value("end"),
                        nameOf(to), count(sessions), Value(static_cast<double>(sessions) / static_cast<double>(paths.sessions))});
    };
    for (std::size_t step = 0; step <= paths.steps.size(); ++step) {
        if (step == 0 && !paths.steps.empty()) {
            for (const PathNode &node : paths.steps.front())
                row(step, nullptr, &node, node.sessions);
        }
        std::vector<PathLink> links;
        for (const PathLink &link : paths.links) {
            if (link.step + 1 == step)
                links.push_back(link);
        }
        std::stable_sort(links.begin(), links.end(), [](const PathLink &a, const PathLink &b) { return a.sessions > b.sessions; });
        for (const PathLink &link : links)
            row(step, &paths.steps[step - 1][link.from], &paths.steps[step][link.to], link.sessions);
        if (step == 0)
            continue;
        for (const PathNode &node : paths.steps[step - 1]) {
            if (node.ended > 0)
                row(step, &node, nullptr, node.ended);
        }
    }
    return rows;
}

} // namespace telltale
