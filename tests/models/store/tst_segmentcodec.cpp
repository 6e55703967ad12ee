// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/segmentcodec.h"

#include "models/store/bytestream.h"
#include "models/store/cachefile.h"
#include "models/store/compression.h"
#include "models/store/numbercolumn.h"
#include "models/store/segmenttable.h"
#include "models/store/storetesting.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <functional>
#include <tuple>

using namespace telltale;
using namespace telltale::testing;

namespace {

constexpr Instant kArrival{1'700'000'100'000'000'000};

/// A cache with records of all kinds, in several commits.
void fill(const std::filesystem::path &path)
{
    auto writer = openWriter(path);
    QVERIFY(writer);
    std::mt19937 random(9);
    for (int i = 0; i < 5; ++i) {
        std::vector<Delivery> one;
        one.push_back(deliver(randomSketches(random, 400), kArrival + std::chrono::seconds(i)));
        QVERIFY(writer->commit(one));
    }
    QVERIFY(writer->checkpoint());
}

SegmentRow rowOf(Statement &row)
{
    SegmentRow found;
    found.id = row.integer(0);
    found.kind = static_cast<RecordKind>(row.integer(1));
    found.encoding = static_cast<int>(row.integer(2));
    found.count = row.id(3);
    found.first = row.integer(4);
    found.last = row.integer(5);
    found.sequence = row.integer(6);
    found.firstSession = row.id(7);
    found.lastSession = row.id(8);
    return found;
}

/// Makes all segments what encoding 1 had them be.
int makeOld(const std::filesystem::path &path)
{
    Database database(path, Database::Mode::ReadWrite);
    configureWriter(database);
    std::vector<std::tuple<SegmentRow, std::string, std::array<std::string, 3>>> segments;
    {
        Statement rows(
            database,
            "SELECT segments.id, kind, encoding, count, first, last, sequence, first_session, last_session,"
            " columns, traces, metrics, attributes FROM segments JOIN segment_data USING (id)");
        while (rows.step()) {
            std::string old;
            ByteWriter writer(old);
            const StoredColumns columns = splitColumns(rows.bytes(9));
            for (const std::string_view column : columns)
                writer.fixed(column.size(), 4);
            for (const std::string_view column : columns)
                writer.bytes(column);
            segments.emplace_back(rowOf(rows), std::move(old),
                                  std::array{std::string(rows.bytes(10)), std::string(rows.bytes(11)),
                                             std::string(rows.bytes(12))});
        }
    }
    Statement updateRow(
        database, "UPDATE segments SET encoding = 1, columns_checksum = :columns, details_checksum = :details"
                  " WHERE id = :id");
    Statement updateData(database, "UPDATE segment_data SET columns = :columns WHERE id = :id");
    for (auto &[row, columns, details] : segments) {
        row.encoding = 1;
        updateRow.bind(":columns", columnsChecksumOf(row, columns))
            .bind(":details", detailsChecksumOf(row, details[0], details[1], details[2]))
            .bind(":id", row.id)
            .execute();
        updateData.bindBlob(":columns", columns).bind(":id", row.id).execute();
    }
    return static_cast<int>(segments.size());
}

/// Changes a byte of the columns of every usage segment: the one that `which` finds.
void damage(const std::filesystem::path &path,
            const std::function<std::size_t(std::string_view columns)> &which)
{
    Database database(path, Database::Mode::ReadWrite);
    std::vector<std::pair<std::int64_t, std::string>> changed;
    {
        Statement rows(
            database,
            "SELECT segments.id, columns FROM segments JOIN segment_data USING (id) WHERE kind = :kind");
        rows.bind(":kind", static_cast<int>(RecordKind::UsageEvent));
        while (rows.step()) {
            std::string columns(rows.bytes(1));
            columns[which(columns)] ^= 1;
            changed.emplace_back(rows.integer(0), std::move(columns));
        }
    }
    Statement update(database, "UPDATE segment_data SET columns = :columns WHERE id = :id");
    for (const auto &[id, columns] : changed)
        update.bindBlob(":columns", columns).bind(":id", id).execute();
    QVERIFY(!changed.empty());
}

} // namespace

