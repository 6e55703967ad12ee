// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/mqtt/mqttsubscriber.h"

#include "models/sources/mqtt/mqttclient.h"
#include "models/sources/mqtt/sessionmemory.h"

#include <xxhash.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace telltale {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kMostMessages = 1'000;        ///< of one request
constexpr std::size_t kMostBytes = 4 * 1024 * 1024; ///< about
constexpr std::chrono::milliseconds kTick{500};
constexpr std::chrono::milliseconds kPause{500}; ///< before a request comes again
constexpr std::chrono::seconds kAcceptTime{15};
constexpr std::chrono::seconds kGoodbyeTime{2};
constexpr std::chrono::seconds kSignTime{2}; ///< a broker that has said nothing for so long is taken to have read our acknowledgements

std::vector<std::string> without(std::vector<std::string> all, const std::vector<std::string> &some)
{
    std::erase_if(all, [&](const std::string &each) {
        return std::find(some.begin(), some.end(), each) != some.end();
    });
    return all;
}

/// Answers of the requests that are on their way.
class Answers
{
public:
    RequestHandler::Done next()
    {
        const std::scoped_lock lock(m_mutex);
        ++m_open;
        return [this](Answer &&answer) {
            const std::scoped_lock inner(m_mutex);
            --m_open;
            m_isToComeAgain = m_isToComeAgain || answer.status == 503;
            m_hasAnswer.notify_all(); // under the lock: who waits may be gone right after
        };
    }
    /// True when all were taken.
    bool wait()
    {
        std::unique_lock lock(m_mutex);
        m_hasAnswer.wait(lock, [&] { return m_open == 0; });
        return !std::exchange(m_isToComeAgain, false);
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_hasAnswer;
    std::size_t m_open = 0;
    bool m_isToComeAgain = false;
};

} // namespace

class MqttSubscriber::Private
{
public:
    Private(MqttOptions chosen, RequestHandler &above)
        : options(std::move(chosen))
        , handler(above)
        , wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    {}
    ~Private() { ::close(wake); }

    void run();
    void pause(std::chrono::milliseconds time) const;
    void tell(const std::string &problem);
    Result<void> serve(MqttClient &client);
    void onAccepted(MqttClient &client);
    bool isFull(const std::vector<ArrivedMessage> &messages) const;
    Result<void> store(MqttClient &client);
    void lookForSign(const MqttClient &client);
    Result<void> leave(MqttClient &client);
    bool handUp(const std::vector<ArrivedMessage> &messages, int qos);
    Result<void> flush(MqttClient &client) const;

    const MqttOptions options;
    RequestHandler &handler;
    const int wake;
    std::thread thread;
    std::atomic<bool> isStopping{false}, isConnected{false};

    // The thread's own.
    std::optional<SessionMemory> memory;
    std::uint64_t comingAgain = 0; ///< messages of QoS 1 that the broker sends again, before all others
    std::optional<SteadyClock::time_point> signAsked; ///< acknowledgements are sent, and not known to be read: nothing is stored meanwhile
    bool isWelcome = false;        ///< accepted, and what had to be said about it is said
    std::optional<std::string> told;
    Answers answers;
};

void MqttSubscriber::Private::tell(const std::string &problem)
{
    if (told == problem)
        return;
    told = problem;
    if (options.changed)
        options.changed(problem);
}

void MqttSubscriber::Private::pause(std::chrono::milliseconds time) const
{
    pollfd polled{wake, POLLIN, 0};
    if (!isStopping)
        ::poll(&polled, 1, int(time.count()));
}

void MqttSubscriber::Private::run()
{
    std::chrono::milliseconds wait = options.firstPause;
    while (!isStopping) {
        isWelcome = false;
        auto client = MqttClient::connect(options.broker, options.isSessionKept ? MqttSession::Kept : MqttSession::Passing, isStopping);
        Result<void> end = client ? serve(**client) : Result<void>(tl::unexpected(client.error()));
        isConnected = false;
        if (end || isStopping)
            continue;
        handler.count(isWelcome ? "mqtt.connection.lost" : "mqtt.connect.failed");
        tell(options.broker.place() + ": " + end.error().message);
        if (isWelcome)
            wait = options.firstPause;
        pause(wait);
        wait = std::min(wait * 2, options.longestPause);
    }
}

