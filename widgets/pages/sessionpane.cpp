// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sessionpane.h"

#include "models/items/identity.h"
#include "models/items/itemtext.h"
#include "models/items/sessionlistmodel.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/eventdelegate.h"
#include "widgets/pages/metrictracks.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QListView>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

namespace telltale {

namespace {

enum Segment { All, Interactions, Errors, Performance };

SessionTimelineData timelineOf(const SessionDetail &detail, bool isRunning, SeriesPalette &colours)
{
    using namespace std::chrono_literals;
    SessionTimelineData data;
    data.range = SessionPane::rangeOf(detail.session);
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
                {between, crashed ? SessionPane::tr("crashed, restarted") : SessionPane::tr("app closed")});
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

/// Where it hurts: the last crash, else the last error, else the start.
Instant worstMoment(const SessionDetail &detail)
{
    const auto last = [&detail](auto isIt) {
        return std::find_if(detail.records.rbegin(), detail.records.rend(), isIt);
    };
    auto worst = last([](const SessionRecord &record) { return record.kind == RecordKind::Error && record.isUnhandled; });
    if (worst == detail.records.rend())
        worst = last([](const SessionRecord &record) { return record.kind == RecordKind::Error; });
    return worst != detail.records.rend() ? worst->time : detail.session.start;
}

} // namespace

QListView *makeSessionRows(const QString &name)
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

SessionPane::SessionPane(const QString &timelineName, const QString &eventsName, SeriesPalette *colours, QWidget *parent)
    : QObject(parent)
    , m_colours(colours)
{
    makeTimeline(timelineName, parent);
    makeEvents(eventsName, parent);
}

void SessionPane::makeTimeline(const QString &name, QWidget *parent)
{
    m_timeline = new SessionTimeline;
    m_timeline->setChartName(name);
    m_timelinePanel = new Panel({}, {}, m_timeline, parent);
    m_timelinePanel->setHeaderVisible(false);
    m_timelinePanel->setAccessibleName(name);
    auto *head = new QWidget;
    m_head = new QHBoxLayout(head);
    m_head->setContentsMargins(0, 0, 0, 6);
    m_head->setSpacing(10);
    m_id = new PlainLabel({}, FontRole::TrackValueSmall, Ink::Text);
    m_facts = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    m_head->addWidget(m_id);
    m_head->addWidget(m_facts, 1);
    m_otherMetrics = new PlainLabel({}, FontRole::Caption, Ink::Text2);
    m_head->addWidget(m_otherMetrics);
    m_timelinePanel->content()->insertWidget(0, head);
    connect(m_timeline, &SessionTimeline::noteActivated, this,
            [this](int index) { Q_EMIT noteChosen(m_timeline->data().notes[static_cast<std::size_t>(index)]); });
    connect(m_timeline, &SessionTimeline::playheadChanged, this, [this](Instant at) {
        followPlayhead(at);
        Q_EMIT playheadMoved(at);
    });
}

void SessionPane::makeEvents(const QString &name, QWidget *parent)
{
    m_events = makeSessionRows(name);
    m_shownRecords.setSourceModel(&m_records);
    m_shownRecords.setFilterRole(SessionRecordModel::CategoryRole);
    m_shownRecords.setFilterKeyColumn(0);
    m_events->setModel(&m_shownRecords);
    m_events->setItemDelegate(new EventDelegate(m_events));
    m_eventPanel = new Panel({}, {}, m_events, parent);
    m_eventPanel->setHeaderVisible(false);
    m_eventPanel->setAccessibleName(name);
    m_eventPanel->setPadding({1, size::kCardPadding - 4, 1, 1});
    auto *head = new QHBoxLayout;
    head->setContentsMargins(size::kCardPadding - 1, 0, size::kCardPadding - 1, 8);
    head->setSpacing(8);
    m_title = new PlainLabel(name, FontRole::BodyStrong, Ink::Text);
    m_caption = new PlainLabel(tr("follows the playhead"), FontRole::Caption, Ink::Text2);
    head->addWidget(m_title);
    head->addWidget(m_caption, 1);
    m_segments = new SegmentedControl;
    m_segments->setAccessibleName(tr("Which events"));
    m_segments->addSegment(tr("All"));
    m_segments->addSegment(tr("Interactions"));
    m_segments->addSegment(tr("Errors"));
    m_segments->addSegment(tr("Performance"));
    m_segments->setCurrentIndex(All);
    head->addWidget(m_segments);
    m_eventPanel->content()->insertLayout(0, head);
    connect(m_segments, &SegmentedControl::currentChanged, this, &SessionPane::showCategory);
    connect(m_events->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        if (!index.isValid() || m_isFollowing)
            return;
        const Instant at{index.data(SessionRecordModel::InstantRole).toLongLong()};
        m_timeline->setPlayhead(at);
        Q_EMIT playheadMoved(at);
    });
}

