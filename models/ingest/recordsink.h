// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachewriter.h"
#include "models/store/delivery.h"
#include "models/telemetry/result.h"

#include <span>

namespace telltale {

/// Where deliveries become durable: the cache, or a fake in tests. Used from one thread only, the pipeline's writer.
class RecordSink
{
public:
    virtual ~RecordSink() = default;
    /// As CacheWriter::commit(): all or nothing, durable on return, sets Delivery::isRepeat.
    virtual Result<CommitReport> commit(std::span<Delivery> deliveries) = 0;
    /// As CacheWriter::checkpoint().
    virtual Result<void> checkpoint() = 0;
};

} // namespace telltale
