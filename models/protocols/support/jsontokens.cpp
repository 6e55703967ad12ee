// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/support/jsontokens.h"

#include <simdjson.h>

#include <algorithm>

namespace telltale::json {

JsonTokens::JsonTokens() = default;
JsonTokens::~JsonTokens() = default;

const char *JsonTokens::find(std::string_view text)
{
    constexpr std::size_t kSmallest = 2048;
    m_count = 0;
    if (m_capacity < text.size() || !m_finder) {
        const std::size_t capacity = std::max(text.size(), kSmallest);
        m_capacity = 0;
        // Nesting is for those who read the tokens.
        const auto problem = simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 1, m_finder);
        if (problem != simdjson::SUCCESS)
            return simdjson::error_message(problem);
        m_capacity = capacity;
    }
    const auto problem = m_finder->stage1(reinterpret_cast<const std::uint8_t *>(text.data()), text.size(),
                                          simdjson::stage1_mode::regular);
    if (problem != simdjson::SUCCESS)
        return simdjson::error_message(problem);
    m_begin = m_finder->structural_indexes.get();
    m_count = m_finder->n_structural_indexes;
    return nullptr;
}

void JsonTokens::forget()
{
    m_finder.reset();
    m_begin = nullptr;
    m_count = m_capacity = 0;
}

} // namespace telltale::json
