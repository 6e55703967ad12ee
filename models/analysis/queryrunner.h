// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace telltale {

/// Runs questions off the UI thread: two worker threads, each with an engine of its own from the factory (opened when first
/// needed). For each slot name only the newest question counts: an older one is cancelled and its answer dropped.
/// Lives on the UI thread; answers arrive there through the event loop.
class QueryRunner final : public QObject
{
    Q_OBJECT

public:
    using EngineFactory = std::function<Result<std::unique_ptr<Engine>>()>;

    explicit QueryRunner(EngineFactory factory, QObject *parent = nullptr);
    ~QueryRunner() override; ///< cancels and joins

    /// `ask` runs on a worker; `receive` on this object's thread, unless a newer question took the slot or `context` died.
    /// T is what the engine function replies with: Result<Answered<X>>.
    template<typename T>
    void ask(const QString &slot, QObject *context, std::function<T(Engine &, std::stop_token)> ask,
             std::function<void(T)> receive)
    {
        run(slot, context,
            [ask = std::move(ask), receive = std::move(receive)](Result<Engine *> engine,
                                                                 std::stop_token stop) {
                auto answer =
                    std::make_shared<T>(engine ? ask(**engine, stop) : T(tl::unexpected(engine.error())));
                return std::function<void()>([receive, answer] { receive(std::move(*answer)); });
            });
    }
    void cancel(const QString &slot);
    void cancelAll();
    /// Questions running or waiting.
    int pending() const;
    /// While nobody looks: new data is looked for once in two seconds. What came meanwhile is told soon after this is over.
    void setUnhurried(bool isUnhurried);

Q_SIGNALS:
    /// Something was committed to the cache since the last signal (polled by a worker, about ten times a second).
    void dataChanged();
    void pendingChanged(int pending);
    /// How long the newest answered question took, for the status bar.
    void answered(const QString &slot, double milliseconds);
    /// The factory gave no engine, for a reason that does not go away by itself: Damaged, Unsupported or Io. Once.
    void openFailed();

private:
    using Work = std::function<std::function<void()>(Result<Engine *>, std::stop_token)>;
    void run(const QString &slot, QObject *context, Work work);
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
