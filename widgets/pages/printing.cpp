// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/printing.h"

#include "widgets/pages/page.h"
#include "widgets/pages/panelmenu.h"
#include "widgets/report/drawing.h"
#include "widgets/report/panelpart.h"
#include "widgets/theme/tokens.h"

#include <QLocale>
#include <QPainter>
#include <QPrintDialog>
#include <QPrinter>
#include <QToolButton>

#include <algorithm>

namespace telltale {

ReportDocument documentOf(const Page &page, const QString &title)
{
    const Formatter words = page.formatter();
    ReportDocument document;
    document.title = title;
    document.zone = words.zoneName();
    document.language = words.locale().bcp47Name();
    document.isRightToLeft = words.locale().textDirection() == Qt::RightToLeft;
    document.paper = words.locale().measurementSystem() == QLocale::ImperialUSSystem ? ReportPaper::Letter : ReportPaper::A4;
    document.made = page.now();
    document.asked = page.asked();
    document.subject = document.asked.empty() ? QString() : document.asked.front().second;
    document.rangeText = page.rangeText();
    document.madeWith = QStringLiteral("Telltale " TELLTALE_VERSION);
    for (const Panel *panel : page.findChildren<Panel *>()) {
        const auto *menu = qobject_cast<PanelMenu *>(panel->menuButton()->menu());
        if (!menu || !panel->isVisible() || !panel->isShowingBody())
            continue;
        ExportTable table = menu->table();
        table.asked.clear(); // once for all
        if (!table.rows.empty()) {
            document.parts.push_back(panelPart(table, words));
            document.parts.back().panel = static_cast<int>(document.parts.size());
        }
    }
    return document;
}

void printPages(QWidget *parent, const ReportDocument &document, const ReportPages &pages)
{
    const int count = static_cast<int>(pages.pages.size());
    QPrinter printer(QPrinter::HighResolution);
    printer.setDocName(document.title);
    printer.setPageSize(QPageSize(document.paper == ReportPaper::Letter ? QPageSize::Letter : QPageSize::A4));
    printer.setFullPage(true);
    QPrintDialog dialog(&printer, parent);
    dialog.setOptions(QAbstractPrintDialog::PrintToFile | QAbstractPrintDialog::PrintPageRange);
    dialog.setMinMax(1, count);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const int first = printer.fromPage() > 0 ? printer.fromPage() - 1 : 0;
    const int last = printer.toPage() > 0 ? std::min(printer.toPage(), count) : count;
    QPainter painter(&printer);
    const double scale = printer.resolution() / 254.0;
    painter.scale(scale, scale);
    for (int page = first; page < last; ++page) {
        if (page > first)
            printer.newPage();
        paintDrawing(painter, pages.pages[static_cast<std::size_t>(page)], Tokens::light());
    }
}

} // namespace telltale
