// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/storedsegment.h"

#include "models/store/metriccodec.h"
#include "models/store/numbercolumn.h"
#include "models/store/sqlite.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <unordered_map>

namespace telltale {
namespace {

/// Runs what can only fail when bytes with a right checksum make no sense: a file made by hand. Then there is nothing.
template<typename Work>
void readOrNothing(Work &&work)
{
    try {
        work();
    } catch (const StoreFailure &) {
    }
}

} // namespace

StoredSegment::StoredSegment(SegmentInfo info, Columns columns, EncodedSegment encoded, bool hasDetails,
                             std::shared_ptr<BufferPool> pool, std::shared_ptr<ReaderTexts> texts,
                             std::shared_ptr<const std::vector<StoredSeries>> series)
    : m_info(info)
    , m_columns(std::move(columns))
    , m_encoded(std::move(encoded))
    , m_hasDetails(hasDetails)
    , m_pool(std::move(pool))
    , m_texts(std::move(texts))
    , m_series(std::move(series))
{}

bool StoredSegment::hasColumns(SegmentColumns wanted) const
{
    for (std::size_t i = 0; i < m_columns.stored.size(); ++i) {
        if ((wanted >> i & 1) != 0 && m_columns.stored[i].empty())
            return false;
    }
    return true;
}

template<typename T>
std::span<const T> StoredSegment::wide(SegmentColumn which, const Column<T> &column) const
{
    assert(hasColumns(columnBit(which)) && "a column that was not read");
    std::call_once(column.once, [&] {
        BufferPool::Buffer values = m_pool->take(m_info.count * sizeof(T));
        const std::span<T> room(reinterpret_cast<T *>(values.data()), m_info.count);
        bool isRead = false;
        readOrNothing([&] {
            ByteReader in(m_columns.stored[static_cast<std::size_t>(which)]);
            readNumberColumn(in, room);
            isRead = true;
        });
        if (!isRead)
            std::fill(room.begin(), room.end(), T{});
        column.values = std::move(values);
    });
    return {reinterpret_cast<const T *>(column.values.data()), m_info.count};
}

const AttributeColumns *StoredSegment::attributeColumns() const
{
    std::call_once(m_attributesOnce, [&] {
        if (m_hasDetails)
            readOrNothing([&] { m_attributes.emplace(m_encoded.attributes, m_info.count); });
    });
    return m_attributes ? &*m_attributes : nullptr;
}

void StoredSegment::decodeTraces() const
{
    std::call_once(m_tracesOnce, [&] {
        if (m_hasDetails)
            readOrNothing(
                [&] { readTraces(m_encoded.traces, m_info.kind, m_info.count, m_traces, m_spans); });
        m_traces.resize(m_info.count);
        m_spans.resize(m_info.kind == RecordKind::Span ? m_info.count : 0);
    });
}

TraceContext StoredSegment::trace(std::uint32_t row) const
{
    decodeTraces();
    return m_traces[row];
}

SpanDetail StoredSegment::span(std::uint32_t row) const
{
    decodeTraces();
    return row < m_spans.size() ? m_spans[row] : SpanDetail();
}

StoredMetric StoredSegment::metric(std::uint32_t row) const
{
    std::call_once(m_metricsOnce, [&] {
        if (m_hasDetails)
            readOrNothing([&] {
                readMetrics(m_encoded.metrics, m_info.count, m_metrics, m_metricRests, m_metricBuffer);
            });
    });
    StoredMetric metric;
    if (row < m_metrics.size() && row < m_metricRests.size())
        readOrNothing([&] { metric = decodeMetric(m_metrics[row], m_metricRests[row]); });
    if (m_series && metric.series < m_series->size()) {
        const StoredSeries &series = (*m_series)[metric.series];
        metric.detail.kind = series.kind;
        metric.detail.temporality = series.temporality;
        metric.detail.isMonotonic = series.isMonotonic;
    }
    return metric;
}

Value StoredSegment::mirrored(Mirror mirror, std::uint32_t row) const
{
    switch (mirror) {
    case Mirror::Session:
        return Value(m_texts->session(sessions()[row]));
    case Mirror::User:
        return Value(m_texts->user(users()[row]));
    case Mirror::Feature:
        return Value(m_texts->string(features()[row]));
    case Mirror::Screen:
        return Value(m_texts->string(screens()[row]));
    case Mirror::Name:
        return Value(m_texts->string(names()[row]));
    case Mirror::DurationMs:
        return Value(durations()[row] / 1'000'000);
    case Mirror::None:
        break;
    }
    return {};
}

Value StoredSegment::valueOf(const AttributeColumns &columns, std::uint32_t column, std::uint32_t index) const
{
    const AttributeColumns::Values &values = columns.values(column);
    switch (columns.columns()[column].type) {
    case AttributeType::Null:
        return {};
    case AttributeType::Bool:
        return Value(values.bits(index) != 0);
    case AttributeType::Int:
        return Value(values.numbers[index]);
    case AttributeType::Double:
        return Value(std::bit_cast<double>(values.numbers[index]));
    case AttributeType::String:
        return Value(values.text(index));
    case AttributeType::Bytes:
        return Value(Bytes{std::string(values.text(index))});
    case AttributeType::Structured:
        return decodeAnyValue(values.text(index)).value_or(Value());
    }
    return {};
}

Value::Map StoredSegment::attributes(std::uint32_t row) const
{
    Value::Map map;
    const AttributeColumns *columns = attributeColumns();
    if (!columns)
        return map;
    readOrNothing([&] {
        const auto &shape = columns->shape(row);
        const auto indexes = columns->valueIndexes(row);
        map.reserve(shape.size());
        for (std::size_t i = 0; i < shape.size(); ++i) {
            const AttributeColumns::Column &column = columns->columns()[shape[i]];
            map.emplace_back(m_texts->string(column.key), column.mirror != Mirror::None
                                                              ? mirrored(column.mirror, row)
                                                              : valueOf(*columns, shape[i], indexes[i]));
        }
    });
    return map;
}

void StoredSegment::forEachAttribute(
    std::string_view key, const std::function<void(std::uint32_t row, const Value &value)> &visit) const
{
    const AttributeColumns *columns = attributeColumns();
    if (!columns)
        return;
    readOrNothing([&] {
        const auto all = columns->columns();
        std::vector<bool> isWanted(all.size());
        bool isAnyWanted = false;
        for (std::size_t i = 0; i < all.size(); ++i) {
            isWanted[i] = m_texts->string(all[i].key) == key;
            isAnyWanted = isAnyWanted || isWanted[i];
        }
        if (!isAnyWanted)
            return;
        std::vector<std::vector<std::uint32_t>> wanted; // by shape: its columns of this key
        for (const auto &shape : columns->shapes()) {
            auto &list = wanted.emplace_back();
            for (const std::uint32_t column : shape) {
                if (isWanted[column])
                    list.push_back(column);
            }
        }
        // A text is made into a value once, however many rows have it.
        std::vector<std::vector<std::optional<Value>>> texts(all.size());
        std::vector<std::uint32_t> next(all.size());
        for (std::uint32_t row = 0; row < columns->rowCount(); ++row) {
            for (const std::uint32_t column : wanted[columns->shapeIndex(row)]) {
                const std::uint32_t index = next[column]++;
                if (all[column].mirror != Mirror::None) {
                    visit(row, mirrored(all[column].mirror, row));
                } else if (all[column].type >= AttributeType::String) {
                    const AttributeColumns::Values &values = columns->values(column);
                    auto &known = texts[column];
                    known.resize(values.texts.size());
                    auto &value = known[values.textIndex(index)];
                    if (!value)
                        value = valueOf(*columns, column, index);
                    visit(row, *value);
                } else {
                    visit(row, valueOf(*columns, column, index));
                }
            }
        }
    });
}

std::optional<std::int64_t> StoredSegment::constant(SegmentColumn which) const
{
    std::optional<std::int64_t> value;
    readOrNothing([&] { value = constantOf(m_columns.stored[static_cast<std::size_t>(which)]); });
    return value;
}

bool StoredSegment::asBytes(SegmentColumn which, ByteColumn &column) const
{
    const std::string_view stored = m_columns.stored[static_cast<std::size_t>(which)];
    if (stored.empty())
        return false;
    readOrNothing([&] { column.codes = bytesOf(stored, m_info.count, column.values); });
    return !column.codes.empty();
}

/// What the test says to each value of the column, value by value; `rows` are the rows that have one.
std::vector<std::uint8_t> StoredSegment::testValues(const AttributeColumns &columns, std::uint32_t column,
                                                    AttributeTest &test,
                                                    std::span<const std::uint32_t> rows) const
{
    const AttributeColumns::Column &about = columns.columns()[column];
    if (about.mirror != Mirror::None)
        return testMirror(about.mirror, test, rows);
    std::vector<std::uint8_t> accepted(about.count);
    if (about.type == AttributeType::Null) {
        std::fill(accepted.begin(), accepted.end(), test.acceptsOther(Value()) ? 1 : 0);
        return accepted;
    }
    const AttributeColumns::Values &values = columns.values(column);
    switch (about.type) {
    case AttributeType::Int:
        for (std::size_t i = 0; i < accepted.size(); ++i)
            accepted[i] = test.accepts(values.numbers[i]);
        return accepted;
    case AttributeType::Double:
        for (std::size_t i = 0; i < accepted.size(); ++i)
            accepted[i] = test.accepts(std::bit_cast<double>(values.numbers[i]));
        return accepted;
    case AttributeType::Bool: {
        const std::array<bool, 2> answers = {test.acceptsOther(Value(false)), test.acceptsOther(Value(true))};
        for (std::size_t i = 0; i < accepted.size(); ++i)
            accepted[i] = answers[values.numbers[i] != 0];
        return accepted;
    }
    default:
        break;
    }
    std::vector<std::uint8_t> texts(values.texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (about.type == AttributeType::String)
            texts[i] = test.accepts(values.texts[i]);
        else if (about.type == AttributeType::Bytes)
            texts[i] = test.acceptsOther(Value(Bytes{std::string(values.texts[i])}));
        else
            texts[i] = test.acceptsOther(decodeAnyValue(values.texts[i]).value_or(Value()));
    }
    if (values.codes.empty())
        return texts;
    for (std::size_t i = 0; i < accepted.size(); ++i)
        accepted[i] = texts[values.codes[i]];
    return accepted;
}

/// A mirror has its text in another column: asked about once for each id there.
std::vector<std::uint8_t> StoredSegment::testMirror(Mirror mirror, AttributeTest &test,
                                                    std::span<const std::uint32_t> rows) const
{
    std::vector<std::uint8_t> accepted(rows.size());
    if (mirror == Mirror::DurationMs) {
        for (std::size_t i = 0; i < rows.size(); ++i)
            accepted[i] = test.accepts(durations()[rows[i]] / 1'000'000);
        return accepted;
    }
    const std::span<const std::uint32_t> ids = mirror == Mirror::Session   ? sessions()
                                               : mirror == Mirror::User    ? users()
                                               : mirror == Mirror::Feature ? features()
                                               : mirror == Mirror::Screen  ? screens()
                                                                           : names();
    std::unordered_map<std::uint32_t, bool> known;
    std::uint32_t before = 0;
    bool answer = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::uint32_t id = ids[rows[i]];
        if (i == 0 || id != before) {
            const auto [at, isNew] = known.try_emplace(id, false);
            if (isNew) {
                const std::string_view text = mirror == Mirror::Session ? m_texts->session(id)
                                              : mirror == Mirror::User  ? m_texts->user(id)
                                                                        : m_texts->string(id);
                at->second = test.accepts(text);
            }
            before = id;
            answer = at->second;
        }
        accepted[i] = answer;
    }
    return accepted;
}

