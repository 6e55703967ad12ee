// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/jsontree.h"
#include "models/protocols/support/protocolrequest.h"
#include "models/protocols/support/room.h"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace telltale {

/// Attributes as they stand in the request, which are written without becoming values first: JSON, and texts. Some have
/// room without an allocation. Views live as long as the request.
class SentAttributes
{
public:
    /// All fields of an object, by their names. Nothing, when it is none.
    void addFields(const std::optional<json::Element> &object)
    {
        if (json::isObject(object))
            push(Form::Fields, {}, *object);
    }
    /// The same without the fields of this name.
    void addFieldsBut(std::string_view name, json::Element object)
    {
        if (object.isObject())
            push(Form::Fields, name, object);
    }
    /// One attribute. Nothing, when there is no such element.
    void add(std::string_view key, const std::optional<json::Element> &value)
    {
        if (value)
            push(Form::Json, key, *value);
    }
    void addText(std::string_view key, std::string_view text) { push(Form::Text, key, {}, text); }
    void clear()
    {
        m_count = 0;
        m_more.clear();
    }
    /// Calls `visit(std::string_view key, value)` for each attribute, with a json::Element or a std::string_view.
    template<typename Visit>
    void forEach(Visit &&visit) const
    {
        for (std::size_t i = 0; i < m_count + m_more.size(); ++i) {
            const Entry &entry = i < m_count ? m_first[i].value : m_more[i - m_count];
            if (entry.form == Form::Text) {
                visit(entry.key, entry.text);
            } else if (entry.form == Form::Json) {
                visit(entry.key, entry.value);
            } else {
                for (const auto &[key, value] : json::members(entry.value)) {
                    if (entry.key.empty() || entry.key != key)
                        visit(key, value);
                }
            }
        }
    }

private:
    enum class Form : std::uint8_t { Fields, Json, Text };
    struct Entry
    {
        Entry(Form ofForm, std::string_view ofKey, json::Element ofValue, std::string_view ofText)
            : form(ofForm)
            , key(ofKey)
            , value(ofValue)
            , text(ofText)
        {}
        Form form;
        std::string_view key; ///< of Fields: the one that is left out; empty: none
        json::Element value;
        std::string_view text;
    };

    void push(Form form, std::string_view key, json::Element value, std::string_view text = {})
    {
        if (m_count < m_first.size())
            m_first[m_count++].set(form, key, value, text);
        else
            m_more.emplace_back(form, key, value, text);
    }
    std::array<Room<Entry>, 8> m_first;
    std::size_t m_count = 0; ///< in m_first
    std::vector<Entry> m_more;
};

/// Who sends, as texts. Empty: not said. Views live until setOrigin() has returned.
struct OriginText
{
    Text product, environment, release, os, device, country;
    Text scopeName, scopeVersion; ///< the SDK
    SentAttributes sent;         ///< attributes of the resource
};

/// A record as texts. Empty and negative: not said. Views live until the record is added.
struct RecordText
{
    RecordKind kind = RecordKind::Log;
    std::uint8_t severity = 0;
    std::optional<Instant> time; ///< none: the arrival
    std::int64_t duration = kNoDuration;
    Text name, feature, screen, user, session, previousSession;
    Value body;          ///< null: none
    SentAttributes sent; ///< attributes; they come first
    Value::Map attributes;
    Value::Map fields; ///< of fieldkey, without their mark: "severity_text", "links"...
    TraceContext trace;
    bool hasAttributesOfLast = false; ///< all that the record added before has, ahead of its own
};

/// Writes the records of one request into its batch. Comfortable, for protocols where an SDK sends a handful of records;
/// OTLP has its own builder. Not thread-safe.
class RecordWriter
{
public:
    RecordWriter(RecordBatch &batch, ProtocolReport &report, Instant arrival);
    ~RecordWriter();
    RecordWriter(const RecordWriter &) = delete;
    RecordWriter &operator=(const RecordWriter &) = delete;

