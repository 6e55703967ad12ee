// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"

#include <chrono>
#include <functional>
#include <string>

namespace telltale {

/// When a panel whose answer moves slowly, or costs much, is to ask the same again: not at every change of the data. As soon as what
/// came was news, while history fills say; else after pauses that double. Never so often that answering takes more than a
/// twentieth of the time; after a minute at the latest.
class AskedLately
{
public:
    using Clock = std::function<std::chrono::milliseconds()>; ///< monotonic
    static constexpr std::chrono::milliseconds kShortest{1'000}, kLongest{60'000};
    static constexpr int kShareOfTime = 20; ///< one part in so many

    explicit AskedLately(Clock clock = &steadyTime);

    /// True when this was asked already and it is not time to ask again; otherwise remembers it. `what`: all that the question is
    /// about, but for the passing of time.
    bool isSame(const std::string &what);
    /// The same for a question about these times.
    bool isSame(const Scope &scope);
    /// The answer came: `isNews` when it is another one than before. The next pause is no shorter than `atLeast`.
    void answered(bool isNews, std::chrono::milliseconds atLeast = kShortest);
    /// The answer did not come, or should be asked for again at once.
    void forget() { m_isAsked = false; }
    std::chrono::milliseconds pause() const { return m_pause; }

private:
    static std::chrono::milliseconds steadyTime();

    Clock m_clock;
    std::string m_what;
    bool m_isAsked = false, m_isAnswered = false;
    std::chrono::milliseconds m_asked{}; ///< when
    std::chrono::milliseconds m_pause = kShortest; ///< from then on
};

} // namespace telltale
