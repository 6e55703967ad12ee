// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/recordwriter.h"

#include "models/protocols/support/jsonanyvalue.h"

#define XXH_INLINE_ALL // what is hashed is shorter than a call takes
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

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

RecordWriter::Memory &RecordWriter::memoryOfThread()
{
    thread_local Memory memory;
    return memory;
}

RecordWriter::RecordWriter(RecordBatch &batch, ProtocolReport &report, Instant arrival)
    : m_batch(batch)
    , m_report(report)
    , m_arrival(arrival)
    , m_memory(memoryOfThread())
{}

RecordWriter::~RecordWriter()
{
    constexpr std::size_t kMostKept = 64 * 1024;
    if (m_memory.bytes.capacity() > kMostKept || m_memory.nested.capacity() > kMostKept)
        m_memory = {};
}

void RecordWriter::setOrigin(const OriginText &text)
{
    const Origin last = m_origin == kNoIndex ? Origin() : m_batch.origins[m_origin];
    Origin origin;
    origin.product = intern(text.product, last.product);
    origin.environment = intern(text.environment, last.environment);
    origin.release = intern(text.release, last.release);
    origin.os = intern(text.os, last.os);
    origin.device = intern(text.device, last.device);
    origin.country = intern(text.country, last.country);
    origin.scopeName = intern(text.scopeName, last.scopeName);
    origin.scopeVersion = intern(text.scopeVersion, last.scopeVersion);
    origin.attributes.begin = attributeCount();
    store(text.sent, last.attributes);
    origin.attributes.end = attributeCount();
    if (const auto known = findOrigin(origin)) {
        m_batch.attributes.resize(origin.attributes.begin);
        m_reservedKeys = 0;
        m_origin = *known;
        return;
    }
    countReservedKeys();
    m_origin = static_cast<std::uint32_t>(m_batch.origins.size());
    m_batch.origins.push_back(origin);
}

std::optional<std::uint32_t> RecordWriter::findOrigin(const Origin &origin)
{
    if (m_origin == kNoIndex)
        return std::nullopt;
    if (isSame(m_batch.origins[m_origin], origin))
        return m_origin; // nearly always
    if (m_origins.empty())
        m_origins.emplace(hashOf(m_batch.origins[m_origin]), m_origin);
    const std::uint64_t hash = hashOf(origin);
    const auto [begin, end] = m_origins.equal_range(hash);
    for (auto at = begin; at != end; ++at) {
        if (isSame(m_batch.origins[at->second], origin))
            return at->second;
    }
    m_origins.emplace(hash, static_cast<std::uint32_t>(m_batch.origins.size())); // where it is about to go
    return std::nullopt;
}

bool RecordWriter::isSame(const Origin &a, const Origin &b) const
{
    const auto texts = [](const Origin &of) {
        return std::array{of.product, of.environment, of.release,   of.os,
                          of.device,  of.country,     of.scopeName, of.scopeVersion};
    };
    const auto as = m_batch.attributesIn(a.attributes), bs = m_batch.attributesIn(b.attributes);
    return texts(a) == texts(b) &&
           std::equal(as.begin(), as.end(), bs.begin(), bs.end(), [](const Attribute &x, const Attribute &y) {
               return x.key == y.key && x.type == y.type && x.bits == y.bits;
           });
}

std::uint64_t RecordWriter::hashOf(const Origin &origin)
{
    m_memory.bytes.clear();
    const auto add = [this](const auto &number) {
        m_memory.bytes.append(reinterpret_cast<const char *>(&number), sizeof number);
    };
    for (const StringId id : {origin.product, origin.environment, origin.release, origin.os, origin.device,
                              origin.country, origin.scopeName, origin.scopeVersion})
        add(id);
    for (const Attribute &attribute : m_batch.attributesIn(origin.attributes)) {
        add(attribute.key);
        add(attribute.type);
        add(attribute.bits);
    }
    return XXH3_64bits(m_memory.bytes.data(), m_memory.bytes.size());
}

void RecordWriter::countReservedKeys()
{
    if (m_reservedKeys > 0)
        m_report.counters.add("otlp.attribute.reserved_key", std::exchange(m_reservedKeys, 0));
}

StringId RecordWriter::reservedKeyOf(std::string_view name)
{
    if (name == fieldkey::kBody || name == fieldkey::kEvents)
        return m_batch.strings.intern(name);
    ++m_reservedKeys;
    std::string other(name);
    other.front() = '?';
    return m_batch.strings.intern(other);
}

Attribute RecordWriter::attributeOf(StringId key, std::string_view text, const Attribute &guess)
{
    return Attribute::ofText(key, m_batch.strings.intern(text, guess.isText() ? guess.text() : kNoString));
}

/// Inlined where it is called, as nearly every attribute passes through here.
[[gnu::always_inline]] inline Attribute RecordWriter::attributeOf(StringId key, json::Element value, const Attribute &guess)
{
    using json::Kind;
    switch (value.kind()) {
    case Kind::Text:
        return attributeOf(key, value.text(), guess);
    case Kind::False:
    case Kind::True:
        return Attribute::of(key, value.isTrue());
    case Kind::Integer:
        return Attribute::of(key, value.integer());
    case Kind::Unsigned:
    case Kind::Real:
        return Attribute::of(key, value.number());
    case Kind::Null:
        return Attribute::ofNull(key);
    case Kind::Array:
    case Kind::Object:
        break;
    }
    const bool isAlike = guess.type == AttributeType::Structured;
    const std::string_view bytes = json::anyValueBytes(value, m_memory.nested);
    return Attribute::ofStructured(key, m_batch.strings.intern(bytes, isAlike ? guess.text() : kNoString));
}

