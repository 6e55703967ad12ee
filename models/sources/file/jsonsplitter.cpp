// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/jsonsplitter.h"

namespace telltale {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool isBetween(char c, bool isInList)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\x1e' || (isInList && c == ',');
}

} // namespace

Result<bool> JsonSplitter::fill()
{
    const auto got = m_file.read(m_text);
    if (!got)
        return tl::unexpected(got.error());
    return *got > 0;
}

Result<std::optional<std::string_view>> JsonSplitter::next()
{
    m_text.erase(0, m_at);
    m_at = 0;
    std::size_t begin = 0;
    for (;;) { // to the first bracket
        if (begin == m_text.size()) {
            const auto more = fill();
            if (!more)
                return tl::unexpected(more.error());
            if (!*more) {
                if (m_isInList)
                    return failure(Error::Code::InvalidArgument, "The file ends inside a list.");
                return std::optional<std::string_view>();
            }
            continue;
        }
        const char c = m_text[begin];
        if (isBetween(c, m_isInList)) {
            ++begin;
        } else if (m_isInList && c == ']') {
            m_isInList = false;
            ++begin;
        } else if (!m_isInList && c == '[') {
            m_isInList = true;
            ++begin;
        } else if (c == '{') {
            break;
        } else if (begin == 0 && std::string_view(m_text).starts_with(kByteOrderMark)) {
            begin += kByteOrderMark.size();
        } else {
            return failure(Error::Code::InvalidArgument, "This is not JSON: an object was expected.");
        }
    }
    std::size_t depth = 0;
    bool isInText = false;
    for (std::size_t i = begin;; ++i) {
        if (i == m_text.size()) {
            if (i - begin > m_limit)
                return failure(Error::Code::TooLarge, "One value of the file is larger than 64 MiB.");
            const auto more = fill();
            if (!more)
                return tl::unexpected(more.error());
            if (!*more)
                return failure(Error::Code::InvalidArgument, "The file ends inside a value.");
        }
        const char c = m_text[i];
        if (isInText) {
            if (c == '\\') {
                if (++i == m_text.size()) {
                    const auto more = fill();
                    if (!more)
                        return tl::unexpected(more.error());
                    if (!*more)
                        return failure(Error::Code::InvalidArgument, "The file ends inside a value.");
                }
            } else if (c == '"') {
                isInText = false;
            }
        } else if (c == '"') {
            isInText = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            m_at = i + 1;
            return std::optional(std::string_view(m_text).substr(begin, i + 1 - begin));
        }
    }
}

} // namespace telltale
