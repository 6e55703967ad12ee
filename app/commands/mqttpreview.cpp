// SPDX-License-Identifier: GPL-3.0-or-later
// What messages of a broker would become, by a mapping that is being written: nothing is stored.
#include "app/commands/command.h"

#include "app/collector/mqttsources.h"
#include "models/protocols/mqtt/mqttdecoder.h"
#include "models/protocols/mqtt/mqttmapping.h"
#include "models/protocols/mqtt/mqttmessage.h"
#include "models/sources/mqtt/mqttclient.h"
#include "models/telemetry/filterfields.h"
#include "models/telemetry/timeformat.h"

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

void addText(Value::Map &map, const char *key, std::string_view text)
{
    if (!text.empty())
        map.emplace_back(key, Value(text));
}

Value recordOf(const RecordBatch &batch, std::size_t row)
{
    const Record record = batch.at(row);
    const Origin &origin = batch.origins[record.origin];
    Value::Map map{{"kind", Value(recordKindName(record.kind))}};
    addText(map, "name", batch.text(record.name));
    if (record.kind == RecordKind::MetricPoint) {
        const MetricDetail &metric = batch.metrics[record.detail];
        map.emplace_back("value", Value(metric.value));
        addText(map, "unit", batch.text(metric.unit));
    }
    if (record.kind == RecordKind::Error) {
        addText(map, "type", batch.text(batch.errors[record.detail].type));
        addText(map, "message", batch.text(batch.errors[record.detail].message));
    }
    map.emplace_back("time", Value(formatRfc3339(record.time)));
    addText(map, "feature", batch.text(record.feature));
    addText(map, "screen", batch.text(record.screen));
    addText(map, "user", batch.text(record.user));
    addText(map, "session", batch.text(record.session));
    addText(map, "product", batch.text(origin.product));
    addText(map, "release", batch.text(origin.release));
    addText(map, "environment", batch.text(origin.environment));
    addText(map, "device", batch.text(origin.device));
    Value::Map attributes;
    for (const Attribute &attribute : batch.attributesOf(row)) {
        const std::string_view key = batch.text(attribute.key);
        if (key == fieldkey::kBody)
            map.emplace_back("body", batch.valueOf(attribute));
        else if (!fieldkey::isField(key))
            attributes.emplace_back(std::string(key), batch.valueOf(attribute));
    }
    if (!attributes.empty())
        map.emplace_back("attributes", Value(std::move(attributes)));
    return map;
}

/// One line of JSON: the message, what becomes of it, and why something does not.
void show(const MqttMessage &message, const std::string &mapping, const std::string &rule)
{
    MqttBody body(mapping);
    body.add(message);
    ProtocolRequest request;
    request.body = body.text();
    request.arrival = SystemClock().now();
    RecordBatch batch;
    ProtocolReport report;
    const auto decoded = decodeMqtt(request, batch, report);
    Value::Array records, remarks;
    for (std::size_t row = 0; decoded && row < batch.size(); ++row)
        records.push_back(recordOf(batch, row));
    for (const auto &[counter, count] : report.counters.entries())
        remarks.emplace_back(counterInfo(counter) ? counterInfo(counter)->help : counter);
    Value::Map line{{"topic", Value(message.topic)},
                    {"payload", Value(message.payload.substr(0, kShownPayload))},
                    {"rule", rule.empty() ? Value() : Value(rule)},
                    {"records", Value(std::move(records))}};
    if (!remarks.empty())
        line.emplace_back("remarks", Value(std::move(remarks)));
    std::printf("%s\n", toJson(Value(std::move(line))).c_str());
    std::fflush(stdout);
}

/// The pattern of the rule a topic falls under.
std::string ruleOf(const std::string &mapping, std::string_view topic)
{
    const auto parsed = MqttMapping::parse(mapping);
    TopicLevels levels;
    const MqttRule *rule = parsed ? parsed->ruleFor(topic, levels) : nullptr;
    return rule ? rule->topic.text() : std::string();
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
                show({{}, message.topic, message.payload, message.isRetained}, text,
                     ruleOf(text, message.topic));
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
    show({{}, line.topic, line.payload, false}, text, ruleOf(text, line.topic));
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
