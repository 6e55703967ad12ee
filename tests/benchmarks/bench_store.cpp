// SPDX-License-Identifier: GPL-3.0-or-later
// What the store costs on its own: decoded requests of 512 usage events into durable segments, against the same number
// of SQLite rows without (R1) and with two indexes (R2), in one run; bytes an event; reading columns back.
#include "models/store/cachefile.h"
#include "models/store/cachereader.h"
#include "models/store/cachewriter.h"
#include "models/store/segmentbuilder.h"
#include "models/store/segmentcodec.h"
#include "models/store/sqlite.h"
#include "models/store/storetesting.h"
#include "models/store/usageload.h"
#include "support/benchmarkreport.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

using namespace telltale;
using namespace telltale::testing;
using telltale::test::median;
using telltale::test::Stopwatch;

namespace {

constexpr std::size_t kRecords = 512;
constexpr std::size_t kRequests = 300;
constexpr std::size_t kPerCommit = 8; // what a group commit gathers under load
constexpr double kEvents = kRecords * kRequests;
constexpr int kRounds = 5;

std::vector<Delivery> requests(std::uint32_t seed)
{
    UsageLoad load{std::chrono::milliseconds(1), seed};
    std::vector<Delivery> all;
    for (std::size_t i = 0; i < kRequests; ++i)
        all.push_back(load.next(kRecords));
    return all;
}

struct Run
{
    double seconds = 0;
    double bytes = 0;
};

Run writeSegments(std::uint32_t seed, std::size_t perCommit)
{
    const ScratchFolder folder;
    std::vector<Delivery> all = requests(seed);
    auto writer = openWriter(folder.cache());
    const Stopwatch watch;
    for (std::size_t i = 0; i < all.size(); i += perCommit) {
        const auto report = writer->commit(std::span(all).subspan(i, std::min(perCommit, all.size() - i)));
        if (!report)
            std::fprintf(stderr, "%s\n", report.error().message.c_str());
    }
    writer.reset();
    return {watch.seconds(), static_cast<double>(std::filesystem::file_size(folder.cache()))};
}

Run writeRows(std::uint32_t seed, bool withIndexes)
{
    const ScratchFolder folder;
    const auto path = folder.path() / "rows.sqlite";
    prepareCacheFile(path);
    const std::vector<Delivery> all = requests(seed);
    const Stopwatch watch;
    {
        Database database(path, Database::Mode::ReadWrite);
        database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                         "CREATE TABLE events (id INTEGER PRIMARY KEY, t INTEGER, name INTEGER, kind INTEGER,"
                         " session INTEGER, user INTEGER, value REAL, attributes BLOB)");
        if (withIndexes)
            database.execute(
                "CREATE INDEX by_session ON events (session, t); CREATE INDEX by_name ON events (name, t)");
        Statement insert(database, "INSERT INTO events (t, name, kind, session, user, value, attributes)"
                                   " VALUES (:t, :name, 1, :session, :user, 1.5, :attributes)");
        std::string blob(40, 'a');
        database.execute("BEGIN");
        std::size_t inTransaction = 0;
        for (const Delivery &delivery : all) {
            const RecordBatch &batch = delivery.batch;
            for (std::size_t row = 0; row < batch.size(); ++row) {
                blob[row % blob.size()] = static_cast<char>('a' + row % 26);
                insert.bind(":t", batch.times[row].ns)
                    .bind(":name", batch.features[row])
                    .bind(":session", batch.sessions[row] * 7919U % 100'003U)
                    .bind(":user", batch.users[row])
                    .bindBlob(":attributes", blob)
                    .execute();
                if (++inTransaction == 10'000) {
                    database.execute("COMMIT; BEGIN");
                    inTransaction = 0;
                }
            }
        }
        database.execute("COMMIT");
        database.checkpoint(true);
    }
    return {watch.seconds(), static_cast<double>(std::filesystem::file_size(path))};
}

/// Encoding alone: rows that are already in columns into bytes.
double encodeSeconds(std::uint32_t seed)
{
    const ScratchFolder folder;
    prepareCacheFile(folder.cache());
    const std::vector<Delivery> all = requests(seed);
    auto writer = openWriter(folder.cache());
    Database database(folder.cache(), Database::Mode::ReadWrite);
    ChangeWriter changes(database);
    ChangeLog log;
    Dictionary strings(database, changes, log, "strings");
    Dictionary users(database, changes, log, "users");
    OriginWriter origins(database, changes, log);
    std::vector<SegmentRows> segments;
    SegmentBuilder builder(RecordKind::UsageEvent);
    for (const Delivery &delivery : all) {
        BatchIds ids(delivery.batch, strings, users, origins);
        for (std::size_t row = 0; row < delivery.batch.size(); ++row)
            builder.add(ids, row, ids.string(delivery.batch.sessions[row]), delivery.arrival);
        if (builder.rows().size() >= kSegmentRows) {
            segments.push_back(builder.take());
        }
    }
    double events = 0;
    const Stopwatch watch;
    for (const SegmentRows &rows : segments)
        events += encodeSegment(rows).count;
    return watch.seconds() / events * kEvents;
}

/// One pass over time, feature and session of everything.
double scanSeconds(std::uint32_t seed)
{
    const ScratchFolder folder;
    std::vector<Delivery> all = requests(seed);
    auto writer = openWriter(folder.cache());
    if (!writer->commit(all))
        return 1;
    auto reader = openReader(folder.cache());
    const Stopwatch watch;
    std::vector<std::uint64_t> perFeature(100'000);
    std::int64_t sum = 0;
    const auto segments = reader->segments(RecordKind::UsageEvent, {});
    for (const SegmentInfo &info : *segments) {
        const auto segment = *reader->segment(info, SegmentParts::Columns);
        const auto times = segment->times();
        const auto features = segment->features();
        for (std::size_t i = 0; i < times.size(); ++i) {
            sum += times[i];
            ++perFeature[features[i] % perFeature.size()];
        }
    }
    const double seconds = watch.seconds();
    return sum == 0 ? 1 : seconds;
}

} // namespace

int main(int argc, char **argv)
{
    test::BenchmarkReport report("bench_store", argc, argv);
    std::vector<double> grouped, single, plain, indexed, encode, scan;
    double bytes = 0, indexedBytes = 0;
    for (std::uint32_t round = 1; round <= kRounds; ++round) {
        const Run segments = writeSegments(round, kPerCommit);
        grouped.push_back(segments.seconds);
        bytes = segments.bytes;
        single.push_back(writeSegments(round, 1).seconds);
        plain.push_back(writeRows(round, false).seconds);
        const Run rows = writeRows(round, true);
        indexed.push_back(rows.seconds);
        indexedBytes = rows.bytes;
        encode.push_back(encodeSeconds(round));
        scan.push_back(scanSeconds(round));
    }
    const auto rate = [](const std::vector<double> &seconds) { return kEvents / median(seconds) / 1e6; };
    report.figure("segments, 8 requests a commit", rate(grouped), "M events/s");
    report.figure("segments, 1 request a commit", rate(single), "M events/s");
    report.figure("encoding alone", rate(encode), "M events/s");
    report.figure("rows (R1)", rate(plain), "M events/s");
    report.figure("rows with two indexes (R2)", rate(indexed), "M events/s");
    report.figure("reading two columns", rate(scan), "M events/s");
    report.figure("bytes an event", bytes / kEvents, "B");
    report.figure("bytes an event, R2", indexedBytes / kEvents, "B");
    report.ratio("durable segments and rollups / R1", median(plain) / median(grouped), 1.0, true);
    report.ratio("durable segments and rollups / R2", median(indexed) / median(grouped), 4.5, true);
    report.ratio("bytes an event / R2", bytes / indexedBytes, 0.25, false);
    return report.finish();
}
