// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/clipboard.h"

#include "models/items/identity.h"
#include "widgets/pages/panelmenu.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QPixmap>

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

void copyImage(QWidget &widget)
{
    QApplication::clipboard()->setPixmap(widget.grab());
}

} // namespace telltale
