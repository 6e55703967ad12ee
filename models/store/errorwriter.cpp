// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/errorwriter.h"

namespace telltale {

ErrorWriter::ErrorWriter(Database &database, std::uint32_t ruleVersion)
    : m_ruleVersion(ruleVersion)
    , m_insert(database, "INSERT INTO errors (time, arrival, group_key, user, session, origin, name, screen, "
                         "feature, severity,"
                         " is_unhandled, duration, type, trace, message, stack, attributes) VALUES (:time, "
                         ":arrival, :group_key,"
                         " :user, :session, :origin, :name, :screen, :feature, :severity, :is_unhandled, "
                         ":duration, :type, :trace,"
                         " :message, :stack, :attributes)")
    ,
    // The text shown is that of the newest occurrence; of two at one moment the larger text, so that order does not
    // matter.
    m_group(database, "INSERT INTO error_groups (key, rule_version, type, message, culprit, state, events, "
                      "first_seen, last_seen)"
                      " VALUES (:key, :rule_version, :type, :message, :culprit, 'new', 1, :time, :time)"
                      " ON CONFLICT (key) DO UPDATE SET events = events + 1, first_seen = min(first_seen, "
                      "excluded.first_seen)")
    , m_newest(
          database,
          "UPDATE error_groups SET rule_version = :rule_version, type = :type, message = :message,"
          " culprit = :culprit, last_seen = :time"
          " WHERE key = :key AND (last_seen, message, culprit, type) < (:time, :message, :culprit, :type)")
{}

void ErrorWriter::add(BatchIds &ids, std::size_t row, SessionId session, Instant arrival)
{
    const RecordBatch &batch = ids.batch();
    static const ErrorDetail kNoDetail;
    const ErrorDetail &detail = batch.detail[row] == kNoIndex ? kNoDetail : batch.errors[batch.detail[row]];
    Value::Map attributes;
    for (const Attribute &attribute : batch.attributesOf(row))
        attributes.emplace_back(batch.text(attribute.key), batch.valueOf(attribute));
    const std::string encoded = encodeKeyValueList(attributes);
    std::string trace;
    if (batch.trace[row] != kNoIndex) {
        const TraceContext &context = batch.traces[batch.trace[row]];
        trace.append(context.traceId.begin(), context.traceId.end());
        trace.append(context.spanId.begin(), context.spanId.end());
    }
    m_insert.bind(":time", batch.times[row].ns)
        .bind(":arrival", arrival.ns)
        .bind(":group_key", detail.group)
        .bind(":user", ids.user(batch.users[row]))
        .bind(":session", session)
        .bind(":origin", ids.origin(batch.origin[row]))
        .bind(":name", ids.string(batch.names[row]))
        .bind(":screen", ids.string(batch.screens[row]))
        .bind(":feature", ids.string(batch.features[row]))
        .bind(":severity", static_cast<int>(batch.severities[row]))
        .bind(":is_unhandled", detail.isUnhandled ? 1 : 0)
        .bind(":duration", batch.durations[row])
        .bind(":type", ids.string(detail.type))
        .bindText(":message", batch.text(detail.message))
        .bindText(":stack", batch.text(detail.stack))
        .bindBlob(":attributes", encoded);
    if (trace.empty())
        m_insert.bindNull(":trace");
    else
        m_insert.bindBlob(":trace", trace);
    m_insert.execute();
    m_group.bind(":key", detail.group)
        .bind(":rule_version", m_ruleVersion)
        .bindText(":type", batch.text(detail.type))
        .bindText(":message", batch.text(detail.message))
        .bindText(":culprit", batch.text(detail.culprit))
        .bind(":time", batch.times[row].ns)
        .execute();
    m_newest.bind(":key", detail.group)
        .bind(":rule_version", m_ruleVersion)
        .bindText(":type", batch.text(detail.type))
        .bindText(":message", batch.text(detail.message))
        .bindText(":culprit", batch.text(detail.culprit))
        .bind(":time", batch.times[row].ns)
        .execute();
}

} // namespace telltale
