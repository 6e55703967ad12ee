// SPDX-License-Identifier: GPL-3.0-or-later
// How fast requests become a batch: decoding and mapping alone, no socket, no disk. Beside each decoder, in the same run
// and taking turns, a decoder as one writes it with the usual library (reference/): protobuf's generated classes, or
// QJsonDocument. It parses, walks and fills the same fields of a plain record with the library's own values (std::string,
// QString, compact JSON in a QByteArray for what is nested). It interns nothing and makes no columns, both of which ours
// do. Before anything is measured, records of both are compared: as many, and each with the same kind, name, feature,
// screen, user, time, duration, origin, and number of attributes.
//
// OTLP: requests of 512 records with eight attributes. The others: the requests that their SDKs were recorded with, which
// are small, and then batches as large as such an SDK sends by its documentation. Times are CPU time of the one thread
// that works, so that what else runs weighs less.
//   bench_decode [--only PROTOCOL] [--json FILE]
#include "models/protocols/otlp/otlpdecoder.h"
#include "tests/benchmarks/recordedrequests.h"
#include "tests/benchmarks/reference/otlpreference.h"
#include "tests/benchmarks/reference/qtanalytics.h"
#include "tests/support/benchmarkreport.h"
#include "tests/support/loadgenerator.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <string>
#include <variant>
#include <vector>

using namespace telltale;
using namespace telltale::test;

