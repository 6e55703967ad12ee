// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/storetesting.h"

#include "models/telemetry/timeformat.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace telltale::testing {
namespace {

constexpr RecordKind kSegmentKinds[] = {RecordKind::UsageEvent,  RecordKind::ScreenView,
                                        RecordKind::Log,         RecordKind::Span,
                                        RecordKind::MetricPoint, RecordKind::SessionBound};

std::string hex(const auto &bytes)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

/// Exact, unlike JSON: the bits of doubles, the types of everything.
std::string exactly(const Value &value)
{
    if (const auto *number = value.as<double>())
        return "double:" + std::to_string(std::bit_cast<std::uint64_t>(*number));
    if (const auto *number = value.as<std::int64_t>())
        return "int:" + std::to_string(*number);
    if (const auto *bytes = value.as<Bytes>())
        return "bytes:" + bytes->data;
    if (const auto *text = value.as<std::string>())
        return "text:" + *text;
    return "other:" + toJson(value);
}

std::string exactly(const Value::Map &map)
{
    std::string text;
    for (const auto &[key, value] : map)
        text += " " + key + "=" + exactly(value);
    return text;
}

std::string metricText(const MetricDetail &detail, const std::vector<StoredExemplar> &exemplars)
{
    std::string text = " metric";
    const auto add = [&](auto number) { text += " " + std::to_string(number); };
    const auto addBits = [&](double number) { add(std::bit_cast<std::uint64_t>(number)); };
    add(static_cast<int>(detail.kind));
    add(static_cast<int>(detail.temporality));
    for (const bool flag : {detail.isMonotonic, detail.hasValue, detail.isInteger, detail.hasSum,
                            detail.hasMinimum, detail.hasMaximum})
        add(static_cast<int>(flag));
    add(detail.start.ns);
    add(detail.integer);
    add(detail.count);
    add(detail.scale);
    add(detail.zeroCount);
    for (const double number :
         {detail.value, detail.sum, detail.minimum, detail.maximum, detail.zeroThreshold})
        addBits(number);
    for (const std::uint64_t count : detail.bucketCounts)
        add(count);
    for (const double bound : detail.explicitBounds)
        addBits(bound);
    for (const auto *buckets : {&detail.positive, &detail.negative}) {
        add(buckets->offset);
        for (const std::uint64_t count : buckets->counts)
            add(count);
    }
    for (const auto &[quantile, value] : detail.quantiles) {
        addBits(quantile);
        addBits(value);
    }
    for (const StoredExemplar &exemplar : exemplars) {
        text += " exemplar";
        add(exemplar.time.ns);
        addBits(exemplar.value);
        add(exemplar.integer);
        add(static_cast<int>(exemplar.isInteger));
        text += hex(exemplar.trace.traceId) + hex(exemplar.trace.spanId) + exactly(exemplar.attributes);
    }
    return text;
}

std::string line(RecordKind kind, Instant time, Instant arrival, std::int64_t duration, int severity,
                 std::initializer_list<std::string_view> texts, const TraceContext &trace)
{
    std::string text = std::to_string(static_cast<int>(kind)) + " " + std::to_string(time.ns) + " " +
                       std::to_string(arrival.ns) + " " + std::to_string(duration) + " " +
                       std::to_string(severity);
    for (const std::string_view each : texts)
        text.append(" |").append(each);
    return text + " " + hex(trace.traceId) + hex(trace.spanId);
}

Value randomValue(std::mt19937 &random)
{
    const auto pick = [&](std::uint32_t bound) { return static_cast<int>(random() % bound); };
    switch (pick(14)) {
    case 0:
        return {};
    case 1:
        return Value(pick(2) == 1);
    case 2:
        return Value(pick(5));
    case 3:
        return Value(std::numeric_limits<std::int64_t>::min() + pick(2));
    case 4:
        return Value(std::numeric_limits<std::int64_t>::max() - pick(2));
    case 5:
        return Value(pick(100000) / 1000.0);
    case 6:
        return Value(std::bit_cast<double>(0x7ff8000000000000U + random())); // NaNs with different bits
    case 7:
        return Value(pick(2) == 0 ? -0.0 : std::numeric_limits<double>::infinity());
    case 8:
        return Value(std::bit_cast<double>(std::uint64_t{random()} << 32 | random()));
    case 9:
        return Value("");
    case 10:
        return Value("value " + std::to_string(pick(4)));
    case 11:
        return Value(std::string("\0 any bytes \xff", 13) + std::to_string(random()));
    case 12:
        return Value(Bytes{std::string("\0\x01", 2) + std::to_string(pick(3))});
    default:
        return Value(
            Value::Map{{"list", Value::Array{1, "two", Value()}}, {"n", pick(3)}, {"empty", Value::Map{}}});
    }
}

} // namespace

