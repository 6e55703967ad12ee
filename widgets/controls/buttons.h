// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icons.h"

#include <QPushButton>
#include <QToolButton>

#include <optional>

namespace telltale {

/// Ready-made buttons in our style. Every one has an accessible name; icon buttons have a tooltip too.

enum class ButtonKind { Normal, Primary, Danger, Flat };

/// `text` may hold a mnemonic. Owned by `parent`.
QPushButton *makeButton(const QString &text, ButtonKind kind = ButtonKind::Normal, QWidget *parent = nullptr);
QPushButton *makeButton(IconId icon, const QString &text, ButtonKind kind = ButtonKind::Normal,
                        QWidget *parent = nullptr);
/// A square button with an icon alone; `name` becomes its tooltip and accessible name.
QToolButton *makeIconButton(IconId icon, const QString &name, QWidget *parent = nullptr, bool isFlat = false);
/// A text that acts: "All 23".
QToolButton *makeLink(const QString &text, QWidget *parent = nullptr);

/// Joins tool buttons into one group with shared edges (earlier, range, later, zoom out). Owned by `parent`; takes the buttons.
QWidget *joinButtons(const QList<QToolButton *> &buttons, QWidget *parent = nullptr);

} // namespace telltale
