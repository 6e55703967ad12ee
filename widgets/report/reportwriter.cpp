// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/reportwriter.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryFile>

namespace telltale {
namespace {

Error canNot(const QString &path, const QString &why)
{
    return {Error::Code::Io, "can not write " + path.toStdString() + ": " + why.toStdString()};
}

Result<void> writeWhole(const std::string &bytes, const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(bytes.data(), static_cast<qint64>(bytes.size())) != static_cast<qint64>(bytes.size()) || !file.commit())
        return tl::unexpected(canNot(path, file.errorString()));
    return {};
}

/// The library wants a file of its own: written beside, then put in place.
Result<void> writeSheets(const ReportDocument &document, const Formatter &formatter, const QString &path)
{
    QTemporaryFile part(QFileInfo(path).path() + QStringLiteral("/.report-XXXXXX.xlsx"));
    if (!part.open())
        return tl::unexpected(canNot(path, part.errorString()));
    part.close();
    if (const auto written = writeReportXlsx(document, formatter, QFile::encodeName(part.fileName()).toStdString()); !written)
        return written;
    QFile made(part.fileName());
    if (!made.open(QIODevice::ReadOnly))
        return tl::unexpected(canNot(path, made.errorString()));
    return writeWhole(made.readAll().toStdString(), path);
}

} // namespace

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
        return writeSheets(document, formatter, path);
    }
    return {};
}

} // namespace telltale
