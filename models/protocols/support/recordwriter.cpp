// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/recordwriter.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace telltale {
namespace {

template<std::size_t N>
std::array<std::uint8_t, N> idOf(std::string_view hex)
{
    std::array<std::uint8_t, N> id{};
    std::size_t digits = 0;
    for (const char c : hex) {
        if (c == '-')
            continue;
        const int value = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (value < 0 || digits == 2 * N)
            return {};
        id[digits / 2] = static_cast<std::uint8_t>(id[digits / 2] << 4 | value);
        ++digits;
    }
    return digits == 2 * N ? id : std::array<std::uint8_t, N>{};
}

} // namespace

RecordWriter::RecordWriter(RecordBatch &batch, ProtocolReport &report, Instant arrival)
    : m_batch(batch)
    , m_report(report)
    , m_arrival(arrival)
{}

void RecordWriter::setOrigin(const OriginText &origin)
{
    m_originKey.clear();
    for (const std::string *text : {&origin.product, &origin.environment, &origin.release, &origin.os, &origin.device,
                                    &origin.country, &origin.scopeName, &origin.scopeVersion}) {
        m_originKey += *text;
        m_originKey += '\0';
    }
    AnyValueWriter bytes(m_originKey);
    origin.json.forEach([&](std::string_view key, json::Element value) {
        bytes.entry(key, [&] { json::write(bytes, value); });
    });
    if (m_origin != kNoIndex && m_originKey == m_lastOrigin)
        return; // nearly always
    m_lastOrigin = m_originKey;
    const auto [found, isNew] =
        m_origins.try_emplace(m_originKey, static_cast<std::uint32_t>(m_batch.origins.size()));
    m_origin = found->second;
    if (!isNew)
        return;
    Origin stored;
    stored.product = intern(origin.product);
    stored.environment = intern(origin.environment);
    stored.release = intern(origin.release);
    stored.os = intern(origin.os);
    stored.device = intern(origin.device);
    stored.country = intern(origin.country);
    stored.scopeName = intern(origin.scopeName);
    stored.scopeVersion = intern(origin.scopeVersion);
    stored.attributes.begin = attributeCount();
    store(origin.json);
    stored.attributes.end = attributeCount();
    m_batch.origins.push_back(stored);
}

StringId RecordWriter::keyOf(std::string_view name)
{
    if (!fieldkey::isField(name) || name == fieldkey::kBody || name == fieldkey::kEvents)
        return m_batch.strings.intern(name);
    m_report.counters.add("otlp.attribute.reserved_key");
    std::string other(name);
    other.front() = '?';
    return m_batch.strings.intern(other);
}

void RecordWriter::store(const JsonAttributes &attributes)
{
    attributes.forEach([this](std::string_view key, json::Element value) { store(key, value); });
}

void RecordWriter::store(std::string_view name, json::Element value)
{
    using simdjson::dom::element_type;
    const StringId key = keyOf(name);
    const auto attribute = [&]() -> Attribute {
        switch (value.type()) {
        case element_type::BOOL:
            return Attribute::of(key, value.get_bool().value());
        case element_type::INT64:
            return Attribute::of(key, std::int64_t{value.get_int64().value()});
        case element_type::UINT64:
            return Attribute::of(key, static_cast<double>(value.get_uint64().value()));
        case element_type::DOUBLE:
            return Attribute::of(key, value.get_double().value());
        case element_type::STRING:
            return Attribute::ofText(key, m_batch.strings.intern(value.get_string().value()));
        case element_type::NULL_VALUE:
            return Attribute::ofNull(key);
        default:
            break;
        }
        m_bytes.clear();
        AnyValueWriter writer(m_bytes);
        json::write(writer, value);
        return Attribute::ofStructured(key, m_batch.strings.intern(m_bytes));
    };
    m_batch.attributes.push_back(attribute());
}

void RecordWriter::store(const Value::Map &attributes)
{
    for (const auto &[key, value] : attributes) {
        Attribute attribute = m_batch.makeAttribute(key, value);
        attribute.key = keyOf(key);
        m_batch.attributes.push_back(attribute);
    }
}

