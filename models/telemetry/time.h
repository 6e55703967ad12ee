// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <limits>

namespace telltale {

/// A point on the time line: nanoseconds since 1970-01-01T00:00:00Z, no leap seconds. Trivial to copy.
/// The representable years are 1678 to 2262; decoders clamp what lies outside and count it. Sums and differences that
/// leave them, as the length of "everything" does, stop at the last representable value.
struct Instant
{
    std::int64_t ns = 0;

    static constexpr Instant min() { return {std::numeric_limits<std::int64_t>::min()}; }
    static constexpr Instant max() { return {std::numeric_limits<std::int64_t>::max()}; }
    static constexpr Instant fromMilliseconds(std::int64_t ms) { return {ms * 1'000'000}; }
    static constexpr Instant fromSeconds(std::int64_t s) { return {s * 1'000'000'000}; }

    friend constexpr auto operator<=>(Instant, Instant) = default;
    friend constexpr Instant operator+(Instant a, std::chrono::nanoseconds d)
    {
        return {sum(a.ns, d.count())};
    }
    friend constexpr Instant operator-(Instant a, std::chrono::nanoseconds d)
    {
        return {difference(a.ns, d.count())};
    }
    friend constexpr std::chrono::nanoseconds operator-(Instant a, Instant b)
    {
        return std::chrono::nanoseconds(difference(a.ns, b.ns));
    }

private:
    static constexpr std::int64_t end(bool isLast) { return isLast ? max().ns : min().ns; }
    static constexpr std::int64_t sum(std::int64_t a, std::int64_t b)
    {
        std::int64_t result = 0;
        return __builtin_add_overflow(a, b, &result) ? end(b > 0) : result;
    }
    static constexpr std::int64_t difference(std::int64_t a, std::int64_t b)
    {
        std::int64_t result = 0;
        return __builtin_sub_overflow(a, b, &result) ? end(b < 0) : result;
    }
};

/// Half-open: `from` is inside, `to` is not. The default is everything.
struct TimeRange
{
    Instant from = Instant::min();
    Instant to = Instant::max();

    constexpr bool contains(Instant t) const { return from <= t && t < to; }
    constexpr bool isEmpty() const { return !(from < to); }
    constexpr bool isOpen() const { return from == Instant::min() || to == Instant::max(); }
    friend constexpr bool operator==(const TimeRange &, const TimeRange &) = default;
};

/// Where "now" comes from; injected so that tests and `--now` can hold it still. Safe from any thread.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

/// The machine's wall clock.
class SystemClock final : public Clock
{
public:
    Instant now() const override
    {
        return {std::chrono::duration_cast<std::chrono::nanoseconds>(
                    std::chrono::system_clock::now().time_since_epoch())
                    .count()};
    }
};

/// A clock that says what it was told: `--now` and tests.
class FixedClock final : public Clock
{
public:
    explicit FixedClock(Instant now)
        : m_now(now)
    {}
    Instant now() const override { return m_now; }

private:
    Instant m_now;
};

} // namespace telltale
