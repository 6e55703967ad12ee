// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"

#include "app/collector/collector.h"
#include "app/collector/settingsoptions.h"
#include "app/secrets/tokenreading.h"
#include "models/settings/settingsfile.h"
#include "models/sources/http/accesspolicy.h"
#include "models/telemetry/timeformat.h"
#include "models/telemetry/value.h"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdlib>
#include <cstdio>
#include <filesystem>
#include <unistd.h>

namespace telltale {
namespace {

struct CollectArguments
{
    std::string settings; ///< a file; empty: defaults
    // Empty: as the settings say, or by default. What is given here wins.
    std::string otlpHttp, otlpGrpc, statsd;
    std::vector<std::string> targets;
    std::string scrapeInterval = "15s";
    std::vector<std::string> followed;
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

/// HOST:PORT or none, where it was given.
template<typename Options>
bool takeEndpoint(const char *option, const std::string &text, std::optional<Options> &endpoint)
{
    if (text.empty())
        return false;
    if (text == "none") {
        endpoint.reset();
        return true;
    }
    if (!endpoint)
        endpoint.emplace();
    if (!parseHostAndPort(text, endpoint->host, endpoint->port))
        throw CLI::ValidationError(option, "'" + text + "' is neither HOST:PORT nor none");
    return true;
}

/// What the settings say, with their problems on stderr.
Settings readSettings(const CollectArguments &arguments, const GlobalOptions &global, SourceSecrets &secrets)
{
    if (arguments.settings.empty())
        return {};
    auto loaded = loadSettings(arguments.settings);
    if (!loaded)
        throw CLI::ValidationError("--settings", loaded.error().message);
    for (const SettingsProblem &problem : loaded->problems)
        std::fprintf(stderr, "telltale collect: %s: %s: %s\n", arguments.settings.c_str(), problem.place.c_str(), problem.sentence.c_str());
    if (arguments.token.empty()) {
        auto kept = readSecretNow(kTokenName, loaded->settings.token, arguments.settings, global.argc, global.argv);
        if (!kept)
            throw CLI::ValidationError("--settings", "the token is not there: " + kept.error().message);
        secrets.token = std::move(*kept);
    }
    for (const BrokerSetting &broker : loaded->settings.brokers) {
        if (broker.isPaused || broker.password == TokenPlace::None)
            continue;
        auto kept = readSecretNow(passwordNameOf(broker.name), broker.password, arguments.settings, global.argc, global.argv);
        if (kept)
            secrets.passwords[broker.name] = std::move(*kept);
        else // the broker says what it thinks of none; the rest runs
            std::fprintf(stderr, "telltale collect: the password of the broker %s is not there: %s\n", broker.name.c_str(), kept.error().message.c_str());
    }
    return std::move(loaded->settings);
}

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
    SourceSecrets secrets;
    secrets.token = arguments.token;
    const Settings settings = readSettings(arguments, global, secrets);
    const std::string &token = secrets.token;
    applySettings(settings, secrets, options);
    if (!arguments.keepAge.empty() || !arguments.keepSize.empty() || arguments.settings.empty())
        options.retention = parseRetention(arguments.keepAge, arguments.keepSize, options.cache);