/// Until the connection ends (an error) or we are stopped.
Result<void> MqttSubscriber::Private::serve(MqttClient &client)
{
    const auto begin = SteadyClock::now();
    signAsked.reset();
    while (!isStopping) {
        lookForSign(client);
        const bool isToStore = !client.messages().empty() && !signAsked;
        const bool hasMessages = !client.messages().empty();
        // What was read is not acknowledged before it is stored, so nothing at all is sent while there is some.
        const short wanted = !hasMessages && client.wantsWrite() ? POLLIN | POLLOUT : POLLIN;
        pollfd polled[] = {{client.socket(), wanted, 0}, {wake, POLLIN, 0}};
        ::poll(polled, 2, isToStore ? 0 : int(kTick.count()));
        const bool canRead = (polled[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0;
        if (isToStore && (!canRead || isFull(client.messages()))) {
            if (auto stored = store(client); !stored)
                return stored;
            continue;
        }
        if (canRead) {
            if (auto done = client.read(); !done)
                return done;
        }
        if ((polled[0].revents & POLLOUT) != 0) {
            if (auto done = client.write(); !done)
                return done;
        }
        if (auto done = client.tend(); !done)
            return done;
        if (client.isAccepted() && !isWelcome)
            onAccepted(client);
        if (!client.isAccepted() && SteadyClock::now() - begin > kAcceptTime)
            return failure(Error::Code::Io, "no answer from the broker");
        if (const std::size_t refused = client.takeRefusals(); refused > 0) {
            handler.count("mqtt.subscription.refused", refused);
            tell(options.broker.place() + ": the broker does not let us subscribe to a topic");
        }
    }
    return leave(client);
}

/// Acknowledgements that were sent may be lost with the connection: when a process is killed that has not read all, the broker may be told so
/// before it reads them. Only its sign says that it knows.
void MqttSubscriber::Private::lookForSign(const MqttClient &client)
{
    if (!signAsked || (!client.hasSign() && SteadyClock::now() - *signAsked < kSignTime))
        return;
    signAsked.reset();
    memory->isAcknowledged();
}

/// Stores what was read, waits for the sign, and says goodbye. What is read meanwhile and not stored is not acknowledged: the broker sends it again.
Result<void> MqttSubscriber::Private::leave(MqttClient &client)
{
    const auto end = SteadyClock::now() + kGoodbyeTime;
    while (SteadyClock::now() < end) {
        lookForSign(client);
        if (!signAsked && client.messages().empty())
            break;
        if (!signAsked) {
            if (auto stored = store(client); !stored)
                return stored;
            continue;
        }
        pollfd polled{client.socket(), POLLIN, 0};
        ::poll(&polled, 1, int(kTick.count()));
        if (polled.revents != 0) {
            if (auto done = client.read(); !done)
                return done;
        }
    }
    if (!client.messages().empty())
        return {};
    client.disconnect();
    return flush(client);
}

void MqttSubscriber::Private::onAccepted(MqttClient &client)
{
    isWelcome = true;
    const BrokerAddress &broker = options.broker;
    // Subscribing again would bring all retained messages again.
    const std::vector<std::string> known =
        client.isSessionPresent() ? memory->filters() : std::vector<std::string>();
    std::vector<std::string> wanted;
    for (const std::string &filter : broker.filters)
        wanted.push_back(std::to_string(broker.qos) + " " + filter);
    const auto plain = [](std::vector<std::string> filters) {
        for (std::string &filter : filters)
            filter.erase(0, filter.find(' ') + 1);
        return filters;
    };
    client.unsubscribe(without(plain(known), broker.filters));
    client.subscribe(plain(without(wanted, known)), broker.qos);
    memory->subscribed(wanted);
    comingAgain = client.isSessionPresent() ? memory->pending() : 0;
    if (comingAgain == 0 && memory->pending() > 0)
        memory->isAcknowledged(); // the broker has forgotten us: nothing comes again
    isConnected = true;
    tell({});
}

bool MqttSubscriber::Private::isFull(const std::vector<ArrivedMessage> &messages) const
{
    std::size_t bytes = 0, first = 0;
    for (const ArrivedMessage &message : messages) {
        bytes += message.topic.size() + message.payload.size();
        first += message.qos > 0;
    }
    // What comes again is a request of its own: the next round begins behind it.
    return messages.size() >= kMostMessages || bytes >= kMostBytes ||
           (comingAgain > 0 && first >= comingAgain);
}

/// Stores what was read, then lets its acknowledgements go.
Result<void> MqttSubscriber::Private::store(MqttClient &client)
{
    const std::vector<ArrivedMessage> messages = std::exchange(client.messages(), {});
    const auto first = static_cast<std::uint64_t>(std::count_if(
        messages.begin(), messages.end(), [](const ArrivedMessage &each) { return each.qos > 0; }));
    const auto end = SteadyClock::now() + options.patience;
    if (first > 0) {
        memory->willStore(first);
        while (!handUp(messages, 1)) {
            if (isStopping || SteadyClock::now() > end) {
                handler.count("mqtt.dropped", messages.size() - first);
                return failure(Error::Code::Busy, "the cache takes nothing now; the broker sends it again");
            }
            pause(kPause);
        }
    }
    while (first < messages.size() && !handUp(messages, 0)) {
        if (isStopping || SteadyClock::now() > end) {
            handler.count("mqtt.dropped", messages.size() - first);
            break;
        }
        pause(kPause);
    }
    comingAgain -= std::min(comingAgain, first);
    const bool isRoundOver = first > 0 && comingAgain == 0;
    if (isRoundOver && options.isSessionKept)
        client.askForSign();
    if (auto sent = flush(client); !sent)
        return sent;
    if (isRoundOver && options.isSessionKept)
        signAsked = SteadyClock::now();
    else if (isRoundOver)
        memory->isAcknowledged();
    return {};
}

/// True when they are stored, or will never be.
bool MqttSubscriber::Private::handUp(const std::vector<ArrivedMessage> &messages, int qos)
{
    std::vector<std::string> ids;
    std::vector<HandedMessage> handed;
    ids.reserve(messages.size());
    for (const ArrivedMessage &message : messages) {
        if ((message.qos > 0) != (qos > 0))
            continue;
        std::string &id = ids.emplace_back();
        if (qos > 0) {
            const XXH64_hash_t topic = XXH3_64bits(message.topic.data(), message.topic.size());
            const XXH128_hash_t hash =
                XXH3_128bits_withSeed(message.payload.data(), message.payload.size(), topic);
            id = options.broker.place() + "/" + options.broker.client + "/" +
                 std::to_string(memory->round()) + "/" + std::to_string(message.number) + "/" +
                 std::to_string(hash.high64) + "/" + std::to_string(hash.low64);
        }
        handed.push_back({id, message.topic, message.payload, message.isRetained});
    }
    ReceivedRequest request;
    request.protocol = qos > 0 ? "mqtt/qos1" : "mqtt/qos0";
    request.method = "POST";
    request.path = options.path;
    request.arrival = options.clock->now();
    request.peer = options.broker.place();
    request.body = options.bodyOf(handed);
    handler.handle(std::move(request), answers.next());
    return answers.wait();
}

/// Sends all that waits; the socket may need a moment.
Result<void> MqttSubscriber::Private::flush(MqttClient &client) const
{
    const auto end = SteadyClock::now() + kGoodbyeTime;
    while (client.wantsWrite() && client.socket() >= 0) {
        pollfd polled{client.socket(), POLLOUT, 0};
        ::poll(&polled, 1, int(kTick.count()));
        if (auto done = client.write(); !done)
            return done;
        if (SteadyClock::now() > end)
            return failure(Error::Code::Io, "the broker takes nothing from us");
    }
    return {};
}

MqttSubscriber::MqttSubscriber(MqttOptions options, RequestHandler &handler)
    : d(std::make_unique<Private>(std::move(options), handler))
{}

MqttSubscriber::~MqttSubscriber()
{
    stop();
}

Result<void> MqttSubscriber::start()
{
    auto memory = SessionMemory::open(d->options.memory);
    if (!memory)
        return tl::unexpected(memory.error());
    d->memory = std::move(*memory);
    d->isStopping = false;
    std::uint64_t times = 0;
    [[maybe_unused]] const auto got = ::read(d->wake, &times, sizeof times); // of an earlier stop()
    d->thread = std::thread([this] { d->run(); });
    return {};
}

void MqttSubscriber::stop()
{
    if (!d->thread.joinable())
        return;
    d->isStopping = true;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(d->wake, &one, sizeof one);
    d->thread.join();
}

bool MqttSubscriber::isConnected() const
{
    return d->isConnected;
}

} // namespace telltale
