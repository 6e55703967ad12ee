// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace telltale {

/// Makes things 0, 1, 2... on helper threads a little ahead of the one thread that takes them in this order. That thread is
/// never idle: when the next one is not made yet, it makes one itself. No more than a window of things is there at once.
/// `make(lane, index)` runs on any thread, for one lane at a time; lane 0 is the taker's.
template<typename T>
class AheadOfTime
{
public:
    using Make = std::function<T(std::size_t lane, std::size_t index)>;

    AheadOfTime(std::size_t count, std::size_t helpers, Make make)
        : m_make(std::move(make))
        , m_count(count)
        , m_slots(std::max<std::size_t>(kWindowPerLane * (helpers + 1), 1))
    {
        for (std::size_t lane = 1; lane <= helpers; ++lane)
            m_helpers.emplace_back([this, lane] { help(lane); });
    }
    /// What is being made is finished, the rest is not begun.
    ~AheadOfTime()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isOver = true;
        }
        m_room.notify_all();
        for (std::thread &helper : m_helpers)
            helper.join();
    }
    AheadOfTime(const AheadOfTime &) = delete;
    AheadOfTime &operator=(const AheadOfTime &) = delete;

    /// The next one. Precondition: there is one left.
    T take()
    {
        std::unique_lock lock(m_mutex);
        std::optional<T> &slot = slotOf(m_taken);
        while (!slot) {
            if (!makeOne(lock, 0))
                m_made.wait(lock);
        }
        T thing = std::move(*slot);
        slot.reset();
        ++m_taken;
        lock.unlock();
        m_room.notify_one();
        return thing;
    }

private:
    static constexpr std::size_t kWindowPerLane = 6;

    std::optional<T> &slotOf(std::size_t index) { return m_slots[index % m_slots.size()]; }
    bool hasRoom() const { return m_next < m_count && m_next < m_taken + m_slots.size(); }

    /// False when there is nothing to make now. The lock is held on entry and on return.
    bool makeOne(std::unique_lock<std::mutex> &lock, std::size_t lane)
    {
        if (!hasRoom())
            return false;
        const std::size_t index = m_next++;
        lock.unlock();
        T thing = m_make(lane, index);
        lock.lock();
        slotOf(index) = std::move(thing);
        return true;
    }

    void help(std::size_t lane)
    {
        std::unique_lock lock(m_mutex);
        while (true) {
            m_room.wait(lock, [this] { return m_isOver || m_next >= m_count || hasRoom(); });
            if (m_isOver || m_next >= m_count)
                return;
            makeOne(lock, lane);
            m_made.notify_one();
        }
    }

    const Make m_make;
    const std::size_t m_count;
    std::mutex m_mutex;
    std::condition_variable m_room, m_made;
    std::vector<std::optional<T>> m_slots;
    std::size_t m_next = 0;  ///< to be made
    std::size_t m_taken = 0; ///< to be taken
    bool m_isOver = false;
    std::vector<std::thread> m_helpers;
};

} // namespace telltale
