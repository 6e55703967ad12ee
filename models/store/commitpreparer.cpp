// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/commitpreparer.h"

#include "models/store/cachefile.h"
#include "models/store/rollupinput.h"

#include <algorithm>
#include <utility>

namespace telltale {
namespace {

/// Records without session.id that make a session of their user's.
bool formsSessions(RecordKind kind)
{
    return kind != RecordKind::Span && kind != RecordKind::MetricPoint;
}

Database &configured(Database &database)
{
    configureReader(database);
    return database;
}

} // namespace

CommitPreparer::CommitPreparer(const std::filesystem::path &cache, ChangeWriter &writer,
                               std::chrono::nanoseconds sessionGap, std::chrono::nanoseconds deliveryMemory,
                               std::uint32_t groupingVersion)
    : m_lookups(cache, Database::Mode::ReadOnly)
    , m_strings(configured(m_lookups), writer, m_log, "strings")
    , m_users(m_lookups, writer, m_log, "users")
    , m_origins(m_lookups, writer, m_log)
    , m_joins(m_lookups, writer, m_log)
    , m_sessions(m_lookups, writer, m_log, m_users, m_origins, sessionGap)
    , m_deliveries(m_lookups, writer, m_log, deliveryMemory)
    , m_errors(writer, m_log, groupingVersion)
    , m_sources(writer, m_log)
    , m_putDocument(writer, m_log,
                    "INSERT INTO documents (kind, name, owner, body) VALUES (:kind, :name, :owner, :body)"
                    " ON CONFLICT (kind, name) DO UPDATE SET owner = excluded.owner, body = excluded.body")
    , m_builders{SegmentBuilder(RecordKind{0}), SegmentBuilder(RecordKind{1}), SegmentBuilder(RecordKind{2}),
                 SegmentBuilder(RecordKind{3}), SegmentBuilder(RecordKind{4}), SegmentBuilder(RecordKind{5}),
                 SegmentBuilder(RecordKind{6}), SegmentBuilder(RecordKind{7})}
{}

void CommitPreparer::begin()
{
    m_content = {};
    m_deliveries.beginGroup();
}

void CommitPreparer::add(std::span<Delivery> deliveries)
{
    const ReadScope scope(m_lookups);
    m_joins.prepare();
    std::vector<Accepted> accepted = accept(deliveries);
    for (Accepted &each : accepted)
        joinUsers(each);
    findSessions(accepted);
    for (Accepted &each : accepted)
        store(each);
    for (const OpenSessions::Session &session : m_openSessions.takeNoted())
        m_sessions.adopt(m_sessions.sent(session.key), m_joins.of(m_users.idOf(session.user)),
                         session.start - OpenSessions::kTolerance, session.end + OpenSessions::kTolerance);
}

CommitContent CommitPreparer::take()
{
    for (SegmentBuilder &each : m_builders)
        encode(each);
    m_sessions.flush();
    m_sources.flush();
    m_content.longestSession = m_sessions.longest();
    m_content.changes = std::exchange(m_log, {});
    return std::exchange(m_content, {});
}

std::vector<CommitPreparer::Accepted> CommitPreparer::accept(std::span<Delivery> deliveries)
{
    std::vector<Accepted> accepted;
    accepted.reserve(deliveries.size());
    for (Delivery &delivery : deliveries) {
        delivery.isRepeat = delivery.key && m_deliveries.isRepeat(*delivery.key, delivery.arrival, delivery.isKeyKept);
        if (const auto &position = delivery.position)
            m_putDocument.execute(position->kind, position->name, position->owner, position->body);
        if (!delivery.isRepeat)
            leaveOutRepeats(delivery);
        m_sources.add(delivery);
        m_content.newestArrival = std::max(m_content.newestArrival, delivery.arrival.ns);
        if (delivery.isRepeat) {
            ++m_content.repeats;
            m_sources.count("ingest.repeat", 1);
            continue;
        }
        accepted.push_back({&delivery, BatchIds(delivery.batch, m_strings, m_users, m_origins), {}});
    }
    if (!deliveries.empty())
        m_deliveries.prune(deliveries.back().arrival);
    return accepted;
}

void CommitPreparer::leaveOutRepeats(Delivery &delivery)
{
    RecordBatch &batch = delivery.batch;
    if (batch.messages.empty())
        return;
    std::vector<bool> isKept(batch.size(), true);
    std::uint64_t repeats = 0;
    for (const BatchMessage &message : batch.messages) {
        const DeliveryKey key{message.high, message.low};
        if (!(message.isBrief ? m_brief.isRepeat(key) : m_deliveries.isRepeat(key, delivery.arrival)))
            continue;
        ++repeats;
        std::fill(isKept.begin() + message.firstRow, isKept.begin() + message.endRow, false);
    }
    if (repeats == 0)
        return;
    batch.keepRows(isKept);
    delivery.repeatedMessages += repeats;
    m_sources.count("ingest.repeat.message", repeats);
}

/// Before the sessions are found: one person's records form one session, whatever they are called.
void CommitPreparer::joinUsers(Accepted &accepted)
{
    std::uint64_t joined = 0, refused = 0;
    for (const UserJoin &join : accepted.delivery->batch.joins) {
        const UserId user = accepted.ids.user(join.user);
        const UserId alias = accepted.ids.user(join.alias);
        if (user == 0 || alias == 0)
            continue;
        const UserJoinWriter::Outcome outcome = m_joins.join(user, alias);
        refused += outcome == UserJoinWriter::Outcome::Refused;
        if (outcome != UserJoinWriter::Outcome::Joined)
            continue;
        ++joined;
        m_sessions.moveFormed(alias, m_joins.of(user));
    }
    if (joined > 0)
        m_sources.count("users.joined", joined);
    if (refused > 0)
        m_sources.count("users.join.refused", refused);
}

void CommitPreparer::findSessions(std::vector<Accepted> &accepted)
{
    std::vector<LooseRecord> loose;
    for (std::size_t i = 0; i < accepted.size(); ++i) {
        Accepted &each = accepted[i];
        const RecordBatch &batch = each.delivery->batch;
        each.sessions.assign(batch.size(), nullptr);
        m_openSessions.note(*each.delivery);
    }
    for (std::size_t i = 0; i < accepted.size(); ++i) {
        Accepted &each = accepted[i];
        const RecordBatch &batch = each.delivery->batch;
        std::vector<SessionState *> known(batch.strings.size() + 1U);
        for (std::size_t row = 0; row < batch.size(); ++row) {
            const StringId key = batch.sessions[row];
            if (key != kNoString) {
                if (!known[key])
                    known[key] = &m_sessions.sent(batch.text(key));
                each.sessions[row] = known[key];
            } else if (const auto open = m_openSessions.find(*each.delivery, row)) {
                each.sessions[row] = &m_sessions.sent(*open);
            } else if (batch.users[row] != kNoString && formsSessions(batch.kinds[row])) {
                loose.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(row),
                                 m_joins.of(each.ids.user(batch.users[row])), batch.times[row].ns});
            }
        }
    }
    m_sessions.form(loose, [&](const LooseRecord &record, SessionState &session) {
        accepted[record.delivery].sessions[record.row] = &session;
    });
}

