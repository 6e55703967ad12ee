// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/pathlayout.h"

#include <algorithm>
#include <tuple>

namespace telltale {

namespace {

double heightAt(const std::vector<PathLayout::Node> &nodes, double perSession, const PathLayout::Room &room)
{
    double height = room.gap * static_cast<double>(nodes.size() - 1);
    for (const PathLayout::Node &node : nodes)
        height += std::max(room.leastSlot, node.sessions * perSession);
    return height;
}

/// The highest bars with which every step fits. Heights grow with the scale, so halving finds it.
double scaleFor(const std::vector<std::vector<PathLayout::Node>> &steps, const PathLayout::Room &room)
{
    double most = 0;
    for (const auto &nodes : steps) {
        for (const PathLayout::Node &node : nodes)
            most = std::max(most, node.sessions);
    }
    if (most <= 0)
        return 0;
    double low = 0, high = room.area.height() / most;
    for (int i = 0; i < 40; ++i) {
        const double middle = (low + high) / 2;
        const bool fits = std::all_of(steps.begin(), steps.end(), [&](const auto &nodes) {
            return nodes.empty() || heightAt(nodes, middle, room) <= room.area.height();
        });
        (fits ? low : high) = middle;
    }
    return low;
}

} // namespace

PathLayout PathLayout::of(const std::vector<std::vector<Node>> &steps, const std::vector<Link> &links, const Room &room)
{
    PathLayout layout;
    layout.perSession = scaleFor(steps, room);
    const double width = steps.empty() ? 0 : room.area.width() / static_cast<double>(steps.size());
    for (std::size_t step = 0; step < steps.size(); ++step) {
        std::vector<Bar> bars;
        const double left = room.area.left() + width * static_cast<double>(step);
        double top = room.area.top();
        for (const Node &node : steps[step]) {
            const double height = node.sessions * layout.perSession;
            Bar bar;
            bar.slot = {left, top, width, std::max(room.leastSlot, height)};
            bar.bar = {left, top, room.barWidth, height};
            const double ended = node.ended * layout.perSession;
            if (ended > 0)
                bar.ended = {left, bar.bar.bottom() - ended, room.barWidth, ended};
            bars.push_back(bar);
            top = bar.slot.bottom() + room.gap;
        }
        layout.bars.push_back(std::move(bars));
    }
    // Bands leave in the order of where they go and arrive in the order of where they come from, so that few cross.
    std::vector<std::size_t> order(links.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    layout.bands.resize(links.size());
    const auto place = [&](bool isLeaving) {
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            const auto key = [&](const Link &link) {
                return std::make_tuple(link.step, isLeaving ? link.from : link.to, isLeaving ? link.to : link.from);
            };
            return key(links[a]) < key(links[b]);
        });
        int step = -1, node = -1;
        double top = 0;
        for (const std::size_t i : order) {
            const Link &link = links[i];
            const int at = isLeaving ? link.from : link.to;
            const QRectF bar = layout.bars[static_cast<std::size_t>(isLeaving ? link.step : link.step + 1)][static_cast<std::size_t>(at)].bar;
            if (link.step != step || at != node)
                top = bar.top();
            step = link.step;
            node = at;
            const double height = link.sessions * layout.perSession;
            (isLeaving ? layout.bands[i].from : layout.bands[i].to) = {isLeaving ? bar.right() : bar.left(), top, 0, height};
            top += height;
        }
    };
    place(true);
    place(false);
    return layout;
}

} // namespace telltale
