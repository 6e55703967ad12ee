// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/errordetailview.h"

#include "models/items/identity.h"
#include "models/items/itemtext.h"
#include "models/telemetry/timeformat.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/codeview.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/errortriage.h"
#include "widgets/pages/eventdelegate.h"
#include "widgets/pages/notebook.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/theme/mirroring.h"

#include <QHBoxLayout>
#include <QJsonDocument>
#include <QListView>
#include <QPainter>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace telltale {

namespace {

constexpr std::size_t kTrailLength = 6;

/// A step before the error: icon in a ring on a line that joins them, kind, what, how long before.
class CrumbDelegate final : public QStyledItemDelegate
{
public:
    CrumbDelegate(const Instant &errorTime, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_errorTime(errorTime)
    {}

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {scaled(200), scaled(28)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto *model = qobject_cast<const SessionRecordModel *>(index.model());
        if (!model)
            return;
        const SessionRecord &record = model->rowAt(index.row()).record;
        const Tokens &tokens = tokensOf(option.widget);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        mirror(painter, option.rect, option.direction);
        const QRectF rect = option.rect;
        const QPointF centre(rect.left() + scaled(12), rect.center().y());
        painter->setPen(QPen(tokens.border, 1));
        if (index.row() > 0)
            painter->drawLine(QPointF(centre.x(), rect.top()), QPointF(centre.x(), centre.y() - scaled(9)));
        if (index.row() + 1 < model->rowCount())
            painter->drawLine(QPointF(centre.x(), centre.y() + scaled(9)),
                              QPointF(centre.x(), rect.bottom() + 1));
        painter->setBrush(tokens.card);
        painter->drawEllipse(centre, scaled(9.5), scaled(9.5));
        const QString icon = SessionRecordModel::iconName(record);
        const double size = scaled(12);
        paintIcon(painter, eventIcon(icon), {centre.x() - size / 2, centre.y() - size / 2, size, size},
                  tokens.ink(eventInk(icon)));

        const bool isError = record.kind == RecordKind::Error;
        const double timeWidth = scaled(66);
        paintText(painter,
                  {rect.left() + scaled(33), rect.top(), eventKindWidth(), rect.height()},
                  FontRole::Secondary, tokens.text2, SessionRecordModel::kindText(record));
        const double left = rect.left() + scaled(33) + eventKindWidth() + scaled(9);
        QString name = SessionRecordModel::nameText(record);
        if (const QString detail = SessionRecordModel::detailText(record);
            record.kind == RecordKind::Span && !detail.isEmpty())
            name = ErrorDetailView::tr("%1 in %2").arg(name, detail);
        paintText(painter, {left, rect.top(), rect.right() - timeWidth - left, rect.height()},
                  isError ? FontRole::BodyStrong : FontRole::Body, tokens.text, name);
        const double seconds = static_cast<double>((record.time - m_errorTime).count()) / 1e9;
        const QString sign = seconds < -0.05 ? QStringLiteral("−") : QString();
        paintNumber(painter, {rect.right() - timeWidth, rect.top(), timeWidth, rect.height()},
                    FontRole::Secondary, tokens.text3,
                    ErrorDetailView::tr("%1%2 s")
                        .arg(sign, QLocale().toString(std::abs(seconds), 'f', 1)));
        painter->restore();
    }

private:
    const Instant &m_errorTime;
};

/// All that is stored of an event. Who it was is said as everywhere else.
QString rawText(const ErrorOccurrence &event)
{
    Value::Map fields{{"time", formatRfc3339(event.time)}, {"type", event.type}, {"message", event.message}, {"unhandled", event.isUnhandled}};
    for (const auto &[name, value] : {std::pair<const char *, const std::string &>{"stack", event.stack},
                                      {"product", event.product},
                                      {"release", event.release},
                                      {"os", event.os},
                                      {"device", event.device},
                                      {"screen", event.screen}}) {
        if (!value.empty())
            fields.emplace_back(name, value);
    }
    for (const auto &[name, value] : {std::pair<const char *, const std::string &>{"session", event.session}, {"user", event.user}}) {
        if (!value.empty())
            fields.emplace_back(name, identity::shown(value).toStdString());
    }
    if (!event.attributes.empty())
        fields.emplace_back("attributes", event.attributes);
    return QString::fromUtf8(QJsonDocument::fromJson(QByteArray::fromStdString(toJson(Value(std::move(fields))))).toJson()).trimmed();
}

PlainLabel *heading(const QString &text)
{
    return new PlainLabel(text, FontRole::SecondaryStrong, Ink::Text);
}

} // namespace

ErrorDetailView::ErrorDetailView(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(makeHead());
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setAccessibleName(tr("Details of the error"));
    QWidget *body = makeBody();
    scroll->setWidget(body);
    body->setAutoFillBackground(false); // a scroll area turns it on
    auto *pages = new QStackedWidget;
    pages->addWidget(scroll);
    m_raw = new CodeView;
    m_raw->setAccessibleName(tr("The newest event as JSON"));
    pages->addWidget(m_raw);
    connect(m_tabs, &SegmentedControl::currentChanged, pages, &QStackedWidget::setCurrentIndex);
    layout->addWidget(pages, 1);
}

QWidget *ErrorDetailView::makeHead()
{
    auto *head = new QWidget;
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_title = new PlainLabel({}, FontRole::TrackValueSmall, Ink::Text);
    m_message = new PlainLabel({}, FontRole::Body, Ink::Text2);
    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_title, 1);
    m_tabs = new SegmentedControl;
    m_tabs->setAccessibleName(tr("How the error is shown"));
    m_tabs->addSegment(tr("Details"));
    m_tabs->addSegment(tr("JSON"));
    m_tabs->setCurrentIndex(0);
    top->addWidget(m_tabs);
    layout->addLayout(top);
    layout->addWidget(m_message);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_openSession = makeButton(tr("Open session"), ButtonKind::Primary);
    QPushButton *only = makeButton(tr("Show only this error"));
    buttons->addWidget(m_openSession);
    buttons->addWidget(only);
    buttons->addStretch(1);
    layout->addSpacing(2);
    m_triageButtons = new QHBoxLayout;
    m_triageButtons->setSpacing(8);
    m_buttonRows = new QBoxLayout(QBoxLayout::TopToBottom);
    m_buttonRows->setSpacing(6);
    m_buttonRows->addLayout(buttons);
    m_buttonRows->addLayout(m_triageButtons);
    layout->addLayout(m_buttonRows);
    connect(m_openSession, &QPushButton::clicked, this, [this] { Q_EMIT sessionRequested(m_session); });
    connect(only, &QPushButton::clicked, this,
            [this] { Q_EMIT filterRequested(QStringLiteral("error"), m_type, Qt::NoModifier); });
    return head;
}

