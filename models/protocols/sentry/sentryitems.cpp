// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/sentry/sentryitems.h"

#include <algorithm>
#include <utility>

namespace telltale::sentry {
namespace {

using json::Element;
using json::field;
using json::firstText;

/// {"key":{"value":1,"type":"integer"}} as plain pairs.
void addTyped(SentAttributes &to, const std::optional<Element> &attributes)
{
    for (const auto &[key, typed] : json::members(attributes)) {
        const auto value = field(typed, "value");
        to.add(key, value ? value : typed);
    }
}

std::string textOf(const std::optional<Element> &attributes, std::string_view key)
{
    const auto typed = field(attributes, key);
    const auto value = field(typed, "value");
    return json::text(value ? value : typed);
}

/// What items of containers share: who, where in a trace, of which release.
RecordText itemRecord(RecordWriter &writer, const Context &context, Element item)
{
    RecordText record;
    const auto attributes = field(item, "attributes");
    addTyped(record.sent, attributes);
    record.user = textOf(attributes, "user.id");
    if (record.user.empty())
        record.user = textOf(attributes, "user.name");
    record.trace = {traceIdOf(firstText(item, {"trace_id"})), spanIdOf(firstText(item, {"span_id"}))};
    record.time = json::instant(field(item, "timestamp"));
    OriginText origin = originOf(context, textOf(attributes, "sentry.release"),
                                 textOf(attributes, "sentry.environment"));
    origin.os = textOf(attributes, "os.name");
    origin.device = textOf(attributes, "device.model");
    writer.setOrigin(origin);
    return record;
}

template<typename Take>
bool forEachItem(Element container, Take &&take)
{
    const auto items = field(container, "items");
    if (!json::isArray(items))
        return false;
    for (const Element item : json::items(items))
        take(item);
    return true;
}

OriginText sessionOrigin(const Context &context, Element session)
{
    const auto attributes = field(session, "attrs");
    return originOf(context, firstText(attributes, {"release"}), firstText(attributes, {"environment"}));
}

} // namespace

bool addSpans(RecordWriter &writer, const Context &context, Element container)
{
    return forEachItem(container, [&](Element item) {
        RecordText record = itemRecord(writer, context, item);
        record.name = firstText(item, {"name"});
        const auto start = json::instant(field(item, "start_timestamp"));
        const auto end = json::instant(field(item, "end_timestamp"));
        if (!start || record.name.empty()) {
            writer.reject("sentry.item.malformed");
            return;
        }
        record.time = start;
        record.duration = end && *end >= *start ? (*end - *start).count() : 0;
        SpanDetail detail;
        detail.kind = SpanKind::Internal;
        detail.parentSpanId = spanIdOf(firstText(item, {"parent_span_id"}));
        const std::string status = firstText(item, {"status"});
        detail.status = status.empty() ? SpanStatus::Unset : status == "ok" ? SpanStatus::Ok : SpanStatus::Error;
        writer.beginMessage({"sentry/span/", firstText(item, {"trace_id"})}, firstText(item, {"span_id"}));
        writer.addSpan(std::move(record), detail);
        writer.endMessage();
    });
}

bool addLogs(RecordWriter &writer, const Context &context, Element container)
{
    return forEachItem(container, [&](Element item) {
        RecordText record = itemRecord(writer, context, item);
        record.severity = severityOf(firstText(item, {"level"}));
        if (const auto number = json::number(field(item, "severity_number")); number && *number >= 1 && *number <= 24)
            record.severity = static_cast<std::uint8_t>(*number);
        record.body = Value(firstText(item, {"body"}));
        writer.add(record);
    });
}

bool addMetrics(RecordWriter &writer, const Context &context, Element container)
{
    return forEachItem(container, [&](Element item) {
        RecordText record = itemRecord(writer, context, item);
        record.name = firstText(item, {"name"});
        const auto value = json::number(field(item, "value"));
        if (record.name.empty() || !value) {
            writer.reject("sentry.item.malformed");
            return;
        }
        const std::string type = firstText(item, {"type"});
        MetricDetail detail;
        if (type == "counter") {
            detail.kind = MetricKind::Sum;
            detail.temporality = Temporality::Delta;
            detail.isMonotonic = true;
            detail.value = *value;
        } else if (type == "distribution") {
            // One sample: a histogram of one bucket.
            detail.kind = MetricKind::Histogram;
            detail.temporality = Temporality::Delta;
            detail.count = 1;
            detail.sum = detail.minimum = detail.maximum = *value;
            detail.hasSum = detail.hasMinimum = detail.hasMaximum = true;
            detail.bucketCounts = {1};
        } else {
            detail.kind = MetricKind::Gauge;
            detail.value = *value;
        }
        writer.addPoint(std::move(record), std::move(detail), firstText(item, {"unit"}));
    });
}

void addSession(RecordWriter &writer, const Context &context, Element session)
{
    OriginText origin = sessionOrigin(context, session);
    writer.setOrigin(origin);
    const std::string status = firstText(session, {"status"});
    const std::string id = firstText(session, {"sid"});
    const auto started = json::instant(field(session, "started"));
    RecordText bound;
    bound.kind = RecordKind::SessionBound;
    bound.session = id;
    bound.user = firstText(session, {"did"});
    bound.sent.addFields(session);
    const bool isInit = json::isTrue(field(session, "init"));
    const bool hasEnded = !status.empty() && status != "ok";
    if (isInit && started) {
        RecordText start = bound;
        start.name = "session.start";
        start.time = started;
        writer.add(start);
    }
    const auto duration = json::number(field(session, "duration"));
    auto latest = json::instant(field(session, "timestamp"));
    if (!latest && started && duration)
        latest = *started + std::chrono::nanoseconds(json::nanoseconds(*duration));
    bound.time = latest ? latest : started;
    if (hasEnded) {
        bound.severity = status == "crashed" ? kCrashSeverity : 0;
        bound.name = "session.end";
        writer.add(bound);
    } else if (!isInit) {
        bound.kind = RecordKind::Log;
        bound.name = "session.update";
        writer.add(bound);
    }
}

void addSessionAggregates(RecordWriter &writer, const Context &context, Element sessions)
{
    writer.setOrigin(sessionOrigin(context, sessions));
    const auto list = field(sessions, "aggregates");
    if (!json::isArray(list)) {
        writer.reject("sentry.item.malformed");
        return;
    }
    for (const Element aggregate : json::items(list)) {
        for (const std::string_view state : {"exited", "errored", "abnormal", "crashed"}) {
            const auto count = json::number(field(aggregate, state));
            if (!count)
                continue;
            RecordText point;
            point.name = "sentry.sessions." + std::string(state);
            point.time = json::instant(field(aggregate, "started"));
            point.user = firstText(aggregate, {"did"});
            MetricDetail detail;
            detail.kind = MetricKind::Sum;
            detail.temporality = Temporality::Delta;
            detail.isMonotonic = true;
            detail.isInteger = true;
            detail.integer = static_cast<std::int64_t>(std::clamp(*count, 0.0, 9e15));
            detail.value = static_cast<double>(detail.integer);
            writer.addPoint(std::move(point), std::move(detail), "{session}");
        }
    }
}

void addFeedback(RecordWriter &writer, const Context &context, Element event)
{
    writer.setOrigin(originOf(context, firstText(event, {"release"}), firstText(event, {"environment"})));
    const auto nested = field(field(event, "contexts"), "feedback");
    const std::optional<Element> feedback = nested ? nested : std::optional<Element>(event);
    RecordText record;
    record.name = "feedback";
    record.severity = 9;
    record.time = json::instant(field(event, "timestamp"));
    record.user = userOf(event);
    record.body = Value(firstText(feedback, {"message", "comments"}));
    record.sent.addFields(feedback);
    // A user_report names the event it is about, which is no repeat of it; feedback has an id of its own.
    writer.beginMessage({nested ? "sentry/" : "sentry/report/", context.project}, firstText(event, {"event_id"}));
    writer.add(record);
    writer.endMessage();
}

void addCheckIn(RecordWriter &writer, const Context &context, Element checkIn)
{
    writer.setOrigin(originOf(context, firstText(checkIn, {"release"}), firstText(checkIn, {"environment"})));
    RecordText record;
    record.name = "check_in";
    record.time = context.sentAt;
    record.severity = firstText(checkIn, {"status"}) == "error" ? 13 : 9;
    record.body = Value(firstText(checkIn, {"monitor_slug"}) + " " + firstText(checkIn, {"status"}));
    record.sent.addFields(checkIn);
    writer.add(record);
}

void addAttachment(RecordWriter &writer, const Context &context, Element header, std::size_t size,
                   const std::string &eventId)
{
    writer.setOrigin(originOf(context, {}, {}));
    RecordText record;
    record.name = "attachment";
    record.time = context.sentAt;
    record.sent.addFields(header);
    record.attributes.emplace_back("size", static_cast<std::int64_t>(size));
    record.attributes.emplace_back("sentry.event_id", eventId);
    writer.beginMessage({"sentry/attachment/", eventId}, firstText(header, {"filename"}));
    writer.add(record);
    writer.endMessage();
}

std::uint64_t lostOf(Element clientReport)
{
    std::uint64_t lost = 0;
    const auto list = field(clientReport, "discarded_events");
    if (json::isArray(list)) {
        for (const Element each : json::items(list)) {
            const double quantity = json::number(field(each, "quantity")).value_or(0);
            lost += static_cast<std::uint64_t>(std::clamp(quantity, 0.0, 1e12));
        }
    }
    return lost;
}

} // namespace telltale::sentry
