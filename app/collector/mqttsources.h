// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/mqtt/mqttsubscriber.h"

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace telltale {

/// Which brokers are listened to.
struct MqttSourceOptions
{
    std::string id; ///< by which a door names it; empty: none does
    std::vector<BrokerAddress>
        brokers; ///< none: MQTT is off. Those of one broker and name become one connection
    std::filesystem::path
        mapping; ///< a file of JSON (mqttmapping.h), read again when it changes; empty: the default
    bool isSessionKept = true; ///< see MqttOptions
    /// Told when the state of a connection changes; empty when all is well. Called on threads of the sources.
    std::function<void(const std::string &problem)> changed;
    /// But for whom is told.
    bool isSameAs(const MqttSourceOptions &other) const
    {
        return id == other.id && brokers == other.brokers && mapping == other.mapping && isSessionKept == other.isSessionKept;
    }
};

/// The text of a mapping file as it is now. A file that can not be read or is none leaves the mapping as it was. Any thread.
class MappingFile
{
public:
    explicit MappingFile(std::filesystem::path path)
        : m_path(std::move(path))
    {}
    /// Reads it for the first time. Errors: Io, InvalidArgument.
    Result<void> load();
    /// `isRefused` when it changed since and is none. Cost: a system call.
    std::string current(bool &isRefused);

private:
    Result<std::string> read() const;

    const std::filesystem::path m_path;
    std::mutex m_mutex;
    std::filesystem::file_time_type m_modified;
    std::string m_text;
};

/// One subscriber for each broker.
class MqttSources
{
public:
    /// `handler` is not owned. `cache` tells where the sessions are remembered.
    MqttSources(MqttSourceOptions options, std::filesystem::path cache, std::shared_ptr<const Clock> clock,
                RequestHandler &handler);
    /// Errors: Io, InvalidArgument (the mapping). A broker that is not there is none.
    Result<void> start();
    void stop();
    const MqttSourceOptions &options() const { return m_options; }
    /// Why one of the connections does not work, one sentence; empty: they do, or are being made. Any thread.
    std::string problem() const;

    /// Lets brokers forget our sessions, and forgets them itself: nobody will listen to them again. A broker that is not there keeps its
    /// session until it lets it go. Blocks, for some ten seconds a broker at most; `isStopping` ends it.
    static void forget(const MqttSourceOptions &options, const std::filesystem::path &cache, const std::atomic<bool> &isStopping);

private:
    void changed(const std::string &client, const std::string &problem);

    const MqttSourceOptions m_options;
    const std::filesystem::path m_cache;
    const std::shared_ptr<const Clock> m_clock;
    RequestHandler &m_handler;
    MappingFile m_mapping;
    std::vector<std::unique_ptr<MqttSubscriber>> m_subscribers;
    mutable std::mutex m_mutex;
    std::map<std::string, std::string> m_problems; ///< by client, those there are
};

} // namespace telltale
