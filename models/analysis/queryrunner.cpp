// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/queryrunner.h"

#include "models/analysis/heap.h"

#include <QElapsedTimer>
#include <QMetaObject>
#include <QPointer>
#include <QThread>

#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace telltale {
namespace {

constexpr std::chrono::milliseconds kPollInterval{100};
constexpr std::chrono::milliseconds kUnhurriedInterval{2'000};
constexpr int kWorkers = 2;

} // namespace

/// The queue between the UI thread and the workers. `waiting` is guarded by `mutex`; which question of a slot is the newest
/// is known on the UI thread alone.
class QueryRunner::Private
{
public:
    struct Question
    {
        QString slot;
        std::uint64_t number = 0;
        QPointer<QObject> context;
        bool hasContext = false;
        Work work;
        std::stop_source stop;
    };

    /// What a worker hands to the UI thread.
    struct Finished
    {
        QString slot;
        std::uint64_t number = 0;
        double milliseconds = 0;
        std::function<void()> deliver;
        Work work; ///< only so that what it captured goes where it came from
    };

    Private(QueryRunner *runner, EngineFactory engineFactory)
        : q(runner)
        , factory(std::move(engineFactory))
    {}

    void work(const std::stop_token &stop);
    void poll(const std::stop_token &stop);
    void noteFailure(const Error &problem);
    std::optional<std::shared_ptr<Question>> takeNext(const std::stop_token &stop);
    void finish(const std::shared_ptr<Finished> &finished);
    void trimWhenDue();
    void drop(const QString &slot);

    QueryRunner *const q;
    const EngineFactory factory;

    std::atomic<bool> hasFailed = false;
    std::mutex mutex;
    std::condition_variable_any wake;
    std::deque<std::shared_ptr<Question>> waiting;
    TrimClock trimClock; ///< guarded by `mutex`
    bool isUnhurried = false; ///< guarded by `mutex`
    std::condition_variable_any hurry;

    // UI thread only.
    std::map<QString, std::shared_ptr<Question>> newest;
    std::uint64_t lastNumber = 0;

