// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/collector/settingsoptions.h"

#include <QObject>
#include <QPointer>
#include <QString>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <utility>

class QNetworkAccessManager;
class QNetworkReply;

namespace telltale {

class CollectorReceiver;

/// Knocks at a door as a client would, over the network, and says what came back.
class SourceTests final : public QObject
{
    Q_OBJECT

public:
    explicit SourceTests(QObject *parent = nullptr);
    ~SourceTests() override; ///< ends what is being tried
    void setReceiver(CollectorReceiver *receiver);
    /// One answer by tested() follows, within twenty seconds.
    void run(const QString &door, const Settings &settings, const SourceSecrets &secrets);

Q_SIGNALS:
    void tested(const QString &door, bool isGood, const QString &sentence);

private:
    QNetworkAccessManager *network();
    void testGrpc(const QString &door, const std::string &token);
    void testStatsd(const QString &door);
    void testTarget(const QString &door, const QString &url);
    void testBroker(const QString &door, const BrokerAddress &address);
    void testFiles(const QString &door, const FollowTarget &target);
    /// Does it on another thread and says what came of it.
    void testElsewhere(const QString &door, std::function<std::pair<bool, QString>()> test);

    QPointer<CollectorReceiver> m_receiver;
    QNetworkAccessManager *m_network = nullptr;
    bool m_isTestingHttp = false;
    std::atomic<bool> m_isStopping{false};
    QThreadPool m_workers; ///< waits for them
};

} // namespace telltale
