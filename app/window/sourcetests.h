// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/settings/settings.h"

#include <QObject>
#include <QPointer>
#include <QString>

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
    void setReceiver(CollectorReceiver *receiver);
    /// One answer by tested() follows, within ten seconds.
    void run(const QString &door, const Settings &settings, const std::string &token);

Q_SIGNALS:
    void tested(const QString &door, bool isGood, const QString &sentence);

private:
    QNetworkAccessManager *network();
    void testGrpc(const QString &door, const std::string &token);
    void testStatsd(const QString &door);
    void testTarget(const QString &door, const QString &url);

    QPointer<CollectorReceiver> m_receiver;
    QNetworkAccessManager *m_network = nullptr;
    bool m_isTestingHttp = false;
};

} // namespace telltale
