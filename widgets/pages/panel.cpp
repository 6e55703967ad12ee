// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/panel.h"

#include "widgets/controls/emptystate.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/pages/waitingbar.h"
#include "widgets/theme/formatter.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStackedLayout>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

namespace telltale {

namespace {

constexpr int kPatienceMs = 400;     ///< until anything says that there is something to wait for
constexpr int kToldAfterMs = 1'000;  ///< until it says how far it is, and can be stopped
constexpr int kWaitingPulseMs = 200; ///< between two looks at how far it is
constexpr std::chrono::seconds kLate{10};

/// Grey bars where the content will be.
class Skeleton final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokensOf(this).neutralSoft);
        static constexpr std::array widths = {0.82, 0.64, 0.9, 0.55, 0.74, 0.48};
        const int step = scaled(26);
        int row = 0;
        for (int y = scaled(8); y + scaled(10) < height() && row < 12; y += step, ++row) {
            const double share = widths[static_cast<std::size_t>(row) % widths.size()];
            painter.setOpacity(1.0 - row * 0.075);
            painter.drawRoundedRect(QRectF(0, y, width() * share, scaled(10)), size::kBarRadius,
                                    size::kBarRadius);
        }
    }
};

QString sentence(const Error &error)
{
    QString text = QString::fromStdString(error.message);
    if (!text.isEmpty() && !text.endsWith(u'.'))
        text += u'.';
    return text;
}

} // namespace

Panel::Panel(const QString &title, const QString &subtitle, QWidget *body, QWidget *parent)
    : Card(title, subtitle, parent)
    , m_body(body)
    , m_skeleton(new Skeleton)
    , m_empty(new EmptyState)
    , m_problem(new EmptyState)
    , m_stack(new QStackedLayout)
{
    m_stack->setContentsMargins(0, 0, 0, 0);
    content()->addLayout(m_stack, 1); // before it shows its first widget, which would be a window of its own
    for (QWidget *widget :
         {m_body, m_skeleton, static_cast<QWidget *>(m_empty), static_cast<QWidget *>(m_problem)})
        m_stack->addWidget(widget);
    m_stack->setCurrentWidget(m_body);

    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_waitingPulse.start();
        if (m_wasAnswered) {
            setBusy(true);
            return;
        }
        m_stack->setCurrentWidget(m_skeleton);
        showLegends(false);
    });
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_isStopped)
            Q_EMIT retryRequested();
        else
            Q_EMIT actionRequested();
    });
    m_waitingPulse.setInterval(kWaitingPulseMs);
    connect(&m_waitingPulse, &QTimer::timeout, this, &Panel::tellWaiting);
    connect(m_problem, &EmptyState::actionRequested, this, &Panel::retryRequested);
    connect(m_problem, &EmptyState::moreRequested, this, &Panel::detailsRequested);
}

void Panel::addLegend(QWidget *legend)
{
    m_legends.append(legend);
    addCorner(legend);
}

void Panel::begin(const QString &slot, std::shared_ptr<const Reading> reading)
{
    m_readings[slot] = std::move(reading);
    m_isStopped = false;
    if (m_waiting && !m_waitingPulse.isActive())
        m_waiting->hide();
    if (!m_patience.isActive() && !m_waitingPulse.isActive()) {
        m_asked.start();
        m_patience.start();
    }
}

std::optional<std::chrono::milliseconds> Panel::waited() const
{
    if (!m_asked.isValid())
        return std::nullopt;
    return std::chrono::milliseconds(m_asked.elapsed());
}

std::optional<double> Panel::share() const
{
    std::uint64_t done = 0, total = 0;
    for (const auto &[slot, reading] : m_readings) {
        done += reading->done;
        total += reading->total;
    }
    return total == 0 ? std::nullopt : std::optional(static_cast<double>(done) / static_cast<double>(total));
}

WaitingBar *Panel::waitingBar()
{
    if (m_waiting)
        return m_waiting;
    m_waiting = new WaitingBar(this);
    connect(m_waiting, &WaitingBar::actionRequested, this, [this] {
        if (m_isStopped)
            Q_EMIT retryRequested();
        else
            Q_EMIT stopRequested();
    });
    return m_waiting;
}

void Panel::showWaiting()
{
    WaitingBar *bar = waitingBar();
    const QRect place = m_stack->currentWidget()->geometry();
    const QSize size = bar->size();
    // What stays for a while lies at the lower edge: the first rows matter most.
    const int top = m_isStopped ? place.bottom() - size.height() + 1 : place.top();
    const QRect inside(place.right() - size.width() + 1, top, size.width(), size.height());
    bar->setGeometry(QStyle::visualRect(layoutDirection(), place, inside));
    bar->show();
    bar->raise();
}

