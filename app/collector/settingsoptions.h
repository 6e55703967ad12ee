// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/collector/collector.h"
#include "models/settings/settings.h"

#include <map>
#include <string>
#include <vector>

namespace telltale {

/// Secrets beside the settings, empty where there are none.
struct SourceSecrets
{
    std::string token;                            ///< of the receivers
    std::map<std::string, std::string> passwords; ///< of brokers, by their name
};

/// Says what `settings` mean for the collector; cache and clock stay. OTLP/gRPC and StatsD are optional then: a port that
/// somebody else has stops the rest not. An address of the network is a name that clients may call us by.
void applySettings(const Settings &settings, const SourceSecrets &secrets, CollectorOptions &options);

/// Only the brokers that are listened to: those not paused. Topics of both qualities of service are two sessions.
std::vector<MqttSourceOptions> brokerOptions(const Settings &settings, const SourceSecrets &secrets);
/// What the client of a broker needs to connect, all topics in one, at the quality of the first.
BrokerAddress brokerAddress(const BrokerSetting &broker, const std::string &password);
/// Only what is followed: not what is paused.
std::vector<FollowTarget> followTargets(const Settings &settings);
FollowTarget followTarget(const FollowSetting &follow);

/// Only the targets that are asked: those not paused. A URL that is none is left out; settings were read before.
ScrapeOptions scrapeOptions(const Settings &settings);

/// What is kept, with the default rule for a size that is not set.
Retention retentionOf(const Settings &settings, const std::filesystem::path &cache);

} // namespace telltale
