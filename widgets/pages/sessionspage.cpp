// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sessionspage.h"

#include "models/items/identity.h"
#include "models/items/itemtext.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/searchfield.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/eventdelegate.h"
#include "widgets/pages/sessiondelegate.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QListView>
#include <QRegularExpression>
#include <QResizeEvent>
#include <QScrollBar>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace telltale {

namespace {

/// What fits a person's patience; the count above the list says how many there are.
constexpr std::size_t kMostSessions = 500;

enum Segment { All, Interactions, Errors, Performance };

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

/// The newest session in which something broke; else the newest in which something happened.
int worthLookingAt(const std::vector<SessionRow> &rows)
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

/// A list in a card without edges of its own.
QListView *makeRows(const QString &name)
{
    auto *list = new QListView;
    list->setAccessibleName(name);
    list->setFrameShape(QFrame::NoFrame);
    list->setUniformItemSizes(true);
    list->setMouseTracking(true);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->viewport()->setAutoFillBackground(false);
    return list;
}

SessionTimelineData timelineOf(const SessionDetail &detail, bool isRunning, SeriesPalette &colours)
{
    using namespace std::chrono_literals;
    SessionTimelineData data;
    data.range = {detail.session.start, std::max(detail.session.end, detail.session.start + 1s)};
    data.isRunning = isRunning;
    std::vector<ScreenStretch> stretches = detail.session.stretches;
    if (stretches.empty()) {
        // Without stretches: from each screen view to the next, or as long as its dwell.
        for (const SessionRecord &record : detail.records) {
            if (record.kind != RecordKind::ScreenView)
                continue;
            if (!stretches.empty() && stretches.back().end > record.time)
                stretches.back().end = record.time;
            const auto dwell =
                record.durationMs
                    ? std::chrono::nanoseconds(static_cast<std::int64_t>(*record.durationMs * 1e6))
                    : data.range.to - record.time;
            stretches.push_back({record.screen.empty() ? record.name : record.screen, record.time,
                                 std::min(record.time + dwell, data.range.to)});
        }
    }
    for (const ScreenStretch &stretch : stretches) {
        const QString name = itemtext::text(stretch.screen);
        data.screens.push_back({{stretch.start, stretch.end}, name, colours.slotFor(name)});
    }
    // Half a minute and more on no screen, with nothing recorded: the app was away.
    for (std::size_t i = 0; i + 1 < stretches.size(); ++i) {
        const TimeRange between{stretches[i].end, stretches[i + 1].start};
        if (between.to - between.from < 20s)
            continue;
        const bool isQuiet =
            std::none_of(detail.records.begin(), detail.records.end(), [&](const SessionRecord &record) {
                return record.time > between.from + 1s && record.time < between.to - 1s;
            });
        const bool crashed =
            std::any_of(detail.records.begin(), detail.records.end(), [&](const SessionRecord &record) {
                return record.kind == RecordKind::Error && record.isUnhandled &&
                       record.time >= between.from - 2s && record.time <= between.to;
            });
        if (isQuiet)
            data.gaps.push_back(
                {between, crashed ? SessionsPage::tr("crashed, restarted") : SessionsPage::tr("app closed")});
    }
    for (const SessionRecord &record : detail.records) {
        const QString name = SessionRecordModel::nameText(record);
        switch (record.kind) {
        case RecordKind::UsageEvent:
            data.interactions.push_back({record.time, name});
            break;
        case RecordKind::Error:
            data.errors.push_back(
                {record.time, name, record.isUnhandled ? 21 : std::max<int>(record.severity, 17)});
            break;
        case RecordKind::Log:
            if (record.severity >= 13)
                data.errors.push_back({record.time, name, record.severity});
            break;
        case RecordKind::Span: {
            const auto length =
                std::chrono::nanoseconds(static_cast<std::int64_t>(record.durationMs.value_or(0) * 1e6));
            data.spans.push_back({{record.time, record.time + length}, name, record.severity >= 17});
            break;
        }
        default:
            break;
        }
    }
    return data;
}

} // namespace

