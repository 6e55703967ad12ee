// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/rollupfigures.h"

#include "models/store/durationhistogram.h"
#include "models/store/durationvalues.h"
#include "models/store/idunion.h"

#include <algorithm>
#include <functional>

namespace telltale::testing {
namespace {

constexpr RecordKind kSegmentKinds[] = {RecordKind::UsageEvent,  RecordKind::ScreenView,
                                        RecordKind::Log,         RecordKind::Span,
                                        RecordKind::MetricPoint, RecordKind::SessionBound};

struct Plain
{
    RecordKind kind;
    std::int64_t time, duration;
    std::string subject, release, user, session;
    std::uint8_t severity = 0;
    bool isUnhandled = false;
};

RollupCount countOf(RecordKind kind)
{
    static const std::map<RecordKind, RollupCount> kCounts = {
        {RecordKind::UsageEvent, RollupCount::Usage},   {RecordKind::ScreenView, RollupCount::Views},
        {RecordKind::Error, RollupCount::Errors},       {RecordKind::Log, RollupCount::Logs},
        {RecordKind::Span, RollupCount::Spans},         {RecordKind::MetricPoint, RollupCount::Points},
        {RecordKind::SessionBound, RollupCount::Bounds}};
    return kCounts.at(kind);
}

std::optional<RollupFamily> familyOf(RecordKind kind)
{
    static const std::map<RecordKind, RollupFamily> kFamilies = {
        {RecordKind::UsageEvent, RollupFamily::Feature},
        {RecordKind::ScreenView, RollupFamily::Screen},
        {RecordKind::Span, RollupFamily::Operation},
        {RecordKind::Error, RollupFamily::ErrorGroup}};
    const auto found = kFamilies.find(kind);
    return found == kFamilies.end() ? std::nullopt : std::optional(found->second);
}

void count(RollupFigures &figures, const Plain &record, RollupFamily family)
{
    ++figures.counts[static_cast<std::size_t>(countOf(record.kind))];
    if (record.kind == RecordKind::Error) {
        figures.counts[static_cast<std::size_t>(RollupCount::Unhandled)] += record.isUnhandled;
        auto &severity = figures.counts[static_cast<std::size_t>(RollupCount::Severity)];
        severity = std::max<std::uint64_t>(severity, record.severity);
    }
    if (record.duration >= 0 && (record.kind == RecordKind::Span || family == RollupFamily::Screen)) {
        ++figures.durations;
        figures.durationSum += static_cast<double>(record.duration);
    }
    if (record.kind == RecordKind::Span || record.kind == RecordKind::MetricPoint)
        return;
    figures.first = std::min(figures.first.value_or(record.time), record.time);
    figures.last = std::max(figures.last.value_or(record.time), record.time);
    if (!record.user.empty())
        figures.users.insert(record.user);
    if (record.session.empty())
        return;
    figures.sessions.insert(record.session);
    if (family != RollupFamily::All)
        return;
    if (record.kind == RecordKind::Error)
        figures.failed.insert(record.session);
    if (record.isUnhandled)
        figures.crashed.insert(record.session);
}

void count(RollupFigureTable &table, const Plain &record, RollupLevel level)
{
    const std::int64_t bucket = bucketOf(record.time, level);
    count(table[{RollupFamily::All, bucket, "", record.release}], record, RollupFamily::All);
    if (const auto family = familyOf(record.kind); family && finestLevel(*family) <= level)
        count(table[{*family, bucket, record.subject, record.release}], record, *family);
}

void forEachRecord(CacheReader &reader, TimeRange range, bool onlyNew,
                   const std::function<void(Plain)> &visit)
{
    const auto release = [&](OriginId origin) { return reader.origin(origin).release; };
    for (const RecordKind kind : kSegmentKinds) {
        const auto segments =
            onlyNew ? reader.segmentsNotRolledUp(kind, range) : reader.segments(kind, range);
        for (const SegmentInfo &info : *segments) {
            const auto segment = *reader.segment(info, SegmentParts::Columns);
            for (std::uint32_t row = 0; row < segment->count(); ++row) {
                const std::int64_t time = segment->times()[row];
                if (time < range.from.ns || (time >= range.to.ns && range.to != Instant::max()))
                    continue;
                const DictionaryId subject = kind == RecordKind::UsageEvent   ? segment->features()[row]
                                             : kind == RecordKind::ScreenView ? segment->screens()[row]
                                                                              : segment->names()[row];
                visit({kind, time, segment->durations()[row], std::string(reader.string(subject)),
                       release(segment->origins()[row]), std::string(reader.userKey(segment->users()[row])),
                       std::string(reader.sessionKey(segment->sessions()[row])), segment->severities()[row],
                       kind == RecordKind::SessionBound && segment->severities()[row] >= kCrashSeverity});
            }
        }
    }
    const auto visitError = [&](const StoredError &error) {
        visit({RecordKind::Error, error.time.ns, kNoDuration, std::to_string(error.group),
               release(error.origin), std::string(reader.userKey(error.user)),
               std::string(reader.sessionKey(error.session)), error.severity, error.isUnhandled});
        return true;
    };
    (void)(onlyNew ? reader.forEachErrorNotRolledUp(range, false, visitError)
                   : reader.forEachError(range, false, visitError));
}

std::set<std::string> namesOf(std::string_view ids, const std::function<std::string(std::uint32_t)> &name)
{
    IdUnion set;
    std::set<std::string> names;
    if (!set.addStored(ids))
        names.insert("broken");
    for (const std::uint32_t id : set.ids())
        names.insert(name(id));
    names.erase("");
    return names;
}

class RollupWalk
{
public:
    RollupWalk(CacheReader &reader, RollupLevel level, RollupFigureTable &table)
        : m_reader(reader)
        , m_level(level)
        , m_table(table)
        , m_info(*reader.rollupInfo())
    {
        const auto editions = reader.editions();
        for (const StoredEdition &edition : *editions)
            m_releases[edition.id] = edition.release;
    }
    const RollupInfo &info() const { return m_info; }

