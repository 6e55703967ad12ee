// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/file/csvlines.h"

#include "models/protocols/jsonlines/jsonlines.h"
#include "models/protocols/support/jsontree.h"
#include "models/telemetry/value.h"

#include <simdjson.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <iterator>

namespace telltale {
namespace {

/// Fields whose numbers are numbers: a release 4.10 is none, and neither is a user 007.
constexpr std::string_view kNumbers[] = {"time", "timestamp", "ts", "@timestamp", "value"};
/// A row needs one of them to say anything.
constexpr std::string_view kSayWhat[] = {"event", "name", "metric", "exception", "error", "message", "body"};

template<std::size_t N>
bool isOneOf(std::string_view name, const std::string_view (&names)[N])
{
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

std::string jsonText(std::string_view text)
{
    return toJson(Value(text));
}

/// "User ID" is user_id.
std::string fieldNameOf(std::string_view column)
{
    std::string name(column);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
        return c == ' ' || c == '-' ? '_' : static_cast<char>(std::tolower(c));
    });
    return name;
}

/// Written as JSON writes numbers, so not 007, +1 or 1.
bool isNumber(std::string_view text)
{
    const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
    if (digits.empty() || std::isdigit(static_cast<unsigned char>(digits[0])) == 0 ||
        (digits.size() > 1 && digits[0] == '0' && digits[1] != '.' && digits[1] != 'e' && digits[1] != 'E') ||
        std::isdigit(static_cast<unsigned char>(text.back())) == 0)
        return false;
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    // More digits than a number keeps are an id.
    return problem == std::errc() && end == text.data() + text.size() && text.size() <= 18 &&
           digits.find("e+") == std::string_view::npos;
}

/// What is no UTF-8 was written by a spreadsheet in Latin-1.
std::string asUtf8(std::string_view text)
{
    if (simdjson::validate_utf8(text.data(), text.size()))
        return std::string(text);
    std::string utf8;
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (code < 0x80) {
            utf8 += c;
        } else {
            utf8 += static_cast<char>(0xc0 | code >> 6);
            utf8 += static_cast<char>(0x80 | (code & 0x3f));
        }
    }
    return utf8;
}

void appendValue(std::string &to, std::string_view cell, bool isText)
{
    if (!isText && (isNumber(cell) || cell == "true" || cell == "false"))
        to += cell;
    else
        to += jsonText(asUtf8(cell));
}

} // namespace

CsvLines::Column CsvLines::attribute(std::string_view name) const
{
    return {jsonText(asUtf8(name)) + ":", false, false};
}

Result<void> CsvLines::readHeader(std::span<const std::string> names)
{
    std::vector<std::string> fields(names.size());
    for (const auto &[field, column] : m_mapping.columns) {
        const auto at = std::find(names.begin(), names.end(), column);
        if (at == names.end())
            return failure(Error::Code::InvalidArgument, "There is no column \"" + column + "\".");
        fields[static_cast<std::size_t>(at - names.begin())] = field;
    }
    std::vector<std::string> taken = fields;
    for (const auto &[field, text] : m_mapping.constants)
        taken.push_back(field);
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!fields[i].empty())
            continue;
        const std::string name = fieldNameOf(names[i]);
        if (isJsonLinesField(name) && std::find(taken.begin(), taken.end(), name) == taken.end())
            taken.push_back(fields[i] = name);
    }
    if (std::none_of(taken.begin(), taken.end(), [](const std::string &field) { return isOneOf(field, kSayWhat); }))
        return failure(Error::Code::InvalidArgument, "No column says what happened: one must be the event, the metric or "
                                                     "the message, as with --map event=COLUMN.");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string &field = fields[i];
        m_columns.push_back(isJsonLinesField(field)
                                ? Column{jsonText(field) + ":", true, !isOneOf(field, kNumbers)}
                                : attribute(field.empty() ? names[i] : field));
    }
    for (const auto &[field, text] : m_mapping.constants)
        m_constants += (m_constants.empty() ? "" : ",") + jsonText(field) + ":" + jsonText(text);
    return {};
}

Result<std::optional<std::string_view>> CsvLines::next()
{
    if (m_columns.empty()) {
        const auto header = m_rows.next();
        if (!header)
            return tl::unexpected(header.error());
        if (!*header)
            return failure(Error::Code::InvalidArgument, "The table has no header.");
        if (const auto read = readHeader(**header); !read)
            return tl::unexpected(read.error());
    }
    const auto row = m_rows.next();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return std::nullopt;
    const std::span<const std::string> cells = **row;
    m_line.assign("{").append(m_constants);
    m_attributes.clear();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].empty())
            continue;
        const Column column =
            i < m_columns.size() ? m_columns[i] : attribute("column " + std::to_string(i + 1));
        std::string &to = column.isField ? m_line : m_attributes;
        if (!to.empty() && to.back() != '{')
            to += ',';
        to += column.key;
        appendValue(to, cells[i], column.isText);
    }
    if (!m_attributes.empty())
        m_line.append(m_line.size() > 1 ? "," : "").append("\"attributes\":{").append(m_attributes).append("}");
    m_line += '}';
    return std::string_view(m_line);
}

} // namespace telltale
