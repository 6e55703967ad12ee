// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/sentry/sentryitems.h"

#include "models/protocols/support/fieldtable.h"

#include <algorithm>
#include <iterator>
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

enum ItemPart : std::size_t {
    UserId, UserName, Release, Environment, Os, Device, FirstWhole, // typed attributes
    Attributes = 2 * FirstWhole, OwnTrace, OwnSpan, Time, Start, End, Name, Parent, Status, Level, Severity, Body, Number, Type, Unit };
/// What is read of an item: of typed attributes the values, then what is no value in an object; then the rest.
constexpr std::string_view kItemParts[] = {
    "/attributes/user.id/value", "/attributes/user.name/value", "/attributes/sentry.release/value",
    "/attributes/sentry.environment/value", "/attributes/os.name/value", "/attributes/device.model/value",
    "/attributes/user.id", "/attributes/user.name", "/attributes/sentry.release", "/attributes/sentry.environment",
    "/attributes/os.name", "/attributes/device.model",
    "/attributes", "/trace_id", "/span_id", "/timestamp", "/start_timestamp", "/end_timestamp", "/name", "/parent_span_id",
    "/status", "/level", "/severity_number", "/body", "/value", "/type", "/unit"};
static_assert(Unit + 1 == std::size(kItemParts));

/// Of a typed attribute.
TextView typedText(const json::Fields &item, ItemPart part)
{
    return item.other(part) ? item.otherText(part) : item.otherText(part + FirstWhole);
}

/// What items of containers share: who, where in a trace, of which release.
RecordText itemRecord(RecordWriter &writer, const Context &context, const json::Fields &item)
{
    RecordText record;
    addTyped(record.sent, item.other(Attributes));
    record.user = typedText(item, UserId);
    if (record.user.empty())
        record.user = typedText(item, UserName);
    record.trace = {traceIdOf(item.otherText(OwnTrace)), spanIdOf(item.otherText(OwnSpan))};
    record.time = json::instant(item.other(Time));
    OriginText origin = originOf(context, typedText(item, Release), typedText(item, Environment));
    origin.os = typedText(item, Os);
    origin.device = typedText(item, Device);
    writer.setOrigin(origin);
    return record;
}

template<typename Take>
bool forEachItem(Element container, Take &&take)
{
    static const json::FieldIndex kIndex({}, kItemParts);
    const auto items = field(container, "items");
    if (!json::isArray(items))
        return false;
    for (const Element item : json::items(items))
        take(json::Fields(kIndex, item));
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
    return forEachItem(container, [&](const json::Fields &item) {
        RecordText record = itemRecord(writer, context, item);
        record.name = item.otherText(Name);
        const auto start = json::instant(item.other(Start));
        const auto end = json::instant(item.other(End));
        if (!start || record.name.empty()) {
            writer.reject("sentry.item.malformed");
            return;
        }
        record.time = start;
        record.duration = end && *end >= *start ? (*end - *start).count() : 0;
        SpanDetail detail;
        detail.kind = SpanKind::Internal;
        detail.parentSpanId = spanIdOf(item.otherText(Parent));
        const TextView status = item.otherText(Status);
        detail.status = status.empty() ? SpanStatus::Unset : status == "ok" ? SpanStatus::Ok : SpanStatus::Error;
        writer.beginMessage({"sentry/span/", item.otherText(OwnTrace)}, item.otherText(OwnSpan));
        writer.addSpan(record, detail);
        writer.endMessage();
    });
}

bool addLogs(RecordWriter &writer, const Context &context, Element container)
{
    return forEachItem(container, [&](const json::Fields &item) {
        RecordText record = itemRecord(writer, context, item);
        record.severity = severityOf(item.otherText(Level));
        if (const auto number = json::number(item.other(Severity)); number && *number >= 1 && *number <= 24)
            record.severity = static_cast<std::uint8_t>(*number);
        record.body = Value(item.otherText(Body).view());
        writer.add(record);
    });
}

bool addMetrics(RecordWriter &writer, const Context &context, Element container)
{
    return forEachItem(container, [&](const json::Fields &item) {
        RecordText record = itemRecord(writer, context, item);
        record.name = item.otherText(Name);
        const auto value = json::number(item.other(Number));
        if (record.name.empty() || !value) {
            writer.reject("sentry.item.malformed");
            return;
        }
        const TextView type = item.otherText(Type);
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
        writer.addPoint(record, std::move(detail), item.otherText(Unit));
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
