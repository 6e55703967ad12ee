// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/otlp/otlprecordbuilder.h"

#include <protozero/pbf_reader.hpp>

#include <string_view>

// The parts that requests of all three signals share. Functions throw protozero::exception on bytes that are
// no protobuf; decodeOtlp() turns that into a Result. A known field with another wire type counts as unknown,
// as the protobuf specification wants.
namespace telltale::otlp::protobuf {

using Reader = protozero::pbf_reader;

/// What a switch over Reader::tag_and_type() compares with.
constexpr std::uint32_t varint(protozero::pbf_tag_type tag)
{
    return protozero::tag_and_type(tag, protozero::pbf_wire_type::varint);
}
constexpr std::uint32_t fixed64(protozero::pbf_tag_type tag)
{
    return protozero::tag_and_type(tag, protozero::pbf_wire_type::fixed64);
}
constexpr std::uint32_t fixed32(protozero::pbf_tag_type tag)
{
    return protozero::tag_and_type(tag, protozero::pbf_wire_type::fixed32);
}
constexpr std::uint32_t bytes(protozero::pbf_tag_type tag)
{
    return protozero::tag_and_type(tag, protozero::pbf_wire_type::length_delimited);
}

inline std::string_view view(Reader &reader)
{
    const auto data = reader.get_view();
    return {data.data(), data.size()};
}
inline Reader readerOf(std::string_view message)
{
    return Reader(message.data(), message.size());
}

/// An AnyValue without a key; texts are interned under `keyIndex`. Nested values deeper than
/// kMaximumValueDepth, counted from `depth`, are cut to null and counted.
Attribute readValue(RecordBuilder &builder, std::uint32_t keyIndex, std::string_view message);
/// A KeyValue, into the set.
void readAttribute(RecordBuilder &builder, AttributeSet &set, std::string_view message);
/// A KeyValue, appended to the map, whose values stand `depth` levels deep in the value they will belong to.
void readPair(RecordBuilder &builder, Value::Map &map, std::string_view message, int depth);

/// Walks Export*ServiceRequest, Resource* and Scope*, which have the same field numbers for all signals, and
/// calls `onRecord(std::string_view message)` for each LogRecord, Span or Metric.
template<typename OnRecord>
void walkRequest(std::string_view body, RecordBuilder &builder, OnRecord &&onRecord);

void decodeLogs(std::string_view body, RecordBuilder &builder);
void decodeTraces(std::string_view body, RecordBuilder &builder);
void decodeMetrics(std::string_view body, RecordBuilder &builder);

// -- details of walkRequest()

/// Reads the `resource` or `scope` (field 1) and `schema_url` (field 3) of a Resource* or Scope*.
void readResourceOf(std::string_view resourceRecords, RecordBuilder &builder);
void readScopeOf(std::string_view scopeRecords, RecordBuilder &builder);

template<typename OnRecord>
void walkRequest(std::string_view body, RecordBuilder &builder, OnRecord &&onRecord)
{
    Reader request = readerOf(body);
    while (request.next()) {
        if (request.tag_and_type() != bytes(1)) {
            request.skip();
            continue;
        }
        // A field may follow those that need it, so the resource and the scope are looked up first.
        const std::string_view resourceRecords = view(request);
        readResourceOf(resourceRecords, builder);
        Reader scopes = readerOf(resourceRecords);
        while (scopes.next()) {
            if (scopes.tag_and_type() != bytes(2)) {
                scopes.skip();
                continue;
            }
            const std::string_view scopeRecords = view(scopes);
            readScopeOf(scopeRecords, builder);
            Reader records = readerOf(scopeRecords);
            while (records.next()) {
                if (records.tag_and_type() == bytes(2))
                    onRecord(view(records));
                else
                    records.skip();
            }
        }
    }
}

} // namespace telltale::otlp::protobuf
