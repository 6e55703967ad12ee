// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/http/accesspolicy.h"

#include "models/telemetry/base64.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace telltale {
namespace {

constexpr std::size_t kMaximumRefused = 64;
constexpr std::size_t kMaximumOriginLength = 512;

std::string lowered(std::string_view text)
{
    std::string out(text);
    for (char &c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + 32);
    }
    return out;
}

struct HostAndPort
{
    std::string host; ///< lower case, IPv6 in brackets
    std::optional<std::uint16_t> port;
};

std::optional<HostAndPort> splitHost(std::string_view text)
{
    if (text.empty() || text.size() > 255)
        return std::nullopt;
    std::size_t end = std::string_view::npos;
    if (text.front() == '[') {
        end = text.find(']');
        if (end == std::string_view::npos)
            return std::nullopt;
        ++end;
    } else {
        end = text.find(':');
    }
    HostAndPort result;
    result.host = lowered(text.substr(0, end));
    if (!result.host.empty() && result.host.back() == '.' && result.host.size() > 1)
        result.host.pop_back(); // "localhost." is the same name, fully qualified
    if (end == std::string_view::npos || end == text.size())
        return result;
    const std::string_view digits = text.substr(end + 1);
    std::uint16_t port = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (text[end] != ':' || digits.empty() || parsed.ec != std::errc() ||
        parsed.ptr != digits.data() + digits.size())
        return std::nullopt;
    result.port = port;
    return result;
}

bool isAddress(const std::string &host)
{
    in6_addr buffer{};
    if (host.size() > 2 && host.front() == '[')
        return inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), &buffer) == 1;
    return inet_pton(AF_INET, host.c_str(), &buffer) == 1;
}

bool equalInConstantTime(std::string_view a, std::string_view b)
{
    unsigned difference = a.size() == b.size() ? 0 : 1;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference |=
            static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b.empty() ? 0 : b[i % b.size()]);
    return difference == 0;
}

} // namespace

Result<std::string> normalizedOrigin(std::string_view origin)
{
    const auto wrong = [&] {
        return failure(Error::Code::InvalidArgument,
                       "'" + std::string(origin.substr(0, 200)) +
                           "' is no web origin. It looks like http://localhost:3000.");
    };
    while (!origin.empty() && origin.back() == '/')
        origin.remove_suffix(1);
    const std::size_t colon = origin.find("://");
    if (colon == std::string_view::npos || colon == 0 || origin.size() > kMaximumOriginLength)
        return wrong();
    const std::string scheme = lowered(origin.substr(0, colon));
    const auto isSchemeCharacter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    };
    if (!std::all_of(scheme.begin(), scheme.end(), isSchemeCharacter))
        return wrong();
    const std::string_view authority = origin.substr(colon + 3);
    if (authority.find_first_of("/?#@ \t\r\n*") != std::string_view::npos)
        return wrong();
    const auto parts = splitHost(authority);
    if (!parts || parts->host.empty())
        return wrong();
    std::string result = scheme + "://" + parts->host;
    const bool isDefault =
        (scheme == "http" && parts->port == 80) || (scheme == "https" && parts->port == 443);
    if (parts->port && !isDefault)
        result += ":" + std::to_string(*parts->port);
    return result;
}

AccessPolicy::AccessPolicy(std::vector<std::string> hosts, const std::vector<std::string> &origins,
                           std::string token)
    : m_token(std::move(token))
{
    for (const std::string &host : hosts)
        m_hosts.push_back(lowered(host));
    for (const std::string &origin : origins) {
        if (const auto normal = normalizedOrigin(origin))
            m_origins.push_back(*normal);
    }
}

void AccessPolicy::setPort(std::uint16_t port)
{
    const std::scoped_lock lock(m_mutex);
    m_port = port;
}

void AccessPolicy::setAddressesAccepted(bool isAccepted)
{
    const std::scoped_lock lock(m_mutex);
    m_acceptsAddresses = isAccepted;
}

