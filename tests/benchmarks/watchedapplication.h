// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QElapsedTimer>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace telltale::test {

/// Measures what keeps the thread of the window busy: each event with all that it causes, and how late a heartbeat from another thread
/// is heard, which is what somebody at the mouse feels.
class WatchedApplication final : public QApplication
{
public:
    using QApplication::QApplication;
    ~WatchedApplication() override;

    /// An event that took long.
    struct Stall
    {
        double wallMs = 0, processorMs = 0;
        std::string during; ///< what the script did last
        std::string what;   ///< the receiver and the kind of the event
    };

    /// Heartbeats begin. With `hasStacks`, where the thread stands goes to stderr when an event took more than 15 ms of the processor, as addresses.
    void watch(bool hasStacks);
    /// Forgets everything that was measured.
    void reset();
    void setDoing(std::string what) { m_doing = std::move(what); }
    const std::string &doing() const { return m_doing; }
    void setLastAnswer(std::string slot) { m_lastAnswer = std::move(slot); }
    /// Until `page` has painted, from now on.
    void awaitPaintOf(const QWidget *page);

    const std::vector<Stall> &stalls() const { return m_stalls; } ///< events above 25 ms, or 15 of the processor
    double longestMs() const { return m_longestMs; }
    double longestProcessorMs() const { return m_longestProcessorMs; } ///< without waiting for others who use the processor
    const std::vector<double> &heartbeats() const { return m_heartbeats; } ///< how late each was heard, in ms
    /// What the script did when it began to wait, and how long it took, in ms.
    const std::vector<std::pair<std::string, double>> &firstPaints() const { return m_firstPaints; }

    bool notify(QObject *receiver, QEvent *event) override;

private:
    int m_depth = 0;
    std::string m_doing, m_lastAnswer;
    std::vector<Stall> m_stalls;
    std::vector<double> m_heartbeats;
    std::vector<std::pair<std::string, double>> m_firstPaints;
    std::string m_awaitedDoing;
    double m_longestMs = 0, m_longestProcessorMs = 0;
    const QWidget *m_awaited = nullptr;
    bool m_isPainted = false;
    QElapsedTimer m_sinceAwaited;
    QObject m_pulse; ///< hears the heartbeats
    std::atomic<qint64> m_since{0}; ///< ns of the window's thread's processor clock when the present event began; 0: none
    std::jthread m_heart, m_watcher;
};

} // namespace telltale::test