    takeEndpoint("--otlp-http", arguments.otlpHttp, options.http);
    options.isGrpcOptional = !takeEndpoint("--otlp-grpc", arguments.otlpGrpc, options.grpc);
    options.isStatsdOptional = !takeEndpoint("--statsd", arguments.statsd, options.statsd);
    const auto interval = parseDuration(arguments.scrapeInterval);
    if (!interval || *interval < std::chrono::milliseconds(100))
        throw CLI::ValidationError("--scrape-interval",
                                   "'" + arguments.scrapeInterval + "' is no duration of 100ms at least");
    options.scrape.interval = std::chrono::duration_cast<std::chrono::milliseconds>(*interval);
    for (const std::string &text : arguments.targets) {
        auto target = parseScrapeTarget(text);
        if (!target)
            throw CLI::ValidationError("--scrape", target.error().message);
        options.scrape.targets.push_back(std::move(*target));
    }
    options.mqtt = mqttOptions(arguments.brokers, arguments.mqttMapping);
    for (const std::string &file : arguments.followed) {
        std::error_code problem;
        if (file.empty() || std::filesystem::is_directory(file, problem))
            throw CLI::ValidationError("--follow", "'" + file + "' is no file");
    }
    options.followedFiles = arguments.followed;
    for (const std::string &origin : arguments.origins) {
        if (const auto normal = normalizedOrigin(origin); !normal)
            throw CLI::ValidationError("--allow-origin", normal.error().message);
    }
    if (options.grpc) {
        options.grpc->token = token;
        options.grpc->allowedHosts.insert(options.grpc->allowedHosts.end(), arguments.hosts.begin(), arguments.hosts.end());
    }
    if (options.http) {
        HttpOptions &http = *options.http;
        http.token = token;
        http.allowedOrigins.insert(http.allowedOrigins.end(), arguments.origins.begin(), arguments.origins.end());
        http.allowedHosts.insert(http.allowedHosts.end(), arguments.hosts.begin(), arguments.hosts.end());
    }
    return options;
}

Value urlOrNull(const std::string &url)
{
    return url.empty() ? Value() : Value(url);
}

Value brokersOf(const CollectorOptions &options)
{
    Value::Array places;
    for (const MqttSourceOptions &source : options.brokers) {
        if (!source.brokers.empty())
            places.emplace_back(source.brokers.front().place());
    }
    for (const BrokerAddress &broker : options.mqtt.brokers)
        places.emplace_back(broker.place());
    return places.empty() ? Value() : Value(std::move(places));
}

int collect(const CollectArguments &arguments, const GlobalOptions &global)
{
    const TerminationSignals signals; // a keychain starts threads, too
    const CollectorOptions options = collectorOptions(arguments, global);
    // StatsD alone is something only for somebody who asked for it.
    if (!options.http && !options.grpc && options.scrape.targets.empty() && options.followedFiles.empty() && options.mqtt.brokers.empty() &&
        options.brokers.empty() && options.followed.empty() && (!options.statsd || options.isStatsdOptional))
        throw CLI::ValidationError("--otlp-http", "with OTLP/HTTP and OTLP/gRPC off there is nothing to receive");

    Collector collector(options);
    if (const auto started = collector.start(); !started) {
        std::fprintf(stderr, "telltale collect: %s\n", started.error().message.c_str());
        return started.error().code == Error::Code::InvalidArgument ? ExitWrongUse : ExitFailed;
    }
    if (!collector.grpcProblem().empty())
        std::fprintf(stderr, "telltale collect: without OTLP/gRPC: %s\n", collector.grpcProblem().c_str());
    if (!collector.statsdProblem().empty())
        std::fprintf(stderr, "telltale collect: without StatsD: %s\n", collector.statsdProblem().c_str());
    Value::Array followed;
    for (const std::string &file : collector.followedFiles())
        followed.emplace_back(file);
    for (const FollowTarget &target : options.followed)
        followed.emplace_back(target.path);
    const Value ready = Value::Map{{"ready", true},
                                   {"otlp_http", urlOrNull(collector.httpUrl())},
                                   {"otlp_grpc", urlOrNull(collector.grpcUrl())},
                                   {"statsd", urlOrNull(collector.statsdUrl())},
                                   {"followed", std::move(followed)},
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
    command->add_option("--settings", arguments->settings,
                        "A settings file as the window writes it (~/.config/telltale/telltale.ini); what is given here wins");
    command->add_option("--otlp-http", arguments->otlpHttp,
                        "HOST:PORT to receive OTLP/HTTP on (port 0: any free one), or none [127.0.0.1:4318]");
    command->add_option("--otlp-grpc", arguments->otlpGrpc, "HOST:PORT to receive OTLP/gRPC on (port 0: any free one), or none [127.0.0.1:4317]");
    command->add_option("--statsd", arguments->statsd,
                        "HOST:PORT of this machine to receive StatsD and DogStatsD datagrams on, or none [127.0.0.1:8125]");
    command
        ->add_option("--scrape", arguments->targets,
                     "[JOB=]URL of a Prometheus or OpenMetrics target to ask for its metrics (repeatable)")
        ->allow_extra_args(false);
    command->add_option("--scrape-interval", arguments->scrapeInterval, "How often: 15s, 1m")->capture_default_str();
    command
        ->add_option("--follow", arguments->followed,
                     "FILE[,FILE...] that lines of JSON are appended to, OTLP or one's own as import takes them: they are read as they "
                     "come, across rotation, each once also over restarts (repeatable)")
        ->delimiter(',')
        ->allow_extra_args(false);
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
