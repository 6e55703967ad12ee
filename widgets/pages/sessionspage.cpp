// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sessionspage.h"

#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/searchfield.h"
#include "widgets/pages/sessioncomparison.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QMouseEvent>
#include <QResizeEvent>
#include <QSplitter>
#include <QToolButton>

#include <algorithm>
#include <span>

namespace telltale {

namespace {

/// The newest session in which something broke; else the newest in which something happened.
int worthLookingAt(std::span<const SessionRow> rows)
{
    const auto first = [&rows](auto isWorth) {
        const auto found = std::find_if(rows.begin(), rows.end(), isWorth);
        return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
    };
    const int broken = first([](const SessionRow &row) { return row.errors > 0 && row.events > 0; });
    if (broken >= 0)
        return broken;
    return std::max(0, first([](const SessionRow &row) { return row.events >= 5; }));
}

} // namespace

SessionsPage::SessionsPage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(size::kCardGap);
    layout->addWidget(makeList());
    makeFirst();
    makeSecond();
    m_eventLists = new QSplitter(Qt::Horizontal);
    m_eventLists->addWidget(m_first->eventPanel());
    m_eventLists->addWidget(m_second->eventPanel());
    m_right = new QSplitter(Qt::Vertical);
    m_right->addWidget(m_first->timelinePanel());
    m_right->addWidget(m_second->timelinePanel());
    m_right->addWidget(m_eventLists);
    for (QSplitter *splitter : {m_eventLists, m_right}) {
        splitter->setHandleWidth(size::kCardGap);
        splitter->setChildrenCollapsible(false);
    }
    m_right->setStretchFactor(0, 4);
    m_right->setStretchFactor(1, 4);
    m_right->setStretchFactor(2, 6);
    m_right->setSizes({330, 330, 450});
    layout->addWidget(m_right, 1);
    connect(m_right, &QSplitter::splitterMoved, this, [this] { m_isSplitByHand = true; });

    m_searchDelay.setSingleShot(true);
    m_searchDelay.setInterval(150);
    connect(&m_searchDelay, &QTimer::timeout, this, &SessionsPage::askList);
    addKey(tr("Next session"), Qt::Key_J, [this] { selectStep(1); });
    addKey(tr("Previous session"), Qt::Key_K, [this] { selectStep(-1); });
    addKey(tr("Show new rows"), Qt::Key_N, [this] {
        m_hold->showNow();
        m_list->scrollToTop();
    });
    addKey(tr("Next event"), Qt::Key_Period, [this] { m_first->timeline()->stepToNextEvent(); });
    addKey(tr("Previous event"), Qt::Key_Comma, [this] { m_first->timeline()->stepToPreviousEvent(); });
    addKey(tr("Next error"), Qt::Key_E, [this] { m_first->timeline()->stepToNextError(); });
    addKey(tr("Fit the event"), Qt::Key_F, [this] { m_first->timeline()->fitEvent(); });
}

void SessionsPage::makeFirst()
{
    m_first = new SessionPane(tr("Session"), tr("Events"), context().screenColours, this);
    m_compareButton = makeIconButton(IconId::Compare, tr("Compare with another session (Ctrl+click it in the list)"));
    m_compareButton->setCheckable(true);
    QToolButton *previous = makeIconButton(backIcon(), tr("Newer session (K)"));
    QToolButton *next = makeIconButton(forthIcon(), tr("Older session (J)"));
    for (QToolButton *button : {m_compareButton, previous, next})
        m_first->head()->addWidget(button);
    connect(m_compareButton, &QToolButton::clicked, this, &SessionsPage::toggleChoosing);
    connect(previous, &QToolButton::clicked, this, [this] { selectStep(-1); });
    connect(next, &QToolButton::clicked, this, [this] { selectStep(1); });
    connect(m_first, &SessionPane::noteChosen, this, [this](const TimeMarker &note) { openMarker(note, QCursor::pos()); });
    connect(m_first->timelinePanel(), &Panel::retryRequested, this, &SessionsPage::askSession);
}

void SessionsPage::makeSecond()
{
    m_second = new SessionPane(tr("Compared session"), tr("Events of the compared session"), context().screenColours, this);
    auto *alignment = new QComboBox;
    alignment->setAccessibleName(tr("Times of both sessions"));
    alignment->setToolTip(alignment->accessibleName());
    alignment->addItem(tr("From their starts"));
    alignment->setMaximumWidth(scaled(220));
    QToolButton *leave = makeIconButton(IconId::Close, tr("End the comparison (Esc)"));
    m_second->head()->addWidget(alignment);
    m_second->head()->addWidget(leave);
    m_alignment = alignment;
    connect(leave, &QToolButton::clicked, this, [this] { compareWith({}); });
    connect(m_second, &SessionPane::noteChosen, this, [this](const TimeMarker &note) { openMarker(note, QCursor::pos()); });
    connect(m_second->timelinePanel(), &Panel::retryRequested, this, &SessionsPage::askSecond);
    m_comparison = new SessionComparison(*m_first, *m_second, *alignment, this);
    m_second->timelinePanel()->hide();
    m_second->eventPanel()->hide();
}

QWidget *SessionsPage::searchField()
{
    return m_search;
}

void SessionsPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    m_listPanel->setFixedWidth(scaled(window()->width() < scaled(1180) ? 280 : 352));
}

void SessionsPage::refresh()
{
    followStep();
    askList();
    if (!m_current.isEmpty())
        askSession();
    if (!m_compared.isEmpty())
        askSecond();
}

