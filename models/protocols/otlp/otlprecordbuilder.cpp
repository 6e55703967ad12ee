// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/otlprecordbuilder.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace telltale::otlp {
namespace {

constexpr std::uint64_t kLargestTime = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
constexpr std::int64_t kNanosecondsPerDay = 86'400'000'000'000;

} // namespace

RecordBuilder::RecordBuilder(RecordBatch &batch, const DecodeContext &context, DecodeReport &report)
    : m_batch(batch)
    , m_context(context)
    , m_report(report)
{}

std::uint32_t RecordBuilder::cachedKey(std::string_view key)
{
    const StringId id = m_batch.strings.intern(key);
    if (id >= m_keyOfString.size())
        m_keyOfString.resize(m_batch.strings.size() + 64 + m_keyOfString.size() / 2);
    std::uint32_t &slot = m_keyOfString[id];
    if (slot == 0) {
        m_keys.push_back({m_batch.strings.view(id), id, knownKey(key), {}, kNoString});
        slot = static_cast<std::uint32_t>(m_keys.size());
    }
    return slot - 1;
}

/// Nobody may send what is kept for our own fields.
std::string RecordBuilder::unreserved(std::string_view key)
{
    counters().add("otlp.attribute.reserved_key");
    return "\xef\xbf\xbd" + std::string(key.substr(1)); // U+FFFD
}

std::uint32_t RecordBuilder::key(AttributeSet &set, std::string_view key)
{
    const std::size_t position = set.list.size();
    if (position < set.guesses.size() && m_keys[set.guesses[position]].key == key)
        return set.guesses[position];
    const std::uint32_t index = fieldkey::isField(key) ? cachedKey(unreserved(key)) : cachedKey(key);
    if (position >= set.guesses.size())
        set.guesses.resize(position + 1, index);
    set.guesses[position] = index;
    return index;
}

IndexRange RecordBuilder::store(const std::vector<Attribute> &attributes)
{
    const auto begin = static_cast<std::uint32_t>(m_batch.attributes.size());
    m_batch.attributes.insert(m_batch.attributes.end(), attributes.begin(), attributes.end());
    return {begin, static_cast<std::uint32_t>(m_batch.attributes.size())};
}

StringId RecordBuilder::displayText(const Attribute &attribute)
{
    if (attribute.type == AttributeType::Null)
        return kNoString;
    if (attribute.type == AttributeType::String)
        return m_batch.text(attribute.text()).empty() ? kNoString : attribute.text();
    return m_batch.strings.intern(toDisplayText(m_batch.valueOf(attribute)));
}

StringId RecordBuilder::firstTextFound(const AttributeSet &set, const Rule &rule)
{
    for (const KnownKey key : rule.keys) {
        if (const Attribute *attribute = set.find(key)) {
            if (const StringId text = displayText(*attribute); text != kNoString)
                return text;
        }
    }
    return kNoString;
}

void RecordBuilder::endResource(std::string_view schemaUrl, std::uint32_t dropped)
{
    m_origin = {};
    m_origin.product = firstText(m_resource, rules::kProduct);
    m_origin.environment = firstText(m_resource, rules::kEnvironment);
    m_origin.release = firstText(m_resource, rules::kRelease);
    m_origin.os = firstText(m_resource, rules::kOs);
    m_origin.device = firstText(m_resource, rules::kDevice);
    m_origin.country = firstText(m_resource, rules::kCountry);
    m_resourceUser = firstText(m_resource, rules::kUser);
    m_resourceSession = firstText(m_resource, rules::kSession);
    m_resourceSchemaUrl = schemaUrl.empty() ? kNoString : intern(schemaUrl);
    if (dropped != 0)
        addField(m_resource, fieldkey::kDropped, Attribute::of(kNoString, std::int64_t{dropped}));
    if (m_resourceSchemaUrl != kNoString)
        addField(m_resource, fieldkey::kResourceSchemaUrl, Attribute::ofText(kNoString, m_resourceSchemaUrl));
    m_origin.attributes = store(m_resource.list);
    m_firstOrigin = m_batch.origins.size();
}

