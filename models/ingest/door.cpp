// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/door.h"

namespace telltale {

std::optional<Instant> Door::lastRequest() const
{
    const std::int64_t ns = m_lastRequest;
    return ns == 0 ? std::nullopt : std::optional(Instant{ns});
}

void Door::handle(ReceivedRequest &&request, Done done)
{
    m_lastRequest = request.arrival.ns;
    if (!m_isPaused) {
        ++m_requests;
        return m_above.handle(std::move(request), std::move(done));
    }
    ++m_turnedAway;
    m_above.count("source.paused");
    Answer answer = m_above.refusal(request.path, request.contentType, 503, "Receiving is paused in Telltale; send it again later.");
    answer.status = 503;
    if (m_above.wantsRetryAfter(request.path))
        answer.retryAfterSeconds = kRetryAfterSeconds;
    done(std::move(answer));
}

} // namespace telltale
