// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/redaction.h"

#include <protozero/pbf_reader.hpp>
#include <xxhash.h>

#include <algorithm>
#include <cstdio>

namespace telltale {
namespace {

bool isSecret(KeySecrecy secrecy, AttributeType type)
{
    switch (type) {
    case AttributeType::Null:
    case AttributeType::Bool:
        return false;
    case AttributeType::Int:
    case AttributeType::Double:
        return secrecy == KeySecrecy::Secret;
    case AttributeType::String:
    case AttributeType::Bytes:
    case AttributeType::Structured:
        return secrecy != KeySecrecy::Harmless;
    }
    return false;
}

AttributeType typeOf(const Value &value)
{
    // Value's alternatives are in the order of AttributeType; arrays and maps are both structured.
    return static_cast<AttributeType>(std::min<std::size_t>(value.data().index(), 6));
}

std::string pseudonym(std::string_view prefix, std::string_view key, std::uint64_t seed)
{
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx",
                  static_cast<unsigned long long>(XXH3_64bits_withSeed(key.data(), key.size(), seed)));
    return std::string(prefix) + "-" + digits.data();
}

std::string_view view(protozero::pbf_reader &reader)
{
    const auto data = reader.get_view();
    return {data.data(), data.size()};
}

} // namespace

Redactor::Redactor(const SecretPatterns &patterns, std::uint64_t seed)
    : m_patterns(patterns)
    , m_seed(seed)
{}

void Redactor::redact(RecordBatch &batch, CounterSet &counters)
{
    judgeStrings(batch);
    redactByKey(batch, counters);
    redactTexts(batch, counters);
}

KeySecrecy Redactor::secrecyOf(std::string_view key)
{
    if (fieldkey::isField(key))
        return KeySecrecy::Harmless;
    const std::uint64_t hash = XXH3_64bits(key.data(), key.size());
    Judged &slot = m_judged[hash % m_judged.size()];
    if (slot.hash != hash || hash == 0)
        slot = {hash, secrecyOfKey(key)};
    return slot.secrecy;
}

/// Finds the keys that name secrets and the strings that are nested values, then the texts worth a closer look.
void Redactor::judgeStrings(const RecordBatch &batch)
{
    m_roles.assign(batch.strings.size() + 1, 0);
    m_suspects.clear();
    m_structured.clear();
    for (const Attribute &attribute : batch.attributes) {
        std::uint8_t &key = m_roles[attribute.key];
        if ((key & Judgement) == 0) {
            const KeySecrecy secrecy = secrecyOf(batch.text(attribute.key));
            key =
                static_cast<std::uint8_t>(key | Judgement | (secrecy == KeySecrecy::Secret ? SecretKey : 0) |
                                          (secrecy == KeySecrecy::SecretText ? SecretTextKey : 0));
        }
        if (attribute.type == AttributeType::Structured)
            m_roles[attribute.text()] |= Structured;
    }
    for (StringId id = 1; id < m_roles.size(); ++id) {
        if ((m_roles[id] & Structured) != 0)
            continue;
        if (const std::uint32_t suspicions = SecretPatterns::suspicions(batch.text(id)); suspicions != 0)
            m_suspects.emplace_back(id, suspicions);
    }
}

void Redactor::redactByKey(RecordBatch &batch, CounterSet &counters)
{
    StringId mask = kNoString;
    for (Attribute &attribute : batch.attributes) {
        const std::uint8_t role = m_roles[attribute.key];
        const bool isStructured = attribute.type == AttributeType::Structured;
        if ((role & (SecretKey | SecretTextKey)) == 0) {
            if (isStructured)
                redactStructured(batch, attribute, counters);
            continue;
        }
        const KeySecrecy secrecy = (role & SecretKey) != 0 ? KeySecrecy::Secret : KeySecrecy::SecretText;
        if (!isSecret(secrecy, attribute.type))
            continue;
        if (mask == kNoString)
            mask = batch.strings.intern(kMask);
        attribute = Attribute::ofText(attribute.key, mask);
        counters.add("redaction.key");
    }
}

void Redactor::redactTexts(RecordBatch &batch, CounterSet &counters)
{
    std::uint64_t masked = 0;
    for (const auto &[id, suspicions] : m_suspects) {
        if (!m_patterns.mask(batch.text(id), suspicions, m_scratch))
            continue;
        // A secret is rare, so only now it matters who is named by it.
        const auto names = [id = id](const std::vector<StringId> &column) {
            return std::find(column.begin(), column.end(), id) != column.end();
        };
        const bool isJoined =
            std::any_of(batch.joins.begin(), batch.joins.end(),
                        [id = id](const UserJoin &join) { return join.user == id || join.alias == id; });
        if (isJoined || names(batch.users))
            redactIdentity(batch, id, "user", counters);
        else if (names(batch.sessions) || names(batch.previousSessions))
            redactIdentity(batch, id, "session", counters);
        else
            batch.strings.replace(id, m_scratch);
        ++masked;
    }
    if (masked > 0)
        counters.add("redaction.pattern", masked);
}

