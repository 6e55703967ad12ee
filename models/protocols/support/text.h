// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace telltale {

/// A view of somebody else's text that a Text may keep instead of a copy. Two words, which travel in registers.
struct TextView
{
    std::string_view seen;

    std::string_view view() const { return seen; }
    operator std::string_view() const { return seen; }
    std::string str() const { return std::string(seen); }
    bool empty() const { return seen.empty(); }

    template<typename Other>
        requires std::convertible_to<const Other &, std::string_view>
    friend bool operator==(TextView a, const Other &b)
    {
        return a.seen == std::string_view(b);
    }
};

/// A text of its own, or a view of somebody else's: what a decoder hands on without copying what stands in the request
/// already. Only a TextView makes views, and they live as long as what they were taken from, such as a document's parse.
/// Copies are texts of the same: cheap, also of an own one, which they share.
class Text
{
public:
    Text() = default;
    Text(std::string text)
        : m_own(std::make_shared<const std::string>(std::move(text)))
        , m_text(*m_own)
    {}
    Text(std::string_view text)
        : Text(std::string(text))
    {}
    Text(const char *text)
        : Text(std::string(text))
    {}
    Text(TextView view)
        : m_text(view.seen)
    {}
    Text &operator=(TextView view)
    {
        m_own.reset();
        m_text = view.seen;
        return *this;
    }
    // No moves: they would leave a view of what went away.
    Text(const Text &) = default;
    Text &operator=(const Text &) = default;
    ~Text() = default;
    static TextView viewOf(std::string_view text) { return {text}; }

    std::string_view view() const { return m_text; }
    operator std::string_view() const { return m_text; }
    std::string str() const { return std::string(m_text); }
    bool empty() const { return m_text.empty(); }
    void clear() { *this = TextView(); }

    template<typename Other>
        requires std::convertible_to<const Other &, std::string_view>
    friend bool operator==(const Text &a, const Other &b)
    {
        return a.view() == std::string_view(b);
    }

private:
    std::shared_ptr<const std::string> m_own; ///< none: m_text is a view of somebody else's
    std::string_view m_text;
};

} // namespace telltale