void CommitPreparer::store(Accepted &accepted)
{
    const Delivery &delivery = *accepted.delivery;
    const RecordBatch &batch = delivery.batch;
    BatchIds &ids = accepted.ids;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const RecordKind kind = batch.kinds[row];
        const Instant time = batch.times[row];
        SessionState *session = accepted.sessions[row];
        if (session && kind != RecordKind::MetricPoint) {
            m_sessions.add(*session, kind, time, m_joins.of(ids.user(batch.users[row])),
                           ids.origin(batch.origin[row]));
            if (batch.previousSessions[row] != kNoString)
                m_sessions.setPrevious(*session, batch.text(batch.previousSessions[row]));
        }
        const SessionId sessionId = session ? session->id : 0;
        if (kind == RecordKind::Error) {
            m_errors.add(ids, row, sessionId, delivery.arrival);
        } else {
            SegmentBuilder &rows = builder(kind);
            rows.add(ids, row, sessionId, delivery.arrival);
            if (rows.rows().size() >= kSegmentRows)
                encode(rows);
        }
        m_content.rollups.push_back(rollupRecordOf(ids, row, sessionId));
        m_content.first = std::min(m_content.first, time.ns);
        m_content.last = std::max(m_content.last, time.ns);
    }
    m_content.records += batch.size();
}

void CommitPreparer::encode(SegmentBuilder &builder)
{
    if (builder.rows().size() == 0)
        return;
    m_content.segments.push_back(encodeSegment(builder.rows()));
    builder.clear();
}

bool CommitPreparer::isFull() const
{
    return m_strings.isFull() || m_users.isFull() || m_origins.isFull() || m_sessions.isFull();
}

void CommitPreparer::forget()
{
    for (SegmentBuilder &each : m_builders)
        each.clear();
    m_log.clear();
    m_content = {};
    m_strings.forget();
    m_users.forget();
    m_origins.forget();
    m_joins.forget();
    m_sessions.forget();
    m_deliveries.forget();
    m_brief.forget();
    m_openSessions.takeNoted();
    m_sources.forget();
}

} // namespace telltale
