// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace telltale {

/// A text of its own, or a view of somebody else's: what a decoder hands on without copying what stands in the request
/// already. Only viewOf() makes views, and they live as long as what they were taken from, such as a document's parse.
/// Copies of a view are views of the same.
class Text
{
public:
    Text() = default;
    Text(std::string text)
        : m_own(std::move(text))
    {}
    Text(std::string_view text)
        : m_own(text)
    {}
    Text(const char *text)
        : m_own(text)
    {}
    static Text viewOf(std::string_view text)
    {
        Text seen;
        seen.m_seen = text;
        return seen;
    }

    std::string_view view() const { return m_own.empty() ? m_seen : std::string_view(m_own); }
    operator std::string_view() const { return view(); }
    std::string str() const { return std::string(view()); }
    bool empty() const { return view().empty(); }
    void clear()
    {
        m_own.clear();
        m_seen = {};
    }

    template<typename Other>
        requires std::convertible_to<const Other &, std::string_view>
    friend bool operator==(const Text &a, const Other &b)
    {
        return a.view() == std::string_view(b);
    }

private:
    std::string m_own; ///< empty: m_seen is the text
    std::string_view m_seen;
};

} // namespace telltale
