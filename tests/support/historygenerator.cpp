// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/historygenerator.h"

#include "models/telemetry/value.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include <protozero/pbf_writer.hpp>

namespace telltale::test {
namespace {

constexpr std::size_t kRecords = 512;         // in a request
constexpr std::uint32_t kSessionLength = 100; // records, on average
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::size_t kReleases = 3;
constexpr std::array<const char *, 3> kSystems = {"Android", "iOS", "Linux"};
constexpr std::array<const char *, kReleases> kReleaseNames = {"4.0.0", "4.1.0", "4.2.0"};

// What stands in a template where something is written later; each of the same length as what replaces it.
constexpr std::string_view kSession = "s-S00000000000000";
constexpr std::string_view kUser = "u-U00000000";
constexpr std::string_view kPlan = "PLAN";
constexpr std::int64_t kCount = 1'234'567; // a varint of three bytes
constexpr double kWeight = 123'456.789;
constexpr std::uint64_t kTime = 0x1122334455667788U;
constexpr std::uint64_t kEnd = 0x1122334455667799U;
constexpr std::string_view kTrace = "TRACE-ID-16bytes";

/// How busy each hour of the day is, 1 on average.
constexpr std::array<double, 24> kRhythm = {0.3, 0.2, 0.2, 0.2, 0.3, 0.6, 1.2, 1.6, 1.5, 1.1, 0.9, 0.9,
                                            1.1, 1.0, 0.9, 0.9, 1.1, 1.6, 2.1, 2.0, 1.6, 1.2, 0.9, 0.6};

template<typename T>
std::string_view bytesOf(const T &value)
{
    return {reinterpret_cast<const char *>(&value), sizeof value};
}

std::string varint(std::uint64_t value)
{
    std::string out;
    for (; value >= 0x80; value >>= 7)
        out += static_cast<char>(value | 0x80);
    return out += static_cast<char>(value);
}

std::size_t placeOf(const std::string &bytes, std::string_view marker)
{
    const std::size_t at = bytes.find(marker);
    return at == std::string::npos ? 0 : at;
}

void addAttribute(protozero::pbf_writer &writer, protozero::pbf_tag_type tag, const char *key,
                  const Value &value)
{
    protozero::pbf_writer pair(writer, tag);
    pair.add_string(1, key);
    pair.add_message(2, encodeAnyValue(value));
}

void write(std::string &out, std::size_t at, std::string_view bytes)
{
    std::memcpy(out.data() + at, bytes.data(), bytes.size());
}

/// `value` in decimal, right-aligned before `end`.
void writeNumber(char *end, std::uint64_t value)
{
    for (; value > 0; value /= 10)
        *--end = static_cast<char>('0' + value % 10);
}

std::string whoAttributes(protozero::pbf_tag_type tag)
{
    std::string out;
    protozero::pbf_writer writer(out);
    addAttribute(writer, tag, "session.id", Value(std::string(kSession)));
    addAttribute(writer, tag, "user.id", Value(std::string(kUser)));
    return out;
}

std::string logRecord(int severity, const std::string &eventName, const std::string &body,
                      const std::vector<std::pair<const char *, Value>> &attributes)
{
    std::string out;
    protozero::pbf_writer record(out);
    record.add_fixed64(1, kTime);
    record.add_int32(2, severity);
    record.add_string(3, severity >= 17 ? "ERROR" : "INFO");
    if (!body.empty())
        record.add_message(5, encodeAnyValue(Value(body)));
    out += whoAttributes(6);
    for (const auto &[key, value] : attributes)
        addAttribute(record, 6, key, value);
    record.add_fixed64(11, kTime);
    if (!eventName.empty())
        record.add_string(12, eventName);
    return out;
}

} // namespace

std::uint32_t HistoryShape::users() const
{
    return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(records / 500, 2'000, 50'000'000));
}

HistoryGenerator::HistoryGenerator(HistoryShape shape)
    : m_shape(shape)
    , m_time(shape.start().ns)
{
    makeTemplates();
    makeEditions();
}

std::uint64_t HistoryGenerator::random()
{
    // splitmix64
    std::uint64_t z = m_state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

void HistoryGenerator::makeTemplates()
{
    // A message inside a repeated field: its tag and length belong to the template.
    const auto finished = [](const std::string &message, protozero::pbf_tag_type tag) {
        Template made;
        protozero::pbf_writer(made.bytes).add_message(tag, message);
        for (std::size_t at = made.bytes.find(bytesOf(kTime)); at != std::string::npos;
             at = made.bytes.find(bytesOf(kTime), at + 1))
            made.times.push_back(at);
        made.session = placeOf(made.bytes, kSession);
        made.user = placeOf(made.bytes, kUser);
        made.plan = placeOf(made.bytes, kPlan);
        made.count = placeOf(made.bytes, varint(kCount));
        made.weight = placeOf(made.bytes, bytesOf(kWeight));
        made.trace = placeOf(made.bytes, kTrace);
        made.end = placeOf(made.bytes, bytesOf(kEnd));
        return made;
    };
    const auto screen = [&](std::size_t i) { return Value("Screen " + std::to_string(i % m_shape.screens)); };
    for (std::size_t i = 0; i < m_shape.features; ++i) {
        m_features.push_back(finished(logRecord(9, "stride.feature." + std::to_string(i), {},
                                                {{"app.screen.name", screen(i)},
                                                 {"app.plan", Value(std::string(kPlan))},
                                                 {"app.build", Value(std::int64_t(4100))},
                                                 {"stride.use_count", Value(kCount)},
                                                 {"stride.weight_kg", Value(kWeight)},
                                                 {"app.is_online", Value(i % 2 == 0)}}),
                                      2));
    }
    // Zipf: the i-th feature comes in proportion to 1 / (i + 1).
    double total = 0;
    for (std::size_t i = 0; i < m_shape.features; ++i)
        total += 1.0 / static_cast<double>(i + 1);
    constexpr std::size_t kDice = 1 << 14;
    for (std::size_t i = 0; i < m_shape.features; ++i) {
        const double share = 1.0 / static_cast<double>(i + 1) / total;
        m_featureOf.resize(
            std::min(kDice,
                     m_featureOf.size() + std::max<std::size_t>(1, std::size_t(std::lround(share * kDice)))),
            static_cast<std::uint32_t>(i));
    }
    for (std::size_t i = 0; i < m_shape.screens; ++i) {
        m_screens.push_back(finished(logRecord(9, "app.screen.view", {},
                                               {{"app.screen.name", screen(i)},
                                                {"app.plan", Value(std::string(kPlan))},
                                                {"app.screen.dwell_time_ms", Value(kCount)}}),
                                     2));
    }
    for (std::size_t i = 0; i < 40; ++i) {
        const std::string number = std::to_string(i);
        std::string stack = "RangeError: no pace for segment\n";
        for (int frame = 0; frame < 6; ++frame)
            stack += "    at step" + number + "_" + std::to_string(frame) + " (src/workout" + number +
                     ".js:" + std::to_string(10 + frame) + ":7)\n";
        m_errors.push_back(finished(logRecord(i < 4 ? 21 : 17, i < 4 ? "app.crash" : "exception", {},
                                              {{"exception.type", Value("StrideError" + number)},
                                               {"exception.message", Value("no pace for segment " + number)},
                                               {"exception.stacktrace", Value(stack)},
                                               {"app.screen.name", screen(i)},
                                               {"stride.attempt", Value(kCount)}}),
                                    2));
    }
    for (std::size_t i = 0; i < 12; ++i) {
        m_logs.push_back(
            finished(logRecord(9, {}, "synchronised " + std::to_string(i) + " workouts with the watch",
                               {{"stride.sync_ms", Value(kCount)}}),
                     2));
    }
    for (std::size_t i = 0; i < 16; ++i) {
        std::string message;
        protozero::pbf_writer span(message);
        span.add_bytes(1, kTrace.data(), kTrace.size());
        span.add_bytes(2, kTrace.data(), 8);
        span.add_string(5, i < 8 ? "screen.load " + std::to_string(i) : "GET /api/" + std::to_string(i));
        span.add_enum(6, i < 8 ? 1 : 3);
        span.add_fixed64(7, kTime);
        span.add_fixed64(8, kEnd);
        message += whoAttributes(9);
        m_spans.push_back(finished(message, 2));
    }
}

void HistoryGenerator::makeEditions()
{
    // Events a second, six seconds between two of one session, about half of the editions alive at a time.
    const double rate = static_cast<double>(m_shape.records) / static_cast<double>(m_shape.days * 86'400);
    const auto running = static_cast<std::size_t>(std::max(1.0, rate * 6 / 4.5));
    for (const char *release : kReleaseNames) {
        for (const char *system : kSystems) {
            Edition edition;
            protozero::pbf_writer resource(edition.resource);
            addAttribute(resource, 1, "service.name", "stride");
            addAttribute(resource, 1, "service.version", release);
            addAttribute(resource, 1, "deployment.environment.name", "production");
            addAttribute(resource, 1, "os.name", system);
            edition.sessions.resize(running);
            m_editions.push_back(std::move(edition));
        }
    }
}

std::int64_t HistoryGenerator::step() const
{
    const double even = static_cast<double>(m_shape.days) * 86'400e9 / static_cast<double>(m_shape.records);
    const auto hour = static_cast<std::size_t>(m_time / (3600 * kSecond) % 24);
    return static_cast<std::int64_t>(even / kRhythm[hour]);
}

const HistoryGenerator::Template &HistoryGenerator::pick(OtlpSignal signal)
{
    if (signal == OtlpSignal::Traces)
        return m_spans[below(m_spans.size())];
    const std::uint64_t dice = below(10'000);
    if (dice < 8'420)
        return m_features[m_featureOf[below(m_featureOf.size())]];
    if (dice < 9'680)
        return m_screens[below(m_screens.size())];
    if (dice < 9'980)
        return m_logs[below(m_logs.size())];
    return m_errors[below(below(2) ? 6 : m_errors.size())];
}

HistoryRequest HistoryGenerator::next()
{
    HistoryRequest request;
    request.signal = below(20) == 0 ? OtlpSignal::Traces : OtlpSignal::Logs;
    // Releases overlap: each is rolled out while the one before fades.
    const double age = static_cast<double>(m_made) / static_cast<double>(m_shape.records) * kReleases;
    const double within = age - std::floor(age);
    std::size_t release = std::min<std::size_t>(kReleases - 1, static_cast<std::size_t>(age));
    if (release > 0 && static_cast<double>(below(1000)) / 1000 > within * 3)
        --release;
    Edition &edition = m_editions[release * kSystems.size() + below(kSystems.size())];

    const std::int64_t between = step();
    std::string records;
    records.reserve(kRecords * 300);
    for (std::size_t i = 0; i < kRecords; ++i) {
        m_time += between;
        Session &session = edition.sessions[below(edition.sessions.size())];
        if (session.left-- == 0)
            session = {++m_sessions, static_cast<std::uint32_t>(below(m_shape.users())),
                       static_cast<std::uint32_t>(kSessionLength / 2 + below(kSessionLength))};
        std::int64_t time = m_time;
        if (static_cast<double>(below(1'000)) < m_shape.late * 1'000)
            time -= static_cast<std::int64_t>(below(5) == 0 ? below(600) : below(5)) * kSecond;
        append(records, pick(request.signal), session, time);
    }
    m_made += kRecords;
    request.arrival = {m_time + kSecond / 2};

    std::string perResource;
    protozero::pbf_writer resourceRecords(perResource);
    resourceRecords.add_message(1, edition.resource);
    resourceRecords.add_message(2, records);
    protozero::pbf_writer(request.body).add_message(1, perResource);
    return request;
}

void HistoryGenerator::append(std::string &out, const Template &from, Session &session, std::int64_t time)
{
    const std::size_t at = out.size();
    out += from.bytes;
    for (const std::size_t place : from.times)
        write(out, at + place, bytesOf(time));
    char *const key = out.data() + at + from.session;
    std::memcpy(key, "s-000000000000000", kSession.size());
    writeNumber(key + kSession.size(), session.number);
    char *const user = out.data() + at + from.user;
    std::memcpy(user, "u-000000000", kUser.size());
    writeNumber(user + kUser.size(), session.user);
    if (from.plan != 0)
        write(out, at + from.plan, session.user % 3 == 0 ? "team" : "free");
    if (from.count != 0)
        write(out, at + from.count, varint(20'000 + below(1'000'000)));
    if (from.weight != 0)
        write(out, at + from.weight, bytesOf(50 + static_cast<double>(below(600)) / 10));
    if (from.trace != 0) {
        const std::array<std::uint64_t, 2> id = {random(), random()};
        write(out, at + from.trace, bytesOf(id));
        write(out, at + from.trace + 18, bytesOf(id[0])); // the span id stands behind it
        // Durations spread over three decades.
        const std::int64_t end =
            time + (std::int64_t(1'000'000) << below(10)) + std::int64_t(below(1'000'000));
        write(out, at + from.end, bytesOf(end));
    }
}

} // namespace telltale::test
