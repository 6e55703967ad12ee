// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/jsonreader.h"

// The levels of a request: Resource*, Scope*, records. What belongs to a level may stand behind the list it
// belongs to; then the object is read twice.
namespace telltale::otlp::json {
namespace {

class RequestWalker
{
public:
    RequestWalker(JsonReader &reader, const RequestKeys &keys, OnRecord onRecord)
        : m_reader(reader)
        , m_builder(reader.builder())
        , m_keys(keys)
        , m_onRecord(onRecord)
    {}

    void walk()
    {
        m_reader.forEachField([&](std::string_view key) {
            if (key == m_keys.resourceList)
                m_reader.forEachElement([&] { readResourceRecords(); });
        });
        if (!m_reader.isAtEnd())
            throw MalformedJson{"something follows the request"};
    }

private:
    void readResourceRecords()
    {
        m_reader.forgetTexts();
        const auto readHead = [&](bool hasHead) {
            m_builder.resourceAttributes().clear();
            std::uint32_t dropped = 0;
            if (hasHead) {
                m_reader.forEachField([&](std::string_view key) {
                    if (is(key, "attributes"))
                        m_reader.attributes(m_builder.resourceAttributes());
                    else if (is(key, "droppedAttributesCount"))
                        dropped = m_reader.unsigned32();
                });
            }
            m_builder.endResource({}, dropped);
        };
        const auto readScopes = [&] { m_reader.forEachElement([&] { readScopeRecords(); }); };
        readLevel("resource", m_keys.scopeList, readHead, readScopes,
                  [&](std::string_view schemaUrl) { m_builder.amendResourceSchemaUrl(schemaUrl); });
    }

    void readScopeRecords()
    {
        const auto readHead = [&](bool hasHead) {
            m_builder.scopeAttributes().clear();
            std::uint32_t dropped = 0;
            std::string_view name;
            std::string_view version;
            if (hasHead) {
                m_reader.forEachField([&](std::string_view key) {
                    if (is(key, "name"))
                        name = m_reader.text();
                    else if (is(key, "version"))
                        version = m_reader.text();
                    else if (is(key, "attributes"))
                        m_reader.attributes(m_builder.scopeAttributes());
                    else if (is(key, "droppedAttributesCount"))
                        dropped = m_reader.unsigned32();
                });
            }
            m_builder.endScope(name, version, {}, dropped);
        };
        const auto readRecords = [&] {
            m_reader.forEachElement([&] {
                m_reader.forgetTexts();
                m_onRecord(m_reader);
            });
        };
        readLevel("scope", m_keys.recordList, readHead, readRecords,
                  [&](std::string_view schemaUrl) { m_builder.amendScopeSchemaUrl(schemaUrl); });
    }

    template<typename ReadHead, typename ReadList, typename SetSchemaUrl>
    void readLevel(std::string_view headKey, std::string_view listKey, ReadHead &&readHead, ReadList &&readList,
                   SetSchemaUrl &&setSchemaUrl)
    {
        if (m_reader.shape() != Shape::Object)
            throw MalformedJson{"something else stands where an object belongs"};
        const JsonReader::Place begin = m_reader.place();
        bool hasHead = false;
        bool isListFirst = false;
        std::string schemaUrl; // owned: texts are forgotten with each record
        m_reader.forEachField([&](std::string_view key) {
            if (key == headKey && !hasHead) {
                readHead(true);
                hasHead = true;
            } else if (key == listKey && !hasHead) {
                isListFirst = true;
            } else if (key == listKey && !isListFirst) {
                readList();
            } else if (is(key, "schemaUrl")) {
                schemaUrl = m_reader.text();
            }
        });
        if (!hasHead)
            readHead(false);
        if (isListFirst) {
            const JsonReader::Place behind = m_reader.place();
            m_reader.goTo(begin);
            m_reader.forEachField([&](std::string_view key) {
                if (key == listKey)
                    readList();
            });
            m_reader.goTo(behind);
        }
        setSchemaUrl(schemaUrl);
    }

    JsonReader &m_reader;
    RecordBuilder &m_builder;
    RequestKeys m_keys;
    OnRecord m_onRecord;
};

} // namespace

void walkRequest(JsonReader &reader, const RequestKeys &keys, OnRecord onRecord)
{
    RequestWalker(reader, keys, onRecord).walk();
}

} // namespace telltale::otlp::json
