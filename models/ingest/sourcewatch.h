// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/secretpatterns.h"
#include "models/store/delivery.h"
#include "models/telemetry/document.h"
#include "models/telemetry/sourcehealth.h"

#include <array>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Watches how each source does: how many records a minute, how late, by which clock, what was refused and why. Knows the
/// first 1,000 sources; of others there are only the totals of the store.
/// Thread-safe. Cost: one pass over the times of a batch; medians only when somebody looks.
class SourceWatch
{
public:
    static constexpr std::size_t kMostSources = 1'000;

    /// `patterns` is not owned; masks examples.
    explicit SourceWatch(const SecretPatterns &patterns);

    /// A request was decoded; `reason` says why Delivery::rejected records of it were left out, `body` is what came.
    void delivered(const Delivery &delivery, std::string_view reason, std::string_view contentType, std::string_view body);
    /// A request was refused whole.
    void refused(std::string_view protocol, Instant at, std::string_view reason, std::string_view contentType,
                 std::string_view body);

    std::vector<SourceHealth> health(Instant now) const;
    /// What is different since the last call, as documents for the cache.
    std::vector<DocumentChange> changes(Instant now);

private:
    /// The last few of a figure.
    class Ring
    {
    public:
        void add(std::int64_t value);
        std::size_t size() const { return m_size; }
        std::vector<std::int64_t> sorted() const;

    private:
        std::array<std::int64_t, 32> m_values{};
        std::size_t m_next = 0, m_size = 0;
    };
    struct Part ///< 5 seconds
    {
        std::int64_t number = -1;
        std::uint64_t records = 0, rejected = 0;
    };
    struct Source
    {
        std::string protocol, product, os;
        std::array<Part, 12> minute;
        Ring lags, newest, gaps;
        std::int64_t lastArrival = 0;
        std::uint64_t refusedRequests = 0;
        std::optional<Refusal> lastRefusal;
        bool isChanged = false;
    };

    Source *sourceOf(std::string_view protocol, std::string_view product, std::string_view os);
    static void count(Source &source, Instant at, std::uint64_t records, std::uint64_t rejected);
    static SourceHealth healthOf(const Source &source, Instant now);

    const SecretPatterns &m_patterns;
    mutable std::mutex m_mutex;
    std::map<std::string, Source, std::less<>> m_sources;
};

} // namespace telltale
