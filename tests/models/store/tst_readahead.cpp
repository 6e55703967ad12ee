// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/readahead.h"

#include "models/store/cachefile.h"
#include "models/store/storetesting.h"

#include <QTest>

#include <fstream>
#include <string>

using namespace telltale;
using namespace telltale::testing;

namespace {

constexpr std::size_t kPage = 4096;

std::string contentOf(std::int64_t row, std::size_t size, char salt)
{
    std::string bytes(size, '\0');
    std::uint32_t state = static_cast<std::uint32_t>(row) * 2654435761U + static_cast<std::uint8_t>(salt);
    for (char &byte : bytes) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<char>(state >> 24);
    }
    return bytes;
}

void put(Database &database, std::int64_t row, std::string_view bytes)
{
    Statement insert(database, "INSERT OR REPLACE INTO things (id, small, data) VALUES (:id, 7, :data)");
    insert.bind(":id", row).bindBlob(":data", bytes).execute();
}

std::string taken(BlobColumn &column, std::int64_t row)
{
    std::string bytes(column.open(row), '\0');
    column.read(bytes.data(), 0, bytes.size());
    return bytes;
}

/// Calls that read files, of this process; nothing where the system does not say.
std::optional<std::uint64_t> readCalls()
{
    std::ifstream file("/proc/self/io");
    for (std::string name; file >> name;) {
        std::uint64_t value = 0;
        if (!(file >> value))
            break;
        if (name == "syscr:")
            return value;
    }
    return std::nullopt;
}

/// A cache's file with blobs in it, as its writer makes it.
struct Things
{
    Things()
        : writer((prepareCacheFile(folder.cache()), folder.cache()), Database::Mode::ReadWrite)
    {
        configureWriter(writer);
        writer.execute(
            "CREATE TABLE things (id INTEGER PRIMARY KEY, small INTEGER, data BLOB NOT NULL) STRICT");
    }
    void checkpoint() { QVERIFY(writer.checkpoint(true)); }

    ScratchFolder folder;
    Database writer;
};

} // namespace

class TestReadAhead final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blobsOfAllSizes()
    {
        Things things;
        const std::vector<std::size_t> sizes = {
            0, 1, 100, kPage - 100, kPage, 10 * kPage + 17, 40 * kPage, 2 * ReadAhead::kMost + 5};
        for (std::size_t i = 0; i < sizes.size(); ++i)
            put(things.writer, static_cast<std::int64_t>(i),
                contentOf(static_cast<std::int64_t>(i), sizes[i], 'a'));
        for (const bool isInFile : {false, true}) { // in the log first
            if (isInFile)
                things.checkpoint();
            Database reader(things.folder.cache(), Database::Mode::ReadOnly);
            configureReader(reader);
            BlobColumn column(reader, "things", "data");
            const ReadScope scope(reader);
            for (std::size_t i = sizes.size(); i-- > 0;)
                QCOMPARE(taken(column, static_cast<std::int64_t>(i)),
                         contentOf(static_cast<std::int64_t>(i), sizes[i], 'a'));
            column.close();
        }
    }

    void statementsReadAheadToo()
    {
        Things things;
        for (std::int64_t row = 0; row < 20; ++row)
            put(things.writer, row, contentOf(row, 9 * kPage, 'a'));
        things.checkpoint();
        Database reader(things.folder.cache(), Database::Mode::ReadOnly);
        configureReader(reader);
        const ReadAheadScope ahead(reader.handle(), ReadAhead::kNoEnd);
        Statement all(reader, "SELECT id, data FROM things ORDER BY id");
        std::int64_t row = 0;
        for (; all.step(); ++row)
            QCOMPARE(std::string(all.bytes(1)), contentOf(row, 9 * kPage, 'a'));
        QCOMPARE(row, 20);
    }

    void fewLargeReads()
    {
        if (!readCalls())
            QSKIP("this system does not count reads");
        Things things;
        constexpr std::size_t kPages = 400;
        put(things.writer, 1, contentOf(1, kPages * kPage, 'a'));
        things.checkpoint();
        Database reader(things.folder.cache(), Database::Mode::ReadOnly);
        configureReader(reader);
        BlobColumn column(reader, "things", "data");
        const std::uint64_t before = *readCalls();
        QCOMPARE(taken(column, 1), contentOf(1, kPages * kPage, 'a'));
        QVERIFY2(*readCalls() - before < kPages / 8, qPrintable(QString::number(*readCalls() - before)));
    }

    /// What was read ahead in one transaction says nothing in the next: pages moved from the log into the file meanwhile.
    void aLaterTransactionSeesWhatIsThere()
    {
        Things things;
        put(things.writer, 1, contentOf(1, 20 * kPage, 'a'));
        put(things.writer, 2, contentOf(2, 20 * kPage, 'a'));
        things.checkpoint();
        Database reader(things.folder.cache(), Database::Mode::ReadOnly);
        configureReader(reader);
        BlobColumn column(reader, "things", "data");
        for (const char salt : {'b', 'c', 'd'}) {
            {
                const ReadScope scope(reader);
                taken(column, 1);
                column.close();
            }
            put(things.writer, 1, contentOf(1, 20 * kPage, salt));
            {
                const ReadScope scope(reader); // from the log
                QCOMPARE(taken(column, 1), contentOf(1, 20 * kPage, salt));
                QCOMPARE(taken(column, 2), contentOf(2, 20 * kPage, 'a'));
                column.close();
            }
            things.checkpoint();
            const ReadScope scope(reader); // the same commit, now from the file
            QCOMPARE(taken(column, 1), contentOf(1, 20 * kPage, salt));
            column.close();
        }
    }

    /// A reader keeps to its commit while others are written and moved into the file.
    void aRunningTransactionKeepsItsCommit()
    {
        Things things;
        put(things.writer, 1, contentOf(1, 20 * kPage, 'a'));
        things.checkpoint();
        Database reader(things.folder.cache(), Database::Mode::ReadOnly);
        configureReader(reader);
        BlobColumn column(reader, "things", "data");
        const ReadScope scope(reader);
        QCOMPARE(taken(column, 1), contentOf(1, 20 * kPage, 'a'));
        for (const char salt : {'b', 'c'}) {
            put(things.writer, 1, contentOf(1, 20 * kPage, salt));
            things.writer.checkpoint(false);
            QCOMPARE(taken(column, 1), contentOf(1, 20 * kPage, 'a'));
        }
        column.close();
    }

    void aRowThatIsNotThere()
    {
        Things things;
        put(things.writer, 1, "some");
        Database reader(things.folder.cache(), Database::Mode::ReadOnly);
        configureReader(reader);
        BlobColumn column(reader, "things", "data");
        const auto missing = guarded([&] { return column.open(5); });
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, Error::Code::Damaged);
        QCOMPARE(taken(column, 1), std::string("some")); // and it can be used again
    }
};

QTEST_GUILESS_MAIN(TestReadAhead)
#include "tst_readahead.moc"
