// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

// A parsed JSON text: nodes in the order of the text, and what looks at them.
namespace telltale::json {

enum class Kind : std::uint8_t {
    Null,
    False,
    True,
    Integer,  ///< fits 63 bits and a sign
    Unsigned, ///< fits 64 bits only without a sign
    Real,
    Text,
    Array,
    Object,
};

/// Of an object's members, the key is a node, and the value the one behind it.
struct Node
{
    /// Of an array or an object.
    struct Extent
    {
        std::uint32_t nodes; ///< itself and all in it
        std::uint32_t parts; ///< items or members
    };
    union {
        const char *text;
        std::int64_t integer;
        std::uint64_t natural;
        double real;
        Extent extent;
    };
    std::uint32_t size; ///< of the text; of an array or an object, of all its bytes in the document
    Kind kind;

    std::string_view view() const { return {text, size}; }
    const Node *next() const { return this + (kind >= Kind::Array ? extent.nodes : 1); }
};
static_assert(sizeof(Node) == 16);

class Element;
struct Member;
template<typename Part>
class Held;
using Items = Held<Element>;  ///< of an array
using Members = Held<Member>; ///< of an object, in the order of the text; keys may repeat

/// One value of a document. Small, lives as long as the document's parse.
class Element
{
public:
    Element() = default; ///< of nothing: to be assigned to
    explicit Element(const Node *node)
        : m_node(node)
    {}
    Kind kind() const { return m_node->kind; }
    bool isNull() const { return kind() == Kind::Null; }
    bool isBool() const { return kind() == Kind::True || kind() == Kind::False; }
    bool isTrue() const { return kind() == Kind::True; }
    bool isInteger() const { return kind() == Kind::Integer; }
    bool isNumber() const { return kind() >= Kind::Integer && kind() <= Kind::Real; }
    bool isText() const { return kind() == Kind::Text; }
    bool isArray() const { return kind() == Kind::Array; }
    bool isObject() const { return kind() == Kind::Object; }

    /// Precondition: it is one.
    std::string_view text() const { return m_node->view(); }
    std::int64_t integer() const { return m_node->integer; }  ///< Integer
    std::uint64_t natural() const { return m_node->natural; } ///< Unsigned
    double real() const { return m_node->real; }              ///< Real
    /// Of any number. Precondition: it is one.
    double number() const
    {
        return kind() == Kind::Integer    ? static_cast<double>(integer())
               : kind() == Kind::Unsigned ? static_cast<double>(natural())
                                          : real();
    }
    /// About the bytes that it takes, in the document and elsewhere.
    std::size_t writtenSize() const
    {
        return kind() < Kind::Text ? 9 : std::size_t{m_node->size} + (kind() >= Kind::Array ? 2 * size() : 2);
    }
    /// Itself and all in it, keys among them.
    std::size_t nodes() const { return kind() >= Kind::Array ? m_node->extent.nodes : 1; }
    /// Items or members; 0 for what has none.
    std::uint32_t size() const { return kind() >= Kind::Array ? m_node->extent.parts : 0; }
    /// Those of anything but an array, or an object, are none.
    inline Items items() const;
    inline Members members() const;

private:
    const Node *m_node = nullptr;
};

struct Member
{
    std::string_view key;
    Element value;
};

/// What an array or an object holds, one after the other.
template<typename Part>
class Held
{
public:
    class Iterator
    {
    public:
        explicit Iterator(const Node *at)
            : m_at(at)
        {}
        Part operator*() const
        {
            if constexpr (kHasKeys)
                return {m_at->view(), Element(m_at + 1)};
            else
                return Part(m_at);
        }
        Iterator &operator++()
        {
            m_at = kHasKeys ? (m_at + 1)->next() : m_at->next();
            return *this;
        }
        friend bool operator==(const Iterator &, const Iterator &) = default;

    private:
        static constexpr bool kHasKeys = std::is_same_v<Part, Member>;
        const Node *m_at;
    };
    Held() = default;
    Held(const Node *begin, const Node *end)
        : m_begin(begin)
        , m_end(end)
    {}
    Iterator begin() const { return Iterator(m_begin); }
    Iterator end() const { return Iterator(m_end); }

private:
    const Node *m_begin = nullptr, *m_end = nullptr;
};

Items Element::items() const
{
    return isArray() ? Items(m_node + 1, m_node->next()) : Items();
}

Members Element::members() const
{
    return isObject() ? Members(m_node + 1, m_node->next()) : Members();
}

} // namespace telltale::json
