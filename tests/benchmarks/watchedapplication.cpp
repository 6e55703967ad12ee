// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/watchedapplication.h"

#include <QEvent>
#include <QMetaEnum>
#include <QWidget>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <execinfo.h>
#include <pthread.h>
#include <unistd.h>

namespace telltale::test {

namespace {

constexpr double kNotedMs = 25, kNotedProcessorMs = 15;
constexpr qint64 kStackNs = 15'000'000; ///< of the processor: others may use it, too
constexpr std::chrono::milliseconds kBeat{10};

qint64 nowNs()
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

qint64 processorNs(clockid_t clock = CLOCK_THREAD_CPUTIME_ID)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return static_cast<qint64>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

extern "C" void printStack(int)
{
    void *frames[60];
    const int count = ::backtrace(frames, 60);
    ::backtrace_symbols_fd(frames, count, STDERR_FILENO);
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, "----\n", 5);
}

} // namespace

WatchedApplication::~WatchedApplication()
{
    for (std::jthread *thread : {&m_heart, &m_watcher}) {
        thread->request_stop();
        if (thread->joinable())
            thread->join();
    }
}

void WatchedApplication::watch(bool hasStacks)
{
    m_heart = std::jthread([this](const std::stop_token &stop) {
        while (!stop.stop_requested()) {
            const qint64 sent = nowNs();
            QMetaObject::invokeMethod(
                &m_pulse, [this, sent] { m_heartbeats.push_back(static_cast<double>(nowNs() - sent) / 1e6); }, Qt::QueuedConnection);
            std::this_thread::sleep_for(kBeat);
        }
    });
    if (!hasStacks)
        return;
    std::signal(SIGUSR2, printStack);
    void *one[1];
    ::backtrace(one, 1); // loads what it needs, which a signal handler must not
    m_watcher = std::jthread([this, window = ::pthread_self()](const std::stop_token &stop) {
        qint64 shown = 0;
        clockid_t clock{};
        if (::pthread_getcpuclockid(window, &clock) != 0)
            return;
        while (!stop.stop_requested()) {
            const qint64 since = m_since;
            if (since != 0 && since != shown && processorNs(clock) - since > kStackNs) {
                shown = since;
                ::pthread_kill(window, SIGUSR2);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    });
}

void WatchedApplication::reset()
{
    m_stalls.clear();
    m_heartbeats.clear();
    m_firstPaints.clear();
    m_longestMs = m_longestProcessorMs = 0;
}

void WatchedApplication::awaitPaintOf(const QWidget *page)
{
    m_awaited = page;
    m_awaitedDoing = m_doing;
    m_isPainted = false;
    m_sinceAwaited.start();
}

bool WatchedApplication::notify(QObject *receiver, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::Paint && receiver == m_awaited)
        m_isPainted = true;
    if (m_depth > 0 || receiver == &m_pulse)
        return QApplication::notify(receiver, event);
    ++m_depth;
    const qint64 before = processorNs();
    const qint64 began = nowNs();
    m_since = before;
    const std::string what = receiver->metaObject()->className();
    const bool isDone = QApplication::notify(receiver, event);
    m_since = 0;
    const double wallMs = static_cast<double>(nowNs() - began) / 1e6;
    const double processorMs = static_cast<double>(processorNs() - before) / 1e6;
    m_longestMs = std::max(m_longestMs, wallMs);
    m_longestProcessorMs = std::max(m_longestProcessorMs, processorMs);
    if (m_isPainted && m_awaited) { // with the rest of the window
        m_firstPaints.emplace_back(m_awaitedDoing, static_cast<double>(m_sinceAwaited.nsecsElapsed()) / 1e6);
        m_awaited = nullptr;
    }
    if (wallMs > kNotedMs || processorMs > kNotedProcessorMs) {
        const char *kind = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
        m_stalls.push_back({wallMs, processorMs, m_doing,
                            what + ' ' + (kind ? kind : "?") + (type == QEvent::MetaCall ? " after " + m_lastAnswer : std::string())});
    }
    --m_depth;
    return isDone;
}

} // namespace telltale::test
