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

constexpr double kNotedMs = 25;
constexpr qint64 kStackNs = 40'000'000;
constexpr std::chrono::milliseconds kBeat{10};

qint64 nowNs()
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

double threadMs()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
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
        while (!stop.stop_requested()) {
            const qint64 since = m_since;
            if (since != 0 && since != shown && nowNs() - since > kStackNs) {
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
    m_longestMs = 0;
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
    const double before = threadMs();
    const qint64 began = nowNs();
    m_since = began;
    const std::string what = receiver->metaObject()->className();
    const bool isDone = QApplication::notify(receiver, event);
    m_since = 0;
    const double wallMs = static_cast<double>(nowNs() - began) / 1e6;
    m_longestMs = std::max(m_longestMs, wallMs);
    if (m_isPainted && m_awaited) { // with the rest of the window
        m_firstPaints.emplace_back(m_awaitedDoing, static_cast<double>(m_sinceAwaited.nsecsElapsed()) / 1e6);
        m_awaited = nullptr;
    }
    if (wallMs > kNotedMs) {
        const char *kind = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
        m_stalls.push_back({wallMs, threadMs() - before, m_doing,
                            what + ' ' + (kind ? kind : "?") + (type == QEvent::MetaCall ? " after " + m_lastAnswer : std::string())});
    }
    --m_depth;
    return isDone;
}

} // namespace telltale::test
