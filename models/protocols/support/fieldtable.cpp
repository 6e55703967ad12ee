// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/fieldtable.h"

#include <charconv>

namespace telltale {
namespace json {
namespace {

/// "~1" is a slash, "~0" a tilde.
std::string unescaped(std::string_view part)
{
    std::string plain;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const bool isEscape = part[i] == '~' && i + 1 < part.size() && (part[i + 1] == '0' || part[i + 1] == '1');
        plain += isEscape ? (part[i + 1] == '0' ? '~' : '/') : part[i];
        i += isEscape;
    }
    return plain;
}

std::optional<Element> step(Element element, std::string_view part)
{
    if (element.is_array()) {
        std::size_t index = 0;
        const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), index);
        Element found;
        const bool isIndex = problem == std::errc() && end == part.data() + part.size();
        if (!isIndex || element.get_array().value().at(index).get(found) || found.is_null())
            return std::nullopt;
        return found;
    }
    return part.find('~') == std::string_view::npos ? field(element, part) : field(element, unescaped(part));
}

} // namespace

std::optional<Element> at(const std::optional<Element> &root, std::string_view pointer)
{
    std::optional<Element> here = root;
    if (here && here->is_null())
        return std::nullopt;
    while (here && !pointer.empty()) {
        pointer.remove_prefix(1);
        const std::string_view part = pointer.substr(0, pointer.find('/'));
        here = step(*here, part);
        pointer.remove_prefix(part.size());
    }
    return here;
}

std::string textAt(const std::optional<Element> &root, FieldTable table, MappedField field, std::string_view when)
{
    for (const FieldRow &row : table) {
        if (row.field != field || (!row.when.empty() && row.when != when))
            continue;
        if (std::string found = text(at(root, row.pointer)); !found.empty())
            return found;
    }
    return {};
}

std::optional<Instant> instantAt(const std::optional<Element> &root, FieldTable table, MappedField field)
{
    for (const FieldRow &row : table) {
        if (row.field != field)
            continue;
        if (const auto found = instant(at(root, row.pointer)))
            return found;
    }
    return std::nullopt;
}

} // namespace json

void appendRows(std::vector<MappingRow> &rows, FieldTable table, std::string_view prefix, MappingPlace place)
{
    for (const FieldRow &row : table)
        rows.push_back({row.field, place, std::string(prefix) + std::string(row.pointer), std::string(row.when), {}});
}

MappingRow inWords(MappedField field, std::string_view words, std::string_view when)
{
    return {field, MappingPlace::Other, std::string(words), std::string(when), {}};
}

} // namespace telltale