void SessionPane::showCategory(int segment)
{
    using Category = SessionRecordModel::Category;
    const int category = segment == Interactions ? static_cast<int>(Category::Interaction)
                         : segment == Errors     ? static_cast<int>(Category::Error)
                                                 : static_cast<int>(Category::Performance);
    m_shownRecords.setFilterRegularExpression(segment == All ? QRegularExpression()
                                                             : QRegularExpression(QStringLiteral("^%1$").arg(category)));
    if (const auto at = m_timeline->playhead())
        followPlayhead(*at);
}

Instant SessionPane::zero() const
{
    return m_timeline->axis() ? m_timeline->axis()->zero : m_detail.session.start;
}

TimeRange SessionPane::rangeOf(const SessionRow &session)
{
    return {session.start, std::max(session.end, session.start + std::chrono::seconds(1))};
}

void SessionPane::show(const SessionDetail &detail, std::vector<TimeMarker> notes, const Formatter &formatter, bool isRunning)
{
    const SessionRow &session = detail.session;
    const bool isOther = m_detail.session.session != session.session || m_records.rowCount() == 0;
    const auto playhead = m_timeline->playhead();
    m_detail = detail;
    if (isOther)
        m_timeline->setAxis(std::nullopt); // of the session before
    m_id->setText(identity::shown(session.session));
    QStringList facts;
    if (identity::areShown() && !session.user.empty())
        facts.append(itemtext::text(session.user));
    for (const std::string &fact : {session.device, session.os, session.release, session.product}) {
        if (!fact.empty())
            facts.append(itemtext::text(fact));
    }
    facts.append(formatter.dateTime(session.start));
    facts.append(formatter.durationWords(SessionListModel::lengthMs(session)));
    m_facts->setText(facts.join(QStringLiteral(" · ")));

    showTitle();
    m_records.setRecords(zero(), detail.records);
    m_timeline->setFormatter(formatter);
    SessionTimelineData timeline = timelineOf(detail, isRunning, *m_colours);
    timeline.notes = std::move(notes);
    MetricTracks metrics = metricTracks(detail.metrics);
    timeline.lanes = std::move(metrics.lanes);
    m_otherMetrics->setText(metrics.others.isEmpty() ? QString() : tr("%n more metric(s)", nullptr, static_cast<int>(metrics.others.size())));
    m_otherMetrics->setToolTip(metrics.others.mid(0, 20).join(QLatin1Char('\n')));
    m_otherMetrics->setVisible(!metrics.others.isEmpty());
    m_timeline->setData(timeline);
    m_timelinePanel->showBody();
    m_eventPanel->showBody();
    updateSegments();
    if (isOther || !playhead)
        setPlayhead(worstMoment(detail));
}

void SessionPane::clear(const QString &title, const QString &events)
{
    m_detail = {};
    m_records.setRecords({}, {});
    updateSegments();
    m_timelinePanel->showEmpty(title);
    m_eventPanel->showEmpty(events);
    m_id->setText({});
    m_facts->setText({});
    m_otherMetrics->hide();
}

void SessionPane::setCompact(bool isCompact)
{
    m_isCompact = isCompact;
    showTitle();
}

void SessionPane::showTitle()
{
    m_title->setText(m_isCompact && !isEmpty() ? m_id->text() : m_events->accessibleName());
    m_title->setMinimumWidth(m_isCompact ? m_title->sizeHint().width() : 0); // an id is said whole or not at all
    m_caption->setText(m_isCompact ? QString() : tr("follows the playhead"));
}

void SessionPane::setAxis(const std::optional<SessionTimeline::Axis> &axis)
{
    m_timeline->setAxis(axis);
    m_records.setRecords(zero(), m_detail.records);
    if (const auto at = m_timeline->playhead())
        followPlayhead(*at);
}

void SessionPane::setPlayhead(Instant at)
{
    m_timeline->setPlayhead(at);
    followPlayhead(at);
}

void SessionPane::updateSegments()
{
    using Category = SessionRecordModel::Category;
    qint64 counts[4] = {m_records.rowCount(), 0, 0, 0};
    for (const NumberedRecord &row : m_records.rows()) {
        const Category category = SessionRecordModel::categoryOf(row.record);
        counts[Interactions] += category == Category::Interaction ? 1 : 0;
        counts[Errors] += category == Category::Error ? 1 : 0;
        counts[Performance] += category == Category::Performance ? 1 : 0;
    }
    const bool isAny = counts[All] > 0;
    m_segments->setCountAt(All, isAny ? counts[All] : -1);
    m_segments->setCountAt(Errors, isAny ? counts[Errors] : -1);
    m_segments->setSegmentEnabled(Interactions, counts[Interactions] > 0);
    m_segments->setSegmentEnabled(Errors, counts[Errors] > 0);
    m_segments->setSegmentEnabled(Performance, counts[Performance] > 0);
}

void SessionPane::followPlayhead(Instant at)
{
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
