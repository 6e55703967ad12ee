// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/searchfield.h"

#include "widgets/controls/tooltip.h"
#include "widgets/theme/icons.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

namespace telltale {

SearchField::SearchField(const QString &name, const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(name);
    setClearButtonEnabled(true);
    makeRoom();
    setMaxLength(4096);
    for (QToolButton *inner : findChildren<QToolButton *>())
        inner->setAccessibleName(tr("Clear"));
}

void SearchField::makeRoom()
{
    constexpr int kGlass = 24;
    setTextMargins(isRightToLeft() ? 0 : kGlass, 0, isRightToLeft() ? kGlass : 0, 0);
}

void SearchField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        makeRoom();
}

void SearchField::setProblem(const QString &reason)
{
    setProperty("invalid", !reason.isEmpty());
    setToolTip(toolTipText(reason));
    setAccessibleDescription(reason);
    update();
}

QSize SearchField::sizeHint() const
{
    return {240, QLineEdit::sizeHint().height()};
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        if (text().isEmpty())
            Q_EMIT left();
        else
            clear();
        return;
    }
    if (event->key() == Qt::Key_Down) {
        Q_EMIT downPressed();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const QRect glass = QStyle::visualRect(layoutDirection(), rect(), QRect(9, (height() - 15) / 2, 15, 15));
    paintIcon(&painter, IconId::Search, glass, tokensOf(this).text3);
}

} // namespace telltale
