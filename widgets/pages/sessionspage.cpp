// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sessionspage.h"

#include "models/items/identity.h"
#include "models/items/itemtext.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/filterchip.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/searchfield.h"
#include "widgets/pages/sessioncomparison.h"
#include "widgets/pages/sessiondelegate.h"
#include "widgets/pages/tablemenu.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QListView>
#include <QMouseEvent>
#include <QResizeEvent>
#include <QScrollBar>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <map>
#include <span>

namespace telltale {

namespace {

/// What fits a person's patience; the count above the list says how many there are.
const QString kRowsSlot = QStringLiteral("sessions.rows");
constexpr std::size_t kRowsOfPiece = 20'000; ///< asked for at once while a list is written

/// What was typed as a filter: expressions as they are, words as something to find in ids, devices and users.
Result<Filter> searchFilter(const QString &text)
{
    const QString trimmed = text.simplified();
    if (trimmed.isEmpty())
        return Filter();
    if (trimmed.contains(u':'))
        return Filter::parse(trimmed.toStdString());
    QStringList alternatives;
    for (const char *field : {"session", "user", "device", "screen", "os"})
        alternatives.append(QLatin1String(field) + QStringLiteral(":\"*") + QString(trimmed).remove(u'"') +
                            QStringLiteral("*\""));
    return Filter::parse(alternatives.join(QStringLiteral(" OR ")).toStdString());
}

Engine::Reply<SessionList> askSessions(Engine &engine, const std::optional<PathStepAsked> &step, const Scope &scope, bool withTimelines, std::stop_token stop)
{
    return step ? engine.pathSessions(*step, scope, withTimelines, std::move(stop)) : engine.sessions(scope, withTimelines, std::move(stop));
}

std::chrono::nanoseconds longestOf(const std::vector<SessionRow> &rows)
{
    std::chrono::nanoseconds longest{};
    for (const SessionRow &row : rows)
        longest = std::max(longest, row.end - row.start);
    return longest;
}

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
    auto *right = new QSplitter(Qt::Vertical);
    right->addWidget(m_first->timelinePanel());
    right->addWidget(m_second->timelinePanel());
    right->addWidget(m_eventLists);
    for (QSplitter *splitter : {m_eventLists, right}) {
        splitter->setHandleWidth(size::kCardGap);
        splitter->setChildrenCollapsible(false);
    }
    right->setStretchFactor(0, 4);
    right->setStretchFactor(1, 4);
    right->setStretchFactor(2, 6);
    right->setSizes({330, 330, 450});
    layout->addWidget(right, 1);

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

QWidget *SessionsPage::makeList()
{
    m_list = makeSessionRows(tr("Sessions"));
    m_list->viewport()->installEventFilter(this);
    m_list->installEventFilter(this);
    m_list->setModel(&m_sessions);
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, &SessionsPage::askRowsInSight);
    m_delegate = new SessionDelegate(context().screenColours, m_list);
    m_list->setItemDelegate(m_delegate);
    m_hold = new ListHold(m_list, [](int rows) { return tr("%Ln new session(s) · show (N)", nullptr, rows); });
    auto *holder = new QWidget;
    auto *layout = new QVBoxLayout(holder);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list);
    m_listPanel = new Panel({}, {}, holder, this);
    m_listPanel->setHeaderVisible(false);
    m_listPanel->setPadding({1, size::kCardPadding - 4, 1, 1});
    m_listPanel->setAccessibleName(tr("Sessions"));

    auto *head = new QWidget;
    auto *headLayout = new QVBoxLayout(head);
    headLayout->setContentsMargins(size::kCardPadding - 2, 0, size::kCardPadding - 2, 6);
    headLayout->setSpacing(8);
    m_search = new SearchField(tr("Search sessions"), tr("User, device, screen, has:error"));
    headLayout->addWidget(m_search);
    m_stepRow = new QHBoxLayout;
    headLayout->addLayout(m_stepRow);
    auto *counts = new QHBoxLayout;
    m_counts = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    counts->addWidget(m_counts, 1);
    counts->addWidget(new PlainLabel(tr("Newest first"), FontRole::SecondaryStrong, Ink::Text3));
    headLayout->addLayout(counts);
    m_against = new PlainLabel({}, FontRole::Caption, Ink::Text3);
    m_against->hide();
    headLayout->addWidget(m_against);
    m_listPanel->content()->insertWidget(0, head);

