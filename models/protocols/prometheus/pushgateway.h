// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/protocolrequest.h"
#include "models/telemetry/mapping.h"

namespace telltale {

/// The Pushgateway's form: PUT, POST and DELETE of /metrics/job/<job>{/<label>/<value>}, a name of "job@base64" or
/// "label@base64" for values of any bytes. The samples become metric points at their arrival, as a scrape of them would: the
/// product is the job, counters stay cumulative, buckets are told apart again. A deletion stores nothing: history stays
/// what it was. A ProtocolDecoder.
Result<ProtocolReply> decodePush(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report);

/// What becomes what.
MappingTable prometheusMapping();

} // namespace telltale
