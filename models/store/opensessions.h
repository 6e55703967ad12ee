// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/delivery.h"

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale {

/// Which sessions are open, for the protocol that sends sessions and everything else apart: Sentry's events name a user and
/// no session, and lie in the one that user has open. Holds the latest sessions of many users in memory; what it does not know
/// (any more, after a restart) forms sessions like any record without one. Not thread-safe.
class OpenSessions
{
public:
    /// The clock is read once for the session and once for the event.
    static constexpr std::chrono::milliseconds kTolerance{50};

    struct Session
    {
        std::string key, user;
        Instant start;
        Instant end = Instant::max(); ///< max: open
    };

    /// Takes in the bounds of sessions that a delivery brings.
    void note(const Delivery &delivery);
    /// Those noted since the last call: what came before them may lie in them.
    std::vector<Session> takeNoted() { return std::exchange(m_noted, {}); }
    /// The key of the session that a record without one lies in. Valid until the next note().
    std::optional<std::string_view> find(const Delivery &delivery, std::size_t row) const;

private:
    using Sessions = std::deque<Session>; ///< the latest last

    std::map<std::string, Sessions, std::less<>> m_users;
    std::vector<Session> m_noted;
};

} // namespace telltale
