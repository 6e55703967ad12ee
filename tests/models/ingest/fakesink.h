// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/recordsink.h"

#include <condition_variable>
#include <mutex>
#include <set>
#include <vector>

namespace telltale::test {

/// A sink that remembers what it was given, can be held, and can fail.
class FakeSink final : public RecordSink
{
public:
    struct Stored
    {
        std::string name; ///< of the first record
        std::size_t records = 0;
        std::optional<DeliveryKey> key;
        std::size_t commit = 0;  ///< which one
        std::string firstText;   ///< of the first attribute of the first record
        std::uint64_t group = 0; ///< of the first error
        Instant arrival;
        std::uint64_t rejected = 0;
    };

    Result<CommitReport> commit(std::span<Delivery> deliveries) override
    {
        std::unique_lock lock(m_mutex);
        ++m_inCommit;
        m_changed.notify_all();
        m_changed.wait(lock, [&] { return !m_isHeld; });
        ++m_commits;
        if (m_failure)
            return tl::unexpected(*m_failure);
        CommitReport report;
        for (Delivery &delivery : deliveries) {
            m_counters.add(delivery.counters);
            if (delivery.key && !m_keys.insert({delivery.key->high, delivery.key->low}).second) {
                delivery.isRepeat = true;
                ++report.repeats;
                continue;
            }
            Stored stored;
            stored.records = delivery.batch.size();
            stored.key = delivery.key;
            stored.commit = m_commits;
            stored.arrival = delivery.arrival;
            stored.rejected = delivery.rejected;
            if (stored.records > 0) {
                stored.name = delivery.batch.text(delivery.batch.names[0]);
                const auto attributes = delivery.batch.attributesOf(0);
                if (!attributes.empty())
                    stored.firstText = toDisplayText(delivery.batch.valueOf(attributes[0]));
            }
            if (!delivery.batch.errors.empty())
                stored.group = delivery.batch.errors[0].group;
            report.records += stored.records;
            m_stored.push_back(stored);
        }
        report.sequence = m_commits;
        return report;
    }
    Result<void> checkpoint() override
    {
        const std::scoped_lock lock(m_mutex);
        ++m_checkpoints;
        return {};
    }

    /// Commits begun from now on wait for release().
    void hold()
    {
        const std::scoped_lock lock(m_mutex);
        m_isHeld = true;
    }
    void release()
    {
        const std::scoped_lock lock(m_mutex);
        m_isHeld = false;
        m_changed.notify_all();
    }
    void failWith(std::optional<Error> failure)
    {
        const std::scoped_lock lock(m_mutex);
        m_failure = std::move(failure);
    }
    std::size_t begun() const { return locked(m_inCommit); }
    std::size_t commits() const { return locked(m_commits); }
    std::size_t checkpoints() const { return locked(m_checkpoints); }
    std::vector<Stored> stored() const { return locked(m_stored); }
    std::uint64_t counted(std::string_view name) const
    {
        const std::scoped_lock lock(m_mutex);
        return m_counters.value(name);
    }
    std::size_t records() const
    {
        std::size_t sum = 0;
        for (const Stored &one : stored())
            sum += one.records;
        return sum;
    }

private:
    template<typename T>
    T locked(const T &value) const
    {
        const std::scoped_lock lock(m_mutex);
        return value;
    }

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::set<std::pair<std::uint64_t, std::uint64_t>> m_keys;
    std::vector<Stored> m_stored;
    CounterSet m_counters;
    std::optional<Error> m_failure;
    std::size_t m_inCommit = 0;
    std::size_t m_commits = 0;
    std::size_t m_checkpoints = 0;
    bool m_isHeld = false;
};

} // namespace telltale::test