ScratchFolder::ScratchFolder()
{
    std::string name = (std::filesystem::temp_directory_path() / "telltale-store-XXXXXX").string();
    if (!::mkdtemp(name.data()))
        std::abort();
    m_path = name;
}

ScratchFolder::~ScratchFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

void append(RecordBatch &batch, const Sketch &sketch)
{
    const auto intern = [&](std::string_view text) {
        return text.empty() ? kNoString : batch.strings.intern(text);
    };
    Record record;
    record.kind = sketch.kind;
    record.severity = sketch.severity;
    record.time = sketch.time;
    record.duration = sketch.duration;
    const StringId release = batch.strings.intern(sketch.release);
    const auto known = std::find_if(batch.origins.begin(), batch.origins.end(),
                                    [&](const Origin &origin) { return origin.release == release; });
    record.origin = static_cast<std::uint32_t>(known - batch.origins.begin());
    if (known == batch.origins.end()) {
        Origin origin;
        origin.product = batch.strings.intern("Stride");
        origin.os = batch.strings.intern("Android");
        origin.release = release;
        origin.scopeName = batch.strings.intern("stride.ui");
        const auto begin = static_cast<std::uint32_t>(batch.attributes.size());
        batch.attributes.push_back(batch.makeAttribute("service.name", Value("Stride")));
        batch.attributes.push_back(batch.makeAttribute("process.pid", Value(42)));
        origin.attributes = {begin, begin + 2};
        batch.origins.push_back(origin);
    }
    record.name = intern(sketch.name);
    record.feature = intern(sketch.feature);
    record.screen = intern(sketch.screen);
    record.user = intern(sketch.user);
    record.session = intern(sketch.session);
    record.previousSession = intern(sketch.previousSession);
    if (sketch.trace) {
        record.trace = static_cast<std::uint32_t>(batch.traces.size());
        batch.traces.push_back(*sketch.trace);
    }
    const auto begin = static_cast<std::uint32_t>(batch.attributes.size());
    for (const auto &[key, value] : sketch.attributes)
        batch.attributes.push_back(batch.makeAttribute(key, value));
    record.attributes = {begin, static_cast<std::uint32_t>(batch.attributes.size())};
    if (sketch.kind == RecordKind::Error) {
        ErrorDetail detail;
        detail.type = intern(sketch.type);
        detail.message = intern(sketch.message);
        detail.stack = intern(sketch.stack);
        detail.culprit = intern("top()");
        detail.group = sketch.group;
        detail.isUnhandled = sketch.isUnhandled;
        record.detail = static_cast<std::uint32_t>(batch.errors.size());
        batch.errors.push_back(detail);
    } else if (sketch.kind == RecordKind::Span) {
        SpanDetail detail;
        const auto seed = static_cast<std::uint64_t>(sketch.time.ns);
        detail.kind = static_cast<SpanKind>(seed % 6);
        detail.status = static_cast<SpanStatus>(seed % 3);
        if (seed % 4 != 0)
            detail.parentSpanId[3] = static_cast<std::uint8_t>(seed | 1);
        record.detail = static_cast<std::uint32_t>(batch.spans.size());
        batch.spans.push_back(detail);
    } else if (sketch.kind == RecordKind::MetricPoint && sketch.metric) {
        record.detail = static_cast<std::uint32_t>(batch.metrics.size());
        batch.metrics.push_back(*sketch.metric);
        batch.metrics.back().unit = batch.strings.intern("By");
    } else if (sketch.kind == RecordKind::MetricPoint) {
        MetricDetail detail;
        const auto seed = static_cast<std::uint32_t>(sketch.time.ns);
        std::mt19937 random(seed);
        detail.kind = static_cast<MetricKind>(1 + seed % 5);
        detail.temporality = static_cast<Temporality>(seed % 3);
        detail.isMonotonic = seed % 2 == 0;
        detail.hasValue = seed % 7 != 0;
        detail.isInteger = seed % 5 == 0;
        detail.unit = batch.strings.intern("ms");
        detail.description = batch.strings.intern("how long it took");
        detail.start = sketch.time - std::chrono::nanoseconds(1000);
        detail.value = static_cast<double>(random()) / 7;
        detail.integer = static_cast<std::int64_t>(random());
        if (detail.kind >= MetricKind::Histogram) {
            detail.count = random();
            detail.sum = static_cast<double>(random()) / 3;
            detail.hasSum = true;
            detail.hasMinimum = seed % 2 == 0;
            detail.minimum = -1.5;
            detail.hasMaximum = true;
            detail.maximum = 1e9;
            detail.bucketCounts = {1, random(), 0};
            detail.explicitBounds = {0.5, 2.25};
            detail.scale = -3;
            detail.zeroCount = 5;
            detail.zeroThreshold = 1e-9;
            detail.positive = {-7, {1, 2, 3}};
            detail.negative = {2, {random()}};
            detail.quantiles = {{0.5, 1.0}, {0.99, std::numeric_limits<double>::quiet_NaN()}};
            Exemplar exemplar;
            exemplar.time = sketch.time;
            exemplar.value = 2.5;
            exemplar.integer = -9;
            exemplar.isInteger = true;
            exemplar.trace.traceId[0] = 1;
            exemplar.trace.spanId[7] = 2;
            const auto first = static_cast<std::uint32_t>(batch.attributes.size());
            batch.attributes.push_back(batch.makeAttribute("filtered", Value("yes")));
            exemplar.attributes = {first, first + 1};
            detail.exemplars.push_back(exemplar);
        }
        record.detail = static_cast<std::uint32_t>(batch.metrics.size());
        batch.metrics.push_back(detail);
    }
    batch.append(record);
}

