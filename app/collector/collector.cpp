// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/collector/collector.h"

#include "app/collector/brokerdoors.h"
#include "app/collector/cachesink.h"
#include "models/grouping/errorgrouping.h"
#include "models/ingest/door.h"
#include "models/ingest/rulefile.h"
#include "models/sources/http/httpserver.h"

#include <chrono>
#include <mutex>
#include <utility>

namespace telltale {
namespace {

/// Turns a growing total into a rate, whoever asks and however often.
class RateMeter
{
public:
    double rate(std::uint64_t total)
    {
        const auto now = std::chrono::steady_clock::now();
        const std::scoped_lock lock(m_mutex);
        const double seconds = std::chrono::duration<double>(now - m_since).count();
        if (seconds >= kInterval) {
            m_rate = static_cast<double>(total - m_total) / seconds;
            m_total = total;
            m_since = now;
        }
        return m_rate;
    }

private:
    static constexpr double kInterval = 1.0;
    std::mutex m_mutex;
    std::chrono::steady_clock::time_point m_since = std::chrono::steady_clock::now();
    std::uint64_t m_total = 0;
    double m_rate = 0;
};

std::string urlOf(std::string host, std::uint16_t port, const std::string &scheme = "http")
{
    if (host == "localhost" || host == "::1" || host == "[::1]")
        host = "127.0.0.1"; // we listen on both families
    if (host.find(':') != std::string::npos && host.front() != '[')
        host = "[" + host + "]";
    return scheme + "://" + host + ":" + std::to_string(port);
}

} // namespace

/// Members are destroyed in reverse: first the server, which needs the pipeline, which needs the sink.
class Collector::Private
{
public:
    std::unique_ptr<CacheSink> sink;
    std::unique_ptr<Pipeline> pipeline;
    std::unique_ptr<Door> httpDoor, grpcDoor, statsdDoor;
    std::unique_ptr<HttpServer> http;
    std::unique_ptr<GrpcServer> grpc;
    std::unique_ptr<UdpReceiver> statsd;
    std::unique_ptr<MetricScraper> scraper;
    std::unique_ptr<FileFollower> follower;
    std::unique_ptr<MqttSources> mqtt;
    std::unique_ptr<BrokerDoors> brokers;
    std::string grpcProblem, statsdProblem;
    RateMeter rate;
    mutable std::mutex sourceMutex; ///< scraper and follower may be exchanged while somebody asks how they do
};

Collector::Collector(CollectorOptions options)
    : m_options(std::move(options))
    , d(std::make_unique<Private>())
{}

Collector::~Collector()
{
    stop();
}

/// Starts what may be there beside HTTP; when it is optional and can not, the rest runs without it.
template<typename Server>
Result<void> Collector::startBeside(std::unique_ptr<Server> &server, bool isOptional, std::string &problem)
{
    const auto port = server->start();
    if (port)
        return {};
    const Error error = port.error();
    server.reset();
    if (isOptional) {
        problem = error.message;
        return {};
    }
    stop();
    d = std::make_unique<Private>();
    return tl::unexpected(error);
}

Result<void> Collector::start()
{
    if (m_isRunning)
        return {};
    CacheOptions cache;
    cache.path = m_options.cache;
    cache.groupingVersion = kErrorGroupingVersion;
    cache.retention = m_options.retention;
    auto writer = CacheWriter::open(cache);
    if (!writer)
        return failure(writer.error().code,
                       "Can not write " + m_options.cache.string() + ": " + writer.error().message);
    d->sink = std::make_unique<CacheSink>(std::move(*writer));

    PipelineOptions pipeline;
    pipeline.clock = m_options.clock;
    pipeline.committed = m_options.committed;
    pipeline.mappingRules = rulePathOf(m_options.cache);
    pipeline.openReader = [path = m_options.cache] { return CacheReader::open(path); };
    d->pipeline = std::make_unique<Pipeline>(std::move(pipeline), *d->sink);
    d->pipeline->start();
    for (auto *door : {&d->httpDoor, &d->grpcDoor, &d->statsdDoor})
        *door = std::make_unique<Door>(*d->pipeline);
    for (const std::string &id : m_options.paused)
        setPaused(id, true);

    if (m_options.http) {
        HttpOptions http = *m_options.http;
        http.clock = m_options.clock;
        d->http = std::make_unique<HttpServer>(std::move(http), *d->httpDoor);
        if (const auto port = d->http->start(); !port) {
            const Error error = port.error();
            stop();
            d = std::make_unique<Private>();
            return tl::unexpected(error);
        }
    }
    if (m_options.grpc) {
        GrpcOptions grpc = *m_options.grpc;
        grpc.clock = m_options.clock;
        d->grpc = std::make_unique<GrpcServer>(std::move(grpc), *d->grpcDoor);
        if (const auto started = startBeside(d->grpc, m_options.isGrpcOptional, d->grpcProblem); !started)
            return started;
    }
    if (m_options.statsd) {
        UdpOptions statsd = *m_options.statsd;
        statsd.clock = m_options.clock;
        d->statsd = std::make_unique<UdpReceiver>(std::move(statsd), *d->statsdDoor);
        if (const auto started = startBeside(d->statsd, m_options.isStatsdOptional, d->statsdProblem); !started)
            return started;
    }
    startScraper();
    startFollower();
    if (!m_options.mqtt.brokers.empty()) {
        d->mqtt = std::make_unique<MqttSources>(m_options.mqtt, m_options.cache, m_options.clock, *d->pipeline);
        if (const auto started = d->mqtt->start(); !started) {
            const Error error = started.error();
            stop();
            d = std::make_unique<Private>();
            return tl::unexpected(error);
        }
    }
    d->brokers = std::make_unique<BrokerDoors>(m_options.cache, m_options.clock, *d->pipeline);
    d->brokers->set(m_options.brokers);
    m_isRunning = true;
    return {};
}

void Collector::startScraper()
{
    if (m_options.scrape.targets.empty())
        return;
    ScrapeOptions scrape = m_options.scrape;
    scrape.clock = m_options.clock;
    auto scraper = std::make_unique<MetricScraper>(std::move(scrape), *d->pipeline);
    scraper->start();
    const std::scoped_lock lock(d->sourceMutex);
    d->scraper = std::move(scraper);
}

void Collector::startFollower()
{
    if (m_options.followedFiles.empty() && m_options.followed.empty())
        return;
    FollowOptions follow;
    follow.files = m_options.followedFiles;
    follow.targets = m_options.followed;
    follow.clock = m_options.clock;
    follow.places = [path = m_options.cache]() -> Result<std::vector<Document>> {
        const auto reader = CacheReader::open(path);
        if (!reader)
            return tl::unexpected(reader.error());
        return (*reader)->documents(kFilePlaceKind);
    };
    auto follower = std::make_unique<FileFollower>(std::move(follow), *d->pipeline);
    follower->start();
    const std::scoped_lock lock(d->sourceMutex);
    d->follower = std::move(follower);
}

void Collector::setBrokers(std::vector<MqttSourceOptions> brokers)
{
    m_options.brokers = std::move(brokers);
    if (m_isRunning)
        d->brokers->set(m_options.brokers);
}

void Collector::setFollowed(std::vector<FollowTarget> followed)
{
    if (m_options.followed == followed)
        return;
    m_options.followed = std::move(followed);
    std::unique_ptr<FileFollower> old;
    {
        const std::scoped_lock lock(d->sourceMutex);
        old = std::move(d->follower);
    }
    if (old)
        old->stop();
    if (m_isRunning)
        startFollower();
}

void Collector::setTargets(ScrapeOptions scrape)
{
    m_options.scrape = std::move(scrape);
    std::unique_ptr<MetricScraper> old;
    {
        const std::scoped_lock lock(d->sourceMutex);
        old = std::move(d->scraper);
    }
    if (old)
        old->stop();
    if (m_isRunning)
        startScraper();
}

void Collector::setPaused(std::string_view door, bool isPaused)
{
    for (const auto &[id, known] : {std::pair(DoorSight::kOtlpHttp, d->httpDoor.get()),
                                    std::pair(DoorSight::kOtlpGrpc, d->grpcDoor.get()),
                                    std::pair(DoorSight::kStatsd, d->statsdDoor.get())}) {
        if (id == door && known)
            known->setPaused(isPaused);
    }
}

std::vector<DoorSight> Collector::doors() const
{
    std::vector<DoorSight> all;
    const auto add = [&all](std::string_view id, std::string url, std::string problem, const Door *door) {
        DoorSight sight;
        sight.id = id;
        sight.url = std::move(url);
        sight.problem = std::move(problem);
        if (door) {
            sight.isPaused = door->isPaused();
            sight.requests = door->requests();
            sight.turnedAway = door->turnedAway();
            sight.lastRequest = door->lastRequest();
        }
        all.push_back(std::move(sight));
    };
    if (m_options.http)
        add(DoorSight::kOtlpHttp, httpUrl(), {}, d->httpDoor.get());
    if (m_options.grpc)
        add(DoorSight::kOtlpGrpc, grpcUrl(), d->grpcProblem, d->grpcDoor.get());
    if (m_options.statsd)
        add(DoorSight::kStatsd, statsdUrl(), d->statsdProblem, d->statsdDoor.get());
    const std::scoped_lock lock(d->sourceMutex);
    for (const ScrapeSight &target : d->scraper ? d->scraper->sights() : std::vector<ScrapeSight>()) {
        DoorSight sight;
        sight.id = std::string(DoorSight::kScrape) + target.job;
        sight.url = target.url;
        sight.problem = target.problem;
        sight.requests = target.answers;
        sight.lastRequest = target.lastAnswer;
        all.push_back(std::move(sight));
    }
    for (DoorSight &sight : d->brokers ? d->brokers->sights() : std::vector<DoorSight>())
        all.push_back(std::move(sight));
    for (FollowSight &target : d->follower ? d->follower->sights() : std::vector<FollowSight>()) {
        DoorSight sight;
        sight.id = std::move(target.id);
        sight.problem = std::move(target.problem);
        sight.requests = target.requests;
        sight.lastRequest = target.lastRequest;
        sight.files = target.files;
        all.push_back(std::move(sight));
    }
    return all;
}

std::vector<SourceHealth> Collector::health() const
{
    return d->pipeline ? d->pipeline->health() : std::vector<SourceHealth>();
}

void Collector::stop()
{
    m_isRunning = false;
    if (d->follower)
        d->follower->stop();
    if (d->brokers)
        d->brokers->set({});
    if (d->mqtt)
        d->mqtt->stop();
    if (d->scraper)
        d->scraper->stop();
    if (d->statsd)
        d->statsd->stop();
    if (d->grpc)
        d->grpc->stop();
    if (d->http)
        d->http->stop(); // its last answers come from the pipeline, which still runs
    if (d->pipeline)
        d->pipeline->stop();
    d->follower.reset();
    d->brokers.reset();
    d->mqtt.reset();
    d->scraper.reset();
    d->statsd.reset();
    d->grpc.reset();
    d->http.reset();
    d->httpDoor.reset();
    d->grpcDoor.reset();
    d->statsdDoor.reset();
    d->pipeline.reset();
    d->sink.reset();
}

std::uint16_t Collector::httpPort() const
{
    return d->http ? d->http->port() : std::uint16_t(0);
}

std::string Collector::httpUrl() const
{
    return d->http ? urlOf(m_options.http->host, httpPort()) : std::string();
}

std::string Collector::grpcUrl() const
{
    return d->grpc ? urlOf(m_options.grpc->host, d->grpc->port()) : std::string();
}

std::string Collector::grpcProblem() const
{
    return d->grpcProblem;
}

std::string Collector::statsdUrl() const
{
    return d->statsd ? urlOf(m_options.statsd->host, d->statsd->port(), "udp") : std::string();
}

std::string Collector::statsdProblem() const
{
    return d->statsdProblem;
}

std::vector<std::string> Collector::followedFiles() const
{
    return d->follower ? d->follower->files() : std::vector<std::string>();
}

std::vector<RefusedOrigin> Collector::refusedOrigins() const
{
    return d->http ? d->http->access().refusedOrigins() : std::vector<RefusedOrigin>();
}

std::vector<std::string> Collector::allowedOrigins() const
{
    return d->http ? d->http->access().allowedOrigins() : std::vector<std::string>();
}

Result<void> Collector::allowOrigin(std::string_view origin)
{
    if (!d->http)
        return failure(Error::Code::NotFound, "OTLP/HTTP is off.");
    return d->http->access().allowOrigin(origin);
}

void Collector::disallowOrigin(std::string_view origin)
{
    if (d->http)
        d->http->access().disallowOrigin(origin);
}

RequestHandler &Collector::handler()
{
    return *d->pipeline;
}

void Collector::decide(std::vector<TriageDecision> decisions, std::function<void(Result<void>)> decided)
{
    if (d->pipeline)
        d->pipeline->decide(std::move(decisions), std::move(decided));
    else
        decided(failure(Error::Code::Busy, "nothing is written here"));
}

void Collector::putDocuments(std::vector<DocumentChange> changes, std::function<void(Result<void>)> stored)
{
    if (d->pipeline)
        d->pipeline->putDocuments(std::move(changes), std::move(stored));
    else
        stored(failure(Error::Code::Busy, "nothing is written here"));
}

CollectorStats Collector::stats() const
{
    CollectorStats stats;
    if (d->pipeline) {
        stats.totals = d->pipeline->stats();
        stats.recordsPerSecond = d->rate.rate(stats.totals.records);
    }
    return stats;
}

} // namespace telltale
