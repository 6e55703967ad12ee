// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/removal.h"
#include "models/store/rollupwriter.h"
#include "models/store/segmenttable.h"
#include "models/store/sqlite.h"

#include <set>
#include <string_view>
#include <vector>

namespace telltale {

/// Removes records with all that was made of them: segments, errors, sessions without a record left, rollups. Groups of
/// errors stay: that an error was known is no record. Inside the caller's transaction, after the rollups were flushed.
/// Functions throw.
class RecordRemover
{
public:
    RecordRemover(Database &database, SegmentTable &segments, RollupWriter &rollups);

    /// A slice of what lies before a time: segments whose last record does, errors, then sessions. Nothing removed: there
    /// is no more of it. Cost: some ten milliseconds.
    Removal removeBefore(Instant before);
    /// A slice of the oldest segments, with about so many records at most but at least one segment, and what is as old as
    /// they are.
    Removal removeOldest(std::uint64_t records);
    /// All of one person: records that name the user or lie in a session of theirs, errors, sessions, the name. Cost: reads
    /// all segments.
    Removal removeUser(std::string_view key);

    /// Adds to what the cache says about removals.
    void note(const Removal &removal, std::string_view reason, Instant when);
    /// How much of the file is in use, log aside, in bytes.
    std::uint64_t usedBytes();
    /// Gives some of what is free in the file back to the system. False: there was nothing. Cost: some ten milliseconds.
    bool giveBack();

private:
    struct Found
    {
        std::int64_t id, first, last;
        std::uint64_t count;
    };
    std::vector<Found> oldest(Instant before, int most);
    Removal removeSegments(const std::vector<Found> &found);
    Removal removeErrors(Instant before);
    std::uint64_t removeSessions(Instant before);
    /// Whose records are looked for, and which metric series theirs and others' points are of.
    struct Person
    {
        std::vector<std::uint32_t> users; ///< in order: what the person was called before is the person too
        std::vector<std::uint32_t> sessions; ///< in order
        std::set<std::uint32_t> series, seriesOfOthers;

        bool has(std::uint32_t ofUser, std::uint32_t ofSession) const;
    };
    Person find(std::string_view key);
    Removal filterSegment(std::int64_t id, Person &person);
    void forgetSeries(const Person &person);
    void finish(const Removal &removal);

    Database &m_database;
    SegmentTable &m_segments;
    RollupWriter &m_rollups;
    Statement m_oldest, m_errorTimes, m_uncountErrors, m_removeErrors, m_removeSessions, m_removeAliases,
        m_keepIds, m_updateState, m_note;
};

} // namespace telltale
