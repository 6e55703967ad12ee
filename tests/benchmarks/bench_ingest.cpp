// SPDX-License-Identifier: GPL-3.0-or-later
// From a loopback request to its durable answer, against what bounds it: decoding alone, raw SQLite rows, and the writer
// alone. All in one run, in turns; figures are medians.
#include "app/collector/collector.h"
#include "models/protocols/otlp/otlpdecoder.h"
#include "models/store/cachewriter.h"
#include "tests/benchmarks/rowbaseline.h"
#include "tests/support/benchmarkreport.h"
#include "tests/support/loadclient.h"
#include "tests/support/loadgenerator.h"
#include "tests/support/storedrecords.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <zlib.h>

using namespace telltale;
using namespace telltale::test;

namespace {

constexpr std::size_t kRequests = 1'000; // of 512 records
constexpr int kConnections = 128;
constexpr int kRounds = 5;

std::string gzip(const std::string &body)
{
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, body.size()), '\0');
    std::string in = body;
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

double decodeOnly(const std::vector<std::string> &bodies, std::uint64_t &records)
{
    RecordBatch batch;
    records = 0;
    const Stopwatch watch;
    for (const std::string &body : bodies) {
        batch.clear();
        DecodeReport report;
        if (!decodeOtlp(OtlpSignal::Logs, OtlpEncoding::Protobuf, body, {Instant::fromSeconds(1'795'161'600)},
                        batch, report))
            std::exit(1);
        records += batch.size();
    }
    return watch.seconds();
}

double rows(const std::filesystem::path &path, bool withIndexes, std::uint64_t count)
{
    RowBaseline baseline(path, withIndexes);
    const Stopwatch watch;
    baseline.insert(count);
    return watch.seconds();
}

double writerAlone(const std::filesystem::path &path, LoadGenerator generator)
{
    std::vector<Delivery> deliveries;
    for (std::size_t i = 0; i < kRequests; ++i)
        deliveries.push_back(nextDelivery(generator));
    CacheOptions options;
    options.path = path;
    auto writer = CacheWriter::open(options);
    if (!writer)
        std::exit(1);
    const Stopwatch watch;
    constexpr std::size_t kACommit = 8;
    for (std::size_t i = 0; i < deliveries.size(); i += kACommit) {
        if (!(*writer)->commit(std::span(deliveries).subspan(i, std::min(kACommit, deliveries.size() - i))))
            std::exit(1);
    }
    return watch.seconds();
}

double overHttp(const std::filesystem::path &path, const std::vector<std::string> &bodies,
                const std::string &encoding)
{
    CollectorOptions options;
    options.cache = path;
    options.http->port = 0;
    Collector collector(options);
    if (const auto started = collector.start(); !started) {
        std::fprintf(stderr, "bench_ingest: %s\n", started.error().message.c_str());
        std::exit(1);
    }
    const LoadClient client(collector.httpPort(), kConnections);
    const Stopwatch watch;
    const std::uint64_t accepted = client.send("/v1/logs", bodies, "application/x-protobuf", encoding);
    const double seconds = watch.seconds();
    collector.stop();
    if (accepted != bodies.size()) {
        std::fprintf(stderr, "bench_ingest: %llu of %zu requests were accepted\n",
                     static_cast<unsigned long long>(accepted), bodies.size());
        std::exit(1);
    }
    return seconds;
}

} // namespace

int main(int argc, char **argv)
{
    BenchmarkReport report("bench_ingest", argc, argv);
    QTemporaryDir folder;
    const std::filesystem::path base = folder.path().toStdString();
    LoadGenerator generator;
    std::vector<std::string> bodies, zipped;
    for (std::size_t i = 0; i < kRequests; ++i) {
        bodies.push_back(generator.nextProtobuf());
        zipped.push_back(gzip(bodies.back()));
    }

    std::vector<double> decode, plainRows, indexedRows, writer, http, httpGzip;
    std::uint64_t records = 0;
    double bytesAnEvent = 0;
    for (int round = -1; round < kRounds; ++round) { // the first round warms up
        const auto path = [&](const char *name) { return base / (std::to_string(round) + name); };
        const double a = decodeOnly(bodies, records);
        const double b = rows(path("rows.db"), false, records);
        const double c = rows(path("indexed.db"), true, records);
        const double d = writerAlone(path("writer.db"), LoadGenerator());
        const double e = overHttp(path("http.db"), bodies, {});
        const double f = overHttp(path("gzip.db"), zipped, "gzip");
        bytesAnEvent =
            static_cast<double>(std::filesystem::file_size(path("http.db"))) / static_cast<double>(records);
        for (const auto &entry : std::filesystem::directory_iterator(base))
            std::filesystem::remove_all(entry.path());
        if (round < 0)
            continue;
        decode.push_back(a);
        plainRows.push_back(b);
        indexedRows.push_back(c);
        writer.push_back(d);
        http.push_back(e);
        httpGzip.push_back(f);
    }
    const auto rate = [&](const std::vector<double> &seconds) {
        return static_cast<double>(records) / median(seconds);
    };
    report.figure("decode only", rate(decode) / 1e6, "M records/s");
    report.figure("SQLite rows, no index", rate(plainRows) / 1e6, "M records/s");
    report.figure("SQLite rows, two indexes", rate(indexedRows) / 1e6, "M records/s");
    report.figure("segment writer alone, FULL", rate(writer) / 1e6, "M records/s");
    report.figure("loopback HTTP to durable answer, FULL", rate(http) / 1e6, "M records/s");
    report.figure("the same, gzip", rate(httpGzip) / 1e6, "M records/s");
    report.ratio("HTTP to durable / decode only", rate(http) / rate(decode), 0.4, true);
    report.ratio("HTTP to durable / rows with two indexes", rate(http) / rate(indexedRows), 2, true);
    report.ratio("HTTP to durable / rows without index", rate(http) / rate(plainRows), 1, true);
    report.ratio("HTTP gzip to durable / rows without index", rate(httpGzip) / rate(plainRows), 0.7, true);
    report.ratio("bytes an event on disk / 30", bytesAnEvent / 30, 1, false);
    return report.finish();
}
