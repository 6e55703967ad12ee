// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/report/reportdocument.h"

#include <QSizeF>
#include <QString>

#include <vector>

namespace telltale {

/// A report laid out on paper: no chart is cut by a page, a heading stays with what follows it, a table that goes on has its
/// header again. Plain values; lengths are tenths of a millimetre.
struct ReportPages
{
    struct Entry
    {
        QString title;
        std::size_t page = 0; ///< from 0
        double y = 0;
    };

    QSizeF paper;
    std::vector<Drawing> pages;
    std::vector<Entry> outline; ///< sections, for bookmarks
};

/// Cost: some milliseconds for ten pages. Any thread that may use fonts.
ReportPages layOut(const ReportDocument &document);

QSizeF paperSize(ReportPaper paper);

} // namespace telltale