SessionsPage::SessionsPage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(size::kCardGap);
    layout->addWidget(makeList());
    auto *right = new QSplitter(Qt::Vertical);
    right->setHandleWidth(size::kCardGap);
    right->setChildrenCollapsible(false);
    right->addWidget(makeTimeline());
    right->addWidget(makeEvents());
    right->setStretchFactor(0, 4);
    right->setStretchFactor(1, 6);
    right->setSizes({330, 450});
    layout->addWidget(right, 1);

    m_searchDelay.setSingleShot(true);
    m_searchDelay.setInterval(150);
    connect(&m_searchDelay, &QTimer::timeout, this, &SessionsPage::askList);
    addKey(tr("Next session"), Qt::Key_J, [this] { selectStep(1); });
    addKey(tr("Previous session"), Qt::Key_K, [this] { selectStep(-1); });
    addKey(tr("Next event"), Qt::Key_Period, [this] { m_timeline->stepToNextEvent(); });
    addKey(tr("Previous event"), Qt::Key_Comma, [this] { m_timeline->stepToPreviousEvent(); });
    addKey(tr("Next error"), Qt::Key_E, [this] { m_timeline->stepToNextError(); });
    addKey(tr("Fit the event"), Qt::Key_F, [this] { m_timeline->fitEvent(); });
}

QWidget *SessionsPage::makeList()
{
    m_list = makeRows(tr("Sessions"));
    m_list->setModel(&m_sessions);
    m_delegate = new SessionDelegate(context().screenColours, m_list);
    m_list->setItemDelegate(m_delegate);
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
    auto *counts = new QHBoxLayout;
    m_counts = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    counts->addWidget(m_counts, 1);
    counts->addWidget(new PlainLabel(tr("Newest first"), FontRole::SecondaryStrong, Ink::Text3));
    headLayout->addLayout(counts);
    m_listPanel->content()->insertWidget(0, head);

    connect(m_search, &SearchField::textChanged, this, [this] { m_searchDelay.start(); });
    connect(m_search, &SearchField::downPressed, m_list, [this] { m_list->setFocus(Qt::TabFocusReason); });
    connect(m_listPanel, &Panel::retryRequested, this, &SessionsPage::askList);
    connect(m_listPanel, &Panel::actionRequested, this, [this] {
        if (!m_search->text().isEmpty())
            m_search->clear();
        else
            actOnNothing();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) {
                if (index.isValid() && index.data(KeyRole).toString() != m_current) {
                    m_current = index.data(KeyRole).toString();
                    m_isPinned = false;
                    askSession();
                }
            });
    return m_listPanel;
}

QWidget *SessionsPage::makeTimeline()
{
    m_timeline = new SessionTimeline;
    m_timeline->setChartName(tr("Session"));
    m_timelinePanel = new Panel({}, {}, m_timeline, this);
    m_timelinePanel->setHeaderVisible(false);
    m_timelinePanel->setAccessibleName(tr("Session"));
    auto *head = new QWidget;
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 6);
    layout->setSpacing(10);
    m_id = new PlainLabel({}, FontRole::TrackValueSmall, Ink::Text);
    m_facts = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    layout->addWidget(m_id);
    layout->addWidget(m_facts, 1);
    QToolButton *previous = makeIconButton(backIcon(), tr("Newer session (K)"));
    QToolButton *next = makeIconButton(forthIcon(), tr("Older session (J)"));
    layout->addWidget(previous);
    layout->addWidget(next);
    m_timelinePanel->content()->insertWidget(0, head);
    connect(previous, &QToolButton::clicked, this, [this] { selectStep(-1); });
    connect(next, &QToolButton::clicked, this, [this] { selectStep(1); });
    connect(m_timeline, &SessionTimeline::playheadChanged, this, &SessionsPage::followPlayhead);
    connect(m_timelinePanel, &Panel::retryRequested, this, &SessionsPage::askSession);
    return m_timelinePanel;
}

