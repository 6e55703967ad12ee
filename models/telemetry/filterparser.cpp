// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/telemetry/filterparser.h"

#include "models/telemetry/filterfields.h"
#include "models/telemetry/timeformat.h"

#include <algorithm>

namespace telltale {
namespace {

constexpr int kMaximumDepth = 32;
constexpr std::size_t kMaximumTerms = 4096; ///< after multiplying out

using Alternatives = std::vector<std::vector<FilterTerm>>;

tl::unexpected<Error> wrong(std::string message)
{
    return failure(Error::Code::InvalidArgument, std::move(message));
}

std::size_t termCount(const Alternatives &alternatives)
{
    std::size_t count = 0;
    for (const auto &terms : alternatives)
        count += terms.size();
    return count;
}

tl::unexpected<Error> tooMany()
{
    return wrong("the filter becomes too long when it is multiplied out; use fewer parentheses");
}

Result<Alternatives> product(const Alternatives &left, const Alternatives &right)
{
    if (termCount(left) * right.size() + termCount(right) * left.size() > kMaximumTerms)
        return tooMany();
    Alternatives out;
    for (const auto &a : left) {
        for (const auto &b : right) {
            out.push_back(a);
            out.back().insert(out.back().end(), b.begin(), b.end());
        }
    }
    return out;
}

/// De Morgan: not (a and b or c) is (not a or not b) and not c.
Result<Alternatives> negated(const Alternatives &alternatives)
{
    Alternatives out{{}};
    for (const auto &terms : alternatives) {
        Alternatives choices;
        for (FilterTerm term : terms) {
            term.isNegated = !term.isNegated;
            choices.push_back({std::move(term)});
        }
        auto multiplied = product(out, choices);
        if (!multiplied)
            return multiplied;
        out = std::move(*multiplied);
    }
    return out;
}

std::string knownFields()
{
    std::string list;
    for (const FilterField &field : filterFields()) {
        if (!list.empty())
            list += ", ";
        list += field.name;
        if (field.name.ends_with('.'))
            list += "KEY";
    }
    return list;
}

std::string normalisedField(std::string_view written)
{
    std::string lower(written);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    for (const std::string_view prefix : {kAttributePrefix, kResourcePrefix}) {
        if (lower.starts_with(prefix))
            return std::string(prefix) + std::string(written.substr(prefix.size()));
    }
    return lower;
}

/// Whether the value can be read the way its field wants it; returns what is wrong.
Result<void> checkValue(const FilterField &field, const FilterTerm &term)
{
    const bool compares = term.op != FilterOperator::Equal;
    switch (field.type) {
    case FilterFieldType::Text:
        if (compares)
            return wrong("'" + term.field +
                         "' is text: >, >=, < and <= are for numbers and durations (quote the value if "
                         "it begins with such a sign)");
        return {};
    case FilterFieldType::Attribute:
        if (compares && !parseFilterNumber(term.value))
            return wrong("'" + term.value + "' is no number to compare " + term.field + " with");
        return {};
    case FilterFieldType::Duration:
        if (const auto duration = parseDuration(term.value); !duration)
            return tl::unexpected(duration.error());
        return {};
    case FilterFieldType::Severity:
        if (const auto range = parseSeverity(term.value); !range)
            return tl::unexpected(range.error());
        return {};
    case FilterFieldType::Kind:
        if (compares || !recordKindNamed(term.value))
            return wrong("'" + term.value + "' is no kind of record; there are " + std::string(field.help));
        return {};
    case FilterFieldType::Presence:
        if (compares || !filterField(term.value) || term.value == "has")
            return wrong("has: wants the name of a field, not '" + term.value + "'; there are " +
                         knownFields());
        return {};
    }
    return {};
}

} // namespace

Result<Filter> FilterParser::parse()
{
    skipBlanks();
    Filter filter;
    if (atEnd())
        return filter;
    auto alternatives = readAlternatives(0);
    if (!alternatives)
        return tl::unexpected(alternatives.error());
    if (!atEnd())
        return wrong("there is a ')' without its '('");
    filter.m_alternatives = std::move(*alternatives);
    return filter;
}

Result<FilterParser::Alternatives> FilterParser::readAlternatives(int depth)
{
    if (depth > kMaximumDepth)
        return wrong("parentheses nest too deeply");
    Alternatives out;
    while (true) {
        auto conjunction = readConjunction(depth);
        if (!conjunction)
            return conjunction;
        out.insert(out.end(), conjunction->begin(), conjunction->end());
        if (termCount(out) > kMaximumTerms)
            return tooMany();
        skipBlanks();
        if (!atWord("OR"))
            return out;
        m_at += 2;
    }
}

Result<FilterParser::Alternatives> FilterParser::readConjunction(int depth)
{
    Alternatives out{{}};
    bool isEmpty = true;
    while (true) {
        skipBlanks();
        if (atEnd() || atWord("OR") || (m_groups > 0 && m_text[m_at] == ')')) {
            if (isEmpty)
                return wrong("a term is missing beside OR or inside parentheses");
            return out;
        }
        if (m_text[m_at] == ')')
            return out; // parse() says that it is one too many
        if (atWord("AND") && !isEmpty) {
            m_at += 3;
            continue;
        }
        auto operand = readOperand(depth);
        if (!operand)
            return operand;
        auto multiplied = product(out, *operand);
        if (!multiplied)
            return multiplied;
        out = std::move(*multiplied);
        isEmpty = false;
    }
}

Result<FilterParser::Alternatives> FilterParser::readOperand(int depth)
{
    bool isNegated = false;
    while (!atEnd() && m_text[m_at] == '-') {
        isNegated = !isNegated;
        ++m_at;
    }
    if (!atEnd() && m_text[m_at] == '(') {
        ++m_at;
        ++m_groups;
        auto inner = readAlternatives(depth + 1);
        if (!inner)
            return inner;
        if (atEnd() || m_text[m_at] != ')')
            return wrong("a ')' is missing");
        ++m_at;
        --m_groups;
        return isNegated ? negated(*inner) : inner;
    }
    auto term = readTerm();
    if (!term)
        return tl::unexpected(term.error());
    term->isNegated = isNegated;
    return Alternatives{{std::move(*term)}};
}

Result<FilterTerm> FilterParser::readTerm()
{
    const std::size_t begin = m_at;
    auto written = readField();
    if (!written)
        return tl::unexpected(written.error());
    FilterTerm term;
    term.field = normalisedField(written->text);
    const FilterField *field = filterField(term.field);
    if (!field)
        return wrong("there is no field '" + written->text + "'; there are " + knownFields());
    term.op = readOperator();
    auto value = readValue();
    if (!value)
        return tl::unexpected(value.error());
    if (value->text.empty() && !value->isQuoted)
        return wrong("a value is missing after '" + std::string(m_text.substr(begin, m_at - begin)) + "'");
    term.value = std::move(value->text);
    if (field->type == FilterFieldType::Presence)
        term.value = normalisedField(term.value);
    if (const auto checked = checkValue(*field, term); !checked)
        return tl::unexpected(checked.error());
    return term;
}

Result<FilterParser::Word> FilterParser::readField()
{
    Word word;
    const std::size_t begin = m_at;
    bool inQuotes = false;
    while (!atEnd()) {
        const char c = m_text[m_at];
        if (c == '"') {
            inQuotes = !inQuotes;
            ++m_at;
        } else if (!inQuotes && c == ':') {
            ++m_at;
            return word;
        } else if (!inQuotes && isBlankAt(m_at)) {
            break;
        } else {
            readUnit(word.text, false);
        }
    }
    if (inQuotes)
        return wrong("a quote is not closed");
    return wrong("'" + std::string(m_text.substr(begin, m_at - begin)) +
                 "' is no term; write field:value, for example feature:"
                 "Search");
}

Result<FilterParser::Word> FilterParser::readValue()
{
    Word word;
    word.isQuoted = !atEnd() && m_text[m_at] == '"';
    bool inQuotes = false;
    int open = 0; // a value may hold parentheses of its own, in pairs
    while (!atEnd()) {
        const char c = m_text[m_at];
        if (c == '"') {
            inQuotes = !inQuotes;
            ++m_at;
            continue;
        }
        if (!inQuotes) {
            if (isBlankAt(m_at))
                break;
            if (c == '(')
                ++open;
            if (c == ')' && m_groups > 0 && --open < 0)
                break;
        }
        readUnit(word.text, true);
    }
    if (inQuotes)
        return wrong("a quote is not closed");
    return word;
}

void FilterParser::readUnit(std::string &out, bool asPattern)
{
    const char c = m_text[m_at++];
    if (c != '\\') {
        out += c;
        return;
    }
    const char next = atEnd() ? '\0' : m_text[m_at];
    const bool isEscape = next == '\\' || next == '"' || next == '*';
    if (isEscape)
        ++m_at;
    const char literal = isEscape ? next : '\\';
    if (asPattern && literal != '"')
        out += '\\';
    out += literal;
}

FilterOperator FilterParser::readOperator()
{
    if (atEnd() || (m_text[m_at] != '>' && m_text[m_at] != '<'))
        return FilterOperator::Equal;
    const bool isGreater = m_text[m_at++] == '>';
    if (!atEnd() && m_text[m_at] == '=') {
        ++m_at;
        return isGreater ? FilterOperator::GreaterOrEqual : FilterOperator::LessOrEqual;
    }
    return isGreater ? FilterOperator::Greater : FilterOperator::Less;
}

void FilterParser::skipBlanks()
{
    while (!atEnd() && isBlankAt(m_at))
        ++m_at;
}

bool FilterParser::isBlankAt(std::size_t at) const
{
    const char c = m_text[at];
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool FilterParser::atWord(std::string_view word) const
{
    if (!m_text.substr(m_at).starts_with(word))
        return false;
    const std::size_t after = m_at + word.size();
    return after >= m_text.size() || isBlankAt(after) || m_text[after] == '(' || m_text[after] == ')';
}

} // namespace telltale
