// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/report/reportfacts.h"
#include "widgets/report/reportdocument.h"
#include "widgets/theme/formatter.h"

namespace telltale {

/// Puts facts into words, tables and drawings, in the formatter's language and zone. Equal facts give equal documents. Any
/// thread that may use fonts; cost: milliseconds.
ReportDocument composeReport(const ReportFacts &facts, const Formatter &formatter);

/// The name of a section for people: "Summary", "Feature usage".
QString sectionTitle(ReportSection section);
/// What it holds, in a few words: "5 figures, 1 paragraph".
QString sectionContents(ReportSection section);

} // namespace telltale
