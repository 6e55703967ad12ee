// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/jsonsplitter.h"

namespace telltale {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

constexpr std::string_view kBlank = " \t\r\n\x1e";

/// Whether a line holds one object and nothing else, by its brackets and quotes.
bool isWholeObject(std::string_view line)
{
    const auto begin = line.find_first_not_of(kBlank);
    if (begin == std::string_view::npos || line[begin] != '{')
        return false;
    std::size_t depth = 0;
    bool isInText = false;
    for (std::size_t i = begin; i < line.size(); ++i) {
        const char c = line[i];
        if (isInText) {
            i += c == '\\' ? 1 : 0;
            isInText = c != '"';
        } else if (c == '"') {
            isInText = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return line.find_first_not_of(kBlank, i + 1) == std::string_view::npos;
        }
    }
    return false;
}

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

/// Finds out what the file is by its first line that is not empty.
Result<void> JsonSplitter::begin()
{
    m_form = Form::Values;
    std::size_t at = 0;
    for (;;) {
        const auto end = m_text.find('\n', at);
        const std::string_view line = std::string_view(m_text).substr(at, end - at);
        const bool isBlank = line.find_first_not_of(kBlank) == std::string_view::npos;
        if (end != std::string::npos && isBlank) {
            at = end + 1;
            continue;
        }
        if (end != std::string::npos || m_text.size() > m_limit) {
            if (isWholeObject(line.substr(line.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0)))
                m_form = Form::Lines;
            return {};
        }
        const auto more = fill();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            return {};
    }
}

Result<std::optional<std::string_view>> JsonSplitter::next()
{
    if (m_form == Form::Unknown) {
        if (const auto begun = begin(); !begun)
            return tl::unexpected(begun.error());
    }
    return m_form == Form::Lines ? nextLine() : nextValue();
}

Result<std::optional<std::string_view>> JsonSplitter::nextLine()
{
    for (;;) {
        auto end = m_text.find('\n', m_at);
        if (end == std::string::npos) {
            m_text.erase(0, m_at);
            m_at = 0;
            std::size_t searched = 0;
            bool hasMore = true;
            while (hasMore && (end = m_text.find('\n', searched)) == std::string::npos) {
                searched = m_text.size();
                if (searched > m_limit)
                    return failure(Error::Code::TooLarge, "One line of the file is larger than 64 MiB.");
                const auto more = fill();
                if (!more)
                    return tl::unexpected(more.error());
                hasMore = *more;
            }
            if (end == std::string::npos && m_text.empty())
                return std::optional<std::string_view>();
        }
        std::string_view line = std::string_view(m_text).substr(m_at, end - m_at);
        m_at = end == std::string::npos ? m_text.size() : end + 1;
        ++m_line;
        if (line.starts_with(kByteOrderMark))
            line.remove_prefix(kByteOrderMark.size());
        if (const auto begin = line.find_first_not_of(kBlank); begin != std::string_view::npos)
            return std::optional(line.substr(begin, line.find_last_not_of(kBlank) + 1 - begin));
    }
}

Result<std::optional<std::string_view>> JsonSplitter::nextValue()
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
