// SPDX-License-Identifier: GPL-3.0-or-later
// What the example engine answers about who sends, releases and the cache.
#include "tests/support/strideengine.h"

#include <chrono>

namespace telltale {

using namespace std::chrono_literals;

Engine::Reply<std::vector<SourceRow>> StrideEngine::sources(const Scope &, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    std::vector<SourceRow> rows;
    const auto add = [&](const char *name, const char *os, std::vector<std::string> releases, double rate,
                         std::chrono::seconds ago) {
        SourceRow row;
        row.source = name;
        row.protocol = "otlp";
        row.product = "Stride";
        row.os = os;
        row.releases = std::move(releases);
        row.lastEvent = heardUntil() - ago;
        row.lastArrival = row.lastEvent;
        row.ratePerSecond = m_switches->isSilent ? 0 : rate;
        row.state = SourceState::Live;
        row.requests = 1000;
        row.records = 512'000;
        rows.push_back(std::move(row));
    };
    if (!isEmpty()) {
        add("Stride Android", "Android", {"4.1.3", "4.2.0"}, 608, 1s);
        add("Stride iOS", "iOS", {"4.1.3", "4.2.0"}, 412, 1s);
        add("Stride Web", "", {"2025.46"}, 37, 2s);
        add("Stride Watch", "watchOS", {"4.1.3"}, 0, 362s);
        rows.back().ratePerSecond = 0;
    }
    if (const std::uint64_t refused = m_switches->refusedRecords; refused > 0 && !rows.empty()) {
        SourceRow &row = rows.front();
        row.state = SourceState::Error;
        row.asOf = now();
        row.minuteRejected = row.rejected = refused;
        row.lastRefusal = Refusal{now() - 4s, "unknown token", "{\"resourceLogs\": []}"};
    }
    return Answered<std::vector<SourceRow>>{rows, {}};
}

Engine::Reply<std::vector<CounterRow>> StrideEngine::counters(const Scope &, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    return Answered<std::vector<CounterRow>>{{}, {}};
}

Engine::Reply<std::vector<ReleaseRow>> StrideEngine::releases(const Scope &, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    std::vector<ReleaseRow> rows;
    if (!isEmpty()) {
        rows.push_back({"Stride", "4.2.0", rollout(), now(), 1204, 1500, 30, 0.98});
        rows.push_back({"Stride", "4.1.3", now() - 17 * 24h, now(), 9204, 21500, 60, 0.997});
    }
    return Answered<std::vector<ReleaseRow>>{rows, {}};
}

Engine::Reply<Engine::Summary> StrideEngine::summary(std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    Summary summary;
    if (!isEmpty()) {
        summary.records = 38'214'077;
        summary.bytes = 4'102'000'000;
        summary.oldest = now() - 91 * 24h;
        summary.newest = now();
        summary.products = {"Stride"};
        summary.environments = {"production"};
    }
    return Answered<Summary>{summary, {}};
}

} // namespace telltale
