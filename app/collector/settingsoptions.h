// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/collector/collector.h"
#include "models/settings/settings.h"

#include <string>

namespace telltale {

/// Says what `settings` mean for the collector; cache and clock stay. OTLP/gRPC and StatsD are optional then: a port that
/// somebody else has stops the rest not. An address of the network is a name that clients may call us by. `token` is the
/// secret itself, empty when there is none.
void applySettings(const Settings &settings, const std::string &token, CollectorOptions &options);

/// Only the targets that are asked: those not paused. A URL that is none is left out; settings were read before.
ScrapeOptions scrapeOptions(const Settings &settings);

/// What is kept, with the default rule for a size that is not set.
Retention retentionOf(const Settings &settings, const std::filesystem::path &cache);

} // namespace telltale
