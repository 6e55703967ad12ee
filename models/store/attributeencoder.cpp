// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/attributeencoder.h"

#include "models/store/bytestream.h"
#include "models/store/compression.h"
#include "models/store/numbercolumn.h"

#include <unordered_map>

namespace telltale {
namespace {

struct Column
{
    DictionaryId key = 0;
    AttributeType type = AttributeType::Null;
    Mirror mirror = Mirror::None;
    std::uint32_t count = 0;
    std::vector<std::uint64_t> bits;

    bool holds(const RowAttribute &attribute) const
    {
        return key == attribute.key && type == attribute.type && mirror == attribute.mirror;
    }
};

void appendTexts(std::string &out, const std::vector<std::uint64_t> &bits, const StringTable &strings,
                 std::vector<std::uint32_t> &codeOfString)
{
    // codeOfString is all zeros on entry and on exit; codes are counted from 1 in it.
    std::vector<std::uint32_t> codes(bits.size());
    std::vector<StringId> distinct;
    for (std::size_t i = 0; i < bits.size(); ++i) {
        std::uint32_t &code = codeOfString[bits[i]];
        if (code == 0) {
            distinct.push_back(static_cast<StringId>(bits[i]));
            code = static_cast<std::uint32_t>(distinct.size());
        }
        codes[i] = code - 1;
    }
    for (const StringId id : distinct)
        codeOfString[id] = 0;
    ByteWriter writer(out);
    const bool isDirect = distinct.size() * 2 > bits.size() && distinct.size() > 1;
    writer.byte(isDirect ? 0 : 1);
    if (isDirect) {
        for (const std::uint64_t id : bits)
            writer.varint(strings.view(static_cast<StringId>(id)).size());
        for (const std::uint64_t id : bits)
            writer.bytes(strings.view(static_cast<StringId>(id)));
        return;
    }
    writer.varint(distinct.size());
    for (const StringId id : distinct)
        writer.varint(strings.view(id).size());
    for (const StringId id : distinct)
        writer.bytes(strings.view(id));
    appendNumberColumn(out, std::span<const std::uint32_t>(codes));
}

void appendColumn(std::string &out, const Column &column, const StringTable &strings,
                  std::vector<std::uint32_t> &codeOfString)
{
    if (column.mirror != Mirror::None || column.type == AttributeType::Null)
        return;
    thread_local std::string raw;
    raw.clear();
    switch (column.type) {
    case AttributeType::Bool:
    case AttributeType::Int: {
        thread_local std::vector<std::int64_t> integers;
        integers.assign(column.bits.begin(), column.bits.end());
        appendNumberColumn(raw, std::span<const std::int64_t>(integers));
        break;
    }
    case AttributeType::Double:
        appendDoubleColumn(raw, column.bits);
        break;
    default:
        appendTexts(raw, column.bits, strings, codeOfString);
    }
    appendPacked(out, raw);
}

/// Finds out which columns and shapes there are; rows like the row before are recognised at once.
class Sorter
{
public:
    void add(std::span<const RowAttribute> row)
    {
        if (m_rowShapes.empty() || !fits(m_shapes[m_rowShapes.back()], row))
            m_rowShapes.push_back(shapeOf(row));
        else
            m_rowShapes.push_back(m_rowShapes.back());
        const std::vector<std::uint32_t> &shape = m_shapes[m_rowShapes.back()];
        for (std::size_t i = 0; i < row.size(); ++i) {
            Column &column = m_columns[shape[i]];
            ++column.count;
            if (column.mirror == Mirror::None && column.type != AttributeType::Null)
                column.bits.push_back(row[i].bits);
        }
    }
    const std::vector<Column> &columns() const { return m_columns; }
    const std::vector<std::vector<std::uint32_t>> &shapes() const { return m_shapes; }
    const std::vector<std::uint32_t> &rowShapes() const { return m_rowShapes; }

private:
    bool fits(const std::vector<std::uint32_t> &shape, std::span<const RowAttribute> row) const
    {
        if (shape.size() != row.size())
            return false;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (!m_columns[shape[i]].holds(row[i]))
                return false;
        }
        return true;
    }

    std::uint32_t shapeOf(std::span<const RowAttribute> row)
    {
        std::uint64_t hash = row.size();
        for (const RowAttribute &attribute : row)
            hash = (hash ^ identity(attribute)) * 0x9e3779b97f4a7c15U + (hash >> 29);
        const auto [begin, end] = m_shapesByHash.equal_range(hash);
        for (auto at = begin; at != end; ++at) {
            if (fits(m_shapes[at->second], row))
                return at->second;
        }
        std::vector<std::uint32_t> shape;
        shape.reserve(row.size());
        for (const RowAttribute &attribute : row)
            shape.push_back(columnOf(attribute));
        m_shapes.push_back(std::move(shape));
        const auto id = static_cast<std::uint32_t>(m_shapes.size() - 1);
        m_shapesByHash.emplace(hash, id);
        return id;
    }

    std::uint32_t columnOf(const RowAttribute &attribute)
    {
        const auto [at, isNew] = m_columnsByIdentity.try_emplace(
            identity(attribute), static_cast<std::uint32_t>(m_columns.size()));
        if (isNew)
            m_columns.push_back({attribute.key, attribute.type, attribute.mirror, 0, {}});
        return at->second;
    }

    static std::uint64_t identity(const RowAttribute &attribute)
    {
        return static_cast<std::uint64_t>(attribute.key) << 16 |
               static_cast<std::uint64_t>(attribute.type) << 8 | static_cast<std::uint64_t>(attribute.mirror);
    }

    std::vector<Column> m_columns;
    std::vector<std::vector<std::uint32_t>> m_shapes;
    std::vector<std::uint32_t> m_rowShapes;
    std::unordered_map<std::uint64_t, std::uint32_t> m_columnsByIdentity;
    std::unordered_multimap<std::uint64_t, std::uint32_t> m_shapesByHash;
};

} // namespace

void appendAttributes(std::string &out, const SegmentRows &rows)
{
    if (rows.attributes.empty())
        return;
    Sorter sorter;
    std::uint32_t begin = 0;
    for (const std::uint32_t end : rows.attributeEnds) {
        sorter.add(std::span<const RowAttribute>(rows.attributes).subspan(begin, end - begin));
        begin = end;
    }

    std::string data;
    std::vector<std::uint32_t> codeOfString(rows.strings.size() + 1U);
    std::vector<std::size_t> sizes;
    for (const Column &column : sorter.columns()) {
        const std::size_t before = data.size();
        appendColumn(data, column, rows.strings, codeOfString);
        sizes.push_back(data.size() - before);
    }

    std::string directory;
    ByteWriter writer(directory);
    writer.varint(sorter.columns().size());
    for (std::size_t i = 0; i < sorter.columns().size(); ++i) {
        const Column &column = sorter.columns()[i];
        writer.varint(column.key);
        writer.byte(static_cast<std::uint8_t>(column.type));
        writer.byte(static_cast<std::uint8_t>(column.mirror));
        writer.varint(column.count);
        writer.varint(sizes[i]);
    }
    writer.varint(sorter.shapes().size());
    for (const auto &shape : sorter.shapes()) {
        writer.varint(shape.size());
        for (const std::uint32_t column : shape)
            writer.varint(column);
    }
    appendNumberColumn(directory, std::span<const std::uint32_t>(sorter.rowShapes()));
    appendPacked(out, directory);
    out += data;
}

} // namespace telltale
