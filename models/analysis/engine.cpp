// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/engine.h"

#include "models/analysis/cacheengine.h"
#include "models/analysis/recordscan.h"

namespace telltale {

std::string fieldOf(SplitBy by)
{
    static constexpr const char *kFields[] = {"feature", "screen", "release"};
    return kFields[static_cast<std::size_t>(by)];
}

Scope narrowedTo(SplitBy by, const std::string &name, Scope scope)
{
    scope.filter = scope.filter.and_(Filter(FilterTerm::exactly(fieldOf(by), name)));
    return scope;
}

Engine::Reply<ActivitySeries> Engine::activityBy(SplitBy by, const std::vector<std::string> &names, ActivityStep step, const Scope &scope,
                                                 std::stop_token stop)
{
    Answered<ActivitySeries> answer;
    for (const std::string &name : names) {
        auto one = activity(narrowedTo(by, name, scope), step, stop);
        if (!one)
            return tl::unexpected(one.error());
        answer.value.push_back(std::move(one->value));
        answer.notes = std::move(one->notes); // they are about the range
        answer.plan.isRollup = answer.plan.isRollup || one->plan.isRollup;
        answer.plan.buckets += one->plan.buckets;
        answer.plan.scannedSegments += one->plan.scannedSegments;
        answer.plan.scannedRecords += one->plan.scannedRecords;
    }
    return answer;
}

ScanSettings CacheEngine::listening() const
{
    return {.helpers = ScanSettings::defaultHelpers(), .progress = m_progress};
}

Result<std::unique_ptr<Engine>> openCacheEngine(const std::filesystem::path &cache)
{
    auto reader = CacheReader::open(cache);
    if (!reader)
        return tl::unexpected(reader.error());
    return std::make_unique<CacheEngine>(std::move(*reader), RollupMemory::of(cache));
}

} // namespace telltale
