// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/udp/udpreceiver.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace telltale;

namespace {

/// Takes requests, after it has told the first ones to come again.
class Taker final : public RequestHandler
{
public:
    explicit Taker(int refusals = 0)
        : m_refusals(refusals)
    {}
    std::string_view methodsFor(std::string_view) const override { return "POST"; }
    bool sniffsGzip(std::string_view) const override { return false; }
    bool isForPages(std::string_view) const override { return true; }
    bool wantsRetryAfter(std::string_view) const override { return true; }
    void handle(ReceivedRequest &&request, Done done) override
    {
        Answer answer;
        {
            const std::scoped_lock lock(m_mutex);
            if (m_refusals != 0) {
                --m_refusals;
                answer.status = 503;
            } else {
                m_text += request.body;
                m_path = request.path;
                ++m_requests;
            }
        }
        std::thread([done = std::move(done), answer]() mutable { done(std::move(answer)); }).detach();
    }
    Answer refusal(std::string_view, std::string_view, int, std::string_view) const override { return {}; }
    void count(std::string_view counter, std::uint64_t n) override
    {
        const std::scoped_lock lock(m_mutex);
        m_counts[std::string(counter)] += n;
    }

    std::size_t lines() const
    {
        const std::scoped_lock lock(m_mutex);
        return static_cast<std::size_t>(std::count(m_text.begin(), m_text.end(), '\n'));
    }
    std::string text() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_text;
    }
    std::string path() const { return m_path; }
    int requests() const { return m_requests; }
    std::uint64_t counted(const std::string &name) { return m_counts[name]; }

private:
    mutable std::mutex m_mutex;
    int m_refusals;
    int m_requests = 0;
    std::string m_text, m_path;
    std::map<std::string, std::uint64_t> m_counts;
};

/// False when the system has no such address.
bool sendTo(const char *host, std::uint16_t port, std::string_view datagram)
{
    const bool isSix = std::string_view(host).find(':') != std::string_view::npos;
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    ::inet_pton(AF_INET, host, &four.sin_addr);
    ::inet_pton(AF_INET6, host, &six.sin6_addr);
    const int fd = ::socket(isSix ? AF_INET6 : AF_INET, SOCK_DGRAM, 0);
    const auto *at = isSix ? reinterpret_cast<const sockaddr *>(&six) : reinterpret_cast<const sockaddr *>(&four);
    const auto sent = ::sendto(fd, datagram.data(), datagram.size(), 0, at, isSix ? sizeof six : sizeof four);
    ::close(fd);
    return sent == static_cast<ssize_t>(datagram.size());
}

UdpOptions anyPort()
{
    UdpOptions options;
    options.port = 0;
    return options;
}

} // namespace

class TestUdpReceiver final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void datagramsBecomeRequests()
    {
        Taker taker;
        UdpReceiver receiver(anyPort(), taker);
        const auto port = receiver.start();
        QVERIFY2(port, port ? "" : port.error().message.c_str());
        QVERIFY(*port > 0);
        QCOMPARE(receiver.port(), *port);
        QVERIFY(sendTo("127.0.0.1", *port, "a:1|c\nb:2|c"));
        QVERIFY(sendTo("127.0.0.1", *port, "c:3|c\n"));
        std::size_t expected = 3;
        if (sendTo("::1", *port, "d:4|c"))
            ++expected;
        QTRY_COMPARE(taker.lines(), expected);
        QVERIFY(taker.text().find("a:1|c\nb:2|c\nc:3|c\n") != std::string::npos);
        QCOMPARE(taker.path(), std::string("statsd"));
        receiver.stop();
    }

    void whatArrivedBeforeTheEndIsHandedOver()
    {
        Taker taker;
        UdpReceiver receiver(anyPort(), taker);
        const auto port = receiver.start();
        QVERIFY(port);
        for (int i = 0; i < 50; ++i)
            QVERIFY(sendTo("127.0.0.1", *port, "line"));
        receiver.stop();
        receiver.stop();
        QCOMPARE(taker.lines(), std::size_t(50));
        QVERIFY(taker.requests() < 50);
    }

    void whoIsBusyIsAskedAgain()
    {
        Taker taker(2);
        UdpReceiver receiver(anyPort(), taker);
        const auto port = receiver.start();
        QVERIFY(port);
        QVERIFY(sendTo("127.0.0.1", *port, "a\nb"));
        QTRY_COMPARE_WITH_TIMEOUT(taker.lines(), std::size_t(2), 10'000);
        receiver.stop();
        QCOMPARE(taker.counted("udp.dropped"), std::uint64_t(0));
    }

    void whatNobodyTakesIsCounted()
    {
        Taker taker(-1);
        UdpReceiver receiver(anyPort(), taker);
        const auto port = receiver.start();
        QVERIFY(port);
        QVERIFY(sendTo("127.0.0.1", *port, "a\nb\nc"));
        receiver.stop();
        QCOMPARE(taker.counted("udp.dropped"), std::uint64_t(3));
        QCOMPARE(taker.lines(), std::size_t(0));
    }

    void problems()
    {
        Taker taker;
        UdpReceiver first(anyPort(), taker);
        const auto port = first.start();
        QVERIFY(port);
        UdpOptions same;
        same.port = *port;
        UdpReceiver second(same, taker);
        QCOMPARE(second.start().error().code, Error::Code::Busy);
        for (const char *host : {"0.0.0.0", "::", "192.0.2.1", "example"}) {
            UdpOptions options = anyPort();
            options.host = host;
            UdpReceiver third(options, taker);
            QCOMPARE(third.start().error().code, Error::Code::InvalidArgument);
        }
    }
};

QTEST_GUILESS_MAIN(TestUdpReceiver)
#include "tst_udpreceiver.moc"
