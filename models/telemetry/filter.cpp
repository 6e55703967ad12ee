// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/filter.h"

#include "models/telemetry/filterfields.h"
#include "models/telemetry/filterparser.h"

namespace telltale {
namespace {

std::string_view operatorText(FilterOperator op)
{
    switch (op) {
    case FilterOperator::Equal:
        return "";
    case FilterOperator::Greater:
        return ">";
    case FilterOperator::GreaterOrEqual:
        return ">=";
    case FilterOperator::Less:
        return "<";
    case FilterOperator::LessOrEqual:
        return "<=";
    }
    return "";
}

void appendField(std::string &out, std::string_view field)
{
    const std::size_t dot = field.find('.');
    const std::string_view key = dot == std::string_view::npos ? std::string_view() : field.substr(dot + 1);
    if (key.find_first_of(" \t\r\n:\"\\()") == std::string_view::npos) {
        out += field;
        return;
    }
    out += field.substr(0, dot + 1);
    out += '"';
    for (const char c : key) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    out += '"';
}

/// `value` is a pattern: its backslashes already mean what they mean in an expression.
void appendValue(std::string &out, const FilterTerm &term)
{
    const std::string &value = term.value;
    const bool needsQuotes =
        value.empty() || value.find_first_of(" \t\r\n\"()") != std::string::npos ||
        (term.op == FilterOperator::Equal && (value.front() == '>' || value.front() == '<'));
    if (!needsQuotes) {
        out += value;
        return;
    }
    out += '"';
    for (const char c : value) {
        if (c == '"')
            out += '\\';
        out += c;
    }
    out += '"';
}

} // namespace

FilterTerm FilterTerm::exactly(std::string_view field, std::string_view text, bool isNegated)
{
    return {std::string(field), FilterOperator::Equal, wildcardEscaped(text), isNegated};
}

Filter::Filter(FilterTerm term)
{
    m_alternatives.push_back({std::move(term)});
}

Result<Filter> Filter::parse(std::string_view expression)
{
    return FilterParser(expression).parse();
}

std::string Filter::text() const
{
    std::string out;
    for (const auto &terms : m_alternatives) {
        if (!out.empty())
            out += " OR ";
        bool isFirst = true;
        for (const FilterTerm &term : terms) {
            if (!isFirst)
                out += ' ';
            isFirst = false;
            if (term.isNegated)
                out += '-';
            appendField(out, term.field);
            out += ':';
            out += operatorText(term.op);
            appendValue(out, term);
        }
    }
    return out;
}

Filter Filter::and_(const Filter &other) const
{
    if (isEmpty())
        return other;
    if (other.isEmpty())
        return *this;
    Filter both;
    for (const auto &left : m_alternatives) {
        for (const auto &right : other.m_alternatives) {
            both.m_alternatives.push_back(left);
            both.m_alternatives.back().insert(both.m_alternatives.back().end(), right.begin(), right.end());
        }
    }
    return both;
}

Filter Filter::or_(const Filter &other) const
{
    if (isEmpty() || other.isEmpty())
        return {};
    Filter either = *this;
    either.m_alternatives.insert(either.m_alternatives.end(), other.m_alternatives.begin(), other.m_alternatives.end());
    return either;
}

std::string wildcardEscaped(std::string_view text)
{
    std::string pattern;
    pattern.reserve(text.size());
    for (const char c : text) {
        if (c == '*' || c == '\\')
            pattern += '\\';
        pattern += c;
    }
    return pattern;
}

bool matchesWildcard(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t starPattern = std::string_view::npos; // just after the last star
    std::size_t starText = 0;
    while (true) {
        if (p < pattern.size() && pattern[p] == '*') {
            starPattern = ++p;
            starText = t;
            continue;
        }
        if (t == text.size() && p == pattern.size())
            return true;
        const bool isEscape =
            p + 1 < pattern.size() && pattern[p] == '\\' && (pattern[p + 1] == '*' || pattern[p + 1] == '\\');
        if (t < text.size() && p < pattern.size() && pattern[isEscape ? p + 1 : p] == text[t]) {
            p += isEscape ? 2 : 1;
            ++t;
            continue;
        }
        // Only the last star needs to give way: an earlier one could only do what it can do as well.
        if (starPattern == std::string_view::npos || starText >= text.size())
            return false;
        p = starPattern;
        t = ++starText;
    }
}

} // namespace telltale