    // Last members: joined before anything they use goes.
    std::array<std::jthread, kWorkers> workers;
    std::jthread poller;
};

void QueryRunner::Private::work(const std::stop_token &stop)
{
    std::unique_ptr<Engine> engine;
    while (auto next = takeNext(stop)) {
        const std::shared_ptr<Question> question = std::move(*next);
        auto finished = std::make_shared<Finished>();
        finished->slot = question->slot;
        finished->number = question->number;
        if (!question->stop.stop_requested()) {
            QElapsedTimer timer;
            timer.start();
            std::optional<Error> problem;
            if (!engine) {
                auto opened = factory();
                if (opened)
                    engine = std::move(*opened);
                else
                    noteFailure(*(problem = opened.error()));
            }
            // The engine may stop for two reasons: a newer question, or the end of everything.
            const std::stop_callback onEnd(stop, [&question] { question->stop.request_stop(); });
            finished->deliver = problem ? question->work(tl::unexpected(*problem), question->stop.get_token())
                                        : question->work(engine.get(), question->stop.get_token());
            finished->milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        }
        finished->work = std::move(question->work);
        QMetaObject::invokeMethod(
            q, [this, finished = std::move(finished)] { finish(finished); }, Qt::QueuedConnection);
        trimWhenDue();
    }
}

/// Answers to large questions are made of megabytes in small pieces, which leave holes in the heap.
void QueryRunner::Private::trimWhenDue()
{
    {
        const std::lock_guard lock(mutex);
        if (!trimClock.isDue(std::chrono::steady_clock::now()))
            return;
    }
    trimHeap();
}

void QueryRunner::Private::noteFailure(const Error &problem)
{
    const bool isLasting = problem.code == Error::Code::Damaged || problem.code == Error::Code::Unsupported || problem.code == Error::Code::Io;
    if (isLasting && !hasFailed.exchange(true))
        QMetaObject::invokeMethod(q, [this] { Q_EMIT q->openFailed(); }, Qt::QueuedConnection);
}

std::optional<std::shared_ptr<QueryRunner::Private::Question>>
QueryRunner::Private::takeNext(const std::stop_token &stop)
{
    std::unique_lock lock(mutex);
    if (!wake.wait(lock, stop, [this] { return !waiting.empty(); }) || stop.stop_requested())
        return std::nullopt;
    auto question = std::move(waiting.front());
    waiting.pop_front();
    return question;
}

void QueryRunner::Private::poll(const std::stop_token &stop)
{
    std::unique_ptr<Engine> engine;
    std::optional<std::uint64_t> version;
    while (!stop.stop_requested()) {
        if (!engine) {
            if (auto opened = factory())
                engine = std::move(*opened);
        }
        if (engine) {
            const std::uint64_t now = engine->dataVersion();
            // The first sight counts as a change: whoever asked before may have met no cache at all.
            if (version != now)
                QMetaObject::invokeMethod(
                    q, [this] { Q_EMIT q->dataChanged(); }, Qt::QueuedConnection);
            version = now;
        }
        std::unique_lock lock(mutex);
        const bool isSlow = isUnhurried;
        const auto interval = isSlow ? kUnhurriedInterval : engine ? kPollInterval : 5 * kPollInterval;
        hurry.wait_for(lock, stop, interval, [&] { return isSlow && !isUnhurried; });
    }
}

void QueryRunner::Private::finish(const std::shared_ptr<Finished> &finished)
{
    const auto found = newest.find(finished->slot);
    if (found == newest.end() || found->second->number != finished->number)
        return; // a newer question took the slot, or it was cancelled
    const auto question = found->second;
    newest.erase(found);
    const QPointer<QueryRunner> alive(q);
    Q_EMIT q->pendingChanged(q->pending());
    if (!alive || !finished->deliver || (question->hasContext && !question->context))
        return;
    Q_EMIT q->answered(finished->slot, finished->milliseconds);
    if (alive && (!question->hasContext || question->context))
        finished->deliver();
}

void QueryRunner::Private::drop(const QString &slot)
{
    const auto found = newest.find(slot);
    if (found == newest.end())
        return;
    found->second->stop.request_stop();
    {
        const std::lock_guard lock(mutex);
        std::erase(waiting, found->second);
    }
    newest.erase(found);
}

QueryRunner::QueryRunner(EngineFactory factory, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(factory)))
{
    for (std::jthread &worker : d->workers)
        worker = std::jthread([p = d.get()](const std::stop_token &stop) { p->work(stop); });
    d->poller = std::jthread([p = d.get()](const std::stop_token &stop) { p->poll(stop); });
}

QueryRunner::~QueryRunner()
{
    for (auto &[slot, question] : d->newest)
        question->stop.request_stop();
    for (std::jthread &worker : d->workers)
        worker.request_stop();
    d->poller.request_stop();
    // Joined here and not later: a queued answer is posted to this object and must not outlive it.
    for (std::jthread &worker : d->workers)
        worker.join();
    d->poller.join();
}

void QueryRunner::run(const QString &slot, QObject *context, Work work)
{
    Q_ASSERT(thread() == QThread::currentThread());
    d->drop(slot);
    auto question = std::make_shared<Private::Question>();
    question->slot = slot;
    question->number = ++d->lastNumber;
    question->context = context;
    question->hasContext = context != nullptr;
    question->work = std::move(work);
    d->newest[slot] = question;
    {
        const std::lock_guard lock(d->mutex);
        d->waiting.push_back(std::move(question));
    }
    d->wake.notify_one();
    Q_EMIT pendingChanged(pending());
}

void QueryRunner::cancel(const QString &slot)
{
    d->drop(slot);
    Q_EMIT pendingChanged(pending());
}

void QueryRunner::cancelAll()
{
    while (!d->newest.empty())
        d->drop(d->newest.begin()->first);
    Q_EMIT pendingChanged(pending());
}

void QueryRunner::setUnhurried(bool isUnhurried)
{
    {
        const std::lock_guard lock(d->mutex);
        d->isUnhurried = isUnhurried;
    }
    d->hurry.notify_all();
}

int QueryRunner::pending() const
{
    return static_cast<int>(d->newest.size());
}

} // namespace telltale
