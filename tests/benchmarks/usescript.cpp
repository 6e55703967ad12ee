// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/usescript.h"

#include "widgets/charts/chartwidget.h"
#include "widgets/charts/trackstack.h"
#include "widgets/controls/searchfield.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/usagepage.h"
#include "widgets/window/toolbar.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPointer>
#include <QToolButton>
#include <QWheelEvent>

#include <utility>

namespace telltale::test {

namespace {

using namespace std::chrono_literals;

constexpr int kStepMs = 40;
constexpr int kMoves = 14;

template<typename Widget>
QList<Widget *> visibleIn(const QWidget *page)
{
    QList<Widget *> found;
    for (Widget *widget : page->findChildren<Widget *>()) {
        if (widget->isVisible() && widget->width() > 60 && widget->height() > 30)
            found.append(widget);
    }
    return found;
}

} // namespace

UseScript::UseScript(MainWindow &window, ViewState &state, WatchedApplication &application)
    : m_window(window)
    , m_state(state)
    , m_application(application)
{
    m_timer.setInterval(kStepMs);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &UseScript::step);
    connect(&state, &ViewState::changed, this, [this] {
        const bool hadFilter = std::exchange(m_hasFilter, !m_state.filter().isEmpty());
        m_filters += m_hasFilter && !hadFilter ? 1 : 0;
    });
    connect(&state, &ViewState::selectionChanged, this, [this] {
        const bool hadSelection = std::exchange(m_hasSelection, m_state.selection().has_value());
        m_selections += m_hasSelection && !hadSelection ? 1 : 0;
    });
}

void UseScript::start()
{
    planRound();
    m_timer.start();
}

void UseScript::step()
{
    if (m_next == m_steps.size()) {
        ++m_round;
        planRound();
    }
    // A step may plan more, behind the others of its view.
    const Step next = m_steps[m_next++];
    ++m_taken;
    m_application.setDoing(next.what);
    next.work();
}

void UseScript::planRound()
{
    m_steps.clear();
    m_next = 0;
    for (const QString &view : m_window.views())
        planView(view);
}

void UseScript::planView(const QString &id)
{
    m_view = id.toStdString();
    const int number = m_views++;
    add("switching to it", [this, id] {
        m_view = id.toStdString();
        if (m_window.currentView() != id)
            m_application.awaitPaintOf(m_window.page(id));
        m_window.showView(id);
    });
    rest(20);
    // What is there is known only when the view has its answers: planned then, before what follows.
    add("looking round", [this, id, number] {
        std::vector<Step> later(m_steps.begin() + static_cast<std::ptrdiff_t>(m_next), m_steps.end());
        m_steps.resize(m_next);
        QWidget *page = m_window.page(id);
        for (ChartWidget *chart : visibleIn<ChartWidget>(page))
            planPointer(chart);
        for (TrackStack *chart : visibleIn<TrackStack>(page))
            planBrush(chart);
        for (QAbstractScrollArea *area : visibleIn<QAbstractScrollArea>(page))
            planScroll(area);
        const bool hasControls = m_window.toolbar()->rangeButton()->isVisible();
        if (hasControls) {
            static const QStringList filters = {QStringLiteral("os:Android"), QStringLiteral("release:4.2.0 os:iOS"),
                                                QStringLiteral("screen:Home"), QStringLiteral("os:Windows")};
            add("filter", [this] { m_window.actions().filter->trigger(); });
            planTyping([this] { return m_window.toolbar()->filterField(); }, filters[number % filters.size()], true);
            rest(20);
            add("without filter", [this] { m_window.actions().clearFilter->trigger(); });
            rest(10);
            const Instant now = m_state.wallNow();
            switch (number % 3) {
            case 0:
                planRange(RangeSpec::history({now - 24h, now}), "a day");
                break;
            case 1:
                planRange(RangeSpec::history({now - 24h * 7, now}), "a week");
                break;
            default:
                planRange(RangeSpec::history({now - 24h * 90, now}), "everything");
            }
            planRange(RangeSpec::live(60min), "live");
        }
        if (auto *usage = qobject_cast<UsagePage *>(page))
            planTrends(usage);
        if (QWidget *field = m_window.page(id)->searchField()) {
            add("search", [field] { field->setFocus(Qt::ShortcutFocusReason); });
            planTyping([field] { return field; }, QStringLiteral("home"), false);
            rest(10);
            add("search cleared", [this, field] {
                if (auto *line = qobject_cast<QLineEdit *>(field))
                    line->clear();
                m_window.currentPage()->setFocus();
            });
            rest(5);
        }
        m_steps.insert(m_steps.end(), later.begin(), later.end());
    });
}

void UseScript::rest(int steps)
{
    for (int i = 0; i < steps; ++i)
        add("waiting", [] {});
}

