// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/matcher.h"

/// How a term of a filter is held against one value; for the Matcher alone.
namespace telltale {

template<typename T>
bool compares(FilterOperator op, T value, T bound)
{
    switch (op) {
    case FilterOperator::Equal:
        return value == bound;
    case FilterOperator::Greater:
        return value > bound;
    case FilterOperator::GreaterOrEqual:
        return value >= bound;
    case FilterOperator::Less:
        return value < bound;
    case FilterOperator::LessOrEqual:
        return value <= bound;
    }
    return false;
}

inline bool isValueMatch(std::string_view pattern, FilterOperator op, const Value &value)
{
    return op == FilterOperator::Equal && matchesWildcard(pattern, toDisplayText(value));
}

/// An attribute term's question about one value.
class Matcher::ValueTest final : public AttributeTest
{
public:
    explicit ValueTest(const Term &term)
        : m_term(term)
    {}
    bool accepts(std::string_view text) override
    {
        return m_term.isPresence ||
               (m_term.op == FilterOperator::Equal && matchesWildcard(m_term.pattern, text));
    }
    bool accepts(std::int64_t number) override
    {
        if (m_term.isPresence)
            return true;
        if (m_term.integer)
            return compares(m_term.op, number, *m_term.integer); // exact beyond 2^53 too
        if (m_term.number)
            return compares(m_term.op, static_cast<double>(number), *m_term.number);
        return isValueMatch(m_term.pattern, m_term.op, Value(number));
    }
    bool accepts(double number) override
    {
        if (m_term.isPresence)
            return true;
        if (m_term.number)
            return compares(m_term.op, number, *m_term.number);
        return isValueMatch(m_term.pattern, m_term.op, Value(number));
    }
    bool acceptsOther(const Value &value) override
    {
        return m_term.isPresence || isValueMatch(m_term.pattern, m_term.op, value);
    }

private:
    const Term &m_term;
};

} // namespace telltale
