// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/engine.h"

#include "models/analysis/cacheengine.h"

namespace telltale {

Result<std::unique_ptr<Engine>> openCacheEngine(const std::filesystem::path &cache)
{
    auto reader = CacheReader::open(cache);
    if (!reader)
        return tl::unexpected(reader.error());
    return std::make_unique<CacheEngine>(std::move(*reader), RollupMemory::of(cache));
}

} // namespace telltale
