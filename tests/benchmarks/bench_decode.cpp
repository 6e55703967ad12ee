// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocols/otlp/otlpdecoder.h"
#include "tests/support/benchmarkreport.h"
#include "tests/support/loadgenerator.h"

#include <QByteArray>
#include <QJsonDocument>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

// How fast requests of 512 records with eight attributes become a batch: decoding and mapping alone, no
// socket, no disk.
using namespace telltale;
using namespace telltale::test;

namespace {

constexpr int kRequests = 40;
constexpr int kRounds = 15;

/// Median seconds of a pass over all requests, after one pass to warm up.
double secondsOf(const std::function<void()> &pass)
{
    pass();
    std::vector<double> samples;
    for (int i = 0; i < kRounds; ++i) {
        const Stopwatch watch;
        pass();
        samples.push_back(watch.seconds());
    }
    return median(std::move(samples));
}

void decodeAll(OtlpEncoding encoding, const std::vector<std::string> &bodies, RecordBatch &batch)
{
    const DecodeContext context{Instant::fromSeconds(1'795'161'700)};
    for (const std::string &body : bodies) {
        batch.clear();
        DecodeReport report;
        if (!decodeOtlp(OtlpSignal::Logs, encoding, body, context, batch, report)) {
            std::fputs("a generated request could not be decoded\n", stderr);
            std::exit(1);
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    BenchmarkReport report("decode", argc, argv);
    std::vector<std::string> protobuf;
    std::vector<std::string> json;
    LoadGenerator forProtobuf;
    LoadGenerator forJson;
    std::size_t jsonBytes = 0;
    std::size_t protobufBytes = 0;
    for (int i = 0; i < kRequests; ++i) {
        protobuf.push_back(forProtobuf.nextProtobuf());
        json.push_back(forJson.nextJson());
        protobufBytes += protobuf.back().size();
        jsonBytes += json.back().size();
    }
    const auto records = static_cast<double>(forProtobuf.recordsMade());

    RecordBatch batch;
    const double protobufSeconds = secondsOf([&] { decodeAll(OtlpEncoding::Protobuf, protobuf, batch); });
    const double jsonSeconds = secondsOf([&] { decodeAll(OtlpEncoding::Json, json, batch); });
    qsizetype parsed = 0;
    const double documentSeconds = secondsOf([&] {
        for (const std::string &body : json) {
            const QByteArray bytes =
                QByteArray::fromRawData(body.data(), static_cast<qsizetype>(body.size()));
            parsed += QJsonDocument::fromJson(bytes).isObject() ? 1 : 0;
        }
    });
    if (parsed != qsizetype{kRequests} * (kRounds + 1))
        return 1;

    report.figure("protobuf", records / protobufSeconds, "records/s");
    report.figure("protobuf", static_cast<double>(protobufBytes) / protobufSeconds / 1e6, "MB/s");
    report.figure("json", records / jsonSeconds, "records/s");
    report.figure("json", static_cast<double>(jsonBytes) / jsonSeconds / 1e6, "MB/s");
    report.figure("QJsonDocument, parsing alone", records / documentSeconds, "records/s");
    report.ratio("json decoded and mapped against QJsonDocument parsing alone", documentSeconds / jsonSeconds,
                 2, true);
    report.ratio("protobuf against json", jsonSeconds / protobufSeconds, 1.5, true);
    return report.finish();
}
