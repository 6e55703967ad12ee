// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/file/csvlines.h"
#include "models/sources/file/linegatherer.h"

#include <string>
#include <string_view>

namespace telltale {

/// Where the last row ends that is whole: behind the last end of a line outside of quotes; 0: none is. Cost: one pass.
std::size_t endOfRows(std::string_view text);
/// Likewise of the first row.
std::size_t endOfFirstRow(std::string_view text);

/// Puts the first rows of a table together to a request of JSON lines, `most` of them. `header` is the table's first row, `rows`
/// whole rows behind it. When the header says nothing about what happened, or a row can not be read, all are left out and
/// `problem` says why.
GatheredLines gatherRows(std::string_view header, std::string_view rows, std::size_t most, const CsvMapping &mapping, std::string &problem);

} // namespace telltale
