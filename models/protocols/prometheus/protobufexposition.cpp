// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/prometheus/protobufexposition.h"

#include "models/telemetry/value.h"

#include <protozero/pbf_reader.hpp>

#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace telltale::prometheus {
namespace {

using Reader = protozero::pbf_reader;

constexpr std::size_t kMostSamples = 1'000'000;

/// By their numbers. Follows io/prometheus/client/metrics.proto, as all numbers here do.
constexpr std::string_view kTypes[] = {"counter", "gauge", "summary", "untyped", "histogram", "gaugehistogram"};

// A known field with another wire type counts as unknown.
constexpr std::uint32_t varint(protozero::pbf_tag_type tag)
{
    return protozero::tag_and_type(tag, protozero::pbf_wire_type::varint);
}
constexpr std::uint32_t number(protozero::pbf_tag_type tag)
{
    return protozero::tag_and_type(tag, protozero::pbf_wire_type::fixed64);
}
constexpr std::uint32_t bytes(protozero::pbf_tag_type tag)
{
    return protozero::tag_and_type(tag, protozero::pbf_wire_type::length_delimited);
}

/// As the text form writes a bound.
std::string boundText(double bound)
{
    return std::isinf(bound) ? std::string(bound > 0 ? "+Inf" : "-Inf") : toDisplayText(Value(bound));
}

std::pair<std::string, std::string> labelOf(Reader in)
{
    std::pair<std::string, std::string> label;
    while (in.next()) {
        if (in.tag_and_type() == bytes(1))
            label.first = in.get_string();
        else if (in.tag_and_type() == bytes(2))
            label.second = in.get_string();
        else
            in.skip();
    }
    return label;
}

double secondsOf(Reader in)
{
    double seconds = 0;
    while (in.next()) {
        if (in.tag_and_type() == varint(1))
            seconds += static_cast<double>(in.get_int64());
        else if (in.tag_and_type() == varint(2))
            seconds += static_cast<double>(in.get_int32()) / 1e9;
        else
            in.skip();
    }
    return seconds;
}

void readExemplar(Reader in, Sample &sample)
{
    sample.exemplar = 0;
    while (in.next()) {
        if (in.tag_and_type() == bytes(1))
            sample.exemplarLabels.push_back(labelOf(in.get_message()));
        else if (in.tag_and_type() == number(2))
            sample.exemplar = in.get_double();
        else if (in.tag_and_type() == bytes(3))
            sample.exemplarTimestamp = secondsOf(in.get_message());
        else
            in.skip();
    }
}

/// Makes samples of one metric, that is, of a family with one set of labels.
class MetricReader
{
public:
    explicit MetricReader(Family &family)
        : m_family(family)
        , m_first(family.samples.size())
    {}
    void read(Reader in);

private:
    Sample &add(std::string_view suffix, double value)
    {
        Sample &sample = m_family.samples.emplace_back();
        sample.name = m_family.name;
        sample.name += suffix;
        sample.value = value;
        return sample;
    }
    void readPlain(Reader in);
    void readCounter(Reader in);
    void readSummary(Reader in);
    void readQuantile(Reader in);
    void readHistogram(Reader in);
    /// The upper bound.
    double readBucket(Reader in);

