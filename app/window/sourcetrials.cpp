// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/sourcetrials.h"

#include "models/sources/mqtt/mqttclient.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace telltale {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kTick = 100;                       ///< ms
constexpr std::chrono::seconds kAcceptTime{5};   ///< for the broker to let us in
constexpr std::size_t kShownPayload = 120;

/// One round of the connection.
Result<void> turn(MqttClient &client)
{
    pollfd polled{client.socket(), static_cast<short>(client.wantsWrite() ? POLLIN | POLLOUT : POLLIN), 0};
    ::poll(&polled, 1, kTick);
    if ((polled.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
        if (auto read = client.read(); !read)
            return read;
    }
    if (client.wantsWrite()) {
        if (auto written = client.write(); !written)
            return written;
    }
    return client.tend();
}

} // namespace

BrokerTrial tryBroker(BrokerAddress address, const std::atomic<bool> &isStopping)
{
    BrokerTrial trial;
    address.client.clear(); // the session of the collector is not ours to take
    auto connected = MqttClient::connect(address, MqttSession::Passing, isStopping);
    if (!connected) {
        trial.problem = connected.error().message;
        return trial;
    }
    MqttClient &client = **connected;
    auto end = SteadyClock::now() + kAcceptTime;
    bool isSubscribed = false;
    while (!isStopping && SteadyClock::now() < end && trial.messages == 0) {
        if (const auto done = turn(client); !done) {
            trial.problem = done.error().message;
            return trial;
        }
        if (client.isAccepted() && !std::exchange(isSubscribed, true)) {
            client.subscribe(address.filters, 0);
            end = SteadyClock::now() + kTrialPatience;
        }
        trial.refusedTopics += client.takeRefusals();
        const std::vector<ArrivedMessage> messages = std::exchange(client.messages(), {});
        trial.messages = messages.size();
        if (!messages.empty()) {
            trial.topic = messages.front().topic;
            trial.payload = messages.front().payload.substr(0, kShownPayload);
        }
    }
    if (!isSubscribed)
        trial.problem = "no answer from the broker";
    client.disconnect();
    static_cast<void>(client.write());
    return trial;
}

FileTrial tryFiles(const FollowTarget &target)
{
    FileTrial trial;
    const std::vector<std::string> files = filesOfTarget(target.path);
    for (const std::string &file : files)
        trial.files += ::access(file.c_str(), F_OK) == 0 ? 1 : 0;
    if (trial.files == 0)
        return trial;
    trial.file = files.front();
    if (::access(trial.file.c_str(), R_OK) != 0) {
        trial.problem = std::strerror(errno);
        return trial;
    }
    const FollowedFile::Form form = formOfTarget(target, trial.file);
    trial.isTable = form.isTable;
    FollowedFile followed(trial.file, std::vector<FilePlace>(), FollowedFile::Limits(), form);
    const auto now = SteadyClock::now();
    followed.look(now);
    if (const auto part = followed.next(now)) {
        trial.path = part->request.path;
        trial.lines = part->lines;
        trial.rejected = part->request.part ? part->request.part->rejected : 0;
    }
    trial.problem = followed.problem();
    return trial;
}

} // namespace telltale
