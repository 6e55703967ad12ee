// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/schema.h"

#include "models/store/cachefile.h"
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
