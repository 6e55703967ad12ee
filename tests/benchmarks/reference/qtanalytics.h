// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/reference/plainrecord.h"

#include <QList>

// Each protocol as one writes its decoder with QJsonDocument: parse, walk, fill a record. Returns false when the body is no
// JSON of the protocol's. What our decoders also do is left out: forms, several versions of a key that these SDKs do not
// send, counters for what is refused.
namespace telltale::test {

bool readAmplitude(const PlainRequest &request, QList<PlainRecord> &records);
bool readAptabase(const PlainRequest &request, QList<PlainRecord> &records);
bool readSegment(const PlainRequest &request, QList<PlainRecord> &records);
bool readPostHog(const PlainRequest &request, QList<PlainRecord> &records);
bool readKUserFeedback(const PlainRequest &request, QList<PlainRecord> &records);
bool readSentry(const PlainRequest &request, QList<PlainRecord> &records);

} // namespace telltale::test
