// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>

namespace re2 {
class RE2;
}

namespace telltale {

/// Looks for words anywhere in a text, in any case (Unicode simple folding); `*` stands for anything between. Nothing to
/// look for is in every text that is not empty. Immutable; safe from any thread. Cost: linear in the text.
class TextSearch
{
public:
    explicit TextSearch(std::string_view pattern);
    ~TextSearch();
    bool isIn(std::string_view text) const;

private:
    std::unique_ptr<const re2::RE2> m_expression; ///< none: everything matches
};

} // namespace telltale