void ErrorDetailView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isWide = width() > scaled(640);
    m_buttonRows->setDirection(isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_buttonRows->setStretch(1, isWide ? 1 : 0);
}

QWidget *ErrorDetailView::makeBody()
{
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 2, 0);
    layout->setSpacing(6);

    auto *counts = new QHBoxLayout;
    m_counts = heading({});
    m_seen = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    m_seen->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    counts->addWidget(m_counts);
    counts->addWidget(m_seen, 1);
    layout->addLayout(counts);
    m_trend = new TrendBars;
    m_trend->setChartName(tr("Events of this error"));
    m_trend->setFixedHeight(scaled(80));
    layout->addWidget(m_trend);

    layout->addSpacing(6);
    auto *stackHead = new QHBoxLayout;
    stackHead->addWidget(heading(tr("Stack trace")));
    m_which = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    m_which->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    stackHead->addWidget(m_which, 1);
    layout->addLayout(stackHead);
    m_stack = new StackView;
    layout->addWidget(m_stack);

    layout->addSpacing(6);
    m_trailTitle = heading(tr("What led to it"));
    layout->addWidget(m_trailTitle);
    m_trailView = new QListView;
    m_trailView->setAccessibleName(tr("What led to it"));
    m_trailView->setFrameShape(QFrame::NoFrame);
    m_trailView->setSelectionMode(QAbstractItemView::NoSelection);
    m_trailView->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_trailView->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_trailView->viewport()->setAutoFillBackground(false);
    m_trailView->setItemDelegate(new CrumbDelegate(m_errorTime, m_trailView));
    m_trailView->setModel(&m_trail);
    layout->addWidget(m_trailView);

    layout->addSpacing(6);
    layout->addWidget(heading(tr("Who is affected")));
    m_shares = new ShareBars;
    m_shares->setChartName(tr("Who is affected"));
    layout->addWidget(m_shares);
    layout->addSpacing(6);
    m_historyTitle = heading(tr("Activity"));
    m_history = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    m_history->setWordWrap(true);
    layout->addWidget(m_historyTitle);
    layout->addWidget(m_history);
    layout->addStretch(1);
    connect(m_shares, &ShareBars::partActivated, this, [this](const QString &row, const QString &part, Qt::KeyboardModifiers modifiers) {
        const QString field = row == tr("Release")  ? QStringLiteral("release")
                              : row == tr("System") ? QStringLiteral("os")
                                                    : QStringLiteral("device");
        Q_EMIT filterRequested(field, part, modifiers);
    });
    return body;
}