QWidget *SessionsPage::makeEvents()
{
    m_events = makeRows(tr("Events"));
    m_shownRecords.setSourceModel(&m_records);
    m_shownRecords.setFilterRole(SessionRecordModel::CategoryRole);
    m_shownRecords.setFilterKeyColumn(0);
    m_events->setModel(&m_shownRecords);
    m_events->setItemDelegate(new EventDelegate(m_events));
    m_eventPanel = new Panel({}, {}, m_events, this);
    m_eventPanel->setHeaderVisible(false);
    m_eventPanel->setAccessibleName(tr("Events"));
    m_eventPanel->setPadding({1, size::kCardPadding - 4, 1, 1});
    auto *head = new QHBoxLayout;
    head->setContentsMargins(size::kCardPadding - 1, 0, size::kCardPadding - 1, 8);
    head->setSpacing(8);
    head->addWidget(new PlainLabel(tr("Events"), FontRole::BodyStrong, Ink::Text));
    head->addWidget(new PlainLabel(tr("follows the playhead"), FontRole::Caption, Ink::Text2), 1);
    m_segments = new SegmentedControl;
    m_segments->setAccessibleName(tr("Which events"));
    m_segments->addSegment(tr("All"));
    m_segments->addSegment(tr("Interactions"));
    m_segments->addSegment(tr("Errors"));
    m_segments->addSegment(tr("Performance"));
    m_segments->setCurrentIndex(All);
    head->addWidget(m_segments);
    m_eventPanel->content()->insertLayout(0, head);
    connect(m_segments, &SegmentedControl::currentChanged, this, [this](int segment) {
        using Category = SessionRecordModel::Category;
        const int category = segment == Interactions ? static_cast<int>(Category::Interaction)
                             : segment == Errors     ? static_cast<int>(Category::Error)
                                                     : static_cast<int>(Category::Performance);
        m_shownRecords.setFilterRegularExpression(
            segment == All ? QRegularExpression() : QRegularExpression(QStringLiteral("^%1$").arg(category)));
        if (const auto at = m_timeline->playhead())
            followPlayhead(*at);
    });
    connect(m_events->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) {
                if (index.isValid() && !m_isFollowing)
                    m_timeline->setPlayhead(
                        Instant{index.data(SessionRecordModel::InstantRole).toLongLong()});
            });
    return m_eventPanel;
}

QWidget *SessionsPage::searchField()
{
    return m_search;
}

void SessionsPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    m_listPanel->setFixedWidth(scaled(window()->width() < 1180 ? 280 : 352));
}

void SessionsPage::refresh()
{
    askList();
    if (!m_current.isEmpty())
        askSession();
}

void SessionsPage::askList()
{
    const auto extra = searchFilter(m_search->text());
    m_search->setProblem(extra ? QString() : QString::fromStdString(extra.error().message));
    if (!extra)
        return;
    Scope scope = state().scope();
    scope.filter = scope.filter.and_(*extra);
    scope.limit = kMostSessions;
    ask<SessionList>(
        QStringLiteral("sessions.list"), m_listPanel,
        [scope](Engine &engine, std::stop_token stop) -> Result<SessionList> {
            auto list = engine.sessions(scope, true, stop);
            if (!list)
                return tl::unexpected(list.error());
            return std::move(list->value);
        },
        [this](SessionList list) { showList(std::move(list)); });
}

