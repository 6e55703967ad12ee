// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/mqtt/mqttclient.h"

#include <mosquitto.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace telltale {
namespace {

constexpr const char *kNobodysTopic = "telltale/nobody/subscribes/to/this";

using SteadyClock = std::chrono::steady_clock;

constexpr int kKeepAlive = 60; ///< seconds
constexpr std::chrono::seconds kConnectTime{10};
constexpr std::chrono::milliseconds kSlice{100};
constexpr int kAtOnce = 100; ///< packets of one call

/// The library is set up once a process, and never taken down: other threads may still use it.
void initialiseLibrary()
{
    static std::once_flag once;
    std::call_once(once, [] { mosquitto_lib_init(); });
}

/// Whether somebody listens there. The library connects without a deadline; after this it does so at once.
Result<void> isReachable(const BrokerAddress &address, const std::atomic<bool> &isStopping)
{
    addrinfo hints{}, *found = nullptr;
    hints.ai_socktype = SOCK_STREAM;
    if (const int problem =
            ::getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &found);
        problem != 0)
        return failure(Error::Code::Io, std::string("the host is not known: ") + ::gai_strerror(problem));
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> list(found, ::freeaddrinfo);
    int problem = EHOSTUNREACH;
    const auto end = SteadyClock::now() + kConnectTime;
    for (const addrinfo *each = list.get(); each; each = each->ai_next) {
        const int fd =
            ::socket(each->ai_family, each->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, each->ai_protocol);
        if (fd < 0)
            continue;
        problem = ::connect(fd, each->ai_addr, each->ai_addrlen) == 0 ? 0 : errno;
        while (problem == EINPROGRESS && !isStopping && SteadyClock::now() < end) {
            pollfd polled{fd, POLLOUT, 0};
            if (::poll(&polled, 1, int(kSlice.count())) > 0) {
                socklen_t size = sizeof problem;
                ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &problem, &size);
            }
        }
        ::close(fd);
        if (isStopping)
            return failure(Error::Code::Cancelled, "stopped");
        if (problem == 0)
            return {};
        if (problem == EINPROGRESS)
            problem = ETIMEDOUT;
    }
    return failure(Error::Code::Io, std::generic_category().message(problem));
}

tl::unexpected<Error> problemOf(int code)
{
    std::string text =
        code == MOSQ_ERR_ERRNO ? std::generic_category().message(errno) : mosquitto_strerror(code);
    while (text.ends_with('.'))
        text.pop_back();
    return failure(Error::Code::Io, std::move(text));
}

std::vector<char *> pointersOf(const std::vector<std::string> &texts)
{
    std::vector<char *> pointers;
    for (const std::string &text : texts)
        pointers.push_back(const_cast<char *>(text.c_str())); // the library only reads them
    return pointers;
}

} // namespace

class MqttClient::Private
{
public:
    ~Private()
    {
        if (handle)
            mosquitto_destroy(handle);
    }
    static Private &of(void *self) { return *static_cast<Private *>(self); }
    Result<void> outcome(int code)
    {
        if (!refusal.empty())
            return failure(Error::Code::Io, refusal);
        if (code != MOSQ_ERR_SUCCESS)
            return problemOf(code);
        return {};
    }

    mosquitto *handle = nullptr;
    bool isAccepted = false, isSessionPresent = false;
    std::string refusal; ///< why the broker did not let us in
    std::size_t refusedFilters = 0;
    std::vector<ArrivedMessage> messages;
    int askedSign = 0; ///< the number of the packet that asks for it
    bool hasSign = false;
};

MqttClient::MqttClient()
    : d(std::make_unique<Private>())
{}

MqttClient::~MqttClient() = default;

