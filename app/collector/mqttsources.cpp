// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/collector/mqttsources.h"

#include "models/protocols/mqtt/mqttmapping.h"
#include "models/protocols/mqtt/mqttmessage.h"
#include "models/sources/mqtt/mqttclient.h"

#include <xxhash.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>

#include <poll.h>
#include <unistd.h>

namespace telltale {
namespace {

constexpr std::uintmax_t kLargestMapping = 1024 * 1024;

std::string hashOf(const std::string &text)
{
    char hex[17];
    std::snprintf(hex, sizeof hex, "%016llx",
                  static_cast<unsigned long long>(XXH3_64bits(text.data(), text.size())));
    return hex;
}

/// The same at every start on this machine with this cache.
std::string clientOf(const BrokerAddress &broker, const std::filesystem::path &cache, const std::string &id)
{
    char host[256] = "";
    ::gethostname(host, sizeof host - 1);
    std::error_code ignored;
    const std::filesystem::path path =
        std::filesystem::weakly_canonical(std::filesystem::absolute(cache, ignored), ignored);
    return "telltale-" + hashOf(std::string(host) + '\n' + path.string() + '\n' + broker.place() + '\n' +
                                broker.user + '\n' + std::to_string(broker.qos) + (id.empty() ? "" : '\n' + id));
}

/// Filters of one session at one broker come over one connection.
std::vector<BrokerAddress> joined(std::vector<BrokerAddress> brokers, const std::filesystem::path &cache, const std::string &id)
{
    std::vector<BrokerAddress> sessions;
    for (BrokerAddress &broker : brokers) {
        if (broker.client.empty())
            broker.client = clientOf(broker, cache, id);
        const auto same = std::find_if(sessions.begin(), sessions.end(), [&](const BrokerAddress &each) {
            return each.place() == broker.place() && each.client == broker.client;
        });
        if (same == sessions.end())
            sessions.push_back(std::move(broker));
        else if (std::find(same->filters.begin(), same->filters.end(), broker.filters.front()) ==
                 same->filters.end())
            same->filters.push_back(broker.filters.front());
    }
    return sessions;
}

std::filesystem::path memoryOf(const BrokerAddress &broker, const std::filesystem::path &cache)
{
    std::filesystem::path path = cache;
    path += ".mqtt-" + hashOf(broker.place() + "\n" + broker.client);
    return path;
}

/// A session that begins clean and ends at once takes the place of the one that was kept.
void endSession(const BrokerAddress &broker, const std::atomic<bool> &isStopping)
{
    constexpr std::chrono::seconds kPatience{5};
    constexpr int kTick = 100; // ms
    const auto connected = MqttClient::connect(broker, MqttSession::Passing, isStopping);
    if (!connected)
        return;
    MqttClient &client = **connected;
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!client.isAccepted() && !isStopping && std::chrono::steady_clock::now() < end) {
        pollfd polled{client.socket(), static_cast<short>(client.wantsWrite() ? POLLIN | POLLOUT : POLLIN), 0};
        ::poll(&polled, 1, kTick);
        const bool canRead = (polled.revents & (POLLIN | POLLHUP | POLLERR)) != 0;
        if ((canRead && !client.read()) || (client.wantsWrite() && !client.write()))
            return;
    }
    client.disconnect();
    static_cast<void>(client.write());
}

} // namespace

void MqttSources::forget(const MqttSourceOptions &options, const std::filesystem::path &cache, const std::atomic<bool> &isStopping)
{
    for (const BrokerAddress &broker : joined(options.brokers, cache, options.id)) {
        if (options.isSessionKept)
            endSession(broker, isStopping);
        std::error_code ignored;
        std::filesystem::remove(memoryOf(broker, cache), ignored);
    }
}

Result<std::string> MappingFile::read() const
{
    std::error_code problem;
    if (const auto size = std::filesystem::file_size(m_path, problem); problem || size > kLargestMapping)
        return failure(Error::Code::Io, "Can not read the mapping " + m_path.string() + ": " +
                                            (problem ? problem.message() : "it is larger than 1 MiB") + ".");
    std::ifstream file(m_path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (auto mapping = MqttMapping::parse(text); !mapping)
        return failure(mapping.error().code, m_path.string() + ": " + mapping.error().message);
    return text;
}

Result<void> MappingFile::load()
{
    if (m_path.empty())
        return {};
    std::error_code ignored;
    const std::scoped_lock lock(m_mutex);
    m_modified = std::filesystem::last_write_time(m_path, ignored);
    auto text = read();
    if (!text)
        return tl::unexpected(text.error());
    m_text = std::move(*text);
    return {};
}

std::string MappingFile::current(bool &isRefused)
{
    isRefused = false;
    const std::scoped_lock lock(m_mutex);
    std::error_code problem;
    const auto modified = m_path.empty() ? m_modified : std::filesystem::last_write_time(m_path, problem);
    if (!problem && modified != m_modified) {
        m_modified = modified;
        if (auto text = read())
            m_text = std::move(*text);
        else
            isRefused = true;
    }
    return m_text;
}

MqttSources::MqttSources(MqttSourceOptions options, std::filesystem::path cache,
                         std::shared_ptr<const Clock> clock, RequestHandler &handler)
    : m_options(std::move(options))
    , m_cache(std::move(cache))
    , m_clock(std::move(clock))
    , m_handler(handler)
    , m_mapping(m_options.mapping)
{}

Result<void> MqttSources::start()
{
    if (auto loaded = m_mapping.load(); !loaded)
        return loaded;
    for (BrokerAddress &broker : joined(m_options.brokers, m_cache, m_options.id)) {
        MqttOptions options;
        options.memory = memoryOf(broker, m_cache);
        options.path = kMqttPath;
        options.clock = m_clock;
        options.isSessionKept = m_options.isSessionKept;
        options.changed = [this, client = broker.client](const std::string &problem) { changed(client, problem); };
        options.bodyOf = [this](std::span<const HandedMessage> messages) {
            bool isRefused = false;
            MqttBody body(m_mapping.current(isRefused));
            if (isRefused)
                m_handler.count("mqtt.mapping.invalid");
            for (const HandedMessage &each : messages)
                body.add({each.id, each.topic, each.payload, each.isRetained});
            return body.take();
        };
        options.broker = std::move(broker);
        auto &subscriber =
            m_subscribers.emplace_back(std::make_unique<MqttSubscriber>(std::move(options), m_handler));
        if (auto started = subscriber->start(); !started) {
            stop();
            return started;
        }
    }
    return {};
}

void MqttSources::changed(const std::string &client, const std::string &problem)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (problem.empty())
            m_problems.erase(client);
        else
            m_problems[client] = problem;
    }
    if (m_options.changed)
        m_options.changed(problem);
}

std::string MqttSources::problem() const
{
    const std::scoped_lock lock(m_mutex);
    return m_problems.empty() ? std::string() : m_problems.begin()->second;
}

void MqttSources::stop()
{
    for (const auto &subscriber : m_subscribers)
        subscriber->stop();
    m_subscribers.clear();
}

} // namespace telltale
