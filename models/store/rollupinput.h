// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/rollupcollector.h"
#include "models/store/segmentbuilder.h"

namespace telltale {

/// What rollups need to know about one record of a batch that is being stored. Cost: array accesses.
inline RollupRecord rollupRecordOf(BatchIds &ids, std::size_t row, SessionId session)
{
    const RecordBatch &batch = ids.batch();
    RollupRecord record;
    record.kind = batch.kinds[row];
    record.time = batch.times[row].ns;
    record.duration = batch.durations[row];
    record.severity = batch.severities[row];
    record.user = ids.user(batch.users[row]);
    record.session = session;
    record.origin = ids.origin(batch.origin[row]);
    switch (record.kind) {
    case RecordKind::UsageEvent:
        record.subject = ids.string(batch.features[row]);
        break;
    case RecordKind::ScreenView:
        record.subject = ids.string(batch.screens[row]);
        break;
    case RecordKind::Span:
        record.subject = ids.string(batch.names[row]);
        break;
    case RecordKind::Error:
        if (batch.detail[row] != kNoIndex) {
            record.subject = batch.errors[batch.detail[row]].group;
            record.isUnhandled = batch.errors[batch.detail[row]].isUnhandled;
        }
        break;
    case RecordKind::SessionBound:
        record.isUnhandled = record.severity >= kCrashSeverity;
        break;
    case RecordKind::Log:
    case RecordKind::MetricPoint:
        break;
    }
    return record;
}

} // namespace telltale
