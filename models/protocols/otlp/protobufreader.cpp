// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/protobufreader.h"

namespace telltale::otlp::protobuf {
namespace {

// Field numbers of opentelemetry/proto/common/v1/common.proto and resource/v1/resource.proto.
namespace anyvalue {
enum : protozero::pbf_tag_type { String = 1, Bool, Int, Double, Array, Map, Bytes };
}
namespace pair {
enum : protozero::pbf_tag_type { Key = 1, Value };
}
namespace list {
enum : protozero::pbf_tag_type { Values = 1 };
}
namespace resource {
enum : protozero::pbf_tag_type { Attributes = 1, Dropped };
}
namespace scope {
enum : protozero::pbf_tag_type { Name = 1, Version, Attributes, Dropped };
}

struct PairViews
{
    std::string_view key;
    std::string_view value;
};

PairViews readPairViews(std::string_view message)
{
    PairViews views;
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytes(pair::Key):
            views.key = view(reader);
            break;
        case bytes(pair::Value):
            views.value = view(reader);
            break;
        default:
            reader.skip();
        }
    }
    return views;
}

/// Whether the bytes can be kept as they came: nothing nests too deep and each known field has its wire type.
bool canKeep(std::string_view message, int depth)
{
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytes(anyvalue::Array):
        case bytes(anyvalue::Map): {
            if (depth >= kMaximumValueDepth)
                return false;
            const bool isMap = reader.tag() == anyvalue::Map;
            Reader values = readerOf(view(reader));
            while (values.next()) {
                if (values.tag_and_type() != bytes(list::Values)) {
                    values.skip();
                    continue;
                }
                const std::string_view element = view(values);
                if (!canKeep(isMap ? readPairViews(element).value : element, depth + 1))
                    return false;
            }
            break;
        }
        case bytes(anyvalue::String):
        case bytes(anyvalue::Bytes):
        case varint(anyvalue::Bool):
        case varint(anyvalue::Int):
        case fixed64(anyvalue::Double):
            reader.skip();
            break;
        default:
            if (reader.tag() <= anyvalue::Bytes)
                return false;
            reader.skip();
        }
    }
    return true;
}

/// An array or a map deeper than the last level becomes null.
Value cut(RecordBuilder &builder, Reader &reader)
{
    builder.counters().add("otlp.depth.exceeded");
    reader.skip();
    return {};
}

Value readOwned(RecordBuilder &builder, std::string_view message, int depth)
{
    builder.charge(1);
    Value value;
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytes(anyvalue::String):
            value = Value(view(reader));
            break;
        case bytes(anyvalue::Bytes):
            value = Value(Bytes{std::string(view(reader))});
            break;
        case varint(anyvalue::Bool):
            value = Value(reader.get_bool());
            break;
        case varint(anyvalue::Int):
            value = Value(static_cast<std::int64_t>(reader.get_int64()));
            break;
        case fixed64(anyvalue::Double):
            value = Value(reader.get_double());
            break;
        case bytes(anyvalue::Array): {
            if (depth >= kMaximumValueDepth) {
                value = cut(builder, reader);
                break;
            }
            Value::Array array;
            Reader values = readerOf(view(reader));
            while (values.next()) {
                if (values.tag_and_type() == bytes(list::Values))
                    array.push_back(readOwned(builder, view(values), depth + 1));
                else
                    values.skip();
            }
            value = Value(std::move(array));
            break;
        }
        case bytes(anyvalue::Map): {
            if (depth >= kMaximumValueDepth) {
                value = cut(builder, reader);
                break;
            }
            Value::Map map;
            Reader values = readerOf(view(reader));
            while (values.next()) {
                if (values.tag_and_type() == bytes(list::Values))
                    readPair(builder, map, view(values), depth + 1);
                else
                    values.skip();
            }
            value = Value(std::move(map));
            break;
        }
        default:
            reader.skip();
        }
    }
    return value;
}

} // namespace

