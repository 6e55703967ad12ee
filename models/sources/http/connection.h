// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/http/answerwriter.h"
#include "models/sources/http/contentdecoder.h"
#include "models/sources/http/requestparser.h"
#include "models/sources/http/servercore.h"

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// One client: reads a request, hands it up, writes the answer, and again. Requests sent ahead (pipelining) wait in the
/// buffer, so answers keep their order. Runs on the loop's thread; lives as long as something is under way.
class Connection final : public std::enable_shared_from_this<Connection>
{
public:
    /// How readily it may be closed to make room for a new client, the lowest first.
    enum class Worth { Lingering, SilentNewcomer, SlowHead, SlowBody, Idle, Busy };

    Connection(boost::asio::ip::tcp::socket socket, std::shared_ptr<ServerCore> core);

    void start();
    void startRefused();  ///< there are too many connections: answers 503 and closes
    void close();         ///< at once; safe to call again
    void closeWhenDone(); ///< the server stops: busy ones finish their answer
    void checkDeadline(std::chrono::steady_clock::time_point now);
    bool resume(); ///< asked by the core when there may be room; false when it must wait on
    bool isHeld() const { return m_state == State::HeldBody || m_state == State::HeldDecode; }
    std::size_t charged() const { return m_charge; } ///< bytes of the budget it holds
    /// This one request may pass the budget, because everybody in it waits for somebody else.
    void overdraw() { m_mayOverdraw = true; }

    Worth worth(std::chrono::steady_clock::time_point now) const;
    std::chrono::steady_clock::time_point since() const { return m_since; }

private:
    enum class State { Idle, Head, Body, HeldBody, HeldDecode, Handling, Writing, Lingering, Closed };
    using Clock = std::chrono::steady_clock;

    void beginRequest();
    void read();
    void onRead(boost::system::error_code error, std::size_t size);
    void consume();
    void readMoreOrHold();
    bool growBuffer();
    void onHead();
    void onTooMuchBody();
    void onRequestComplete();
    void decode();
    void onDecoded(Result<std::string> body);
    void handOver(std::string body);
    void refuse(int status, std::string_view message, std::string_view counter,
                std::optional<int> retryAfter = {});
    void answerAfterBody(Answer &&answer);
    void answerNow(Answer &&answer, bool mustClose);
    void answerTls();
    void answerMalformed(int status, std::string_view message, std::string_view counter);
    void write();
    void onWritten(boost::system::error_code error);
    void linger();
    void setState(State state, std::chrono::milliseconds time);
    void setCharge(std::size_t bytes);
    bool hasRoom(std::size_t bytes) const { return m_mayOverdraw || m_core->hasRoom(bytes); }
    void splitTarget();

    std::shared_ptr<ServerCore> m_core;
    boost::asio::ip::tcp::socket m_socket;
    std::string m_peer;

    State m_state = State::Idle;
    Clock::time_point m_since;    ///< when the state began
    Clock::time_point m_deadline; ///< when the state must have ended
    int m_answered = 0;           ///< requests answered on this connection

    std::vector<char> m_buffer; ///< [m_begin, m_end) holds bytes not yet consumed
    std::size_t m_begin = 0, m_end = 0;

    std::unique_ptr<RequestParser> m_parser;
    std::string m_path, m_query;
    std::vector<ContentCoding> m_codings;
    bool m_isOriginAllowed = false;
    std::optional<Answer>
        m_answerAfterBody;    ///< decided already; the body is only read to keep the connection
    HeaderList m_more;        ///< header fields of the coming answer
    std::size_t m_charge = 0; ///< bytes of the budget this request holds
    std::string m_out;
    bool m_mustClose = false;
    bool m_isReading = false;
    bool m_mayOverdraw = false;
};

} // namespace telltale
