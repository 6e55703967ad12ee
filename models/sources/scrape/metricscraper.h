// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sources/requesthandler.h"
#include "models/telemetry/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

/// What is asked for its metrics.
struct ScrapeTarget
{
    std::string job;      ///< the product
    std::string instance; ///< "host:port"
    std::string url;
    std::chrono::milliseconds interval{0}; ///< 0: that of the options
};

/// How asking one target goes.
struct ScrapeSight
{
    std::string job, url;
    std::optional<Instant> lastAnswer; ///< the last good one
    std::uint64_t answers = 0, failures = 0;
    std::string problem; ///< of the last time, one sentence; empty: it was good
};

/// Reads "JOB=URL" or a URL alone, whose host and port are the job then. Without a path it is /metrics. Error:
/// InvalidArgument, when it is no http or https URL.
Result<ScrapeTarget> parseScrapeTarget(std::string_view text);

struct ScrapeOptions
{
    std::vector<ScrapeTarget> targets;
    std::chrono::milliseconds interval{15'000}; ///< 100 ms at least
    std::chrono::milliseconds timeout{10'000};  ///< of one request, no longer than the interval
    std::size_t limit = 64 * 1024 * 1024;       ///< of one answer, unpacked, in bytes
    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
};

/// Asks targets for their metrics on a schedule, as Prometheus does (the text format or OpenMetrics), and hands the answers up
/// like a push to the Pushgateway's path with job and instance. Beside them each scrape gives `up`, 1 or 0, and
/// `scrape_duration_seconds`. A target that is slow or gone delays no other. libcurl speaks HTTP.
///
/// Counters: scrape.failed, scrape.dropped. Owns a thread. start() and stop() from one thread at a time.
class MetricScraper
{
public:
    /// `handler` is not owned and must outlive the scraper.
    MetricScraper(ScrapeOptions options, RequestHandler &handler);
    ~MetricScraper(); ///< stops
    MetricScraper(const MetricScraper &) = delete;
    MetricScraper &operator=(const MetricScraper &) = delete;

    void start();
    /// Breaks off what is on its way and waits until what came is stored. Idempotent.
    void stop();
    /// In the order of the options. Any thread.
    std::vector<ScrapeSight> sights() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
