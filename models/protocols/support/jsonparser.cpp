// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/jsonparser.h"

#include "models/protocols/support/jsonescapes.h"
#include "models/protocols/support/jsonnumber.h"
#include "models/telemetry/value.h"

#include <algorithm>
#include <cstring>

namespace telltale::json {
namespace {

constexpr const char *kBadNumber = "a number or a word is misspelt";
constexpr const char *kBadEscape = "a text has a broken escape";
constexpr const char *kNoKey = "a text was expected, the name of a member";
constexpr const char *kNoColon = "a colon was expected behind the name of a member";
constexpr const char *kNotClosed = "a comma or the end of a list or an object was expected";
constexpr const char *kTooDeep = "it nests too deep";
constexpr const char *kTooLong = "something follows its end";

/// Where a text's first backslash stands, or its end.
const char *nextEscape(const char *begin, const char *end)
{
    const void *const found = std::memchr(begin, '\\', static_cast<std::size_t>(end - begin));
    return found ? static_cast<const char *>(found) : end;
}

/// What unescaping one text leaves for the next.
struct Unescaped
{
    char *room;         ///< behind what was written; nullptr: there is a broken escape
    const char *escape; ///< the next one
};

/// Apart from the reader, whose members would else have to stand in memory.
[[gnu::noinline]] Unescaped unescapeText(Node &node, char *room, const char *textEnd)
{
    const char *const end = node.text + node.size;
    char *const written = unescape(node.text, end, room);
    if (!written)
        return {nullptr, textEnd};
    node.text = room;
    node.size = static_cast<std::uint32_t>(written - room);
    return {written, nextEscape(end, textEnd)};
}

/// Tokens of one text to nodes. Each token is looked at once, in order.
class Reader
{
public:
    Reader(std::string_view text, const JsonTokens &tokens, Node *nodes, const char *escape, char *room)
        : m_text(text.data())
        , m_textEnd(text.data() + text.size())
        , m_at(tokens.begin())
        , m_end(tokens.end())
        , m_next(nodes)
        , m_escape(escape)
        , m_room(room)
    {}

    /// The tokens of a list or an object. nullptr: they are.
    const char *readAll();
    /// The only token.
    const char *readOne();

private:
    /// A list or an object whose end is still to come.
    struct Open
    {
        Node *node;
        std::uint32_t parts, at; ///< at: in the text
        bool isObject;
    };

    char here() const { return m_text[*m_at]; }
    bool readText();
    bool readScalar();
    bool readWord(std::string_view word, Kind kind);

    const char *m_text, *m_textEnd;
    const std::uint32_t *m_at, *m_end;
    Node *m_next;
    const char *m_escape; ///< the first backslash that was not passed yet
    char *m_room;
};

/// At a quote.
[[gnu::always_inline]] inline bool Reader::readText()
{
    const char *const begin = m_text + m_at[0] + 1;
    const char *end = m_text + m_at[1] - 1; // the next token's; only white space stands before it
    while (*end != '"')
        --end;
    ++m_at;
    Node &node = *m_next++;
    node.kind = Kind::Text;
    node.text = begin;
    node.size = static_cast<std::uint32_t>(end - begin);
    if (m_escape >= end) [[likely]]
        return true;
    const auto [room, escape] = unescapeText(node, m_room, m_textEnd);
    m_room = room;
    m_escape = escape;
    return room != nullptr;
}

inline bool Reader::readWord(std::string_view word, Kind kind)
{
    const char *const begin = m_text + m_at[0], *const end = m_text + m_at[1];
    const auto size = static_cast<std::ptrdiff_t>(word.size());
    m_next->kind = kind;
    m_next->size = 0;
    m_next->integer = 0;
    return end - begin >= size && std::memcmp(begin, word.data(), word.size()) == 0 &&
           (end - begin == size || isSpace(begin[size]));
}

/// Anything that is neither a text nor has parts.
[[gnu::always_inline]] inline bool Reader::readScalar()
{
    const char first = here();
    bool isRead = false;
    if (first == 't')
        isRead = readWord("true", Kind::True);
    else if (first == 'f')
        isRead = readWord("false", Kind::False);
    else if (first == 'n')
        isRead = readWord("null", Kind::Null);
    else
        isRead = readNumber(m_text + m_at[0], m_text + m_at[1], *m_next);
    ++m_at;
    ++m_next;
    return isRead;
}

const char *Reader::readOne()
{
    if (m_at + 1 != m_end)
        return kTooLong;
    if (here() == '"')
        return readText() ? nullptr : kBadEscape;
    return readScalar() ? nullptr : kBadNumber;
}

const char *Reader::readAll()
{
    Open outer[kMaximumValueDepth];
    int depth = 0;
    Open open{}; // the innermost
    for (;;) {
        if (open.isObject) {
            if (here() != '"')
                return kNoKey;
            if (!readText())
                return kBadEscape;
            if (here() != ':')
                return kNoColon;
            ++m_at;
        }
        const char first = here();
        if (first == '"') {
            if (!readText())
                return kBadEscape;
        } else if (first == '{' || first == '[') {
            Node *const node = m_next++;
            node->kind = first == '{' ? Kind::Object : Kind::Array;
            node->size = 2;
            ++m_at;
            if (here() != first + 2) { // '}', ']'
                if (depth == kMaximumValueDepth - 1)
                    return kTooDeep;
                outer[depth++] = open;
                open = {node, 0, m_at[-1], first == '{'};
                continue;
            }
            node->extent = {1, 0};
            ++m_at;
        } else if (!readScalar()) {
            return kBadNumber;
        }
        for (;;) { // behind a value
            if (depth == 0)
                return m_at == m_end ? nullptr : kTooLong;
            ++open.parts;
            const char next = here();
            ++m_at;
            if (next == ',')
                break;
            if (next != (open.isObject ? '}' : ']'))
                return kNotClosed;
            open.node->extent = {static_cast<std::uint32_t>(m_next - open.node), open.parts};
            open.node->size = m_at[-1] - open.at + 1;
            open = outer[--depth];
            if (m_at >= m_end && depth > 0)
                return kNotClosed;
        }
    }
}

} // namespace

const Node *Parser::parse(std::string_view text)
{
    m_problem = m_tokens.find(text);
    if (m_problem)
        return nullptr;
    if (m_nodeCount < m_tokens.count()) {
        m_nodeCount = std::max<std::size_t>(m_tokens.count() + m_tokens.count() / 4, 128);
        m_nodes = std::make_unique_for_overwrite<Node[]>(m_nodeCount);
    }
    const char *const textEnd = text.data() + text.size(), *const escape = nextEscape(text.data(), textEnd);
    if (escape != textEnd && m_roomSize < text.size()) {
        m_roomSize = m_tokens.capacity();
        m_room = std::make_unique_for_overwrite<char[]>(m_roomSize);
    }
    Reader reader(text, m_tokens, m_nodes.get(), escape, m_room.get());
    const char first = text[*m_tokens.begin()];
    if (first == '{' || first == '[') {
        // A reader that is past the end of a text that lacks one finds its last token once more, which is never followed by
        // anything that would let it go on.
        std::uint32_t *const end = m_tokens.end();
        const char last = text[end[-1]];
        m_problem = last == first + 2 ? nullptr : kNotClosed;
        *end = end[-1];
        if (!m_problem)
            m_problem = reader.readAll();
    } else {
        m_problem = reader.readOne();
    }
    return m_problem ? nullptr : m_nodes.get();
}

} // namespace telltale::json
