// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"
#include "models/store/readertexts.h"
#include "models/store/sqlite.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace telltale {

/// The last instant of a range; the end of an open range is inside, as times are clamped to it.
Instant lastOf(TimeRange range);

/// Reads what a cache keeps as rows: errors, groups, sessions, sources, counters, series. Functions throw.
class ReaderRows
{
public:
    ReaderRows(std::shared_ptr<Database> database, std::shared_ptr<ReaderTexts> texts,
               std::filesystem::path path);

    void forEachError(TimeRange range, bool withText, const std::function<bool(const StoredError &)> &visit);
    void forEachErrorOf(SessionId session, bool withText,
                        const std::function<bool(const StoredError &)> &visit);
    /// The newest first.
    void forEachErrorOfGroup(std::uint64_t group, TimeRange range, bool withText,
                             const std::function<bool(const StoredError &)> &visit);
    /// Those after rollup_state.error.
    void forEachErrorNotRolledUp(TimeRange range, bool withText,
                                 const std::function<bool(const StoredError &)> &visit);
    std::vector<StoredErrorGroup> errorGroups();
    std::vector<TriageDecision> triage();
    std::vector<Document> documents(std::string_view kind);
    void forEachSession(TimeRange range, const std::function<bool(const StoredSession &)> &visit);
    void forEachSessionAcross(Instant moment, const std::function<void(SessionId, Instant)> &visit);
    /// The newest first.
    void forEachSessionStart(Instant to, const std::function<bool(SessionId, Instant)> &visit);
    StoredSession session(SessionId id);
    UserId userOfSession(SessionId id);
    std::vector<StoredSource> sources();
    std::vector<StoredCounter> counters();
    CacheSummary summary();
    std::vector<StoredRemoval> removals();
    /// By id; those that are not there have id 0.
    std::vector<StoredSeries> series();

private:
    std::int64_t longestSession(); ///< nanoseconds
    void errorOf(Statement &row, bool withText, StoredError &error);
    StoredSession sessionOf(Statement &row);
    void visitErrors(Statement &rows, TimeRange range, bool withText,
                     const std::function<bool(const StoredError &)> &visit);

    std::shared_ptr<Database> m_database;
    std::shared_ptr<ReaderTexts> m_texts;
    std::filesystem::path m_path;
    Statement m_errors, m_errorsWithText, m_errorsOf, m_errorsOfGroup, m_errorsOfGroupWithText, m_newErrors,
        m_newErrorsWithText, m_userOfSession, m_groups, m_sessions, m_sessionStarts, m_sessionsBefore,
        m_longBefore, m_session, m_longest, m_sources, m_releases, m_counters, m_summary, m_removals,
        m_series, m_triage, m_documents;
};

} // namespace telltale
