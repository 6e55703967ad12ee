// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/attributecolumns.h"

#include "models/store/bytestream.h"
#include "models/store/compression.h"
#include "models/store/numbercolumn.h"
#include "models/store/sqlite.h"

namespace telltale {
namespace {

void readTexts(ByteReader &in, std::uint32_t count, AttributeColumns::Values &values)
{
    const bool hasCodes = in.byte() == 1;
    const std::size_t distinct = hasCodes ? in.count(1) : count;
    std::vector<std::size_t> sizes;
    sizes.reserve(distinct);
    for (std::size_t i = 0; i < distinct; ++i)
        sizes.push_back(in.varint());
    values.texts.reserve(distinct);
    for (const std::size_t size : sizes)
        values.texts.push_back(in.bytes(size));
    if (!hasCodes)
        return;
    readNumberColumn(in, count, values.codes);
    for (const std::uint32_t code : values.codes) {
        if (code >= distinct)
            throwDamaged("a stored column of texts names one that is not there");
    }
}

} // namespace

AttributeColumns::AttributeColumns(std::string_view blob, std::uint32_t rowCount)
    : m_rowCount(rowCount)
{
    if (blob.empty()) {
        m_shapes.emplace_back();
        m_rowShapes.assign(rowCount, 0);
        return;
    }
    ByteReader in(blob);
    ByteReader directory(readPacked(in, m_buffer));
    const std::size_t columnCount = directory.count(5);
    std::vector<std::size_t> sizes;
    for (std::size_t i = 0; i < columnCount; ++i) {
        Column column;
        column.key = directory.id();
        const std::uint8_t type = directory.byte();
        const std::uint8_t mirror = directory.byte();
        if (type > static_cast<std::uint8_t>(AttributeType::Structured) ||
            mirror > static_cast<std::uint8_t>(Mirror::DurationMs))
            throwDamaged("a stored attribute has an unknown type");
        column.type = static_cast<AttributeType>(type);
        column.mirror = static_cast<Mirror>(mirror);
        column.count = directory.id();
        sizes.push_back(directory.varint());
        m_columns.push_back(column);
    }
    const std::size_t shapeCount = directory.count(1);
    for (std::size_t i = 0; i < shapeCount; ++i) {
        std::vector<std::uint32_t> shape(directory.count(1));
        for (std::uint32_t &column : shape) {
            column = directory.id();
            if (column >= columnCount)
                throwDamaged("a stored row names a column that is not there");
        }
        m_shapes.push_back(std::move(shape));
    }
    readNumberColumn(directory, rowCount, m_rowShapes);
    std::vector<std::uint32_t> counts(columnCount);
    for (const std::uint32_t shapeOfRow : m_rowShapes) {
        if (shapeOfRow >= shapeCount)
            throwDamaged("a stored row has an unknown shape");
        for (const std::uint32_t column : m_shapes[shapeOfRow])
            ++counts[column];
    }
    for (std::size_t i = 0; i < columnCount; ++i) {
        if (counts[i] != m_columns[i].count)
            throwDamaged("a stored column has the wrong number of values");
        m_columns[i].stored = in.bytes(sizes[i]);
    }
    m_values.resize(columnCount);
    m_buffer.clear();
    m_buffer.shrink_to_fit();
}

void AttributeColumns::decode(const Column &column, Values &values)
{
    if (column.mirror != Mirror::None || column.type == AttributeType::Null)
        return;
    ByteReader packed(column.stored);
    ByteReader in(readPacked(packed, values.buffer));
    switch (column.type) {
    case AttributeType::Bool:
    case AttributeType::Int:
        readNumberColumn(in, column.count, values.numbers);
        break;
    case AttributeType::Double:
        readDoubleColumn(in, column.count, values.numbers);
        break;
    default:
        readTexts(in, column.count, values);
    }
}

const AttributeColumns::Values &AttributeColumns::values(std::uint32_t column) const
{
    const std::lock_guard lock(m_mutex);
    auto &slot = m_values[column];
    if (!slot) {
        // Decoded where it stays: texts are views into the buffer.
        auto decoded = std::make_unique<Values>();
        decode(m_columns[column], *decoded);
        slot = std::move(decoded);
    }
    return *slot;
}

std::span<const std::uint32_t> AttributeColumns::valueIndexes(std::uint32_t row) const
{
    const std::lock_guard lock(m_mutex);
    if (m_rowStarts.empty()) {
        std::vector<std::uint32_t> next(m_columns.size());
        m_rowStarts.reserve(m_rowCount + 1U);
        for (std::uint32_t r = 0; r < m_rowCount; ++r) {
            m_rowStarts.push_back(static_cast<std::uint32_t>(m_indexes.size()));
            for (const std::uint32_t column : shape(r))
                m_indexes.push_back(next[column]++);
        }
        m_rowStarts.push_back(static_cast<std::uint32_t>(m_indexes.size()));
    }
    return std::span<const std::uint32_t>(m_indexes).subspan(m_rowStarts[row],
                                                             m_rowStarts[row + 1] - m_rowStarts[row]);
}

} // namespace telltale