void StoredSegment::mark(const AttributeColumns &columns, std::span<const std::uint8_t> isWanted,
                         AttributeTest &test, std::span<std::uint8_t> hits) const
{
    const std::uint32_t count = columns.rowCount();
    std::vector<std::uint32_t> rows;
    rows.reserve(count);
    for (std::uint32_t column = 0; column < isWanted.size(); ++column) {
        if (!isWanted[column])
            continue;
        rows.clear();
        std::vector<std::uint32_t> times; // how often a row of each shape has it: a key may come twice
        for (const auto &shape : columns.shapes())
            times.push_back(static_cast<std::uint32_t>(std::count(shape.begin(), shape.end(), column)));
        for (std::uint32_t row = 0; row < count; ++row)
            rows.insert(rows.end(), times[columns.shapeIndex(row)], row);
        const std::vector<std::uint8_t> accepted = testValues(columns, column, test, rows);
        for (std::size_t i = 0; i < rows.size(); ++i)
            hits[rows[i]] |= accepted[i];
    }
}

void StoredSegment::markAttribute(std::string_view key, AttributeTest &test,
                                  std::span<std::uint8_t> hits) const
{
    const AttributeColumns *columns = attributeColumns();
    if (!columns)
        return;
    readOrNothing([&] {
        std::vector<std::uint8_t> isWanted;
        for (const AttributeColumns::Column &column : columns->columns())
            isWanted.push_back(m_texts->string(column.key) == key);
        mark(*columns, isWanted, test, hits);
    });
}

