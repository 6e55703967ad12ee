// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/requesthandler.h"

#include <functional>
#include <mutex>
#include <vector>

namespace telltale::test {

/// A handler that takes POST /v1/logs, /v1/traces, /v1/metrics and answers as it is told. By default 200 at once, with
/// the size of the body as text.
class FakeHandler final : public RequestHandler
{
public:
    using Reaction = std::function<void(ReceivedRequest &&, Done)>;

    bool sniffsGzip(std::string_view) const override { return false; }
    bool isForPages(std::string_view) const override { return true; }
    bool wantsRetryAfter(std::string_view) const override { return true; }
    std::string_view methodsFor(std::string_view path) const override
    {
        return path == "/v1/logs" || path == "/v1/traces" || path == "/v1/metrics" ? "POST"
                                                                                   : std::string_view();
    }
    void handle(ReceivedRequest &&request, Done done) override
    {
        Reaction reaction;
        {
            const std::scoped_lock lock(m_mutex);
            m_requests.push_back(request);
            if (m_requests.back().body.size() > 4096)
                m_requests.back().body.resize(4096);
            reaction = m_reaction;
        }
        if (reaction)
            reaction(std::move(request), std::move(done));
        else
            done(Answer{200, "text/plain", std::to_string(request.body.size()), {}});
    }
    Answer refusal(std::string_view, std::string_view contentType, int status,
                   std::string_view message) const override
    {
        return {status, std::string(contentType), "refused: " + std::string(message), {}};
    }
    void count(std::string_view counter, std::uint64_t n) override
    {
        const std::scoped_lock lock(m_mutex);
        m_counters.add(counter, n);
    }

    void setReaction(Reaction reaction)
    {
        const std::scoped_lock lock(m_mutex);
        m_reaction = std::move(reaction);
    }
    std::vector<ReceivedRequest> requests() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_requests;
    }
    std::uint64_t counted(std::string_view counter) const
    {
        const std::scoped_lock lock(m_mutex);
        return m_counters.value(counter);
    }

private:
    mutable std::mutex m_mutex;
    Reaction m_reaction;
    std::vector<ReceivedRequest> m_requests; ///< bodies cut to 4 KiB
    CounterSet m_counters;
};

} // namespace telltale::test
