// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/jsontree.h"
#include "models/telemetry/mapping.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// A line of a decoder's table: the decoder reads by it, and it is what a person is shown. Lines of one field are tried in
/// their order.
struct FieldRow
{
    MappedField field;
    std::string_view pointer;   ///< RFC 6901, into what the table is about
    std::string_view when = {}; ///< a word of the decoder's; empty: always
};

using FieldTable = std::span<const FieldRow>;

namespace json {

/// Where a JSON pointer leads; nothing when nothing is there, or null. An empty pointer is `root` itself.
std::optional<Element> at(const std::optional<Element> &root, std::string_view pointer);

/// A table sorted by the objects it reads from. Made once for a table that lives as long; safe to read from any thread.
class FieldIndex
{
public:
    static constexpr std::size_t kMostRows = 48;

    /// Precondition: at most kMostRows rows.
    explicit FieldIndex(FieldTable table);

private:
    friend class Fields;
    struct Line
    {
        std::string name;
        std::size_t row = 0;
    };
    struct Group
    {
        std::string_view parent; ///< pointer of the object
        std::vector<Line> lines;
        std::uint64_t lengths = 0; ///< bit n: a name of n bytes, modulo 64
    };
    FieldTable m_table;
    std::vector<Group> m_groups;
};

/// What the rows of a table lead to in one element: each object on the way is walked once, however many rows read from it.
/// Of a key that comes twice, the first counts. Cost: about a comparison a field. Lives as long as its document's parse.
class Fields
{
public:
    Fields(const FieldIndex &index, const std::optional<Element> &root);

    /// The first text of a field. Rows with a `when` count only when it is the one asked for.
    std::string text(MappedField field, std::string_view when = {}) const;
    /// The first instant of a field.
    std::optional<Instant> instant(MappedField field) const;

private:
    void walk(const FieldIndex::Group &group, Element object);

    FieldTable m_table;
    std::array<std::optional<Element>, FieldIndex::kMostRows> m_found; ///< by row
};

} // namespace json

/// The table for people. `prefix` stands before each pointer.
void appendRows(std::vector<MappingRow> &rows, FieldTable table, std::string_view prefix = {},
                MappingPlace place = MappingPlace::Json);
/// A line in words.
MappingRow inWords(MappedField field, std::string_view words, std::string_view when = {});

} // namespace telltale
