// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace simdjson::internal {
class dom_parser_implementation;
}

namespace telltale::json {

/// Where the tokens of a JSON text begin: braces, brackets, colons, commas, texts, numbers and words. simdjson finds them many
/// bytes at a time, and sees at once that the text is UTF-8, that texts in it end, and that no control character stands in
/// one. Whether the tokens make sense is for those who read them. Memory is used again and again: about four bytes a byte of the
/// largest text. Not thread-safe.
class JsonTokens
{
public:
    JsonTokens();
    ~JsonTokens();
    JsonTokens(const JsonTokens &) = delete;
    JsonTokens &operator=(const JsonTokens &) = delete;

    /// nullptr when they are found, else in a few words what is wrong: then there are none.
    const char *find(std::string_view text);
    /// Where they begin in the text, in order. Behind the last one stands the text's size; a reader may put something else
    /// there.
    std::uint32_t *begin() const { return m_begin; }
    std::uint32_t *end() const { return m_begin + m_count; }
    std::size_t count() const { return m_count; }
    /// Bytes of a text that fit without more memory.
    std::size_t capacity() const { return m_capacity; }
    /// Gives the memory back.
    void forget();

private:
    std::unique_ptr<simdjson::internal::dom_parser_implementation> m_finder;
    std::uint32_t *m_begin = nullptr; ///< m_finder's
    std::size_t m_count = 0, m_capacity = 0;
};

} // namespace telltale::json
