// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/fieldtable.h"

#include "models/telemetry/sametext.h"

#include <cassert>
#include <charconv>
#include <utility>

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
    if (element.isArray()) {
        std::size_t index = 0;
        const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), index);
        const bool isIndex = problem == std::errc() && end == part.data() + part.size();
        const auto found = isIndex ? item(element, index) : std::nullopt;
        return found && found->isNull() ? std::nullopt : found;
    }
    return part.find('~') == std::string_view::npos ? field(element, part) : field(element, unescaped(part));
}

} // namespace

std::optional<Element> at(const std::optional<Element> &root, std::string_view pointer)
{
    std::optional<Element> here = root;
    if (here && here->isNull())
        return std::nullopt;
    while (here && !pointer.empty()) {
        pointer.remove_prefix(1);
        const std::string_view part = pointer.substr(0, pointer.find('/'));
        here = step(*here, part);
        pointer.remove_prefix(part.size());
    }
    return here;
}

FieldIndex::FieldIndex(FieldTable table, std::span<const std::string_view> others)
{
    m_nodes.emplace_back().buckets.fill(kNone);
    for (const FieldRow &row : table)
        m_rows[static_cast<std::size_t>(row.field)].push_back({placeOf(row.pointer), row.when});
    for (const std::string_view pointer : others)
        m_others.push_back(placeOf(pointer));
}

/// Makes the names on the way.
FieldIndex::Index FieldIndex::placeOf(std::string_view pointer)
{
    for (Index node = 0;;) {
        pointer.remove_prefix(1);
        const std::string_view part = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(part.size());
        const Index line = lineOf(node, unescaped(part));
        if (pointer.empty())
            return m_nodes[node].lines[line].place;
        if (m_nodes[node].lines[line].node == kNone) {
            m_nodes[node].lines[line].node = static_cast<Index>(m_nodes.size());
            m_nodes.emplace_back().buckets.fill(kNone);
        }
        node = m_nodes[node].lines[line].node;
    }
}

FieldIndex::Index FieldIndex::lineOf(Index node, std::string name)
{
    auto &[lines, buckets] = m_nodes[node];
    Index &bucket = buckets[bucketOf(name)];
    for (Index at = bucket; at != kNone; at = lines[at].next) {
        if (lines[at].name == name)
            return at;
    }
    assert(m_places < kMostPlaces);
    lines.push_back({std::move(name), static_cast<Index>(m_places++), kNone, bucket});
    return bucket = static_cast<Index>(lines.size() - 1);
}

Fields::Fields(const FieldIndex &index, const std::optional<Element> &root)
    : m_index(index)
{
    if (root)
        walk(0, *root);
}

[[gnu::always_inline]] inline void Fields::take(const FieldIndex::Line &line, Element element)
{
    const std::uint64_t bit = std::uint64_t{1} << line.place;
    if ((m_seen & bit) != 0)
        return;
    m_seen |= bit;
    if (element.isNull())
        return;
    m_has |= bit;
    m_found[line.place].value = element;
    if (line.node != FieldIndex::kNone)
        walk(line.node, element);
}

void Fields::walk(FieldIndex::Index number, Element element)
{
    const FieldIndex::Node &node = m_index.m_nodes[number];
    if (!element.isObject()) { // of a list, by number
        for (const FieldIndex::Line &line : node.lines) {
            if (const auto found = step(element, line.name))
                take(line, *found);
        }
        return;
    }
    for (const auto &[key, value] : element.members()) {
        for (auto at = node.buckets[FieldIndex::bucketOf(key)]; at != FieldIndex::kNone; at = node.lines[at].next) {
            if (isSameText(node.lines[at].name, key)) {
                take(node.lines[at], value);
                break;
            }
        }
    }
}

TextView Fields::text(MappedField field, std::string_view when) const &
{
    for (const FieldIndex::Row &row : m_index.m_rows[static_cast<std::size_t>(field)]) {
        if (!has(row.place) || (!row.when.empty() && row.when != when))
            continue;
        if (const TextView found = textView(m_found[row.place].value, m_numbers); !found.empty())
            return found;
    }
    return {};
}

std::optional<Instant> Fields::instant(MappedField field) const
{
    for (const FieldIndex::Row &row : m_index.m_rows[static_cast<std::size_t>(field)]) {
        if (!has(row.place))
            continue;
        if (const auto found = json::instant(m_found[row.place].value))
            return found;
    }
    return std::nullopt;
}

TextView Fields::otherText(std::size_t number) const &
{
    const FieldIndex::Index place = m_index.m_others[number];
    return has(place) ? textView(m_found[place].value, m_numbers) : TextView();
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