Result<std::unique_ptr<MqttClient>> MqttClient::connect(const BrokerAddress &address, MqttSession session,
                                                        const std::atomic<bool> &isStopping)
{
    initialiseLibrary();
    if (const auto reachable = isReachable(address, isStopping); !reachable)
        return tl::unexpected(reachable.error());
    std::unique_ptr<MqttClient> made(new MqttClient);
    Private &d = *made->d;
    d.handle = mosquitto_new(address.client.empty() ? nullptr : address.client.c_str(),
                             session == MqttSession::Passing, &d);
    if (!d.handle)
        return problemOf(MOSQ_ERR_ERRNO);
    // Told that we have threads of our own, the library sends nothing by itself, also no acknowledgement, but only from write().
    mosquitto_threaded_set(d.handle, true);
    mosquitto_connect_with_flags_callback_set(d.handle, [](mosquitto *, void *self, int code, int flags) {
        Private &p = Private::of(self);
        p.isAccepted = code == 0;
        p.isSessionPresent = (flags & 1) != 0;
        if (code != 0)
            p.refusal = std::string("the broker refuses us: ") + mosquitto_connack_string(code);
    });
    mosquitto_subscribe_callback_set(d.handle,
                                     [](mosquitto *, void *self, int, int count, const int *granted) {
                                         for (int i = 0; i < count; ++i)
                                             Private::of(self).refusedFilters += granted[i] > 2;
                                     });
    mosquitto_unsubscribe_callback_set(d.handle, [](mosquitto *, void *self, int packet) {
        Private &p = Private::of(self);
        p.hasSign = p.hasSign || packet == p.askedSign;
    });
    mosquitto_message_callback_set(d.handle, [](mosquitto *, void *self, const mosquitto_message *message) {
        const auto *payload = static_cast<const char *>(message->payload);
        Private::of(self).messages.push_back(
            {message->mid, message->topic ? message->topic : "",
             payload ? std::string(payload, std::size_t(message->payloadlen)) : std::string(), message->qos,
             message->retain});
    });
    if (!address.user.empty())
        mosquitto_username_pw_set(d.handle, address.user.c_str(),
                                  address.password.empty() ? nullptr : address.password.c_str());
    if (address.isEncrypted) {
        const int code = address.certificates.empty()
                             ? mosquitto_int_option(d.handle, MOSQ_OPT_TLS_USE_OS_CERTS, 1)
                             : mosquitto_tls_set(d.handle, address.certificates.c_str(), nullptr, nullptr,
                                                 nullptr, nullptr);
        if (code != MOSQ_ERR_SUCCESS)
            return failure(Error::Code::InvalidArgument,
                           address.certificates.empty()
                               ? "the system's certificates can not be used"
                               : "can not read certificates from " + address.certificates);
    }
    if (const int code = mosquitto_connect(d.handle, address.host.c_str(), address.port, kKeepAlive);
        code != MOSQ_ERR_SUCCESS)
        return problemOf(code);
    return made;
}

int MqttClient::socket() const
{
    return mosquitto_socket(d->handle);
}

bool MqttClient::wantsWrite() const
{
    return mosquitto_want_write(d->handle);
}

Result<void> MqttClient::read()
{
    return d->outcome(mosquitto_loop_read(d->handle, 1));
}

Result<void> MqttClient::write()
{
    return d->outcome(mosquitto_loop_write(d->handle, kAtOnce));
}

Result<void> MqttClient::tend()
{
    return d->outcome(mosquitto_loop_misc(d->handle));
}

void MqttClient::subscribe(const std::vector<std::string> &filters, int qos)
{
    if (!filters.empty())
        mosquitto_subscribe_multiple(d->handle, nullptr, int(filters.size()), pointersOf(filters).data(), qos,
                                     0, nullptr);
}

void MqttClient::unsubscribe(const std::vector<std::string> &filters)
{
    if (!filters.empty())
        mosquitto_unsubscribe_multiple(d->handle, nullptr, int(filters.size()), pointersOf(filters).data(),
                                       nullptr);
}

void MqttClient::disconnect()
{
    mosquitto_disconnect(d->handle);
}

void MqttClient::askForSign()
{
    d->hasSign = false;
    mosquitto_unsubscribe(d->handle, &d->askedSign, kNobodysTopic);
}

bool MqttClient::hasSign() const
{
    return d->hasSign;
}

bool MqttClient::isAccepted() const
{
    return d->isAccepted;
}

bool MqttClient::isSessionPresent() const
{
    return d->isSessionPresent;
}

std::size_t MqttClient::takeRefusals()
{
    return std::exchange(d->refusedFilters, 0);
}

std::vector<ArrivedMessage> &MqttClient::messages()
{
    return d->messages;
}

} // namespace telltale
