// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/collector/doorsight.h"
#include "app/collector/mqttsources.h"
#include "models/ingest/pipeline.h"
#include "models/sources/file/filefollower.h"
#include "models/sources/grpc/grpcserver.h"
#include "models/sources/http/accesspolicy.h"
#include "models/sources/http/httpoptions.h"
#include "models/sources/scrape/metricscraper.h"
#include "models/sources/udp/udpreceiver.h"
#include "models/store/cachewriter.h"
#include "models/telemetry/sourcehealth.h"
#include "models/telemetry/result.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace telltale {

struct CollectorOptions
{
    std::filesystem::path cache;
    std::optional<HttpOptions> http = HttpOptions();                      ///< nothing: OTLP/HTTP is off
    std::optional<GrpcOptions> grpc;                                      ///< nothing: OTLP/gRPC is off
    bool isGrpcOptional = false; ///< when its port is taken, the rest runs without; grpcProblem() says why
    std::optional<UdpOptions> statsd;                                     ///< nothing: StatsD is off
    bool isStatsdOptional = false; ///< as isGrpcOptional; statsdProblem() says why
    MqttSourceOptions mqtt;        ///< without brokers none is listened to; a mapping that is none ends the start
    std::vector<MqttSourceOptions> brokers; ///< as mqtt, but each is a door by its id, and its problems end nothing
    ScrapeOptions scrape;          ///< without targets nobody is asked
    std::vector<std::string> paused; ///< ids of receivers that begin closed, see DoorSight
    std::vector<std::string> followedFiles; ///< lines of JSON are read from their ends as they grow
    std::vector<FollowTarget> followed;     ///< likewise, each a door by its id
    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>(); ///< times of arrival
    Retention retention;                                                  ///< what the cache keeps to
    /// Called on the writer thread after each commit that stored records. Must not block; post it on.
    std::function<void(const CommitReport &)> committed;
};

struct CollectorStats
{
    PipelineStats totals;        ///< since the start
    double recordsPerSecond = 0; ///< stored, over the last second or two
};

/// Owns the whole way in: HTTP server, pipeline and the cache's writer. Opens the cache, listens, and closes both in the
/// order that loses nothing. All functions but start() and stop() may be called from any thread.
class Collector
{
public:
    explicit Collector(CollectorOptions options);
    ~Collector(); ///< stops
    Collector(const Collector &) = delete;
    Collector &operator=(const Collector &) = delete;

    /// Errors: Busy (another process writes the cache, or the port is taken; the message names who), InvalidArgument (a
    /// network address without a token, a bad origin), Unsupported and Damaged (the cache), Io. After an error nothing
    /// runs and the cache is closed.
    Result<void> start();
    /// Stops accepting, commits and answers what was accepted, closes the cache. Idempotent.
    void stop();
    bool isRunning() const { return m_isRunning; }

    std::uint16_t httpPort() const; ///< 0 when off
    std::string httpUrl() const;    ///< "http://127.0.0.1:4318"; empty when off
    std::string grpcUrl() const;    ///< "http://127.0.0.1:4317"; empty when off
    std::string grpcProblem() const; ///< why it is off though it was asked for; empty when it is not

    std::string statsdUrl() const;     ///< "udp://127.0.0.1:8125"; empty when off
    std::string statsdProblem() const; ///< as grpcProblem()

    std::vector<std::string> followedFiles() const; ///< absolute

    std::vector<RefusedOrigin> refusedOrigins() const; ///< web pages that knocked, the latest first
    std::vector<std::string> allowedOrigins() const;
    Result<void> allowOrigin(std::string_view origin);
    void disallowOrigin(std::string_view origin);
    CollectorStats stats() const;
    /// What there is to come in through, in a fixed order: receivers that are on, targets, brokers, files.
    std::vector<DoorSight> doors() const;
    /// Closes a receiver for a while, or opens it again; see Door. Unknown ids are none's business.
    void setPaused(std::string_view door, bool isPaused);
    /// Asks other targets from now on. Waits for what is on its way; on the thread of start() and stop().
    void setTargets(ScrapeOptions scrape);
    /// Listens to these brokers from now on; those that stay as they are do not notice. As setTargets().
    void setBrokers(std::vector<MqttSourceOptions> brokers);
    /// Follows these from now on, each from where it was left. As setTargets().
    void setFollowed(std::vector<FollowTarget> followed);
    std::vector<SourceHealth> health() const; ///< see Pipeline::health()
    /// Takes requests from elsewhere in this process. Not owned; until stop().
    RequestHandler &handler();
    /// As Pipeline::decide(); Busy when it is not running.
    void decide(std::vector<TriageDecision> decisions, std::function<void(Result<void>)> decided);
    /// As Pipeline::putDocuments(), likewise.
    void putDocuments(std::vector<DocumentChange> changes, std::function<void(Result<void>)> stored);

private:
    class Private;
    template<typename Server>
    Result<void> startBeside(std::unique_ptr<Server> &server, bool isOptional, std::string &problem);
    void startScraper();
    void startFollower();

    CollectorOptions m_options;
    std::unique_ptr<Private> d;
    bool m_isRunning = false;
};

} // namespace telltale
