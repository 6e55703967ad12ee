// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"
#include "models/telemetry/time.h"

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// A web page's origin that knocked and was turned away, offered to a person as "allow http://localhost:3000".
struct RefusedOrigin
{
    std::string origin; ///< "http://localhost:3000"
    std::uint64_t requests = 0;
    Instant last;
};

/// "scheme://host[:port]" in lower case without a path. Error: InvalidArgument; "null", which any page can claim, too.
Result<std::string> normalizedOrigin(std::string_view origin);

/// Decides who may talk to us: by Host (against DNS rebinding), by Origin (against web pages) and by token.
/// Safe from any thread.
class AccessPolicy
{
public:
    /// `hosts` are names accepted beside localhost, 127.0.0.1 and [::1], as "name" (with our port) or "name:port".
    AccessPolicy(std::vector<std::string> hosts, const std::vector<std::string> &origins, std::string token);

    /// The port a Host header must name; set once it is known.
    void setPort(std::uint16_t port);
    /// Also accept any IP address with our port, for a server bound to a network address: a page can not rebind those.
    void setAddressesAccepted(bool isAccepted);
    bool acceptsHost(std::string_view host) const;

    bool acceptsOrigin(std::string_view origin) const;
    /// Error: InvalidArgument. Allowing an origin takes it off the list of refused ones.
    Result<void> allowOrigin(std::string_view origin);
    void disallowOrigin(std::string_view origin);
    std::vector<std::string> allowedOrigins() const;
    /// Keeps the latest 64.
    void rememberRefused(std::string_view origin, Instant when);
    std::vector<RefusedOrigin> refusedOrigins() const; ///< the latest first

    bool needsToken() const { return !m_token.empty(); }
    /// `authorization` and `apiKey` are the header values, empty when not sent. Compares in constant time.
    bool acceptsToken(std::string_view authorization, std::string_view apiKey) const;

private:
    mutable std::mutex m_mutex;
    std::vector<std::string> m_hosts;
    std::vector<std::string> m_origins;
    std::vector<RefusedOrigin> m_refused;
    const std::string m_token;
    std::uint16_t m_port = 0;
    bool m_acceptsAddresses = false;
};

} // namespace telltale
