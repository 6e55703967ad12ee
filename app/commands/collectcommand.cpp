// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"

#include "app/collector/collector.h"
#include "models/sources/http/accesspolicy.h"
#include "models/telemetry/timeformat.h"
#include "models/telemetry/value.h"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdlib>
#include <cstdio>
#include <unistd.h>

namespace telltale {
namespace {

struct CollectArguments
{
    std::string otlpHttp = "127.0.0.1:4318";
    std::string otlpGrpc; ///< empty: the default port, unless somebody else has it
    std::string statsd;   ///< likewise
    std::vector<std::string> targets;
    std::string scrapeInterval = "15s";
    std::vector<std::string> brokers;
    std::string mqttMapping;
    std::vector<std::string> origins;
    std::vector<std::string> hosts;
    std::string token;
    std::string keepAge, keepSize;
};

/// Signals are waited for rather than handled; blocked before any thread starts, so that all threads inherit it.
class TerminationSignals
{
public:
    TerminationSignals()
    {
        sigemptyset(&m_set);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP})
            sigaddset(&m_set, signal);
        pthread_sigmask(SIG_BLOCK, &m_set, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
        std::signal(SIGXFSZ, SIG_IGN); // a file size limit is like a full disk: an error, not the end
    }
    void wait() const
    {
        int signal = 0;
        while (sigwait(&m_set, &signal) != 0) {
        }
    }

private:
    sigset_t m_set{};
};

MqttSourceOptions mqttOptions(const std::vector<std::string> &brokers, const std::string &mapping)
{
    MqttSourceOptions options;
    for (const std::string &url : brokers) {
        auto broker = parseBrokerAddress(url);
        if (!broker)
            throw CLI::ValidationError("--mqtt", broker.error().message);
        if (const char *password = std::getenv("TELLTALE_MQTT_PASSWORD"); password && broker->password.empty())
            broker->password = password;
        options.brokers.push_back(std::move(*broker));
    }
    options.mapping = mapping;
    options.changed = [](const std::string &problem) {
        if (!problem.empty())
            std::fprintf(stderr, "telltale collect: MQTT: %s; it is tried again\n", problem.c_str());
    };
    return options;
}

CollectorOptions collectorOptions(const CollectArguments &arguments, const GlobalOptions &global)
{
    CollectorOptions options;
    options.cache = global.cache();
    options.clock = global.clock();
    options.retention = parseRetention(arguments.keepAge, arguments.keepSize, options.cache);
    options.grpc.emplace();
    options.isGrpcOptional = arguments.otlpGrpc.empty();
    options.grpc->token = arguments.token;
    options.grpc->allowedHosts = arguments.hosts;
    if (arguments.otlpGrpc == "none")
        options.grpc.reset();
    else if (!arguments.otlpGrpc.empty() &&
             !parseHostAndPort(arguments.otlpGrpc, options.grpc->host, options.grpc->port))
        throw CLI::ValidationError("--otlp-grpc",
                                   "'" + arguments.otlpGrpc + "' is neither HOST:PORT nor none");
    for (const std::string &text : arguments.targets) {
        auto target = parseScrapeTarget(text);
        if (!target)
            throw CLI::ValidationError("--scrape", target.error().message);
        options.scrape.targets.push_back(std::move(*target));
    }
    options.mqtt = mqttOptions(arguments.brokers, arguments.mqttMapping);
    const auto interval = parseDuration(arguments.scrapeInterval);
    if (!interval || *interval < std::chrono::milliseconds(100))
        throw CLI::ValidationError("--scrape-interval",
                                   "'" + arguments.scrapeInterval + "' is no duration of 100ms at least");
    options.scrape.interval = std::chrono::duration_cast<std::chrono::milliseconds>(*interval);
    options.statsd.emplace();
    options.isStatsdOptional = arguments.statsd.empty();
    if (arguments.statsd == "none")
        options.statsd.reset();
    else if (!arguments.statsd.empty() &&
             !parseHostAndPort(arguments.statsd, options.statsd->host, options.statsd->port))
        throw CLI::ValidationError("--statsd", "'" + arguments.statsd + "' is neither HOST:PORT nor none");
    if (arguments.otlpHttp == "none") {
        options.http.reset();
        return options;
    }
    HttpOptions &http = *options.http;
    if (!parseHostAndPort(arguments.otlpHttp, http.host, http.port))
        throw CLI::ValidationError("--otlp-http",
                                   "'" + arguments.otlpHttp + "' is neither HOST:PORT nor none");
    for (const std::string &origin : arguments.origins) {
        if (const auto normal = normalizedOrigin(origin); !normal)
            throw CLI::ValidationError("--allow-origin", normal.error().message);
    }
    http.allowedOrigins = arguments.origins;
    http.allowedHosts = arguments.hosts;
    http.token = arguments.token;
    return options;
}

Value urlOrNull(const std::string &url)
{
    return url.empty() ? Value() : Value(url);
}

Value brokersOf(const CollectorOptions &options)
{
    Value::Array places;
    for (const BrokerAddress &broker : options.mqtt.brokers)
        places.emplace_back(broker.place());
    return places.empty() ? Value() : Value(std::move(places));
}

int collect(const CollectArguments &arguments, const GlobalOptions &global)
{
    if (arguments.otlpHttp == "none" && arguments.otlpGrpc == "none" && arguments.targets.empty() && arguments.brokers.empty() &&
        (arguments.statsd == "none" || arguments.statsd.empty()))
        throw CLI::ValidationError("--otlp-http", "with OTLP/HTTP and OTLP/gRPC off there is nothing to receive");
    const CollectorOptions options = collectorOptions(arguments, global);

    const TerminationSignals signals;
    Collector collector(options);
    if (const auto started = collector.start(); !started) {
        std::fprintf(stderr, "telltale collect: %s\n", started.error().message.c_str());
        return started.error().code == Error::Code::InvalidArgument ? ExitWrongUse : ExitFailed;
    }
    if (!collector.grpcProblem().empty())
        std::fprintf(stderr, "telltale collect: without OTLP/gRPC: %s\n", collector.grpcProblem().c_str());
    if (!collector.statsdProblem().empty())
        std::fprintf(stderr, "telltale collect: without StatsD: %s\n", collector.statsdProblem().c_str());
    const Value ready = Value::Map{{"ready", true},
                                   {"otlp_http", urlOrNull(collector.httpUrl())},
                                   {"otlp_grpc", urlOrNull(collector.grpcUrl())},
                                   {"statsd", urlOrNull(collector.statsdUrl())},
                                   {"mqtt", brokersOf(options)},
                                   {"cache", options.cache.string()},
                                   {"pid", std::int64_t(getpid())}};
    std::printf("%s\n", toJson(ready).c_str());
    std::fflush(stdout);
    signals.wait();
    collector.stop();
    return ExitDone;
}

} // namespace

