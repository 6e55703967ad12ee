// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/trends.h"

#include <algorithm>
#include <utility>

namespace telltale {
namespace {

using Counted = std::vector<std::pair<std::uint64_t, std::string>>; ///< users, name

template<typename Rows, typename Name>
Result<Counted> counted(const Engine::Reply<Rows> &reply, Name name)
{
    if (!reply)
        return tl::unexpected(reply.error());
    Counted names;
    for (const auto &row : reply->value) {
        if (row.users > 0 && !name(row).empty())
            names.emplace_back(row.users, name(row));
    }
    return names;
}

SplitBy splitOf(TrendBy by)
{
    return by == TrendBy::Feature ? SplitBy::Feature : by == TrendBy::Screen ? SplitBy::Screen : SplitBy::Release;
}

Result<Counted> namesOf(Engine &engine, TrendBy by, const Scope &scope, std::stop_token stop)
{
    switch (by) {
    case TrendBy::Nothing:
        break;
    case TrendBy::Feature:
        return counted(engine.features(scope, stop), [](const FeatureRow &row) { return row.feature; });
    case TrendBy::Screen:
        return counted(engine.screens(scope, stop), [](const ScreenRow &row) { return row.screen; });
    case TrendBy::Release:
        return counted(engine.releases(scope, stop), [](const ReleaseRow &row) { return row.release; });
    }
    return Counted{{0, std::string()}};
}

Result<void> fill(Engine &engine, TrendBy by, Trends &trends, std::vector<ActivityRow> TrendSeries::*rows, const Scope &scope,
                  ActivityStep step, std::stop_token stop)
{
    if (by == TrendBy::Nothing) {
        auto answer = engine.activity(scope, step, stop);
        if (!answer)
            return tl::unexpected(answer.error());
        trends.series.front().*rows = std::move(answer->value);
        return {};
    }
    if (trends.series.empty())
        return {};
    std::vector<std::string> names;
    for (const TrendSeries &series : trends.series)
        names.push_back(series.name);
    auto answer = engine.activityBy(splitOf(by), names, step, scope, stop);
    if (!answer)
        return tl::unexpected(answer.error());
    for (std::size_t i = 0; i < names.size(); ++i)
        trends.series[i].*rows = std::move(answer->value.at(i));
    return {};
}

} // namespace

Result<Trends> askTrends(Engine &engine, TrendBy by, std::size_t most, const Scope &scope, const std::optional<Scope> &before, ActivityStep step,
                         std::stop_token stop)
{
    auto names = namesOf(engine, by, scope, stop);
    if (!names)
        return tl::unexpected(names.error());
    std::stable_sort(names->begin(), names->end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    Trends trends;
    trends.all = names->size();
    names->resize(std::min(names->size(), most));
    for (auto &[users, name] : *names)
        trends.series.push_back({std::move(name), {}, {}});
    if (const auto asked = fill(engine, by, trends, &TrendSeries::now, scope, step, stop); !asked)
        return tl::unexpected(asked.error());
    if (before) {
        if (const auto asked = fill(engine, by, trends, &TrendSeries::before, *before, step, stop); !asked)
            return tl::unexpected(asked.error());
    }
    return trends;
}

std::vector<double> trendValues(std::span<const ActivityRow> rows, TrendOf of)
{
    static constexpr std::uint64_t ActivityRow::*kCounts[] = {&ActivityRow::users, &ActivityRow::sessions, &ActivityRow::events,
                                                              &ActivityRow::screenViews, &ActivityRow::errors};
    std::vector<double> values;
    values.reserve(rows.size());
    for (const ActivityRow &row : rows)
        values.push_back(static_cast<double>(row.*kCounts[static_cast<std::size_t>(of)]));
    return values;
}

} // namespace telltale