void ErrorDetailView::setGroup(const ErrorGroupRow &group, TimeRange range, Instant now, bool isLive,
                               const std::vector<ReleaseRow> &releases)
{
    m_type = itemtext::text(group.type);
    m_events = group.events;
    m_title->setText(m_type);
    m_message->setText(itemtext::text(group.message));
    m_counts->setText(tr("%1, %2", "events, users")
                          .arg(tr("%Ln event(s)", nullptr, static_cast<int>(group.events)), tr("%Ln user(s)", nullptr, static_cast<int>(group.users))));
    const bool isToday = m_formatter.date(group.firstSeen) == m_formatter.date(now);
    m_seen->setText(
        tr("first %1 · last %2")
            .arg(isToday ? m_formatter.time(group.firstSeen) : m_formatter.shortDate(group.firstSeen),
                 itemtext::ago(group.lastSeen, now)));
    std::vector<TimeMarker> markers;
    for (const ReleaseRow &release : releases) {
        if (range.contains(release.firstSeen))
            markers.push_back({TimeMarker::Kind::Release, release.firstSeen, itemtext::text(release.release),
                               itemtext::text(release.release)});
    }
    for (const Note &note : m_notes ? m_notes->notesIn(range) : std::vector<Note>())
        markers.push_back({TimeMarker::Kind::Note, note.at, itemtext::text(note.text).simplified(), itemtext::text(note.id)});
    m_trend->setFormatter(m_formatter);
    m_trend->setTrend(range, {group.trend.begin(), group.trend.end()}, std::move(markers),
                      isLive ? tr("now") : QString());
    m_openSession->setEnabled(!m_session.isEmpty());
}

void ErrorDetailView::setOccurrences(const std::vector<ErrorOccurrence> &occurrences)
{
    m_session = occurrences.empty() ? QString() : itemtext::text(occurrences.front().session);
    m_openSession->setEnabled(!m_session.isEmpty());
    m_openSession->setToolTip(m_session.isEmpty() ? tr("This error came without a session.") : QString());
    m_which->setText(m_events > 0 ? tr("most recent event, 1 of %1").arg(itemtext::count(m_events))
                                  : QString());
    m_raw->setCode(occurrences.empty() ? QString() : rawText(occurrences.front()));
    m_stack->setStack(occurrences.empty() ? std::string() : occurrences.front().stack);

    std::map<std::string, double> releases, systems, devices;
    for (const ErrorOccurrence &occurrence : occurrences) {
        if (!occurrence.release.empty())
            ++releases[occurrence.release];
        if (!occurrence.os.empty())
            ++systems[occurrence.os];
        if (!occurrence.device.empty())
            ++devices[occurrence.device];
    }
    std::vector<ShareBars::Row> rows;
    const auto add = [&](const QString &label, const std::map<std::string, double> &parts) {
        if (parts.empty())
            return;
        ShareBars::Row row{label, {}};
        for (const auto &[name, count] : parts)
            row.parts.push_back({itemtext::text(name), count});
        std::stable_sort(row.parts.begin(), row.parts.end(),
                         [](const auto &a, const auto &b) { return a.count > b.count; });
        rows.push_back(std::move(row));
    };
    add(tr("Release"), releases);
    add(tr("System"), systems);
    add(tr("Device"), devices);
    m_shares->setFormatter(m_formatter);
    m_shares->setRows(std::move(rows));
}

