// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/textsearch.h"

#include <re2/re2.h>

namespace telltale {

TextSearch::TextSearch(std::string_view pattern)
{
    // As in other patterns, a backslash makes a star or a backslash an ordinary character.
    std::string expression, literal;
    const auto endLiteral = [&] {
        expression += RE2::QuoteMeta(literal);
        literal.clear();
    };
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool isEscape =
            pattern[i] == '\\' && i + 1 < pattern.size() && (pattern[i + 1] == '*' || pattern[i + 1] == '\\');
        if (pattern[i] == '*') {
            endLiteral();
            // At either end it says nothing that "anywhere" does not.
            if (!expression.empty() && !expression.ends_with(".*"))
                expression += ".*";
        } else {
            literal += pattern[isEscape ? ++i : i];
        }
    }
    endLiteral();
    if (expression.ends_with(".*"))
        expression.resize(expression.size() - 2);
    if (expression.empty())
        return;
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_dot_nl(true);
    options.set_never_capture(true);
    options.set_log_errors(false);
    m_expression = std::make_unique<const RE2>(expression, options);
}

TextSearch::~TextSearch() = default;

bool TextSearch::isIn(std::string_view text) const
{
    if (!m_expression)
        return !text.empty();
    return m_expression->Match(re2::StringPiece(text.data(), text.size()), 0, text.size(), RE2::UNANCHORED,
                               nullptr, 0);
}

} // namespace telltale
