// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace telltale {

/// Memory that is used again: what one segment gives back, the next one takes. Otherwise a scan would get pages from the
/// system, have them cleared and give them back for every segment. Keeps some megabytes at most. Safe from any thread.
class BufferPool : public std::enable_shared_from_this<BufferPool>
{
public:
    /// Room for some bytes, uninitialised, aligned for any number. Keeps the pool alive.
    class Buffer
    {
    public:
        Buffer() = default;
        Buffer(Buffer &&other) noexcept
            : m_pool(std::move(other.m_pool))
            , m_room(std::exchange(other.m_room, 0))
            , m_bytes(std::move(other.m_bytes))
        {}
        Buffer &operator=(Buffer &&other) noexcept
        {
            std::swap(m_pool, other.m_pool);
            std::swap(m_room, other.m_room);
            std::swap(m_bytes, other.m_bytes);
            return *this;
        }
        ~Buffer()
        {
            if (m_pool)
                m_pool->giveBack(std::move(m_bytes), m_room);
        }
        char *data() const { return m_bytes.get(); }

    private:
        friend class BufferPool;
        std::shared_ptr<BufferPool> m_pool;
        std::size_t m_room = 0;
        std::unique_ptr<char[]> m_bytes;
    };

    Buffer take(std::size_t bytes)
    {
        Buffer buffer;
        const std::size_t number = classOf(bytes);
        if (number < kClasses) {
            buffer.m_pool = shared_from_this();
            buffer.m_room = kSmallest << number;
            const std::lock_guard lock(m_mutex);
            auto &free = m_free[number];
            if (!free.empty()) {
                buffer.m_bytes = std::move(free.back());
                free.pop_back();
                m_kept -= buffer.m_room;
                return buffer;
            }
        }
        buffer.m_bytes.reset(new char[number < kClasses ? buffer.m_room : bytes]);
        return buffer;
    }
    /// Bytes that wait to be taken.
    std::size_t kept() const
    {
        const std::lock_guard lock(m_mutex);
        return m_kept;
    }

    static constexpr std::size_t kMostKept = std::size_t{4} << 20;
    /// What a buffer for so many bytes really takes.
    static std::size_t roomFor(std::size_t bytes)
    {
        const std::size_t number = classOf(bytes);
        return number < kClasses ? kSmallest << number : bytes;
    }

private:
    // Segments of a hundred records, as they come in live, have columns of some hundred bytes, and thousands of them are remembered.
    static constexpr std::size_t kSmallest = 128, kClasses = 12; // up to 256 KiB; larger ones come and go

    static std::size_t classOf(std::size_t bytes)
    {
        return bytes <= kSmallest ? 0 : static_cast<std::size_t>(std::bit_width((bytes - 1) / kSmallest));
    }
    void giveBack(std::unique_ptr<char[]> bytes, std::size_t room)
    {
        const std::lock_guard lock(m_mutex);
        if (m_kept + room > kMostKept)
            return;
        m_kept += room;
        m_free[classOf(room)].push_back(std::move(bytes));
    }

    mutable std::mutex m_mutex;
    std::array<std::vector<std::unique_ptr<char[]>>, kClasses> m_free;
    std::size_t m_kept = 0;
};

} // namespace telltale
