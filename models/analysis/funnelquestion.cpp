// SPDX-License-Identifier: GPL-3.0-or-later
// Do people get to the end?
#include "models/analysis/cacheengine.h"
#include "models/analysis/funnelwalk.h"
#include "models/analysis/recordscan.h"

namespace telltale {
namespace {

constexpr RecordKind kKinds[] = {RecordKind::UsageEvent, RecordKind::ScreenView};
/// Put in order at a time: 16 MiB when each of them is a step.
constexpr std::uint64_t kRecordsAtOnce = 1U << 20;

struct alignas(64) Lane
{
    std::vector<FunnelWalk::Taken> taken;
};

/// Which steps a name is, a bit each, by its id. Read by all lanes.
std::vector<std::uint32_t> stepsByName(CacheReader &reader, const std::vector<std::string> &steps)
{
    std::vector<std::uint32_t> byName;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto id = reader.findString(steps[i]);
        if (!id || *id == 0)
            continue;
        if (byName.size() <= *id)
            byName.resize(std::size_t(*id) + 1);
        byName[*id] |= 1U << i;
    }
    return byName;
}

std::vector<FunnelRow> rowsOf(const std::vector<std::string> &steps, FunnelWalk &walk)
{
    std::vector<FunnelRow> rows(steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        rows[i].step = steps[i];
        rows[i].users = walk.users(i);
        if (rows[0].users > 0)
            rows[i].conversion = static_cast<double>(rows[i].users) / static_cast<double>(rows[0].users);
        if (i > 0)
            rows[i].medianMs = walk.medianMs(i);
    }
    return rows;
}

/// Stretch by stretch, so that what has to be put in order is never more than one of them. Errors: Cancelled, Io.
Result<void> walkThrough(RecordScan &scan, const std::vector<std::uint32_t> &byName, FunnelWalk &walk)
{
    const auto stretches = scan.stretches(kKinds, scan.scope().range, kRecordsAtOnce);
    if (!stretches)
        return tl::unexpected(stretches.error());
    const auto stepsOf = [&byName](DictionaryId id) { return id < byName.size() ? byName[id] : 0; };
    std::vector<Lane> lanes(scan.laneCount());
    for (const TimeRange &stretch : *stretches) {
        const auto done = scan.runInLanes(kKinds, stretch, [&](std::size_t lane, const RecordRow &row) {
            const DictionaryId place = row.kind == RecordKind::ScreenView ? row.screen : row.feature;
            const std::uint32_t steps = stepsOf(row.name) | stepsOf(place);
            if (steps != 0 && row.user != 0)
                lanes[lane].taken.push_back({row.time, row.user, steps});
        });
        if (!done)
            return done;
        for (std::size_t lane = 1; lane < lanes.size(); ++lane) {
            lanes[0].taken.insert(lanes[0].taken.end(), lanes[lane].taken.begin(), lanes[lane].taken.end());
            lanes[lane].taken.clear();
        }
        walk.add(lanes[0].taken);
        if (scan.isCancelled())
            return scan.cancelled();
    }
    return {};
}

} // namespace

Engine::Reply<std::vector<FunnelRow>> CacheEngine::funnel(const std::vector<std::string> &steps,
                                                          std::chrono::nanoseconds window, const Scope &scope,
                                                          std::stop_token stop)
{
    if (steps.empty() || steps.size() > FunnelWalk::kMostSteps)
        return failure(Error::Code::InvalidArgument,
                       "a funnel has between one and " + std::to_string(FunnelWalk::kMostSteps) + " steps");
    RecordScan scan(*m_reader, scope, std::move(stop), listening());
    if (const auto ready = scan.prepare(); !ready)
        return tl::unexpected(ready.error());
    scan.wantOnly({RecordColumn::Time, RecordColumn::User, RecordColumn::Name, RecordColumn::Feature,
                   RecordColumn::Screen});
    FunnelWalk walk(steps.size(), window.count());
    if (const auto done = walkThrough(scan, stepsByName(*m_reader, steps), walk); !done)
        return tl::unexpected(done.error());
    return Answered<std::vector<FunnelRow>>{rowsOf(steps, walk), scan.takeNotes(), scan.plan()};
}

} // namespace telltale