void SessionsPage::showList(SessionList list)
{
    m_counts->setText(list.total == 0
                          ? QString()
                          : tr("%1 sessions · %2 with errors")
                                .arg(itemtext::count(list.total), itemtext::count(list.withErrors)));
    if (list.rows.empty()) {
        m_sessions.setRows({});
        if (m_search->text().isEmpty())
            showNothing(m_listPanel, tr("sessions"));
        else
            m_listPanel->showEmpty(tr("Nothing found"), tr("No session has “%1”.").arg(m_search->text()),
                                   tr("Clear the search"));
        if (!m_isPinned) {
            m_current.clear();
            m_timelinePanel->showEmpty(tr("No session chosen"));
            m_eventPanel->showEmpty(tr("No events"));
            m_id->setText({});
            m_facts->setText({});
        }
        return;
    }
    // The screens people are on most get the colours.
    std::map<std::string, std::int64_t> dwell;
    std::chrono::nanoseconds longest{};
    for (const SessionRow &row : list.rows) {
        longest = std::max(longest, row.end - row.start);
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

    m_delegate->setLongest(longest);
    m_sessions.setTimeZone(state().timeZone());
    m_sessions.setNow(state().now());
    m_sessions.setRows(std::move(list.rows));
    m_listPanel->showBody();
    select(m_current);
}

void SessionsPage::select(const QString &id)
{
    const int row = m_sessions.rowOfKey(id.toStdString());
    if (row >= 0) {
        const QModelIndex index = m_sessions.index(row, 0);
        if (m_list->currentIndex() != index)
            m_list->setCurrentIndex(index);
    } else if (!m_isPinned && m_sessions.rowCount() > 0) {
        m_list->setCurrentIndex(m_sessions.index(worthLookingAt(m_sessions.rows()), 0));
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
        QStringLiteral("sessions.detail"), m_timelinePanel,
        [scope, id](Engine &engine, std::stop_token stop) -> Result<SessionDetail> {
            auto detail = engine.session(id, scope, stop);
            if (!detail)
                return tl::unexpected(detail.error());
            return std::move(detail->value);
        },
        [this](const SessionDetail &detail) {
            m_eventPanel->setQuestions(m_timelinePanel->questions());
            showSession(detail);
        });
}

void SessionsPage::showSession(const SessionDetail &detail)
{
    const SessionRow &session = detail.session;
    m_id->setText(identity::shown(session.session));
    QStringList facts;
    if (identity::areShown() && !session.user.empty())
        facts.append(itemtext::text(session.user));
    for (const std::string &fact : {session.device, session.os, session.release, session.product}) {
        if (!fact.empty())
            facts.append(itemtext::text(fact));
    }
    const Formatter words = formatter();
    facts.append(words.dateTime(session.start));
    facts.append(words.durationWords(SessionListModel::lengthMs(session)));
    m_facts->setText(facts.join(QStringLiteral(" · ")));

    const bool isOther = m_records.rowCount() == 0 || m_records.start() != session.start;
    const auto playhead = m_timeline->playhead();
    m_records.setRecords(session.start, detail.records);
    m_timeline->setFormatter(words);
    m_timeline->setData(timelineOf(detail, m_sessions.isRunning(session), *context().screenColours));
    m_timelinePanel->showBody();
    m_eventPanel->showBody();
    updateSegments();

    Instant at = playhead.value_or(session.start);
    if (isOther || !playhead) {
        // Begin where it hurts.
        const auto &records = detail.records;
        auto worst = std::find_if(records.rbegin(), records.rend(), [](const SessionRecord &record) {
            return record.kind == RecordKind::Error && record.isUnhandled;
        });
        if (worst == records.rend())
            worst = std::find_if(records.rbegin(), records.rend(), [](const SessionRecord &record) {
                return record.kind == RecordKind::Error;
            });
        at = worst != records.rend() ? worst->time : session.start;
        m_timeline->setPlayhead(at);
        followPlayhead(at);
    }
}

void SessionsPage::updateSegments()
{
    using Category = SessionRecordModel::Category;
    qint64 counts[4] = {m_records.rowCount(), 0, 0, 0};
    for (const NumberedRecord &row : m_records.rows()) {
        const Category category = SessionRecordModel::categoryOf(row.record);
        counts[Interactions] += category == Category::Interaction ? 1 : 0;
        counts[Errors] += category == Category::Error ? 1 : 0;
        counts[Performance] += category == Category::Performance ? 1 : 0;
    }
    m_segments->setCountAt(All, counts[All]);
    m_segments->setCountAt(Errors, counts[Errors]);
    m_segments->setSegmentEnabled(Interactions, counts[Interactions] > 0);
    m_segments->setSegmentEnabled(Errors, counts[Errors] > 0);
    m_segments->setSegmentEnabled(Performance, counts[Performance] > 0);
}

void SessionsPage::followPlayhead(Instant at)
{
    // The last event that has happened by then.
    int best = -1;
    for (int row = 0; row < m_shownRecords.rowCount(); ++row) {
        if (m_shownRecords.index(row, 0).data(SessionRecordModel::InstantRole).toLongLong() > at.ns)
            break;
        best = row;
    }
    if (best < 0)
        return;
    m_isFollowing = true;
    const QModelIndex index = m_shownRecords.index(best, 0);
    m_events->setCurrentIndex(index);
    m_events->scrollTo(index, QAbstractItemView::PositionAtCenter);
    m_isFollowing = false;
}

} // namespace telltale
