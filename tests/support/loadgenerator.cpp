// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/loadgenerator.h"

#include "models/telemetry/value.h"

#include <protozero/pbf_writer.hpp>

namespace telltale::test {
namespace {

constexpr std::uint64_t kMostLateSeconds = 2 * 24 * 3600;

const Value::Map &resourceAttributes()
{
    static const Value::Map attributes{
        {"service.name", "stride"},
        {"service.version", "4.1.0"},
        {"deployment.environment.name", "production"},
        {"os.name", "Android"},
        {"device.model.identifier", "Pixel 9"},
        {"geo.country.iso_code", "DE"},
    };
    return attributes;
}

void addAttributes(protozero::pbf_writer &writer, protozero::pbf_tag_type tag, const Value::Map &attributes)
{
    for (const auto &[key, value] : attributes) {
        protozero::pbf_writer pair(writer, tag);
        pair.add_string(1, key);
        pair.add_message(2, encodeAnyValue(value));
    }
}

void appendAttributes(std::string &out, const Value::Map &attributes)
{
    out += "\"attributes\":[";
    for (const auto &[key, value] : attributes) {
        if (out.back() != '[')
            out += ',';
        out += "{\"key\":";
        appendJsonString(out, key);
        out += ",\"value\":{";
        if (value.as<std::string>())
            out += "\"stringValue\":";
        else if (value.as<bool>())
            out += "\"boolValue\":";
        else if (value.as<std::int64_t>())
            out += "\"intValue\":";
        else
            out += "\"doubleValue\":";
        appendJson(out, value);
        out += "}}";
    }
    out += ']';
}

} // namespace

struct LoadGenerator::Event
{
    std::int64_t time = 0;
    std::string name;
    Value::Map attributes;
};

LoadGenerator::LoadGenerator(LoadShape shape, std::uint64_t seed)
    : m_shape(shape)
    , m_state(seed)
{}

std::uint64_t LoadGenerator::random()
{
    // splitmix64
    std::uint64_t z = m_state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

LoadGenerator::Event LoadGenerator::nextEvent()
{
    const std::uint64_t user = random() % m_shape.users;
    const std::uint64_t feature = random() % m_shape.features;
    const std::uint64_t screen = random() % m_shape.screens;
    Event event;
    event.time = m_shape.start.ns + static_cast<std::int64_t>(m_made) * m_shape.stepNs;
    if (m_shape.latePercent > 0 && random() % 100 < m_shape.latePercent)
        event.time -= static_cast<std::int64_t>(1 + random() % kMostLateSeconds) * 1'000'000'000;
    const bool isScreenView = random() % 10 == 0;
    event.name = isScreenView ? "app.screen.view" : "stride.feature." + std::to_string(feature);
    event.attributes = {
        {"session.id", Value("session-" + std::to_string(100'000 + user))},
        {"user.id", Value("user-" + std::to_string(100'000 + user))},
        {"app.screen.name", Value("screen " + std::to_string(screen))},
        {"app.plan", user % 3 == 0 ? "team" : "free"},
        {"app.build", std::int64_t{4100}},
        {isScreenView ? "app.screen.dwell_time_ms" : "stride.use_count",
         static_cast<std::int64_t>(random() % 60'000)},
        {"stride.weight_kg", 50 + static_cast<double>(random() % 600) / 10},
        {"app.is_online", user % 2 == 0},
    };
    ++m_made;
    return event;
}

std::string LoadGenerator::nextProtobuf()
{
    std::string scopeMessage;
    protozero::pbf_writer scopeLogs(scopeMessage);
    {
        protozero::pbf_writer scope(scopeLogs, 1);
        scope.add_string(1, "com.example.stride");
        scope.add_string(2, "1.3.0");
    }
    for (std::size_t i = 0; i < m_shape.records; ++i) {
        const Event event = nextEvent();
        protozero::pbf_writer record(scopeLogs, 2);
        record.add_fixed64(1, static_cast<std::uint64_t>(event.time));
        record.add_int32(2, 9);
        record.add_string(3, "INFO");
        addAttributes(record, 6, event.attributes);
        record.add_fixed64(11, static_cast<std::uint64_t>(event.time));
        record.add_string(12, event.name);
    }
    std::string resourceMessage;
    protozero::pbf_writer resourceLogs(resourceMessage);
    {
        protozero::pbf_writer resource(resourceLogs, 1);
        addAttributes(resource, 1, resourceAttributes());
    }
    resourceLogs.add_message(2, scopeMessage);
    std::string body;
    protozero::pbf_writer(body).add_message(1, resourceMessage);
    return body;
}

std::string LoadGenerator::nextJson()
{
    std::string body = "{\"resourceLogs\":[{\"resource\":{";
    appendAttributes(body, resourceAttributes());
    body += "},\"scopeLogs\":[{\"scope\":{\"name\":\"com.example.stride\",\"version\":\"1.3.0\"},"
            "\"logRecords\":[";
    for (std::size_t i = 0; i < m_shape.records; ++i) {
        const Event event = nextEvent();
        const std::string time = std::to_string(event.time);
        body += i == 0 ? "{" : ",{";
        body += "\"timeUnixNano\":\"" + time + "\",\"observedTimeUnixNano\":\"" + time +
                "\",\"severityNumber\":9,\"severityText\":\"INFO\",\"eventName\":";
        appendJsonString(body, event.name);
        body += ',';
        appendAttributes(body, event.attributes);
        body += ",\"droppedAttributesCount\":0}";
    }
    return body + "]}]}]}";
}

} // namespace telltale::test
