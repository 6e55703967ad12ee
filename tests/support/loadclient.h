// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace telltale::test {

/// Sends prepared POST requests to 127.0.0.1:port over a few keep-alive connections, one request under way on each, and
/// waits for every answer. As little work a request as a client can do, so that it leaves the cores to the server.
class LoadClient
{
public:
    LoadClient(std::uint16_t port, int connections)
        : m_port(port)
        , m_connections(connections)
    {}

    /// Returns how many answers were 200; the rest, and broken connections, count as not answered.
    std::uint64_t send(const std::string &path, const std::vector<std::string> &bodies,
                       const std::string &contentType = "application/x-protobuf",
                       const std::string &contentEncoding = {}) const;

private:
    std::uint16_t m_port;
    int m_connections;
};

} // namespace telltale::test
