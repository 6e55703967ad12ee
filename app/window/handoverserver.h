// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/singleinstance.h"

#include <QLocalServer>

#include <functional>

class QLocalSocket;

namespace telltale {

/// Hears what later starts tell the window. UI thread; everything waits in the event loop, nothing blocks.
class HandoverServer final : public QObject
{
    Q_OBJECT

public:
    using Take = std::function<void(const Handover &)>;

    explicit HandoverServer(Take take, QObject *parent = nullptr);

    /// For the holder of the instance's lock alone: a socket that another process left behind is removed. False when it can not listen
    /// there; later starts then open windows of their own.
    bool listen(const SingleInstance &instance);

private:
    void connected();
    void read(QLocalSocket *socket);

    Take m_take;
    QLocalServer m_server;
};

} // namespace telltale
