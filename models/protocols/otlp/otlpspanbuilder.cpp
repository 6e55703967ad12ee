// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/otlprecordbuilder.h"

#include <algorithm>
#include <array>
#include <cstring>

// The half of RecordBuilder that makes spans, and errors of their exception events.
namespace telltale::otlp {
namespace {

constexpr std::string_view kZeros("\0\0\0\0\0\0\0\0", 8);

std::string hexText(std::string_view bytes)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += {kDigits[byte >> 4], kDigits[byte & 15]};
    }
    return text;
}

bool isTrue(const Value *value)
{
    if (!value)
        return false;
    if (const bool *truth = value->as<bool>())
        return *truth;
    const std::string *text = value->as<std::string>();
    return text && *text == "true";
}

/// A span that comes again in another request, as a Collector packs them, is known by its ids. The two ends of a call may
/// share them; they differ in kind.
BatchMessage messageOf(const TraceContext &context, SpanKind kind, IndexRange rows)
{
    std::array<std::uint64_t, 2> trace{};
    BatchMessage message;
    std::memcpy(trace.data(), context.traceId.data(), sizeof trace);
    std::memcpy(&message.high, context.spanId.data(), sizeof message.high);
    message.low = ((trace[0] * 0x9e3779b97f4a7c15ULL) ^ trace[1]) * 0xd6e8feb86659fd93ULL + static_cast<std::uint64_t>(kind);
    message.firstRow = rows.begin;
    message.endRow = rows.end;
    message.isBrief = true;
    return message;
}

const Value *valueOf(const Value::Map &map, std::string_view key)
{
    const auto at = std::find_if(map.begin(), map.end(), [&](const auto &pair) { return pair.first == key; });
    return at == map.end() ? nullptr : &at->second;
}

} // namespace

void RecordBuilder::addSpan(const RawSpan &span)
{
    charge(kRecordCharge + span.events.size() + span.links.size());
    Record record;
    record.kind = RecordKind::Span;
    resolveTime(record, span.start, span.end);
    record.duration = 0;
    if (span.start != 0) {
        if (span.end < span.start)
            counters().add("otlp.span.negative_duration");
        else
            record.duration = clamped(span.end).ns - record.time.ns;
    }
    resolveWho(record);
    record.screen = firstText(m_record, rules::kPlace);
    record.name = span.name.empty() ? kNoString : intern(span.name);

    SpanDetail detail;
    detail.kind = span.kind >= 0 && span.kind <= 5 ? static_cast<SpanKind>(span.kind) : SpanKind::Unspecified;
    detail.status = span.statusCode >= 0 && span.statusCode <= 2 ? static_cast<SpanStatus>(span.statusCode)
                                                                 : SpanStatus::Unset;
    TraceContext context;
    if (readId(span.traceId, context.traceId) && readId(span.spanId, context.spanId)) {
        record.trace = traceIndex(context);
        // Some senders write the parent of a root as zeros.
        if (!span.parentSpanId.empty() && !readId(span.parentSpanId, detail.parentSpanId) &&
            span.parentSpanId != kZeros)
            counters().add("otlp.trace_id.invalid");
    } else {
        counters().add("otlp.span.invalid_id");
    }
    record.detail = static_cast<std::uint32_t>(m_batch.spans.size());
    m_batch.spans.push_back(detail);

    const auto addText = [&](std::string_view field, std::string_view text) {
        if (!text.empty())
            addField(m_record, field, Attribute::ofText(kNoString, intern(text)));
    };
    const auto addCount = [&](std::string_view field, std::uint32_t count) {
        if (count != 0)
            addField(m_record, field, Attribute::of(kNoString, std::int64_t{count}));
    };
    addText(fieldkey::kTraceState, span.traceState);
    addText(fieldkey::kStatusMessage, span.statusMessage);
    addCount(fieldkey::kFlags, span.flags);
    addCount(fieldkey::kDropped, span.droppedAttributes);
    addCount(fieldkey::kDroppedEvents, span.droppedEvents);
    addCount(fieldkey::kDroppedLinks, span.droppedLinks);
    if (!span.events.empty())
        addField(m_record, fieldkey::kEvents, eventsValue(span));
    if (!span.links.empty())
        addField(m_record, fieldkey::kLinks, linksValue(span));
    record.attributes = store(m_record.list);
    const auto row = static_cast<std::uint32_t>(m_batch.size());
    m_batch.append(record);

    for (const RawSpanEvent &event : span.events) {
        if (event.name == kExceptionEvent)
            addErrorOfEvent(record, event);
    }
    if (record.trace != kNoIndex)
        m_batch.messages.push_back(messageOf(context, detail.kind, {row, static_cast<std::uint32_t>(m_batch.size())}));
}

