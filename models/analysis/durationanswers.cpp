// SPDX-License-Identifier: GPL-3.0-or-later
// Screens, and how long things took, from rollups, which keep every duration: ranks are exact.
#include "models/analysis/cacheengine.h"
#include "models/analysis/distinct.h"
#include "models/analysis/percentile.h"
#include "models/analysis/planner.h"
#include "models/analysis/rollupmemory.h"
#include "models/analysis/twoatonce.h"

#include <algorithm>
#include <memory>

namespace telltale {
namespace {

/// Whether the rollups know the dwell of every view that was counted: that of others is a matter of the whole session.
bool isEachKnown(RecordKind kind, std::uint64_t counted, std::uint64_t known)
{
    return kind != RecordKind::ScreenView || counted == known;
}

/// What of whole days is asked for: the rest of them need not be remembered.
constexpr double kSharesAsked[] = {0.5, 0.95};
constexpr std::int64_t kWorthRemembering = 20 * 3600 * std::int64_t{1'000'000'000};

/// Durations of spans or screen views in stretches of time, from rollups. Of stretches of a day or more what is needed for
/// medians is remembered.
class RolledDurations
{
public:
    RolledDurations(Planner &planner, RollupMemory &memory, RecordKind kind,
                    const std::vector<std::int64_t> &edges)
        : m_planner(planner)
        , m_memory(memory)
        , m_kind(kind)
        , m_edges(edges)
        , m_stretches(edges.size() - 1)
        , m_isToRead(m_stretches.size(), 1)
        , m_all(m_stretches.size())
    {}
    /// None: the rollups do not know all of them. Errors: Damaged, Cancelled, Io.
    Result<std::optional<MeasuredDurations>> read();

private:
    struct Rolled
    {
        std::uint64_t counted = 0; ///< also those without a duration
        DurationPile pile;
    };
    struct Stretch
    {
        RollupMemory::Key key;
        std::optional<std::int64_t> stamp; ///< none: not to be remembered
        std::shared_ptr<const Rolled> remembered;
        Rolled rolled; ///< when it is not remembered
        std::uint64_t scannedCount = 0;
        std::vector<std::int64_t> scanned;
    };
    Result<void> findRemembered();
    Result<bool> readRollups(bool withRecords);
    void takeWhatWasRead();
    bool forgetWhatLacks();
    void remember();
    void remember(std::size_t number, std::span<const DurationPile::Bucket> buckets);

    Planner &m_planner;
    RollupMemory &m_memory;
    RecordKind m_kind;
    const std::vector<std::int64_t> &m_edges;
    std::vector<Stretch> m_stretches;
    std::vector<std::uint8_t> m_isToRead; ///< by stretch
    MeasuredDurations m_all;
};

Result<std::optional<MeasuredDurations>> RolledDurations::read()
{
    using Nothing = std::optional<MeasuredDurations>;
    if (const auto found = findRemembered(); !found)
        return tl::unexpected(found.error());
    auto isRead = readRollups(true);
    if (!isRead)
        return tl::unexpected(isRead.error());
    if (!*isRead)
        return Nothing();
    takeWhatWasRead();
    if (forgetWhatLacks()) {
        isRead = readRollups(false);
        if (!isRead)
            return tl::unexpected(isRead.error());
        if (!*isRead)
            return Nothing();
        takeWhatWasRead();
    }
    remember();
    return std::optional(std::move(m_all));
}

Result<void> RolledDurations::findRemembered()
{
    const std::string what = (m_kind == RecordKind::Span ? "spans " : "dwells ") + m_planner.editionsKey();
    for (std::size_t i = 0; i < m_stretches.size(); ++i) {
        Stretch &stretch = m_stretches[i];
        if (m_edges[i + 1] - m_edges[i] < kWorthRemembering)
            continue;
        const auto stamp = m_planner.stamp({{m_edges[i]}, {m_edges[i + 1]}});
        if (!stamp)
            return tl::unexpected(stamp.error());
        stretch.key = {what, m_edges[i], m_edges[i + 1]};
        stretch.stamp = *stamp;
        if (stretch.stamp)
            stretch.remembered = m_memory.find<Rolled>(stretch.key, *stretch.stamp);
        m_isToRead[i] = stretch.remembered == nullptr;
    }
    return {};
}

/// Of the stretches that are to be read; records that no rollup holds are of all. False: not all of them are known.
Result<bool> RolledDurations::readRollups(bool withRecords)
{
    std::vector<TimeRange> known;
    for (std::size_t i = 0; i < m_stretches.size(); ++i) {
        if (!m_isToRead[i])
            known.push_back({{m_edges[i]}, {m_edges[i + 1]}});
    }
    const bool isSpan = m_kind == RecordKind::Span;
    bool isFine = true;
    const auto done = m_planner.run(
        isSpan ? RollupFamily::All : RollupFamily::Screen, RollupValues, std::span(&m_kind, 1), m_edges,
        [&](std::size_t stretch, const RollupColumns &columns, std::size_t cell) {
            Rolled &rolled = m_stretches[stretch].rolled;
            rolled.counted += columns.count(isSpan ? RollupCount::Spans : RollupCount::Views, cell);
            isFine = rolled.pile.addStored(columns.valuesOf(cell)) && isFine;
        },
        [&](std::size_t stretch, const RecordRow &row) {
            if (!withRecords)
                return;
            ++m_stretches[stretch].scannedCount;
            if (row.duration >= 0)
                m_stretches[stretch].scanned.push_back(row.duration);
        },
        false, known);
    if (!done)
        return tl::unexpected(done.error());
    for (std::size_t i = 0; isFine && i < m_stretches.size(); ++i) {
        const Rolled &rolled = m_stretches[i].rolled;
        isFine = !m_isToRead[i] || isEachKnown(m_kind, rolled.counted, rolled.pile.count());
    }
    return isFine;
}

/// Megabytes are moved where nothing is added to them.
void RolledDurations::takeWhatWasRead()
{
    for (std::size_t i = 0; i < m_stretches.size(); ++i) {
        Stretch &stretch = m_stretches[i];
        if (!stretch.remembered && !m_isToRead[i])
            continue; // taken before
        DurationPile &pile = m_all.durations[i];
        if (stretch.remembered)
            pile = stretch.remembered->pile;
        else if (stretch.scanned.empty())
            pile = std::move(stretch.rolled.pile);
        else
            pile = stretch.rolled.pile;
        for (const std::int64_t duration : stretch.scanned)
            pile.add(duration);
        m_all.counts[i] = (stretch.remembered ? stretch.remembered->counted : stretch.rolled.counted) +
                          stretch.scannedCount;
    }
}

/// Of what is remembered: what has not the values that all stretches together need, or it alone. It is read again.
bool RolledDurations::forgetWhatLacks()
{
    const auto isRemembered = [](const Stretch &stretch) { return stretch.remembered != nullptr; };
    if (std::none_of(m_stretches.begin(), m_stretches.end(), isRemembered))
        return false;
    const auto buckets = DurationPile::bucketsFor(m_all.durations, kSharesAsked);
    bool lacksAny = false;
    for (std::size_t i = 0; i < m_stretches.size(); ++i) {
        const DurationPile &pile = m_all.durations[i];
        m_isToRead[i] = m_stretches[i].remembered &&
                        !(pile.hasBuckets(buckets) &&
                          pile.hasBuckets(DurationPile::bucketsFor(std::span(&pile, 1), kSharesAsked)));
        if (m_isToRead[i])
            m_stretches[i].remembered = nullptr;
        lacksAny = lacksAny || m_isToRead[i];
    }
    return lacksAny;
}

/// What was read of long stretches.
void RolledDurations::remember()
{
    const auto isNew = [](const Stretch &stretch) { return stretch.stamp && !stretch.remembered; };
    if (std::none_of(m_stretches.begin(), m_stretches.end(), isNew))
        return;
    const auto buckets = DurationPile::bucketsFor(m_all.durations, kSharesAsked, 1);
    const auto rememberAll = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            if (isNew(m_stretches[i]))
                remember(i, buckets);
        }
    };
    const std::size_t middle = m_stretches.size() / 2;
    twoAtOnce(
        middle > 0, [&] { rememberAll(0, middle); }, [&] { rememberAll(middle, m_stretches.size()); });
}

/// The values in `buckets` and around its own quantiles. More is not left in the answer either: ranks are found quickly then.
void RolledDurations::remember(std::size_t number, std::span<const DurationPile::Bucket> buckets)
{
    Stretch &stretch = m_stretches[number];
    DurationPile &pile = m_all.durations[number];
    auto wanted = DurationPile::bucketsFor(std::span(&pile, 1), kSharesAsked, 1);
    wanted.insert(wanted.end(), buckets.begin(), buckets.end());
    const auto kept = std::make_shared<Rolled>();
    kept->counted = stretch.rolled.counted;
    kept->pile = (stretch.scanned.empty() ? pile : stretch.rolled.pile).narrowed(wanted);
    pile = kept->pile;
    for (const std::int64_t duration : stretch.scanned)
        pile.add(duration);
    m_memory.keep<Rolled>(stretch.key, *stretch.stamp, kept, sizeof(Rolled) + kept->pile.bytes());
}

} // namespace

