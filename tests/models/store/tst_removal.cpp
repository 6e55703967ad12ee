// SPDX-License-Identifier: GPL-3.0-or-later
// Retention, forgetting a person, and checking a cache.
#include "models/store/cacheverifier.h"
#include "models/store/cachewriter.h"
#include "models/store/rollupfigures.h"
#include "models/store/sqlite.h"
#include "models/store/storetesting.h"

#include <QTest>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace telltale;
using namespace telltale::testing;

namespace {

constexpr std::int64_t kDayNs = 86'400'000'000'000;
constexpr Instant kStart{20'000 * kDayNs};
constexpr int kDays = 20;
constexpr Instant kNow{kStart.ns + kDays * kDayNs};

/// Records of all kinds over twenty days in order of time, ten commits a day.
std::vector<Delivery> twentyDays(std::size_t count)
{
    std::mt19937 random(11);
    auto sketches = randomSketches(random, count);
    const std::size_t commits = kDays * 10;
    std::vector<Delivery> deliveries;
    for (std::size_t i = 0; i < sketches.size(); ++i)
        sketches[i].time =
            kStart + std::chrono::nanoseconds(static_cast<std::int64_t>(i) *
                                              (kDays * kDayNs / static_cast<std::int64_t>(count)));
    for (std::size_t at = 0; at < commits; ++at) {
        const auto begin = sketches.begin() + static_cast<std::ptrdiff_t>(at * count / commits);
        const auto end = sketches.begin() + static_cast<std::ptrdiff_t>((at + 1) * count / commits);
        deliveries.push_back(deliver({begin, end}, begin->time));
    }
    return deliveries;
}

bool fill(CacheWriter &writer, std::size_t count = 6'000)
{
    for (Delivery &delivery : twentyDays(count)) {
        std::vector<Delivery> one;
        one.push_back(std::move(delivery));
        if (!writer.commit(one))
            return false;
    }
    return true;
}

bool settle(CacheWriter &writer)
{
    for (int i = 0; i < 10'000; ++i) {
        const auto slice = writer.maintain();
        if (!slice)
            return false;
        if (!*slice)
            return true;
    }
    return false;
}

Removal pruneAll(CacheWriter &writer, const Retention &retention)
{
    Removal all;
    for (int i = 0; i < 1'000; ++i) {
        const auto removed = writer.prune(retention, kNow);
        if (!removed || removed->isNothing())
            break;
        all.add(*removed);
    }
    return all;
}

std::uint64_t recordsOf(CacheReader &reader)
{
    const CacheReader::Snapshot snapshot(reader);
    return reader.summary()->records;
}

bool rollupsSayWhatRecordsSay(const std::filesystem::path &cache)
{
    const auto reader = openReader(cache);
    return reader &&
           figuresOfRollups(*reader, RollupLevel::Day) == figuresOfRecords(*reader, RollupLevel::Day);
}

std::string bytesOf(const std::filesystem::path &file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::int64_t integerIn(const std::filesystem::path &cache, const char *sql)
{
    Database database(cache, Database::Mode::ReadOnly);
    return database.integer(sql);
}

CacheCheck checked(const std::filesystem::path &cache)
{
    return checkCache(cache, {}).value_or(CacheCheck{0, 0, 0, 0, 0, 0, {"it could not be checked"}});
}

} // namespace

class TestRemoval final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsTooOldGoes()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        QVERIFY(writer && fill(*writer) && writer->checkpoint());
        const std::uint64_t before = recordsOf(*openReader(folder.cache()));
        QVERIFY(settle(*writer));
        Retention retention;
        retention.age = std::chrono::nanoseconds(5 * kDayNs);
        const Removal removal = pruneAll(*writer, retention);
        QVERIFY(removal.records > before / 2);
        const Instant cutoff = kNow - *retention.age;
        QVERIFY(removal.range.to <= cutoff);
        QCOMPARE(recordsOf(*openReader(folder.cache())), before - removal.records);
        QVERIFY2(rollupsSayWhatRecordsSay(folder.cache()), "before they are made again");
        QVERIFY(settle(*writer));
        QVERIFY2(rollupsSayWhatRecordsSay(folder.cache()), "afterwards");
        QCOMPARE(integerIn(folder.cache(), "SELECT count(*) FROM rollup_gaps"), 0);
        const auto reader = openReader(folder.cache());
        const CacheReader::Snapshot snapshot(*reader);
        for (const RecordKind kind : {RecordKind::UsageEvent, RecordKind::Log, RecordKind::Span}) {
            const auto segments = reader->segments(kind, {});
            QVERIFY(segments && !segments->empty());
            for (const SegmentInfo &info : *segments)
                QVERIFY(info.last >= cutoff); // whole segments: what shares one with newer ones stays
        }
        const auto removals = reader->removals();
        QVERIFY(removals && removals->size() == 1);
        QCOMPARE(removals->front().records, removal.records);
        QCOMPARE(QByteArray::fromStdString(removals->front().reason), QByteArray("age"));
        const auto counters = reader->counters();
        QVERIFY(std::any_of(counters->begin(), counters->end(), [&](const StoredCounter &counter) {
            return counter.name == "retention.removed" && counter.count == removal.records;
        }));
        QVERIFY(checked(folder.cache()).isSound());
    }

    void everythingCanGoAndIdsAreNotGivenAgain()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        QVERIFY(writer && fill(*writer) && writer->checkpoint());
        const std::int64_t segment = integerIn(folder.cache(), "SELECT max(id) FROM segments");
        const std::int64_t session = integerIn(folder.cache(), "SELECT max(id) FROM sessions");
        Retention retention;
        retention.age = std::chrono::nanoseconds(0);
        const Removal removal = pruneAll(*writer, retention);
        QVERIFY(removal.records > 0);
        QCOMPARE(recordsOf(*openReader(folder.cache())), std::uint64_t(0));
        writer.reset();
        writer = openWriter(folder.cache());
        QVERIFY(writer && fill(*writer) && writer->checkpoint() && settle(*writer));
        QVERIFY(integerIn(folder.cache(), "SELECT min(id) FROM segments") > segment);
        QVERIFY(integerIn(folder.cache(), "SELECT min(id) FROM sessions WHERE hash IS NOT NULL AND start > "
                                          "-9223372036854775808") > 0);
        QVERIFY(integerIn(folder.cache(), "SELECT max(id) FROM sessions") > session);
        QVERIFY(rollupsSayWhatRecordsSay(folder.cache()));
        QVERIFY(checked(folder.cache()).isSound());
    }

