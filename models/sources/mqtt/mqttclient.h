// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/mqtt/brokeraddress.h"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace telltale {

/// A message as it came.
struct ArrivedMessage
{
    int number = 0; ///< of the delivery, QoS 1 only: used again by the broker once it is acknowledged
    std::string topic, payload;
    int qos = 0;
    bool isRetained = false;
};

/// Whether the broker remembers us when the connection has ended.
enum class MqttSession { Kept, Passing };

/// One connection to a broker by libmosquitto, MQTT 3.1.1, in the session that the address names. Nothing is sent but by write():
/// acknowledgements of what was read wait for it. Ends without a word when it is destroyed. One thread.
class MqttClient
{
public:
    /// Connects; waits no longer than ten seconds for the socket, less when `isStopping` becomes true. Errors: Io, InvalidArgument (a file
    /// of certificates that is none), Cancelled.
    static Result<std::unique_ptr<MqttClient>> connect(const BrokerAddress &address, MqttSession session,
                                                       const std::atomic<bool> &isStopping);
    ~MqttClient();
    MqttClient(const MqttClient &) = delete;
    MqttClient &operator=(const MqttClient &) = delete;

    int socket() const;
    bool wantsWrite() const;
    /// Reads what the socket has, a packet or a few. Error: Io, the connection is gone.
    Result<void> read();
    /// Sends what waits, acknowledgements among it.
    Result<void> write();
    /// Pings when it is time to, and sees when the broker no longer answers. Call twice a second; its ping leaves with write().
    Result<void> tend();
    /// These take effect with write().
    void subscribe(const std::vector<std::string> &filters, int qos);
    void unsubscribe(const std::vector<std::string> &filters);
    void disconnect();
    /// Asks for a sign that the broker has read all that was sent before: it answers when it takes us off a topic that we never had.
    /// Takes effect with write().
    void askForSign();
    bool hasSign() const; ///< the sign asked for last is here

    bool isAccepted() const;                 ///< the broker has let us in
    bool isSessionPresent() const;           ///< it knew us
    std::size_t takeRefusals();              ///< filters it does not let us subscribe to, since the last call
    std::vector<ArrivedMessage> &messages(); ///< read so far; the caller takes them

private:
    MqttClient();
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
