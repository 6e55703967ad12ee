// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/idset.h"
#include "models/store/rollupcolumns.h"
#include "models/telemetry/document.h"
#include "models/telemetry/recordbatch.h"
#include "models/telemetry/result.h"
#include "models/telemetry/triage.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Ids of the cache's own dictionaries; 0 is "none" in all of them. Stable for the life of the file.
using DictionaryId = std::uint32_t; ///< names, features, screens, attribute keys, types...
using UserId = std::uint32_t;
using SessionId = std::uint32_t;
using OriginId = std::uint32_t;

/// A resource and scope, resolved.
struct StoredOrigin
{
    OriginId id = 0;
    std::string product, environment, release, os, device, country;
    Value::Map resourceAttributes;
    std::string scopeName, scopeVersion, schemaUrl;
    Value::Map scopeAttributes;
};

/// Where a block of records lies, without its columns.
struct SegmentInfo
{
    std::int64_t id = 0;
    RecordKind kind = RecordKind::Log;
    std::uint32_t count = 0;
    Instant first;           ///< smallest record time
    Instant last;            ///< largest record time
    bool isRolledUp = false; ///< its records are in the rollups; false: add them to what rollups() says
};

/// What a metric series is, beside its points.
struct StoredSeries
{
    std::uint32_t id = 0;
    std::string name, unit, description;
    MetricKind kind = MetricKind::Gauge;
    Temporality temporality = Temporality::Unspecified;
    bool isMonotonic = false;
    Value::Map attributes; ///< of its points
    friend bool operator==(const StoredSeries &, const StoredSeries &) = default;
};

/// An Exemplar that owns its attributes.
struct StoredExemplar
{
    Instant time;
    double value = 0;
    std::int64_t integer = 0;
    bool isInteger = false;
    TraceContext trace;
    Value::Map attributes;
    friend bool operator==(const StoredExemplar &, const StoredExemplar &) = default;
};

/// One point of a metric. In `detail`, unit and description are left out (see CacheReader::series()) and exemplars are
/// beside it.
struct StoredMetric
{
    std::uint32_t series = 0;
    MetricDetail detail;
    std::vector<StoredExemplar> exemplars;
};

/// The columns of a segment; see segmentcodec.h for how they lie.
enum class SegmentColumn {
    Times,
    Arrivals,
    Durations,
    Names,
    Features,
    Screens,
    Users,
    Sessions,
    Origins,
    Severities,
    Count
};

/// Some columns: a sum of columnBit()s.
using SegmentColumns = std::uint32_t;
constexpr SegmentColumns columnBit(SegmentColumn column)
{
    return SegmentColumns{1} << static_cast<unsigned>(column);
}
inline constexpr SegmentColumns kEveryColumn = columnBit(SegmentColumn::Count) - 1;

/// How much of a segment is read from the disk.
enum class SegmentParts {
    Columns, ///< the spans of columns only; attributes, traces and metrics answer as if there were none
    All,
};

/// Whether a segment is worth remembering.
enum class SegmentUse {
    Again, ///< likely to be asked for again soon: remembered within the reader's budget of memory
    Once, ///< one of more than memory holds: what is remembered is used, nothing is added, nothing pushed out
};

/// What somebody wants to know about the values of an attribute. Each distinct text of a segment is asked about once,
/// however many rows have it.
class AttributeTest
{
public:
    virtual ~AttributeTest() = default;
    virtual bool accepts(std::string_view text) = 0;
    virtual bool accepts(std::int64_t number) = 0;
    virtual bool accepts(double number) = 0;
    /// Null, booleans, bytes, arrays and maps.
    virtual bool acceptsOther(const Value &value) = 0;
    bool acceptsValue(const Value &value);
};

/// Text, an array or a map: what full-text search looks into.
bool isProse(const Value &value);

/// A column that is stored with a byte a row: the bytes, and the values that they stand for.
struct ByteColumn
{
    std::span<const std::uint8_t> codes; ///< lasts as long as the segment
    std::array<std::uint32_t, 256> values{};
};

/// The columns of one segment, checked against their checksum. Immutable; shared between threads. Columns are natural
/// arrays of count() elements; those of attributes and traces are decoded when first asked for.
class Segment
{
public:
    virtual ~Segment() = default;
    virtual const SegmentInfo &info() const = 0;
    std::uint32_t count() const { return info().count; }