    /// The writer that removed a session knows that it is gone.
    void aRemovedSessionCanComeBack()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        Sketch sketch;
        sketch.session = "s";
        sketch.user = "u";
        const auto commit = [&](std::int64_t time) {
            sketch.time = {time};
            std::vector<Delivery> one;
            one.push_back(deliver({sketch}, sketch.time));
            return writer->commit(one).has_value();
        };
        QVERIFY(commit(kStart.ns));
        QVERIFY(commit(kStart.ns + 9));
        Retention retention;
        retention.age = std::chrono::nanoseconds(kDayNs);
        const Removal removal = pruneAll(*writer, retention);
        QCOMPARE(removal.records, std::uint64_t(2));
        QCOMPARE(removal.sessions, std::uint64_t(1));
        QVERIFY(commit(kNow.ns));
        const auto reader = openReader(folder.cache());
        const CacheReader::Snapshot snapshot(*reader);
        const auto session = reader->session(*reader->findSession("s"));
        QVERIFY(session);
        QCOMPARE(session->start.ns, kNow.ns);
        QCOMPARE(session->events, std::uint64_t(1));
    }

    /// A session that goes on over the border counts the errors that are left, also once more of it comes; one whose records
    /// without id were two sessions at first counts as one.
    void sessionsCountTheErrorsThatAreLeft()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        QVERIFY(writer);
        const auto commit = [&](const char *session, RecordKind kind, std::int64_t time) {
            Sketch sketch;
            sketch.kind = kind;
            sketch.session = session;
            sketch.user = "u";
            sketch.time = {time};
            std::vector<Delivery> one;
            one.push_back(deliver({sketch}, sketch.time));
            return writer->commit(one).has_value();
        };
        constexpr std::int64_t kMinute = 60'000'000'000;
        const std::int64_t border = kNow.ns - kDayNs;
        for (const char *session : {"s", ""}) {
            QVERIFY(commit(session, RecordKind::Error, border - 50 * kMinute));
            QVERIFY(commit(session, RecordKind::Error, border - 40 * kMinute));
            QVERIFY(commit(session, RecordKind::Error, border + 5 * kMinute)); // formed: another one, for now
            QVERIFY(commit(session, RecordKind::UsageEvent, border - 15 * kMinute)); // formed: they are one
        }
        Retention retention;
        retention.age = std::chrono::nanoseconds(kDayNs);
        QVERIFY(pruneAll(*writer, retention).records >= 4);
        const auto errors = [&] {
            std::vector<std::uint64_t> counts;
            const auto reader = openReader(folder.cache());
            const CacheReader::Snapshot snapshot(*reader);
            static_cast<void>(reader->forEachSession({}, [&counts](const StoredSession &session) {
                counts.push_back(session.errors);
                return true;
            }));
            return counts;
        };
        QCOMPARE(errors(), (std::vector<std::uint64_t>{1, 1}));
        QVERIFY(commit("s", RecordKind::Error, border + 9 * kMinute));
        QVERIFY(commit("", RecordKind::Error, border + 9 * kMinute));
        QCOMPARE(errors(), (std::vector<std::uint64_t>{2, 2})); // the writer had not remembered more
        writer.reset();
        QVERIFY(checked(folder.cache()).isSound());
    }

    /// Errors of one person in a session of somebody else go, and are not counted there any more.
    void errorsOfAForgottenPersonAreNotCounted()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        QVERIFY(writer);
        Sketch sketch;
        sketch.kind = RecordKind::Error;
        sketch.session = "shared";
        for (const char *user : {"first", "second", "second"}) {
            sketch.user = user;
            sketch.time = sketch.time == Instant() ? kStart : sketch.time + std::chrono::seconds(1);
            std::vector<Delivery> one;
            one.push_back(deliver({sketch}, sketch.time));
            QVERIFY(writer->commit(one));
        }
        QVERIFY(writer->forgetUser("second", kNow));
        const auto reader = openReader(folder.cache());
        const CacheReader::Snapshot snapshot(*reader);
        const auto session = reader->session(*reader->findSession("shared"));
        QVERIFY(session);
        QCOMPARE(session->errors, std::uint64_t(1));
    }

    void whatIsTooMuchGoesAndSpaceIsGivenBack()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        QVERIFY(writer && fill(*writer, 40'000) && writer->checkpoint() && settle(*writer) &&
                writer->giveBack());
        const std::uint64_t before = std::filesystem::file_size(folder.cache());
        Retention retention;
        retention.bytes = before / 2;
        const Removal removal = pruneAll(*writer, retention);
        QVERIFY(removal.records > 0);
        QVERIFY(settle(*writer) && writer->giveBack());
        const std::uint64_t after = std::filesystem::file_size(folder.cache());
        QVERIFY2(after <= retention.bytes * 11 / 10, QByteArray::number(qulonglong(after)).constData());
        const auto reader = openReader(folder.cache());
        QVERIFY2(removal.records < 30'000, "more than had to go");
        QVERIFY(recordsOf(*reader) > 0);
        QVERIFY(rollupsSayWhatRecordsSay(folder.cache()));
        QVERIFY(checked(folder.cache()).isSound());
    }

    void aWriterKeepsToItByItself()
    {
        const ScratchFolder folder;
        {
            auto writer = openWriter(folder.cache());
            QVERIFY(writer && fill(*writer) && writer->checkpoint());
        }
        CacheOptions options;
        options.path = folder.cache();
        options.ballastBytes = 0;
        options.retention.age = std::chrono::nanoseconds(3 * kDayNs);
        auto writer = std::move(*CacheWriter::open(options));
        const std::uint64_t before = recordsOf(*openReader(folder.cache()));
        QVERIFY(settle(*writer));
        QVERIFY(recordsOf(*openReader(folder.cache())) < before / 2);
        QVERIFY(rollupsSayWhatRecordsSay(folder.cache()));
    }

    void aForgottenPersonIsNowhere()
    {
        const ScratchFolder folder;
        const std::string name = "somebody-with-a-rare-name";
        auto writer = openWriter(folder.cache());
        std::mt19937 random(5);
        auto sketches = randomSketches(random, 3'000);
        std::uint64_t theirs = 0;
        for (std::size_t i = 0; i < sketches.size(); ++i) {
            sketches[i].time = kStart + std::chrono::seconds(i);
            if (i % 37 == 0) {
                sketches[i].user = name;
                sketches[i].session = "their-session-" + std::to_string(i % 5);
                sketches[i].attributes.emplace_back("user.id", Value(name));
                sketches[i].attributes.emplace_back("note", Value("written by " + name));
                ++theirs;
            } else if (i % 37 == 1) { // names nobody, but lies in a session of theirs
                sketches[i].user.clear();
                sketches[i].session = "their-session-1";
                ++theirs;
            }
        }
        // Points have no part in a session, but where they name one it is that one's.
        std::vector<Delivery> one;
        one.push_back(deliver(sketches, kStart));
        QVERIFY(writer->commit(one) && writer->checkpoint() && settle(*writer));
        const auto others = [&] {
            const auto reader = openReader(folder.cache());
            auto lines = describe(*reader);
            std::erase_if(lines, [&](const std::string &line) {
                return line.find(name) != std::string::npos ||
                       line.find("their-session-") != std::string::npos;
            });
            return lines;
        };
        const auto want = others();
        const std::uint64_t before = recordsOf(*openReader(folder.cache()));
        const auto removal = writer->forgetUser(name, kNow);
        QVERIFY2(removal.has_value(), removal ? "" : removal.error().message.c_str());
        QCOMPARE(removal->records, theirs);
        QCOMPARE(removal->sessions, std::uint64_t(5));
        QVERIFY(settle(*writer));
        const auto written = writer->writeAnew();
        QVERIFY2(written.has_value(), written ? "" : written.error().message.c_str());
        QCOMPARE(recordsOf(*openReader(folder.cache())), before - theirs);
        const auto got = others();
        QVERIFY(got == want);
        const auto reader = openReader(folder.cache());
        QCOMPARE(describe(*reader).size(), want.size()); // nothing else is there
        QVERIFY(rollupsSayWhatRecordsSay(folder.cache()));
        QVERIFY(checked(folder.cache()).isSound());
        QCOMPARE(writer->forgetUser(name, kNow).error().code, Error::Code::NotFound);
        writer.reset();
        QVERIFY2(bytesOf(folder.cache()).find(name) == std::string::npos, "the name is still in the file");
        QVERIFY2(bytesOf(folder.cache()).find("their-session-") == std::string::npos,
                 "a session is still there");
    }

    void damageIsFoundAndRollupsAreMadeAgain()
    {
        const ScratchFolder folder;
        {
            auto writer = openWriter(folder.cache());
            QVERIFY(writer && fill(*writer) && writer->checkpoint() && settle(*writer));
        }
        const CacheCheck sound = checked(folder.cache());
        QVERIFY2(sound.isSound(), sound.problems.empty() ? "" : sound.problems.front().c_str());
        QVERIFY(sound.segments > 0 && sound.rollups > 0 && sound.records == 6'000);
        {
            Database database(folder.cache(), Database::Mode::ReadWrite);
            database.execute("UPDATE rollups SET counts = zeroblob(length(counts)) WHERE key ="
                             " (SELECT min(key) FROM rollups)");
            database.execute("UPDATE segment_data SET attributes = zeroblob(length(attributes)) WHERE id ="
                             " (SELECT max(id) FROM segment_data WHERE length(attributes) > 8)");
        }
        const CacheCheck damaged = checked(folder.cache());
        QCOMPARE(damaged.damagedSegments, std::uint64_t(1));
        QCOMPARE(damaged.damagedRollups, std::uint64_t(1));
        QCOMPARE(damaged.problems.size(), std::size_t(2));
        {
            auto writer = openWriter(folder.cache());
            QVERIFY(writer && writer->dropRollups() && settle(*writer));
        }
        QCOMPARE(checked(folder.cache()).damagedRollups, std::uint64_t(0));
        QVERIFY(checkCache(folder.cache(), [](std::uint64_t, std::uint64_t) { return false; }).error().code ==
                Error::Code::Cancelled);
    }

    /// Killed anywhere while it removes, gives back and rolls up again: what is left is whole.
    void aLostProcessLeavesOldOrNew()
    {
        const ScratchFolder folder;
        {
            auto writer = openWriter(folder.cache());
            QVERIFY(writer && fill(*writer) && writer->checkpoint() && settle(*writer));
        }
        for (int round = 0; round < 12; ++round) {
            const pid_t child = ::fork();
            if (child == 0) {
                auto writer = openWriter(folder.cache());
                Retention retention;
                for (int day = kDays - round; writer && day > 0; --day) {
                    retention.age = std::chrono::nanoseconds(day * kDayNs);
                    pruneAll(*writer, retention);
                    static_cast<void>(writer->maintain());
                    static_cast<void>(writer->giveBack());
                }
                ::_exit(0);
            }
            ::usleep(3'000U + static_cast<unsigned>(round) * 2'500U);
            ::kill(child, SIGKILL);
            int status = 0;
            QCOMPARE(::waitpid(child, &status, 0), child);
            {
                auto writer = openWriter(folder.cache());
                QVERIFY(writer);
                QVERIFY(rollupsSayWhatRecordsSay(folder.cache()));
            }
            const CacheCheck check = checked(folder.cache());
            QVERIFY2(check.isSound(), check.problems.empty() ? "" : check.problems.front().c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestRemoval)
#include "tst_removal.moc"
