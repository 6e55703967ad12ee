// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/csvreader.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace telltale {
namespace {

constexpr int kEnd = -1;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kDelimiters = ",;\t|";

/// The one that the line has most of, outside quotes.
char delimiterOf(std::string_view line)
{
    std::array<int, kDelimiters.size()> counts{};
    bool isQuoted = false;
    for (const char c : line) {
        isQuoted ^= c == '"';
        if (const auto at = kDelimiters.find(c); !isQuoted && at != std::string_view::npos)
            ++counts[at];
    }
    return kDelimiters[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

} // namespace

Result<bool> CsvReader::fill()
{
    m_text.erase(0, m_at);
    m_at = 0;
    const auto got = m_file.read(m_text);
    if (!got)
        return tl::unexpected(got.error());
    return *got > 0;
}

Result<void> CsvReader::begin()
{
    while (m_text.find('\n') == std::string::npos && m_text.size() <= m_limit) {
        const auto more = fill();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
    }
    if (m_text.starts_with(kByteOrderMark))
        m_at = kByteOrderMark.size();
    m_delimiter = delimiterOf(std::string_view(m_text).substr(m_at, m_text.find('\n') - m_at));
    return {};
}

/// The next one, which m_at is at; kEnd after the last.
Result<int> CsvReader::character()
{
    if (m_at == m_text.size()) {
        const auto more = fill();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            return kEnd;
    }
    return static_cast<unsigned char>(m_text[m_at]);
}

std::string &CsvReader::newField()
{
    if (m_count == m_fields.size())
        m_fields.emplace_back();
    std::string &field = m_fields[m_count++];
    field.clear();
    return field;
}

Result<std::optional<std::span<const std::string>>> CsvReader::next()
{
    if (m_delimiter == 0) {
        if (const auto begun = begin(); !begun)
            return tl::unexpected(begun.error());
    }
    m_count = m_bytes = 0;
    m_recordLine = m_line;
    bool isQuoted = false, wasQuoted = false;
    std::string *field = &newField();
    for (;;) {
        const auto got = character();
        if (!got)
            return tl::unexpected(got.error());
        if (*got == kEnd && isQuoted)
            return failure(Error::Code::InvalidArgument,
                           "The file ends inside quotes that begin in line " + std::to_string(m_recordLine) + ".");
        const bool isEnd = *got == kEnd;
        const char c = static_cast<char>(*got);
        if (!isEnd) {
            ++m_at;
            m_line += c == '\n';
            if (++m_bytes > m_limit)
                return failure(Error::Code::TooLarge, "The record in line " + std::to_string(m_recordLine) +
                                                          " is larger than " + std::to_string(m_limit) + " bytes.");
        }
        if (isQuoted) {
            if (c != '"') {
                field->push_back(c);
                continue;
            }
            const auto after = character();
            if (!after)
                return tl::unexpected(after.error());
            if (*after == '"') {
                field->push_back('"');
                ++m_at;
            } else {
                isQuoted = false;
            }
        } else if (isEnd || c == '\n') {
            if (!wasQuoted && !field->empty() && field->back() == '\r')
                field->pop_back();
            if (m_count == 1 && field->empty() && !wasQuoted) { // an empty line
                if (isEnd)
                    return std::nullopt;
                m_recordLine = m_line;
                continue;
            }
            return std::span<const std::string>(m_fields.data(), m_count);
        } else if (c == m_delimiter) {
            field = &newField();
            wasQuoted = false;
        } else if (c == '"' && field->empty() && !wasQuoted) {
            isQuoted = wasQuoted = true;
        } else if (!(wasQuoted && c == '\r')) {
            field->push_back(c);
        }
    }
}

} // namespace telltale
