// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/collector/brokerdoors.h"

#include <algorithm>
#include <utility>

namespace telltale {

BrokerDoors::BrokerDoors(std::filesystem::path cache, std::shared_ptr<const Clock> clock, RequestHandler &handler)
    : m_cache(std::move(cache))
    , m_clock(std::move(clock))
    , m_handler(handler)
{}

BrokerDoors::~BrokerDoors()
{
    set({});
}

void BrokerDoors::set(std::vector<MqttSourceOptions> brokers)
{
    std::vector<std::shared_ptr<Broker>> before, after;
    {
        const std::scoped_lock lock(m_mutex);
        before = m_brokers;
    }
    const auto staying = [&](const MqttSourceOptions &options) -> std::shared_ptr<Broker> {
        const auto same = std::find_if(before.begin(), before.end(), [&](const std::shared_ptr<Broker> &each) {
            return each->problem.empty() && each->sources->options().isSameAs(options);
        });
        return same == before.end() ? nullptr : *same;
    };
    // The old ones first: two connections in one session push each other out.
    for (const std::shared_ptr<Broker> &broker : before) {
        if (std::none_of(brokers.begin(), brokers.end(), [&](const MqttSourceOptions &options) { return staying(options) == broker; }))
            broker->sources->stop();
    }
    for (MqttSourceOptions &options : brokers) {
        if (auto same = staying(options)) {
            after.push_back(std::move(same));
            continue;
        }
        auto &broker = after.emplace_back(std::make_shared<Broker>());
        broker->door = std::make_unique<Door>(m_handler);
        broker->sources = std::make_unique<MqttSources>(std::move(options), m_cache, m_clock, *broker->door);
        if (const auto started = broker->sources->start(); !started)
            broker->problem = started.error().message;
    }
    const std::scoped_lock lock(m_mutex);
    m_brokers = std::move(after);
}

std::vector<DoorSight> BrokerDoors::sights() const
{
    const std::scoped_lock lock(m_mutex);
    std::vector<DoorSight> sights;
    for (const std::shared_ptr<Broker> &broker : m_brokers) {
        const MqttSourceOptions &options = broker->sources->options();
        DoorSight &sight = sights.emplace_back();
        sight.id = options.id;
        sight.url = options.brokers.empty() ? std::string() : options.brokers.front().place();
        sight.problem = broker->problem.empty() ? broker->sources->problem() : broker->problem;
        sight.requests = broker->door->requests();
        sight.lastRequest = broker->door->lastRequest();
    }
    return sights;
}

} // namespace telltale
