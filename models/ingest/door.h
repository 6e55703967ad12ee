// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/requesthandler.h"

#include <atomic>
#include <cstdint>
#include <optional>

namespace telltale {

/// Stands between one receiver and what is above it, so that a person can close it for a while. A paused door answers 503 and,
/// where the client waits then, Retry-After: OpenTelemetry SDKs over HTTP keep their data and send it again, a receiver of
/// datagrams holds what it has room for, targets of a scrape are not asked. SDKs that never send again (Sentry's, those of gRPC)
/// lose what they send meanwhile; the window says so.
/// Thread-safe.
class Door final : public RequestHandler
{
public:
    static constexpr int kRetryAfterSeconds = 5;

    /// `above` is not owned and must outlive the door.
    explicit Door(RequestHandler &above)
        : m_above(above)
    {}

    void setPaused(bool isPaused) { m_isPaused = isPaused; }
    bool isPaused() const { return m_isPaused; }
    std::uint64_t requests() const { return m_requests; } ///< handed up
    std::uint64_t turnedAway() const { return m_turnedAway; }
    std::optional<Instant> lastRequest() const;

    std::string_view methodsFor(std::string_view path) const override { return m_above.methodsFor(path); }
    bool sniffsGzip(std::string_view path) const override { return m_above.sniffsGzip(path); }
    bool isForPages(std::string_view path) const override { return m_above.isForPages(path); }
    bool wantsRetryAfter(std::string_view path) const override { return m_above.wantsRetryAfter(path); }
    void handle(ReceivedRequest &&request, Done done) override;
    Answer refusal(std::string_view path, std::string_view contentType, int status, std::string_view message) const override
    {
        return m_above.refusal(path, contentType, status, message);
    }
    void count(std::string_view counter, std::uint64_t n = 1) override { m_above.count(counter, n); }

private:
    RequestHandler &m_above;
    std::atomic<bool> m_isPaused{false};
    std::atomic<std::uint64_t> m_requests{0}, m_turnedAway{0};
    std::atomic<std::int64_t> m_lastRequest{0};
};

} // namespace telltale
