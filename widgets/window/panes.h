// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QWidget;

namespace telltale {

/// The first control of a pane that the Tab key reaches; of a panel, in its body first. Null: there is none.
QWidget *firstControl(QWidget *pane);
/// Moves the focus from the pane that has it to the next one (or, `isBack`, the one before) that can take it, round and round.
void focusNextPane(const QList<QWidget *> &panes, bool isBack);

} // namespace telltale
