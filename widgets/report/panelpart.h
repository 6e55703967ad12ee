// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/report/reportdocument.h"
#include "widgets/report/tableexport.h"
#include "widgets/theme/formatter.h"

namespace telltale {

/// A panel of the window as a part of a report: numbers over time as charts, numbers by row and column as a heatmap, everything else as a
/// table of its first rows; below, what was asked. Holds what the panel showed, whatever the report's own range. Pure; any thread.
ReportPart panelPart(const ExportTable &panel, const Formatter &words);

} // namespace telltale
