// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/protocolrequest.h"
#include "models/telemetry/mapping.h"

namespace telltale {

/// KUserFeedback's receiver: GET /receiver/submit/<product> (a probe before each submission) and POST to the same path. A
/// submission is a session of the usage time it tells, which ends at its arrival; its numbers and ratios become metric
/// points, all of it attributes. `{}` only asks for surveys and stores nothing. A ProtocolDecoder; follows the receiver of
/// KDE's server, but is lenient about types.
Result<ProtocolReply> decodeKUserFeedback(const ProtocolRequest &request, RecordBatch &batch,
                                          ProtocolReport &report);

/// What becomes what.
MappingTable kUserFeedbackMapping();

} // namespace telltale
