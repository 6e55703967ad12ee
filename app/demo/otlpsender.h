// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/otlpencoder.h"
#include "models/telemetry/result.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace telltale::demo {

/// "http://127.0.0.1:4318/prefix" taken apart.
struct Endpoint
{
    std::string host, port, prefix;

    /// Only http. Error: InvalidArgument.
    static Result<Endpoint> parse(std::string_view url);
    /// As it stands in a Host header: IPv6 addresses in brackets.
    std::string authority() const;
};

struct SendingFigures
{
    std::uint64_t requests = 0; ///< that were accepted
    std::uint64_t retries = 0; ///< repeated because the receiver asked to come again, or the connection broke
    std::uint64_t rejected = 0; ///< records that the receiver took out of accepted requests
    std::uint64_t bytes = 0;    ///< of bodies, compressed
};

/// Sends requests one after the other over one kept connection, gzipped, as a well-behaved SDK does: 429,
/// 502, 503, 504 and broken connections are repeated with the same bytes, after Retry-After when there is
/// one.
class OtlpSender
{
public:
    /// `stop` is looked at some times a second and ends waiting. `patience` is how long a request is
    /// repeated.
    OtlpSender(Endpoint endpoint, const std::atomic<bool> &stop, std::chrono::milliseconds patience);
    ~OtlpSender();

    /// Blocks until the answer came. Error: Cancelled, Io (nobody answers), InvalidArgument (the receiver
    /// refuses).
    Result<void> send(const OtlpRequest &request);
    const SendingFigures &figures() const { return m_figures; }

private:
    struct Connection;
    struct Answer;

    Result<Answer> attempt(std::string_view path, const std::string &body);
    bool wait(std::chrono::milliseconds duration) const;

    const Endpoint m_endpoint;
    const std::atomic<bool> &m_stop;
    const std::chrono::milliseconds m_patience;
    std::unique_ptr<Connection> m_connection;
    SendingFigures m_figures;
};

} // namespace telltale::demo
