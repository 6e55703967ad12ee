// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/recordbatch.h"

#include <type_traits>

namespace telltale {

void RecordBatch::append(const Record &record)
{
    kinds.push_back(record.kind);
    severities.push_back(record.severity);
    times.push_back(record.time);
    durations.push_back(record.duration);
    origin.push_back(record.origin);
    names.push_back(record.name);
    features.push_back(record.feature);
    screens.push_back(record.screen);
    users.push_back(record.user);
    sessions.push_back(record.session);
    previousSessions.push_back(record.previousSession);
    trace.push_back(record.trace);
    detail.push_back(record.detail);
    attributeRanges.push_back(record.attributes);
}

Record RecordBatch::at(std::size_t row) const
{
    Record record;
    record.kind = kinds[row];
    record.severity = severities[row];
    record.time = times[row];
    record.duration = durations[row];
    record.origin = origin[row];
    record.name = names[row];
    record.feature = features[row];
    record.screen = screens[row];
    record.user = users[row];
    record.session = sessions[row];
    record.previousSession = previousSessions[row];
    record.trace = trace[row];
    record.detail = detail[row];
    record.attributes = attributeRanges[row];
    return record;
}

std::span<const Attribute> RecordBatch::attributesOf(std::size_t row) const
{
    return attributesIn(attributeRanges[row]);
}

std::span<const Attribute> RecordBatch::attributesIn(IndexRange range) const
{
    return std::span<const Attribute>(attributes).subspan(range.begin, range.size());
}

Value RecordBatch::valueOf(const Attribute &attribute) const
{
    switch (attribute.type) {
    case AttributeType::Null:
        return {};
    case AttributeType::Bool:
        return Value(attribute.bits != 0);
    case AttributeType::Int:
        return Value(attribute.integer());
    case AttributeType::Double:
        return Value(attribute.number());
    case AttributeType::String:
        return Value(text(attribute.text()));
    case AttributeType::Bytes:
        return Value(Bytes{std::string(text(attribute.text()))});
    case AttributeType::Structured:
        return decodeAnyValue(text(attribute.text())).value_or(Value());
    }
    return {};
}

Attribute RecordBatch::makeAttribute(std::string_view key, const Value &value)
{
    const StringId keyId = strings.intern(key);
    return std::visit(
        [&](const auto &v) -> Attribute {
            using T = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<T, std::monostate>)
                return Attribute::ofNull(keyId);
            else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::int64_t> ||
                               std::is_same_v<T, double>)
                return Attribute::of(keyId, v);
            else if constexpr (std::is_same_v<T, std::string>)
                return Attribute::ofText(keyId, strings.intern(v));
            else if constexpr (std::is_same_v<T, Bytes>)
                return Attribute::ofBytes(keyId, strings.intern(v.data));
            else
                return Attribute::ofStructured(keyId, strings.intern(encodeAnyValue(value)));
        },
        value.data());
}

void RecordBatch::clear()
{
    strings.clear();
    kinds.clear();
    severities.clear();
    times.clear();
    durations.clear();
    origin.clear();
    names.clear();
    features.clear();
    screens.clear();
    users.clear();
    sessions.clear();
    previousSessions.clear();
    trace.clear();
    detail.clear();
    attributeRanges.clear();
    attributes.clear();
    origins.clear();
    traces.clear();
    errors.clear();
    spans.clear();
    metrics.clear();
    messages.clear();
    joins.clear();
}

void RecordBatch::keepRows(const std::vector<bool> &isKept)
{
    const auto keep = [&](auto &column) {
        std::size_t kept = 0;
        for (std::size_t row = 0; row < column.size(); ++row) {
            if (isKept[row])
                column[kept++] = column[row];
        }
        column.resize(kept);
    };
    keep(kinds);
    keep(severities);
    keep(times);
    keep(durations);
    keep(origin);
    keep(names);
    keep(features);
    keep(screens);
    keep(users);
    keep(sessions);
    keep(previousSessions);
    keep(trace);
    keep(detail);
    keep(attributeRanges);
    messages.clear();
}

std::size_t RecordBatch::memoryBytes() const
{
    constexpr std::size_t kBytesPerRow = 2 + 8 + 8 + 9 * 4 + sizeof(IndexRange);
    return size() * kBytesPerRow + attributes.size() * sizeof(Attribute) + strings.textBytes() +
           strings.size() * 24 + origins.size() * sizeof(Origin) + traces.size() * sizeof(TraceContext) +
           errors.size() * sizeof(ErrorDetail) + spans.size() * sizeof(SpanDetail) +
           metrics.size() * (sizeof(MetricDetail) + 64);
}

} // namespace telltale