    /// Runs of buckets that are not there are asked of the next finer level.
    void walk(RollupFamily family, RollupLevel level, std::int64_t from, std::int64_t to)
    {
        if (from >= to)
            return;
        if (family == RollupFamily::All && level == RollupLevel::Quarter) { // where minutes begin
            const std::int64_t border = std::clamp(bucketOf(m_info.minutesFrom.ns, level), from, to);
            walkRun(family, level, from, border, true);
            walkRun(family, level, border, to, false);
        } else {
            walkRun(family, level, from, to, level == finestLevel(family));
        }
    }

private:
    void walkRun(RollupFamily family, RollupLevel level, std::int64_t from, std::int64_t to, bool isFinest)
    {
        std::set<std::int64_t> found;
        if (hasIds(family, m_level) && !hasIds(family, level)) { // ids are asked for and not here
            const std::int64_t share = widthOf(level) / widthOf(finer(level));
            walk(family, finer(level), from * share, to * share);
            return;
        }
        (void)m_reader.forEachRollup(family, level, from, to,
                                     RollupTimes | RollupUsers | RollupSessions | RollupOtherIds |
                                         RollupDurations | RollupValues,
                                     [&](const RollupPart &part) {
                                         found.insert(part.bucket);
                                         take(part);
                                     });
        if (isFinest)
            return;
        found.insert(to);
        const std::int64_t share = widthOf(level) / widthOf(finer(level));
        for (std::int64_t next = from; const std::int64_t bucket : found) {
            walk(family, finer(level), next * share, bucket * share);
            next = bucket + 1;
        }
    }