void RecordBuilder::amendResourceSchemaUrl(std::string_view schemaUrl)
{
    if (schemaUrl.empty() || m_resourceSchemaUrl != kNoString)
        return;
    m_resourceSchemaUrl = intern(schemaUrl);
    addField(m_resource, fieldkey::kResourceSchemaUrl, Attribute::ofText(kNoString, m_resourceSchemaUrl));
    m_origin.attributes = store(m_resource.list);
    for (std::size_t i = m_firstOrigin; i < m_batch.origins.size(); ++i) {
        m_batch.origins[i].attributes = m_origin.attributes;
        if (m_batch.origins[i].schemaUrl == kNoString)
            m_batch.origins[i].schemaUrl = m_resourceSchemaUrl;
    }
}

void RecordBuilder::amendScopeSchemaUrl(std::string_view schemaUrl)
{
    if (schemaUrl.empty())
        return;
    m_origin.schemaUrl = intern(schemaUrl);
    if (m_originIndex != kNoIndex)
        m_batch.origins[m_originIndex].schemaUrl = m_origin.schemaUrl;
}

void RecordBuilder::endScope(std::string_view name, std::string_view version, std::string_view schemaUrl,
                             std::uint32_t dropped)
{
    m_origin.scopeName = name.empty() ? kNoString : intern(name);
    m_origin.scopeVersion = version.empty() ? kNoString : intern(version);
    m_origin.schemaUrl = schemaUrl.empty() ? m_resourceSchemaUrl : intern(schemaUrl);
    if (dropped != 0)
        addField(m_scope, fieldkey::kDropped, Attribute::of(kNoString, std::int64_t{dropped}));
    m_origin.scopeAttributes = store(m_scope.list);
    m_originIndex = kNoIndex;
}

std::uint32_t RecordBuilder::originIndex()
{
    if (m_originIndex == kNoIndex) {
        m_originIndex = static_cast<std::uint32_t>(m_batch.origins.size());
        m_batch.origins.push_back(m_origin);
    }
    return m_originIndex;
}

void RecordBuilder::resolveWho(Record &record)
{
    record.origin = originIndex();
    record.user = firstText(m_record, rules::kUser);
    if (record.user == kNoString)
        record.user = m_resourceUser;
    record.session = firstText(m_record, rules::kSession);
    if (record.session == kNoString)
        record.session = m_resourceSession;
}

Instant RecordBuilder::clamped(std::uint64_t time)
{
    if (time > kLargestTime) {
        counters().add("time.clamped");
        return Instant::max();
    }
    return {static_cast<std::int64_t>(time)};
}

void RecordBuilder::resolveTime(Record &record, std::uint64_t time, std::uint64_t otherTime)
{
    if (time == 0 && otherTime == 0) {
        counters().add("time.arrival_used");
        record.time = m_context.arrival;
        return;
    }
    if (time == 0)
        counters().add("time.observed_used");
    record.time = clamped(time != 0 ? time : otherTime);
    const bool isFarAhead = m_context.arrival.ns < Instant::max().ns - kNanosecondsPerDay &&
                            record.time.ns > m_context.arrival.ns + kNanosecondsPerDay;
    if (isFarAhead)
        counters().add("time.future");
}

std::uint32_t RecordBuilder::traceIndex(const TraceContext &context)
{
    if (m_batch.traces.empty() || m_batch.traces.back() != context)
        m_batch.traces.push_back(context);
    return static_cast<std::uint32_t>(m_batch.traces.size() - 1);
}

std::uint32_t RecordBuilder::resolveTrace(std::string_view traceId, std::string_view spanId)
{
    if (traceId.empty() && spanId.empty())
        return kNoIndex;
    TraceContext context;
    const bool hasTraceId = readId(traceId, context.traceId);
    const bool hasSpanId = readId(spanId, context.spanId);
    if ((!traceId.empty() && !hasTraceId) || (!spanId.empty() && !hasSpanId))
        counters().add("otlp.trace_id.invalid");
    return hasTraceId || hasSpanId ? traceIndex(context) : kNoIndex;
}

std::int64_t RecordBuilder::dwell() const
{
    const Attribute *attribute = m_record.find(KnownKey::DwellTime);
    if (!attribute)
        return kNoDuration;
    constexpr std::int64_t kLongest = std::numeric_limits<std::int64_t>::max() / 1'000'000;
    if (attribute->type == AttributeType::Int) {
        const std::int64_t ms = attribute->integer();
        return ms < 0 || ms > kLongest ? kNoDuration : ms * 1'000'000;
    }
    if (attribute->type == AttributeType::Double) {
        const double ms = attribute->number();
        if (!(ms >= 0) || ms > static_cast<double>(kLongest - 1))
            return kNoDuration;
        return std::llround(ms * 1e6);
    }
    return kNoDuration;
}

