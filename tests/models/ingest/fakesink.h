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

    std::unique_ptr<Group> begin() override
    {
        const std::scoped_lock lock(m_mutex);
        if (m_failuresSeen != m_failures)
            m_keys = m_storedKeys; // as the cache: nothing decided before a failure is there
        m_failuresSeen = m_failures;
        auto group = std::make_unique<FakeGroup>();
        group->failures = m_failures;
        return group;
    }
    Result<void> prepare(Group &group, std::span<Delivery> deliveries) override
    {
        const std::scoped_lock lock(m_mutex);
        auto &fake = static_cast<FakeGroup &>(group);
        ++m_prepared;
        for (Delivery &delivery : deliveries) {
            fake.counters.add(delivery.counters);
            delivery.isRepeat = false;
            if (delivery.key) {
                const std::pair key(delivery.key->high, delivery.key->low);
                delivery.isRepeat = !m_keys.insert(key).second;
                if (!delivery.isRepeat)
                    fake.keys.push_back(key);
            }
            if (delivery.isRepeat)
                ++fake.repeats;
            else
                fake.stored.push_back(storedOf(delivery));
        }
        return {};
    }
    Result<void> seal(Group &) override { return {}; }
    bool isStale(const Group &group) const override
    {
        const std::scoped_lock lock(m_mutex);
        return static_cast<const FakeGroup &>(group).failures != m_failures;
    }
    Result<CommitReport> commit(Group &group) override
    {
        std::unique_lock lock(m_mutex);
        auto &fake = static_cast<FakeGroup &>(group);
        ++m_inCommit;
        m_changed.notify_all();
        m_changed.wait(lock, [&] { return !m_isHeld; });
        ++m_commits;
        if (m_failure) {
            ++m_failures;
            const Error failure = *m_failure;
            if (std::exchange(m_failsOnce, false))
                m_failure.reset();
            return tl::unexpected(failure);
        }
        CommitReport report;
        report.sequence = m_commits;
        report.repeats = fake.repeats;
        m_counters.add(fake.counters);
        m_storedKeys.insert(fake.keys.begin(), fake.keys.end());
        for (Stored &stored : fake.stored) {
            stored.commit = m_commits;
            report.records += stored.records;
            m_stored.push_back(stored);
        }
        return report;
    }
    void moveLog() override {}
    Result<void> checkpoint() override
    {
        const std::scoped_lock lock(m_mutex);
        ++m_checkpoints;
        return {};
    }

    Result<bool> maintain() override
    {
        const std::scoped_lock lock(m_mutex);
        if (m_slices == 0)
            return false;
        return --m_slices > 0;
    }
    /// So many slices of maintenance wait.
    void setSlices(std::size_t slices)
    {
        const std::scoped_lock lock(m_mutex);
        m_slices = slices;
    }
    std::size_t slices() const { return locked(m_slices); }
    bool isDiskLow() override { return locked(m_isDiskLow); }
    void setDiskLow(bool isLow)
    {
        const std::scoped_lock lock(m_mutex);
        m_isDiskLow = isLow;
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
    void failOnceWith(Error failure)
    {
        const std::scoped_lock lock(m_mutex);
        m_failure = std::move(failure);
        m_failsOnce = true;
    }
    std::size_t begun() const { return locked(m_inCommit); }
    std::size_t commits() const { return locked(m_commits); }
    std::size_t prepared() const { return locked(m_prepared); } ///< calls of prepare()
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
    using Key = std::pair<std::uint64_t, std::uint64_t>;
    struct FakeGroup final : Group
    {
        std::vector<Stored> stored;
        std::vector<Key> keys;
        CounterSet counters;
        std::uint64_t repeats = 0;
        std::size_t failures = 0;
    };

    static Stored storedOf(const Delivery &delivery)
    {
        Stored stored;
        stored.records = delivery.batch.size();
        stored.key = delivery.key;
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
        return stored;
    }

    template<typename T>
    T locked(const T &value) const
    {
        const std::scoped_lock lock(m_mutex);
        return value;
    }

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::set<Key> m_keys, m_storedKeys;
    std::vector<Stored> m_stored;
    CounterSet m_counters;
    std::optional<Error> m_failure;
    std::size_t m_inCommit = 0;
    std::size_t m_commits = 0;
    std::size_t m_prepared = 0;
    std::size_t m_failures = 0;
    std::size_t m_failuresSeen = 0;
    std::size_t m_checkpoints = 0;
    bool m_isHeld = false;
    bool m_failsOnce = false;
    bool m_isDiskLow = false;
    std::size_t m_slices = 0;
};

} // namespace telltale::test
