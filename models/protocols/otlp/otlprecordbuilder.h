// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/otlp/otlpdecoder.h"
#include "models/protocols/otlp/otlpmapping.h"
#include "models/telemetry/value.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale::otlp {

/// A key seen before in this batch, with the last text that came under it: most records repeat both.
struct CachedKey
{
    std::string_view key; ///< in the batch's string table
    StringId id = kNoString;
    KnownKey known = KnownKey::None;
    std::string_view lastText; ///< in the batch's string table
    StringId lastTextId = kNoString;
};

/// The attributes of one resource, scope, record or exemplar while they are read. Used again for the next
/// one: the keys at their positions are the guess for the next record's keys.
struct AttributeSet
{
    std::vector<Attribute> list;
    std::vector<std::uint32_t> guesses;                ///< by position: index of a CachedKey
    std::array<std::uint32_t, kKnownKeyCount> found{}; ///< index in `list` + 1 of each known key that came
    std::uint64_t foundMask = 0;

    void clear()
    {
        list.clear();
        if (foundMask != 0)
            found.fill(0);
        foundMask = 0;
    }
    /// nullptr when the key did not come.
    const Attribute *find(KnownKey key) const
    {
        const std::uint32_t at = found[static_cast<std::size_t>(key)];
        return at == 0 ? nullptr : &list[at - 1];
    }
};

template<std::size_t N>
bool readId(std::string_view bytes, std::array<std::uint8_t, N> &id)
{
    if (bytes.size() != N)
        return false;
    std::memcpy(id.data(), bytes.data(), N);
    return id != std::array<std::uint8_t, N>{};
}

/// Thrown within this folder when a request unfolds to more than a batch shall hold; decodeOtlp() makes it a
/// Result.
struct RequestTooLarge
{};

/// Ids travel as their bytes; a length other than 0, 8 or 16 (or hex that is none) is counted and dropped.
inline constexpr std::string_view kInvalidId("?", 1);

/// A log record as sent, in either encoding. Views need to live until addLog() returns.
struct RawLog
{
    std::uint64_t time = 0;
    std::uint64_t observedTime = 0;
    std::int32_t severity = 0;
    std::uint32_t flags = 0;
    std::uint32_t droppedAttributes = 0;
    std::string_view severityText;
    std::string_view eventName;
    std::string_view traceId;
    std::string_view spanId;
    Attribute body; ///< Null: none. The key is not used.
};

struct RawSpanEvent
{
    std::uint64_t time = 0;
    std::string name;
    std::uint32_t droppedAttributes = 0;
    Value::Map attributes;
};

struct RawSpanLink
{
    std::string traceId;
    std::string spanId;
    std::string traceState;
    std::uint32_t droppedAttributes = 0;
    std::uint32_t flags = 0;
    Value::Map attributes;
};

/// A span as sent.
struct RawSpan
{
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    std::int32_t kind = 0;
    std::int32_t statusCode = 0;
    std::uint32_t flags = 0;
    std::uint32_t droppedAttributes = 0;
    std::uint32_t droppedEvents = 0;
    std::uint32_t droppedLinks = 0;
    std::string_view name;
    std::string_view traceId;
    std::string_view spanId;
    std::string_view parentSpanId;
    std::string_view traceState;
    std::string_view statusMessage;
    std::vector<RawSpanEvent> events;
    std::vector<RawSpanLink> links;
};

struct RawExemplar
{
    std::uint64_t time = 0;
    double value = 0;
    std::int64_t integer = 0;
    bool isInteger = false;
    std::string_view traceId;
    std::string_view spanId;
};

/// What the points of one metric share.
struct RawMetric
{
    StringId name = kNoString;
    StringId unit = kNoString;
    StringId description = kNoString;
    MetricKind kind = MetricKind::Gauge;
    Temporality temporality = Temporality::Unspecified;
    bool isMonotonic = false;
    Attribute metadata; ///< Null: none; a map goes to each point
};

/// A data point as sent; `detail` holds what needs no checking.
struct RawPoint
{
    std::uint64_t time = 0;
    std::uint64_t start = 0;
    std::uint32_t flags = 0;
    MetricDetail detail;
};

/// Turns what a decoder read into records of our vocabulary: both encodings meet here, so the rules are
/// applied once. Call order: beginResource, beginScope, then add*() any number of times. Not thread-safe;
/// lives for one request.
class RecordBuilder
{
public:
    RecordBuilder(RecordBatch &batch, const DecodeContext &context, DecodeReport &report);

    RecordBatch &batch() { return m_batch; }
    CounterSet &counters() { return m_report.counters; }
    /// A few bytes of a request can unfold to many in memory: two make an empty metric point. Counts what was
    /// unfolded, so that a hostile request is refused before it is large. Throws RequestTooLarge.
    void charge(std::size_t parts)
    {
        m_charged += parts;
        if (m_charged > kMaximumCharge)
            throw RequestTooLarge();
    }