    virtual std::span<const std::int64_t> times() const = 0;     ///< ns since the epoch
    virtual std::span<const std::int64_t> arrivals() const = 0;  ///< ns since the epoch, by our clock
    virtual std::span<const std::int64_t> durations() const = 0; ///< ns, kNoDuration where unknown
    virtual std::span<const DictionaryId> names() const = 0;
    virtual std::span<const DictionaryId> features() const = 0;
    virtual std::span<const DictionaryId> screens() const = 0;
    virtual std::span<const UserId> users() const = 0;       ///< resolve with CacheReader::canonicalUser()
    virtual std::span<const SessionId> sessions() const = 0; ///< resolve with CacheReader::canonicalSession()
    virtual std::span<const OriginId> origins() const = 0;
    virtual std::span<const std::uint8_t> severities() const = 0;

    virtual TraceContext trace(std::uint32_t row) const = 0;
    /// Kind Span only.
    virtual SpanDetail span(std::uint32_t row) const = 0;
    /// Kind MetricPoint only. Complete but for what its series knows (kind, temporality, monotony are filled in).
    virtual StoredMetric metric(std::uint32_t row) const = 0;
    /// All attributes of one row in the order sent, fields of fieldkey among them.
    virtual Value::Map attributes(std::uint32_t row) const = 0;
    /// Calls `visit(row, value)` for every row that has the attribute, decoding only that column.
    virtual void
    forEachAttribute(std::string_view key,
                     const std::function<void(std::uint32_t row, const Value &value)> &visit) const = 0;

    /// The value that all rows have, where that is known without decoding the column.
    virtual std::optional<std::int64_t> constant(SegmentColumn) const { return std::nullopt; }
    /// A column of ids as it is stored, when that is as bytes: 256 tests then decide all rows. False: read its span.
    virtual bool asBytes(SegmentColumn, ByteColumn &) const { return false; }
    /// Sets hits[row] to 1 for every row with an attribute of this name that the test accepts; leaves the others. Decodes
    /// only that column, and nothing when no row has one. `hits` has count() elements.
    virtual void markAttribute(std::string_view key, AttributeTest &test, std::span<std::uint8_t> hits) const;
    /// The same for texts, arrays and maps of all attributes, fields of fieldkey that people write among them (body, status
    /// message): numbers and booleans are not asked about.
    virtual void markTexts(AttributeTest &test, std::span<std::uint8_t> hits) const;
};

/// One stored error with everything about it.
struct StoredError
{
    std::int64_t id = 0;
    Instant time, arrival;
    std::uint64_t group = 0;
    UserId user = 0;
    SessionId session = 0;
    OriginId origin = 0;
    DictionaryId name = 0; ///< event name
    DictionaryId screen = 0;
    std::uint8_t severity = 0;
    bool isUnhandled = false;
    std::string type, message, stack;
    TraceContext trace;
    Value::Map attributes;
};

/// A group of errors as the store knows it over all time.
struct StoredErrorGroup
{
    std::uint64_t key = 0;
    std::uint32_t ruleVersion = 0;
    std::string type, message, culprit; ///< message: of the newest occurrence
    std::string state;                  ///< "new" until somebody decides otherwise
    std::uint64_t events = 0;
    Instant firstSeen, lastSeen;
};

/// A session over all its records (usage events, screen views, errors, logs, spans, session bounds).
struct StoredSession
{
    SessionId id = 0;
    std::string key;        ///< session.id as sent; for sessions formed by us "user@start"
    bool isDerived = false; ///< formed by us from records without session.id
    UserId user = 0;        ///< of its earliest record that names one
    OriginId origin = 0;    ///< of its earliest record
    Instant start, end;     ///< first and last record; Instant::min(): only metric points name it
    std::uint64_t events = 0, screens = 0, errors = 0, logs = 0, spans = 0;
    std::string previous; ///< session.previous_id of its bounds; empty when not said
};

/// One stored part of a bucket of rollups. Columns point into it: they last as long as the visit.
struct RollupPart
{
    RollupFamily family = RollupFamily::All;
    RollupLevel level = RollupLevel::Quarter;
    std::int64_t bucket = 0; ///< see bucketStart()
    RollupColumns columns;
};

/// What rollups know at present. Parts of buckets, gaps and the segments that are not isRolledUp together say what all
/// segments say; errors likewise.
struct RollupInfo
{
    bool isKept = false;         ///< false: there are no rollups here
    Instant minutesFrom;         ///< buckets of minutes are kept from here on
    std::vector<TimeRange> gaps; ///< nothing is known about these: scan
};

/// When rollups last said something else: numbers that only rise, whatever happens to the file.
struct RollupChanges
{
    std::int64_t everything = 0; ///< the newest change that may have been about any time
    std::vector<std::pair<std::int64_t, std::int64_t>> days; ///< UTC days since 1970, in order, and the newest change of each
};

/// What one source sent so far.
struct StoredSource
{
    std::string name;     ///< product, with its os where known: "Stride Android"
    std::string protocol; ///< "otlp/http"
    std::string product, os;
    std::vector<std::string> releases;
    Instant firstArrival, lastArrival, lastEvent; ///< arrivals by our clock, lastEvent by theirs
    std::uint64_t requests = 0, records = 0, rejected = 0, duplicates = 0, dropped = 0;
};