Delivery deliver(const std::vector<Sketch> &sketches, Instant arrival, std::optional<DeliveryKey> key)
{
    Delivery delivery;
    delivery.protocol = "otlp/http";
    delivery.arrival = arrival;
    delivery.key = key;
    for (const Sketch &sketch : sketches)
        append(delivery.batch, sketch);
    return delivery;
}

std::vector<Sketch> randomSketches(std::mt19937 &random, std::size_t count)
{
    const auto pick = [&](std::uint32_t bound) { return random() % bound; };
    const auto maybe = [&](const std::string &text) { return random() % 4 == 0 ? std::string() : text; };
    std::vector<Sketch> sketches;
    for (std::size_t i = 0; i < count; ++i) {
        Sketch sketch;
        static constexpr RecordKind kKinds[] = {
            RecordKind::UsageEvent, RecordKind::ScreenView,  RecordKind::Error,       RecordKind::Log,
            RecordKind::Span,       RecordKind::MetricPoint, RecordKind::SessionBound};
        sketch.kind = kKinds[pick(7)];
        sketch.time = {1'700'000'000'000'000'000 + static_cast<std::int64_t>(pick(1'000'000)) * 1'000'037};
        sketch.name = maybe("name " + std::to_string(pick(5)));
        sketch.feature =
            sketch.kind == RecordKind::UsageEvent ? maybe("feature " + std::to_string(pick(300))) : "";
        sketch.screen = maybe("Screen " + std::to_string(pick(6)));
        sketch.user = maybe("user-" + std::to_string(pick(50)));
        sketch.session = "session-" + std::to_string(pick(90));
        sketch.duration = pick(3) == 0 ? static_cast<std::int64_t>(pick(5000)) * 1'000'000 : kNoDuration;
        sketch.severity = static_cast<std::uint8_t>(pick(25));
        sketch.release = "4." + std::to_string(pick(3));
        if (pick(2) == 0) {
            TraceContext trace;
            trace.traceId[5] = static_cast<std::uint8_t>(pick(4));
            trace.spanId[1] = static_cast<std::uint8_t>(pick(200));
            sketch.trace = trace;
        }
        const std::size_t attributes = pick(8);
        for (std::size_t a = 0; a < attributes; ++a)
            sketch.attributes.emplace_back("key." + std::to_string(pick(9)), randomValue(random));
        if (pick(2) == 0 && !sketch.attributes.empty()) // mirrors, also in the middle and twice
            sketch.attributes.insert(sketch.attributes.begin() + 1, {"session.id", Value(sketch.session)});
        if (pick(2) == 0) {
            sketch.attributes.emplace_back("user.id", Value(sketch.user));
            sketch.attributes.emplace_back("app.screen.name", Value(sketch.screen));
            sketch.attributes.emplace_back("app.screen.dwell_time_ms",
                                           Value(std::int64_t{sketch.duration / 1'000'000}));
        }
        sketches.push_back(std::move(sketch));
    }
    return sketches;
}

