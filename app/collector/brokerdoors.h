// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/collector/doorsight.h"
#include "app/collector/mqttsources.h"
#include "models/ingest/door.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

namespace telltale {

/// Brokers that come and go while the rest runs, each with a door that counts what it brings.
class BrokerDoors
{
public:
    /// `handler` is not owned.
    BrokerDoors(std::filesystem::path cache, std::shared_ptr<const Clock> clock, RequestHandler &handler);
    ~BrokerDoors(); ///< stops

    /// Listens to these from now on. Those that are as before and work stay connected; what is new or does not work starts anew.
    /// Waits for what is stored. From one thread at a time.
    void set(std::vector<MqttSourceOptions> brokers);
    /// In the order of set(). Any thread.
    std::vector<DoorSight> sights() const;

private:
    struct Broker
    {
        std::unique_ptr<Door> door;
        std::unique_ptr<MqttSources> sources;
        std::string problem; ///< why it did not start
    };

    const std::filesystem::path m_cache;
    const std::shared_ptr<const Clock> m_clock;
    RequestHandler &m_handler;
    mutable std::mutex m_mutex;
    std::vector<std::shared_ptr<Broker>> m_brokers;
};

} // namespace telltale
