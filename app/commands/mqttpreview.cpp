// SPDX-License-Identifier: GPL-3.0-or-later
// What messages of a broker would become, by a mapping that is being written: nothing is stored.
#include "app/commands/command.h"

#include "app/collector/mqttsources.h"
#include "models/preview/mqttpreview.h"
#include "models/sources/mqtt/mqttclient.h"
#include "models/telemetry/value.h"

#include <CLI/CLI.hpp>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <poll.h>

namespace telltale {
namespace {

struct PreviewLine
{
    std::string broker, mapping, topic, payload;
    std::size_t count = 0; ///< 0: until it is stopped
};

std::atomic<bool> isInterrupted = false;

constexpr std::size_t kShownPayload = 500;
constexpr int kTick = 250;

int fail(const std::string &message, int code)
{
    std::fprintf(stderr, "telltale mapping preview-mqtt: %s\n", message.c_str());
    return code;
}

/// One line of JSON: the message, what becomes of it, and why something does not.
void show(const SeenMessage &message, const std::string &mapping)
{
    MessagePreview preview = previewMessage(mapping, message);
    Value::Map line{{"topic", Value(message.topic)},
                    {"payload", Value(message.payload.substr(0, kShownPayload))},
                    {"rule", preview.rule ? Value(preview.pattern) : Value()},
                    {"records", Value(std::move(preview.records))}};
    Value::Array remarks;
    for (const std::string &remark : preview.remarks)
        remarks.emplace_back(remark);
    if (!remarks.empty())
        line.emplace_back("remarks", Value(std::move(remarks)));
    std::printf("%s\n", toJson(Value(std::move(line))).c_str());
    std::fflush(stdout);
}

int listen(const PreviewLine &line, MappingFile &mapping)
{
    auto broker = parseBrokerAddress(line.broker);
    if (!broker)
        throw CLI::ValidationError("BROKER", broker.error().message);
    if (const char *password = std::getenv("TELLTALE_MQTT_PASSWORD"); password && broker->password.empty())
        broker->password = password;
    broker->client.clear(); // the session of a collector is not ours to take
    std::signal(SIGINT, [](int) { isInterrupted = true; });
    std::signal(SIGTERM, [](int) { isInterrupted = true; });
    std::signal(SIGPIPE, SIG_IGN);
    auto client = MqttClient::connect(*broker, MqttSession::Passing, isInterrupted);
    if (!client)
        return isInterrupted ? ExitDone : fail(broker->place() + ": " + client.error().message, ExitFailed);
    bool isSubscribed = false;
    std::size_t seen = 0;
    while (!isInterrupted && (line.count == 0 || seen < line.count)) {
        MqttClient &c = **client;
        pollfd polled{c.socket(), short(c.wantsWrite() ? POLLIN | POLLOUT : POLLIN), 0};
        ::poll(&polled, 1, kTick);
        Result<void> done;
        if ((polled.revents & (POLLIN | POLLHUP | POLLERR)) != 0)
            done = c.read();
        if (done && c.wantsWrite())
            done = c.write();
        if (done)
            done = c.tend();
        if (!done)
            return fail(broker->place() + ": " + done.error().message, ExitFailed);
        if (c.isAccepted() && !std::exchange(isSubscribed, true)) {
            c.subscribe(broker->filters, 0);
            std::fprintf(stderr, "Listening at %s to %s; nothing is stored. Ctrl+C ends it.\n",
                         broker->place().c_str(), broker->filters.front().c_str());
        }
        if (c.takeRefusals() > 0)
            return fail(broker->place() + ": the broker does not let us subscribe to " +
                            broker->filters.front(),
                        ExitFailed);
        for (const ArrivedMessage &message : std::exchange(c.messages(), {})) {
            bool isRefused = false;
            const std::string text = mapping.current(isRefused);
            if (isRefused)
                std::fputs("The mapping file is none now; the one before is used.\n", stderr);
            if (line.count == 0 || seen++ < line.count)
                show({message.topic, message.payload, message.isRetained}, text);
        }
    }
    return ExitDone;
}

int preview(const PreviewLine &line)
{
    MappingFile mapping(line.mapping);
    if (const auto loaded = mapping.load(); !loaded)
        return fail(loaded.error().message,
                    loaded.error().code == Error::Code::InvalidArgument ? ExitWrongUse : ExitFailed);
    if (line.broker.empty() == line.topic.empty())
        throw CLI::ValidationError("preview-mqtt",
                                   "say either a BROKER to listen to, or --topic and --payload");
    if (!line.broker.empty())
        return listen(line, mapping);
    bool isRefused = false;
    const std::string text = mapping.current(isRefused);
    show({line.topic, line.payload, false}, text);
    return ExitDone;
}

} // namespace

void addMqttPreviewCommand(CLI::App &mapping, Run &run)
{
    const auto line = std::make_shared<PreviewLine>();
    CLI::App *command = mapping.add_subcommand(
        "preview-mqtt", "Listens to a broker and says what each message would become; stores nothing");
    command->add_option("BROKER", line->broker, "mqtt[s]://[USER@]HOST[:PORT]/TOPIC");
    command->add_option("--mapping", line->mapping, "The file of JSON; read again when it changes");
    command->add_option("--count", line->count, "Ends after so many messages");
    command->add_option("--topic", line->topic, "Instead of a broker: the topic of a message");
    command->add_option("--payload", line->payload, "And its payload");
    command->footer("A mapping is JSON, the first rule whose topic matches holds, topics without a rule are "
                    "read by the default table (telltale mapping mqtt):\n"
                    "{\"topics\": [\n"
                    "  {\"topic\": \"plant/{product}/{device}/climate\", \"time\": \"/ts\", \"attributes\": "
                    "{\"room\": \"/place/room\"},\n"
                    "   \"metrics\": [{\"metric\": \"temperature\", \"value\": \"/t\", \"unit\": \"Cel\"}, "
                    "{\"metric\": \"humidity\", \"value\": \"/rh\"}]},\n"
                    "  {\"topic\": \"app/{product}/events\", \"event\": \"/type\", \"user\": \"/who\", "
                    "\"session\": \"/run\", \"attributes\": \"/props\"},\n"
                    "  {\"topic\": \"plant/+/debug/#\", \"ignore\": true}]}\n"
                    "+ is any level of a topic, {name} one that is given a name, # the rest. What begins "
                    "with / is a JSON pointer into the payload, \"\" is all\n"
                    "of it, anything else a text, in which {name} is that level. Beside these: product, "
                    "environment, release, os, device, country, user,\n"
                    "session, screen, feature. telltale collect --mqtt-mapping FILE takes the file, and "
                    "reads it again when it changes.");
    command->callback([line, &run] { run = [line] { return preview(*line); }; });
}

} // namespace telltale
