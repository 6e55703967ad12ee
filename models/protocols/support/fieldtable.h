// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/jsontree.h"
#include "models/telemetry/mapping.h"

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
/// The first text of a field by its table. Lines with a `when` count only when it is the one asked for.
std::string textAt(const std::optional<Element> &root, FieldTable table, MappedField field,
                   std::string_view when = {});
/// The first instant of a field by its table.
std::optional<Instant> instantAt(const std::optional<Element> &root, FieldTable table, MappedField field);

} // namespace json

/// The table for people. `prefix` stands before each pointer.
void appendRows(std::vector<MappingRow> &rows, FieldTable table, std::string_view prefix = {},
                MappingPlace place = MappingPlace::Json);
/// A line in words.
MappingRow inWords(MappedField field, std::string_view words, std::string_view when = {});

} // namespace telltale
