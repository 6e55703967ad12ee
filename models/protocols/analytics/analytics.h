// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/protocolrequest.h"
#include "models/telemetry/mapping.h"

// What product-analytics SDKs send, and what they want to hear. All are ProtocolDecoders: pure, safe from any thread.
// Messages with an id of their own become messages of the batch, so that a retry in another request is recognised.
namespace telltale {

/// PostHog: /batch, /e, /capture, /i/v0/e, /i/v1/analytics/events and, answered without a record, /flags, /decide,
/// /array/<token>/config(.js). JSON, or a form with data= (base64 when compression=base64).
Result<ProtocolReply> decodePostHog(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report);

/// Segment and RudderStack: /v1/batch (/v1/b of browsers) and the single calls, long (/v1/track) or short (/v1/t), and
/// /v1/projects/<key>/settings.
Result<ProtocolReply> decodeSegment(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report);

/// Aptabase: /api/v0/event (one) and /api/v0/events (at most 25). The App-Key names the product.
Result<ProtocolReply> decodeAptabase(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report);

/// Countly: /i with everything in the query or a form, /i/bulk, /o/sdk. Always answers {"result":"Success"}: its SDKs
/// repeat a refused request for ever.
Result<ProtocolReply> decodeCountly(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report);

/// Amplitude: /2/httpapi and /batch; /httpapi takes the forms of its older SDKs.
Result<ProtocolReply> decodeAmplitude(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report);

/// Mixpanel: /track, /engage, /groups, /import; JSON or base64 in data=, in the query or a form.
Result<ProtocolReply> decodeMixpanel(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report);

/// /batch is PostHog's and Amplitude's: true when the body is Amplitude's. Cost: a look at the top-level keys.
bool isAmplitudeBatch(std::string_view body);

/// What becomes what, as the decoders have it.
MappingTable postHogMapping();
MappingTable segmentMapping();
MappingTable aptabaseMapping();
MappingTable countlyMapping();
MappingTable amplitudeMapping();
MappingTable mixpanelMapping();

} // namespace telltale
