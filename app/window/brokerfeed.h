// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/mqtt/brokeraddress.h"
#include "widgets/pages/sourcecontrol.h"

#include <QTimer>

#include <atomic>
#include <deque>
#include <mutex>
#include <thread>

namespace telltale {

/// Listens to a broker in a session of its own, on a thread of its own, and holds the last messages: at most
/// MessageFeed::kMostMessages of them and kMostBytes together. A connection that ends is made again.
class BrokerFeed final : public MessageFeed
{
    Q_OBJECT

public:
    static constexpr std::size_t kMostBytes = 8 * 1024 * 1024;

    explicit BrokerFeed(BrokerAddress address, QObject *parent = nullptr);
    ~BrokerFeed() override; ///< ends the connection

    std::vector<std::pair<std::uint64_t, SeenMessage>> messages() const override;
    QString problem() const override;

private:
    void run();
    /// Until the connection ends or we do; gives why.
    std::string listen();
    void hold(SeenMessage message);
    void setProblem(const std::string &problem);

    BrokerAddress m_address;
    mutable std::mutex m_mutex;
    std::deque<std::pair<std::uint64_t, SeenMessage>> m_messages;
    std::size_t m_bytes = 0;
    std::uint64_t m_number = 0;
    std::string m_problem;
    std::atomic<bool> m_isStopping{false}, m_hasNews{false};
    QTimer m_look;
    std::thread m_thread;
};

} // namespace telltale
