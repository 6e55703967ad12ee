// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/report/reportdocument.h"
#include "widgets/report/reportpages.h"

class QWidget;

namespace telltale {

class Page;

/// What a view shows, as a report of that view: a part for each of its panels, with what was asked. No parts: it shows nothing.
ReportDocument documentOf(const Page &page, const QString &title);
/// Asks for a printer, and prints. Blocks in the dialog.
void printPages(QWidget *parent, const ReportDocument &document, const ReportPages &pages);

} // namespace telltale