bool AccessPolicy::acceptsHost(std::string_view host) const
{
    const auto parts = splitHost(host);
    if (!parts)
        return false;
    const std::scoped_lock lock(m_mutex);
    const std::uint16_t port = parts->port.value_or(80);
    const std::string withPort = parts->host + ":" + std::to_string(port);
    if (std::find(m_hosts.begin(), m_hosts.end(), withPort) != m_hosts.end())
        return true;
    if (port != m_port)
        return false;
    return parts->host == "localhost" || parts->host == "127.0.0.1" || parts->host == "[::1]" ||
           std::find(m_hosts.begin(), m_hosts.end(), parts->host) != m_hosts.end() ||
           (m_acceptsAddresses && isAddress(parts->host));
}

bool AccessPolicy::acceptsOrigin(std::string_view origin) const
{
    const auto normal = normalizedOrigin(origin);
    if (!normal)
        return false;
    const std::scoped_lock lock(m_mutex);
    return std::find(m_origins.begin(), m_origins.end(), *normal) != m_origins.end();
}

Result<void> AccessPolicy::allowOrigin(std::string_view origin)
{
    auto normal = normalizedOrigin(origin);
    if (!normal)
        return tl::unexpected(normal.error());
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_refused, [&](const RefusedOrigin &refused) { return refused.origin == *normal; });
    if (std::find(m_origins.begin(), m_origins.end(), *normal) == m_origins.end())
        m_origins.push_back(std::move(*normal));
    return {};
}

void AccessPolicy::disallowOrigin(std::string_view origin)
{
    if (const auto normal = normalizedOrigin(origin)) {
        const std::scoped_lock lock(m_mutex);
        std::erase(m_origins, *normal);
    }
}

std::vector<std::string> AccessPolicy::allowedOrigins() const
{
    const std::scoped_lock lock(m_mutex);
    return m_origins;
}

void AccessPolicy::rememberRefused(std::string_view origin, Instant when)
{
    const auto normal = normalizedOrigin(origin);
    if (!normal)
        return; // "null" and nonsense can not be allowed, so there is nothing to offer
    const std::scoped_lock lock(m_mutex);
    auto at = std::find_if(m_refused.begin(), m_refused.end(),
                           [&](const RefusedOrigin &refused) { return refused.origin == *normal; });
    RefusedOrigin entry{*normal, 1, when};
    if (at != m_refused.end()) {
        entry.requests += at->requests;
        m_refused.erase(at);
    }
    m_refused.insert(m_refused.begin(), std::move(entry));
    if (m_refused.size() > kMaximumRefused)
        m_refused.pop_back();
}

std::vector<RefusedOrigin> AccessPolicy::refusedOrigins() const
{
    const std::scoped_lock lock(m_mutex);
    return m_refused;
}

bool AccessPolicy::acceptsToken(std::string_view authorization, std::string_view apiKey) const
{
    if (m_token.empty())
        return true;
    constexpr std::string_view kBearer = "bearer ";
    const bool isBearer =
        authorization.size() > kBearer.size() && lowered(authorization.substr(0, kBearer.size())) == kBearer;
    const bool byHeader = isBearer && equalInConstantTime(m_token, authorization.substr(kBearer.size()));
    // As consoles send it: any name, with the token for a password.
    constexpr std::string_view kBasic = "basic ";
    bool byPassword = false;
    if (authorization.size() > kBasic.size() && lowered(authorization.substr(0, kBasic.size())) == kBasic) {
        const std::string pair = base64Decoded(authorization.substr(kBasic.size())).value_or(std::string());
        const auto colon = pair.find(':');
        byPassword = colon != std::string::npos && equalInConstantTime(m_token, std::string_view(pair).substr(colon + 1));
    }
    const bool byKey = !apiKey.empty() && equalInConstantTime(m_token, apiKey);
    return byHeader || byPassword || byKey;
}

} // namespace telltale
