// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/connectpage.h"

#include "models/items/itemtext.h"
#include "widgets/controls/buttons.h"
#include "widgets/controls/codeview.h"
#include "widgets/controls/lamp.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/rowpainting.h"
#include "widgets/pages/snippets.h"
#include "widgets/theme/mirroring.h"
#include "widgets/theme/style.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace telltale {

namespace {

constexpr int kStandardPort = 4318;
constexpr std::size_t kMostEvents = 12;

/// A choice with two lines and a round mark.
class WayButton final : public QAbstractButton
{
public:
    WayButton(const QString &title, const QString &detail, QWidget *parent)
        : QAbstractButton(parent)
        , m_detail(detail)
    {
        setText(title);
        setCheckable(true);
        setAccessibleName(title);
        setAccessibleDescription(detail);
        setToolTip(title + u'\n' + detail);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        setCursor(Qt::PointingHandCursor);
    }
    QSize sizeHint() const override { return {scaled(200), scaled(56)}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = tokensOf(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        mirror(&painter, this);
        const double width = isChecked() ? 2 : 1;
        const QRectF frame = QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2);
        painter.setPen(QPen(isChecked() ? tokens.accent : tokens.border, width));
        painter.setBrush(isChecked() ? tokens.accentSoft : underMouse() ? tokens.inset : tokens.card);
        painter.drawRoundedRect(frame, size::kControlRadius, size::kControlRadius);
        const QPointF centre(scaled(22), height() / 2.0);
        painter.setPen(QPen(isChecked() ? tokens.accent : tokens.borderStrong, 1.6));
        painter.setBrush(tokens.card);
        painter.drawEllipse(centre, 7, 7);
        if (isChecked()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(tokens.accent);
            painter.drawEllipse(centre, 4, 4);
        }
        const double line = scaled(18);
        const QRectF text(scaled(40), height() / 2.0 - line, this->width() - scaled(52), line);
        paintText(&painter, text, FontRole::BodyStrong, tokens.text, this->text());
        paintText(&painter, text.translated(0, line), FontRole::Secondary, tokens.text2, m_detail);
        if (showsFocus(this))
            drawFocusRing(&painter, QRectF(rect()), size::kControlRadius, tokens);
    }

private:
    QString m_detail;
};

/// Cells of the strip of first events: one line, monospace where it is data.
class FirstEventDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {scaled(80), scaled(26)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &tokens = tokensOf(option.widget);
        painter->save();
        mirror(painter, option.rect, option.direction);
        const QRectF rect = QRectF(option.rect).adjusted(scaled(8), 0, -scaled(4), 0);
        const bool isData =
            index.column() == FirstEventModel::Time || index.column() == FirstEventModel::Attributes;
        paintText(painter, rect, isData ? FontRole::Code : FontRole::Body,
                  index.column() == FirstEventModel::Name ? tokens.text : tokens.text2,
                  index.data().toString());
        painter->restore();
    }
};

/// Grey bars where events will be.
class WaitingRows final : public QWidget
{
public:
    /// Below the columns of `header`, which outlives it.
    WaitingRows(const QHeaderView *header, QWidget *parent)
        : QWidget(parent)
        , m_header(header)
    {}

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        mirror(&painter, this);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokensOf(this).neutralSoft);
        static constexpr double shares[] = {0.6, 0.64, 0.7, 0.58, 0.5}; // of a column
        for (int row = 0; row < 8; ++row) {
            painter.setOpacity(std::max(0.0, 1.0 - row * 0.13));
            for (int column = 0; column < m_header->count() && column < 5; ++column) {
                const double grow = 0.8 + 0.4 * ((row * 7 + column * 3) % 5) / 5.0;
                const double room = std::min(m_header->sectionSize(column), scaled(420));
                painter.drawRoundedRect(QRectF(scaled(8) + m_header->sectionPosition(column), scaled(10) + row * scaled(26),
                                               room * shares[column] * grow, scaled(9)),
                                        size::kBarRadius, size::kBarRadius);
            }
        }
    }

private:
    const QHeaderView *m_header;
};

} // namespace

