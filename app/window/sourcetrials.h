// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/file/filefollower.h"
#include "models/sources/mqtt/brokeraddress.h"

#include <atomic>
#include <chrono>
#include <string>

namespace telltale {

/// How long a broker is listened to for a first message.
inline constexpr std::chrono::seconds kTrialPatience{3};

/// What came of connecting to a broker.
struct BrokerTrial
{
    std::string problem; ///< why we were not let in, one sentence; empty: we were
    std::size_t refusedTopics = 0;
    std::size_t messages = 0;
    std::string topic, payload; ///< of the first, the payload's beginning
};

/// Connects in a session of its own, which disturbs nobody's, subscribes and listens for a moment. Blocks, for fifteen seconds at
/// most; `isStopping` ends it.
BrokerTrial tryBroker(BrokerAddress address, const std::atomic<bool> &isStopping);

/// What came of reading a first piece.
struct FileTrial
{
    std::size_t files = 0; ///< that match
    std::string file;      ///< the first one
    std::string problem;   ///< why it can not be read, one sentence
    std::string path;      ///< of its lines as a request: "/v1/logs", "jsonlines"
    std::size_t lines = 0, rejected = 0;
    bool isTable = false;
};

/// Reads what following would hand up first. Stores nothing. Blocks for the disk.
FileTrial tryFiles(const FollowTarget &target);

} // namespace telltale