/// Who waits for longer than a second is told how far it is.
void Panel::tellWaiting()
{
    std::uint64_t done = 0, total = 0;
    for (const auto &[slot, reading] : m_readings) {
        done += reading->done;
        total += reading->total;
    }
    setProgress(share().value_or(-1));
    if (m_asked.elapsed() < kToldAfterMs)
        return;
    const Formatter words;
    waitingBar()->setContent(total == 0 ? tr("Reading…")
                                        : tr("Reading %1 of %2 records").arg(words.compact(static_cast<double>(done)), words.compact(static_cast<double>(total))),
                             tr("Cancel"));
    showWaiting();
}

/// Nobody waits any more.
void Panel::endWaiting()
{
    m_patience.stop();
    m_waitingPulse.stop();
    m_asked.invalidate();
    m_readings.clear();
    setBusy(false);
    setProgress(-1);
    if (m_waiting)
        m_waiting->hide();
}

void Panel::showStopped()
{
    const bool hadFocus = m_waiting && m_waiting->isAncestorOf(QApplication::focusWidget());
    endWaiting();
    m_isStopped = true;
    if (m_wasAnswered) { // what was there before stays
        waitingBar()->setContent(tr("Stopped; this is what was read before."), tr("Ask again"));
        showWaiting();
        if (hadFocus)
            m_waiting->button()->setFocus();
        return;
    }
    m_empty->setIcon(std::nullopt);
    m_empty->setContent(tr("Stopped"), tr("This was not read to its end."), tr("Ask again"));
    m_stack->setCurrentWidget(m_empty);
    showLegends(false);
    if (hadFocus)
        m_empty->button()->setFocus();
}

void Panel::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    if (m_waiting && m_waiting->isVisible())
        showWaiting();
}

void Panel::finish(QWidget *shown)
{
    const auto waited = this->waited();
    endWaiting();
    m_isStopped = false;
    m_wasAnswered = true;
    if (waited && *waited > kLate)
        Q_EMIT answeredLate(*waited);
    if (m_stack->currentWidget() != shown)
        m_stack->setCurrentWidget(shown);
    showLegends(shown == m_body);
}

void Panel::showLegends(bool shown)
{
    for (QWidget *legend : std::as_const(m_legends))
        legend->setVisible(shown);
}

void Panel::showBody()
{
    finish(m_body);
}

void Panel::showEmpty(const QString &title, const QString &detail, const QString &action)
{
    m_empty->setIcon(std::nullopt);
    m_empty->setContent(title, detail, action);
    finish(m_empty);
}

void Panel::showGood(const QString &title, const QString &detail)
{
    m_empty->setIcon(IconId::Check, Ink::Ok);
    m_empty->setContent(title, detail);
    finish(m_empty);
}

void Panel::showProblem(const Error &error, std::vector<AskedQuestion> asked)
{
    m_questionsOfProblem = std::move(asked);
    m_problem->setIcon(IconId::Warning, Ink::Bad);
    m_problem->setContent(tr("This could not be read"), sentence(error), tr("Try again"),
                          m_questionsOfProblem.empty() ? QString() : tr("Details"));
    finish(m_problem);
    m_wasAnswered = false;
}

void Panel::setHolding(bool isHolding)
{
    m_isHolding = isHolding;
    if (!m_holding && isHolding) {
        m_holding = new PlainLabel(tr("holding", "the chart stands still while the pointer is over it"), FontRole::Caption, Ink::Warn);
        addCorner(m_holding);
    }
    if (m_holding)
        m_holding->setVisible(isHolding);
}

void Panel::keyPressEvent(QKeyEvent *event)
{
    const bool isMenuKey = event->key() == Qt::Key_Menu || (event->key() == Qt::Key_F10 && event->modifiers() == Qt::ShiftModifier);
    QMenu *menu = menuButton()->menu();
    if (!isMenuKey || !menu || !isShowingBody()) {
        Card::keyPressEvent(event);
        return;
    }
    const QWidget *focus = QApplication::focusWidget();
    menu->popup(focus && isAncestorOf(focus) ? focus->mapToGlobal(focus->rect().center()) : mapToGlobal(rect().center()));
    event->accept();
}

bool Panel::isShowingBody() const
{
    return m_stack->currentWidget() == m_body;
}

} // namespace telltale
