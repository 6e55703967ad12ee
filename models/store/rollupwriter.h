// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/editionwriter.h"
#include "models/store/rollupbuilder.h"
#include "models/store/rollupcollector.h"
#include "models/store/rollupgaps.h"
#include "models/store/rollupsource.h"

#include <future>
#include <memory>
#include <optional>

namespace telltale {

/// Keeps the rollups: a cache over segments and error rows that can be made again at any time.
///
/// Records are collected in memory and written as parts of the finest buckets now and then, dealt out to them on a thread
/// beside while more commits follow; what was not written is found again in the segments newer than the watermark
/// (state.rolled_sequence) and the errors after rollup_state.error, so a crash loses nothing. Coarser buckets are built from finer ones in the background. Whatever is not known to be right is a
/// gap, and gaps are scanned: parts up to the watermark, gaps and newer segments together always say what a scan says.
///
/// Used on the writer's thread; all but add() and the getters inside the caller's transaction. Functions throw.
class RollupWriter
{
public:
    RollupWriter(Database &database, SegmentTable &segments);

    void add(std::span<const RollupRecord> records) { m_collector.add(records); }
    /// Records that are in no rollup yet; those of them that are not being dealt out either.
    std::size_t pending() const { return m_collector.size() + (m_beside ? m_beside->collector.size() : 0); }
    std::size_t collected() const { return m_collector.size(); }

    /// Deals out what was collected, on a thread beside: all of it is of commits up to `sequence`, the one at hand. Only when
    /// isDealing() is false.
    void deal(std::int64_t sequence);
    bool isDealing() const { return m_beside != nullptr; }
    /// Writes what was dealt out beside, when that is done or `waits`. Gives the commit up to which all is rolled up then:
    /// the caller moves the watermark there.
    std::optional<std::int64_t> land(bool waits);
    /// Writes all that is pending. The caller moves the watermark to the commit at hand.
    void flush();
    /// At the start and after a rollback: what memory believed is forgotten, records newer than the watermark are collected
    /// again.
    void recover(std::int64_t rolledSequence);

    /// After records of this time were deleted or changed, and after a flush(): drops what is said about the range, widened
    /// to whole quarters of an hour, until maintain() has read its records again. `{}` is everything. Cost: the rows dropped.
    void invalidate(TimeRange range);
    /// A slice of what can wait: fills a part of a gap from segments, builds a bucket, folds old minutes. False when nothing
    /// is left to do. `now` is the newest arrival or the newest record, whichever is earlier. Cost: some 250,000 records
    /// read, or one bucket.
    bool maintain(std::int64_t rolledSequence, Instant now);

private:
    /// What is being dealt out.
    struct Beside
    {
        RollupCollector collector;
        DealingRules rules;
        std::int64_t sequence = 0, error = 0;       ///< the newest that is in
        std::future<std::vector<DealtPart>> parts; ///< the last member: whoever goes waits for the thread
    };
    DealingRules rulesFor(const RollupCollector &collector);
    void write(std::vector<DealtPart> parts);
    void fillGap(std::int64_t rolledSequence);
    std::int64_t rolledError();
    std::int64_t newestError();

    EditionWriter m_editions;
    RollupTable m_table;
    RollupGaps m_gaps;
    RollupBuilder m_builder;
    RollupSource m_source;
    RollupCollector m_collector;
    std::unique_ptr<Beside> m_beside;
    Statement m_readError, m_newestError, m_writeError;
};

} // namespace telltale
