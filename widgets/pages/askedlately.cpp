// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/askedlately.h"

#include <algorithm>

namespace telltale {

AskedLately::AskedLately(Clock clock)
    : m_clock(std::move(clock))
{}

std::chrono::milliseconds AskedLately::steadyTime()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

bool AskedLately::isSame(const std::string &what)
{
    const auto now = m_clock();
    const bool isKnown = m_isAsked && what == m_what;
    // What is not answered yet has its time: it may just take long.
    if (isKnown && now - m_asked < (m_isAnswered ? m_pause : kLongest))
        return true;
    if (!isKnown)
        m_pause = kShortest;
    m_what = what;
    m_isAsked = true;
    m_isAnswered = false;
    m_asked = now;
    return false;
}

bool AskedLately::isSame(const Scope &scope)
{
    return isSame(std::to_string(scope.range.from.ns) + ' ' + std::to_string(scope.range.to.ns) + ' ' + scope.zone.id() + ' ' +
                  scope.filter.text());
}

void AskedLately::answered(bool isNews, std::chrono::milliseconds atLeast)
{
    const auto took = m_clock() - m_asked;
    m_isAnswered = true;
    m_pause = std::max({isNews ? kShortest : m_pause * 2, atLeast, took * kShareOfTime});
    m_pause = std::min(m_pause, kLongest);
}

} // namespace telltale