void RecordWriter::append(const RecordText &text, std::uint32_t detail)
{
    if (m_origin == kNoIndex)
        setOrigin({});
    Record record;
    record.kind = text.kind;
    record.severity = text.severity;
    record.time = text.time.value_or(m_arrival);
    record.duration = text.duration;
    record.origin = m_origin;
    record.name = intern(text.name);
    record.feature = intern(text.feature);
    record.screen = intern(text.screen);
    record.user = intern(text.user);
    record.session = intern(text.session);
    record.previousSession = intern(text.previousSession);
    record.detail = detail;
    if (text.trace != TraceContext{}) {
        record.trace = static_cast<std::uint32_t>(m_batch.traces.size());
        m_batch.traces.push_back(text.trace);
    }
    record.attributes.begin = attributeCount();
    store(text.json);
    store(text.attributes);
    if (!text.body.isNull())
        m_batch.attributes.push_back(m_batch.makeAttribute(fieldkey::kBody, text.body));
    for (const auto &[key, value] : text.fields)
        m_batch.attributes.push_back(m_batch.makeAttribute(fieldkey::kMark + key, value));
    record.attributes.end = attributeCount();
    m_batch.append(record);
}

void RecordWriter::add(const RecordText &record)
{
    append(record, kNoIndex);
}

void RecordWriter::addError(RecordText record, std::string_view type, std::string_view message,
                            std::string_view stack, bool isUnhandled, std::string_view fingerprint, std::uint64_t group)
{
    record.kind = RecordKind::Error;
    ErrorDetail detail;
    detail.type = intern(type);
    detail.message = intern(message);
    detail.stack = intern(stack);
    detail.isUnhandled = isUnhandled;
    detail.fingerprint = intern(fingerprint);
    detail.group = group;
    const auto index = static_cast<std::uint32_t>(m_batch.errors.size());
    m_batch.errors.push_back(detail);
    append(record, index);
}

void RecordWriter::addSpan(RecordText record, const SpanDetail &detail)
{
    record.kind = RecordKind::Span;
    const auto index = static_cast<std::uint32_t>(m_batch.spans.size());
    m_batch.spans.push_back(detail);
    append(record, index);
}

void RecordWriter::addPoint(RecordText record, MetricDetail detail, std::string_view unit,
                            std::string_view description)
{
    record.kind = RecordKind::MetricPoint;
    detail.unit = intern(unit);
    detail.description = intern(description);
    const auto index = static_cast<std::uint32_t>(m_batch.metrics.size());
    m_batch.metrics.push_back(std::move(detail));
    append(record, index);
}

void RecordWriter::beginMessage(std::string_view scope, std::string_view id)
{
    m_message.reset();
    if (id.empty())
        return;
    const XXH64_hash_t seed = XXH3_64bits(scope.data(), scope.size());
    const XXH128_hash_t hash = XXH3_128bits_withSeed(id.data(), id.size(), seed);
    m_message = BatchMessage{hash.high64, hash.low64, static_cast<std::uint32_t>(m_batch.size()), 0};
}

void RecordWriter::endMessage()
{
    if (m_message && m_message->firstRow < m_batch.size()) {
        m_message->endRow = static_cast<std::uint32_t>(m_batch.size());
        m_batch.messages.push_back(*m_message);
    }
    m_message.reset();
}

void RecordWriter::joinUsers(std::string_view user, std::string_view alias)
{
    if (!user.empty() && !alias.empty() && user != alias)
        m_batch.joins.push_back({intern(user), intern(alias)});
}

void RecordWriter::reject(std::string_view counter)
{
    ++m_report.rejected;
    m_report.counters.add(counter);
}

TraceId traceIdOf(std::string_view hex)
{
    return idOf<16>(hex);
}

SpanId spanIdOf(std::string_view hex)
{
    return idOf<8>(hex);
}

std::uint8_t severityOf(std::string_view level)
{
    std::string lower(level.substr(0, 16));
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    constexpr std::pair<std::string_view, std::uint8_t> kLevels[] = {
        {"trace", 1}, {"debug", 5},  {"log", 9},    {"info", 9},      {"notice", 10},
        {"warn", 13}, {"warning", 13}, {"error", 17}, {"critical", 21}, {"fatal", 21}};
    for (const auto &[name, severity] : kLevels) {
        if (lower == name)
            return severity;
    }
    return 0;
}

std::pair<std::string, std::string> typeAndMessageOf(std::string_view firstLine, std::string_view fallback)
{
    const auto colon = firstLine.find(": ");
    const std::string_view type = firstLine.substr(0, colon);
    const bool isType =
        colon != std::string_view::npos && !type.empty() && type.size() <= 128 &&
        std::all_of(type.begin(), type.end(), [](unsigned char c) {
            return std::isalnum(c) || c == '.' || c == '_' || c == '$' || c == ':' || c >= 0x80;
        });
    if (isType)
        return {std::string(type), std::string(firstLine.substr(colon + 2))};
    return {std::string(fallback), std::string(firstLine)};
}

} // namespace telltale