    Family &m_family;
    std::size_t m_first;
};

/// A gauge, or what has no type.
void MetricReader::readPlain(Reader in)
{
    double value = 0;
    while (in.next()) {
        if (in.tag_and_type() == number(1))
            value = in.get_double();
        else
            in.skip();
    }
    add({}, value);
}

void MetricReader::readCounter(Reader in)
{
    Sample sample;
    while (in.next()) {
        if (in.tag_and_type() == number(1))
            sample.value = in.get_double();
        else if (in.tag_and_type() == bytes(2))
            readExemplar(in.get_message(), sample);
        else if (in.tag_and_type() == bytes(3))
            add("_created", secondsOf(in.get_message()));
        else
            in.skip();
    }
    sample.name = m_family.name;
    m_family.samples.push_back(std::move(sample));
}

void MetricReader::readQuantile(Reader in)
{
    double quantile = 0, value = 0;
    while (in.next()) {
        if (in.tag_and_type() == number(1))
            quantile = in.get_double();
        else if (in.tag_and_type() == number(2))
            value = in.get_double();
        else
            in.skip();
    }
    add({}, value).labels.emplace_back("quantile", boundText(quantile));
}

void MetricReader::readSummary(Reader in)
{
    double count = 0, sum = 0;
    while (in.next()) {
        if (in.tag_and_type() == varint(1))
            count = static_cast<double>(in.get_uint64());
        else if (in.tag_and_type() == number(2))
            sum = in.get_double();
        else if (in.tag_and_type() == bytes(3))
            readQuantile(in.get_message());
        else if (in.tag_and_type() == bytes(4))
            add("_created", secondsOf(in.get_message()));
        else
            in.skip();
    }
    add("_sum", sum);
    add("_count", count);
}

double MetricReader::readBucket(Reader in)
{
    double bound = 0;
    Sample &sample = add("_bucket", 0);
    while (in.next()) {
        if (in.tag_and_type() == varint(1))
            sample.value = static_cast<double>(in.get_uint64());
        else if (in.tag_and_type() == number(2))
            bound = in.get_double();
        else if (in.tag_and_type() == bytes(3))
            readExemplar(in.get_message(), sample);
        else if (in.tag_and_type() == number(4))
            sample.value = in.get_double();
        else
            in.skip();
    }
    sample.labels.emplace_back("le", boundText(bound));
    return bound;
}

void MetricReader::readHistogram(Reader in)
{
    double count = 0, sum = 0;
    bool hasLast = false;
    while (in.next()) {
        if (in.tag_and_type() == varint(1))
            count = static_cast<double>(in.get_uint64());
        else if (in.tag_and_type() == number(2))
            sum = in.get_double();
        else if (in.tag_and_type() == bytes(3))
            hasLast = readBucket(in.get_message()) == std::numeric_limits<double>::infinity() || hasLast;
        else if (in.tag_and_type() == number(4))
            count = in.get_double();
        else if (in.tag_and_type() == bytes(15))
            add("_created", secondsOf(in.get_message()));
        else
            in.skip(); // native buckets
    }
    if (!hasLast) // which protobuf may leave out
        add("_bucket", count).labels.emplace_back("le", "+Inf");
    const bool isGauge = m_family.type == "gaugehistogram";
    add(isGauge ? "_gsum" : "_sum", sum);
    add(isGauge ? "_gcount" : "_count", count);
}

void MetricReader::read(Reader in)
{
    Labels labels;
    std::optional<double> time;
    while (in.next()) {
        switch (in.tag_and_type()) {
        case bytes(1):
            labels.push_back(labelOf(in.get_message()));
            break;
        case bytes(2):
        case bytes(5):
            readPlain(in.get_message());
            break;
        case bytes(3):
            readCounter(in.get_message());
            break;
        case bytes(4):
            readSummary(in.get_message());
            break;
        case varint(6):
            time = static_cast<double>(in.get_int64());
            break;
        case bytes(7):
            readHistogram(in.get_message());
            break;
        default:
            in.skip();
        }
    }
    for (std::size_t i = m_first; i < m_family.samples.size(); ++i) {
        Sample &sample = m_family.samples[i];
        sample.timestamp = time;
        sample.labels.insert(sample.labels.begin(), labels.begin(), labels.end());
    }
}

/// The name and the type may come behind the metrics, so these are read last.
Family familyOf(Reader in)
{
    Family family;
    std::vector<Reader> metrics;
    while (in.next()) {
        switch (in.tag_and_type()) {
        case bytes(1):
            family.name = in.get_string();
            break;
        case bytes(2):
            family.help = in.get_string();
            break;
        case varint(3): {
            const auto type = static_cast<std::uint32_t>(in.get_enum());
            family.type = type < std::size(kTypes) ? kTypes[type] : "untyped";
            break;
        }
        case bytes(4):
            metrics.push_back(in.get_message());
            break;
        case bytes(5):
            family.unit = in.get_string();
            break;
        default:
            in.skip();
        }
    }
    for (const Reader &metric : metrics)
        MetricReader(family).read(metric);
    return family;
}

} // namespace

bool isProtobufExposition(std::string_view contentType)
{
    return contentType.starts_with("application/vnd.google.protobuf") && contentType.find("encoding=delimited") != std::string_view::npos;
}

Result<Exposition> parseProtobufExposition(std::string_view body)
{
    Exposition exposition;
    std::size_t samples = 0;
    const char *at = body.data();
    const char *const end = at + body.size();
    try {
        while (at != end) {
            const std::uint64_t size = protozero::decode_varint(&at, end);
            if (size > static_cast<std::uint64_t>(end - at))
                return failure(Error::Code::InvalidArgument, "A metric family is shorter than it says.");
            Family family = familyOf(Reader(at, static_cast<std::size_t>(size)));
            at += size;
            if (family.name.empty())
                return failure(Error::Code::InvalidArgument, "A metric family has no name.");
            samples += family.samples.size();
            if (samples > kMostSamples)
                return failure(Error::Code::TooLarge, "More than a million samples in one exposition.");
            exposition.families.push_back(std::move(family));
        }
    } catch (const std::exception &problem) { // of protozero
        return failure(Error::Code::InvalidArgument, std::string("The body is not protobuf of Prometheus: ") + problem.what() + '.');
    }
    return exposition;
}

} // namespace telltale::prometheus
