// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"

#include <map>
#include <string>
#include <vector>

namespace telltale {

/// A record in plain words, as tests write them.
struct PlainRecord
{
    RecordKind kind = RecordKind::Log;
    std::int64_t time = 0;
    std::int64_t arrival = 0;
    std::int64_t duration = kNoDuration;
    std::string name, feature, screen, user, session;
    std::string product = "stride", environment = "production", release, os, device, country;
    Value::Map resource;
    std::uint8_t severity = 0;
    std::string type, message, stack; ///< errors
    bool isUnhandled = false;
    std::uint64_t group = 0;
    Value::Map attributes;

    std::string sessionKey; ///< set by MemoryCache: `session`, or of a session formed by it
};

/// A cache that lives in memory: segments of `segmentSize` records in the order given. Sessions without id are formed by a
/// gap of 30 minutes. Not fast, but simple enough to be believed.
class MemoryCache final : public CacheReader
{
public:
    explicit MemoryCache(std::vector<PlainRecord> records, std::size_t segmentSize = 64);
    ~MemoryCache() override;

    const std::vector<PlainRecord> &records() const { return m_records; }
    void damageSegment(std::int64_t id) { m_damaged = id; }
    int openSnapshots() const { return m_openSnapshots; }
    std::vector<StoredSource> sourceList;
    std::vector<StoredCounter> counterList;

    std::uint64_t dataVersion() override { return 1; }
    std::string_view string(DictionaryId id) override { return m_strings[id]; }
    std::optional<DictionaryId> findString(std::string_view text) override;
    std::string_view userKey(UserId id) override { return m_users[id]; }
    std::optional<UserId> findUser(std::string_view key) override;
    const StoredOrigin &origin(OriginId id) override { return m_origins[id]; }
    std::vector<OriginId> origins() override;
    SessionId canonicalSession(SessionId id) override { return id; }
    std::string_view sessionKey(SessionId id) override { return m_sessionKeys[id]; }
    std::optional<SessionId> findSession(std::string_view key) override;
    Result<std::vector<SegmentInfo>> segments(RecordKind kind, TimeRange range) override;
    Result<std::vector<SegmentInfo>> segmentsOfSession(RecordKind kind, SessionId session) override;
    Result<std::shared_ptr<const Segment>> segment(const SegmentInfo &info, SegmentParts parts,
                                                   SegmentUse use, SegmentColumns columns) override;
    std::optional<StoredSeries> series(std::uint32_t) override { return std::nullopt; }
    Result<void> forEachError(TimeRange range, bool withText,
                              const std::function<bool(const StoredError &)> &visit) override;
    Result<void> forEachErrorOf(SessionId session, bool withText,
                                const std::function<bool(const StoredError &)> &visit) override;
    Result<void> forEachErrorOfGroup(std::uint64_t group, TimeRange range, bool withText,
                                     const std::function<bool(const StoredError &)> &visit) override;
    Result<std::vector<StoredErrorGroup>> errorGroups() override;
    Result<void> forEachSession(TimeRange range,
                                const std::function<bool(const StoredSession &)> &visit) override;
    Result<void> forEachSessionStart(Instant to,
                                     const std::function<bool(SessionId, Instant start)> &visit) override;
    Result<StoredSession> session(SessionId id) override;
    Result<std::vector<StoredSource>> sources() override { return sourceList; }
    Result<std::vector<StoredCounter>> counters() override { return counterList; }
    Result<CacheSummary> summary() override;

protected:
    void beginSnapshot() override { ++m_openSnapshots; }
    void endSnapshot() override { --m_openSnapshots; }

private:
    class MemorySegment;
    void formSessions();
    void makeSegments(std::size_t size);
    std::uint32_t intern(std::vector<std::string> &list, const std::string &text);
    OriginId internOrigin(const PlainRecord &record);
    StoredSession describe(SessionId id, const std::vector<const PlainRecord *> &records);

    std::vector<PlainRecord> m_records;
    std::vector<std::string> m_strings{""}, m_users{""}, m_sessionKeys{""};
    std::vector<StoredOrigin> m_origins{StoredOrigin{}};
    std::vector<std::shared_ptr<const MemorySegment>> m_segments;
    std::vector<StoredError> m_errors; ///< by time
    std::map<SessionId, StoredSession> m_sessions;
    std::int64_t m_damaged = -1;
    int m_openSnapshots = 0;
};

} // namespace telltale