void ErrorDetailView::addTriage(const ErrorTriage &triage)
{
    const auto add = [this](QAction *action, QMenu *menu, IconId icon) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setIcon(themedIcon(icon));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAccessibleName(action->text().remove(u'&'));
        if (menu) {
            button->setMenu(menu);
            button->setPopupMode(QToolButton::MenuButtonPopup);
        }
        m_triageButtons->addWidget(button);
    };
    add(triage.resolve, triage.resolveMenu, IconId::Resolve);
    add(triage.archive, triage.archiveMenu, IconId::Archive);
    add(triage.reopen, nullptr, IconId::Undo);
    m_triageButtons->addStretch(1);
}

namespace {

QString conditionText(const TriageDecision &decision, const Formatter &words)
{
    if (decision.action == TriageDecision::Action::Resolve && !decision.release.empty()) {
        const QString release = itemtext::text(decision.release);
        return decision.isAfter ? ErrorDetailView::tr("in the release after %1").arg(release) : ErrorDetailView::tr("in %1", "a release").arg(release);
    }
    if (decision.until)
        return ErrorDetailView::tr("until %1", "a time").arg(words.dateTime(*decision.until));
    if (decision.events > 0)
        return ErrorDetailView::tr("until %1 more events").arg(itemtext::count(decision.events));
    if (decision.users > 0)
        return ErrorDetailView::tr("until %1 more users").arg(itemtext::count(decision.users));
    if (decision.untilEscalating)
        return ErrorDetailView::tr("until it escalates");
    return {};
}

QString actionText(const TriageDecision &decision)
{
    switch (decision.action) {
    case TriageDecision::Action::Resolve:
        return ErrorDetailView::tr("resolved");
    case TriageDecision::Action::Archive:
        return ErrorDetailView::tr("archived");
    case TriageDecision::Action::Reopen:
        return ErrorDetailView::tr("reopened");
    case TriageDecision::Action::Reset:
        return ErrorDetailView::tr("taken back");
    case TriageDecision::Action::Merge:
        return ErrorDetailView::tr("merged with another");
    case TriageDecision::Action::Unmerge:
        return ErrorDetailView::tr("taken apart");
    }
    return {};
}

} // namespace

void ErrorDetailView::setHistory(const std::vector<TriageDecision> &decisions)
{
    QStringList lines;
    for (auto decision = decisions.rbegin(); decision != decisions.rend(); ++decision) {
        QString line = m_formatter.dateTime(decision->time) + QStringLiteral("  ") + actionText(*decision);
        if (const QString condition = conditionText(*decision, m_formatter); !condition.isEmpty())
            line += u' ' + condition;
        lines << line;
    }
    m_history->setText(lines.join(u'\n'));
    m_history->setVisible(!lines.isEmpty());
    m_historyTitle->setVisible(!lines.isEmpty());
}

void ErrorDetailView::setTrail(const std::vector<SessionRecord> &records, Instant errorTime)
{
    m_errorTime = errorTime;
    std::vector<SessionRecord> trail;
    for (const SessionRecord &record : records) {
        if (record.time <= errorTime && record.kind != RecordKind::MetricPoint)
            trail.push_back(record);
    }
    if (trail.size() > kTrailLength)
        trail.erase(trail.begin(), trail.end() - static_cast<std::ptrdiff_t>(kTrailLength));
    m_trail.setRecords(errorTime, trail);
    m_trailTitle->setVisible(!trail.empty());
    m_trailView->setVisible(!trail.empty());
    m_trailView->setFixedHeight(static_cast<int>(trail.size()) * scaled(28) + 2);
    m_trailView->viewport()->update();
}

} // namespace telltale