    /// Of the records that follow. Equal ones are one.
    void setOrigin(const OriginText &origin);
    void add(const RecordText &record);
    /// A record of kind Error. `fingerprint`: as ErrorDetail's.
    void addError(const RecordText &record, std::string_view type, std::string_view message, std::string_view stack,
                  bool isUnhandled, std::string_view fingerprint = {}, std::uint64_t group = 0);
    /// A record of kind Span.
    void addSpan(const RecordText &record, const SpanDetail &detail);
    /// A record of kind MetricPoint. unit and description of `detail` are set here.
    void addPoint(const RecordText &record, MetricDetail detail, std::string_view unit = {},
                  std::string_view description = {});

    /// The same with a value and nothing else.
    void addGauge(const RecordText &record, double value, std::string_view unit);

    /// Attributes that no record has, such as an exemplar's: where they are in the batch.
    IndexRange storeApart(const Value::Map &attributes);

    /// Records until endMessage() are one message of the protocol; sent again in another request, it is recognised. The
    /// id is unique within the scope whose parts these are, such as the protocol and the key of a project. No id: never
    /// recognised.
    void beginMessage(std::initializer_list<std::string_view> scope, std::string_view id);
    void endMessage();
    /// The two keys are one person, before and after.
    void joinUsers(std::string_view user, std::string_view alias);
    /// A record that could not be kept.
    void reject(std::string_view counter);

private:
    /// No text: none. What the record before had is the guess: mostly it is the same.
    StringId intern(std::string_view text, StringId guess = kNoString)
    {
        return text.empty() ? kNoString : m_batch.strings.intern(text, guess);
    }
    void append(const RecordText &record, RecordKind kind, std::uint32_t detail);
    std::uint64_t hashOf(const Origin &origin);
    bool isSame(const Origin &a, const Origin &b) const;
    /// Of this writer's origins.
    std::optional<std::uint32_t> findOrigin(const Origin &origin);
    void store(const SentAttributes &attributes, IndexRange alike);
    Attribute attributeOf(StringId key, std::string_view text, const Attribute &guess);
    Attribute attributeOf(StringId key, json::Element value, const Attribute &guess);
    void store(const Value::Map &attributes);
    void storeAgain(IndexRange range);
    /// As a key of the batch; of one that is reserved for us, under another name.
    StringId keyOf(std::string_view name, StringId guess = kNoString)
    {
        return fieldkey::isField(name) ? reservedKeyOf(name) : m_batch.strings.intern(name, guess);
    }
    StringId reservedKeyOf(std::string_view name);
    void countReservedKeys();
    /// Of the thread, used again and again; what is in it means nothing between calls.
    struct Memory
    {
        std::string bytes;  ///< what is hashed
        std::string nested; ///< where nested values are written
    };
    static Memory &memoryOfThread();
    std::uint32_t attributeCount() const { return static_cast<std::uint32_t>(m_batch.attributes.size()); }

    RecordBatch &m_batch;
    ProtocolReport &m_report;
    Instant m_arrival;
    std::uint32_t m_origin = kNoIndex;
    std::unordered_multimap<std::uint64_t, std::uint32_t> m_origins; ///< by hash; empty as long as there is one only
    std::uint64_t m_reservedKeys = 0;                                ///< stored and not counted yet
    Memory &m_memory;
    std::optional<BatchMessage> m_message;
};

/// A trace or span id in hex, with or without dashes; zeros when it is none.
TraceId traceIdOf(std::string_view hex);
SpanId spanIdOf(std::string_view hex);
/// "trace", "debug", "info", "warning", "error", "fatal" and their relatives as OpenTelemetry severity numbers; 0: none.
std::uint8_t severityOf(std::string_view level);
/// Reads "TypeError: text" apart; `fallback` is the type when there is none.
std::pair<std::string, std::string> typeAndMessageOf(std::string_view firstLine, std::string_view fallback);

} // namespace telltale