    void take(const RollupPart &part)
    {
        const RollupColumns &columns = part.columns;
        for (std::size_t cell = 0; cell < columns.size(); ++cell) {
            RollupPlace place{part.family, bucketOf(bucketStart(part.bucket, part.level), m_level), "",
                              m_releases.at(columns.editions[cell])};
            if (part.family == RollupFamily::ErrorGroup)
                place.subject = std::to_string(columns.subjects[cell]);
            else
                place.subject = m_reader.string(static_cast<DictionaryId>(columns.subjects[cell]));
            RollupFigures &figures = m_table[place];
            for (std::size_t i = 0; i < kRollupCounts; ++i) {
                const std::uint64_t n = columns.count(static_cast<RollupCount>(i), cell);
                auto &to = figures.counts[i];
                to = i == static_cast<std::size_t>(RollupCount::Severity) ? std::max(to, n) : to + n;
            }
            if (!columns.firsts.empty() && columns.firsts[cell] <= columns.lasts[cell]) {
                const std::int64_t first = columns.firsts[cell], last = columns.lasts[cell];
                figures.first = std::min(figures.first.value_or(first), first);
                figures.last = std::max(figures.last.value_or(last), last);
            }
            const auto user = [&](std::uint32_t id) { return std::string(m_reader.userKey(id)); };
            const auto session = [&](std::uint32_t id) { return std::string(m_reader.sessionKey(id)); };
            figures.users.merge(namesOf(columns.idsOf(RollupIds::Users, cell), user));
            figures.users.merge(namesOf(columns.idsOf(RollupIds::Nameless, cell), [&](std::uint32_t id) {
                return std::string(m_reader.userKey(m_reader.userOfSession(id)));
            }));
            figures.sessions.merge(namesOf(columns.idsOf(RollupIds::Sessions, cell), session));
            figures.failed.merge(namesOf(columns.idsOf(RollupIds::Failed, cell), session));
            figures.crashed.merge(namesOf(columns.idsOf(RollupIds::Crashed, cell), session));
            DurationHistogram durations;
            if (!durations.addStored(columns.durationsOf(cell)))
                figures.durations += 1'000'000;
            std::uint64_t count = 0;
            WideSum sum = 0;
            const bool areValues = DurationValues::addUp(columns.valuesOf(cell), count, sum);
            if (!areValues || (hasValues(part.family, part.level) &&
                               (count != durations.count() || static_cast<double>(sum) != durations.sum())))
                figures.durations += 1'000'000;
            figures.durations += durations.count();
            figures.durationSum += durations.sum();
        }
    }

    CacheReader &m_reader;
    RollupLevel m_level;
    RollupFigureTable &m_table;
    RollupInfo m_info;
    std::map<std::uint32_t, std::string> m_releases;
};

bool isInGap(const RollupInfo &info, std::int64_t time)
{
    return std::any_of(info.gaps.begin(), info.gaps.end(), [time](const TimeRange &gap) {
        return gap.from.ns <= time && (time < gap.to.ns || gap.to == Instant::max());
    });
}

void forgetMissingIds(RollupFigureTable &table, RollupLevel level)
{
    for (auto &[place, figures] : table) {
        if (hasIds(place.family, level))
            continue;
        figures.users.clear();
        figures.sessions.clear();
    }
}

} // namespace

RollupFigureTable figuresOfRecords(CacheReader &reader, RollupLevel level)
{
    RollupFigureTable table;
    const CacheReader::Snapshot snapshot(reader);
    forEachRecord(reader, {}, false, [&](const Plain &record) { count(table, record, level); });
    forgetMissingIds(table, level);
    return table;
}

RollupFigureTable figuresOfRollups(CacheReader &reader, RollupLevel level, std::size_t *tail)
{
    RollupFigureTable table;
    const CacheReader::Snapshot snapshot(reader);
    RollupWalk walk(reader, level, table);
    for (std::size_t i = 0; i < kRollupFamilies; ++i) {
        const auto family = static_cast<RollupFamily>(i);
        const auto extent = *reader.rollupExtent(family);
        if (!extent || finestLevel(family) > level)
            continue;
        walk.walk(family, level, bucketOf(extent->from.ns, level), bucketOf(extent->to.ns - 1, level) + 1);
    }
    const auto add = [&](const Plain &record) {
        if (tail)
            ++*tail;
        count(table, record, level);
    };
    forEachRecord(reader, {}, true, [&](const Plain &record) {
        if (!isInGap(walk.info(), record.time))
            add(record);
    });
    for (const TimeRange &gap : walk.info().gaps)
        forEachRecord(reader, gap, false, add);
    forgetMissingIds(table, level);
    return table;
}

} // namespace telltale::testing
