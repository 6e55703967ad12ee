// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace telltale::test {

/// An HTTP answer as it came over the wire.
struct RawAnswer
{
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
    std::string body;

    /// Empty when missing; the first one when there are several.
    std::string header(std::string_view name) const;
    bool hasHeader(std::string_view name) const;
};

/// A TCP connection on which a test says exactly the bytes it wants. Blocking; every wait ends after `patience`.
/// No Qt and no thread of its own, so many of them fit into one test.
class RawClient
{
public:
    /// `host` is "127.0.0.1" or "::1". Not connected when nobody listens there.
    explicit RawClient(std::uint16_t port, const std::string &host = "127.0.0.1",
                       std::chrono::milliseconds patience = std::chrono::seconds(20));
    ~RawClient();
    RawClient(RawClient &&other) noexcept;
    RawClient &operator=(RawClient &&other) noexcept;

    bool isConnected() const { return m_socket >= 0; }
    /// False when the other side has closed.
    bool send(std::string_view bytes);
    /// Reads one answer; nothing when the connection ended before it was complete. 1xx answers are answers, too.
    /// `isHead`: the answer to HEAD, which has a length but no body.
    std::optional<RawAnswer> receive(bool isHead = false);
    /// True when the other side closes within the patience; what it sends before is dropped.
    bool waitForClose();
    void finishSending(); ///< half-close
    void close();
    /// Closes so that the other side sees a reset.
    void reset();

private:
    bool fill();

    int m_socket = -1;
    std::string m_buffer;
};

/// The text of a POST with Content-Length. `headers` are added as they are, each ending in CRLF.
std::string postRequest(std::uint16_t port, std::string_view path, std::string_view contentType,
                        std::string_view body, std::string_view headers = {});

/// `body` in chunks of `size` bytes, with the last chunk.
std::string chunked(std::string_view body, std::size_t size);

/// Sends a request on a connection of its own and gives the answer.
std::optional<RawAnswer> ask(std::uint16_t port, std::string_view request, bool isHead = false);

} // namespace telltale::test
