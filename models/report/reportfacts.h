// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"
#include "models/report/releasecard.h"
#include "models/report/reportrequest.h"

#include <optional>
#include <string>
#include <vector>

namespace telltale {

/// Everything a report is written from: answers, and what was asked. What no section needs was not asked and is empty.
struct ReportFacts
{
    ReportRequest request;
    TimeRange range;    ///< closed; open ends became those of the data
    TimeRange previous; ///< of the same length, just before
    Zone zone;
    Instant now;
    std::string product, environment; ///< when all data has one
    std::uint64_t recordsInCache = 0;

    Totals totals, totalsBefore;
    Pulse pulse, pulseBefore;
    bool hasBefore = false; ///< anything is known of the period before
    ActivityStep step = ActivityStep::Hour;
    std::vector<ActivityRow> activity;
    std::vector<ActiveUsersRow> activeUsers;
    std::vector<FeatureRow> features;
    std::vector<FeatureRow> featuresBefore;
    HeatmapColumns heatmapColumns = HeatmapColumns::Day;
    Heatmap featureUsers;
    std::vector<ScreenRow> screens;
    SessionList sessions;
    std::vector<ErrorGroupRow> errors;
    std::vector<LatencyRow> latency;
    std::vector<OperationRow> operations;
    CalendarUnit retentionPeriod = CalendarUnit::Week;
    std::vector<RetentionRow> retention;
    std::vector<ReleaseRow> releases;
    std::vector<ReleaseRow> releasesEver; ///< until the end of the range: when each came
    std::optional<ReleaseCard> card; ///< none: there are not two releases
    std::vector<CounterRow> counters;
    std::uint64_t dropped = 0, rejected = 0; ///< records of the whole cache: lost by the apps themselves, as they say; refused here
    std::vector<std::string> notes; ///< what must be said, each once
};

/// No section of a report lists more rows than this; how many there are is said.
inline constexpr std::size_t kReportRows = 25;

/// Asks all that the request's sections need. `scope`: range, filter, zone and now of the request. One thread; progress counts
/// questions. Errors: as the engine's; NotFound when a release that was asked for is not there.
Result<ReportFacts> gatherFacts(Engine &engine, const ReportRequest &request, const Scope &scope, const Progress &progress,
                                std::stop_token stop);

} // namespace telltale
