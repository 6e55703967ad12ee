// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/collectorreceiver.h"

#include "app/window/testevent.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>

namespace telltale {

CollectorReceiver::CollectorReceiver(CollectorOptions options, QObject *parent)
    : Receiver(parent)
    , m_options(std::move(options))
{
    m_status.state = ReceiverStatus::State::Starting;
    m_status.port = m_options.http ? m_options.http->port : 0;
    m_poll.setInterval(500);
    connect(&m_poll, &QTimer::timeout, this, &CollectorReceiver::poll);
    connect(&m_import, &ImportRun::changed, this, &Receiver::importChanged);
}

CollectorReceiver::~CollectorReceiver()
{
    m_isEnding = true;
    if (m_starter.joinable())
        m_starter.join();
    m_import.cancel();
    if (m_import.done().valid())
        m_import.done().wait();
    if (m_collector)
        m_collector->stop();
}

std::string CollectorReceiver::url() const
{
    return m_collector ? m_collector->httpUrl() : std::string();
}

std::string CollectorReceiver::statsdUrl() const
{
    return m_collector ? m_collector->statsdUrl() : std::string();
}

std::string CollectorReceiver::grpcUrl() const
{
    return m_collector ? m_collector->grpcUrl() : std::string();
}

void CollectorReceiver::start()
{
    ReceiverStatus status;
    status.state = ReceiverStatus::State::Starting;
    status.port = m_options.http ? m_options.http->port : 0;
    setStatus(status);
    m_isStarting = true;
    m_hasNewSources = false;
    m_import.cancel();
    m_starter =
        std::jthread([this, before = std::move(m_starter), options = m_options, imported = m_import.done(), old = std::exchange(m_collector, nullptr)]() mutable {
            if (before.joinable())
                before.join();
            if (imported.valid())
                imported.wait();
            if (old)
                old->stop();
            old.reset();
            auto collector = std::make_shared<Collector>(options);
            auto result = collector->start();
            // Joined before this object goes, so `this` is there.
            QMetaObject::invokeMethod(
                this, [this, collector, result] { started(collector, result); }, Qt::QueuedConnection);
        });
}

void CollectorReceiver::restartWith(CollectorOptions options)
{
    if (m_isStarting) {
        m_next = std::move(options);
        return;
    }
    m_poll.stop();
    m_options = std::move(options);
    start();
}

void CollectorReceiver::setTargets(ScrapeOptions scrape)
{
    m_options.scrape = scrape;
    if (m_isStarting || !m_collector) {
        if (m_next)
            m_next->scrape = std::move(scrape);
        else if (m_isStarting)
            m_next = m_options;
        return;
    }
    changeCollector([scrape = std::move(scrape)](Collector &collector) { collector.setTargets(scrape); });
}

void CollectorReceiver::setSources(std::vector<MqttSourceOptions> brokers, std::vector<FollowTarget> followed)
{
    m_options.brokers = brokers;
    m_options.followed = followed;
    if (m_isStarting || !m_collector) {
        m_hasNewSources = m_isStarting; // told when it has started
        if (m_next) {
            m_next->brokers = std::move(brokers);
            m_next->followed = std::move(followed);
        }
        return;
    }
    tellSources();
}

void CollectorReceiver::tellSources()
{
    changeCollector([brokers = m_options.brokers, followed = m_options.followed](Collector &collector) {
        collector.setBrokers(brokers);
        collector.setFollowed(followed);
    });
}

void CollectorReceiver::forgetBrokers(std::vector<MqttSourceOptions> brokers)
{
    if (m_isStarting || !m_collector || brokers.empty())
        return;
    changeCollector([this, brokers = std::move(brokers), cache = m_options.cache](Collector &) {
        for (const MqttSourceOptions &broker : brokers)
            MqttSources::forget(broker, cache, m_isEnding);
    });
}

/// It may wait for what is on its way.
void CollectorReceiver::changeCollector(std::function<void(Collector &)> change)
{
    m_starter = std::jthread([before = std::move(m_starter), collector = m_collector, change = std::move(change)]() mutable {
        if (before.joinable())
            before.join();
        change(*collector);
    });
}

void CollectorReceiver::started(std::shared_ptr<Collector> collector, Result<void> result)
{
    m_isStarting = false;
    if (m_next) {
        m_collector = std::move(collector);
        restartWith(*std::exchange(m_next, std::nullopt));
        return;
    }
    ReceiverStatus status = m_status;
    if (result) {
        m_collector = std::move(collector);
        status.state = ReceiverStatus::State::Listening;
        status.port = m_collector->httpPort();
        status.since = m_options.clock->now();
        status.problem.clear();
        status.isDiskLow = false;
        m_poll.start();
        if (std::exchange(m_hasNewSources, false))
            tellSources();
    } else {
        const QString message = QString::fromStdString(result.error().message);
        // The collector names the cache when it is the cache that another process has.
        const bool isCacheTaken = result.error().code == Error::Code::Busy &&
                                  message.contains(QString::fromStdString(m_options.cache.string()));
        status.state = isCacheTaken ? ReceiverStatus::State::Elsewhere : ReceiverStatus::State::Failed;
        status.problem = message;
    }
    setStatus(status);
}

void CollectorReceiver::poll()
{
    if (!m_collector)
        return;
    ReceiverStatus status = m_status;
    const PipelineStats totals = m_collector->stats().totals;
    status.accepted = totals.requests;
    status.rejected = totals.refused;
    status.dropped = totals.overload;
    status.isDiskLow = totals.isDiskLow;
    status.hasConnection = totals.requests + totals.refused + totals.overload > 0;
    if (totals.refused > m_status.rejected)
        status.lastRejection = tr("The last one could not be read: not what OTLP over HTTP sends.");
    status.refusedOrigins.clear();
    for (const RefusedOrigin &refused : m_collector->refusedOrigins())
        status.refusedOrigins.append(QString::fromStdString(refused.origin));
    setStatus(status);
    Q_EMIT looked();
}

void CollectorReceiver::setStatus(const ReceiverStatus &status)
{
    if (status == m_status)
        return;
    m_status = status;
    Q_EMIT statusChanged();
}

void CollectorReceiver::allowOrigin(const QString &origin)
{
    if (!m_collector)
        return;
    if (const auto allowed = m_collector->allowOrigin(origin.toStdString()); allowed) {
        m_options.http->allowedOrigins.push_back(origin.toStdString()); // also after a restart
        Q_EMIT originAllowed(origin);
    }
    poll();
}

void CollectorReceiver::restartOn(int port)
{
    CollectorOptions options = m_options;
    if (!options.http)
        options.http.emplace();
    options.http->port = static_cast<std::uint16_t>(port);
    restartWith(std::move(options));
    Q_EMIT portChosen(port);
}

void CollectorReceiver::importFiles(const QStringList &files)
{
    if (m_collector)
        m_import.start(m_collector, files, m_options.clock);
    else
        m_import.fail(tr("Nothing can be stored here now."), m_status.problem);
}

Error CollectorReceiver::whyNothingIsWritten() const
{
    return {Error::Code::Busy, m_status.state == ReceiverStatus::State::Elsewhere ? "another Telltale writes this cache; do it there"
                                                                                  : "nothing is written here now"};
}

std::function<void(Result<void>)> CollectorReceiver::onThisThread(std::function<void(const Result<void> &)> done)
{
    return [this, done = std::move(done)](Result<void> result) {
        QMetaObject::invokeMethod(
            this, [done, result = std::move(result)] { done(result); }, Qt::QueuedConnection);
    };
}

void CollectorReceiver::decide(std::vector<TriageDecision> decisions, std::function<void(const Result<void> &)> decided)
{
    const auto answer = onThisThread(std::move(decided));
    if (m_collector)
        m_collector->decide(std::move(decisions), answer); // stopped before this object goes
    else
        answer(tl::unexpected(whyNothingIsWritten()));
}

void CollectorReceiver::putNotes(std::vector<NoteChange> changes, std::function<void(const Result<void> &)> stored)
{
    const auto answer = onThisThread(std::move(stored));
    std::vector<DocumentChange> documents;
    for (const NoteChange &change : changes)
        documents.push_back({documentOf(change.note), change.isRemoved});
    if (m_collector)
        m_collector->putDocuments(std::move(documents), answer);
    else
        answer(tl::unexpected(whyNothingIsWritten()));
}

void CollectorReceiver::sendTestEvent()
{
    if (!m_network)
        m_network = new QNetworkAccessManager(this);
    QNetworkRequest request(QUrl(QStringLiteral("http://127.0.0.1:%1/v1/logs").arg(m_status.port)));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    request.setTransferTimeout(5000);
    if (m_options.http && !m_options.http->token.empty())
        request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(m_options.http->token));
    QNetworkReply *reply = m_network->post(request, testEventRequest(m_options.clock->now()));
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status == 200)
            Q_EMIT testEventAnswered(true, tr("The test event was accepted and stored. It is labelled as a "
                                              "test: source “Telltale test”."));
        else if (status > 0)
            Q_EMIT testEventAnswered(false, tr("The test event was answered with %1: %2")
                                                .arg(status)
                                                .arg(QString::fromUtf8(reply->readAll().left(200))));
        else
            Q_EMIT testEventAnswered(false,
                                     tr("The test event did not arrive: %1").arg(reply->errorString()));
    });
}

} // namespace telltale
