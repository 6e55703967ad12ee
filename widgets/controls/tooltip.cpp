// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/tooltip.h"

#include <QTextDocument>
#include <QToolTip>
#include <QWidget>

namespace telltale {

QString toolTipText(const QString &text)
{
    constexpr int kMostLines = 12;
    constexpr qsizetype kMostLength = 1000;
    QString shown = text.left(kMostLength);
    qsizetype end = -1;
    for (int line = 0; line < kMostLines; ++line) {
        end = shown.indexOf(QLatin1Char('\n'), end + 1);
        if (end < 0)
            break;
    }
    if (end >= 0)
        shown.truncate(end);
    return shown.size() < text.size() ? QString(shown + QChar(0x2026)) : shown;
}

void showToolTip(QWidget *widget, const QPoint &globalPosition, const QString &text, const QRect &within)
{
    // Our style sets the tip's label to plain text. Without it (small tests) Qt would guess, so nothing that looks rich goes through.
    QString safe = text;
    if (Qt::mightBeRichText(safe))
        safe.prepend(QChar(0x200B));
    QToolTip::showText(globalPosition, Qt::mightBeRichText(safe) ? safe.toHtmlEscaped() : safe, widget,
                       within);
}

} // namespace telltale