    connect(m_search, &SearchField::textChanged, this, [this] { m_searchDelay.start(); });
    connect(m_search, &SearchField::downPressed, m_list, [this] { m_list->setFocus(Qt::TabFocusReason); });
    connect(m_listPanel, &Panel::retryRequested, this, &SessionsPage::askList);
    connect(m_listPanel, &Panel::actionRequested, this, [this] {
        if (!m_search->text().isEmpty())
            m_search->clear();
        else if (m_step)
            clearStep();
        else
            actOnNothing();
    });
    auto *compare = new QAction(tr("Compare &with…"), m_listPanel);
    m_listPanel->addAction(compare);
    connect(compare, &QAction::triggered, this, [this] { setChoosing(true); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) {
                if (!m_isChoosing && index.isValid() && index.data(KeyRole).toString() != m_current) {
                    m_current = index.data(KeyRole).toString();
                    m_isPinned = false;
                    if (m_current == m_compared)
                        compareWith({});
                    askSession();
                }
            });
    return m_listPanel;
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
    connect(m_first, &SessionPane::noteChosen, this, &SessionsPage::openMarker);
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
    connect(m_second, &SessionPane::noteChosen, this, &SessionsPage::openMarker);
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
    askList();
    if (!m_current.isEmpty())
        askSession();
    if (!m_compared.isEmpty())
        askSecond();
}

void SessionsPage::askList()
{
    const auto extra = searchFilter(m_search->text());
    m_search->setProblem(extra ? QString() : QString::fromStdString(extra.error().message));
    if (!extra)
        return;
    const TimeRange range = state().effectiveRange();
    Scope scope = state().scope(range);
    scope.filter = scope.filter.and_(*extra);
    scope.limit = SessionListModel::kPage;
    m_hold->ask(listQuestion(scope));
    std::optional<Scope> before = comparedScope(range);
    if (before) {
        before->filter = before->filter.and_(*extra);
        before->limit = 1; // how many, not which
    }
    using Answer = Compared<SessionList>;
    ask<Answer>(
        QStringLiteral("sessions.list"), m_listPanel,
        [scope, before, step = m_step](Engine &engine, std::stop_token stop) -> Result<Answer> {
            return askCompared<SessionList>(scope, before, [&](const Scope &one) { return askSessions(engine, step, one, one.limit > 1, stop); });
        },
        [this, scope, range](Answer answer) {
            showCounts(answer, range);
            takeList(scope, std::move(answer.now));
        });
}

void SessionsPage::askRowsInSight()
{
    const QRect shown = m_list->viewport()->rect();
    const QModelIndex top = m_list->indexAt(shown.topLeft() + QPoint(1, 1));
    const QModelIndex bottom = m_list->indexAt(shown.bottomLeft() + QPoint(1, -1));
    if (!top.isValid())
        return;
    const int first = m_sessions.rowsMissing(top.row(), bottom.isValid() ? bottom.row() : m_sessions.rowCount() - 1);
    if (first < 0 || first == m_askedRow)
        return;
    m_askedRow = first;
    Scope scope = m_listScope;
    scope.skip = static_cast<std::size_t>(first);
    ask<SessionList>(
        kRowsSlot, nullptr,
        [scope, step = m_step](Engine &engine, std::stop_token stop) -> Result<SessionList> {
            auto list = askSessions(engine, step, scope, true, stop);
            if (!list)
                return tl::unexpected(list.error());
            return std::move(list->value);
        },
        [this, first](SessionList list) {
            m_askedRow = -1;
            if (list.rows.empty()) // the list is shorter by now; the next answer says how long
                return;
            m_delegate->setLongest(std::max(m_delegate->longest(), longestOf(list.rows)));
            m_sessions.setRows(first, std::move(list.rows));
            select(m_current);
            askRowsInSight();
        },
        [this] { m_askedRow = -1; });
}

void SessionsPage::showCounts(const Compared<SessionList> &answer, TimeRange range)
{
    const SessionList &list = answer.now;
    m_countText = list.total == 0 ? QString() : tr("%1 sessions · %2 with errors").arg(itemtext::count(list.total), itemtext::count(list.withErrors));
    if (!m_isChoosing)
        m_counts->setText(m_countText);
    m_against->setVisible(answer.before.has_value());
    if (!answer.before)
        return;
    const auto now = static_cast<double>(answer.now.total), before = static_cast<double>(answer.before->total);
    const QString change = Change::ratio(now, before, Change::Better::Neither, now, before).text(formatter());
    //: what is compared with its dates, how many there were, the change
    m_against->setText(tr("%1: %2 sessions, %3").arg(comparedWith(range), itemtext::count(answer.before->total), change));
}

QString SessionsPage::againstText() const
{
    return m_against->isVisibleTo(this) ? m_against->text() : QString();
}

std::vector<std::pair<QString, QString>> SessionsPage::factsOf(const Panel &panel) const
{
    std::vector<std::pair<QString, QString>> facts;
    if (&panel != m_listPanel)
        return facts;
    if (m_step)
        facts.emplace_back(tr("Step of a path"), m_stepChip->text());
    facts.emplace_back(tr("Counted"), m_countText);
    if (!againstText().isEmpty())
        facts.emplace_back(tr("Compared"), againstText());
    return facts;
}

