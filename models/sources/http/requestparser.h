// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace telltale {

/// What the head of a request says, as far as we listen to it.
struct RequestHead
{
    std::string method;
    std::string target;
    bool isHttp11 = true;
    bool isKeptAlive = true;
    bool isChunked = false;
    std::optional<std::uint64_t> contentLength;
    int hosts = 0; ///< how many Host fields there were: exactly one is right
    std::string host;
    int origins = 0; ///< how many Origin fields
    std::string origin;
    std::string contentType;
    std::string contentEncoding;  ///< several fields joined by commas
    std::string transferEncoding; ///< the same
    std::string expect;
    std::string userAgent;
    std::string authorization;
    std::string apiKey;
    std::string appKey;
    std::string requestedMethod;  ///< Access-Control-Request-Method
    std::string requestedHeaders; ///< Access-Control-Request-Headers
    bool asksForPrivateNetwork = false;
};

/// Reads one HTTP/1.1 request incrementally: the head, then the body with its transfer encoding undone. Wraps
/// Boost.Beast's parser, so that only one file compiles it. Holds at most the head limit plus the body kept.
class RequestParser
{
public:
    enum class Step {
        NeedMore, ///< everything usable was consumed
        Head,     ///< the head has just been completed; look at it, then go on
        Done,     ///< the request is complete
        HeadTooLarge,
        Malformed,
    };

    explicit RequestParser(std::size_t headerLimit);
    ~RequestParser();

    /// Feeds bytes and moves `data` behind what was consumed; the rest must be fed again with more behind it.
    Step feed(std::string_view &data);
    bool hasStarted() const;
    bool isDone() const;
    const RequestHead &head() const;

    /// Body bytes seen so far, also those not kept.
    std::uint64_t bodySize() const;
    std::string takeBody();
    bool beginsLikeGzip() const;
    /// From now on the body is read and thrown away, and what there was is freed.
    void discardBody();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
