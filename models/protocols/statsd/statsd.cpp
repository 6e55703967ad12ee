// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/statsd/statsd.h"

#include "models/protocols/support/jsontree.h"
#include "models/protocols/support/recordwriter.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>

namespace telltale {
namespace {

/// Tags that say who sends.
constexpr std::pair<MappedField, std::string_view> kTags[] = {
    {MappedField::Product, "service"},     {MappedField::Product, "app"},
    {MappedField::Release, "version"},     {MappedField::Environment, "env"},
    {MappedField::Environment, "environment"},
};

constexpr std::string_view kMalformed = "statsd.malformed";
constexpr std::string_view kTooManyTags = "statsd.tags.too_many";
constexpr std::size_t kLongestLine = 64 * 1024;
constexpr std::size_t kMostTags = 128; ///< of a line, as many as OpenTelemetry's SDKs keep attributes
constexpr double kMostTimes = 1e9; ///< a rate below a billionth is none

/// Takes what is before `mark` off the front; all of it when there is none.
std::string_view takeUntil(std::string_view &text, char mark)
{
    const auto at = text.find(mark);
    const std::string_view part = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
    return part;
}

std::optional<double> numberOf(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

/// What may follow a value, an event or a service check.
struct Extras
{
    Value::Map tags;
    std::set<std::string, std::less<>> names; ///< of tags, once they are many
    std::uint64_t tagsLeftOut = 0;
    double times = 1; ///< 1/rate
    std::optional<Instant> time;
    std::string_view hostName, priority, alertType, aggregationKey, sourceType;
    std::string message;
    bool isFine = true;
};

/// Among a few tags a look at each is the quickest; a line of many thousands must not look at all of them for each.
bool isKnown(Extras &extras, std::string_view key)
{
    constexpr std::size_t kFew = 16;
    if (extras.tags.size() <= kFew)
        return std::any_of(extras.tags.begin(), extras.tags.end(), [&](const auto &tag) { return tag.first == key; });
    if (extras.names.empty()) {
        for (const auto &[name, value] : extras.tags)
            extras.names.insert(name);
    }
    return extras.names.contains(key);
}

void addTag(Extras &extras, std::string_view key, std::string_view value, bool hasValue)
{
    if (key.empty() || isKnown(extras, key))
        return;
    if (extras.tags.size() == kMostTags) {
        ++extras.tagsLeftOut;
        return;
    }
    extras.tags.emplace_back(std::string(key), hasValue ? Value(value) : Value(true));
    if (!extras.names.empty())
        extras.names.emplace(key);
}

void addTags(Extras &extras, std::string_view list, char separator, char mark)
{
    while (!list.empty()) {
        std::string_view value = takeUntil(list, separator);
        const bool hasValue = value.find(mark) != std::string_view::npos;
        const std::string_view key = takeUntil(value, mark);
        addTag(extras, key, value, hasValue);
    }
}

std::string unescaped(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isEnd = text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 'n';
        plain += isEnd ? '\n' : text[i];
        i += isEnd;
    }
    return plain;
}

std::optional<Instant> instantOf(std::string_view seconds)
{
    const auto number = numberOf(seconds);
    if (!number || *number <= 0 || *number > 9.2e9)
        return std::nullopt;
    return Instant::fromSeconds(static_cast<std::int64_t>(*number));
}

/// Sections of a metric: |@rate, |#tags, |T time, |c: container.
void readMetricSection(Extras &extras, std::string_view section)
{
    if (section.starts_with('@')) {
        const auto rate = numberOf(section.substr(1));
        extras.isFine = rate && *rate > 0 && *rate <= 1 && 1 / *rate <= kMostTimes;
        if (extras.isFine)
            extras.times = 1 / *rate;
    } else if (section.starts_with('#')) {
        addTags(extras, section.substr(1), ',', ':');
    } else if (section.starts_with('T')) {
        extras.time = instantOf(section.substr(1));
    } else if (section.starts_with("c:")) {
        addTag(extras, "container.id", section.substr(2), true);
    }
}

/// Sections of an event or a service check. The message is the last, and may hold anything.
void readTextSections(Extras &extras, std::string_view rest)
{
    while (!rest.empty()) {
        if (rest.starts_with("m:")) {
            extras.message = unescaped(rest.substr(2));
            return;
        }
        const std::string_view section = takeUntil(rest, '|');
        const std::string_view value = section.size() > 2 ? section.substr(2) : std::string_view();
        if (section.starts_with('#'))
            addTags(extras, section.substr(1), ',', ':');
        else if (section.starts_with("d:"))
            extras.time = instantOf(value);
        else if (section.starts_with("h:"))
            extras.hostName = value;
        else if (section.starts_with("p:"))
            extras.priority = value;
        else if (section.starts_with("t:"))
            extras.alertType = value;
        else if (section.starts_with("k:"))
            extras.aggregationKey = value;
        else if (section.starts_with("s:"))
            extras.sourceType = value;
    }
}

/// One value, as often as the rate says, in a single bucket. Follows the OpenTelemetry data model's mapping of values to
/// buckets: (base^index, base^(index+1)] with base 2^(2^-scale).
MetricDetail distributionOf(double value, double times)
{
    constexpr std::int32_t kScale = 7;
    MetricDetail detail;
    detail.kind = MetricKind::ExponentialHistogram;
    detail.temporality = Temporality::Delta;
    detail.scale = kScale;
    detail.count = static_cast<std::uint64_t>(std::max(1.0, std::round(times)));
    detail.sum = value * static_cast<double>(detail.count);
    detail.hasSum = detail.hasMinimum = detail.hasMaximum = true;
    detail.minimum = detail.maximum = value;
    if (value == 0) {
        detail.zeroCount = detail.count;
        return detail;
    }
    ExponentialBuckets &buckets = value > 0 ? detail.positive : detail.negative;
    buckets.offset = static_cast<std::int32_t>(std::ceil(std::ldexp(std::log2(std::abs(value)), kScale))) - 1;
    buckets.counts = {detail.count};
    return detail;
}

MetricDetail deltaOf(double value)
{
    MetricDetail detail;
    detail.kind = MetricKind::Sum;
    detail.temporality = Temporality::Delta;
    detail.value = value;
    return detail;
}

class LineReader
{
public:
    LineReader(RecordWriter &writer, ProtocolReport &report)
        : m_writer(writer)
        , m_report(report)
    {}
    /// False when the line is none.
    bool read(std::string_view line);

private:
    bool readMetric(std::string_view line);
    bool readEvent(std::string_view line);
    bool readCheck(std::string_view line);
    bool addValue(RecordText record, std::string_view value, std::string_view type, double times);
    /// Where the line's records come from, by its tags; counts those that were too many.
    void setOrigin(const Extras &extras);
    static void addDetails(RecordText &record, const Extras &extras);

