// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/collector/collector.h"
#include "models/sources/file/fileimport.h"
#include "widgets/pages/receiver.h"

#include <QTimer>

#include <atomic>
#include <future>
#include <memory>
#include <mutex>

namespace telltale {

/// Imports files through a running collector, on a thread of its own, and tells how it goes. UI thread.
class ImportRun final : public QObject
{
    Q_OBJECT

public:
    explicit ImportRun(QObject *parent = nullptr);
    ~ImportRun() override; ///< cancels, and waits

    /// While one runs, the files come after it, and one sentence tells of all.
    void start(std::shared_ptr<Collector> collector, const QStringList &files,
               std::shared_ptr<const Clock> clock);
    void cancel();
    /// Ready when nothing uses the collector any more; may be waited for from any thread. After cancel().
    std::shared_future<void> done() const { return m_done; }
    const ImportStatus &status() const { return m_status; }
    /// Nothing runs; the sentence says why.
    void fail(const QString &title, const QString &detail);

Q_SIGNALS:
    void changed();

private:
    struct Shared
    {
        std::mutex mutex;
        ImportProgress progress; ///< of the thread
        std::atomic<bool> isCancelled = false;
    };
    void startNext();
    void poll();
    void finished(const ImportResult &result);
    void setStatus(const ImportStatus &status);

    std::shared_ptr<Shared> m_shared;
    std::shared_future<void> m_done;
    std::shared_ptr<Collector> m_collector; ///< while it runs
    std::shared_ptr<const Clock> m_clock;
    QStringList m_files, m_waiting; ///< since the first one began; not begun yet
    ImportResult m_total;
    QTimer m_poll;
    ImportStatus m_status;
};

/// What came of an import: "12,345 records from stride.jsonl", and what was left out and why.
ImportStatus importOutcome(const ImportResult &result, const QStringList &files);

} // namespace telltale
