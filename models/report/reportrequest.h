// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What a report can consist of, in the usual order.
enum class ReportSection {
    Summary,
    Usage,
    Features,
    Screens,
    Sessions,
    Errors,
    Performance,
    Retention,
    Releases, ///< one release held against another
    Notes,
    Appendix, ///< definitions, and what was asked
};

/// "summary", "usage"...: as templates and the command line say it.
std::string_view sectionName(ReportSection section);
/// Error: InvalidArgument, naming those there are.
Result<ReportSection> sectionNamed(std::string_view name);
const std::vector<ReportSection> &allSections();

enum class ReportPaper { A4, Letter };

/// What somebody wants to be told. Times stay as they were written ("-7d"), so that it can be asked again next week: that is
/// what a template file holds.
struct ReportRequest
{
    std::string title;
    std::vector<ReportSection> sections = allSections(); ///< in the order of the report
    std::string from, to;                                ///< RFC 3339, now, -7d; empty: open
    std::string filter;
    std::string notes; ///< of the writer; paragraphs end with an empty line
    std::string releaseBefore, releaseAfter; ///< to compare; empty: the two newest of any weight
    ReportPaper paper = ReportPaper::A4;
    bool hasIdentities = false; ///< names users and whole session ids
    friend bool operator==(const ReportRequest &, const ReportRequest &) = default;
};

/// A template file: JSON with "telltale_report": 1 and the fields of a request; what is left out has its default. Errors:
/// InvalidArgument with the place, Unsupported for a later version.
Result<ReportRequest> parseReportTemplate(std::string_view json);
/// The same text for the same request, always; ends with a line break.
std::string reportTemplate(const ReportRequest &request);

} // namespace telltale
