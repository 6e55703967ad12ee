// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/recordbatch.h"

#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

namespace telltale {

/// Keeps cleared batches, so that their memory is used again. Thread-safe.
class BatchPool
{
public:
    RecordBatch take()
    {
        const std::scoped_lock lock(m_mutex);
        if (m_batches.empty())
            return {};
        RecordBatch batch = std::move(m_batches.back());
        m_batches.pop_back();
        return batch;
    }
    void give(RecordBatch &&batch)
    {
        if (batch.memoryBytes() > kLargestKept)
            return;
        batch.clear();
        const std::scoped_lock lock(m_mutex);
        if (m_batches.size() < kMostKept)
            m_batches.push_back(std::move(batch));
    }

private:
    static constexpr std::size_t kLargestKept =
        2 * 1024 * 1024; ///< one large request must not hold memory for ever
    static constexpr std::size_t kMostKept = 32;
    std::mutex m_mutex;
    std::vector<RecordBatch> m_batches;
};

} // namespace telltale
