// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/prometheus/pushgateway.h"

#include "models/protocols/prometheus/exposition.h"
#include "models/protocols/support/formdata.h"
#include "models/protocols/support/jsontree.h"
#include "models/protocols/support/recordwriter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace telltale {
namespace {

using prometheus::Exposition;
using prometheus::Family;
using prometheus::Labels;
using prometheus::Sample;

/// Labels of the path; false when it is none.
bool readPath(std::string_view path, Labels &labels)
{
    const auto begin = path.find("/metrics/job");
    if (begin == std::string_view::npos)
        return false;
    path.remove_prefix(begin + std::string_view("/metrics/").size());
    while (!path.empty()) {
        std::string_view parts[2];
        for (std::string_view &part : parts) {
            part = path.substr(0, path.find('/'));
            path.remove_prefix(std::min(path.size(), part.size() + 1));
        }
        std::string key = percentDecoded(parts[0]);
        std::string value = percentDecoded(parts[1]);
        constexpr std::string_view kBase64 = "@base64";
        if (key.ends_with(kBase64)) {
            key.resize(key.size() - kBase64.size());
            value = base64Decoded(value == "=" ? "" : value).value_or(value);
        }
        if (key.empty() || labels.size() > 64)
            return false;
        labels.emplace_back(std::move(key), std::move(value));
    }
    return !labels.empty() && !labels.front().second.empty();
}

/// What belongs together in a histogram or summary: the labels without le and quantile.
struct Distribution
{
    Labels labels;
    std::map<double, double> steps; ///< by le or quantile
    double sum = 0, count = 0;
    bool hasSum = false, hasCount = false;
    std::optional<double> timestamp;
};

std::string keyOf(const Labels &labels)
{
    std::string key;
    for (const auto &[name, value] : labels)
        key.append(name).append(1, '\0').append(value).append(1, '\0');
    return key;
}

std::uint64_t whole(double value)
{
    return value > 0 && value < 1.8e19 ? static_cast<std::uint64_t>(std::llround(std::min(value, 9e18))) : 0;
}

class PointWriter
{
public:
    PointWriter(RecordWriter &writer, bool isOpenMetrics, Labels pathLabels)
        : m_writer(writer)
        , m_isOpenMetrics(isOpenMetrics)
        , m_pathLabels(std::move(pathLabels))
    {}

    void write(const Family &family);

private:
    void writeSample(const Family &family, const Sample &sample);
    void writeDistributions(const Family &family);
    RecordText record(const std::string &name, const Labels &labels, const std::optional<double> &timestamp) const;

    RecordWriter &m_writer;
    bool m_isOpenMetrics;
    Labels m_pathLabels; ///< these win over a sample's own
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

void PointWriter::writeSample(const Family &family, const Sample &sample)
{
    if (sample.name.ends_with("_created"))
        return; // the start of a series, no value of it
    MetricDetail detail;
    detail.value = sample.value;
    if (family.type == "counter") {
        detail.kind = MetricKind::Sum;
        detail.temporality = Temporality::Cumulative;
        detail.isMonotonic = true;
    }
    detail.hasValue = !std::isnan(sample.value) || family.type != "counter";
    m_writer.addPoint(record(sample.name, sample.labels, sample.timestamp), std::move(detail), family.unit, family.help);
}

void PointWriter::writeDistributions(const Family &family)
{
    const bool isSummary = family.type == "summary";
    const std::string_view step = isSummary ? "quantile" : "le";
    std::map<std::string, Distribution> all;
    for (const Sample &sample : family.samples) {
        Labels labels;
        std::string stepText;
        for (const auto &label : sample.labels) {
            if (label.first == step)
                stepText = label.second;
            else
                labels.push_back(label);
        }
        Distribution &each = all[keyOf(labels)];
        each.labels = labels;
        if (sample.timestamp)
            each.timestamp = sample.timestamp;
        if (sample.name.ends_with("_sum") || sample.name.ends_with("_gsum")) {
            each.sum = sample.value;
            each.hasSum = !std::isnan(sample.value);
        } else if (sample.name.ends_with("_count") || sample.name.ends_with("_gcount")) {
            each.count = sample.value;
            each.hasCount = true;
        } else if (!stepText.empty()) {
            const double bound = stepText == "+Inf" || stepText == "inf"
                                     ? std::numeric_limits<double>::infinity()
                                     : std::strtod(stepText.c_str(), nullptr);
            each.steps[bound] = sample.value;
        }
    }
    for (const auto &[key, each] : all) {
        MetricDetail detail;
        detail.kind = isSummary ? MetricKind::Summary : MetricKind::Histogram;
        detail.temporality = Temporality::Cumulative;
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
        m_writer.addPoint(record(family.name, each.labels, each.timestamp), std::move(detail), family.unit, family.help);
    }
}

void PointWriter::write(const Family &family)
{
    if (family.type == "histogram" || family.type == "summary" || family.type == "gaugehistogram") {
        writeDistributions(family);
        return;
    }
    for (const Sample &sample : family.samples)
        writeSample(family, sample);
}

} // namespace

Result<ProtocolReply> decodePush(const ProtocolRequest &request, RecordBatch &batch, ProtocolReport &report)
{
    ProtocolReply reply;
    reply.status = 202;
    reply.contentType = "text/plain";
    reply.body.clear();
    Labels labels;
    if (!readPath(request.path, labels)) {
        report.counters.add("prometheus.malformed");
        return failure(Error::Code::InvalidArgument, "The path must be /metrics/job/<job>{/<label>/<value>}.");
    }
    if (request.method == "DELETE")
        return reply;
    if (request.contentType.find("protobuf") != std::string_view::npos) {
        report.counters.add("prometheus.malformed");
        return failure(Error::Code::InvalidArgument, "Only the text format is understood here.");
    }
    const auto exposition = prometheus::parseExposition(request.body);
    if (!exposition) {
        report.counters.add("prometheus.malformed");
        return tl::unexpected(exposition.error());
    }
    if (exposition->badLines > 0) {
        report.rejected += exposition->badLines;
        report.counters.add("prometheus.line.invalid", exposition->badLines);
    }
    reply.status = 200;
    RecordWriter writer(batch, report, request.arrival);
    OriginText origin;
    origin.product = labels.front().second;
    writer.setOrigin(origin);
    PointWriter points(writer, exposition->isOpenMetrics, std::move(labels));
    for (const Family &family : exposition->families)
        points.write(family);
    return reply;
}

MappingTable prometheusMapping()
{
    MappingTable table{"prometheus", {}};
    for (const auto &[type, meaning] :
         {std::pair{"type counter", "cumulative sum"}, {"type gauge, untyped", "gauge"}, {"type histogram", "histogram"},
          {"type summary", "summary"}})
        table.rows.push_back({MappedField::Kind, MappingPlace::Other, type, {}, meaning});
    table.rows.push_back({MappedField::Product, MappingPlace::Label, "job", {}, {}});
    table.rows.push_back({MappedField::Metric, MappingPlace::Other, "the sample's name", {}, {}});
    table.rows.push_back({MappedField::Time, MappingPlace::Other, "the sample's time, else the arrival", {}, {}});
    return table;
}

} // namespace telltale
