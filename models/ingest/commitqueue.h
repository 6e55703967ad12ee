// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/requesthandler.h"
#include "models/store/delivery.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <vector>

namespace telltale {

/// A delivery on its way to the commit, with what its client will be told then.
struct PendingDelivery
{
    Delivery delivery;
    RequestHandler::Done done;
    Answer answer;           ///< sent when the commit succeeded
    std::string path;        ///< of the request, for a refusal in its protocol
    std::string contentType; ///< and in its encoding
    std::size_t bytes = 0;   ///< of the queue's budget
};

/// Hands deliveries from the decoding threads to the writer. Bounded in bytes, those being committed included; whoever
/// brings more waits. Thread-safe.
class CommitQueue
{
public:
    using Clock = std::chrono::steady_clock;

    explicit CommitQueue(std::size_t budget)
        : m_budget(budget)
    {}

    /// Waits for room until `deadline`. False, and `pending` untouched, when there was none. A single delivery larger than
    /// the budget is let in alone.
    bool push(PendingDelivery &pending, Clock::time_point deadline);
    /// Everything that waits, at least one unless `deadline` passed or the queue was closed while empty. The bytes stay
    /// charged until release().
    std::vector<PendingDelivery> takeAll(Clock::time_point deadline);
    void release(std::size_t bytes);
    /// No more push(); takeAll() gives the rest and then returns at once.
    void close();
    /// Makes a waiting takeAll() return.
    void wake();
    bool isDrained() const; ///< closed and empty

private:
    const std::size_t m_budget;
    mutable std::mutex m_mutex;
    std::condition_variable m_hasRoom;
    std::condition_variable m_hasWork;
    std::vector<PendingDelivery> m_waiting;
    std::size_t m_bytes = 0;
    bool m_isClosed = false;
    bool m_isWoken = false;
};

} // namespace telltale