void Redactor::redactIdentity(RecordBatch &batch, StringId id, std::string_view prefix, CounterSet &counters)
{
    batch.strings.replace(id, pseudonym(prefix, batch.text(id), m_seed));
    counters.add("redaction.user");
}

void Redactor::redactStructured(RecordBatch &batch, Attribute &attribute, CounterSet &counters)
{
    const StringId old = attribute.text();
    const StringId key = attribute.key;
    if (const auto known = m_structured.find(old); known != m_structured.end()) {
        attribute = known->second;
        attribute.key = key;
        return;
    }
    switch (examine(batch.text(old), 0)) {
    case Finding::Clean:
        break;
    case Finding::Secret:
        if (auto value = decodeAnyValue(batch.text(old))) {
            if (redactValue(*value, counters))
                attribute = Attribute::ofStructured(key, batch.strings.intern(encodeAnyValue(*value)));
            break;
        }
        [[fallthrough]];
    case Finding::Unreadable:
        attribute = Attribute::ofNull(key);
        counters.add("redaction.dropped");
        break;
    }
    m_structured.emplace(old, attribute);
}

/// Walks the message of an AnyValue without copying: most hold nothing secret.
Redactor::Finding Redactor::examine(std::string_view message, int depth)
{
    enum : protozero::pbf_tag_type { StringValue = 1, ArrayValue = 5, MapValue = 6, BytesValue = 7 };
    if (depth > kMaximumValueDepth)
        return Finding::Unreadable;
    try {
        protozero::pbf_reader value(message.data(), message.size());
        while (value.next()) {
            switch (value.tag_and_type()) {
            case protozero::tag_and_type(StringValue, protozero::pbf_wire_type::length_delimited):
            case protozero::tag_and_type(BytesValue, protozero::pbf_wire_type::length_delimited):
                if (SecretPatterns::suspicions(view(value)) != 0)
                    return Finding::Secret;
                break;
            case protozero::tag_and_type(ArrayValue, protozero::pbf_wire_type::length_delimited): {
                protozero::pbf_reader array = value.get_message();
                while (array.next(1, protozero::pbf_wire_type::length_delimited)) {
                    if (const Finding finding = examine(view(array), depth + 1); finding != Finding::Clean)
                        return finding;
                }
                break;
            }
            case protozero::tag_and_type(MapValue, protozero::pbf_wire_type::length_delimited): {
                protozero::pbf_reader map = value.get_message();
                while (map.next(1, protozero::pbf_wire_type::length_delimited)) {
                    protozero::pbf_reader pair = map.get_message();
                    while (pair.next()) {
                        if (pair.tag_and_type() ==
                            protozero::tag_and_type(1, protozero::pbf_wire_type::length_delimited)) {
                            const std::string_view key = view(pair);
                            if (secrecyOf(key) != KeySecrecy::Harmless ||
                                SecretPatterns::suspicions(key) != 0)
                                return Finding::Secret;
                        } else if (pair.tag_and_type() ==
                                   protozero::tag_and_type(2, protozero::pbf_wire_type::length_delimited)) {
                            if (const Finding finding = examine(view(pair), depth + 1);
                                finding != Finding::Clean)
                                return finding;
                        } else {
                            pair.skip();
                        }
                    }
                }
                break;
            }
            default:
                value.skip();
                break;
            }
        }
    } catch (const protozero::exception &) {
        return Finding::Unreadable;
    }
    return Finding::Clean;
}

/// Depth is bounded: decodeAnyValue() refuses deeper values. True when something changed.
bool Redactor::redactValue(Value &value, CounterSet &counters)
{
    const auto redactText = [&](std::string &text) {
        const std::uint32_t suspicions = SecretPatterns::suspicions(text);
        if (suspicions == 0 || !m_patterns.mask(text, suspicions, m_scratch))
            return false;
        text = m_scratch;
        counters.add("redaction.pattern");
        return true;
    };
    if (auto *text = std::get_if<std::string>(&value.data()))
        return redactText(*text);
    if (auto *bytes = std::get_if<Bytes>(&value.data()))
        return redactText(bytes->data);
    bool isChanged = false;
    if (auto *array = std::get_if<Value::Array>(&value.data())) {
        for (Value &element : *array)
            isChanged = redactValue(element, counters) || isChanged;
    } else if (auto *map = std::get_if<Value::Map>(&value.data())) {
        for (auto &[key, element] : *map) {
            if (isSecret(secrecyOf(key), typeOf(element))) {
                element = Value(kMask);
                counters.add("redaction.key");
                isChanged = true;
            } else {
                isChanged = redactValue(element, counters) || isChanged;
            }
            isChanged = redactText(key) || isChanged;
        }
    }
    return isChanged;
}

} // namespace telltale
