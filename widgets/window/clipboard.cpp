// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/clipboard.h"

#include "models/items/identity.h"
#include "widgets/pages/page.h"
#include "widgets/pages/panelmenu.h"
#include "widgets/pages/panelpicture.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>

namespace telltale {

bool copyFocused()
{
    for (QWidget *widget = QApplication::focusWidget(); widget; widget = widget->parentWidget()) {
        const identity::Scope pseudonyms(false); // what leaves the window names nobody
        const ExportTable table = exportTableOf(widget, true);
        if (table.columns.isEmpty())
            continue;
        auto *data = new QMimeData;
        data->setText(tableText(table));
        data->setHtml(tableHtml(table));
        QApplication::clipboard()->setMimeData(data);
        return true;
    }
    return false;
}

void copyImage(Page &page, const QString &title)
{
    page.askSample(QStringLiteral("window.sample.view"), [&page, title](const QString &sample) {
        auto asked = page.asked();
        if (!sample.isEmpty())
            asked.emplace_back(QCoreApplication::translate("telltale::PanelMenu", "Looked at"), sample);
        constexpr double kScale = 2;
        QApplication::clipboard()->setImage(PanelPicture(page, title, std::move(asked)).image(kScale));
        Q_EMIT page.told(QCoreApplication::translate("telltale::PanelMenu", "Copied."));
    });
}

} // namespace telltale
