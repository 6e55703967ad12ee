// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace telltale {

/// One step from an old list of keys to a new one, as an item model announces it. Rows count in the list as
/// it is when the step is taken. Remove: [first, first + count) goes. Insert: `count` rows of the new list,
/// from `first`, come to `first`. Move: [first, first + count) goes up to `to`, which is less than `first`.
struct RowStep
{
    enum class Kind { Remove, Insert, Move };
    Kind kind = Kind::Remove;
    std::size_t first = 0;
    std::size_t count = 0;
    std::size_t to = 0;
    friend bool operator==(const RowStep &, const RowStep &) = default;
};

/// How to get from one list to another.
struct RowDiff
{
    /// Everything is new (or a key repeats, which makes rows indistinguishable): reset.
    bool isReset = false;
    /// The same rows in so different an order that moves one by one would cost more than a new layout;
    /// `steps` then ends before the moves and inserts.
    bool isReordered = false;
    std::vector<RowStep> steps; ///< contiguous runs, in the order they are to be taken
};

/// Cost: linear in the lists, plus the list's length per move; no more than `maximumMoves` moves.
RowDiff diffRows(const std::vector<std::string> &before, const std::vector<std::string> &after,
                 std::size_t maximumMoves = 64);

} // namespace telltale
