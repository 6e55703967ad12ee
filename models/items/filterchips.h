// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/filter.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace telltale {

/// One chip: terms of which any may hold. More than one of them are about the same field.
using FilterChipTerms = std::vector<FilterTerm>;

/// What `filter` is as chips that must all hold; none when it can not be said so. Cost: its alternatives times its terms.
std::optional<std::vector<FilterChipTerms>> filterChips(const Filter &filter);
/// As Filter::parse() reads it: "release:4.2.0", "(release:4.2.0 OR release:4.1.3)".
QString filterChipText(const FilterChipTerms &chip);
QStringList filterChipTexts(const std::vector<FilterChipTerms> &chips);

} // namespace telltale
