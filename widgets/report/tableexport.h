// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"
#include "widgets/theme/formatter.h"

#include <QString>
#include <QStringList>
#include <QVariant>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace telltale {

/// What a panel shows, as rows and columns: the words that are seen and, beside them, what lies behind.
struct ExportTable
{
    QString title;
    QStringList columns;
    std::vector<QStringList> rows;
    std::vector<QVariantList> values; ///< as many as rows, or none; numbers (ms, ratios 0..1), QDateTime, or invalid: the words will do
    std::vector<std::pair<QString, QString>> asked; ///< range, zone, filter...: goes into every file
};

enum class TableFormat { Csv, Json, Xlsx };

/// By the end of a file's name.
std::optional<TableFormat> tableFormatOf(const QString &fileName);

/// RFC 4180 with the values; what was asked stands in lines that begin with "#" before the header.
std::string tableCsv(const ExportTable &table);
/// One object: title, asked, columns, and rows as objects with the values.
std::string tableJson(const ExportTable &table);
/// The words, for people: a table of GitHub's Markdown; tabs; HTML. What was asked stands below. A cell that a spreadsheet would take
/// for a formula when it is pasted begins with an apostrophe, but for figures.
QString tableMarkdown(const ExportTable &table);
QString tableText(const ExportTable &table);
QString tableHtml(const ExportTable &table);

/// Writes the file whole or not at all; XLSX has a second sheet that says what was asked. Errors: Io. Any thread.
Result<void> writeTable(const ExportTable &table, TableFormat format, const Formatter &formatter, const QString &path);

/// Puts the next rows and values of a list into `piece`, in place of what was there. False: there are no more. Errors end the writing.
using MoreRows = std::function<Result<bool>(ExportTable &piece)>;
/// The same for a list that need not be held: `head` has the first rows, which say what kind of columns there are. Memory: a piece.
Result<void> writeTable(const ExportTable &head, const MoreRows &more, TableFormat format, const Formatter &formatter, const QString &path);

} // namespace telltale
