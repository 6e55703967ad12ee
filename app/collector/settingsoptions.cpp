// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/collector/settingsoptions.h"

namespace telltale {
namespace {

bool isEverywhere(const std::string &host)
{
    return host == "0.0.0.0" || host == "::";
}

template<typename Options>
void setEndpoint(const EndpointSetting &endpoint, std::optional<Options> &options)
{
    if (!endpoint.isOn) {
        options.reset();
        return;
    }
    options.emplace();
    options->host = endpoint.host;
    options->port = endpoint.port;
}

} // namespace

ScrapeOptions scrapeOptions(const Settings &settings)
{
    ScrapeOptions scrape;
    for (const TargetSetting &target : settings.targets) {
        auto parsed = target.isPaused ? Result<ScrapeTarget>(failure(Error::Code::NotFound, "paused")) : parseScrapeTarget(target.url);
        if (!parsed)
            continue;
        parsed->job = target.name;
        parsed->interval = target.interval;
        scrape.targets.push_back(std::move(*parsed));
    }
    return scrape;
}

Retention retentionOf(const Settings &settings, const std::filesystem::path &cache)
{
    Retention retention;
    retention.age = settings.keepAge;
    retention.bytes = settings.keepSize ? *settings.keepSize : defaultRetention(cache).bytes;
    return retention;
}

void applySettings(const Settings &settings, const std::string &token, CollectorOptions &options)
{
    setEndpoint(settings.otlpHttp, options.http);
    setEndpoint(settings.otlpGrpc, options.grpc);
    setEndpoint(settings.statsd, options.statsd);
    options.isGrpcOptional = options.isStatsdOptional = true;
    std::vector<std::string> hosts = settings.allowedHosts;
    for (const EndpointSetting &endpoint : {settings.otlpHttp, settings.otlpGrpc}) {
        if (endpoint.isOn && !isEverywhere(endpoint.host))
            hosts.push_back(endpoint.host.find(':') == std::string::npos ? endpoint.host : "[" + endpoint.host + "]");
    }
    if (options.http) {
        options.http->allowedOrigins = settings.allowedOrigins;
        options.http->allowedHosts = hosts;
        options.http->token = token;
    }
    if (options.grpc) {
        options.grpc->allowedHosts = hosts;
        options.grpc->token = token;
    }
    options.scrape = scrapeOptions(settings);
    options.retention = retentionOf(settings, options.cache);
    options.paused.clear();
    for (const auto &[id, endpoint] : {std::pair(DoorSight::kOtlpHttp, &settings.otlpHttp), std::pair(DoorSight::kOtlpGrpc, &settings.otlpGrpc),
                                       std::pair(DoorSight::kStatsd, &settings.statsd)}) {
        if (endpoint->isPaused)
            options.paused.emplace_back(id);
    }
}

} // namespace telltale
