// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/recordremover.h"

#include "models/store/numbercolumn.h"
#include "models/store/segmentrows.h"
#include "models/store/sessionkey.h"
#include "models/store/userjoins.h"

#include <algorithm>

namespace telltale {
namespace {

/// A slice, so that commits need not wait long.
constexpr int kSegmentsAtOnce = 128;
constexpr int kRowsAtOnce = 4'096;
constexpr int kPagesAtOnce = 2'048; // 8 MiB
constexpr std::int64_t kDay = 86'400'000'000'000;

/// Just after.
Instant after(std::int64_t last)
{
    return Instant{last} + std::chrono::nanoseconds(1);
}

/// "(1,2,3)"
std::string listOf(const std::vector<std::uint32_t> &ids)
{
    std::string list;
    for (const std::uint32_t id : ids)
        list += (list.empty() ? "(" : ",") + std::to_string(id);
    return list + ")";
}

/// Takes the errors that `doomed` selects from what their sessions count.
std::string uncount(const std::string &doomed)
{
    return "UPDATE sessions SET errors = max(errors - gone.count, 0) FROM"
           " (SELECT iif(of.alias_of != 0, of.alias_of, of.id) AS id, count(*) AS count"
           "  FROM (" +
           doomed +
           ") AS e JOIN sessions AS of ON of.id = e.session GROUP BY 1) AS gone"
           " WHERE sessions.id = gone.id";
}

template<typename T>
void keepRows(std::vector<T> &column, const std::vector<bool> &isKept)
{
    if (column.empty())
        return; // a kind without it
    std::size_t to = 0;
    for (std::size_t row = 0; row < isKept.size(); ++row) {
        if (isKept[row])
            column[to++] = column[row];
    }
    column.resize(to);
}

/// Only the rows that are kept, in their order.
void keepRows(SegmentRows &rows, const std::vector<bool> &isKept)
{
    std::vector<RowAttribute> attributes;
    std::vector<std::uint32_t> ends;
    for (std::size_t row = 0; row < isKept.size(); ++row) {
        if (!isKept[row])
            continue;
        const std::uint32_t begin = row == 0 ? 0 : rows.attributeEnds[row - 1];
        attributes.insert(attributes.end(), rows.attributes.begin() + begin,
                          rows.attributes.begin() + rows.attributeEnds[row]);
        ends.push_back(static_cast<std::uint32_t>(attributes.size()));
    }
    rows.attributes = std::move(attributes);
    rows.attributeEnds = std::move(ends);
    keepRows(rows.times, isKept);
    keepRows(rows.arrivals, isKept);
    keepRows(rows.durations, isKept);
    keepRows(rows.names, isKept);
    keepRows(rows.features, isKept);
    keepRows(rows.screens, isKept);
    keepRows(rows.users, isKept);
    keepRows(rows.sessions, isKept);
    keepRows(rows.origins, isKept);
    keepRows(rows.severities, isKept);
    keepRows(rows.traces, isKept);
    keepRows(rows.spans, isKept);
    keepRows(rows.metrics, isKept);
}

} // namespace

RecordRemover::RecordRemover(Database &database, SegmentTable &segments, RollupWriter &rollups)
    : m_database(database)
    , m_segments(segments)
    , m_rollups(rollups)
    , m_oldest(database, "SELECT id, first, last, count FROM segments WHERE last < :before"
                         " ORDER BY last, id LIMIT :most")
    , m_errorTimes(database, "SELECT count(*), min(time), max(time) FROM (SELECT time FROM errors"
                             " WHERE time < :before ORDER BY time, id LIMIT :most)")
    , m_uncountErrors(database, uncount("SELECT session FROM errors WHERE time < :before"
                                        " ORDER BY time, id LIMIT :most"))
    , m_removeErrors(database, "DELETE FROM errors WHERE id IN (SELECT id FROM errors WHERE time < :before"
                               " ORDER BY time, id LIMIT :most)")
    // What overlaps the oldest record that is left may have one in it.
    , m_removeSessions(
          database, "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE alias_of = 0"
                    " AND start < :before AND start > -9223372036854775808 AND start + length < min(:before,"
                    "  coalesce((SELECT min(first) FROM segments), 9223372036854775807),"
                    "  coalesce((SELECT min(time) FROM errors), 9223372036854775807))"
                    " ORDER BY start LIMIT :most)")
    , m_removeAliases(database, "DELETE FROM sessions WHERE alias_of != 0 AND NOT EXISTS"
                                " (SELECT 1 FROM sessions AS s WHERE s.id = sessions.alias_of)")
    , m_keepIds(database, "UPDATE state SET last_segment ="
                          " max(last_segment, (SELECT coalesce(max(id), 0) FROM segments)), last_session ="
                          " max(last_session, (SELECT coalesce(max(id), 0) FROM sessions))")
    , m_updateState(database,
                    "UPDATE state SET records = max(records - :records, 0), oldest = (SELECT min(t) FROM"
                    " (SELECT min(first) AS t FROM segments UNION ALL SELECT min(time) FROM errors)),"
                    " newest = (SELECT max(t) FROM"
                    " (SELECT max(last) AS t FROM segments UNION ALL SELECT max(time) FROM errors))")
    , m_note(database,
             "INSERT INTO removals (day, reason, oldest, newest, records, sessions)"
             " VALUES (:day, :reason, :oldest, :newest, :records, :sessions) ON CONFLICT (day, reason)"
             " DO UPDATE SET oldest = min(oldest, excluded.oldest), newest = max(newest, excluded.newest),"
             " records = records + excluded.records, sessions = sessions + excluded.sessions")
{}

std::vector<RecordRemover::Found> RecordRemover::oldest(Instant before, int most)
{
    std::vector<Found> found;
    const StatementScope scope(m_oldest);
    m_oldest.bind(":before", before.ns).bind(":most", most);
    while (m_oldest.step())
        found.push_back(
            {m_oldest.integer(0), m_oldest.integer(1), m_oldest.integer(2), m_oldest.unsignedInteger(3)});
    return found;
}

Removal RecordRemover::removeSegments(const std::vector<Found> &found)
{
    Removal removal;
    for (const Found &segment : found) {
        m_segments.remove(segment.id);
        removal.records += segment.count;
        removal.include({{segment.first}, after(segment.last)});
    }
    return removal;
}

Removal RecordRemover::removeErrors(Instant before)
{
    Removal removal;
    {
        const StatementScope scope(m_errorTimes);
        m_errorTimes.bind(":before", before.ns).bind(":most", kRowsAtOnce);
        m_errorTimes.step();
        removal.records = m_errorTimes.unsignedInteger(0);
        if (removal.records == 0)
            return removal;
        removal.include({{m_errorTimes.integer(1)}, after(m_errorTimes.integer(2))});
    }
    m_uncountErrors.bind(":before", before.ns).bind(":most", kRowsAtOnce).execute();
    removal.hasChangedSessions = m_database.integer("SELECT changes()") > 0;
    m_removeErrors.bind(":before", before.ns).bind(":most", kRowsAtOnce).execute();
    return removal;
}

std::uint64_t RecordRemover::removeSessions(Instant before)
{
    m_removeSessions.bind(":before", before.ns).bind(":most", kRowsAtOnce).execute();
    const std::int64_t removed = m_database.integer("SELECT changes()");
    if (removed > 0)
        m_removeAliases.execute();
    return static_cast<std::uint64_t>(removed);
}

void RecordRemover::finish(const Removal &removal)
{
    if (removal.records == 0)
        return;
    m_rollups.invalidate(removal.range);
    m_updateState.bind(":records", removal.records).execute();
}

Removal RecordRemover::removeBefore(Instant before)
{
    m_keepIds.execute();
    Removal removal = removeSegments(oldest(before, kSegmentsAtOnce));
    removal.add(removeErrors(before));
    finish(removal);
    removal.sessions = removeSessions(before);
    return removal;
}

Removal RecordRemover::removeOldest(std::uint64_t records)
{
    std::vector<Found> found = oldest(Instant::max(), kSegmentsAtOnce);
    std::uint64_t sum = 0;
    const auto enough = std::find_if(found.begin(), found.end(), [&](const Found &segment) {
        sum += segment.count;
        return sum >= records;
    });
    if (enough != found.end())
        found.erase(enough + 1, found.end());
    if (found.empty())
        return removeBefore(Instant::max());
    m_keepIds.execute();
    Removal removal = removeSegments(found);
    const Instant before = after(found.back().last);
    for (Removal errors = removeErrors(before); !errors.isNothing(); errors = removeErrors(before))
        removal.add(errors);
    finish(removal);
    removal.sessions = removeSessions(before);
    return removal;
}

bool RecordRemover::Person::has(std::uint32_t ofUser, std::uint32_t ofSession) const
{
    return std::binary_search(users.begin(), users.end(), ofUser) ||
           std::binary_search(sessions.begin(), sessions.end(), ofSession);
}

RecordRemover::Person RecordRemover::find(std::string_view key)
{
    Person person;
    {
        Statement find(m_database, "SELECT id FROM users WHERE hash = :hash AND text = :text");
        find.bind(":hash", textHash(key)).bindText(":text", key);
        if (!find.step())
            throw StoreFailure{Error{Error::Code::NotFound, "there is no user '" + std::string(key) + "'"}};
        UserJoinTable table(m_database);
        table.refresh();
        person.users = table.joins().idsOf(find.id(0));
    }
    const std::string theirs = "SELECT id FROM sessions WHERE user IN " + listOf(person.users);
    Statement of(m_database, theirs + " UNION SELECT id FROM sessions WHERE alias_of != 0 AND alias_of IN (" +
                                 theirs + ") ORDER BY 1");
    while (of.step())
        person.sessions.push_back(of.id(0));
    return person;
}

Removal RecordRemover::removeUser(std::string_view key)
{
    Person person = find(key);
    m_keepIds.execute();
    Removal removal;
    std::vector<std::int64_t> segments;
    {
        Statement all(m_database, "SELECT id FROM segments WHERE is_damaged = 0");
        while (all.step())
            segments.push_back(all.integer(0));
    }
    for (const std::int64_t id : segments)
        removal.add(filterSegment(id, person));
    forgetSeries(person);
    // Errors of nobody in a session of theirs are theirs.
    const std::string users = listOf(person.users);
    const std::string theirs = " FROM errors WHERE user IN " + users +
                               " OR (session != 0 AND session IN (SELECT id FROM sessions WHERE user IN " +
                               users + "))";
    {
        Statement times(m_database, "SELECT count(*), min(time), max(time)" + theirs);
        times.step();
        if (times.integer(0) > 0) {
            removal.records += times.unsignedInteger(0);
            removal.include({{times.integer(1)}, after(times.integer(2))});
        }
    }
    m_database.execute(uncount("SELECT session" + theirs).c_str());
    m_database.execute(("DELETE" + theirs).c_str());
    m_database.execute(("DELETE FROM sessions WHERE user IN " + users).c_str());
    removal.sessions = static_cast<std::uint64_t>(m_database.integer("SELECT changes()"));
    m_removeAliases.execute();
    // The ids are not given again; the names are gone.
    m_database.execute(("UPDATE users SET hash = 0, text = '' WHERE id IN " + users).c_str());
    m_database.execute(("UPDATE user_joins SET alias = 0, user = 0 WHERE user IN " + users).c_str());
    m_rollups.invalidate({}); // their ids are in sets of any time
    m_updateState.bind(":records", removal.records).execute();
    return removal;
}

/// Writes the segment anew without their rows, or none.
Removal RecordRemover::filterSegment(std::int64_t id, Person &person)
{
    Removal removal;
    EncodedSegment segment;
    const SegmentRow row = m_segments.read(id, segment);
    const auto columns = splitColumns(segment.columns);
    std::vector<std::uint32_t> users, sessions;
    ByteReader userColumn(columns[static_cast<std::size_t>(SegmentColumn::Users)]);
    readNumberColumn(userColumn, segment.count, users);
    ByteReader sessionColumn(columns[static_cast<std::size_t>(SegmentColumn::Sessions)]);
    readNumberColumn(sessionColumn, segment.count, sessions);
    std::vector<bool> isKept(segment.count);
    std::uint32_t kept = 0;
    for (std::uint32_t i = 0; i < segment.count; ++i) {
        isKept[i] = !person.has(users[i], sessions[i]);
        kept += isKept[i];
    }
    SegmentRows rows;
    rows.kind = segment.kind;
    if (segment.kind == RecordKind::MetricPoint || (kept > 0 && kept < segment.count))
        appendDecoded(rows, segment);
    for (std::size_t i = 0; i < rows.metrics.size(); ++i)
        (isKept[i] ? person.seriesOfOthers : person.series).insert(rows.metrics[i].series);
    if (kept == segment.count)
        return removal;
    removal.records = segment.count - kept;
    removal.range = {{row.first}, after(row.last)};
    m_segments.remove(id);
    if (kept > 0) {
        keepRows(rows, isKept);
        m_segments.insert(encodeSegment(rows), row.sequence);
    }
    return removal;
}

/// Series that nobody else has points of may name the person in their attributes. Their ids are not given again.
void RecordRemover::forgetSeries(const Person &person)
{
    Statement forget(m_database,
                     "UPDATE series SET hash = randomblob(16), name = '', description = '', attributes = x''"
                     " WHERE id = :id");
    for (const std::uint32_t id : person.series) {
        if (!person.seriesOfOthers.contains(id))
            forget.bind(":id", id).execute();
    }
}

void RecordRemover::note(const Removal &removal, std::string_view reason, Instant when)
{
    if (removal.isNothing())
        return;
    const bool hasTimes = !removal.range.isEmpty();
    m_note.bind(":day", when.ns / kDay)
        .bindText(":reason", reason)
        .bind(":oldest", hasTimes ? removal.range.from.ns : when.ns)
        .bind(":newest", hasTimes ? removal.range.to.ns - 1 : when.ns)
        .bind(":records", removal.records)
        .bind(":sessions", removal.sessions)
        .execute();
}

std::uint64_t RecordRemover::usedBytes()
{
    const std::int64_t pages =
        m_database.integer("PRAGMA page_count") - m_database.integer("PRAGMA freelist_count");
    return static_cast<std::uint64_t>(pages * m_database.integer("PRAGMA page_size"));
}

bool RecordRemover::giveBack()
{
    if (m_database.integer("PRAGMA freelist_count") == 0)
        return false;
    m_database.execute(("PRAGMA incremental_vacuum(" + std::to_string(kPagesAtOnce) + ")").c_str());
    return true;
}

} // namespace telltale