struct StoredCounter
{
    std::string name;
    std::uint64_t count = 0;
};

/// What was removed on one day for one reason.
struct StoredRemoval
{
    Instant day;            ///< its start, UTC
    std::string reason;     ///< "age", "size", "person"
    Instant oldest, newest; ///< of the records removed
    std::uint64_t records = 0, sessions = 0;
};

/// How much is kept, for the status bar.
struct CacheSummary
{
    std::uint64_t records = 0;             ///< of all kinds
    std::uint64_t bytes = 0;               ///< on disk, log included
    std::optional<Instant> oldest, newest; ///< record times
};

/// Reads a cache through a connection of its own that can not write, also while another process writes it. One reader
/// belongs to one thread at a time; open as many as there are threads. While that thread is inside a Snapshot, helpers of
/// its may call segment(), string(), userKey(), sessionKey(), origin() and canonicalSession() at the same time; segments are
/// read through further connections then, so that nobody waits.
///
/// All reading happens inside a Snapshot, which sees one commit throughout and should live for one question only: as
/// long as it lives, the log can not be shortened.
class CacheReader
{
public:
    /// Errors: NotFound, Unsupported (a newer schema, or no cache at all), Damaged, Io.
    static Result<std::unique_ptr<CacheReader>> open(const std::filesystem::path &path);
    virtual ~CacheReader() = default;

    /// Changes when anything was committed, by this process or another. Cheap enough to poll ten times a second.
    virtual std::uint64_t dataVersion() = 0;

    class Snapshot
    {
    public:
        explicit Snapshot(CacheReader &reader)
            : m_reader(reader)
        {
            m_reader.beginSnapshot();
        }
        ~Snapshot() { m_reader.endSnapshot(); }
        Snapshot(const Snapshot &) = delete;
        Snapshot &operator=(const Snapshot &) = delete;

    private:
        CacheReader &m_reader;
    };

    // --- dictionaries; answers are remembered, so asking again costs an array access -----------------------------
    virtual std::string_view string(DictionaryId id) = 0;
    virtual std::optional<DictionaryId> findString(std::string_view text) = 0;
    /// Of the canonical user.
    virtual std::string_view userKey(UserId id) = 0;
    virtual std::optional<UserId> findUser(std::string_view key) = 0; ///< the canonical one
    /// Users that turned out to be one, because somebody without a name said who that is, share the canonical id. Only
    /// columns and rollups have others.
    virtual UserId canonicalUser(UserId id) { return id; }
    /// False: every user is its own canonical one, there is no need to ask.
    virtual bool hasJoinedUsers() { return false; }
    /// Ids of users that turned out to be another one, and that one, in order.
    virtual std::vector<std::pair<UserId, UserId>> userAliases() { return {}; }
    virtual const StoredOrigin &origin(OriginId id) = 0;
    virtual std::vector<OriginId> origins() = 0; ///< all ids
    /// Sessions without id that turned out to be one, joined by a late record, share the canonical id.
    virtual SessionId canonicalSession(SessionId id) = 0;
    /// False: every session is its own canonical one, there is no need to ask.
    virtual bool hasJoinedSessions() { return true; }
    virtual std::string_view sessionKey(SessionId id) = 0;
    virtual std::optional<SessionId> findSession(std::string_view key) = 0;

    // --- columns ---------------------------------------------------------------------------------------------------
    /// Segments of one kind (UsageEvent, ScreenView, Log, Span, MetricPoint, SessionBound) that may hold records in the
    /// range, oldest first.
    virtual Result<std::vector<SegmentInfo>> segments(RecordKind kind, TimeRange range) = 0;
    /// The same, only those that may hold records of this session.
    virtual Result<std::vector<SegmentInfo>> segmentsOfSession(RecordKind kind, SessionId session) = 0;
    /// Error: Damaged (counted; leave it out and say so), NotFound. Cost: one read; memory-cached within limits. Of a segment
    /// whose columns are read once only these need be there: do not ask it for others.
    virtual Result<std::shared_ptr<const Segment>> segment(const SegmentInfo &info,
                                                           SegmentParts parts = SegmentParts::All,
                                                           SegmentUse use = SegmentUse::Again,
                                                           SegmentColumns columns = kEveryColumn) = 0;
    /// What a metric series is; nothing when there is none.
    virtual std::optional<StoredSeries> series(std::uint32_t id) = 0;

