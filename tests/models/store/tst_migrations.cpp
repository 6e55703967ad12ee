// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/schema.h"

#include "models/store/cachefile.h"
#include "models/store/readablefile.h"
#include "models/store/storetesting.h"

#include <QTest>

using namespace telltale;
using namespace telltale::testing;

namespace {

constexpr Instant kArrival{1'700'000'100'000'000'000};

/// The steps there are and one more.
std::vector<Migration> withOneMore(const char *sql)
{
    const auto known = cacheMigrations();
    std::vector<Migration> more(known.begin(), known.end());
    more.push_back({more.back().version + 1, sql});
    return more;
}

std::int64_t versionOf(const std::filesystem::path &path)
{
    Database database(path, Database::Mode::ReadOnly);
    return database.integer("PRAGMA user_version");
}

void fill(const std::filesystem::path &path)
{
    auto writer = openWriter(path);
    std::mt19937 random(2);
    std::vector<Delivery> one;
    one.push_back(deliver(randomSketches(random, 200), kArrival));
    QVERIFY(writer && writer->commit(one));
}

} // namespace

class TestMigrations final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOlderCacheIsBroughtUp()
    {
        const ScratchFolder folder;
        fill(folder.cache());
        const std::int64_t before = versionOf(folder.cache());
        const auto steps = withOneMore(
            "ALTER TABLE sessions ADD COLUMN note TEXT; CREATE TABLE notes (id INTEGER PRIMARY KEY)");
        {
            Database database(folder.cache(), Database::Mode::ReadWrite);
            configureWriter(database);
            migrate(database, steps);
            migrate(database, steps); // a second time there is nothing to do
            QCOMPARE(database.integer("SELECT count(*) FROM notes"), 0);
            QVERIFY(database.integer("SELECT count(*) FROM segments") > 0);
        }
        QCOMPARE(versionOf(folder.cache()), before + 1);
        // An older program never writes a newer file.
        CacheOptions options;
        options.path = folder.cache();
        QVERIFY(CacheWriter::open(options).error().code == Error::Code::Unsupported);
        QVERIFY(CacheReader::open(folder.cache()).error().code == Error::Code::Unsupported);
    }

    /// Nobody writes to an archive, so nobody brings it up: it is read from a copy, which goes, and stays as it is.
    void anOlderArchiveIsReadFromACopy()
    {
        const ScratchFolder folder;
        fill(folder.cache());
        const auto archive = folder.path() / "old.telltale";
        {
            auto writer = openWriter(folder.cache());
            const std::vector<DocumentChange> about{{{std::string(kArchiveKind), "about", {}, "{}"}, false}};
            QVERIFY(writer && writer->putDocuments(about));
        }
        {
            Database database(folder.cache(), Database::Mode::ReadWrite);
            database.execute("PRAGMA journal_mode = DELETE");
        }
        std::filesystem::rename(folder.cache(), archive);
        std::filesystem::permissions(archive, std::filesystem::perms::owner_read);
        const auto written = std::filesystem::last_write_time(archive);
        const auto steps = withOneMore("CREATE TABLE notes (id INTEGER PRIMARY KEY)");
        std::filesystem::path copy;
        {
            const ReadableFile readable(archive, steps);
            QVERIFY(readable.isCopy());
            copy = readable.path();
            Database database(copy, Database::Mode::ReadOnly);
            checkSchema(database, steps);
            QCOMPARE(database.integer("SELECT count(*) FROM notes"), 0);
            QVERIFY(database.integer("SELECT count(*) FROM segments") > 0);
            QVERIFY(isArchive(database));
        }
        QVERIFY(!std::filesystem::exists(copy) && !std::filesystem::exists(copy.parent_path()));
        QVERIFY(std::filesystem::last_write_time(archive) == written);
        QCOMPARE(versionOf(archive), steps.back().version - 1);
        // What is up to date is read as it is.
        const ReadableFile current(archive, cacheMigrations());
        QVERIFY(!current.isCopy());
        QVERIFY(current.path() == archive);
    }

    /// A copy that can not be brought up is gone, too.
    void anArchiveThatCanNotBeBroughtUp()
    {
        const ScratchFolder folder;
        fill(folder.cache());
        {
            auto writer = openWriter(folder.cache());
            const std::vector<DocumentChange> about{{{std::string(kArchiveKind), "about", {}, "{}"}, false}};
            QVERIFY(writer && writer->putDocuments(about));
        }
        const auto temporary = folder.path() / "temporary";
        std::filesystem::create_directory(temporary);
        qputenv("TMPDIR", temporary.c_str());
        bool hasFailed = false;
        try {
            const ReadableFile readable(folder.cache(), withOneMore("SELECT no_such_function()"));
        } catch (const StoreFailure &) {
            hasFailed = true;
        }
        qunsetenv("TMPDIR");
        QVERIFY(hasFailed);
        QVERIFY(std::filesystem::is_empty(temporary));
    }

    /// A cache can be large, and somebody writes to it: no copy, but a word about what to do.
    void anOlderCacheSaysWhatToDo()
    {
        const ScratchFolder folder;
        fill(folder.cache());
        try {
            const ReadableFile readable(folder.cache(), withOneMore("CREATE TABLE notes (id INTEGER PRIMARY KEY)"));
            QFAIL("it was read");
        } catch (const StoreFailure &problem) {
            QVERIFY(problem.error.code == Error::Code::Unsupported);
            QVERIFY2(problem.error.message.find("telltale collect") != std::string::npos, problem.error.message.c_str());
        }
    }

    void aStepThatFailsLeavesTheOldVersion()
    {
        const ScratchFolder folder;
        fill(folder.cache());
        const std::int64_t before = versionOf(folder.cache());
        {
            // Stopped half-way: the first statement has been done when the second one can not be.
            Database database(folder.cache(), Database::Mode::ReadWrite);
            configureWriter(database);
            bool hasFailed = false;
            try {
                migrate(database,
                        withOneMore("CREATE TABLE notes (id INTEGER PRIMARY KEY); DELETE FROM sessions;"
                                    "SELECT no_such_function()"));
            } catch (const StoreFailure &) {
                hasFailed = true;
            }
            QVERIFY(hasFailed);
        }
        QCOMPARE(versionOf(folder.cache()), before);
        Database database(folder.cache(), Database::Mode::ReadOnly);
        QCOMPARE(database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'notes'"), 0);
        QVERIFY(database.integer("SELECT count(*) FROM sessions") > 0);
        QVERIFY(openWriter(folder.cache()));
    }

    void anotherProgramsDatabaseIsLeftAlone()
    {
        const ScratchFolder folder;
        const auto path = folder.path() / "theirs.sqlite";
        prepareCacheFile(path);
        {
            Database database(path, Database::Mode::ReadWrite);
            database.execute("CREATE TABLE theirs (id INTEGER PRIMARY KEY)");
        }
        const auto size = std::filesystem::file_size(path);
        CacheOptions options;
        options.path = path;
        QVERIFY(CacheWriter::open(options).error().code == Error::Code::Unsupported);
        QVERIFY(CacheReader::open(path).error().code == Error::Code::Unsupported);
        QCOMPARE(std::filesystem::file_size(path), size);
        Database database(path, Database::Mode::ReadOnly);
        QCOMPARE(database.integer("PRAGMA user_version"), 0);
        QCOMPARE(database.integer("SELECT count(*) FROM sqlite_schema"), 1);
    }

    void theSettingsThatProtectAreOn()
    {
        const ScratchFolder folder;
        fill(folder.cache());
        Database database(folder.cache(), Database::Mode::ReadWrite);
        configureWriter(database);
        QCOMPARE(database.integer("PRAGMA application_id"), std::int64_t{kCacheApplicationId});
        QCOMPARE(database.integer("PRAGMA synchronous"), 2);
        QCOMPARE(database.integer("PRAGMA journal_size_limit"), 64 << 20);
        QCOMPARE(database.integer("PRAGMA foreign_keys"), 1);
        QCOMPARE(database.integer("PRAGMA trusted_schema"), 0);
        QCOMPARE(database.integer("PRAGMA cell_size_check"), 1);
        Database reader(folder.cache(), Database::Mode::ReadOnly);
        configureReader(reader);
        QCOMPARE(reader.integer("PRAGMA query_only"), 1);
        bool hasFailed = false;
        try {
            reader.execute("DELETE FROM segments");
        } catch (const StoreFailure &) {
            hasFailed = true;
        }
        QVERIFY(hasFailed);
    }
};

QTEST_APPLESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
