// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/brokerfeed.h"

#include "models/sources/mqtt/mqttclient.h"

#include <chrono>
#include <utility>

#include <poll.h>

namespace telltale {
namespace {

constexpr int kTick = 100, kLookMs = 250;
constexpr int kPauseTicks = 20; ///< before a connection is made again

} // namespace

BrokerFeed::BrokerFeed(BrokerAddress address, QObject *parent)
    : MessageFeed(parent)
    , m_address(std::move(address))
{
    m_address.client.clear(); // the session of the collector is not ours to take
    m_look.setInterval(kLookMs);
    connect(&m_look, &QTimer::timeout, this, [this] {
        if (m_hasNews.exchange(false))
            Q_EMIT changed();
    });
    m_look.start();
    m_thread = std::thread([this] { run(); });
}

BrokerFeed::~BrokerFeed()
{
    m_isStopping = true;
    m_thread.join();
}

std::vector<std::pair<std::uint64_t, SeenMessage>> BrokerFeed::messages() const
{
    const std::scoped_lock lock(m_mutex);
    return {m_messages.begin(), m_messages.end()};
}

QString BrokerFeed::problem() const
{
    const std::scoped_lock lock(m_mutex);
    return m_problem.empty() ? QString()
                             : tr("%1: %2", "a broker, why it does not work").arg(QString::fromStdString(m_address.place()), QString::fromStdString(m_problem));
}

void BrokerFeed::setProblem(const std::string &problem)
{
    const std::scoped_lock lock(m_mutex);
    if (std::exchange(m_problem, problem) != problem)
        m_hasNews = true;
}

void BrokerFeed::hold(SeenMessage message)
{
    const std::scoped_lock lock(m_mutex);
    m_bytes += message.topic.size() + message.payload.size();
    m_messages.emplace_back(++m_number, std::move(message));
    while (m_messages.size() > kMostMessages || (m_bytes > kMostBytes && m_messages.size() > 1)) {
        const SeenMessage &oldest = m_messages.front().second;
        m_bytes -= oldest.topic.size() + oldest.payload.size();
        m_messages.pop_front();
    }
    m_hasNews = true;
}

void BrokerFeed::run()
{
    while (!m_isStopping) {
        const std::string problem = listen();
        if (m_isStopping)
            return;
        setProblem(problem);
        for (int i = 0; i < kPauseTicks && !m_isStopping; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(kTick));
    }
}

std::string BrokerFeed::listen()
{
    auto connected = MqttClient::connect(m_address, MqttSession::Passing, m_isStopping);
    if (!connected)
        return connected.error().message;
    MqttClient &client = **connected;
    bool isSubscribed = false;
    while (!m_isStopping) {
        pollfd polled{client.socket(), static_cast<short>(client.wantsWrite() ? POLLIN | POLLOUT : POLLIN), 0};
        ::poll(&polled, 1, kTick);
        Result<void> done;
        if ((polled.revents & (POLLIN | POLLHUP | POLLERR)) != 0)
            done = client.read();
        if (done && client.wantsWrite())
            done = client.write();
        if (done)
            done = client.tend();
        if (!done)
            return done.error().message;
        if (client.isAccepted() && !std::exchange(isSubscribed, true)) {
            client.subscribe(m_address.filters, 0);
            setProblem({});
        }
        if (client.takeRefusals() > 0)
            setProblem("the broker does not let us subscribe to a topic");
        for (ArrivedMessage &message : std::exchange(client.messages(), {}))
            hold({std::move(message.topic), std::move(message.payload), message.isRetained});
    }
    client.disconnect();
    static_cast<void>(client.write());
    return {};
}

} // namespace telltale
