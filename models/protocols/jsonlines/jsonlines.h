// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/jsontree.h"
#include "models/protocols/support/protocolrequest.h"
#include "models/protocols/support/recordwriter.h"
#include "models/telemetry/mapping.h"

namespace telltale {

/// The path under which files hand JSON lines to the pipeline. No HTTP request has such a path.
inline constexpr std::string_view kJsonLinesPath = "jsonlines";

/// Whether a name is that of a field which becomes something else than an attribute: "user", "timestamp", "event"...
bool isJsonLinesField(std::string_view name);

/// An object, or a list of objects. With `metric` and `value` a metric point; with `exception` or `error` an error (a text, or an
/// object of type, message, stack); with `event` or `name` a use of that feature, or a screen view when it is called so;
/// else a log when there is a `message` or `body`. Known beside them: time, user, session, screen, product, release, environment,
/// os, device, severity, in the usual spellings; everything else is an attribute. An object with the field "telltale" is one that Telltale exported, and comes in as it was. A ProtocolDecoder.
Result<ProtocolReply> decodeJsonLines(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report);

/// One such object, for protocols that carry them; `marks` are attributes beside its own, the product of `fallback` stands in for none.
/// False, and nothing written, when it says nothing of these.
bool addJsonLinesObject(RecordWriter &writer, json::Element object, const OriginText &fallback, const Value::Map &marks);

/// What becomes what.
MappingTable jsonLinesMapping();

} // namespace telltale
