// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/segmentrows.h"

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// Reads the attributes of a segment (format: attributeencoder.h), each column when it is first asked for. Immutable
/// from outside; safe from any thread. The blob must outlive it. Functions throw Damaged.
class AttributeColumns
{
public:
    /// One column's values, decoded.
    struct Values
    {
        std::vector<std::int64_t> numbers; ///< Bool, Int; IEEE bits of Double
        std::vector<std::uint32_t> codes;  ///< of texts: which; empty: value i is text i
        std::vector<std::string_view> texts;
        std::string buffer;

        std::uint64_t bits(std::uint32_t index) const { return static_cast<std::uint64_t>(numbers[index]); }
        std::uint32_t textIndex(std::uint32_t index) const { return codes.empty() ? index : codes[index]; }
        std::string_view text(std::uint32_t index) const { return texts[textIndex(index)]; }
    };
    struct Column
    {
        DictionaryId key = 0;
        AttributeType type = AttributeType::Null;
        Mirror mirror = Mirror::None;
        std::uint32_t count = 0;
        std::string_view stored;
    };

    AttributeColumns(std::string_view blob, std::uint32_t rowCount);

    std::uint32_t rowCount() const { return m_rowCount; }
    std::span<const Column> columns() const { return m_columns; }
    const std::vector<std::uint32_t> &shape(std::uint32_t row) const { return m_shapes[m_rowShapes[row]]; }
    std::span<const std::vector<std::uint32_t>> shapes() const { return m_shapes; }
    std::uint32_t shapeIndex(std::uint32_t row) const { return m_rowShapes[row]; }
    const Values &values(std::uint32_t column) const;
    /// For each attribute of the row, in order, the index of its value inside its column.
    std::span<const std::uint32_t> valueIndexes(std::uint32_t row) const;

private:
    static void decode(const Column &column, Values &values);

    std::uint32_t m_rowCount = 0;
    std::string m_buffer;
    std::vector<Column> m_columns;
    std::vector<std::vector<std::uint32_t>> m_shapes;
    std::vector<std::uint32_t> m_rowShapes;

    mutable std::mutex m_mutex; ///< guards what is decoded late
    mutable std::vector<std::unique_ptr<const Values>> m_values;
    mutable std::vector<std::uint32_t> m_rowStarts, m_indexes;
};

} // namespace telltale