    /// The set for the record being read; cleared by beginRecord() and used by the next add*().
    AttributeSet &recordAttributes() { return m_record; }
    AttributeSet &resourceAttributes() { return m_resource; }
    AttributeSet &scopeAttributes() { return m_scope; }
    AttributeSet &exemplarAttributes() { return m_exemplar; }

    /// Which key comes at this position of the set; the index goes to intern() and add().
    std::uint32_t key(AttributeSet &set, std::string_view key);
    /// Interns a text value that came under this key.
    StringId intern(std::uint32_t keyIndex, std::string_view text)
    {
        CachedKey &cached = m_keys[keyIndex];
        if (cached.lastTextId != kNoString && cached.lastText == text)
            return cached.lastTextId;
        cached.lastTextId = m_batch.strings.intern(text);
        cached.lastText = m_batch.strings.view(cached.lastTextId);
        return cached.lastTextId;
    }
    StringId intern(std::string_view text) { return m_batch.strings.intern(text); }
    /// Gives the attribute its key and puts it into the set.
    void add(AttributeSet &set, std::uint32_t keyIndex, Attribute value)
    {
        const CachedKey &cached = m_keys[keyIndex];
        value.key = cached.id;
        set.list.push_back(value);
        if (cached.known != KnownKey::None)
            remember(set, cached.known);
    }
    /// The index to intern() values of one of fieldkey's keys with.
    std::uint32_t fieldKey(std::string_view field) { return cachedKey(field); }
    /// An attribute under one of fieldkey's keys.
    void addField(AttributeSet &set, std::string_view field, Attribute value)
    {
        value.key = m_keys[cachedKey(field)].id;
        set.list.push_back(value);
    }

    /// resourceAttributes() are complete. `schemaUrl` and `dropped` are the resource's.
    void endResource(std::string_view schemaUrl, std::uint32_t dropped);
    /// scopeAttributes() are complete.
    void endScope(std::string_view name, std::string_view version, std::string_view schemaUrl,
                  std::uint32_t dropped);

    /// For schema URLs that come after the records they belong to: they reach the origins made since
    /// endScope() and endResource().
    void amendScopeSchemaUrl(std::string_view schemaUrl);
    void amendResourceSchemaUrl(std::string_view schemaUrl);

    void beginRecord() { m_record.clear(); }
    void addLog(const RawLog &log);
    void addSpan(const RawSpan &span);
    /// exemplarAttributes() belong to this exemplar; it joins the next addPoint().
    void addExemplar(const RawExemplar &exemplar);
    void addPoint(const RawMetric &metric, RawPoint &&point);
    void addMetricWithoutData();

private:
    static constexpr std::size_t kRecordCharge = 4;
    static constexpr std::size_t kMaximumCharge = 4'000'000;

    void remember(AttributeSet &set, KnownKey known)
    {
        const auto slot = static_cast<std::size_t>(known);
        if (set.found[slot] == 0)
            set.found[slot] = static_cast<std::uint32_t>(set.list.size());
        set.foundMask |= std::uint64_t(1) << slot;
    }
    std::uint32_t cachedKey(std::string_view key);
    std::string unreserved(std::string_view key);
    IndexRange store(const std::vector<Attribute> &attributes);
    /// The text of the first of these keys that has one; kNoString when none has.
    StringId firstText(const AttributeSet &set, const Rule &rule)
    {
        return (set.foundMask & rule.mask) == 0 ? kNoString : firstTextFound(set, rule);
    }
    StringId firstTextFound(const AttributeSet &set, const Rule &rule);
    StringId displayText(const Attribute &attribute);
    std::uint32_t originIndex();
    void resolveWho(Record &record);
    Instant clamped(std::uint64_t time);
    void resolveTime(Record &record, std::uint64_t time, std::uint64_t otherTime);
    std::uint32_t resolveTrace(std::string_view traceId, std::string_view spanId);
    std::uint32_t traceIndex(const TraceContext &context);
    void classify(Record &record, const RawLog &log);
    std::int64_t dwell() const;
    void addErrorOfEvent(const Record &span, const RawSpanEvent &event);
    Attribute eventsValue(const RawSpan &span);
    Attribute linksValue(const RawSpan &span);

    RecordBatch &m_batch;
    std::size_t m_charged = 0;
    DecodeContext m_context;
    DecodeReport &m_report;

    AttributeSet m_record;
    AttributeSet m_resource;
    AttributeSet m_scope;
    AttributeSet m_exemplar;
    std::vector<Exemplar> m_exemplars;

    std::vector<CachedKey> m_keys;
    std::vector<std::uint32_t> m_keyOfString; ///< by StringId: index into m_keys + 1

    Origin m_origin;
    std::uint32_t m_originIndex = kNoIndex; ///< set when the first record of the scope comes
    std::size_t m_firstOrigin = 0;          ///< of the resource
    StringId m_resourceSchemaUrl = kNoString;
    StringId m_resourceUser = kNoString;
    StringId m_resourceSession = kNoString;

    StringId m_lastEventName = kNoString;
    EventMeaning m_lastMeaning = EventMeaning::None;
    StringId m_lastSeverityText = kNoString;
};

} // namespace telltale::otlp
