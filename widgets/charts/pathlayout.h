// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include <vector>

namespace telltale {

/// Where the bars and bands of a flow lie: steps side by side, in each the nodes below each other, as high as they have sessions.
/// Plain arithmetic, from left to right; knows no widget.
struct PathLayout
{
    struct Node
    {
        double sessions = 0, ended = 0;
    };
    struct Link
    {
        int step = 0, from = 0, to = 0; ///< places in the steps
        double sessions = 0;
    };
    struct Bar
    {
        QRectF slot; ///< the whole room of a node: bar, label, way to the next step
        QRectF bar;
        QRectF ended; ///< the part of the bar that goes nowhere, at its foot; empty: none
    };
    struct Band ///< leaves a bar at its right edge, comes to another at its left
    {
        QRectF from, to; ///< of no width
    };
    struct Room
    {
        QRectF area;
        double barWidth = 10;
        double leastSlot = 34; ///< what a label needs
        double gap = 8;        ///< between two slots
    };

    std::vector<std::vector<Bar>> bars; ///< as the steps
    std::vector<Band> bands;            ///< as the links
    double perSession = 0;              ///< pixels; the same for all

    /// Bars are as high as fits: a node with few sessions gets the room of its label all the same. Steps without sessions have bars
    /// without height. Where not even the labels fit, slots go below the area.
    static PathLayout of(const std::vector<std::vector<Node>> &steps, const std::vector<Link> &links, const Room &room);
};

} // namespace telltale