/// A line of the waiting card: lamp, what, detail.
class ConnectPage::Check final : public QWidget
{
public:
    explicit Check(QWidget *parent = nullptr)
        : QWidget(parent)
        , m_lamp(new Lamp(Lamp::kSidebar))
        , m_title(new PlainLabel({}, FontRole::Body, Ink::Text))
        , m_detail(new PlainLabel({}, FontRole::Secondary, Ink::Text2))
    {
        auto *layout = new QGridLayout(this);
        layout->setContentsMargins(2, 8, 0, 8);
        layout->setHorizontalSpacing(10);
        layout->setVerticalSpacing(1);
        layout->addWidget(m_lamp, 0, 0, 2, 1, Qt::AlignVCenter);
        layout->addWidget(m_title, 0, 1);
        layout->addWidget(m_detail, 1, 1);
        layout->setColumnStretch(1, 1);
        m_detail->setWordWrap(true);
    }
    void set(LampState state, const QString &title, const QString &detail)
    {
        m_lamp->setState(state);
        m_title->setText(title);
        m_detail->setText(detail);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).fillRect(0, 0, width(), 1, tokensOf(this).border);
    }

private:
    Lamp *m_lamp;
    PlainLabel *m_title;
    PlainLabel *m_detail;
};

ConnectPage::ConnectPage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(size::kCardGap);
    grid->addWidget(makeChoice(), 0, 0);
    grid->addWidget(makeWaiting(), 0, 1);
    grid->addWidget(makeFirstEvents(), 1, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    grid->setRowStretch(0, 7);
    grid->setRowStretch(1, 4);

    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &ConnectPage::updateLamp);
    connect(&live(), &LiveStatus::changed, this, [this] {
        if (isActive()) {
            updateLamp();
            updateChecks();
        }
    });
    if (Receiver *receiver = context.receiver) {
        connect(receiver, &Receiver::statusChanged, this, [this] {
            updateChecks();
            showSnippet();
        });
        connect(receiver, &Receiver::testEventAnswered, this,
                [this](bool isAccepted, const QString &message) {
                    m_test->setEnabled(true);
                    m_testAnswer->setInk(isAccepted ? Ink::Text2 : Ink::Bad);
                    m_testAnswer->setText(message);
                });
    }
    m_opened = state().wallNow();
    showSnippet();
    updateChecks();
    updateLamp();
}

QWidget *ConnectPage::makeChoice()
{
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(new PlainLabel(tr("1  Choose what to watch"), FontRole::BodyStrong, Ink::Text));
    auto *ways = new QHBoxLayout;
    ways->setSpacing(10);
    m_ways = new QButtonGroup(this);
    auto *own = new WayButton(tr("OpenTelemetry"), tr("my app, in any language"), body);
    auto *other = new WayButton(tr("Another SDK"), tr("Sentry, PostHog, Segment…"), body);
    auto *example = new WayButton(tr("The example Stride"), tr("made-up users, same way"), body);
    own->setChecked(true);
    m_ways->addButton(own, OpenTelemetry);
    m_ways->addButton(other, OtherSdk);
    m_ways->addButton(example, Example);
    ways->addWidget(own);
    ways->addWidget(other);
    ways->addWidget(example);
    layout->addLayout(ways);
    layout->addSpacing(6);

    auto *second = new QHBoxLayout;
    auto *title = new PlainLabel(tr("2  Add this to your app"), FontRole::BodyStrong, Ink::Text);
    second->addWidget(title, 1);
    m_languages = new SegmentedControl;
    m_languages->setAccessibleName(tr("Language"));
    for (const Snippet &snippet : openTelemetrySnippets(kStandardPort))
        m_languages->addSegment(snippet.language);
    m_languages->setCurrentIndex(1);
    second->addWidget(m_languages);
    m_sdks = new SegmentedControl;
    m_sdks->setAccessibleName(tr("SDK"));
    for (const Snippet &snippet : otherSdkSnippets(kStandardPort))
        m_sdks->addSegment(snippet.language);
    m_sdks->setCurrentIndex(0);
    m_sdks->hide();
    second->addWidget(m_sdks);
    layout->addLayout(second);
    m_code = new CodeView;
    m_code->setAccessibleName(tr("Snippet"));
    layout->addWidget(m_code, 1);
    auto *actions = new QHBoxLayout;
    QPushButton *copy = makeButton(IconId::Copy, tr("Copy"));
    actions->addWidget(copy);
    m_copied = new PlainLabel({}, FontRole::Secondary, Ink::Ok);
    actions->addWidget(m_copied);
    actions->addStretch(1);
    layout->addLayout(actions);
    m_note = new PlainLabel({}, FontRole::Secondary, Ink::Text2);
    m_note->setWordWrap(true);
    layout->addWidget(m_note);

    connect(copy, &QPushButton::clicked, m_code, &CodeView::copyAll);
    connect(m_code, &CodeView::copied, this, [this] {
        m_copied->setText(tr("Copied"));
        QTimer::singleShot(2000, m_copied, [this] { m_copied->setText({}); });
    });
    connect(m_languages, &SegmentedControl::currentChanged, this, &ConnectPage::showSnippet);
    connect(m_sdks, &SegmentedControl::currentChanged, this, &ConnectPage::showSnippet);
    connect(m_ways, &QButtonGroup::idClicked, this, [this, title](int way) {
        m_languages->setVisible(way == OpenTelemetry);
        m_sdks->setVisible(way == OtherSdk);
        title->setText(way == Example ? tr("2  Run this in a terminal") : tr("2  Add this to your app"));
        showSnippet();
    });
    auto *panel = new Panel({}, {}, body, this);
    panel->setHeaderVisible(false);
    panel->setAccessibleName(tr("How to connect"));
    panel->setPadding({18, size::kCardPadding, 18, size::kCardPadding});
    return panel;
}

