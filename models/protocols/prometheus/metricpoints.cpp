// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/prometheus/metricpoints.h"

#include "models/protocols/support/jsontree.h"
#include "models/protocols/support/recordwriter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace telltale::prometheus {
namespace {

constexpr std::string_view kCreated = "_created";

/// What belongs together in a histogram or summary: the labels without le and quantile.
struct Distribution
{
    Labels labels;
    std::map<double, double> steps; ///< by le or quantile
    double sum = 0, count = 0;
    bool hasSum = false, hasCount = false;
    std::optional<double> timestamp;
    std::vector<const Sample *> withExemplar;
};

/// Equal for equal labels, in whatever order they stand.
std::string keyOf(Labels labels)
{
    std::sort(labels.begin(), labels.end());
    std::string key;
    for (const auto &[name, value] : labels)
        key.append(name).append(1, '\0').append(value).append(1, '\0');
    return key;
}

std::uint64_t whole(double value)
{
    return value > 0 && value < 1.8e19 ? static_cast<std::uint64_t>(std::llround(std::min(value, 9e18))) : 0;
}

bool isDistribution(const Family &family)
{
    return family.type == "histogram" || family.type == "summary" || family.type == "gaugehistogram";
}

bool isCreated(const Family &family, const Sample &sample)
{
    return sample.name.size() == family.name.size() + kCreated.size() && sample.name.ends_with(kCreated);
}

/// When series began. OpenMetrics says it in their family; Python's client, in the text format, in a gauge of its own that
/// is called as the family is.
class Starts
{
public:
    explicit Starts(const Exposition &exposition);

    /// Whether the family only says so of another one.
    bool isOnlyStarts(const Family &family) const { return m_others.contains(family.name); }
    /// {0}: not said.
    Instant of(const Family &family, const Labels &labels) const
    {
        const auto starts = m_starts.find(family.name);
        if (starts == m_starts.end())
            return {};
        const auto at = starts->second.find(keyOf(labels));
        return at == starts->second.end() ? Instant() : at->second;
    }

private:
    using ByLabels = std::map<std::string, Instant>;
    static void add(ByLabels &to, const Sample &sample)
    {
        if (const auto start = json::instantOfNumber(sample.value))
            to.insert_or_assign(keyOf(sample.labels), *start);
    }

    std::map<std::string, ByLabels, std::less<>> m_starts; ///< by the family's name
    std::set<std::string, std::less<>> m_others;
};

Starts::Starts(const Exposition &exposition)
{
    std::set<std::string_view> running;
    for (const Family &family : exposition.families) {
        if (family.type != "counter" && !isDistribution(family))
            continue;
        running.insert(family.name);
        for (const Sample &sample : family.samples) {
            if (isCreated(family, sample))
                add(m_starts[family.name], sample);
        }
    }
    for (const Family &family : exposition.families) {
        if (family.type != "gauge" || !family.name.ends_with(kCreated))
            continue;
        std::string of = family.name.substr(0, family.name.size() - kCreated.size());
        if (!running.contains(of))
            of += "_total"; // of a counter
        if (!running.contains(of))
            continue; // a gauge like any other: accounts_created
        m_others.insert(family.name);
        for (const Sample &sample : family.samples)
            add(m_starts[of], sample);
    }
}

class PointWriter
{
public:
    PointWriter(RecordWriter &writer, const Exposition &exposition, const Labels &pathLabels, Instant arrival)
        : m_writer(writer)
        , m_isOpenMetrics(exposition.isOpenMetrics)
        , m_pathLabels(pathLabels)
        , m_arrival(arrival)
        , m_starts(exposition)
    {}

    void write(const Family &family);

private:
    void writeSample(const Family &family, const Sample &sample);
    void writeDistributions(const Family &family);
    RecordText record(const std::string &name, const Labels &labels, const std::optional<double> &timestamp) const;
    void addExemplar(MetricDetail &detail, const Sample &sample);

