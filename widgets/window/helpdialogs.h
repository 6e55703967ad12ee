// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <utility>
#include <vector>

class QAction;
class QWidget;

namespace telltale {

class WindowActions;

/// The name of a view and its keys.
using KeysOfViews = std::vector<std::pair<QString, QList<QAction *>>>;

/// The sheet of keys, made from the actions themselves.
void showShortcuts(QWidget *parent, const WindowActions &actions, const KeysOfViews &views);
/// `diagnosis` is what somebody who reports a fault copies; plain text.
void showAbout(QWidget *parent, const QString &diagnosis);

} // namespace telltale
