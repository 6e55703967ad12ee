// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace telltale {

/// What a trend counts.
enum class TrendOf { Users, Sessions, UsageEvents, ScreenViews, Errors };
/// What it is split by: each of the most used is a series of its own.
enum class TrendBy { Nothing, Feature, Screen, Release };

struct TrendSeries
{
    std::string name; ///< empty where nothing is split
    std::vector<ActivityRow> now, before;
};

struct Trends
{
    std::vector<TrendSeries> series; ///< those with most users first
    std::size_t all = 0;             ///< how many there are, shown or not
};

/// Activity over time of the `most` features, screens or releases that most people used in the range of `scope`, or of everything.
/// `before`: the same buckets in what is compared. Asks who is among them, and one question a period; for the thread that asks.
/// Errors: those of the questions.
Result<Trends> askTrends(Engine &engine, TrendBy by, std::size_t most, const Scope &scope, const std::optional<Scope> &before, ActivityStep step,
                         std::stop_token stop);
/// One number a bucket.
std::vector<double> trendValues(std::span<const ActivityRow> rows, TrendOf of);

} // namespace telltale
