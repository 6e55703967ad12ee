// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"

#include <functional>

namespace telltale {

/// An engine whose totals() does what a test says; everything else answers empty.
class FakeEngine : public Engine
{
public:
    std::function<Reply<Totals>(const Scope &, std::stop_token)> onTotals;
    std::function<std::uint64_t()> onDataVersion;

    Reply<Totals> totals(const Scope &scope, std::stop_token stop) override
    {
        return onTotals ? onTotals(scope, stop) : Reply<Totals>(Answered<Totals>{});
    }
    Reply<std::vector<FeatureRow>> features(const Scope &, std::stop_token) override { return {}; }
    Reply<std::vector<ScreenRow>> screens(const Scope &, std::stop_token) override { return {}; }
    Reply<std::vector<ActivityRow>> activity(const Scope &, ActivityStep, std::stop_token) override
    {
        return {};
    }
    Reply<std::vector<LatencyRow>> latency(const Scope &, ActivityStep, std::stop_token) override
    {
        return {};
    }
    Reply<Pulse> pulse(const Scope &, ActivityStep, std::stop_token) override { return {}; }
    Reply<Heatmap> heatmap(const Scope &, HeatmapRows, HeatmapColumns, HeatmapValue, std::stop_token) override
    {
        return {};
    }
    Reply<std::vector<ActiveUsersRow>> activeUsers(const Scope &, std::stop_token) override { return {}; }
    Reply<SessionList> sessions(const Scope &, bool, std::stop_token) override { return {}; }
    Reply<SessionDetail> session(const std::string &, const Scope &, std::stop_token) override { return {}; }
    Reply<std::vector<ErrorGroupRow>> errors(const Scope &, std::stop_token) override { return {}; }
    Reply<std::vector<ErrorOccurrence>> errorGroup(const std::string &, const Scope &,
                                                   std::stop_token) override
    {
        return {};
    }
    Reply<std::vector<LogRow>> logs(const Scope &, std::stop_token) override { return {}; }
    Reply<std::vector<SourceRow>> sources(const Scope &, std::stop_token) override { return {}; }
    Reply<std::vector<CounterRow>> counters(const Scope &, std::stop_token) override { return {}; }
    Reply<std::vector<ReleaseRow>> releases(const Scope &, std::stop_token) override { return {}; }
    Reply<Summary> summary(std::stop_token) override { return {}; }
    std::uint64_t dataVersion() override { return onDataVersion ? onDataVersion() : 0; }
};

} // namespace telltale
