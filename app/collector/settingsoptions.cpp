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

BrokerAddress brokerAddress(const BrokerSetting &broker, const std::string &password)
{
    BrokerAddress address;
    address.isEncrypted = broker.isEncrypted;
    address.host = broker.host;
    address.port = broker.port;
    address.user = broker.user;
    address.password = password;
    address.client = broker.client;
    address.certificates = broker.isEncrypted ? broker.certificates : std::string();
    for (const TopicSetting &topic : broker.topics)
        address.filters.push_back(topic.filter);
    address.qos = broker.topics.empty() ? 1 : broker.topics.front().qos;
    return address;
}

std::vector<MqttSourceOptions> brokerOptions(const Settings &settings, const SourceSecrets &secrets)
{
    std::vector<MqttSourceOptions> sources;
    for (const BrokerSetting &broker : settings.brokers) {
        if (broker.isPaused)
            continue;
        const auto password = secrets.passwords.find(broker.name);
        const BrokerAddress whole = brokerAddress(broker, password == secrets.passwords.end() ? std::string() : password->second);
        MqttSourceOptions &source = sources.emplace_back();
        source.id = std::string(DoorSight::kMqtt) + broker.name;
        source.mapping = broker.mapping;
        source.isSessionKept = broker.isSessionKept;
        for (const int qos : {1, 0}) {
            BrokerAddress address = whole;
            address.qos = qos;
            address.filters.clear();
            for (const TopicSetting &topic : broker.topics) {
                if (topic.qos == qos)
                    address.filters.push_back(topic.filter);
            }
            if (address.filters.empty())
                continue;
            if (!source.brokers.empty() && !address.client.empty())
                address.client += "-0"; // one session each
            source.brokers.push_back(std::move(address));
        }
    }
    return sources;
}

FollowTarget followTarget(const FollowSetting &follow)
{
    FollowTarget target;
    target.id = std::string(DoorSight::kFollow) + follow.name;
    target.path = follow.path;
    target.form.product = follow.product;
    target.form.mapping.columns = follow.columns;
    target.form.isTable = follow.format != FollowSetting::Format::Json;
    target.isTableByName = follow.format == FollowSetting::Format::Auto;
    return target;
}

std::vector<FollowTarget> followTargets(const Settings &settings)
{
    std::vector<FollowTarget> targets;
    for (const FollowSetting &follow : settings.followed) {
        if (!follow.isPaused)
            targets.push_back(followTarget(follow));
    }
    return targets;
}

Retention retentionOf(const Settings &settings, const std::filesystem::path &cache)
{
    Retention retention;
    retention.age = settings.keepAge;
    retention.bytes = settings.keepSize ? *settings.keepSize : defaultRetention(cache).bytes;
    return retention;
}

void applySettings(const Settings &settings, const SourceSecrets &secrets, CollectorOptions &options)
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
        options.http->token = secrets.token;
    }
    if (options.grpc) {
        options.grpc->allowedHosts = hosts;
        options.grpc->token = secrets.token;
    }
    options.scrape = scrapeOptions(settings);
    options.brokers = brokerOptions(settings, secrets);
    options.followed = followTargets(settings);
    options.retention = retentionOf(settings, options.cache);
    options.paused.clear();
    for (const auto &[id, endpoint] : {std::pair(DoorSight::kOtlpHttp, &settings.otlpHttp), std::pair(DoorSight::kOtlpGrpc, &settings.otlpGrpc),
                                       std::pair(DoorSight::kStatsd, &settings.statsd)}) {
        if (endpoint->isPaused)
            options.paused.emplace_back(id);
    }
}

} // namespace telltale