/// The error has the session, the user and the trace of its span, and the span's name as its place. Spans seldom name a
/// person; when this one names only its session, the error is that of the session's user, whom the store knows, and not
/// that of the installation the resource names.
void RecordBuilder::addErrorOfEvent(const Record &span, const RawSpanEvent &event)
{
    charge(kRecordCharge);
    AttributeSet set;
    for (const auto &[key, value] : event.attributes) {
        const std::uint32_t index = this->key(set, key);
        add(set, index, m_batch.makeAttribute(key, value));
    }
    Record record = span;
    record.kind = RecordKind::Error;
    record.severity = kErrorSeverity;
    record.duration = kNoDuration;
    if (event.time != 0)
        record.time = clamped(event.time);
    if (record.session != kNoString && firstText(m_record, rules::kUser) == kNoString)
        record.user = kNoString;
    if (const StringId user = firstText(set, rules::kUser); user != kNoString)
        record.user = user;
    if (const StringId session = firstText(set, rules::kSession); session != kNoString)
        record.session = session;

    ErrorDetail error;
    error.type = firstText(set, rules::kExceptionType);
    if (error.type == kNoString)
        error.type = intern(kExceptionEvent);
    error.message = firstText(set, rules::kExceptionMessage);
    error.stack = firstText(set, rules::kStacktrace);
    error.isUnhandled = isTrue(valueOf(event.attributes, "exception.escaped"));
    record.detail = static_cast<std::uint32_t>(m_batch.errors.size());
    m_batch.errors.push_back(error);

    if (event.droppedAttributes != 0)
        addField(set, fieldkey::kDropped, Attribute::of(kNoString, std::int64_t{event.droppedAttributes}));
    record.attributes = store(set.list);
    m_batch.append(record);
}

Attribute RecordBuilder::eventsValue(const RawSpan &span)
{
    Value::Array array;
    for (const RawSpanEvent &event : span.events) {
        Value::Map map;
        map.emplace_back("time", Value(clamped(event.time).ns));
        map.emplace_back("name", Value(event.name));
        if (!event.attributes.empty())
            map.emplace_back("attributes", Value(event.attributes));
        if (event.droppedAttributes != 0)
            map.emplace_back("dropped_attributes_count", Value(std::int64_t{event.droppedAttributes}));
        array.emplace_back(std::move(map));
    }
    return Attribute::ofStructured(kNoString, intern(encodeAnyValue(Value(std::move(array)))));
}

Attribute RecordBuilder::linksValue(const RawSpan &span)
{
    Value::Array array;
    for (const RawSpanLink &link : span.links) {
        Value::Map map;
        TraceContext context;
        if (readId(link.traceId, context.traceId))
            map.emplace_back("trace_id", Value(hexText(link.traceId)));
        if (readId(link.spanId, context.spanId))
            map.emplace_back("span_id", Value(hexText(link.spanId)));
        if (map.size() < 2)
            counters().add("otlp.trace_id.invalid");
        if (!link.traceState.empty())
            map.emplace_back("trace_state", Value(link.traceState));
        if (!link.attributes.empty())
            map.emplace_back("attributes", Value(link.attributes));
        if (link.flags != 0)
            map.emplace_back("flags", Value(std::int64_t{link.flags}));
        if (link.droppedAttributes != 0)
            map.emplace_back("dropped_attributes_count", Value(std::int64_t{link.droppedAttributes}));
        array.emplace_back(std::move(map));
    }
    return Attribute::ofStructured(kNoString, intern(encodeAnyValue(Value(std::move(array)))));
}

} // namespace telltale::otlp
