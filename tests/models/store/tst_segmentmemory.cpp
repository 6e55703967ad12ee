// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/segmentmemory.h"

#include <QTest>

using namespace telltale;

namespace {

/// Of so many rows, which it would take memory for when they are asked for.
std::shared_ptr<const StoredSegment> segment(std::int64_t id, std::uint32_t rows)
{
    SegmentInfo info;
    info.id = id;
    info.count = rows;
    return std::make_shared<const StoredSegment>(info, StoredSegment::Columns{}, EncodedSegment{}, false, std::make_shared<BufferPool>(), nullptr,
                                                 nullptr);
}

} // namespace

class TestSegmentMemory final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWithinItsBudget()
    {
        SegmentMemory memory;
        constexpr std::uint32_t kRows = 16'384;
        const std::size_t each = segment(1, kRows)->memoryBytes();
        QVERIFY(each > std::size_t(kRows) * 48);
        std::int64_t id = 0;
        for (int i = 0; i < 200; ++i) {
            ++id;
            memory.keep(id, segment(id, kRows));
            QVERIFY(memory.find(1)); // again and again
            QVERIFY(memory.bytes() <= SegmentMemory::kBudget);
        }
        QVERIFY(memory.bytes() > SegmentMemory::kBudget - 2 * each);
        QVERIFY(memory.find(id));
        QVERIFY(!memory.find(2));
    }

    void theSameAgainTakesItsPlace()
    {
        SegmentMemory memory;
        for (int i = 0; i < 5; ++i)
            memory.keep(7, segment(7, 1'000));
        QCOMPARE(memory.bytes(), memory.find(7)->memoryBytes());
    }

    /// One that is larger than all is kept alone: it is there anyway.
    void oneThatIsTooLarge()
    {
        SegmentMemory memory;
        memory.keep(1, segment(1, 1'000));
        memory.keep(2, segment(2, 1'000'000));
        QVERIFY(!memory.find(1));
        QVERIFY(memory.find(2));
        memory.keep(3, segment(3, 1'000));
        QVERIFY(!memory.find(2));
        QVERIFY(memory.bytes() <= SegmentMemory::kBudget);
    }
};

QTEST_APPLESS_MAIN(TestSegmentMemory)
#include "tst_segmentmemory.moc"