void addCollectCommand(CLI::App &app, const GlobalOptions &global, Run &run)
{
    auto arguments = std::make_shared<CollectArguments>();
    CLI::App *command =
        app.add_subcommand("collect", "Receives telemetry without a window until it is stopped");
    command
        ->add_option("--otlp-http", arguments->otlpHttp,
                     "HOST:PORT to receive OTLP/HTTP on (port 0: any free one), or none")
        ->capture_default_str();
    command->add_option("--otlp-grpc", arguments->otlpGrpc, "HOST:PORT to receive OTLP/gRPC on (port 0: any free one), or none [127.0.0.1:4317]");
    command->add_option("--statsd", arguments->statsd,
                        "HOST:PORT of this machine to receive StatsD and DogStatsD datagrams on, or none [127.0.0.1:8125]");
    command
        ->add_option("--scrape", arguments->targets,
                     "[JOB=]URL of a Prometheus or OpenMetrics target to ask for its metrics (repeatable)")
        ->allow_extra_args(false);
    command->add_option("--scrape-interval", arguments->scrapeInterval, "How often: 15s, 1m")->capture_default_str();
    command
        ->add_option("--mqtt", arguments->brokers,
                     "A broker to listen to: mqtt[s]://[USER@]HOST[:PORT]/TOPIC[?qos=0|1&client=ID&ca=FILE], + and # in the topic "
                     "as MQTT has them; the password comes from TELLTALE_MQTT_PASSWORD (repeatable)")
        ->allow_extra_args(false);
    command->add_option("--mqtt-mapping", arguments->mqttMapping,
                        "A file of JSON that says what messages are; read again when it changes. See telltale mapping preview-mqtt --help");
    command
        ->add_option("--allow-origin", arguments->origins,
                     "A web page that may send: http://localhost:3000 (repeatable)")
        ->allow_extra_args(false);
    command
        ->add_option("--allow-host", arguments->hosts,
                     "Another name in the Host header: NAME or NAME:PORT (repeatable)")
        ->allow_extra_args(false);
    command
        ->add_option(
            "--token", arguments->token,
            "Every request must carry it: Authorization: Bearer, or x-api-key. Needed beyond this machine")
        ->envname("TELLTALE_TOKEN");
    addRetentionOptions(*command, arguments->keepAge, arguments->keepSize);
    command->callback(
        [arguments, &global, &run] { run = [arguments, &global] { return collect(*arguments, global); }; });
}

} // namespace telltale