/// First match wins; the error rule stands before the names.
void RecordBuilder::classify(Record &record, const RawLog &log)
{
    if (m_lastEventName != record.name) {
        m_lastEventName = record.name;
        m_lastMeaning = eventMeaning(m_batch.text(record.name));
    }
    const EventMeaning meaning = m_lastMeaning;
    const Attribute *type = m_record.find(KnownKey::ExceptionType);
    const Attribute *message = m_record.find(KnownKey::ExceptionMessage);
    const bool isError = type || message || meaning == EventMeaning::Error ||
                         meaning == EventMeaning::UnhandledError || record.severity >= kErrorSeverity;
    if (isError) {
        record.kind = RecordKind::Error;
        ErrorDetail error;
        error.type = type ? displayText(*type) : kNoString;
        if (error.type == kNoString)
            error.type = record.name != kNoString ? record.name : intern(kUnknownErrorType);
        error.message = message ? displayText(*message) : kNoString;
        if (error.message == kNoString)
            error.message = displayText(log.body);
        error.stack = firstText(m_record, rules::kStacktrace);
        error.isUnhandled = meaning == EventMeaning::UnhandledError || record.severity >= kFatalSeverity;
        record.detail = static_cast<std::uint32_t>(m_batch.errors.size());
        m_batch.errors.push_back(error);
        record.screen = firstText(m_record, rules::kPlace);
        return;
    }
    record.screen = firstText(m_record, meaning == EventMeaning::ScreenView ? rules::kScreen : rules::kPlace);
    switch (meaning) {
    case EventMeaning::None:
    case EventMeaning::ProgramState:
    case EventMeaning::Error:
    case EventMeaning::UnhandledError:
        record.kind = RecordKind::Log;
        break;
    case EventMeaning::SessionBound:
        record.kind = RecordKind::SessionBound;
        record.previousSession = firstText(m_record, rules::kPreviousSession);
        break;
    case EventMeaning::ScreenView:
        record.kind = RecordKind::ScreenView;
        record.duration = dwell();
        break;
    case EventMeaning::WidgetUse:
    case EventMeaning::Usage:
        record.kind = RecordKind::UsageEvent;
        record.feature =
            firstText(m_record, meaning == EventMeaning::WidgetUse ? rules::kWidget : rules::kFeature);
        if (record.feature == kNoString)
            record.feature = record.name;
        break;
    }
}

void RecordBuilder::addLog(const RawLog &log)
{
    charge(kRecordCharge);
    Record record;
    record.severity = log.severity >= 0 && log.severity <= 24 ? static_cast<std::uint8_t>(log.severity) : 0;
    resolveTime(record, log.time, log.observedTime);
    resolveWho(record);
    record.trace = resolveTrace(log.traceId, log.spanId);
    if (!log.eventName.empty()) {
        record.name = m_lastEventName != kNoString && m_batch.text(m_lastEventName) == log.eventName
                          ? m_lastEventName
                          : intern(log.eventName);
    } else {
        record.name = firstText(m_record, rules::kEventName);
    }
    classify(record, log);

    if (log.body.type != AttributeType::Null)
        addField(m_record, fieldkey::kBody, log.body);
    if (!log.severityText.empty()) {
        if (m_lastSeverityText == kNoString || m_batch.text(m_lastSeverityText) != log.severityText)
            m_lastSeverityText = intern(log.severityText);
        addField(m_record, fieldkey::kSeverityText, Attribute::ofText(kNoString, m_lastSeverityText));
    }
    if (log.observedTime != 0 && log.time != 0 && log.observedTime != log.time) {
        addField(
            m_record, fieldkey::kObservedTime,
            Attribute::of(kNoString, static_cast<std::int64_t>(std::min(log.observedTime, kLargestTime))));
    }
    if (log.flags != 0)
        addField(m_record, fieldkey::kFlags, Attribute::of(kNoString, std::int64_t{log.flags}));
    if (log.droppedAttributes != 0)
        addField(m_record, fieldkey::kDropped, Attribute::of(kNoString, std::int64_t{log.droppedAttributes}));
    record.attributes = store(m_record.list);
    m_batch.append(record);
}

} // namespace telltale::otlp
