// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/mqtt/brokeraddress.h"
#include "models/sources/requesthandler.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>

namespace telltale {

/// What a source hands up of one message.
struct HandedMessage
{
    std::string_view id; ///< empty: it never comes again
    std::string_view topic, payload;
    bool isRetained = false;
};

struct MqttOptions
{
    BrokerAddress broker;
    bool isSessionKept = true; ///< false: the broker forgets us when we leave; what comes meanwhile is lost
    /// Remembers our session between two runs; needs a place that lasts as long as the cache. See SessionMemory.
    std::filesystem::path memory;
    std::string path = "mqtt"; ///< under which the handler gets messages
    /// The body of a request with these messages. Called on the subscriber's thread.
    std::function<std::string(std::span<const HandedMessage>)> bodyOf;
    /// Told when the connection's state changes: a sentence, empty when all is well. Called on the subscriber's thread.
    std::function<void(const std::string &problem)> changed;
    std::chrono::milliseconds firstPause{250},
        longestPause{30'000}; ///< between two attempts to connect; doubled each time
    std::chrono::milliseconds patience{
        30'000}; ///< how long a request is told to come again before the connection is given up
    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
};

/// Subscribes to topics of a broker and hands what it delivers up as requests, those of QoS 1 as "mqtt/qos1", those of QoS 0 as
/// "mqtt/qos0".
///
/// QoS 1: a message is acknowledged only after the handler has stored it, so neither a crash of ours nor a full disk loses one: the broker
/// keeps our session and sends again what it has not heard of, and that is recognised (SessionMemory). While we are away the broker
/// keeps what comes, as much as it is set to. QoS 0: what the broker sends while we are away, or what a crash catches before it is
/// stored, is lost. A retained message comes once, when a topic is subscribed to for the first time.
///
/// An interrupted connection is made again. Counters: mqtt.connect.failed, mqtt.connection.lost, mqtt.subscription.refused,
/// mqtt.dropped. Owns a thread. Functions may be called from any thread, start() and stop() from one at a time.
class MqttSubscriber
{
public:
    /// `handler` is not owned and must outlive the subscriber.
    MqttSubscriber(MqttOptions options, RequestHandler &handler);
    ~MqttSubscriber(); ///< stops
    MqttSubscriber(const MqttSubscriber &) = delete;
    MqttSubscriber &operator=(const MqttSubscriber &) = delete;

    /// Errors: Io, when the memory can not be written. A broker that is not there is none: it is tried again.
    Result<void> start();
    /// Stores and acknowledges what arrived, then says goodbye; the broker keeps the session. Idempotent.
    void stop();
    bool isConnected() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
