// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/fieldtable.h"

#include <algorithm>
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

FieldIndex::FieldIndex(FieldTable table)
    : m_table(table)
{
    for (std::size_t row = 0; row < table.size() && row < kMostRows; ++row) {
        const std::string_view pointer = table[row].pointer;
        const std::size_t slash = pointer.rfind('/');
        const std::string_view parent = pointer.substr(0, slash);
        auto group = std::find_if(m_groups.begin(), m_groups.end(),
                                  [parent](const Group &each) { return each.parent == parent; });
        if (group == m_groups.end())
            group = m_groups.insert(group, Group{parent, {}, 0});
        group->lines.push_back({unescaped(pointer.substr(slash + 1)), row});
        group->lengths |= std::uint64_t{1} << (group->lines.back().name.size() & 63U);
    }
}

Fields::Fields(const FieldIndex &index, const std::optional<Element> &root)
    : m_table(index.m_table)
{
    for (const FieldIndex::Group &group : index.m_groups) {
        if (const auto object = at(root, group.parent))
            walk(group, *object);
    }
}

void Fields::walk(const FieldIndex::Group &group, Element element)
{
    simdjson::dom::object object;
    if (element.get(object)) { // of a list, by number
        for (const FieldIndex::Line &line : group.lines)
            m_found[line.row] = step(element, line.name);
        return;
    }
    for (auto member = object.begin(); member != object.end(); ++member) {
        const std::string_view key = member.key();
        if ((group.lengths >> (key.size() & 63U) & 1U) == 0)
            continue;
        for (const FieldIndex::Line &line : group.lines) {
            if (line.name == key && !m_found[line.row])
                m_found[line.row] = Element(member.value());
        }
    }
    for (const FieldIndex::Line &line : group.lines) {
        if (m_found[line.row] && m_found[line.row]->is_null())
            m_found[line.row].reset();
    }
}

std::string Fields::text(MappedField field, std::string_view when) const
{
    for (std::size_t row = 0; row < m_table.size(); ++row) {
        if (m_table[row].field != field || !m_found[row] || (!m_table[row].when.empty() && m_table[row].when != when))
            continue;
        if (std::string found = json::text(m_found[row]); !found.empty())
            return found;
    }
    return {};
}

std::optional<Instant> Fields::instant(MappedField field) const
{
    for (std::size_t row = 0; row < m_table.size(); ++row) {
        if (m_table[row].field != field || !m_found[row])
            continue;
        if (const auto found = json::instant(m_found[row]))
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
