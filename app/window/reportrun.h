// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"
#include "models/report/reportrequest.h"
#include "widgets/report/reportwriter.h"

#include <filesystem>
#include <string>

namespace telltale {

struct ReportRunOptions
{
    std::filesystem::path cache;
    ReportRequest request;
    Scope scope; ///< of the request, resolved
    std::string locale;
    ReportFormat format = ReportFormat::Pdf;
    std::string out;
    int argc = 0;
    char **argv = nullptr;
};

/// Makes a report without a display. Gives an exit code; says on stderr what failed, and how far it is when that is a terminal.
int runReport(const ReportRunOptions &options);

/// Writes for people as the command line was told: "" is the system's locale.
Formatter formatterFor(const Zone &zone, const std::string &locale);

} // namespace telltale