/// Shows it, or keeps what is new of it while somebody is at the list: its rows are those of the list before, with their new figures.
void SessionsPage::takeList(const Scope &scope, SessionList list)
{
    if (!m_hold->isHolding() || m_sessions.rowCount() == 0) {
        showList(scope, std::move(list));
        return;
    }
    m_sessions.setNow(state().now());
    m_sessions.updateRows(list.rows);
    const int waiting = m_sessions.newRows(list.rows, list.total);
    m_hold->keep(waiting, [this, scope, list = std::move(list)] { showList(scope, list); });
}

void SessionsPage::showList(const Scope &scope, SessionList list)
{
    m_listScope = scope;
    m_hold->shown();
    if (list.rows.empty()) {
        m_sessions.setNewest({}, 0);
        if (m_search->text().isEmpty() && m_step)
            m_listPanel->showEmpty(tr("No sessions"), tr("No session made the step %1 in this time.").arg(m_stepChip->text()), tr("All sessions"));
        else if (m_search->text().isEmpty())
            showNothing(m_listPanel, tr("sessions"));
        else
            m_listPanel->showEmpty(tr("Nothing found"), tr("No session has “%1”.").arg(m_search->text()),
                                   tr("Clear the search"));
        if (!m_isPinned) {
            m_current.clear();
            compareWith({});
            m_first->clear(tr("No session chosen"), tr("No events"));
        }
        return;
    }
    // The screens people are on most get the colours.
    std::map<std::string, std::int64_t> dwell;
    for (const SessionRow &row : list.rows) {
        for (const ScreenStretch &stretch : row.stretches)
            dwell[stretch.screen] += (stretch.end - stretch.start).count();
    }
    std::vector<std::pair<std::int64_t, QString>> order;
    for (const auto &[screen, ns] : dwell)
        order.emplace_back(-ns, itemtext::text(screen));
    std::sort(order.begin(), order.end());
    QStringList names;
    for (const auto &[ns, name] : order)
        names.append(name);
    context().screenColours->reserve(names);

    cancel(kRowsSlot); // counted by the list before
    m_askedRow = -1;
    m_delegate->setLongest(longestOf(list.rows));
    m_sessions.setTimeZone(state().timeZone());
    m_sessions.setNow(state().now());
    m_sessions.setNewest(std::move(list.rows), list.total);
    m_listPanel->showBody();
    select(m_current);
    askRowsInSight();
}

std::optional<LongList> SessionsPage::longList(const Panel &panel, bool withNames) const
{
    if (&panel != m_listPanel || m_sessions.rowCount() == 0)
        return std::nullopt;
    LongList list;
    list.total = static_cast<std::size_t>(m_sessions.rowCount());
    list.rowsOfPiece = kRowsOfPiece;
    list.rows = [scope = m_listScope, step = m_step, zone = state().timeZone(), withNames](Engine &engine, std::size_t first, std::size_t count,
                                                                         std::stop_token stop) -> Result<LongList::Piece> {
        Scope some = scope;
        some.skip = first;
        some.limit = count;
        const auto found = askSessions(engine, step, some, false, std::move(stop));
        if (!found)
            return tl::unexpected(found.error());
        SessionListModel words;
        words.setTimeZone(zone);
        LongList::Piece piece;
        for (const SessionRow &row : found->value.rows) {
            QStringList cells;
            QVariantList values;
            for (int column = 0; column < SessionListModel::ColumnCount; ++column) {
                if (column == SessionListModel::Session)
                    cells << (withNames ? itemtext::text(row.session) : identity::pseudonym(row.session));
                else
                    cells << words.text(row, column);
                values << exportValue(words.sortValue(row, column));
            }
            piece.rows.push_back(std::move(cells));
            piece.values.push_back(std::move(values));
        }
        return piece;
    };
    return list;
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

void SessionsPage::showStep(const PathStepAsked &step, const QString &words)
{
    clearStep();
    m_search->clear();
    m_step = step;
    m_hold->letGo();
    m_stepChip = new FilterChip(words, m_listPanel);
    m_stepRow->addWidget(m_stepChip, 0, Qt::AlignLeft);
    connect(m_stepChip, &FilterChip::removeRequested, this, &SessionsPage::clearStep);
    refreshWhenShown();
}

void SessionsPage::clearStep()
{
    if (!m_step)
        return;
    m_step.reset();
    m_hold->letGo();
    m_stepChip->hide();
    m_stepChip->deleteLater();
    m_stepChip = nullptr;
    refreshWhenShown();
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
        [this](const SessionDetail &detail) {
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
