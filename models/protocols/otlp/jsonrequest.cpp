// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/jsonreader.h"

// The levels of a request: Resource*, Scope*, records. What belongs to a level may stand behind the list it
// belongs to; then the object is read twice.
namespace telltale::otlp::json {
namespace {

class RequestWalker
{
public:
    RequestWalker(RecordBuilder &builder, const RequestKeys &keys, OnRecord onRecord)
        : m_reader(builder)
        , m_builder(builder)
        , m_keys(keys)
        , m_onRecord(onRecord)
    {}

    void walk(simdjson::ondemand::document &document)
    {
        if (document.type().value() != json_type::object)
            throw MalformedJson{"a request is an object"};
        JsonObject request = document.get_object().value();
        for (auto result : request) {
            JsonField field = fieldOf(std::move(result));
            if (JsonReader::keyOf(field) != m_keys.resourceList)
                continue;
            JsonValue list = field.value();
            m_reader.forEachElement(list, [&](JsonValue element) { readResourceRecords(element); });
        }
        if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) // nothing is left
            throw MalformedJson{"something follows the request"};
    }

private:
    static JsonObject objectOf(JsonValue &value)
    {
        if (JsonReader::typeOf(value) != json_type::object)
            throw MalformedJson{"something else stands where an object belongs"};
        return value.get_object().value();
    }

    void readResourceRecords(JsonValue element)
    {
        m_reader.forgetTexts();
        const auto readHead = [&](JsonValue *resource) {
            m_builder.resourceAttributes().clear();
            std::uint32_t dropped = 0;
            if (resource) {
                m_reader.forEachField(*resource, [&](std::string_view key, JsonValue value) {
                    if (key == "attributes")
                        m_reader.attributes(m_builder.resourceAttributes(), value);
                    else if (key == "droppedAttributesCount")
                        dropped = m_reader.unsigned32(value);
                });
            }
            m_builder.endResource({}, dropped);
        };
        const auto readScopes = [&](JsonValue list) {
            m_reader.forEachElement(list, [&](JsonValue scope) { readScopeRecords(scope); });
        };
        readLevel(element, "resource", m_keys.scopeList, readHead, readScopes,
                  [&](std::string_view schemaUrl) { m_builder.amendResourceSchemaUrl(schemaUrl); });
    }

    void readScopeRecords(JsonValue element)
    {
        const auto readHead = [&](JsonValue *scope) {
            m_builder.scopeAttributes().clear();
            std::uint32_t dropped = 0;
            std::string_view name;
            std::string_view version;
            if (scope) {
                m_reader.forEachField(*scope, [&](std::string_view key, JsonValue value) {
                    if (key == "name")
                        name = m_reader.text(value);
                    else if (key == "version")
                        version = m_reader.text(value);
                    else if (key == "attributes")
                        m_reader.attributes(m_builder.scopeAttributes(), value);
                    else if (key == "droppedAttributesCount")
                        dropped = m_reader.unsigned32(value);
                });
            }
            m_builder.endScope(name, version, {}, dropped);
        };
        const auto readRecords = [&](JsonValue list) {
            m_reader.forEachElement(list, [&](JsonValue record) {
                m_reader.forgetTexts();
                m_onRecord(m_reader, record);
            });
        };
        readLevel(element, "scope", m_keys.recordList, readHead, readRecords,
                  [&](std::string_view schemaUrl) { m_builder.amendScopeSchemaUrl(schemaUrl); });
    }

    template<typename ReadHead, typename ReadList, typename SetSchemaUrl>
    void readLevel(JsonValue &element, std::string_view headKey, std::string_view listKey,
                   ReadHead &&readHead, ReadList &&readList, SetSchemaUrl &&setSchemaUrl)
    {
        JsonObject object = objectOf(element);
        bool hasHead = false;
        bool isListFirst = false;
        std::string schemaUrl; // owned: texts are forgotten with each record
        for (auto result : object) {
            JsonField field = fieldOf(std::move(result));
            const std::string_view key = JsonReader::keyOf(field);
            JsonValue value = field.value();
            if (key == headKey && !hasHead) {
                readHead(&value);
                hasHead = true;
            } else if (key == listKey && !hasHead) {
                isListFirst = true;
            } else if (key == listKey && !isListFirst) {
                readList(value);
            } else if (key == "schemaUrl") {
                schemaUrl = m_reader.text(value);
            }
        }
        if (!hasHead)
            readHead(nullptr);
        if (isListFirst) {
            (void)object.reset().value();
            for (auto result : object) {
                JsonField field = fieldOf(std::move(result));
                if (JsonReader::keyOf(field) == listKey)
                    readList(field.value());
            }
        }
        setSchemaUrl(schemaUrl);
    }

    JsonReader m_reader;
    RecordBuilder &m_builder;
    RequestKeys m_keys;
    OnRecord m_onRecord;
};

} // namespace

void walkRequest(simdjson::ondemand::document &document, RecordBuilder &builder, const RequestKeys &keys,
                 OnRecord onRecord)
{
    RequestWalker(builder, keys, onRecord).walk(document);
}

} // namespace telltale::otlp::json
