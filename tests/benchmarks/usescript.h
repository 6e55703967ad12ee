// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/watchedapplication.h"
#include "widgets/window/mainwindow.h"

#include <QTimer>

#include <functional>
#include <vector>

namespace telltale {
class UsagePage;
}

namespace telltale::test {

/// Somebody at the window who never rests: goes from view to view, moves over charts, brushes, types filters and searches, scrolls, walks
/// through rows, changes the range. One step each 40 ms, as events of mouse and keyboard.
class UseScript final : public QObject
{
    Q_OBJECT

public:
    UseScript(MainWindow &window, ViewState &state, WatchedApplication &application);

    void start();
    void stop() { m_timer.stop(); }
    int rounds() const { return m_round; } ///< through all views
    int steps() const { return m_taken; }
    int filters() const { return m_filters; }       ///< that were entered and taken
    int selections() const { return m_selections; } ///< that were brushed

private:
    struct Step
    {
        std::string what;
        std::function<void()> work;
    };

    void step();
    void planRound();
    void planView(const QString &id);
    void planPointer(QWidget *chart);
    void planBrush(QWidget *chart);
    void planScroll(QWidget *area);
    void planTrends(UsagePage *page);
    void planTyping(std::function<QWidget *()> field, const QString &text, bool isEntered);
    void planRange(const RangeSpec &range, const std::string &name);
    void rest(int steps);
    void add(const std::string &what, std::function<void()> work) { m_steps.push_back({m_view + ": " + what, std::move(work)}); }
    void mouse(QWidget *on, QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons held);
    void key(QWidget *to, int key, const QString &text = {});

    MainWindow &m_window;
    ViewState &m_state;
    WatchedApplication &m_application;
    QTimer m_timer;
    std::vector<Step> m_steps;
    std::size_t m_next = 0;
    int m_round = 0;
    int m_taken = 0, m_filters = 0, m_selections = 0;
    bool m_hasFilter = false, m_hasSelection = false;
    int m_views = 0; ///< that were planned so far
    std::string m_view;
};

} // namespace telltale::test
