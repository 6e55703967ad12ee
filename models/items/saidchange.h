// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace telltale {

/// A change against what is compared, as it is said beside a figure of a row. Who shows the model knows how changes are said; the model
/// only carries it.
struct SaidChange
{
    QString text;                 ///< "+6.1 %", "new", "few data"; empty: nothing is compared
    QString detail;               ///< the same as a sentence, with the figure before and its dates
    int mood = 0;                 ///< +1 good news, −1 bad, 0 neither
    std::optional<double> amount; ///< the ratio or the points (0..1); none where the text says no number
    friend bool operator==(const SaidChange &, const SaidChange &) = default;
};

} // namespace telltale
