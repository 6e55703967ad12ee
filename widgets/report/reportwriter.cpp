// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/reportwriter.h"

#include "widgets/report/wholefile.h"

#include <QFileInfo>

namespace telltale {
std::optional<ReportFormat> reportFormatOf(const QString &fileName)
{
    const QString suffix = QFileInfo(fileName).suffix().toLower();
    for (const ReportFormat format : {ReportFormat::Pdf, ReportFormat::Html, ReportFormat::Xlsx, ReportFormat::Csv}) {
        if (suffix == suffixOf(format))
            return format;
    }
    if (suffix == QLatin1String("htm"))
        return ReportFormat::Html;
    return std::nullopt;
}

QString suffixOf(ReportFormat format)
{
    switch (format) {
    case ReportFormat::Pdf:
        return QStringLiteral("pdf");
    case ReportFormat::Html:
        return QStringLiteral("html");
    case ReportFormat::Xlsx:
        return QStringLiteral("xlsx");
    case ReportFormat::Csv:
        return QStringLiteral("csv");
    }
    return {};
}

Result<void> writeReport(const ReportDocument &document, ReportFormat format, const Formatter &formatter, const QString &path)
{
    switch (format) {
    case ReportFormat::Pdf: {
        const auto bytes = reportPdf(document);
        if (!bytes)
            return tl::unexpected(bytes.error());
        return writeWhole(*bytes, path);
    }
    case ReportFormat::Html:
        return writeWhole(reportHtml(document), path);
    case ReportFormat::Csv:
        return writeWhole(reportCsv(document), path);
    case ReportFormat::Xlsx:
        return writeWholeBeside(path, QStringLiteral("xlsx"),
                                [&](const std::string &part) { return writeReportXlsx(document, formatter, part); });
    }
    return {};
}

} // namespace telltale