void UseScript::planPointer(QWidget *chart)
{
    const QPointer<QWidget> on = chart;
    for (int i = 0; i < kMoves; ++i) {
        add(std::string("pointer over ") + chart->metaObject()->className(), [this, on, i] {
            if (on && on->isVisible())
                mouse(on, QEvent::MouseMove, {on->width() * (0.25 + 0.7 * i / kMoves), on->height() * (0.3 + 0.4 * i / kMoves)}, Qt::NoButton, Qt::NoButton);
        });
    }
}

void UseScript::planBrush(QWidget *chart)
{
    const QPointer<QWidget> on = chart;
    const auto at = [on](int i) { return QPointF(on->width() * (0.4 + 0.35 * i / kMoves), on->height() / 2.0); };
    for (int i = 0; i <= kMoves; ++i) {
        add("brushing", [this, on, at, i] {
            if (!on || !on->isVisible())
                return;
            const bool isFirst = i == 0, isLast = i == kMoves;
            mouse(on, isFirst ? QEvent::MouseButtonPress : isLast ? QEvent::MouseButtonRelease : QEvent::MouseMove, at(i),
                  isFirst || isLast ? Qt::LeftButton : Qt::NoButton, isLast ? Qt::NoButton : Qt::LeftButton);
        });
    }
    rest(12);
    add("selection left", [this] { m_state.setSelection(std::nullopt); });
    rest(5);
}

/// What is counted and how it is split, over an hour and over everything, as it goes on; then back to where the view was.
void UseScript::planTrends(UsagePage *page)
{
    const QPointer<UsagePage> on = page;
    const int before = page->tabs()->currentIndex();
    add("trends", [on] { on->tabs()->setCurrentIndex(on->tabs()->count() - 1); });
    rest(25);
    for (int i = 0; i < kMoves; ++i) {
        add("pointer over trends", [this, on, i] {
            TrackStack *chart = on->trends();
            if (chart->isVisible())
                mouse(chart, QEvent::MouseMove, {chart->width() * (0.25 + 0.7 * i / kMoves), chart->height() * 0.5}, Qt::NoButton, Qt::NoButton);
        });
    }
    for (int by = 0; by < page->trendBy()->count(); ++by) {
        add("trends split otherwise", [on, by] { on->trendBy()->setCurrentIndex(by); });
        rest(15);
    }
    planRange(RangeSpec::live(24h * 90), "everything, live");
    for (int of = page->trendOf()->count(); of-- > 0;) {
        add("trends of something else", [on, of] { on->trendOf()->setCurrentIndex(of); });
        rest(5);
    }
    planRange(RangeSpec::live(60min), "live");
    add("trends left", [on, before] {
        on->trendBy()->setCurrentIndex(1);
        on->tabs()->setCurrentIndex(before);
    });
    rest(10);
}

void UseScript::planScroll(QWidget *area)
{
    const QPointer<QWidget> on = static_cast<QAbstractScrollArea *>(area)->viewport();
    for (int i = 0; i < 2 * kMoves; ++i) {
        add(std::string("scrolling ") + area->metaObject()->className(), [on, i] {
            if (!on || !on->isVisible())
                return;
            const QPointF at(on->width() / 2.0, on->height() / 2.0);
            const int notch = i < kMoves ? -120 : 120;
            QWheelEvent event(at, on->mapToGlobal(at), {}, {0, notch}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(on, &event);
        });
    }
    if (!qobject_cast<QAbstractItemView *>(area))
        return;
    for (int i = 0; i < 6; ++i) {
        add("walking through rows", [this, to = QPointer<QWidget>(area)] {
            if (to && to->isVisible())
                key(to, Qt::Key_Down);
        });
    }
    rest(8);
}

void UseScript::planTyping(std::function<QWidget *()> field, const QString &text, bool isEntered)
{
    for (const QChar letter : text)
        add("typing", [this, field, letter] { key(field(), 0, letter); });
    if (isEntered)
        add("enter", [this, field] { key(field(), Qt::Key_Return); });
}

void UseScript::planRange(const RangeSpec &range, const std::string &name)
{
    add("range " + name, [this, range] { m_state.setRange(range); });
    rest(25);
}

void UseScript::mouse(QWidget *on, QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons held)
{
    QMouseEvent event(type, at, on->mapToGlobal(at), button, held, Qt::NoModifier);
    QApplication::sendEvent(on, &event);
}

void UseScript::key(QWidget *to, int key, const QString &text)
{
    QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier, text), release(QEvent::KeyRelease, key, Qt::NoModifier, text);
    QApplication::sendEvent(to, &press);
    QApplication::sendEvent(to, &release);
}

} // namespace telltale::test
