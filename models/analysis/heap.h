// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace telltale {

/// For a program that is open all day: memory that was given back is to go back to the system, not to wait for the next large
/// answer. Once, before there are other threads. Does nothing where the C library is not GNU's.
void settleHeap();

/// Gives what lies free between things that are still in use back to the system. Any thread. Cost: a few milliseconds, during
/// which who takes memory from the same part of the heap waits.
void trimHeap();

/// Says when it is time to trim: once in a while, for who asks whenever something was done.
class TrimClock
{
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::seconds kPause{10};

    /// True once for each pause that is over. Not thread-safe.
    bool isDue(Time now)
    {
        if (now < m_next)
            return false;
        m_next = now + kPause;
        return true;
    }

private:
    Time m_next = Time::min();
};

} // namespace telltale
