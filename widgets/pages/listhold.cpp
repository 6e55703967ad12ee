// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/listhold.h"

#include "widgets/controls/buttons.h"
#include "widgets/theme/tokens.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QScrollBar>
#include <QSortFilterProxyModel>

#include <utility>

namespace telltale {

namespace {

constexpr int kPatienceMs = 5000;
constexpr int kFoot = 12; ///< below the button

} // namespace

ListHold::ListHold(QAbstractItemView *view, std::function<QString(int)> words)
    : QObject(view)
    , m_view(view)
    , m_button(makeButton(QString(), ButtonKind::Primary, view))
    , m_words(std::move(words))
{
    m_button->hide();
    m_peace.setSingleShot(true);
    m_peace.setInterval(kPatienceMs);
    connect(m_button, &QPushButton::clicked, this, [this] {
        showNow();
        m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(&m_peace, &QTimer::timeout, this, [this] {
        if (!isSomebodyThere())
            showNow();
    });
    connect(view->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value == m_view->verticalScrollBar()->minimum() && !isSomebodyThere())
            m_peace.start();
    });
    view->installEventFilter(this);
    view->viewport()->installEventFilter(this);
    m_button->installEventFilter(this);
}

void ListHold::ask(const ListQuestion &question)
{
    if (m_question == question)
        return;
    m_question = question;
    m_isFresh = true;
}

bool ListHold::isSomebodyThere() const
{
    return m_hasPointer || m_view->hasFocus() || m_button->hasFocus() ||
           m_view->verticalScrollBar()->value() > m_view->verticalScrollBar()->minimum();
}

bool ListHold::isHolding() const
{
    return !m_isFresh && m_view->isVisible() && (isSomebodyThere() || m_peace.isActive());
}

void ListHold::keep(int waiting, std::function<void()> apply)
{
    m_apply = std::move(apply);
    if (m_sorted)
        m_sorted->setDynamicSortFilter(false);
    setWaiting(waiting);
}

void ListHold::shown()
{
    m_isFresh = false;
    m_apply = {};
    m_peace.stop();
    if (m_sorted && !m_sorted->dynamicSortFilter())
        m_sorted->setDynamicSortFilter(true);
    setWaiting(0);
}

void ListHold::showNow()
{
    if (!m_apply)
        return;
    const auto apply = std::exchange(m_apply, {});
    m_isFresh = true;
    apply();
}

void ListHold::setWaiting(int rows)
{
    if (rows == m_waiting)
        return;
    m_waiting = rows;
    m_button->setText(m_words(rows));
    m_button->setAccessibleName(m_button->text());
    m_button->setVisible(rows > 0);
    place();
}

/// Over the rows, so that none moves to make room for it, and at their foot, where the last one is cut off anyway.
void ListHold::place()
{
    m_button->adjustSize();
    const QRect rows = m_view->viewport()->geometry();
    m_button->move(rows.left() + (rows.width() - m_button->width()) / 2, rows.bottom() - m_button->height() - scaled(kFoot));
    m_button->raise();
}

bool ListHold::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Enter:
        m_hasPointer = true;
        break;
    case QEvent::Leave:
        m_hasPointer = false;
        m_peace.start();
        break;
    case QEvent::FocusOut:
        m_peace.start();
        break;
    case QEvent::Hide:
        if (watched == m_view) { // who comes back wants to see what is there now
            m_hasPointer = false;
            m_isFresh = true;
        }
        break;
    case QEvent::Resize:
        if (m_waiting > 0)
            place();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace telltale