class TestSegmentCodec final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// A cache of an earlier Telltale is read as it is, merged and written on.
    void encodingOneIsRead()
    {
        const ScratchFolder folder;
        fill(folder.cache());
        const auto before = describe(*openReader(folder.cache()));
        QVERIFY(before.size() > 1000);
        QVERIFY(makeOld(folder.cache()) > 10);
        QVERIFY(describe(*openReader(folder.cache())) == before);

        auto writer = openWriter(folder.cache());
        QVERIFY(writer);
        for (bool hasMore = true; hasMore;) {
            const auto worked = writer->maintain();
            QVERIFY(worked);
            hasMore = *worked;
        }
        std::mt19937 random(10);
        std::vector<Delivery> one;
        one.push_back(deliver(randomSketches(random, 100), kArrival + std::chrono::minutes(1)));
        QVERIFY(writer->commit(one));
        const auto after = describe(*openReader(folder.cache()));
        QVERIFY(std::includes(after.begin(), after.end(), before.begin(), before.end()));
    }

    void someColumns()
    {
        const ScratchFolder folder;
        fill(folder.cache());
        const auto reader = openReader(folder.cache());
        const auto other = openReader(folder.cache());
        const CacheReader::Snapshot snapshot(*reader), otherSnapshot(*other);
        const auto segments = reader->segments(RecordKind::UsageEvent, {});
        QVERIFY(segments && !segments->empty());
        for (const SegmentInfo &info : *segments) {
            const auto part =
                reader->segment(info, SegmentParts::Columns, SegmentUse::Once,
                                columnBit(SegmentColumn::Times) | columnBit(SegmentColumn::Origins));
            const auto whole = other->segment(info);
            QVERIFY(part && whole);
            QVERIFY(std::ranges::equal((*part)->times(), (*whole)->times()));
            QVERIFY(std::ranges::equal((*part)->origins(), (*whole)->origins()));
            const auto last = reader->segment(info, SegmentParts::Columns, SegmentUse::Once,
                                              columnBit(SegmentColumn::Arrivals));
            QVERIFY(last && std::ranges::equal((*last)->arrivals(), (*whole)->arrivals()));
        }
    }

    /// Any columns together are the same as all of them: whatever lies between is stepped over or read along.
    void anyColumns()
    {
        const ScratchFolder folder;
        auto writer = openWriter(folder.cache());
        QVERIFY(writer);
        std::mt19937 random(21);
        std::vector<Delivery> one;
        one.push_back(deliver(randomSketches(random, 20'000), kArrival)); // columns of many pages
        QVERIFY(writer->commit(one));
        QVERIFY(writer->checkpoint());
        const auto reader = openReader(folder.cache());
        const auto other = openReader(folder.cache());
        const CacheReader::Snapshot snapshot(*reader), otherSnapshot(*other);
        const auto segments = reader->segments(RecordKind::UsageEvent, {});
        QVERIFY(segments && !segments->empty());
        const SegmentInfo info =
            *std::max_element(segments->begin(), segments->end(),
                              [](const SegmentInfo &a, const SegmentInfo &b) { return a.count < b.count; });
        const auto whole = other->segment(info);
        QVERIFY(whole);
        for (SegmentColumns wanted = 0; wanted <= kEveryColumn; ++wanted) {
            const auto part = reader->segment(info, SegmentParts::Columns, SegmentUse::Once, wanted);
            QVERIFY(part);
            const auto isSame = [&](SegmentColumn which, auto column) {
                return (wanted & columnBit(which)) == 0 ||
                       std::ranges::equal(((**part).*column)(), ((**whole).*column)());
            };
            QVERIFY(isSame(SegmentColumn::Times, &Segment::times));
            QVERIFY(isSame(SegmentColumn::Arrivals, &Segment::arrivals));
            QVERIFY(isSame(SegmentColumn::Durations, &Segment::durations));
            QVERIFY(isSame(SegmentColumn::Names, &Segment::names));
            QVERIFY(isSame(SegmentColumn::Features, &Segment::features));
            QVERIFY(isSame(SegmentColumn::Screens, &Segment::screens));
            QVERIFY(isSame(SegmentColumn::Users, &Segment::users));
            QVERIFY(isSame(SegmentColumn::Sessions, &Segment::sessions));
            QVERIFY(isSame(SegmentColumn::Origins, &Segment::origins));
            QVERIFY(isSame(SegmentColumn::Severities, &Segment::severities));
        }
    }

    /// Whatever width the offsets take: 40 bits are those of a time that is late by days.
    void numbersOfAllWidths()
    {
        std::mt19937_64 random(4);
        for (unsigned bits = 1; bits <= 64; ++bits) {
            for (const std::size_t count : {1U, 2U, 3U, 1'000U}) {
                std::vector<std::int64_t> column(count), read;
                for (std::int64_t &value : column)
                    value = static_cast<std::int64_t>(random() >> (64 - bits));
                std::string stored = "before";
                appendNumberColumn(stored, std::span<const std::int64_t>(column));
                stored += "after";
                ByteReader in(std::string_view(stored).substr(6));
                readNumberColumn(in, count, read);
                QVERIFY(read == column);
                QCOMPARE(in.rest(), std::string_view("after"));
            }
        }
    }

    void columnsAsBytes_data()
    {
        QTest::addColumn<std::vector<std::uint32_t>>("few");
        QTest::addColumn<bool>("isBytes");
        QTest::newRow("one") << std::vector<std::uint32_t>{7} << false;
        QTest::newRow("close to each other") << std::vector<std::uint32_t>{1'000, 1'001, 1'255} << true;
        QTest::newRow("with none") << std::vector<std::uint32_t>{0, 1'000, 1'001, 1'254} << true;
        QTest::newRow("from nought on") << std::vector<std::uint32_t>{0, 1, 2, 254} << true;
        QTest::newRow("far apart") << std::vector<std::uint32_t>{0, 3, 70'000, 4'000'000'000} << true;
        QTest::newRow("the largest") << std::vector<std::uint32_t>{0xffffffffU, 0xfffffffeU} << false;
        std::vector<std::uint32_t> many;
        for (std::uint32_t i = 0; i < 300; ++i)
            many.push_back(i * 3);
        QTest::newRow("too many") << many << false;
    }
    void columnsAsBytes()
    {
        QFETCH(std::vector<std::uint32_t>, few);
        QFETCH(bool, isBytes);
        std::mt19937 random(3);
        std::vector<std::uint32_t> column(5000);
        for (std::uint32_t &value : column)
            value = few[random() % few.size()];
        std::string stored;
        appendNumberColumn(stored, std::span<const std::uint32_t>(column));
        std::array<std::uint32_t, 256> values{};
        const auto bytes = bytesOf(stored, column.size(), values);
        QCOMPARE(!bytes.empty(), isBytes);
        for (std::size_t i = 0; i < bytes.size(); ++i)
            QCOMPARE(values[bytes[i]], column[i]);
        stored.pop_back();
        QVERIFY(!isBytes || !guarded([&] { return bytesOf(stored, column.size(), values).size(); }));
    }

    void damageOfAColumn()
    {
        const ScratchFolder folder;
        fill(folder.cache());
        damage(folder.cache(), [](std::string_view columns) {
            const std::string_view users =
                splitColumns(columns)[static_cast<std::size_t>(SegmentColumn::Users)];
            return static_cast<std::size_t>(users.data() - columns.data()) + users.size() - 1;
        });
        const auto reader = openReader(folder.cache());
        const CacheReader::Snapshot snapshot(*reader);
        const auto segments = reader->segments(RecordKind::UsageEvent, {});
        QVERIFY(segments && !segments->empty());
        const SegmentInfo info = segments->front();
        const auto read = [&](SegmentUse use, SegmentColumns columns) {
            return reader->segment(info, SegmentParts::Columns, use, columns);
        };
        const auto users = read(SegmentUse::Once, columnBit(SegmentColumn::Users));
        QVERIFY(!users);
        QCOMPARE(users.error().code, Error::Code::Damaged);
        QVERIFY(!read(SegmentUse::Again, columnBit(SegmentColumn::Times))); // read whole, as it is kept
        QVERIFY(read(SegmentUse::Once, columnBit(SegmentColumn::Times)));   // what is asked for is sound
    }

    void damageBeforeTheColumns()
    {
        const ScratchFolder folder;
        fill(folder.cache());
        damage(folder.cache(), [](std::string_view) { return kColumnsHead - 1; });
        const auto reader = openReader(folder.cache());
        const CacheReader::Snapshot snapshot(*reader);
        const auto segments = reader->segments(RecordKind::UsageEvent, {});
        QVERIFY(segments && !segments->empty());
        for (const SegmentInfo &info : *segments) {
            const auto part = reader->segment(info, SegmentParts::Columns, SegmentUse::Once,
                                              columnBit(SegmentColumn::Times));
            QVERIFY(!part);
            QCOMPARE(part.error().code, Error::Code::Damaged);
        }
    }
};

QTEST_GUILESS_MAIN(TestSegmentCodec)
#include "tst_segmentcodec.moc"
