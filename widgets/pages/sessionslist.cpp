// SPDX-License-Identifier: GPL-3.0-or-later
// The list of the sessions view: what is asked for it, which of a million rows are here, how many there are.
#include "widgets/pages/sessionspage.h"

#include "models/items/identity.h"
#include "models/items/itemtext.h"
#include "widgets/controls/filterchip.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/searchfield.h"
#include "widgets/pages/sessiondelegate.h"
#include "widgets/pages/tablemenu.h"

#include <QAction>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QListView>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

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

Engine::Reply<SessionList> askSessions(Engine &engine, const std::optional<PathStepShown> &step, const Scope &scope, bool withTimelines, std::stop_token stop)
{
    return step ? engine.pathSessions(step->step, scope, withTimelines, std::move(stop)) : engine.sessions(scope, withTimelines, std::move(stop));
}

std::chrono::nanoseconds longestOf(const std::vector<SessionRow> &rows)
{
    std::chrono::nanoseconds longest{};
    for (const SessionRow &row : rows)
        longest = std::max(longest, row.end - row.start);
    return longest;
}

} // namespace

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
            state().clearPathStep();
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

void SessionsPage::askList()
{
    const auto extra = searchFilter(m_search->text());
    m_search->setProblem(extra ? QString() : QString::fromStdString(extra.error().message));
    if (!extra)
        return;
    const TimeRange range = state().effectiveRange();
    Scope scope = honouredScope(range);
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
        },
        [this] {
            m_countText.clear(); // of another list
            m_counts->setText({});
            m_against->hide();
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

/// The chip of the step that is asked for now, if any.
void SessionsPage::followStep()
{
    if (m_step == state().pathStep())
        return;
    m_step = state().pathStep();
    m_hold->letGo();
    if (m_stepChip) {
        m_stepChip->hide();
        m_stepChip->deleteLater();
        m_stepChip = nullptr;
    }
    if (!m_step)
        return;
    m_search->clear();
    m_stepChip = new FilterChip(m_step->words, m_listPanel);
    m_stepRow->addWidget(m_stepChip, 0, Qt::AlignLeft);
    connect(m_stepChip, &FilterChip::removeRequested, &state(), &ViewState::clearPathStep);
}

} // namespace telltale
