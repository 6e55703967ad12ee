// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/udp/udpreceiver.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace telltale {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kLargestDatagram = 65'536;
constexpr std::size_t kAtOnce = 16;
constexpr std::size_t kRequestBytes = 256 * 1024;
constexpr std::size_t kKeptBytes = 32 * 1024 * 1024;
constexpr std::chrono::milliseconds kGather{200}, kPause{500}, kLastWait{2'000};
constexpr int kReceiveBuffer = 8 * 1024 * 1024;

/// A file descriptor of ours.
class Descriptor
{
public:
    Descriptor() = default;
    explicit Descriptor(int fd)
        : m_fd(fd)
    {}
    Descriptor(Descriptor &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    {}
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    int fd() const { return m_fd; }

private:
    int m_fd = -1;
};

struct Address
{
    sockaddr_storage storage{};
    socklen_t size = 0;
    int family = AF_INET;
};

std::optional<Address> loopbackAddress(std::string host, std::uint16_t port)
{
    if (host == "localhost")
        host = "127.0.0.1";
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    Address address;
    sockaddr_in four{};
    sockaddr_in6 six{};
    if (::inet_pton(AF_INET, host.c_str(), &four.sin_addr) == 1) {
        if ((ntohl(four.sin_addr.s_addr) >> 24) != 127)
            return std::nullopt;
        four.sin_family = AF_INET;
        four.sin_port = htons(port);
        address.size = sizeof four;
        std::memcpy(&address.storage, &four, sizeof four);
        return address;
    }
    if (::inet_pton(AF_INET6, host.c_str(), &six.sin6_addr) != 1 || !IN6_IS_ADDR_LOOPBACK(&six.sin6_addr))
        return std::nullopt;
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    address.family = AF_INET6;
    address.size = sizeof six;
    std::memcpy(&address.storage, &six, sizeof six);
    return address;
}

Result<Descriptor> opened(const Address &address)
{
    Descriptor socket(::socket(address.family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int on = 1;
    const auto *const at = reinterpret_cast<const sockaddr *>(&address.storage);
    if (address.family == AF_INET6)
        ::setsockopt(socket.fd(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    ::setsockopt(socket.fd(), SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof kReceiveBuffer); // as far as the system allows
    ::setsockopt(socket.fd(), SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on);
    if (socket.fd() >= 0 && ::bind(socket.fd(), at, address.size) == 0)
        return socket;
    const int problem = errno;
    return failure(problem == EADDRINUSE ? Error::Code::Busy : Error::Code::Io,
                   problem == EADDRINUSE ? "another process uses this port"
                                         : std::generic_category().message(problem));
}

std::uint16_t portOf(int fd)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (::getsockname(fd, reinterpret_cast<sockaddr *>(&storage), &size) != 0)
        return 0;
    sockaddr_in four{};
    static_assert(offsetof(sockaddr_in, sin_port) == offsetof(sockaddr_in6, sin6_port));
    std::memcpy(&four, &storage, sizeof four);
    return ntohs(four.sin_port);
}

/// Reads what is there in few calls, and how many datagrams the system threw away because nobody was quick enough.
class DatagramReader
{
public:
    DatagramReader()
        : m_bytes(kAtOnce * kLargestDatagram)
    {}

    struct Socket
    {
        Descriptor descriptor;
        std::uint32_t dropped = 0; ///< as the system counts, modulo 2^32
    };
    /// Appends to `body`; false when nothing was there.
    bool read(Socket &socket, std::string &body, std::uint64_t &dropped);

private:
    std::vector<char> m_bytes;
    std::array<std::array<char, 64>, kAtOnce> m_controls{};
    std::array<iovec, kAtOnce> m_parts{};
    std::array<mmsghdr, kAtOnce> m_messages{};
};

bool DatagramReader::read(Socket &socket, std::string &body, std::uint64_t &dropped)
{
    for (std::size_t i = 0; i < kAtOnce; ++i) {
        m_parts[i] = {m_bytes.data() + i * kLargestDatagram, kLargestDatagram};
        msghdr &header = m_messages[i].msg_hdr;
        header = {};
        header.msg_iov = &m_parts[i];
        header.msg_iovlen = 1;
        header.msg_control = m_controls[i].data();
        header.msg_controllen = m_controls[i].size();
    }
    const int count = ::recvmmsg(socket.descriptor.fd(), m_messages.data(), kAtOnce, 0, nullptr);
    for (int i = 0; i < count; ++i) {
        mmsghdr &message = m_messages[static_cast<std::size_t>(i)];
        body.append(static_cast<const char *>(message.msg_hdr.msg_iov->iov_base), message.msg_len);
        if (body.empty() || body.back() != '\n')
            body += '\n';
        for (cmsghdr *each = CMSG_FIRSTHDR(&message.msg_hdr); each; each = CMSG_NXTHDR(&message.msg_hdr, each)) {
            if (each->cmsg_level != SOL_SOCKET || each->cmsg_type != SO_RXQ_OVFL)
                continue;
            std::uint32_t total = 0;
            std::memcpy(&total, CMSG_DATA(each), sizeof total);
            dropped += total - socket.dropped;
            socket.dropped = total;
        }
    }
    return count > 0;
}

std::uint64_t linesOf(std::string_view body)
{
    return static_cast<std::uint64_t>(std::count(body.begin(), body.end(), '\n'));
}

} // namespace

class UdpReceiver::Private
{
public:
    Private(UdpOptions chosen, RequestHandler &above)
        : options(std::move(chosen))
        , handler(above)
    {}

    void run();
    void wakeUp() const;
    void gather();
    void send(std::string body);
    void onAnswer(const Answer &answer, std::string body);
    void sendAgain();
    void finish();

    UdpOptions options;
    RequestHandler &handler;
    std::vector<DatagramReader::Socket> sockets;
    Descriptor wake;
    std::uint16_t port = 0;
    std::thread thread;
    std::atomic<bool> isStopping = false;

    // The thread's own.
    DatagramReader reader;
    std::string body;
    SteadyClock::time_point since, nextTry;

    std::mutex mutex; ///< guards what follows
    std::condition_variable hasAnswer;
    std::vector<std::string> again; ///< told to come again
    std::size_t onTheWay = 0, bytes = 0;
};

void UdpReceiver::Private::run()
{
    std::vector<pollfd> polled;
    for (const auto &socket : sockets)
        polled.push_back({socket.descriptor.fd(), POLLIN, 0});
    polled.push_back({wake.fd(), POLLIN, 0});
    while (!isStopping) {
        bool hasKept = false;
        {
            const std::scoped_lock lock(mutex);
            hasKept = !again.empty();
        }
        const int wait = !body.empty() ? 20 : hasKept ? 100 : -1;
        ::poll(polled.data(), polled.size(), wait);
        std::uint64_t times = 0;
        [[maybe_unused]] const auto got = ::read(wake.fd(), &times, sizeof times);
        gather();
        if (!body.empty() && SteadyClock::now() - since >= kGather)
            send(std::exchange(body, {}));
        sendAgain();
    }
    gather();
    finish();
}

void UdpReceiver::Private::wakeUp() const
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake.fd(), &one, sizeof one);
}

void UdpReceiver::Private::gather()
{
    std::uint64_t dropped = 0;
    for (auto &socket : sockets) {
        const bool wasEmpty = body.empty();
        while (reader.read(socket, body, dropped)) {
            if (body.size() >= kRequestBytes)
                send(std::exchange(body, {}));
        }
        if (wasEmpty)
            since = SteadyClock::now();
    }
    if (dropped > 0)
        handler.count("udp.kernel.dropped", dropped);
}

void UdpReceiver::Private::send(std::string lines)
{
    {
        const std::scoped_lock lock(mutex);
        if (bytes + lines.size() > kKeptBytes) {
            handler.count("udp.dropped", linesOf(lines));
            return;
        }
        bytes += lines.size();
        ++onTheWay;
    }
    ReceivedRequest request;
    request.method = "POST";
    request.path = options.path;
    request.arrival = options.clock->now();
    request.body = lines;
    handler.handle(std::move(request), [this, lines = std::move(lines)](Answer &&answer) mutable {
        onAnswer(answer, std::move(lines));
    });
}

void UdpReceiver::Private::onAnswer(const Answer &answer, std::string lines)
{
    const std::scoped_lock lock(mutex);
    --onTheWay;
    bytes -= lines.size();
    if (answer.status == 503) {
        again.push_back(std::move(lines));
        wakeUp();
    }
    hasAnswer.notify_all();
}

void UdpReceiver::Private::sendAgain()
{
    const auto now = SteadyClock::now();
    std::vector<std::string> kept;
    {
        const std::scoped_lock lock(mutex);
        if (again.empty() || now < nextTry)
            return;
        kept.swap(again);
    }
    nextTry = now + kPause;
    for (std::string &lines : kept)
        send(std::move(lines));
}

void UdpReceiver::Private::finish()
{
    if (!body.empty())
        send(std::exchange(body, {}));
    std::unique_lock lock(mutex);
    // Answers come from the handler, which still runs; it holds on to this until then.
    hasAnswer.wait(lock, [&] { return onTheWay == 0; });
    const auto end = SteadyClock::now() + kLastWait;
    while (!again.empty() && SteadyClock::now() < end) {
        lock.unlock();
        std::this_thread::sleep_for(kPause);
        sendAgain();
        lock.lock();
        hasAnswer.wait(lock, [&] { return onTheWay == 0; });
    }
    std::uint64_t lost = 0;
    for (const std::string &lines : again)
        lost += linesOf(lines);
    if (lost > 0)
        handler.count("udp.dropped", lost);
}

UdpReceiver::UdpReceiver(UdpOptions options, RequestHandler &handler)
    : d(std::make_unique<Private>(std::move(options), handler))
{}

UdpReceiver::~UdpReceiver()
{
    stop();
}

Result<std::uint16_t> UdpReceiver::start()
{
    const std::string where = d->options.host + ":" + std::to_string(d->options.port);
    const auto address = loopbackAddress(d->options.host, d->options.port);
    if (!address)
        return failure(Error::Code::InvalidArgument,
                       "StatsD can not listen at " + where + ": datagrams carry no token, so it is for this machine alone.");
    auto first = opened(*address);
    if (!first)
        return failure(first.error().code, "StatsD can not listen at " + where + ": " + first.error().message + ".");
    d->sockets.clear();
    d->sockets.push_back({std::move(*first), 0});
    d->port = portOf(d->sockets.front().descriptor.fd());
    if (d->options.host == "127.0.0.1" || d->options.host == "localhost") {
        if (auto second = opened(*loopbackAddress("::1", d->port))) // a machine without IPv6 does without
            d->sockets.push_back({std::move(*second), 0});
    }
    d->wake = Descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    d->isStopping = false;
    d->thread = std::thread([this] { d->run(); });
    return d->port;
}

void UdpReceiver::stop()
{
    if (!d->thread.joinable())
        return;
    d->isStopping = true;
    d->wakeUp();
    d->thread.join();
    d->sockets.clear();
}

std::uint16_t UdpReceiver::port() const
{
    return d->port;
}

} // namespace telltale