    RecordWriter &m_writer;
    bool m_isOpenMetrics;
    const Labels &m_pathLabels;
    Instant m_arrival;
    Starts m_starts;
};

RecordText PointWriter::record(const std::string &name, const Labels &labels,
                               const std::optional<double> &timestamp) const
{
    RecordText record;
    record.name = name;
    if (timestamp)
        record.time = json::instantOfNumber(m_isOpenMetrics ? *timestamp : *timestamp / 1'000);
    for (const auto &[key, value] : m_pathLabels)
        record.attributes.emplace_back(key, std::string_view(value));
    for (const auto &[key, value] : labels) {
        const bool isOfPath = std::any_of(m_pathLabels.begin(), m_pathLabels.end(),
                                          [&name = key](const auto &pair) { return pair.first == name; }); // clang 14 captures no bindings
        if (!isOfPath)
            record.attributes.emplace_back(key, std::string_view(value));
    }
    return record;
}

/// A trace's or span's id among its labels, under the names that are in use, becomes one if it is one; the rest are
/// attributes.
void PointWriter::addExemplar(MetricDetail &detail, const Sample &sample)
{
    Exemplar exemplar;
    exemplar.value = *sample.exemplar;
    exemplar.time = m_arrival;
    if (sample.exemplarTimestamp)
        exemplar.time = json::instantOfNumber(*sample.exemplarTimestamp).value_or(m_arrival);
    Value::Map attributes;
    for (const auto &[key, value] : sample.exemplarLabels) {
        if (key == "trace_id" || key == "traceId" || key == "traceID")
            exemplar.trace.traceId = traceIdOf(value);
        else if (key == "span_id" || key == "spanId" || key == "spanID")
            exemplar.trace.spanId = spanIdOf(value);
        const bool isTrace = key.starts_with("trace") && exemplar.trace.traceId != TraceId{};
        const bool isSpan = key.starts_with("span") && exemplar.trace.spanId != SpanId{};
        if (!isTrace && !isSpan)
            attributes.emplace_back(key, std::string_view(value));
    }
    exemplar.attributes = m_writer.storeApart(attributes);
    detail.exemplars.push_back(exemplar);
}

void PointWriter::writeSample(const Family &family, const Sample &sample)
{
    const bool isCounter = family.type == "counter";
    if (isCounter && isCreated(family, sample))
        return; // the start of a series, no value of it
    MetricDetail detail;
    detail.value = sample.value;
    if (isCounter) {
        detail.kind = MetricKind::Sum;
        detail.temporality = Temporality::Cumulative;
        detail.isMonotonic = true;
        detail.start = m_starts.of(family, sample.labels);
    }
    detail.hasValue = !std::isnan(sample.value) || !isCounter;
    if (sample.exemplar)
        addExemplar(detail, sample);
    m_writer.addPoint(record(sample.name, sample.labels, sample.timestamp), std::move(detail), family.unit, family.help);
}

void PointWriter::writeDistributions(const Family &family)
{
    const bool isSummary = family.type == "summary";
    const std::string_view step = isSummary ? "quantile" : "le";
    std::map<std::string, Distribution> all;
    for (const Sample &sample : family.samples) {
        if (isCreated(family, sample))
            continue;
        Labels labels;
        std::string stepText;
        for (const auto &label : sample.labels) {
            if (label.first == step)
                stepText = label.second;
            else
                labels.push_back(label);
        }
        Distribution &each = all[keyOf(labels)];
        each.labels = std::move(labels);
        if (sample.timestamp)
            each.timestamp = sample.timestamp;
        if (sample.exemplar)
            each.withExemplar.push_back(&sample);
        if (sample.name.ends_with("_sum") || sample.name.ends_with("_gsum")) {
            each.sum = sample.value;
            each.hasSum = !std::isnan(sample.value);
        } else if (sample.name.ends_with("_count") || sample.name.ends_with("_gcount")) {
            each.count = sample.value;
            each.hasCount = true;
        } else if (!stepText.empty()) {
            double bound = 0;
            if (readNumber(stepText, bound) && bound > -std::numeric_limits<double>::infinity()) // no NaN
                each.steps[bound] = sample.value;
            else
                m_writer.reject("prometheus.line.invalid");
        }
    }
    for (const auto &[key, each] : all) {
        MetricDetail detail;
        detail.kind = isSummary ? MetricKind::Summary : MetricKind::Histogram;
        if (family.type != "gaugehistogram") { // which is what is there now: it neither runs nor begins
            detail.temporality = Temporality::Cumulative;
            detail.start = m_starts.of(family, each.labels);
        }
        detail.sum = each.sum;
        detail.hasSum = each.hasSum;
        detail.count = whole(each.count);
        if (isSummary) {
            detail.quantiles.assign(each.steps.begin(), each.steps.end());
        } else {
            std::uint64_t before = 0;
            for (const auto &[bound, upTo] : each.steps) {
                const std::uint64_t now = std::max(before, whole(upTo));
                detail.bucketCounts.push_back(now - before);
                if (std::isfinite(bound))
                    detail.explicitBounds.push_back(bound);
                before = now;
            }
            if (!each.hasCount)
                detail.count = before;
            if (!detail.bucketCounts.empty() && detail.bucketCounts.size() == detail.explicitBounds.size())
                detail.bucketCounts.push_back(detail.count > before ? detail.count - before : 0);
        }
        for (const Sample *sample : each.withExemplar)
            addExemplar(detail, *sample);
        m_writer.addPoint(record(family.name, each.labels, each.timestamp), std::move(detail), family.unit, family.help);
    }
}

void PointWriter::write(const Family &family)
{
    if (m_starts.isOnlyStarts(family))
        return;
    if (isDistribution(family)) {
        writeDistributions(family);
        return;
    }
    for (const Sample &sample : family.samples)
        writeSample(family, sample);
}

} // namespace

void addPoints(RecordWriter &writer, const Exposition &exposition, const Labels &pathLabels, Instant arrival)
{
    PointWriter points(writer, exposition, pathLabels, arrival);
    for (const Family &family : exposition.families)
        points.write(family);
}

} // namespace telltale::prometheus
