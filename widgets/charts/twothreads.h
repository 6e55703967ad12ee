// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace telltale {

/// Calls `work` with each of 0..count-1, on this thread and on one of the global pool, and returns when all is done. When no thread of the
/// pool comes in time, this one does it all: nobody waits for what others do in the pool. `work` does not throw and is called by both at
/// once. Cost: some 10 µs; worth it from a millisecond of work on.
void onTwoThreads(std::size_t count, const std::function<void(std::size_t)> &work);

} // namespace telltale