/// `alike`: of what came before, as a client sends the same keys in the same order again.
void RecordWriter::store(const SentAttributes &sent, IndexRange alike)
{
    sent.forEach([&](std::string_view name, const auto &value) __attribute__((always_inline)) {
        const Attribute guess = alike.isEmpty() ? Attribute() : m_batch.attributes[alike.begin++];
        const StringId key = keyOf(name, guess.key);
        m_batch.attributes.push_back(attributeOf(key, value, guess));
    });
}

void RecordWriter::storeAgain(IndexRange range)
{
    auto &attributes = m_batch.attributes;
    const std::size_t end = attributes.size();
    attributes.resize(end + range.size());
    std::copy_n(attributes.begin() + range.begin, range.size(), attributes.begin() + static_cast<std::ptrdiff_t>(end));
}

void RecordWriter::store(const Value::Map &attributes)
{
    for (const auto &[key, value] : attributes) {
        Attribute attribute = m_batch.makeAttribute(key, value);
        attribute.key = keyOf(key);
        m_batch.attributes.push_back(attribute);
    }
}

void RecordWriter::append(const RecordText &text, RecordKind kind, std::uint32_t detail)
{
    if (m_origin == kNoIndex)
        setOrigin({});
    m_report.isTimeless = m_report.isTimeless || !(text.time || m_message);
    Record record;
    record.kind = kind;
    record.severity = text.severity;
    record.time = text.time.value_or(m_arrival);
    record.duration = text.duration;
    record.origin = m_origin;
    const bool isFirst = m_batch.isEmpty();
    record.name = intern(text.name, isFirst ? kNoString : m_batch.names.back());
    record.feature = intern(text.feature, record.name);
    record.screen = intern(text.screen, isFirst ? kNoString : m_batch.screens.back());
    record.user = intern(text.user, isFirst ? kNoString : m_batch.users.back());
    record.session = intern(text.session, isFirst ? kNoString : m_batch.sessions.back());
    record.previousSession = intern(text.previousSession);
    record.detail = detail;
    if (text.trace != TraceContext{}) {
        record.trace = static_cast<std::uint32_t>(m_batch.traces.size());
        m_batch.traces.push_back(text.trace);
    }
    record.attributes.begin = attributeCount();
    const IndexRange ofLast = isFirst ? IndexRange() : m_batch.attributeRanges.back();
    if (text.hasAttributesOfLast)
        storeAgain(ofLast);
    store(text.sent, ofLast);
    store(text.attributes);
    if (!text.body.isNull())
        m_batch.attributes.push_back(m_batch.makeAttribute(fieldkey::kBody, text.body));
    for (const auto &[key, value] : text.fields)
        m_batch.attributes.push_back(m_batch.makeAttribute(fieldkey::kMark + key, value));
    record.attributes.end = attributeCount();
    m_batch.append(record);
    countReservedKeys();
}

void RecordWriter::add(const RecordText &record)
{
    append(record, record.kind, kNoIndex);
}

void RecordWriter::addError(const RecordText &record, std::string_view type, std::string_view message,
                            std::string_view stack, bool isUnhandled, std::string_view fingerprint, std::uint64_t group)
{
    ErrorDetail detail;
    detail.type = intern(type);
    detail.message = intern(message);
    detail.stack = intern(stack);
    detail.isUnhandled = isUnhandled;
    detail.fingerprint = intern(fingerprint);
    detail.group = group;
    const auto index = static_cast<std::uint32_t>(m_batch.errors.size());
    m_batch.errors.push_back(detail);
    append(record, RecordKind::Error, index);
}

void RecordWriter::addSpan(const RecordText &record, const SpanDetail &detail)
{
    const auto index = static_cast<std::uint32_t>(m_batch.spans.size());
    m_batch.spans.push_back(detail);
    append(record, RecordKind::Span, index);
}

void RecordWriter::addPoint(const RecordText &record, MetricDetail detail, std::string_view unit,
                            std::string_view description)
{
    detail.unit = intern(unit);
    detail.description = intern(description);
    const auto index = static_cast<std::uint32_t>(m_batch.metrics.size());
    m_batch.metrics.push_back(std::move(detail));
    append(record, RecordKind::MetricPoint, index);
}

void RecordWriter::addGauge(const RecordText &record, double value, std::string_view unit)
{
    const auto index = static_cast<std::uint32_t>(m_batch.metrics.size());
    MetricDetail &detail = m_batch.metrics.emplace_back();
    detail.value = value;
    detail.unit = intern(unit);
    append(record, RecordKind::MetricPoint, index);
}

IndexRange RecordWriter::storeApart(const Value::Map &attributes)
{
    const std::uint32_t begin = attributeCount();
    store(attributes);
    countReservedKeys();
    return {begin, attributeCount()};
}

void RecordWriter::beginMessage(std::initializer_list<std::string_view> scope, std::string_view id)
{
    m_message.reset();
    if (id.empty())
        return;
    m_memory.bytes.clear();
    for (const std::string_view part : scope)
        m_memory.bytes += part;
    const XXH64_hash_t seed = XXH3_64bits(m_memory.bytes.data(), m_memory.bytes.size());
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
    if (user.empty() || alias.empty() || user == alias)
        return;
    const UserJoin last = m_batch.joins.empty() ? UserJoin() : m_batch.joins.back();
    m_batch.joins.push_back({intern(user, last.user), intern(alias, last.alias)});
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
    std::string lower(level.substr(0, 15)); // no allocation, and longer than all of them
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
