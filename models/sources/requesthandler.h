// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/counters.h"
#include "models/telemetry/document.h"
#include "models/telemetry/time.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace telltale {

/// What a file says beside the bytes of a request; stored in one transaction with what is in them.
struct FilePart
{
    std::string source; ///< the name under which sources list it; empty: by product
    std::string product; ///< of records that do not say theirs; may be empty
    std::string place;  ///< file and offset: equal bytes at two places are two; empty: the bytes alone tell
    bool isRememberedForGood = false; ///< a repeat is recognised however late it comes
    std::optional<Document> position; ///< where the next part begins
    std::uint64_t rejected = 0;       ///< lines that are not in the bytes because they are none; why, say the counters
    CounterSet counters;
};

/// A request as a source hands it up: transfer and content encodings are already undone.
struct ReceivedRequest
{
    std::string protocol;    ///< of the source, when it is not the path's own: "otlp/grpc"
    std::string method;      ///< "POST"
    std::string path;        ///< without query, trailing slash removed: "/v1/logs"
    std::string query;       ///< without '?', still percent-encoded
    std::string contentType; ///< as sent, may be empty
    std::string userAgent;
    std::string appKey;        ///< the App-Key header
    std::string authorization; ///< the Authorization header, as sent
    std::string body; ///< decompressed
    std::string peer; ///< "127.0.0.1:53122"
    Instant arrival;  ///< by our clock, when the last byte came
    std::optional<FilePart> part; ///< of requests that come from files
};

/// What goes back to the client.
struct Answer
{
    int status = 200;
    std::string contentType;
    std::string body;
    std::optional<int> retryAfterSeconds; ///< 1 to 5; goes with 429 and 503

    // For sources in this process; no client sees it.
    std::uint64_t records = 0;  ///< stored
    std::uint64_t rejected = 0; ///< left out; why, say the counters
    CounterSet counters;        ///< of a request that was not stored whole
    bool isRepeat = false;      ///< it was there already
};

/// What stands above a source: it knows the formats, the source knows the sockets.
/// All functions may be called from any thread; implementations are thread-safe.
class RequestHandler
{
public:
    using Done = std::function<void(Answer &&)>;

    virtual ~RequestHandler() = default;

    /// Which methods a path takes: "GET, POST", or empty when no protocol uses it (the source answers 404), so that a
    /// source can refuse before it reads a body. Cheap.
    virtual std::string_view methodsFor(std::string_view path) const = 0;
    /// True when SDKs send gzip to this path without saying so: a body that begins like gzip is unpacked.
    virtual bool sniffsGzip(std::string_view path) const = 0;
    /// False: no web page may use this path, whatever origin is allowed to send.
    virtual bool isForPages(std::string_view path) const = 0;
    /// False when the SDKs of this path fall silent at a Retry-After.
    virtual bool wantsRetryAfter(std::string_view path) const = 0;

    /// Decodes and stores. `done` is called exactly once, from any thread, after the data is durable or was refused.
    /// Never blocks for the disk.
    virtual void handle(ReceivedRequest &&request, Done done) = 0;

    /// The answer, in the encoding that the client of `path` and `contentType` understands, to a request that the source
    /// itself refuses (too large, wrong host, broken compression...).
    virtual Answer refusal(std::string_view path, std::string_view contentType, int status,
                           std::string_view message) const = 0;

    /// Something worth counting happened at the source; `counter` is one of allCounters().
    virtual void count(std::string_view counter, std::uint64_t n = 1) = 0;
};

} // namespace telltale