Result<std::optional<MeasuredDurations>> CacheEngine::rolledDurations(RecordScan &scan, RecordKind kind,
                                                                      const std::vector<std::int64_t> &edges)
{
    using Nothing = std::optional<MeasuredDurations>;
    Planner planner(scan);
    const auto isUsed = planner.isForRollups({{edges.front()}, {edges.back()}});
    if (!isUsed)
        return tl::unexpected(isUsed.error());
    if (!*isUsed)
        return Nothing();
    const QuestionPlan before = scan.plan();
    RolledDurations durations(planner, *m_memory, kind, edges);
    auto measured = durations.read();
    if (!measured && measured.error().code != Error::Code::Damaged)
        return tl::unexpected(measured.error());
    if (!measured || !*measured) {
        scan.plan() = before;
        return Nothing();
    }
    return measured;
}

CacheEngine::Rolled<std::vector<ScreenRow>> CacheEngine::rolledScreens(RecordScan &scan)
{
    using Nothing = std::optional<Answered<std::vector<ScreenRow>>>;
    struct Screen
    {
        std::uint64_t views = 0;
        IdUnion users;
        DurationPile dwells;
    };
    constexpr RecordKind kKinds[] = {RecordKind::ScreenView};
    Planner planner(scan);
    const auto range = planner.rangeFor(RollupFamily::Screen, kKinds);
    if (!range)
        return tl::unexpected(range.error());
    if (!*range)
        return Nothing();
    PlaceMap places;
    std::vector<Screen> screens;
    const auto screenOf = [&](std::uint32_t id) -> Screen & {
        const std::uint32_t place = places.placeOf(id);
        if (place == screens.size())
            screens.emplace_back();
        return screens[place];
    };
    std::uint64_t counted = 0, known = 0;
    bool isFine = true;
    const auto done = planner.run(
        RollupFamily::Screen, RollupUsers | RollupValues, kKinds, {(*range)->from.ns, (*range)->to.ns},
        [&](std::size_t, const RollupColumns &columns, std::size_t cell) {
            Screen &screen = screenOf(static_cast<std::uint32_t>(columns.subjects[cell]));
            const std::uint64_t views = columns.count(RollupCount::Views, cell);
            screen.views += views;
            counted += views;
            known -= screen.dwells.count();
            isFine = screen.users.addStored(columns.idsOf(RollupIds::Users, cell)) &&
                     screen.dwells.addStored(columns.valuesOf(cell)) && isFine;
            known += screen.dwells.count();
        },
        [&](std::size_t, const RecordRow &row) {
            Screen &screen = screenOf(row.screen);
            ++screen.views;
            if (row.user != 0)
                screen.users.add(row.user);
            if (row.duration >= 0)
                screen.dwells.add(row.duration);
        });
    if (!done && done.error().code != Error::Code::Damaged)
        return tl::unexpected(done.error());
    if (!done || !isFine || !isEachKnown(RecordKind::ScreenView, counted, known)) {
        scan.plan() = {};
        return Nothing();
    }
    constexpr double kShares[] = {0.25, 0.5, 0.75, 0.9};
    std::vector<ScreenRow> rows;
    for (std::size_t i = 0; i < screens.size(); ++i) {
        Screen &screen = screens[i];
        planner.resolveUsers(screen.users);
        ScreenRow &row = rows.emplace_back();
        row.screen = m_reader->string(places.ids()[i]);
        row.views = screen.views;
        row.users = screen.users.count();
        row.knownDwells = screen.dwells.count();
        row.dwellTotalMs = static_cast<double>(screen.dwells.sum() / 1e6L);
        const auto dwells = screen.dwells.quantiles(kShares);
        row.dwellP25Ms = inMilliseconds(dwells[0]);
        row.dwellP50Ms = inMilliseconds(dwells[1]);
        row.dwellP75Ms = inMilliseconds(dwells[2]);
        row.dwellP90Ms = inMilliseconds(dwells[3]);
    }
    std::sort(rows.begin(), rows.end(), [](const ScreenRow &a, const ScreenRow &b) {
        return a.views != b.views ? a.views > b.views : a.screen < b.screen;
    });
    if (rows.size() > scan.scope().limit)
        rows.resize(scan.scope().limit);
    return std::optional(Answered<std::vector<ScreenRow>>{std::move(rows), scan.takeNotes(), scan.plan()});
}

} // namespace telltale