namespace {

constexpr int kRequests = 40;
constexpr int kRounds = 15;
/// A pass over recorded requests, which are small, goes over them until about so many bytes are read.
constexpr std::size_t kPassBytes = 4'000'000;
constexpr Instant kArrival = Instant::fromSeconds(1'795'161'700);

[[noreturn]] void stop(const std::string &message)
{
    std::fprintf(stderr, "bench_decode: %s\n", message.c_str());
    std::exit(1);
}

double cpuSeconds()
{
    std::timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct Medians
{
    double ours = 0, reference = 0; ///< CPU seconds of a pass
    double ratio = 0;               ///< the median of what each round says
};

/// Ours and the reference take turns, after one pass each to warm up.
Medians takingTurns(const std::function<void()> &ours, const std::function<void()> &reference)
{
    std::vector<double> ourSamples, referenceSamples, ratios;
    for (int round = -1; round < kRounds; ++round) {
        const double start = cpuSeconds();
        ours();
        const double between = cpuSeconds();
        reference();
        const double ourSeconds = between - start;
        const double referenceSeconds = cpuSeconds() - between;
        if (round < 0)
            continue;
        ourSamples.push_back(ourSeconds);
        referenceSamples.push_back(referenceSeconds);
        ratios.push_back(referenceSeconds / ourSeconds);
    }
    return {median(ourSamples), median(referenceSamples), median(ratios)};
}

void decodeOne(OtlpEncoding encoding, const std::string &body, RecordBatch &batch)
{
    batch.clear();
    DecodeReport report;
    if (!decodeOtlp(OtlpSignal::Logs, encoding, body, {kArrival}, batch, report))
        stop("a generated request could not be decoded");
}

std::size_t bytesOf(const std::vector<std::string> &bodies)
{
    std::size_t bytes = 0;
    for (const std::string &body : bodies)
        bytes += body.size();
    return bytes;
}

const PlainOrigin &originOf(const PlainRecord &record)
{
    return record.origin;
}

const ProtoOrigin &originOf(const ProtoRecord &record)
{
    return *record.origin;
}

/// What ours keeps as attributes: those that were sent, the text of the severity and the body.
std::size_t attributeCount(const PlainRecord &record)
{
    return static_cast<std::size_t>(record.attributes.size());
}

std::size_t attributeCount(const ProtoRecord &record)
{
    return record.attributes.size() + !record.severityText.empty() + !std::holds_alternative<std::monostate>(record.body);
}

/// The reference's records of the first request are ours. `text` makes its texts ours.
template<typename Records, typename ToText>
void compare(OtlpEncoding encoding, const std::string &body, const Records &records, ToText &&text)
{
    RecordBatch batch;
    decodeOne(encoding, body, batch);
    bool isSame = batch.size() == static_cast<std::size_t>(records.size());
    const auto same = [&](StringId id, const auto &theirs) { return batch.text(id) == text(theirs); };
    for (std::size_t row = 0; row < batch.size() && isSame; ++row) {
        const auto &record = records[static_cast<int>(row)];
        const Record ours = batch.at(row);
        const Origin &origin = batch.origins[ours.origin];
        const auto &theirs = originOf(record);
        isSame = ours.kind == record.kind && ours.severity == record.severity && ours.time.ns == record.time &&
                 ours.duration == record.duration && same(ours.name, record.name) && same(ours.feature, record.feature) &&
                 same(ours.screen, record.screen) && same(ours.user, record.user) && same(ours.session, record.session) &&
                 ours.attributes.size() == attributeCount(record) && same(origin.product, theirs.product) &&
                 same(origin.environment, theirs.environment) && same(origin.release, theirs.release) &&
                 same(origin.os, theirs.os) && same(origin.device, theirs.device) && same(origin.country, theirs.country) &&
                 same(origin.scopeName, theirs.scopeName) && same(origin.scopeVersion, theirs.scopeVersion) &&
                 origin.attributes.size() == static_cast<std::uint32_t>(theirs.attributes.size());
    }
    if (!isSame)
        stop("the reference finds other OTLP records");
}

void measureOtlp(BenchmarkReport &report)
{
    std::vector<std::string> protobuf, json;
    LoadGenerator forProtobuf, forJson;
    for (int i = 0; i < kRequests; ++i) {
        protobuf.push_back(forProtobuf.nextProtobuf());
        json.push_back(forJson.nextJson());
    }
    const auto count = static_cast<double>(forProtobuf.recordsMade());
    RecordBatch batch;
    std::vector<ProtoRecord> protoRecords;
    QList<PlainRecord> jsonRecords;
    readOtlpProtobuf(protobuf.front(), protoRecords);
    compare(OtlpEncoding::Protobuf, protobuf.front(), protoRecords, [](const std::string &text) { return text; });
    readOtlpJson(json.front(), jsonRecords);
    compare(OtlpEncoding::Json, json.front(), jsonRecords, [](const QString &text) { return text.toStdString(); });

    const auto each = [](const std::vector<std::string> &bodies, auto &&read) {
        return [&bodies, read] { std::for_each(bodies.begin(), bodies.end(), read); };
    };
    const Medians ofProtobuf = takingTurns(
        each(protobuf, [&](const std::string &body) { decodeOne(OtlpEncoding::Protobuf, body, batch); }),
        each(protobuf, [&](const std::string &body) {
            protoRecords.clear();
            readOtlpProtobuf(body, protoRecords);
        }));
    const Medians ofJson =
        takingTurns(each(json, [&](const std::string &body) { decodeOne(OtlpEncoding::Json, body, batch); }),
                    each(json, [&](const std::string &body) {
                        jsonRecords.clear();
                        readOtlpJson(body, jsonRecords);
                    }));
    report.figure("OTLP protobuf", count / ofProtobuf.ours, "records/s");
    report.figure("OTLP protobuf", static_cast<double>(bytesOf(protobuf)) / ofProtobuf.ours / 1e6, "MB/s");
    report.figure("OTLP protobuf, generated classes", count / ofProtobuf.reference, "records/s");
    report.figure("OTLP JSON", count / ofJson.ours, "records/s");
    report.figure("OTLP JSON", static_cast<double>(bytesOf(json)) / ofJson.ours / 1e6, "MB/s");
    report.figure("OTLP JSON, QJsonDocument", count / ofJson.reference, "records/s");
    report.ratio("OTLP protobuf: ours / generated classes", ofProtobuf.ratio, 5, true);
    report.ratio("OTLP JSON: ours / QJsonDocument", ofJson.ratio, 8, true);
    report.ratio("OTLP protobuf / JSON, records/s", ofJson.ours / ofProtobuf.ours, 1.5, true);
}

/// A protocol, what its SDKs were recorded sending, and how many events they put into a request by their documentation.
struct Protocol
{
    std::string name;
    QStringList folders;
    ReadByReference reference;
    int batch = 0; ///< 0: each request stands alone
    QString listKey = {};
    std::string batchPath = {};
};

void measure(BenchmarkReport &report, const std::string &name, const std::vector<RecordedRequest> &requests,
             ReadByReference reference)
{
    std::size_t records = 0, bytes = 0;
    RecordBatch batch;
    for (const RecordedRequest &request : requests) {
        if (const std::string why = difference(request, reference); !why.empty())
            stop(name + ", a request to " + request.path + ": " + why);
        decode(request, batch);
        records += batch.size();
        bytes += request.body.size();
    }
    if (records == 0)
        stop("there is no request of " + name);
    const std::size_t times = std::max<std::size_t>(1, kPassBytes / bytes);
    const auto pass = [&](const auto &each) {
        return [&, each] {
            for (std::size_t i = 0; i < times; ++i)
                std::for_each(requests.begin(), requests.end(), each);
        };
    };
    QList<PlainRecord> plain;
    const Medians medians = takingTurns(pass([&](const RecordedRequest &request) { decode(request, batch); }),
                                        pass([&](const RecordedRequest &request) {
                                            plain.clear();
                                            reference(request.plain, plain);
                                        }));
    report.figure(name, static_cast<double>(records * times) / medians.ours, "records/s");
    report.figure(name, static_cast<double>(bytes * times) / medians.ours / 1e6, "MB/s");
    report.ratio(name + ": ours / QJsonDocument", medians.ratio, 8, true);
}

} // namespace

int main(int argc, char **argv)
{
    BenchmarkReport report("decode", argc, argv);
    std::string only;
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::strcmp(argv[i], "--only") == 0)
            only = argv[i + 1];
    }
    if (only.empty() || only == "OTLP")
        measureOtlp(report);
    // Batches: flushAt of PostHog's node SDK, maxEventsInBatch of Segment's, the most that Aptabase's SDKs for apps put
    // into a request, flushQueueSize of Amplitude's browser SDK.
    const Protocol protocols[] = {
        {"Sentry", {QStringLiteral("sentry-node-11"), QStringLiteral("sentry-python-1.9")}, readSentry},
        {"PostHog", {QStringLiteral("posthog-node")}, readPostHog, 20, QStringLiteral("batch"), "/batch"},
        {"Segment", {QStringLiteral("segment-node")}, readSegment, 15, QStringLiteral("batch"), "/v1/batch"},
        {"Aptabase", {QStringLiteral("aptabase-web")}, readAptabase, 25, {}, "/api/v0/events"},
        {"Amplitude", {QStringLiteral("amplitude-node")}, readAmplitude, 30, QStringLiteral("events"), "/2/httpapi"},
        {"KUserFeedback", {QStringLiteral("kuserfeedback")}, readKUserFeedback},
    };
    for (const Protocol &protocol : protocols) {
        if (!only.empty() && only != protocol.name)
            continue;
        const auto recorded = recordedRequests(protocol.folders, protocol.reference);
        if (recorded.empty())
            stop("there is no recorded request of " + protocol.name);
        measure(report, protocol.name + ", recorded requests", recorded, protocol.reference);
        if (protocol.batch > 0) {
            measure(report, protocol.name + ", " + std::to_string(protocol.batch) + " events a request",
                    batchOf(recorded, protocol.listKey, protocol.batchPath, protocol.batch), protocol.reference);
        }
    }
    return report.finish();
}
