// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// A broker and what is wanted of it.
struct BrokerAddress
{
    bool isEncrypted = false;
    std::string host;
    std::uint16_t port = 1883;
    std::string user, password;
    std::vector<std::string> filters; ///< "plant/+/climate", "#"
    int qos = 1;                      ///< 0 or 1: at most this
    std::string client; ///< id of our session at the broker; empty: one that stays the same for this cache
    std::string certificates; ///< a file of authorities for TLS, in PEM; empty: those of the system

    /// "mqtt://host:1883", without user and password.
    std::string place() const;
    friend bool operator==(const BrokerAddress &, const BrokerAddress &) = default;
};

/// Whether it is a filter of topics: + for one level, # for all at the end.
bool isTopicFilter(std::string_view filter);

/// Reads mqtt[s]://[USER[:PASSWORD]@]HOST[:PORT][/FILTER][?qos=0|1&client=ID&ca=FILE]. Without a filter it is "#", all there is. A %
/// stands before two hex digits for any character, a # needs none. Error: InvalidArgument.
Result<BrokerAddress> parseBrokerAddress(std::string_view url);

} // namespace telltale