    RecordWriter &m_writer;
    ProtocolReport &m_report;
};

bool LineReader::read(std::string_view line)
{
    if (line.size() > kLongestLine || !simdjson::validate_utf8(line.data(), line.size()))
        return false;
    if (line.starts_with("_e{"))
        return readEvent(line);
    if (line.starts_with("_sc|"))
        return readCheck(line.substr(4));
    return readMetric(line);
}

void LineReader::setOrigin(const Extras &extras)
{
    if (extras.tagsLeftOut > 0)
        m_report.counters.add(kTooManyTags, extras.tagsLeftOut);
    OriginText origin;
    const auto text = [&](MappedField field) -> std::string {
        for (const auto &[mapped, key] : kTags) {
            for (const auto &[name, value] : extras.tags) {
                if (const auto *said = value.as<std::string>(); said && mapped == field && name == key)
                    return *said;
            }
        }
        return {};
    };
    origin.product = text(MappedField::Product);
    if (origin.product.empty())
        origin.product = kStatsdPath;
    origin.release = text(MappedField::Release);
    origin.environment = text(MappedField::Environment);
    m_writer.setOrigin(origin);
}

bool LineReader::readMetric(std::string_view line)
{
    // Names have no colon, though Graphite's and Telegraf's tags stand before it.
    std::string_view rest = line;
    std::string_view name = takeUntil(rest, ':');
    Extras extras;
    if (const auto at = name.find_first_of(",;"); at != std::string_view::npos) {
        addTags(extras, name.substr(at + 1), name[at], '=');
        name = name.substr(0, at);
    }
    std::string_view values = takeUntil(rest, '|');
    const std::string_view type = takeUntil(rest, '|');
    if (name.empty() || values.empty() || type.empty())
        return false;
    while (!rest.empty())
        readMetricSection(extras, takeUntil(rest, '|'));
    if (!extras.isFine)
        return false;
    setOrigin(extras);
    RecordText record;
    record.name = name;
    record.time = extras.time;
    record.attributes = std::move(extras.tags);
    if (type == "s")
        return addValue(std::move(record), values, type, extras.times); // a member may hold a colon
    bool isFine = true;
    while (!values.empty())
        isFine = addValue(record, takeUntil(values, ':'), type, extras.times) && isFine;
    return isFine;
}

bool LineReader::addValue(RecordText record, std::string_view text, std::string_view type, double times)
{
    if (type == "s") {
        record.attributes.emplace_back("set.member", Value(text));
        m_writer.addPoint(std::move(record), deltaOf(1));
        return true;
    }
    const auto value = numberOf(text);
    if (!value)
        return false;
    if (type == "c") {
        m_writer.addPoint(std::move(record), deltaOf(*value * times));
    } else if (type == "g") {
        MetricDetail gauge;
        gauge.value = *value;
        m_writer.addPoint(std::move(record), text.starts_with('+') || text.starts_with('-') ? deltaOf(*value) : gauge);
    } else if (type == "ms" || type == "h" || type == "d") {
        m_writer.addPoint(std::move(record), distributionOf(*value, times), type == "ms" ? "ms" : "");
    } else {
        return false;
    }
    return true;
}

void LineReader::addDetails(RecordText &record, const Extras &extras)
{
    record.time = extras.time;
    record.attributes.insert(record.attributes.end(), extras.tags.begin(), extras.tags.end());
    for (const auto &[key, value] : {std::pair("host.name", extras.hostName), std::pair("priority", extras.priority),
                                     std::pair("alert_type", extras.alertType),
                                     std::pair("aggregation_key", extras.aggregationKey),
                                     std::pair("source_type_name", extras.sourceType)}) {
        if (!value.empty())
            record.attributes.emplace_back(key, Value(value));
    }
}

/// _e{title length,text length}:title|text|... The lengths are in bytes, but hot-shots counts UTF-16 units: where they do not
/// fit, the bars tell.
bool LineReader::readEvent(std::string_view line)
{
    const auto brace = line.find("}:");
    if (brace == std::string_view::npos)
        return false;
    std::string_view lengths = line.substr(3, brace - 3);
    const auto titleLength = numberOf(takeUntil(lengths, ','));
    const auto textLength = numberOf(lengths);
    std::string_view rest = line.substr(brace + 2);
    if (!titleLength || !textLength || *titleLength < 0 || *textLength < 0)
        return false;
    std::string_view title, text;
    const std::size_t first = static_cast<std::size_t>(std::min<double>(*titleLength, kLongestLine));
    const std::size_t second = static_cast<std::size_t>(std::min<double>(*textLength, kLongestLine));
    const std::size_t both = first + 1 + second;
    const bool fits = rest.size() >= both && rest[first] == '|' && (rest.size() == both || rest[both] == '|');
    if (fits) {
        title = rest.substr(0, first);
        text = rest.substr(first + 1, second);
        rest = rest.substr(std::min(both + 1, rest.size()));
    } else {
        title = takeUntil(rest, '|');
        text = takeUntil(rest, '|');
    }
    if (title.empty())
        return false;
    Extras extras;
    readTextSections(extras, rest);
    setOrigin(extras);
    RecordText record;
    record.severity = extras.alertType == "error" ? 17 : extras.alertType == "warning" ? 13 : 9;
    const std::string plain = unescaped(text);
    record.body = Value(plain.empty() ? std::string(title) : std::string(title) + '\n' + plain);
    record.attributes.emplace_back("event.title", Value(title));
    addDetails(record, extras);
    m_writer.add(record);
    return true;
}

bool LineReader::readCheck(std::string_view line)
{
    const std::string_view name = takeUntil(line, '|');
    const auto status = numberOf(takeUntil(line, '|'));
    if (name.empty() || !status || *status < 0 || *status > 3 || *status != std::floor(*status))
        return false;
    constexpr std::array<std::uint8_t, 4> kSeverities = {9, 13, 17, 13}; // ok, warning, critical, unknown
    constexpr std::array<std::string_view, 4> kWords = {"ok", "warning", "critical", "unknown"};
    const auto at = static_cast<std::size_t>(*status);
    Extras extras;
    readTextSections(extras, line);
    setOrigin(extras);
    RecordText record;
    record.severity = kSeverities[at];
    record.body = Value(std::string(name) + " is " + std::string(kWords[at]) +
                        (extras.message.empty() ? std::string() : ": " + extras.message));
    record.attributes.emplace_back("check.name", Value(name));
    record.attributes.emplace_back("check.status", Value(static_cast<std::int64_t>(at)));
    addDetails(record, extras);
    m_writer.add(record);
    return true;
}

} // namespace

Result<ProtocolReply> decodeStatsd(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    RecordWriter writer(batch, report, request.arrival);
    LineReader reader(writer, report);
    std::string_view rest = request.body;
    while (!rest.empty()) {
        std::string_view line = takeUntil(rest, '\n');
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (!line.empty() && !reader.read(line))
            writer.reject(kMalformed);
    }
    return ProtocolReply{};
}

MappingTable statsdMapping()
{
    MappingTable table{"statsd", {}};
    for (const auto &[type, meaning] :
         {std::pair{"type c, s", "delta sum"}, {"type g", "gauge; with a sign a delta sum"}, {"type ms, h, d", "histogram"},
          {"event, service check", "log"}})
        table.rows.push_back({MappedField::Kind, MappingPlace::Other, type, {}, meaning});
    for (const auto &[field, tag] : kTags)
        table.rows.push_back({field, MappingPlace::Label, std::string(tag), {}, {}});
    table.rows.push_back({MappedField::Product, MappingPlace::Other, "statsd", {}, {}});
    table.rows.push_back({MappedField::Metric, MappingPlace::Other, "the name before the first colon", {}, {}});
    table.rows.push_back({MappedField::Time, MappingPlace::Other, "|T, in seconds, else the arrival", {}, {}});
    return table;
}

} // namespace telltale
