// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/clipboard.h"

#include "widgets/pages/page.h"
#include "widgets/pages/panelmenu.h"
#include "widgets/pages/panelpicture.h"

#include <QApplication>
#include <QClipboard>

namespace telltale {

bool copyFocused()
{
    for (QWidget *widget = QApplication::focusWidget(); widget; widget = widget->parentWidget()) {
        if (copySelected(widget))
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