Attribute readValue(RecordBuilder &builder, std::uint32_t keyIndex, std::string_view message)
{
    Attribute value;
    Reader reader = readerOf(message);
    while (reader.next()) {
        switch (reader.tag_and_type()) {
        case bytes(anyvalue::String):
            value = Attribute::ofText(kNoString, builder.intern(keyIndex, view(reader)));
            break;
        case bytes(anyvalue::Bytes):
            value = Attribute::ofBytes(kNoString, builder.intern(keyIndex, view(reader)));
            break;
        case varint(anyvalue::Bool):
            value = Attribute::of(kNoString, reader.get_bool());
            break;
        case varint(anyvalue::Int):
            value = Attribute::of(kNoString, static_cast<std::int64_t>(reader.get_int64()));
            break;
        case fixed64(anyvalue::Double):
            value = Attribute::of(kNoString, reader.get_double());
            break;
        case bytes(anyvalue::Array):
        case bytes(anyvalue::Map):
            value = Attribute::ofStructured(kNoString, kNoString);
            reader.skip();
            break;
        default:
            reader.skip();
        }
    }
    if (value.type == AttributeType::Structured) {
        value.bits = canKeep(message, 0)
                         ? builder.intern(keyIndex, message)
                         : builder.intern(keyIndex, encodeAnyValue(readOwned(builder, message, 0)));
    }
    return value;
}

void readAttribute(RecordBuilder &builder, AttributeSet &set, std::string_view message)
{
    const PairViews views = readPairViews(message);
    const std::uint32_t keyIndex = builder.key(set, views.key);
    builder.add(set, keyIndex, readValue(builder, keyIndex, views.value));
}

void readPair(RecordBuilder &builder, Value::Map &map, std::string_view message, int depth)
{
    const PairViews views = readPairViews(message);
    map.emplace_back(std::string(views.key), readOwned(builder, views.value, depth));
}

void readResourceOf(std::string_view resourceRecords, RecordBuilder &builder)
{
    AttributeSet &attributes = builder.resourceAttributes();
    attributes.clear();
    std::uint32_t dropped = 0;
    std::string_view schemaUrl;
    Reader reader = readerOf(resourceRecords);
    while (reader.next()) {
        if (reader.tag_and_type() == bytes(3)) {
            schemaUrl = view(reader);
        } else if (reader.tag_and_type() == bytes(1)) {
            Reader fields = readerOf(view(reader));
            while (fields.next()) {
                switch (fields.tag_and_type()) {
                case bytes(resource::Attributes):
                    readAttribute(builder, attributes, view(fields));
                    break;
                case varint(resource::Dropped):
                    dropped = fields.get_uint32();
                    break;
                default:
                    fields.skip();
                }
            }
        } else {
            reader.skip();
        }
    }
    builder.endResource(schemaUrl, dropped);
}

void readScopeOf(std::string_view scopeRecords, RecordBuilder &builder)
{
    AttributeSet &attributes = builder.scopeAttributes();
    attributes.clear();
    std::uint32_t dropped = 0;
    std::string_view name;
    std::string_view version;
    std::string_view schemaUrl;
    Reader reader = readerOf(scopeRecords);
    while (reader.next()) {
        if (reader.tag_and_type() == bytes(3)) {
            schemaUrl = view(reader);
        } else if (reader.tag_and_type() == bytes(1)) {
            Reader fields = readerOf(view(reader));
            while (fields.next()) {
                switch (fields.tag_and_type()) {
                case bytes(scope::Name):
                    name = view(fields);
                    break;
                case bytes(scope::Version):
                    version = view(fields);
                    break;
                case bytes(scope::Attributes):
                    readAttribute(builder, attributes, view(fields));
                    break;
                case varint(scope::Dropped):
                    dropped = fields.get_uint32();
                    break;
                default:
                    fields.skip();
                }
            }
        } else {
            reader.skip();
        }
    }
    builder.endScope(name, version, schemaUrl, dropped);
}

} // namespace telltale::otlp::protobuf