std::vector<std::string> describe(const Delivery &delivery)
{
    const RecordBatch &batch = delivery.batch;
    std::vector<std::string> lines;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.kinds[row] == RecordKind::Error)
            continue;
        const TraceContext trace =
            batch.trace[row] == kNoIndex ? TraceContext() : batch.traces[batch.trace[row]];
        std::string text = line(
            batch.kinds[row], batch.times[row], delivery.arrival, batch.durations[row], batch.severities[row],
            {batch.text(batch.names[row]), batch.text(batch.features[row]), batch.text(batch.screens[row]),
             batch.text(batch.users[row]), batch.text(batch.sessions[row]),
             batch.text(batch.origins[batch.origin[row]].release)},
            trace);
        Value::Map attributes;
        for (const Attribute &attribute : batch.attributesOf(row))
            attributes.emplace_back(batch.text(attribute.key), batch.valueOf(attribute));
        text += exactly(attributes);
        if (batch.kinds[row] == RecordKind::Span) {
            const SpanDetail &span = batch.spans[batch.detail[row]];
            text += " span " + hex(span.parentSpanId) + std::to_string(static_cast<int>(span.kind)) +
                    std::to_string(static_cast<int>(span.status));
        }
        if (batch.kinds[row] == RecordKind::MetricPoint) {
            const MetricDetail &detail = batch.metrics[batch.detail[row]];
            std::vector<StoredExemplar> exemplars;
            for (const Exemplar &exemplar : detail.exemplars) {
                StoredExemplar stored{exemplar.time,      exemplar.value, exemplar.integer,
                                      exemplar.isInteger, exemplar.trace, {}};
                for (const Attribute &attribute : batch.attributesIn(exemplar.attributes))
                    stored.attributes.emplace_back(batch.text(attribute.key), batch.valueOf(attribute));
                exemplars.push_back(std::move(stored));
            }
            text += metricText(detail, exemplars);
            text += " series " + std::string(batch.text(batch.names[row])) + "," +
                    std::string(batch.text(detail.unit)) + "," + std::string(batch.text(detail.description));
        }
        lines.push_back(std::move(text));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::vector<std::string> describe(CacheReader &reader)
{
    std::vector<std::string> lines;
    const CacheReader::Snapshot snapshot(reader);
    for (const RecordKind kind : kSegmentKinds) {
        const auto segments = reader.segments(kind, {});
        if (!segments)
            return {segments.error().message};
        for (const SegmentInfo &info : *segments) {
            const auto segment = reader.segment(info);
            if (!segment)
                return {segment.error().message};
            const Segment &rows = **segment;
            for (std::uint32_t row = 0; row < rows.count(); ++row) {
                std::string text = line(
                    kind, {rows.times()[row]}, {rows.arrivals()[row]}, rows.durations()[row],
                    rows.severities()[row],
                    {reader.string(rows.names()[row]), reader.string(rows.features()[row]),
                     reader.string(rows.screens()[row]), reader.userKey(rows.users()[row]),
                     reader.sessionKey(rows.sessions()[row]), reader.origin(rows.origins()[row]).release},
                    rows.trace(row));
                text += exactly(rows.attributes(row));
                if (kind == RecordKind::Span) {
                    const SpanDetail span = rows.span(row);
                    text += " span " + hex(span.parentSpanId) + std::to_string(static_cast<int>(span.kind)) +
                            std::to_string(static_cast<int>(span.status));
                }
                if (kind == RecordKind::MetricPoint) {
                    const StoredMetric metric = rows.metric(row);
                    text += metricText(metric.detail, metric.exemplars);
                    const auto series = reader.series(metric.series);
                    text += series
                                ? " series " + series->name + "," + series->unit + "," + series->description
                                : "?";
                }
                lines.push_back(std::move(text));
            }
        }
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::vector<std::string> describeSessions(CacheReader &reader)
{
    std::vector<std::string> lines;
    const CacheReader::Snapshot snapshot(reader);
    const auto done = reader.forEachSession({}, [&](const StoredSession &session) {
        lines.push_back(session.key + " " + formatRfc3339(session.start) + ".." + formatRfc3339(session.end) +
                        " user " + std::string(reader.userKey(session.user)) + " release " +
                        reader.origin(session.origin).release + " " + std::to_string(session.events) + "/" +
                        std::to_string(session.screens) + "/" + std::to_string(session.errors) + "/" +
                        std::to_string(session.logs) + "/" + std::to_string(session.spans) +
                        (session.isDerived ? " formed" : "") + " previous " + session.previous);
        return true;
    });
    if (!done)
        return {done.error().message};
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::unique_ptr<CacheWriter> openWriter(const std::filesystem::path &path)
{
    CacheOptions options;
    options.path = path;
    // Tests of what is kept do not depend on the disk of the machine.
    options.lowWater = 0;
    options.ballastBytes = 0;
    auto writer = CacheWriter::open(options);
    return writer ? std::move(*writer) : nullptr;
}

std::unique_ptr<CacheReader> openReader(const std::filesystem::path &path)
{
    auto reader = CacheReader::open(path);
    return reader ? std::move(*reader) : nullptr;
}

} // namespace telltale::testing
