// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/opensessions.h"

#include <algorithm>

namespace telltale {
namespace {

constexpr std::string_view kProtocol = "sentry";
constexpr std::size_t kMostUsers = 100'000;
constexpr std::size_t kMostSessions = 8; ///< of one user

} // namespace

void OpenSessions::note(const Delivery &delivery)
{
    if (delivery.protocol != kProtocol)
        return;
    const RecordBatch &batch = delivery.batch;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.kinds[row] != RecordKind::SessionBound || batch.sessions[row] == kNoString ||
            batch.users[row] == kNoString)
            continue;
        const std::string_view user = batch.text(batch.users[row]);
        if (m_users.size() >= kMostUsers && m_users.find(user) == m_users.end())
            m_users.clear(); // what is open now is noted again with its next bound
        Sessions &sessions = m_users[std::string(user)];
        const std::string_view key = batch.text(batch.sessions[row]);
        auto known = std::find_if(sessions.begin(), sessions.end(), [&](const Session &each) { return each.key == key; });
        if (known == sessions.end()) {
            if (sessions.size() == kMostSessions)
                sessions.pop_front();
            sessions.push_back({std::string(key), std::string(user), batch.times[row]});
            known = sessions.end() - 1;
        }
        if (batch.text(batch.names[row]) == "session.end")
            known->end = batch.times[row];
        else
            known->start = std::min(known->start, batch.times[row]);
        m_noted.push_back(*known);
    }
}

std::optional<std::string_view> OpenSessions::find(const Delivery &delivery, std::size_t row) const
{
    const RecordBatch &batch = delivery.batch;
    if (delivery.protocol != kProtocol || batch.users[row] == kNoString ||
        batch.kinds[row] == RecordKind::MetricPoint)
        return std::nullopt;
    const auto user = m_users.find(batch.text(batch.users[row]));
    if (user == m_users.end())
        return std::nullopt;
    const std::int64_t time = batch.times[row].ns;
    const auto covers = [time](const Session &session) {
        constexpr std::int64_t kSlack = std::chrono::nanoseconds(kTolerance).count();
        return session.start.ns - kSlack <= time &&
               (session.end == Instant::max() || time <= session.end.ns + kSlack);
    };
    const auto found = std::find_if(user->second.rbegin(), user->second.rend(), covers);
    return found == user->second.rend() ? std::nullopt : std::optional<std::string_view>(found->key);
}

} // namespace telltale
