// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"

#include <QStringList>
#include <QVariant>

#include <cstddef>
#include <functional>
#include <vector>

namespace telltale {

/// A list that is longer than what a view holds of it: its rows are asked for, piece by piece, while they are written.
struct LongList
{
    struct Piece
    {
        std::vector<QStringList> rows;
        std::vector<QVariantList> values; ///< as in an ExportTable
    };
    std::size_t total = 0;
    std::size_t rowsOfPiece = 0; ///< memory and progress go by these
    /// Rows from `first` on, at most `count`; none: the list ends there. Any thread that has the engine.
    std::function<Result<Piece>(Engine &engine, std::size_t first, std::size_t count, std::stop_token stop)> rows;
};

} // namespace telltale