void SessionsPage::select(const QString &id)
{
    const int row = m_sessions.rowOfKey(id.toStdString());
    if (row >= 0) {
        const QModelIndex index = m_sessions.index(row, 0);
        if (m_list->currentIndex() != index)
            m_list->setCurrentIndex(index);
    } else if (!m_isPinned && !m_list->currentIndex().isValid() && m_sessions.rowCount() > 0) {
        m_list->setCurrentIndex(m_sessions.index(worthLookingAt(m_sessions.newest()), 0));
    }
}

void SessionsPage::openSession(const QString &id)
{
    m_current = id;
    m_isPinned = true;
    select(id);
    if (isActive())
        askSession();
}

void SessionsPage::selectStep(int rows)
{
    const int row =
        std::clamp(m_list->currentIndex().row() + rows, 0, std::max(0, m_sessions.rowCount() - 1));
    m_isPinned = false;
    m_list->setCurrentIndex(m_sessions.index(row, 0));
}

void SessionsPage::askSession()
{
    Scope scope = state().scope({});
    scope.filter = Filter();
    const std::string id = m_current.toStdString();
    ask<SessionDetail>(
        QStringLiteral("sessions.detail"), m_first->timelinePanel(),
        [scope, id](Engine &engine, std::stop_token stop) -> Result<SessionDetail> {
            auto detail = engine.session(id, scope, stop);
            if (!detail)
                return tl::unexpected(detail.error());
            return std::move(detail->value);
        },
        [this, id](const SessionDetail &detail) {
            if (id != m_current.toStdString()) // the list came in between, and the session is not in it
                return;
            m_first->eventPanel()->setQuestions(m_first->timelinePanel()->questions());
            showSession(detail);
        });
}

std::vector<TimeMarker> SessionsPage::notesOf(const SessionRow &session) const
{
    std::vector<TimeMarker> notes;
    addNotes(notes, SessionPane::rangeOf(session));
    return notes;
}

void SessionsPage::showSession(const SessionDetail &detail)
{
    m_first->show(detail, notesOf(detail.session), formatter(), m_sessions.isRunning(detail.session));
    m_comparison->update();
    // Tracks of metrics need their room; who moved the handle knows better.
    if (!m_isSplitByHand && m_compared.isEmpty())
        m_right->setSizes(m_first->timeline()->data().lanes.empty() ? QList<int>{330, 330, 450} : QList<int>{430, 430, 350});
}

void SessionsPage::compareWith(const QString &id)
{
    setChoosing(false);
    m_compared = id == m_current ? QString() : id;
    const bool isComparing = !m_compared.isEmpty();
    m_second->timelinePanel()->setVisible(isComparing);
    m_second->eventPanel()->setVisible(isComparing);
    m_first->setCompact(isComparing);
    m_second->setCompact(isComparing);
    if (isComparing)
        m_eventLists->setSizes({1000, 1000}); // half each
    m_compareButton->setChecked(isComparing);
    m_comparison->setActive(isComparing);
    if (isComparing) {
        askSecond();
        return;
    }
    cancel(QStringLiteral("sessions.second"));
    m_second->clear(tr("No session chosen"), tr("No events"));
}

void SessionsPage::toggleChoosing()
{
    if (m_compared.isEmpty())
        setChoosing(!m_isChoosing);
    else
        compareWith({});
}

/// While it lasts, the next session that is clicked or entered in the list is the second one.
void SessionsPage::setChoosing(bool isChoosing)
{
    if (isChoosing == m_isChoosing)
        return;
    m_isChoosing = isChoosing;
    m_compareButton->setChecked(isChoosing || !m_compared.isEmpty());
    m_counts->setText(isChoosing ? tr("Choose the session to compare with") : m_countText);
    if (isChoosing)
        m_list->setFocus(Qt::OtherFocusReason);
    else
        select(m_current);
}

void SessionsPage::askSecond()
{
    Scope scope = state().scope({});
    scope.filter = Filter();
    ask<SessionDetail>(
        QStringLiteral("sessions.second"), m_second->timelinePanel(),
        [scope, id = m_compared.toStdString()](Engine &engine, std::stop_token stop) -> Result<SessionDetail> {
            auto detail = engine.session(id, scope, stop);
            if (!detail)
                return tl::unexpected(detail.error());
            return std::move(detail->value);
        },
        [this](const SessionDetail &detail) {
            m_second->eventPanel()->setQuestions(m_second->timelinePanel()->questions());
            m_second->show(detail, notesOf(detail.session), formatter(), m_sessions.isRunning(detail.session));
            m_comparison->update();
        });
}

bool SessionsPage::eventFilter(QObject *watched, QEvent *event)
{
    const auto choose = [this](const QModelIndex &index) {
        if (index.isValid())
            compareWith(index.data(KeyRole).toString());
        return index.isValid();
    };
    if (watched == m_list->viewport() && (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonRelease)) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::LeftButton && (m_isChoosing || mouse->modifiers() == Qt::ControlModifier))
            return event->type() == QEvent::MouseButtonRelease || choose(m_list->indexAt(mouse->position().toPoint()));
    }
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isEnter && (m_isChoosing || key->modifiers() == Qt::ControlModifier))
            return choose(m_list->currentIndex());
        if (key->modifiers() == Qt::NoModifier && handleKey(key->key())) // letters would search in the list
            return true;
    }
    return Page::eventFilter(watched, event);
}

void SessionsPage::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (m_isChoosing || !m_compared.isEmpty()) {
            compareWith({});
            return;
        }
        break;
    default:
        break;
    }
    Page::keyPressEvent(event);
}

} // namespace telltale
