// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/sentry/sentryevent.h"

#include <string_view>

namespace telltale::sentry {

/// Containers of many: {"items":[...]} of spans (version 2), logs and trace metrics. False: it is no container.
bool addSpans(RecordWriter &writer, const Context &context, json::Element container);
bool addLogs(RecordWriter &writer, const Context &context, json::Element container);
bool addMetrics(RecordWriter &writer, const Context &context, json::Element container);

/// The state of one session, as a bound of it: ok, exited, crashed, abnormal, errored.
void addSession(RecordWriter &writer, const Context &context, json::Element session);
/// Counts of sessions per minute, as metric points sentry.sessions.exited and so on.
void addSessionAggregates(RecordWriter &writer, const Context &context, json::Element sessions);
/// What a person wrote: feedback, and user_report of older SDKs.
void addFeedback(RecordWriter &writer, const Context &context, json::Element feedback);
/// A monitor's sign of life.
void addCheckIn(RecordWriter &writer, const Context &context, json::Element checkIn);
/// An attachment is kept by name, type and size.
void addAttachment(RecordWriter &writer, const Context &context, json::Element header, std::size_t size,
                   const std::string &eventId);
/// How many records the client says it lost.
std::uint64_t lostOf(json::Element clientReport);

} // namespace telltale::sentry
