// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QString>

namespace telltale::test {

/// The sheets of an XLSX file as openpyxl reads them: objects with "name", "frozen" (the cell below and right of what stays in
/// sight) and "rows", arrays of cells. Dates are texts like "2025-11-18 14:32:10", formulas the text "FORMULA".
/// Empty, with a warning, when the file can not be read; empty without one when openpyxl is missing. Blocks, at most a minute.
QJsonArray sheetsOf(const QString &path);

} // namespace telltale::test