QWidget *ConnectPage::makeWaiting()
{
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_heading = new PlainLabel(tr("3  Waiting for the first event"), FontRole::BodyStrong, Ink::Text);
    layout->addWidget(m_heading);
    layout->addStretch(1);
    m_lamp = new Lamp(Lamp::kOnboarding);
    layout->addWidget(m_lamp, 0, Qt::AlignHCenter);
    layout->addSpacing(10);
    m_word = new PlainLabel({}, FontRole::TrackValueSmall, Ink::Text);
    m_word->setAlignment(Qt::AlignCenter);
    layout->addWidget(m_word);
    layout->addSpacing(6);
    m_sentence = new PlainLabel({}, FontRole::Body, Ink::Text2);
    m_sentence->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_sentence->setWordWrap(true);
    layout->addWidget(m_sentence);
    layout->addStretch(1);
    layout->addSpacing(8);
    m_port = new Check;
    m_connection = new Check;
    m_rejected = new Check;
    layout->addWidget(m_port);
    layout->addWidget(m_connection);
    layout->addWidget(m_rejected);
    m_origins = new QVBoxLayout;
    m_origins->setSpacing(6);
    layout->addLayout(m_origins);
    layout->addSpacing(6);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_test = makeButton(tr("Send a test event"));
    m_open = makeButton(tr("Open Overview"), ButtonKind::Primary);
    buttons->addWidget(m_test, 1);
    buttons->addWidget(m_open, 1);
    layout->addLayout(buttons);
    layout->addSpacing(8);
    m_testAnswer =
        new PlainLabel(tr("Nothing leaves this computer. You can come back with Data › Connect an app."),
                       FontRole::Secondary, Ink::Text2);
    m_testAnswer->setWordWrap(true);
    layout->addWidget(m_testAnswer);

    connect(m_test, &QPushButton::clicked, this, [this] {
        m_test->setEnabled(false);
        m_testAnswer->setInk(Ink::Text2);
        m_testAnswer->setText(tr("Sending…"));
        context().receiver->sendTestEvent();
    });
    connect(m_open, &QPushButton::clicked, this,
            [this] { Q_EMIT viewRequested(QStringLiteral("overview"), {}); });
    m_waitingPanel = new Panel({}, {}, body, this);
    m_waitingPanel->setHeaderVisible(false);
    m_waitingPanel->setAccessibleName(tr("Waiting for the first event"));
    m_waitingPanel->setPadding({18, size::kCardPadding, 18, size::kCardPadding});
    return m_waitingPanel;
}

QWidget *ConnectPage::makeFirstEvents()
{
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_table = new QTableView;
    m_table->setModel(&m_events);
    m_table->setAccessibleName(tr("First events"));
    m_table->setItemDelegate(new FirstEventDelegate(m_table));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->viewport()->setAutoFillBackground(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(scaled(26));
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionsClickable(false);
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setStretchLastSection(true);
    header->setFixedHeight(scaled(size::kHeaderHeight));
    header->resizeSection(FirstEventModel::Time, scaled(110));
    header->resizeSection(FirstEventModel::Source, scaled(190));
    header->resizeSection(FirstEventModel::Kind, scaled(90));
    header->resizeSection(FirstEventModel::Name, scaled(220));
    layout->addWidget(m_table, 1);
    auto *waiting = new WaitingRows(header, m_table->viewport());
    waiting->setAttribute(Qt::WA_TransparentForMouseEvents);
    waiting->setObjectName(QStringLiteral("waitingRows"));
    m_eventPanel = new Panel(tr("First events"), tr("shown raw, the moment they arrive"), body, this);
    m_eventPanel->setPadding({18, size::kCardPadding, 18, size::kCardPadding});
    return m_eventPanel;
}

void ConnectPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    m_waitingPanel->setFixedWidth(scaled(window()->width() < scaled(1180) ? 300 : 400));
    if (auto *waiting = findChild<QWidget *>(QStringLiteral("waitingRows")))
        waiting->resize(event->size().width() - 36, scaled(400));
}

void ConnectPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_opened = state().wallNow();
    // An old event is no success: only what comes from now on turns the lamp.
    m_watermark = live().isKnown() ? std::optional(live().summary()->records) : std::nullopt;
    m_hasEvent = false;
    m_tick.start();
    updateLamp();
}

void ConnectPage::refresh()
{
    updateLamp();
    updateChecks();
    askFirstEvents();
}

void ConnectPage::showSnippet()
{
    int port = kStandardPort;
    if (context().receiver && context().receiver->status().port > 0)
        port = context().receiver->status().port;
    if (m_ways->checkedId() == Example) {
        m_code->setCommentPrefix(QStringLiteral("#"));
        m_code->setCode(QStringLiteral("# A fitness app's users: sessions, features, screens, errors\n"
                                       "telltale demo --endpoint http://localhost:%1\n\n"
                                       "# The past two weeks first, then live\n"
                                       "telltale demo --endpoint http://localhost:%1 --history 14d")
                            .arg(port));
        m_note->setText(tr("Its users are invented; the road they take is the one your app takes."));
        return;
    }
    const bool isOther = m_ways->checkedId() == OtherSdk;
    const std::vector<Snippet> snippets = isOther ? otherSdkSnippets(port) : openTelemetrySnippets(port);
    const SegmentedControl *choice = isOther ? m_sdks : m_languages;
    const Snippet &snippet = snippets[static_cast<std::size_t>(std::max(0, choice->currentIndex()))];
    m_code->setCommentPrefix(snippet.commentPrefix);
    if (m_code->code() != snippet.code)
        m_code->setCode(snippet.code);
    const QString local = tr("Telltale listens on this computer only.");
    m_note->setText(snippet.note.isEmpty() ? local : snippet.note + u' ' + local);
}

void ConnectPage::updateLamp()
{
    const auto &summary = live().summary();
    if (!m_watermark && summary)
        m_watermark = summary->records;
    if (m_watermark && summary && summary->records > *m_watermark && !m_hasEvent) {
        m_hasEvent = true;
        m_tick.stop();
        askFirstEvents();
    }
    const ReceiverStatus status = context().receiver ? context().receiver->status() : ReceiverStatus{};
    const bool isDeaf =
        status.state == ReceiverStatus::State::Failed || status.state == ReceiverStatus::State::Off;
    m_open->setVisible(m_hasEvent || (summary && summary->records > 0));
    m_test->setVisible(context().receiver && status.state == ReceiverStatus::State::Listening);
    if (m_hasEvent) {
        m_lamp->setState(LampState::Live);
        m_heading->setText(tr("3  Connected"));
        m_word->setText(tr("The first event is here"));
        m_sentence->setText(tr("%1 records since this page was opened.")
                                .arg(itemtext::count(summary->records - *m_watermark)));
        return;
    }
    m_heading->setText(tr("3  Waiting for the first event"));
    if (isDeaf) {
        m_lamp->setState(status.state == ReceiverStatus::State::Failed ? LampState::Error : LampState::Off);
        m_word->setText(tr("Not listening"));
        m_sentence->setText(status.problem.isEmpty() ? tr("This window was opened without receiving.")
                                                     : status.problem);
        return;
    }
    const auto waited =
        std::chrono::duration_cast<std::chrono::seconds>(state().wallNow() - m_opened).count();
    m_lamp->setState(status.rejected > 0 ? LampState::Error : LampState::Waiting);
    m_word->setText(status.rejected > 0 ? tr("Something came and was rejected") : tr("Listening"));
    m_sentence->setText(status.rejected > 0
                            ? status.lastRejection
                            : tr("The lamp turns green on the first event.\nWaiting for %1")
                                  .arg(itemtext::clockDuration(
                                      static_cast<double>(std::max<std::int64_t>(0, waited)) * 1000)));
}

