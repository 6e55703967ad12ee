// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/sourcewatch.h"

#include "models/ingest/refusedexample.h"

#include <algorithm>
#include <limits>

namespace telltale {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kPart = 5 * kSecond;
constexpr std::size_t kFewestSights = 4;          ///< below, nothing is said about what is usual
constexpr std::int64_t kSteady = 30 * kSecond;    ///< delays that differ by more say nothing about the clock
constexpr std::size_t kLongestReason = 500;

/// What one delivery says of one source.
struct Sight
{
    std::uint64_t records = 0;
    double lagSum = 0;
    std::int64_t newestLag = std::numeric_limits<std::int64_t>::max();
};

} // namespace

void SourceWatch::Ring::add(std::int64_t value)
{
    m_values[m_next] = value;
    m_next = (m_next + 1) % m_values.size();
    m_size = std::min(m_size + 1, m_values.size());
}

std::vector<std::int64_t> SourceWatch::Ring::sorted() const
{
    std::vector<std::int64_t> values(m_values.begin(), m_values.begin() + static_cast<std::ptrdiff_t>(m_size));
    std::sort(values.begin(), values.end());
    return values;
}

SourceWatch::SourceWatch(const SecretPatterns &patterns)
    : m_patterns(patterns)
{}

SourceWatch::Source *SourceWatch::sourceOf(std::string_view protocol, std::string_view product, std::string_view os)
{
    const std::string key = sourceKey(protocol, product, os);
    const auto known = m_sources.find(key);
    if (known != m_sources.end())
        return &known->second;
    if (m_sources.size() >= kMostSources)
        return nullptr;
    Source source;
    source.protocol = protocol;
    source.product = product;
    source.os = os;
    return &m_sources.emplace(key, std::move(source)).first->second;
}

void SourceWatch::count(Source &source, Instant at, std::uint64_t records, std::uint64_t rejected)
{
    const std::int64_t number = at.ns / kPart;
    Part &part = source.minute[static_cast<std::size_t>(std::max<std::int64_t>(number, 0)) % source.minute.size()];
    if (part.number != number)
        part = {number};
    part.records += records;
    part.rejected += rejected;
    source.isChanged = true;
}

void SourceWatch::delivered(const Delivery &delivery, std::string_view reason, std::string_view contentType,
                            std::string_view body)
{
    const RecordBatch &batch = delivery.batch;
    // Made before the lock is taken: it may be long.
    std::optional<Refusal> refusal;
    if (delivery.rejected > 0)
        refusal = Refusal{delivery.arrival, std::string(reason.substr(0, kLongestReason)),
                          refusedExample(body, contentType, m_patterns)};
    std::vector<Sight> sights(std::max<std::size_t>(batch.origins.size(), 1));
    for (std::size_t row = 0; row < batch.size(); ++row) {
        Sight &sight = sights[batch.origin[row] < sights.size() ? batch.origin[row] : 0];
        const std::int64_t lag = (delivery.arrival - batch.times[row]).count();
        ++sight.records;
        sight.lagSum += static_cast<double>(lag);
        sight.newestLag = std::min(sight.newestLag, lag);
    }

    const std::scoped_lock lock(m_mutex);
    for (std::size_t i = 0; i < sights.size(); ++i) {
        const bool isKnown = i < batch.origins.size();
        Source *source = sourceOf(delivery.protocol, isKnown ? batch.text(batch.origins[i].product) : std::string_view(),
                                  isKnown ? batch.text(batch.origins[i].os) : std::string_view());
        if (!source)
            continue;
        count(*source, delivery.arrival, sights[i].records, i == 0 ? delivery.rejected : 0);
        if (i == 0 && refusal)
            source->lastRefusal = std::move(refusal);
        if (sights[i].records > 0) {
            source->lags.add(static_cast<std::int64_t>(sights[i].lagSum / static_cast<double>(sights[i].records)));
            source->newest.add(sights[i].newestLag);
        }
        if (source->lastArrival != 0 && delivery.arrival.ns > source->lastArrival)
            source->gaps.add(delivery.arrival.ns - source->lastArrival);
        source->lastArrival = std::max(source->lastArrival, delivery.arrival.ns);
    }
}

void SourceWatch::refused(std::string_view protocol, Instant at, std::string_view reason, std::string_view contentType,
                          std::string_view body)
{
    Refusal refusal{at, std::string(reason.substr(0, kLongestReason)), refusedExample(body, contentType, m_patterns)};
    const std::scoped_lock lock(m_mutex);
    Source *source = sourceOf(protocol, {}, {});
    if (!source)
        return;
    count(*source, at, 0, 1);
    ++source->refusedRequests;
    source->lastRefusal = std::move(refusal);
}

SourceHealth SourceWatch::healthOf(const Source &source, Instant now)
{
    SourceHealth health;
    health.protocol = source.protocol;
    health.product = source.product;
    health.os = source.os;
    health.asOf = now;
    for (const Part &part : source.minute) {
        const std::int64_t age = now.ns / kPart - part.number;
        if (part.number >= 0 && age < static_cast<std::int64_t>(source.minute.size())) {
            health.minuteRecords += part.records;
            health.minuteRejected += part.rejected;
        }
    }
    health.refusedRequests = source.refusedRequests;
    health.lastRefusal = source.lastRefusal;
    if (const auto lags = source.lags.sorted(); !lags.empty())
        health.lag = std::chrono::nanoseconds(lags[lags.size() / 2]);
    if (source.gaps.size() >= kFewestSights)
        health.usualGap = std::chrono::nanoseconds(source.gaps.sorted()[source.gaps.size() / 2]);
    // A clock is wrong by the same amount every time; old data that come late are late by different amounts.
    if (source.newest.size() >= kFewestSights) {
        const auto newest = source.newest.sorted();
        if (newest[newest.size() * 3 / 4] - newest[newest.size() / 4] <= kSteady)
            health.clockDifference = std::chrono::nanoseconds(-newest.front());
    }
    return health;
}

std::vector<SourceHealth> SourceWatch::health(Instant now) const
{
    const std::scoped_lock lock(m_mutex);
    std::vector<SourceHealth> all;
    all.reserve(m_sources.size());
    for (const auto &[key, source] : m_sources)
        all.push_back(healthOf(source, now));
    return all;
}

std::vector<DocumentChange> SourceWatch::changes(Instant now)
{
    const std::scoped_lock lock(m_mutex);
    std::vector<DocumentChange> changes;
    for (auto &[key, source] : m_sources) {
        if (!std::exchange(source.isChanged, false))
            continue;
        changes.push_back({{std::string(kSourceHealthKind), key, source.product, toJson(healthOf(source, now))}, false});
    }
    return changes;
}

} // namespace telltale
