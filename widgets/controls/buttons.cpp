// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/buttons.h"

#include <QHBoxLayout>

namespace telltale {

namespace {

/// A mnemonic's ampersand is not part of a name.
QString plainName(QString text)
{
    return text.remove(QLatin1Char('&'));
}

} // namespace

QPushButton *makeButton(const QString &text, ButtonKind kind, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setProperty("primary", kind == ButtonKind::Primary);
    button->setProperty("danger", kind == ButtonKind::Danger);
    button->setProperty("flat", kind == ButtonKind::Flat);
    button->setAccessibleName(plainName(text));
    button->setAutoDefault(false);
    return button;
}

QPushButton *makeButton(IconId id, const QString &text, ButtonKind kind, QWidget *parent)
{
    QPushButton *button = makeButton(text, kind, parent);
    button->setIcon(themedIcon(id, kind == ButtonKind::Primary  ? Ink::OnAccent
                                   : kind == ButtonKind::Danger ? Ink::Bad
                                                                : Ink::Text));
    return button;
}

QToolButton *makeIconButton(IconId id, const QString &name, QWidget *parent, bool isFlat)
{
    auto *button = new QToolButton(parent);
    button->setIcon(themedIcon(id, Ink::Text2));
    button->setToolTip(name);
    button->setAccessibleName(plainName(name));
    button->setProperty("flat", isFlat);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QToolButton *makeLink(const QString &text, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setAccessibleName(plainName(text));
    button->setProperty("flat", true);
    button->setProperty("link", true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setCursor(Qt::PointingHandCursor);
    return button;
}

QWidget *joinButtons(const QList<QToolButton *> &buttons, QWidget *parent)
{
    auto *group = new QWidget(parent);
    auto *layout = new QHBoxLayout(group);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (qsizetype i = 0; i < buttons.size(); ++i) {
        if (buttons.size() > 1)
            buttons[i]->setProperty("segment", i == 0                    ? QStringLiteral("first")
                                               : i == buttons.size() - 1 ? QStringLiteral("last")
                                                                         : QStringLiteral("middle"));
        buttons[i]->setFocusPolicy(Qt::StrongFocus);
        layout->addWidget(buttons[i]);
    }
    return group;
}

} // namespace telltale