void ConnectPage::updateChecks()
{
    using State = ReceiverStatus::State;
    const ReceiverStatus status = context().receiver ? context().receiver->status() : ReceiverStatus{};
    const Formatter words = formatter();
    switch (status.state) {
    case State::Listening:
        m_port->set(LampState::Live, tr("Port %1 open (OTLP over HTTP)").arg(status.port),
                    status.since ? tr("127.0.0.1 and ::1 · since %1").arg(words.timeSeconds(*status.since))
                                 : tr("127.0.0.1 and ::1"));
        break;
    case State::Starting:
        m_port->set(LampState::Waiting, tr("Opening port %1").arg(status.port), tr("OTLP over HTTP"));
        break;
    case State::Failed:
        m_port->set(LampState::Error, tr("Port %1 cannot be opened").arg(status.port), status.problem);
        break;
    case State::Elsewhere:
        m_port->set(LampState::Live, tr("Another Telltale receives for this cache"),
                    status.problem.isEmpty() ? tr("This window shows what it stores.") : status.problem);
        break;
    case State::Off:
        m_port->set(LampState::Off, tr("Not receiving"), tr("The window was started with --no-receive."));
        break;
    }
    if (status.accepted > 0)
        m_connection->set(LampState::Live, tr("An app is connected"),
                          tr("%1 requests accepted").arg(itemtext::count(status.accepted)));
    else if (status.hasConnection)
        m_connection->set(LampState::Late, tr("Somebody connected"), tr("nothing was accepted yet"));
    else
        m_connection->set(LampState::Waiting, tr("No connection yet"), tr("last attempt: none"));
    m_rejected->setVisible(status.rejected > 0);
    if (status.rejected > 0)
        m_rejected->set(LampState::Error, tr("%1 requests rejected").arg(itemtext::count(status.rejected)),
                        status.lastRejection);

    if (status.refusedOrigins == m_shownOrigins)
        return;
    m_shownOrigins = status.refusedOrigins;
    while (QLayoutItem *item = m_origins->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    for (const QString &origin : m_shownOrigins.mid(0, 4)) {
        QPushButton *allow = makeButton(tr("Allow %1").arg(origin));
        allow->setToolTip(tr("A web page from there wanted to send and was refused."));
        m_origins->addWidget(allow);
        connect(allow, &QPushButton::clicked, this,
                [this, origin] { context().receiver->allowOrigin(origin); });
    }
}

void ConnectPage::askFirstEvents()
{
    using namespace std::chrono_literals;
    Scope scope = state().scope({});
    scope.filter = Filter();
    scope.limit = 4;
    scope.now = state().wallNow();
    ask<std::vector<FirstEvent>>(
        QStringLiteral("connect.events"), nullptr,
        [scope](Engine &engine, std::stop_token stop) -> Result<std::vector<FirstEvent>> {
            std::vector<FirstEvent> events;
            const auto sessions = engine.sessions(scope, false, stop);
            if (!sessions)
                return tl::unexpected(sessions.error());
            for (const SessionRow &session : sessions->value.rows) {
                auto detail = engine.session(session.session, scope, stop);
                if (!detail)
                    continue;
                for (SessionRecord &record : detail->value.records)
                    events.push_back({std::move(record), session.product, 0});
            }
            Scope few = scope;
            few.limit = kMostEvents;
            if (const auto logs = engine.logs(few, stop)) {
                for (const LogRow &log : logs->value) {
                    if (!log.session.empty())
                        continue; // told by its session
                    SessionRecord record;
                    record.time = log.time;
                    record.kind = RecordKind::Log;
                    record.severity = log.severity;
                    record.name = log.name.empty() ? toDisplayText(log.body) : log.name;
                    record.attributes = log.attributes;
                    events.push_back({std::move(record), {}, 0});
                }
            }
            std::stable_sort(events.begin(), events.end(), [](const FirstEvent &a, const FirstEvent &b) {
                return a.record.time > b.record.time;
            });
            if (events.size() > kMostEvents)
                events.resize(kMostEvents);
            return events;
        },
        [this](std::vector<FirstEvent> events) {
            if (auto *waiting = findChild<QWidget *>(QStringLiteral("waitingRows")))
                waiting->setVisible(events.empty());
            m_events.setTimeZone(state().timeZone());
            m_events.setEvents(std::move(events));
        });
}

} // namespace telltale
