// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/filter.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace telltale {

/// Reads one filter expression by recursive descent and multiplies it out. Use Filter::parse().
class FilterParser
{
public:
    explicit FilterParser(std::string_view text)
        : m_text(text)
    {}
    Result<Filter> parse();

private:
    using Alternatives = std::vector<std::vector<FilterTerm>>;

    struct Word
    {
        std::string text;      ///< with escapes resolved as the place wants it
        bool isQuoted = false; ///< began with a quote
    };

    Result<Alternatives> readAlternatives(int depth);
    Result<Alternatives> readConjunction(int depth);
    Result<Alternatives> readOperand(int depth);
    Result<FilterTerm> readTerm();
    Result<Word> readField();
    Result<Word> readValue();
    /// Appends one unit of text: an escape or a character. False at a broken end.
    void readUnit(std::string &out, bool asPattern);
    FilterOperator readOperator();

    void skipBlanks();
    bool atEnd() const { return m_at >= m_text.size(); }
    bool isBlankAt(std::size_t at) const;
    bool atWord(std::string_view word) const;

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_groups = 0;
};

} // namespace telltale
