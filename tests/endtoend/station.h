// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/collector/collector.h"
#include "tests/endtoend/stored.h"
#include "tests/support/fixture.h"

#include <QTemporaryDir>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace telltale::test {

/// A collector in this process, on a free port and with a cache of its own.
class Station
{
public:
    /// Fails the process when it can not start.
    explicit Station(const std::vector<std::string> &origins = {});

    std::uint16_t port() const { return m_collector->httpPort(); }
    const std::filesystem::path &cache() const { return m_cache; }
    telltale::Collector &collector() { return *m_collector; }
    /// Sends one recorded request over a socket of its own; status 0 and no body when there was no answer.
    std::pair<int, std::string> send(const Fixture &fixture);
    /// Stops and tells what the cache holds.
    StoredContent stop();

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_cache;
    std::unique_ptr<telltale::Collector> m_collector;
};

/// The request as it was recorded; only the port in Host is ours.
std::string wireOf(const Fixture &fixture, std::uint16_t port);

} // namespace telltale::test
