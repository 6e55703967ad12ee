// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/jsontree.h"
#include "models/protocols/support/protocolrequest.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace telltale {

/// Attributes that are JSON still, and are written without becoming values first.
class JsonAttributes
{
public:
    struct Entry
    {
        std::string_view key; ///< empty: each field of the object
        json::Element value;
    };

    /// All fields of an object, by their names. Nothing, when it is none.
    void addFields(const std::optional<json::Element> &object)
    {
        if (json::isObject(object))
            m_entries.push_back({{}, *object});
    }
    /// One attribute. `key` lives as long as the request. Nothing, when there is no such element.
    void add(std::string_view key, const std::optional<json::Element> &value)
    {
        if (value)
            m_entries.push_back({key, *value});
    }
    bool isEmpty() const { return m_entries.empty(); }
    /// Calls `visit(std::string_view key, json::Element value)` for each attribute.
    template<typename Visit>
    void forEach(Visit &&visit) const
    {
        for (const Entry &entry : m_entries) {
            if (!entry.key.empty()) {
                visit(entry.key, entry.value);
                continue;
            }
            for (const auto &[key, value] : json::members(entry.value))
                visit(std::string_view(key), json::Element(value));
        }
    }

private:
    std::vector<Entry> m_entries;
};

/// Who sends, as texts. Empty: not said.
struct OriginText
{
    std::string product, environment, release, os, device, country;
    std::string scopeName, scopeVersion; ///< the SDK
    JsonAttributes json;                 ///< attributes of the resource, as sent
};

/// A record as texts. Empty and negative: not said.
struct RecordText
{
    RecordKind kind = RecordKind::Log;
    std::uint8_t severity = 0;
    std::optional<Instant> time; ///< none: the arrival
    std::int64_t duration = kNoDuration;
    std::string name, feature, screen, user, session, previousSession;
    Value body;          ///< null: none
    JsonAttributes json; ///< attributes; they come first
    Value::Map attributes;
    Value::Map fields; ///< of fieldkey, without their mark: "severity_text", "links"...
    TraceContext trace;
};

/// Writes the records of one request into its batch. Comfortable, for protocols where an SDK sends a handful of records;
/// OTLP has its own builder. Not thread-safe.
class RecordWriter
{
public:
    RecordWriter(RecordBatch &batch, ProtocolReport &report, Instant arrival);

    /// Of the records that follow. Equal ones are one.
    void setOrigin(const OriginText &origin);
    void add(const RecordText &record);
    /// A record of kind Error. `fingerprint`: as ErrorDetail's.
    void addError(RecordText record, std::string_view type, std::string_view message, std::string_view stack,
                  bool isUnhandled, std::string_view fingerprint = {}, std::uint64_t group = 0);
    /// A record of kind Span.
    void addSpan(RecordText record, const SpanDetail &detail);
    /// A record of kind MetricPoint. unit and description of `detail` are set here.
    void addPoint(RecordText record, MetricDetail detail, std::string_view unit = {},
                  std::string_view description = {});

    /// Records until endMessage() are one message of the protocol; sent again in another request, it is recognised. The
    /// id is unique within `scope`, such as the protocol and the key of a project. No id: never recognised.
    void beginMessage(std::string_view scope, std::string_view id);
    void endMessage();
    /// The two keys are one person, before and after.
    void joinUsers(std::string_view user, std::string_view alias);
    /// A record that could not be kept.
    void reject(std::string_view counter);

private:
    StringId intern(std::string_view text) { return text.empty() ? kNoString : m_batch.strings.intern(text); }
    void append(const RecordText &record, std::uint32_t detail);
    void store(const JsonAttributes &attributes);
    void store(std::string_view key, json::Element value);
    void store(const Value::Map &attributes);
    /// As a key of the batch; of one that is reserved for us, under another name.
    StringId keyOf(std::string_view name);
    std::uint32_t attributeCount() const { return static_cast<std::uint32_t>(m_batch.attributes.size()); }

    RecordBatch &m_batch;
    ProtocolReport &m_report;
    Instant m_arrival;
    std::uint32_t m_origin = kNoIndex;
    std::map<std::string, std::uint32_t> m_origins;
    std::string m_originKey, m_lastOrigin, m_bytes; ///< memory used again
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
