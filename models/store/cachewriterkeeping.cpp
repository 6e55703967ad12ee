// SPDX-License-Identifier: GPL-3.0-or-later
// What the writer does between commits: rollups, and removing what is not to be kept.
#include "models/store/cachewriter_p.h"

#include "models/store/cachefile.h"

#include <algorithm>

namespace telltale {
namespace {

/// Background work: so long a transaction at most.
constexpr std::chrono::milliseconds kMaintenanceTime{40};
/// When retention found nothing to remove, so long until it looks again.
constexpr std::chrono::minutes kRetentionPause{10};
constexpr std::uint64_t kMostBytes = 10'000'000'000;
constexpr std::uint64_t kPartOfDisk = 5;
constexpr std::string_view kRemovedCounter = "retention.removed";
constexpr std::string_view kForgottenCounter = "retention.forgotten";

} // namespace

/// The newest arrival or the newest record, whichever is earlier: neither clock alone ages what is kept.
Instant CacheWriter::Private::newestKnown() const
{
    return Instant{std::min(m_newestArrival, m_state.newest.value_or(m_newestArrival))};
}

bool CacheWriter::Private::maintain()
{
    // With a full disk removing is what helps.
    if (!m_options.retention.isUnlimited() && keepTo(m_options.retention)) {
        moveLog();
        return true;
    }
    if (isDiskLow())
        return false;
    const bool hasMore = orRecover([&] {
        Transaction transaction(m_database);
        const auto end = std::chrono::steady_clock::now() + kMaintenanceTime;
        bool isBusy = m_rollups.maintain(m_state.rolledSequence, newestKnown());
        if (!isBusy)
            return false;
        while (isBusy && std::chrono::steady_clock::now() < end)
            isBusy = m_rollups.maintain(m_state.rolledSequence, newestKnown());
        transaction.commit();
        return isBusy;
    });
    moveLog();
    return hasMore;
}

// --- removing --------------------------------------------------------------------------------------------------------

/// A slice; false: nothing is left to do for now.
bool CacheWriter::Private::keepTo(const Retention &retention)
{
    if (m_hasFreePages) {
        m_hasFreePages = m_remover.giveBack();
        if (m_hasFreePages)
            return true;
    }
    const auto now = std::chrono::steady_clock::now();
    if (now < m_nextRetention || m_isOnItsWay)
        return false;
    if (!prune(retention, newestKnown()).isNothing())
        return true;
    m_nextRetention = now + kRetentionPause;
    return false;
}

/// Rollups are flushed first: what is removed is in none of their tails.
template<typename Remove>
Removal CacheWriter::Private::removing(Remove &&remove, std::string_view reason, std::string_view counter,
                                       Instant now)
{
    Removal removal = orRecover([&] {
        Transaction transaction(m_database);
        ++m_state.sequence;
        flushRollups();
        m_state.write();
        Removal removed = remove();
        if (removed.isNothing())
            return removed; // and nothing of this is kept
        m_remover.note(removed, reason, now);
        if (removed.records > 0)
            m_sources.count(counter, removed.records);
        writeNoted();
        transaction.commit();
        return removed;
    });
    m_hasFreePages = m_hasFreePages || !removal.isNothing();
    m_mayHoldOldSessions = !removal.isNothing();
    if (removal.sessions > 0 || removal.hasChangedSessions)
        ++m_failures; // the preparer forgets what it knows about sessions
    recover();
    return removal;
}

Removal CacheWriter::Private::prune(const Retention &retention, Instant now)
{
    Removal removal;
    const bool isTooOld = m_state.oldest && retention.age && Instant{*m_state.oldest} < now - *retention.age;
    if (isTooOld || (retention.age && m_mayHoldOldSessions))
        removal = removing([&] { return m_remover.removeBefore(now - *retention.age); }, "age",
                           kRemovedCounter, now);
    if (removal.isNothing() && retention.bytes > 0 &&
        m_remover.usedBytes() + logBytes(m_path) > retention.bytes) {
        // The log may be all that is too much.
        m_database.checkpoint(true);
        const std::uint64_t used = m_remover.usedBytes();
        if (used > retention.bytes) {
            // With its part of rollups and indexes a record takes more than its segment says. What stays whatever goes
            // makes this too few rather than too many; the next slice measures again.
            const double share = static_cast<double>(used - retention.bytes) / static_cast<double>(used);
            const auto records = static_cast<std::uint64_t>(share * static_cast<double>(m_state.records));
            removal = removing([&] { return m_remover.removeOldest(records); }, "size", kRemovedCounter, now);
        }
    }
    return removal;
}

Removal CacheWriter::Private::forgetUser(std::string_view key, Instant now)
{
    m_database.execute("PRAGMA secure_delete = ON");
    Removal removal = removing([&] { return m_remover.removeUser(key); }, "person", kForgottenCounter, now);
    ++m_failures;
    return removal;
}

void CacheWriter::Private::dropRollups()
{
    orRecover([&] {
        Transaction transaction(m_database);
        ++m_state.sequence;
        flushRollups();
        m_rollups.invalidate({});
        m_state.write();
        transaction.commit();
    });
}

void CacheWriter::Private::giveBack()
{
    while (m_remover.giveBack())
        moveLog();
    m_hasFreePages = false;
    m_database.checkpoint(true);
}

void CacheWriter::Private::writeAnew()
{
    m_database.vacuum();
    m_hasFreePages = false;
    m_database.checkpoint(true);
}

Retention defaultRetention(const std::filesystem::path &cache)
{
    const std::uint64_t room = freeBytes(cache.has_parent_path() ? cache.parent_path() : ".");
    Retention retention;
    retention.bytes = std::min(kMostBytes, (room + cacheBytes(cache)) / kPartOfDisk);
    return retention;
}

} // namespace telltale
