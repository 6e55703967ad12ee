// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocols/support/jsontree.h"
#include "models/protocols/support/room.h"
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

/// A table, and other pointers that its decoder reads, as a tree of the names on the way. Made once for a table that lives
/// as long; safe to read from any thread.
class FieldIndex
{
public:
    /// Names in all pointers together, each counted once.
    static constexpr std::size_t kMostPlaces = 64;

    /// Precondition: at most kMostPlaces names; no pointer is empty.
    explicit FieldIndex(FieldTable table, std::span<const std::string_view> others = {});

private:
    friend class Fields;
    using Index = std::uint8_t;
    static constexpr Index kNone = 0xff;
    static constexpr std::size_t kBuckets = 64, kMappedFields = static_cast<std::size_t>(MappedField::MessageId) + 1;

    /// A name in an object that a pointer goes through or ends at.
    struct Line
    {
        std::string name;
        Index place = 0;    ///< of what is found there
        Index node = kNone; ///< the object behind it, if a pointer goes on
        Index next = kNone; ///< in the bucket
    };
    struct Node
    {
        std::vector<Line> lines;
        std::array<Index, kBuckets> buckets;
    };
    struct Row
    {
        Index place = 0;
        std::string_view when;
    };
    static std::size_t bucketOf(std::string_view name)
    {
        if (name.empty())
            return 0;
        const auto first = static_cast<unsigned char>(name.front()), last = static_cast<unsigned char>(name.back());
        return (name.size() * 5 + first + last * 3U) % kBuckets;
    }
    Index placeOf(std::string_view pointer);
    Index lineOf(Index node, std::string name);

    std::vector<Node> m_nodes; ///< the first is the root
    std::array<std::vector<Row>, kMappedFields> m_rows;
    std::vector<Index> m_others;
    std::size_t m_places = 0;
};

/// What the pointers of an index lead to in one element: each object on the way is walked once, however many pointers go
/// through it. Of a key that comes twice, the first counts. Cost: about a comparison a field of those objects, no
/// allocation. Lives as long as its document's parse; the views it gives live as long as it does.
class Fields
{
public:
    Fields(const FieldIndex &index, const std::optional<Element> &root);
    Fields(const Fields &) = delete;
    Fields &operator=(const Fields &) = delete;

    /// The first text of a field, as textView(). Rows with a `when` count only when it is the one asked for.
    TextView text(MappedField field, std::string_view when = {}) const &;
    TextView text(MappedField field, std::string_view when = {}) const && = delete;
    /// The first instant of a field.
    std::optional<Instant> instant(MappedField field) const;
    /// What the other pointer of this number leads to.
    std::optional<Element> other(std::size_t number) const { return found(m_index.m_others[number]); }
    /// Its text, as textView().
    TextView otherText(std::size_t number) const &;
    TextView otherText(std::size_t number) const && = delete;

private:
    void walk(FieldIndex::Index node, Element element);
    void take(const FieldIndex::Line &line, Element element);
    bool has(FieldIndex::Index place) const { return (m_has >> place & 1U) != 0; }
    std::optional<Element> found(FieldIndex::Index place) const
    {
        return has(place) ? std::optional<Element>(m_found[place].value) : std::nullopt;
    }

    const FieldIndex &m_index;
    std::uint64_t m_seen = 0, m_has = 0; ///< bit n: of place n
    std::array<Room<Element>, FieldIndex::kMostPlaces> m_found; ///< those of m_has
    mutable NumberRoom m_numbers;
};

} // namespace json

/// The table for people. `prefix` stands before each pointer.
void appendRows(std::vector<MappingRow> &rows, FieldTable table, std::string_view prefix = {},
                MappingPlace place = MappingPlace::Json);
/// A line in words.
MappingRow inWords(MappedField field, std::string_view words, std::string_view when = {});

} // namespace telltale
