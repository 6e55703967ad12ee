// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"
#include "widgets/report/reportdocument.h"
#include "widgets/report/reportpages.h"
#include "widgets/theme/formatter.h"

#include <QString>

#include <optional>
#include <string>

class QIODevice;

namespace telltale {

enum class ReportFormat { Pdf, Html, Xlsx, Csv };

/// By the end of a file's name; none: no format's.
std::optional<ReportFormat> reportFormatOf(const QString &fileName);
/// "pdf", "html"...
QString suffixOf(ReportFormat format);

/// Writes the report so that the file is there when it is whole, else nothing changes. Equal documents give equal bytes.
/// Error: Io. Cost: tenths of a second; any thread that may use fonts.
Result<void> writeReport(const ReportDocument &document, ReportFormat format, const Formatter &formatter, const QString &path);

/// PDF 1.4 with real text, embedded fonts, vector charts, bookmarks and page numbers. Not tagged: the web page is the form for
/// screen readers.
Result<std::string> reportPdf(const ReportDocument &document);
/// One file of HTML 5: real tables and headings, charts as SVG with a sentence and their data, light and dark; asks the
/// network for nothing.
std::string reportHtml(const ReportDocument &document);
/// RFC 4180: one table after the other, each below its title; raw numbers, times in RFC 3339.
std::string reportCsv(const ReportDocument &document);
/// One sheet a table, and a first one that says what was asked. Error: Io.
Result<void> writeReportXlsx(const ReportDocument &document, const Formatter &formatter, const std::string &path);


} // namespace telltale
