// SPDX-License-Identifier: GPL-3.0-or-later
// How fast requests become a batch: decoding and mapping alone, no socket, no disk. Beside each decoder, in the same run
// and taking turns, the usual library on the same bytes: it parses into objects, walks them and interns texts, but maps
// nothing (reference/referencedecoder.h).
//
// OTLP: requests of 512 records with eight attributes. The others: the requests that their SDKs were recorded with, so
// small ones weigh as they do in life. Times are CPU time of the one thread that works, so that what else runs weighs less.
//   bench_decode [--only PROTOCOL] [--json FILE]
#include "models/ingest/httproutes.h"
#include "models/protocols/otlp/otlpdecoder.h"
#include "tests/benchmarks/reference/referencedecoder.h"
#include "tests/support/benchmarkreport.h"
#include "tests/support/fixture.h"
#include "tests/support/loadgenerator.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <string>
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

void decodeAll(OtlpEncoding encoding, const std::vector<std::string> &bodies, RecordBatch &batch)
{
    for (const std::string &body : bodies) {
        batch.clear();
        DecodeReport report;
        if (!decodeOtlp(OtlpSignal::Logs, encoding, body, {kArrival}, batch, report))
            stop("a generated request could not be decoded");
    }
}

std::size_t bytesOf(const std::vector<std::string> &bodies)
{
    std::size_t bytes = 0;
    for (const std::string &body : bodies)
        bytes += body.size();
    return bytes;
}

void measureOtlp(BenchmarkReport &report)
{
    std::vector<std::string> protobuf, json;
    LoadGenerator forProtobuf, forJson;
    for (int i = 0; i < kRequests; ++i) {
        protobuf.push_back(forProtobuf.nextProtobuf());
        json.push_back(forJson.nextJson());
    }
    const auto records = static_cast<double>(forProtobuf.recordsMade());
    RecordBatch batch;
    ReferenceDecoder reference;

    const Medians ofProtobuf = takingTurns([&] { decodeAll(OtlpEncoding::Protobuf, protobuf, batch); },
                                           [&] {
                                               for (const std::string &body : protobuf) {
                                                   reference.clear();
                                                   if (reference.otlpProtobuf(body) != batch.size())
                                                       stop("generated classes find other records");
                                               }
                                           });
    const Medians ofJson = takingTurns([&] { decodeAll(OtlpEncoding::Json, json, batch); },
                                       [&] {
                                           for (const std::string &body : json) {
                                               reference.clear();
                                               if (reference.json(body) == 0)
                                                   stop("QJsonDocument finds no JSON");
                                           }
                                       });
    report.figure("OTLP protobuf", records / ofProtobuf.ours, "records/s");
    report.figure("OTLP protobuf", static_cast<double>(bytesOf(protobuf)) / ofProtobuf.ours / 1e6, "MB/s");
    report.figure("OTLP protobuf, generated classes", records / ofProtobuf.reference, "records/s");
    report.figure("OTLP JSON", records / ofJson.ours, "records/s");
    report.figure("OTLP JSON", static_cast<double>(bytesOf(json)) / ofJson.ours / 1e6, "MB/s");
    report.figure("OTLP JSON, QJsonDocument", records / ofJson.reference, "records/s");
    report.ratio("OTLP protobuf: ours / generated classes", ofProtobuf.ratio, 5, true);
    report.ratio("OTLP JSON: ours / QJsonDocument", ofJson.ratio, 8, true);
    report.ratio("OTLP protobuf / JSON, records/s", ofJson.ours / ofProtobuf.ours, 1.5, true);
}

/// What the SDKs of a protocol were recorded sending.
struct Recorded
{
    std::string protocol;
    QStringList folders;
    bool isByLine = false; ///< several JSON documents in one body
};

struct RecordedRequest
{
    std::string method, path, query, contentType, body;
    const HttpRoute *route = nullptr;
};

RecordedRequest requestOf(const Fixture &fixture)
{
    RecordedRequest request;
    request.method = fixture.method.toStdString();
    const std::string target = fixture.path.toStdString();
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path = target.substr(0, question);
    request.query = target.substr(std::min(question + 1, target.size()));
    while (request.path.size() > 1 && request.path.back() == '/')
        request.path.pop_back();
    request.contentType = fixture.header("content-type").toStdString();
    request.body = fixture.body().value_or(std::string());
    request.route = routeOf(request.path, request.body);
    return request;
}

std::uint64_t decode(const RecordedRequest &request, RecordBatch &batch)
{
    batch.clear();
    ProtocolRequest asked;
    asked.method = request.method;
    asked.path = request.path;
    asked.query = request.query;
    asked.contentType = request.contentType;
    asked.appKey = "A-EU-1";
    asked.body = request.body;
    asked.arrival = kArrival;
    ProtocolReport report;
    if (!request.route->decode(asked, batch, report))
        stop("a recorded request of " + std::string(request.route->protocol) + " could not be decoded");
    return batch.size();
}

void measureRecorded(BenchmarkReport &report, const Recorded &recorded)
{
    RecordBatch batch;
    ReferenceDecoder reference;
    const auto readByReference = [&](const RecordedRequest &request) {
        reference.clear();
        return recorded.isByLine ? reference.jsonByLine(request.body) : reference.json(request.body);
    };
    std::vector<RecordedRequest> requests;
    std::uint64_t records = 0;
    std::size_t bytes = 0;
    for (const QString &name : httpFixtureNames(recorded.folders)) {
        const Fixture fixture = loadFixture(name);
        RecordedRequest request = requestOf(fixture);
        // Those that are refused, or whose JSON hides in a form, have no reference.
        if (!request.route || request.body.empty() || !fixture.expectedStatus().contains(200) ||
            readByReference(request) == 0)
            continue;
        const std::uint64_t made = decode(request, batch);
        if (made == 0)
            continue;
        records += made;
        bytes += request.body.size();
        requests.push_back(std::move(request));
    }
    if (requests.empty())
        stop("there is no recorded request of " + recorded.protocol);
    const std::size_t times = std::max<std::size_t>(1, kPassBytes / bytes);
    const auto pass = [&](const auto &each) {
        return [&, each] {
            for (std::size_t i = 0; i < times; ++i)
                std::for_each(requests.begin(), requests.end(), each);
        };
    };
    const Medians medians =
        takingTurns(pass([&](const RecordedRequest &request) { decode(request, batch); }),
                    pass([&](const RecordedRequest &request) { readByReference(request); }));
    const auto all = static_cast<double>(records * times);
    report.figure(recorded.protocol + ", recorded requests", all / medians.ours, "records/s");
    report.figure(recorded.protocol + ", recorded requests",
                  static_cast<double>(bytes * times) / medians.ours / 1e6, "MB/s");
    report.ratio(recorded.protocol + ": ours / QJsonDocument", medians.ratio, 8, true);
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
    for (const Recorded &recorded :
         {Recorded{"Sentry", {QStringLiteral("sentry-node-11"), QStringLiteral("sentry-python-1.9")}, true},
          Recorded{"PostHog", {QStringLiteral("posthog-node")}},
          Recorded{"Segment", {QStringLiteral("segment-node")}},
          Recorded{"Aptabase", {QStringLiteral("aptabase-web")}},
          Recorded{"Amplitude", {QStringLiteral("amplitude-node")}},
          Recorded{"KUserFeedback", {QStringLiteral("kuserfeedback")}}}) {
        if (only.empty() || only == recorded.protocol)
            measureRecorded(report, recorded);
    }
    return report.finish();
}