void StoredSegment::markTexts(AttributeTest &test, std::span<std::uint8_t> hits) const
{
    const AttributeColumns *columns = attributeColumns();
    if (!columns)
        return;
    readOrNothing([&] {
        std::vector<std::uint8_t> isWanted;
        for (const AttributeColumns::Column &column : columns->columns()) {
            const bool isText =
                column.type == AttributeType::String || column.type == AttributeType::Structured;
            isWanted.push_back(isText && fieldkey::isSearchable(m_texts->string(column.key)));
        }
        mark(*columns, isWanted, test, hits);
    });
}

std::size_t StoredSegment::memoryBytes() const
{
    const std::size_t rows = m_info.count;
    std::size_t bytes = sizeof *this + BufferPool::roomFor(m_columns.size);
    for (const std::size_t width : {8, 8, 8, 4, 4, 4, 4, 4, 4, 1}) // of the columns
        bytes += BufferPool::roomFor(rows * width);
    if (!m_hasDetails)
        return bytes;
    bytes += rows * (sizeof(TraceContext) + (m_info.kind == RecordKind::Span ? sizeof(SpanDetail) : 0) +
                     (m_info.kind == RecordKind::MetricPoint ? sizeof(RowMetric) + sizeof(std::string_view) : 0));
    const std::size_t details = m_encoded.traces.size() + m_encoded.metrics.size() + m_encoded.attributes.size();
    return bytes + details * 4;
}

} // namespace telltale
