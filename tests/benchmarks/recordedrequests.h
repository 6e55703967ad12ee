// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/httproutes.h"
#include "tests/benchmarks/reference/plainrecord.h"

#include <QStringList>

#include <string>
#include <vector>

// Requests of SDKs for bench_decode: as recorded, or as many of their events as such an SDK sends in a batch.
namespace telltale::test {

using ReadByReference = bool (*)(const PlainRequest &request, QList<PlainRecord> &records);

struct RecordedRequest
{
    std::string method, path, query, contentType, appKey, authorization, userAgent, body;
    const HttpRoute *route = nullptr;
    PlainRequest plain; ///< the same for the reference
};

/// Those of these folders of tests/fixtures that an ordinary server answers with 200, have a body and give records.
std::vector<RecordedRequest> recordedRequests(const QStringList &folders, ReadByReference reference);

/// One request to `path` with `count` of the events in the recorded ones under `listKey`, in turn, each with ids and a time
/// of its own; without a key the request is a list of the recorded objects.
std::vector<RecordedRequest> batchOf(const std::vector<RecordedRequest> &recorded, const QString &listKey,
                                     const std::string &path, int count);

/// Decodes; stops the program when it is refused.
void decode(const RecordedRequest &request, RecordBatch &batch);

/// Why ours and the reference do not say the same of a request; empty when they do: number of records, and each record's
/// kind, name, feature, screen, user, time to the millisecond, duration, and number of attributes.
std::string difference(const RecordedRequest &request, ReadByReference reference);

} // namespace telltale::test
