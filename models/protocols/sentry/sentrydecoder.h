// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/protocolrequest.h"
#include "models/telemetry/mapping.h"

namespace telltale {

/// Sentry: POST /api/<project>/envelope and /api/<project>/store, below any prefix. Events become errors or logs,
/// transactions and streamed spans become spans, sessions become bounds of sessions with their state, logs, metrics,
/// feedback and check-ins are kept; attachments by name and size; what the client lost itself is reported. Unknown items are
/// counted and skipped. A ProtocolDecoder. Follows Sentry's envelope and event payload specifications.
Result<ProtocolReply> decodeSentry(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report);

/// What becomes what.
MappingTable sentryMapping();

} // namespace telltale
