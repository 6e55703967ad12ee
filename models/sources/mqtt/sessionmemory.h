// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace telltale {

/// What has to be remembered about our session at a broker, so that what it sends again after an interruption is recognised, and what
/// was subscribed to is not subscribed to again (which would bring all retained messages again). A small readable file beside the cache.
///
/// Messages of QoS 1 are stored, then acknowledged. Those stored and not acknowledged come again, before all others and with the
/// numbers they had. A round is all that is stored between two acknowledgements; its number is part of the ids of its messages, and a
/// new round begins only when the broker has shown that it has read the acknowledgements of the one before. So a message is recognised as long
/// as the broker has not heard of it. Only the process that is killed in the instant between the broker's reading and our remembering may take
/// a new message for an old one, and only when number, topic and payload are equal.
class SessionMemory
{
public:
    /// Reads what is there; a file that is none begins anew. Error: Io, when it can not be written.
    static Result<SessionMemory> open(const std::filesystem::path &path);
    ~SessionMemory();
    SessionMemory(SessionMemory &&other) noexcept;
    SessionMemory &operator=(SessionMemory &&other) noexcept;

    std::uint64_t round() const { return m_round; }
    /// Messages that may come again, first of all.
    std::uint64_t pending() const { return m_pending; }
    const std::vector<std::string> &filters() const { return m_filters; }

    /// So many messages are about to be stored in this round. Cost: one write.
    void willStore(std::uint64_t messages);
    /// They are acknowledged, or will not come again: the next round. Cost: one write.
    void isAcknowledged();
    /// What is subscribed to from now on.
    void subscribed(std::vector<std::string> filters);

private:
    SessionMemory() = default;
    void write();

    int m_fd = -1;
    std::uint64_t m_round = 1, m_pending = 0;
    std::vector<std::string> m_filters;
};

} // namespace telltale
