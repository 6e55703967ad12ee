// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/collector/collector.h"
#include "app/window/importrun.h"
#include "widgets/pages/receiver.h"

#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

class QNetworkAccessManager;

namespace telltale {

/// The collector as the window sees it. Starting and stopping open files and wait for disks, so they happen
/// on a thread of their own; everything else here is on the UI thread.
class CollectorReceiver final : public Receiver
{
    Q_OBJECT

public:
    explicit CollectorReceiver(CollectorOptions options, QObject *parent = nullptr);
    ~CollectorReceiver() override; ///< commits and stops

    void start();
    /// Stops what runs and starts with these; when a start is on its way, after it.
    void restartWith(CollectorOptions options);
    /// Asks other targets from now on, without a restart.
    void setTargets(ScrapeOptions scrape);
    /// Listens to other brokers and follows other files from now on, without a restart.
    void setSources(std::vector<MqttSourceOptions> brokers, std::vector<FollowTarget> followed);
    /// These brokers were removed: after setSources() they are let forget us, see MqttSources::forget().
    void forgetBrokers(std::vector<MqttSourceOptions> brokers);
    const CollectorOptions &options() const { return m_options; }
    /// Null unless it runs.
    std::shared_ptr<Collector> collector() const { return m_collector; }
    ReceiverStatus status() const override { return m_status; }
    /// "http://127.0.0.1:4318"; empty unless it is listening.
    std::string url() const;
    std::string grpcUrl() const; ///< empty when off
    std::string statsdUrl() const; ///< empty when off
    void allowOrigin(const QString &origin) override;
    void sendTestEvent() override;
    void restartOn(int port) override;
    void decide(std::vector<TriageDecision> decisions, std::function<void(const Result<void> &)> decided) override;
    void putNotes(std::vector<NoteChange> changes, std::function<void(const Result<void> &)> stored) override;
    void importFiles(const QStringList &files) override;
    void cancelImport() override { m_import.cancel(); }
    ImportStatus importStatus() const override { return m_import.status(); }

Q_SIGNALS:
    void originAllowed(const QString &origin);
    void portChosen(int port);
    void looked(); ///< twice a second while it runs: figures may be others

private:
    void tellSources();
    void changeCollector(std::function<void(Collector &)> change);
    void started(std::shared_ptr<Collector> collector, Result<void> result);
    void poll();
    Error whyNothingIsWritten() const;
    std::function<void(Result<void>)> onThisThread(std::function<void(const Result<void> &)> done);
    void setStatus(const ReceiverStatus &status);

    CollectorOptions m_options;
    std::shared_ptr<Collector> m_collector;
    std::atomic<bool> m_isEnding{false};
    std::jthread m_starter; ///< each waits for the one before
    QNetworkAccessManager *m_network = nullptr;
    ImportRun m_import;
    QTimer m_poll;
    ReceiverStatus m_status;
    bool m_isStarting = false;
    bool m_hasNewSources = false; ///< since the start on its way began
    std::optional<CollectorOptions> m_next; ///< to start with once the start on its way has ended
};

} // namespace telltale
