// SPDX-License-Identifier: GPL-3.0-or-later
// From a loopback request to its durable answer, against what bounds it: decoding alone, raw SQLite rows, and the writer
// alone. All in one run, in turns; figures are medians.
//   bench_ingest [--connections N] [--json FILE]   N requests of 512 records are under way at a time: 64 unless told
//   bench_ingest --part no-http|http|late|writer   that alone, beside decoding
#include "app/collector/cachesink.h"
#include "app/collector/collector.h"
#include "models/ingest/pipeline.h"
#include "models/protocols/otlp/otlpdecoder.h"
#include "models/store/cachewriter.h"
#include "tests/benchmarks/rowbaseline.h"
#include "tests/support/benchmarkreport.h"
#include "tests/support/loadclient.h"
#include "tests/support/loadgenerator.h"
#include "tests/support/storedrecords.h"

#include <QTemporaryDir>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <semaphore>
#include <string>
#include <string_view>
#include <vector>

#include <zlib.h>

using namespace telltale;
using namespace telltale::test;

namespace {

constexpr std::size_t kRequests = 1'000; // of 512 records
constexpr int kRounds = 5;
constexpr int kPairs =
    3; ///< of late and in order, a round: what they differ by is less than what a machine does to each

/// What one run compares.
struct Load
{
    std::vector<std::string> bodies, zipped, late;
    int connections = 64;
};

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

/// Requests as the HTTP server hands them over, as many under way.
double withoutHttp(const std::filesystem::path &path, const std::vector<std::string> &bodies, int underWay)
{
    CacheOptions options;
    options.path = path;
    auto writer = CacheWriter::open(options);
    if (!writer)
        std::exit(1);
    CacheSink sink(std::move(*writer));
    Pipeline pipeline({}, sink);
    pipeline.start();
    std::counting_semaphore<> room(underWay);
    std::atomic<std::size_t> accepted = 0;
    const Stopwatch watch;
    for (const std::string &body : bodies) {
        room.acquire();
        ReceivedRequest request;
        request.method = "POST";
        request.path = "/v1/logs";
        request.contentType = "application/x-protobuf";
        request.body = body;
        request.arrival = Instant::fromSeconds(1'795'161'600);
        pipeline.handle(std::move(request), [&](Answer &&answer) {
            accepted += answer.status == 200 ? 1 : 0;
            room.release();
        });
    }
    for (int i = 0; i < underWay; ++i)
        room.acquire();
    const double seconds = watch.seconds();
    pipeline.stop();
    if (accepted != bodies.size())
        std::exit(1);
    return seconds;
}

double overHttp(const std::filesystem::path &path, const std::vector<std::string> &bodies,
                const std::string &encoding, int connections)
{
    CollectorOptions options;
    options.cache = path;
    options.http->port = 0;
    Collector collector(options);
    if (const auto started = collector.start(); !started) {
        std::fprintf(stderr, "bench_ingest: %s\n", started.error().message.c_str());
        std::exit(1);
    }
    const LoadClient client(collector.httpPort(), connections);
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

/// Empty: it is not given.
std::string_view option(int argc, char **argv, std::string_view name)
{
    for (int i = 1; i + 1 < argc; ++i) {
        if (argv[i] == name)
            return argv[i + 1];
    }
    return {};
}

Load makeLoad(int argc, char **argv)
{
    Load load;
    if (const std::string_view connections = option(argc, argv, "--connections"); !connections.empty())
        load.connections = std::max(1, std::atoi(connections.data()));
    LoadGenerator inOrder;
    LoadShape shape;
    shape.latePercent = 5;
    LoadGenerator lateOnes(shape);
    for (std::size_t i = 0; i < kRequests; ++i) {
        load.bodies.push_back(inOrder.nextProtobuf());
        load.zipped.push_back(gzip(load.bodies.back()));
        load.late.push_back(lateOnes.nextProtobuf());
    }
    return load;
}

/// Sizes in bytes an event, and seconds of each round.
struct Figures
{
    std::vector<double> decode, plainRows, indexedRows, writer, noHttp, http, httpGzip, httpLate;
    std::vector<double> lateToInOrder; ///< rates, of runs one right after the other
    std::uint64_t records = 0;
    double bytes = 0, rowBytes = 0;
};

void runRound(const std::filesystem::path &folder, const Load &load, Figures &figures)
{
    const auto size = [&](const char *name) {
        return static_cast<double>(std::filesystem::file_size(folder / name)) /
               static_cast<double>(figures.records);
    };
    figures.decode.push_back(decodeOnly(load.bodies, figures.records));
    figures.plainRows.push_back(rows(folder / "rows.db", false, figures.records));
    figures.indexedRows.push_back(rows(folder / "indexed.db", true, figures.records));
    figures.writer.push_back(writerAlone(folder / "writer.db", LoadGenerator()));
    figures.noHttp.push_back(withoutHttp(folder / "nohttp.db", load.bodies, load.connections));
    figures.httpGzip.push_back(overHttp(folder / "gzip.db", load.zipped, "gzip", load.connections));
    for (int pair = 0; pair < kPairs; ++pair) {
        const auto inOrder = [&] {
            std::filesystem::remove(folder / "http.db");
            figures.http.push_back(overHttp(folder / "http.db", load.bodies, {}, load.connections));
        };
        const auto late = [&] {
            std::filesystem::remove(folder / "late.db");
            figures.httpLate.push_back(overHttp(folder / "late.db", load.late, {}, load.connections));
        };
        if (figures.http.size() % 2 == 0) {
            inOrder();
            late();
        } else {
            late();
            inOrder();
        }
        figures.lateToInOrder.push_back(figures.http.back() / figures.httpLate.back());
    }
    figures.bytes = size("http.db");
    figures.rowBytes = size("indexed.db");
    for (const auto &entry : std::filesystem::directory_iterator(folder))
        std::filesystem::remove_all(entry.path());
}

/// One of them again and again beside decoding, for a profiler and for comparing two builds.
int runPart(std::string_view part, const std::filesystem::path &folder, const Load &load)
{
    std::uint64_t records = 0;
    std::vector<double> ratios, processor; // of both, the latter of all threads together
    const auto used = [] { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; };
    for (int round = 0; round < 2 * kRounds; ++round) {
        const std::filesystem::path cache = folder / ("part" + std::to_string(round));
        const double start = used();
        const double decoding = decodeOnly(load.bodies, records);
        const double between = used();
        const double seconds = part == "late"      ? overHttp(cache, load.late, {}, load.connections)
                               : part == "http"    ? overHttp(cache, load.bodies, {}, load.connections)
                               : part == "no-http" ? withoutHttp(cache, load.bodies, load.connections)
                                                   : writerAlone(cache, LoadGenerator());
        ratios.push_back(decoding / seconds);
        processor.push_back((used() - between) / (between - start));
        std::printf("%.3f s, decoding alone %.3f s; of the processor %.3f, %.3f s\n", seconds, decoding,
                    used() - between, between - start);
        std::filesystem::remove(cache);
    }
    std::printf("decoding alone / this: %.3f; of the processor, this / decoding: %.3f\n", median(ratios),
                median(processor));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const Load load = makeLoad(argc, argv);
    QTemporaryDir folder;
    if (const std::string_view part = option(argc, argv, "--part"); !part.empty())
        return runPart(part, folder.path().toStdString(), load);
    BenchmarkReport report("bench_ingest", argc, argv);
    Figures figures;
    runRound(folder.path().toStdString(), load, figures); // warms up
    figures = {};
    for (int round = 0; round < kRounds; ++round)
        runRound(folder.path().toStdString(), load, figures);

    const auto rate = [&](const std::vector<double> &seconds) {
        return static_cast<double>(figures.records) / median(seconds);
    };
    report.figure("decode only", rate(figures.decode) / 1e6, "M records/s");
    report.figure("SQLite rows, no index", rate(figures.plainRows) / 1e6, "M records/s");
    report.figure("SQLite rows, two indexes", rate(figures.indexedRows) / 1e6, "M records/s");
    report.figure("segment writer alone, FULL", rate(figures.writer) / 1e6, "M records/s");
    report.figure("decoded and durable, no HTTP", rate(figures.noHttp) / 1e6, "M records/s");
    report.figure("loopback HTTP to durable answer, FULL", rate(figures.http) / 1e6, "M records/s");
    report.figure("the same, gzip", rate(figures.httpGzip) / 1e6, "M records/s");
    report.figure("the same, 5 % late", rate(figures.httpLate) / 1e6, "M records/s");
    report.figure("bytes an event on disk", figures.bytes, "bytes");
    report.ratio("HTTP to durable / decode only", rate(figures.http) / rate(figures.decode), 0.4, true);
    report.ratio("durable without HTTP / decode only", rate(figures.noHttp) / rate(figures.decode), 0.55,
                 true);
    report.ratio("HTTP to durable / rows with two indexes", rate(figures.http) / rate(figures.indexedRows),
                 4.5, true);
    report.ratio("HTTP to durable / rows without index", rate(figures.http) / rate(figures.plainRows), 1,
                 true);
    report.ratio("HTTP gzip to durable / rows without index",
                 rate(figures.httpGzip) / rate(figures.plainRows), 0.7, true);
    report.ratio("5 % late / in order", median(figures.lateToInOrder), 0.95, true);
    report.ratio("bytes an event / 30", figures.bytes / 30, 1, false);
    report.ratio("bytes an event / rows with two indexes", figures.bytes / figures.rowBytes, 0.25, false);
    return report.finish();
}
