// SPDX-License-Identifier: GPL-3.0-or-later
// Removing the oldest twentieth: rows with two indexes against ours, in turns, each from a fresh copy.
//   bench_retention [--millions N] [--json FILE]   of events, 2 unless told
#include "models/store/cachewriter.h"
#include "tests/benchmarks/rowbaseline.h"
#include "tests/support/benchmarkreport.h"
#include "tests/support/storedrecords.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include <sqlite3.h>

using namespace telltale;
using namespace telltale::test;

namespace {

constexpr int kRounds = 5;
constexpr std::uint64_t kMillion = 1'000'000;
constexpr std::uint64_t kPart = 20; // a twentieth

[[noreturn]] void fail(const std::string &what)
{
    std::fprintf(stderr, "bench_retention: %s\n", what.c_str());
    std::exit(1);
}

/// Both lay their events a millisecond apart from here on.
constexpr Instant kStart = Instant::fromSeconds(1'795'161'600);

Instant cutoff(std::uint64_t events)
{
    return kStart + std::chrono::milliseconds(events / kPart);
}

double removeRows(const std::filesystem::path &path, std::uint64_t events)
{
    sqlite3 *database = nullptr;
    if (sqlite3_open(path.c_str(), &database) != SQLITE_OK)
        fail("the rows can not be opened");
    const std::string sql = "DELETE FROM event WHERE t < " + std::to_string(cutoff(events).ns);
    const Stopwatch watch;
    if (sqlite3_exec(database, "PRAGMA synchronous=FULL", nullptr, nullptr, nullptr) != SQLITE_OK ||
        sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        fail(sqlite3_errmsg(database));
    const double seconds = watch.seconds();
    if (sqlite3_changes(database) == 0)
        fail("no row was removed");
    sqlite3_close(database);
    return seconds;
}

/// Seconds to remove, and from the start until rollups are whole again and the file is as small as it gets.
std::pair<double, double> removeOurs(const std::filesystem::path &path, std::uint64_t events)
{
    CacheOptions options;
    options.path = path;
    options.ballastBytes = 0;
    auto writer = CacheWriter::open(options);
    if (!writer)
        fail(writer.error().message);
    Retention retention;
    const Instant now = kStart + std::chrono::milliseconds(events);
    retention.age = now - cutoff(events);
    std::uint64_t records = 0;
    const Stopwatch watch;
    for (;;) {
        const auto removed = (*writer)->prune(retention, now);
        if (!removed)
            fail(removed.error().message);
        if (removed->isNothing())
            break;
        records += removed->records;
    }
    const double removing = watch.seconds();
    for (bool hasMore = true; hasMore;)
        hasMore = (*writer)->maintain().value_or(false);
    if (!(*writer)->giveBack())
        fail("space could not be given back");
    if (records < events / kPart * 9 / 10)
        fail("too little was removed");
    return {removing, watch.seconds()};
}

} // namespace

int main(int argc, char **argv)
{
    BenchmarkReport report("bench_retention", argc, argv);
    std::uint64_t events = 2 * kMillion;
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::string_view(argv[i]) == "--millions")
            events = std::max<std::uint64_t>(1, std::strtoull(argv[i + 1], nullptr, 10)) * kMillion;
    }
    QTemporaryDir folder;
    const std::filesystem::path base = folder.path().toStdString();
    {
        RowBaseline rows(base / "rows.db", true);
        rows.insert(events);
    }
    if (const auto stored = storeGeneratedRecords(base / "ours.db", events); !stored)
        fail(stored.error().message);
    std::vector<double> rows, ours, whole;
    for (int round = 0; round < kRounds; ++round) {
        const auto copied = [&](const char *name) {
            const std::filesystem::path copy = base / (std::string("copy-") + name);
            std::filesystem::remove(copy.string() + "-wal");
            std::filesystem::remove(copy.string() + "-shm");
            std::filesystem::copy_file(base / name, copy, std::filesystem::copy_options::overwrite_existing);
            return copy;
        };
        rows.push_back(removeRows(copied("rows.db"), events));
        const auto [removing, all] = removeOurs(copied("ours.db"), events);
        ours.push_back(removing);
        whole.push_back(all);
    }
    report.figure("events", static_cast<double>(events) / 1e6, "M");
    report.figure("rows with two indexes", median(rows) * 1e3, "ms");
    report.figure("ours", median(ours) * 1e3, "ms");
    report.figure("ours, rollups whole again and space given back", median(whole) * 1e3, "ms");
    report.ratio("removing the oldest 5 %: rows with two indexes / ours", median(rows) / median(ours), 30,
                 true);
    return report.finish();
}