    // --- rollups -----------------------------------------------------------------------------------------------------
    // A cache without rollups says so in rollupInfo(); nothing else here is asked of it then.
    virtual Result<RollupInfo> rollupInfo() { return RollupInfo(); }
    /// Visits the stored parts of the buckets [from, to) in order of time, minutes in that of their quarters, reading `parts` (RollupParts) of them. Of a
    /// coarse bucket there is one part or none: what is not there is asked of finer ones, down to finestLevel(), and to
    /// quarters before minutesFrom. There, what is not there is nothing, and there may be several parts. Error: Damaged.
    /// Cost: what the buckets hold, not what history holds.
    virtual Result<void> forEachRollup(RollupFamily, RollupLevel, std::int64_t /*from*/, std::int64_t /*to*/,
                                       unsigned /*parts*/, const std::function<void(const RollupPart &)> &)
    {
        return {};
    }
    /// From the first to the last bucket of the finest level that a family has, in whole quarters; nothing when there is none.
    virtual Result<std::optional<TimeRange>> rollupExtent(RollupFamily) { return std::optional<TimeRange>(); }
    /// Building coarse buckets of fine ones, or one part of several, is no change. Cost: a row a day.
    virtual Result<RollupChanges> rollupChanges() { return RollupChanges(); }
    virtual Result<std::vector<StoredEdition>> editions() { return std::vector<StoredEdition>(); }
    /// The segments of a kind that are not isRolledUp and may hold records in the range. Cost: how many there are.
    virtual Result<std::vector<SegmentInfo>> segmentsNotRolledUp(RecordKind kind, TimeRange range)
    {
        return segments(kind, range);
    }
    /// Like forEachError(), only those that are not in the rollups yet, in order of arrival.
    virtual Result<void> forEachErrorNotRolledUp(TimeRange range, bool withText,
                                                 const std::function<bool(const StoredError &)> &visit)
    {
        return forEachError(range, withText, visit);
    }
    /// Ids of sessions that turned out to be another one, and that one, in order.
    virtual std::vector<std::pair<SessionId, SessionId>> sessionAliases() { return {}; }
    /// Of the session with exactly this id, canonical or not; 0: none.
    virtual UserId userOfSession(SessionId) { return 0; }
    /// Visits all sessions (canonical) that began before the moment and may have gone on at it: those that did are among
    /// them. Cost: an entry of an index for each session of the hour before, and for each longer one.
    virtual Result<void> forEachSessionAcross(Instant moment,
                                              const std::function<void(SessionId, Instant start)> &visit)
    {
        return forEachSessionStart(moment, [&visit](SessionId session, Instant start) {
            visit(session, start);
            return true;
        });
    }
    /// Visits all sessions (canonical) that begin before `to`, the newest start first, until `visit` returns false. Cost: an
    /// entry of an index each.
    virtual Result<void> forEachSessionStart(Instant /*to*/,
                                             const std::function<bool(SessionId, Instant start)> &)
    {
        return {};
    }

    // --- rows ------------------------------------------------------------------------------------------------------
    /// Visits errors in the range in order of time until `visit` returns false. Heavy fields (stack, message,
    /// attributes) are filled only when `withText`.
    virtual Result<void> forEachError(TimeRange range, bool withText,
                                      const std::function<bool(const StoredError &)> &visit) = 0;
    /// The same for the errors of one session (canonical), whenever they were.
    virtual Result<void> forEachErrorOf(SessionId session, bool withText,
                                        const std::function<bool(const StoredError &)> &visit) = 0;
    /// The same for the errors of one group in the range, the newest first. Cost: those visited.
    virtual Result<void> forEachErrorOfGroup(std::uint64_t group, TimeRange range, bool withText,
                                             const std::function<bool(const StoredError &)> &visit) = 0;
    virtual Result<std::vector<StoredErrorGroup>> errorGroups() = 0;
    /// Visits sessions that overlap the range, until `visit` returns false.
    virtual Result<void> forEachSession(TimeRange range,
                                        const std::function<bool(const StoredSession &)> &visit) = 0;
    virtual Result<StoredSession> session(SessionId id) = 0;
    virtual Result<std::vector<StoredSource>> sources() = 0;
    virtual Result<std::vector<StoredCounter>> counters() = 0;
    virtual Result<CacheSummary> summary() = 0;
    /// Documents of a kind, of all for an empty one, in the order in which they first came.
    virtual Result<std::vector<Document>> documents(std::string_view /*kind*/) { return std::vector<Document>(); }
    /// What was decided about groups of errors, in that order.
    virtual Result<std::vector<TriageDecision>> triage() { return std::vector<TriageDecision>(); }
    /// What was removed so far, the newest first.
    virtual Result<std::vector<StoredRemoval>> removals() { return std::vector<StoredRemoval>(); }

protected:
    virtual void beginSnapshot() = 0;
    virtual void endSnapshot() = 0;
};

} // namespace telltale
