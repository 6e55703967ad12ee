// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/panes.h"

#include "widgets/pages/panel.h"

#include <QApplication>

namespace telltale {

namespace {

bool isReached(const QWidget *widget)
{
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
}

QWidget *firstWithin(QWidget *root)
{
    if (isReached(root))
        return root;
    for (QWidget *next = root->nextInFocusChain(); next && next != root; next = next->nextInFocusChain()) {
        if (root->isAncestorOf(next) && isReached(next))
            return next;
    }
    return nullptr;
}

} // namespace

QWidget *firstControl(QWidget *pane)
{
    if (const auto *panel = qobject_cast<Panel *>(pane)) {
        if (QWidget *found = firstWithin(panel->body()))
            return found;
    }
    return firstWithin(pane);
}

void focusNextPane(const QList<QWidget *> &panes, bool isBack)
{
    const QWidget *focus = QApplication::focusWidget();
    const qsizetype count = panes.size();
    qsizetype at = isBack ? 0 : -1;
    for (qsizetype i = 0; i < count; ++i) {
        if (panes[i] == focus || (focus && panes[i]->isAncestorOf(focus)))
            at = i;
    }
    for (qsizetype step = 1; step <= count; ++step) {
        const qsizetype next = ((at + (isBack ? -step : step)) % count + count) % count;
        if (QWidget *control = firstControl(panes[next])) {
            control->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

} // namespace telltale
