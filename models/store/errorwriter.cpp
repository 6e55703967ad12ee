// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/errorwriter.h"

namespace telltale {

ErrorWriter::ErrorWriter(ChangeWriter &writer, ChangeLog &log, std::uint32_t ruleVersion)
    : m_ruleVersion(ruleVersion)
    , m_insert(
          writer, log,
          // No id is given twice, also when the newest error was deleted: rollups know errors by it.
          "INSERT INTO errors (id, time, arrival, group_key, user, session, origin, name, screen, feature,"
          " severity, is_unhandled, duration, type, trace, message, stack, attributes) VALUES ("
          "(SELECT max(coalesce(max(id), 0), (SELECT error FROM rollup_state)) + 1 FROM errors), :time,"
          " :arrival, :group_key, :user, :session, :origin, :name, :screen, :feature, :severity,"
          " :is_unhandled, :duration, :type, :trace, :message, :stack, :attributes)")
    ,
    // The text shown is that of the newest occurrence; of two at one moment the larger text, so that order does not
    // matter.
    m_group(writer, log,
            "INSERT INTO error_groups (key, rule_version, type, message, culprit, state, events, first_seen,"
            " last_seen) VALUES (:key, :rule_version, :type, :message, :culprit, 'new', 1, :time, :time)"
            " ON CONFLICT (key) DO UPDATE SET events = events + 1, first_seen = min(first_seen,"
            " excluded.first_seen)")
    , m_newest(
          writer, log,
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
    m_insert.execute(batch.times[row].ns, arrival.ns, detail.group, ids.user(batch.users[row]), session,
                     ids.origin(batch.origin[row]), ids.string(batch.names[row]),
                     ids.string(batch.screens[row]), ids.string(batch.features[row]), batch.severities[row],
                     detail.isUnhandled ? 1 : 0, batch.durations[row], ids.string(detail.type),
                     trace.empty() ? std::nullopt : std::optional(Blob{trace}), batch.text(detail.message),
                     batch.text(detail.stack), Blob{encoded});
    const std::string_view type = batch.text(detail.type);
    const std::string_view message = batch.text(detail.message);
    const std::string_view culprit = batch.text(detail.culprit);
    m_group.execute(detail.group, m_ruleVersion, type, message, culprit, batch.times[row].ns);
    m_newest.execute(m_ruleVersion, type, message, culprit, batch.times[row].ns, detail.group);
}

} // namespace telltale
