// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/cachereader.h"
#include "models/telemetry/time.h"

#include <cstdint>
#include <span>
#include <stop_token>
#include <unordered_map>
#include <vector>

namespace telltale {

/// No screen view without a dwell of its own is looked at for longer.
inline constexpr std::int64_t kLongestDerivedDwell = 30LL * 60 * 1'000'000'000;

/// How long the screen views of a range were looked at: what the client said, else until the session's next screen view or
/// the session's end, no more than 30 minutes; not known without a session. A property of the whole session: neither range
/// nor filter change it.
class DwellTable
{
public:
    /// Error: Cancelled, Io. Damaged segments are left out. Cost: reads the screen views of the range and of half an hour
    /// more, and sorts them when some have no dwell of their own.
    static Result<DwellTable> load(CacheReader &reader, TimeRange range, const std::stop_token &stop);
    /// The same for the views of one session (canonical), whenever they were. Cost: reads the segments that it is in.
    static Result<DwellTable> loadSession(CacheReader &reader, SessionId session,
                                          const std::stop_token &stop);

    /// ns by row, kNoDuration where unknown; empty for segments outside of the range.
    std::span<const std::int64_t> of(std::int64_t segmentId) const
    {
        const auto found = m_bySegment.find(segmentId);
        return found == m_bySegment.end() ? std::span<const std::int64_t>() : found->second;
    }

private:
    struct View
    {
        SessionId session;
        std::uint32_t row;
        std::int64_t time;
        std::int64_t arrival;
        std::vector<std::int64_t> *dwells; ///< of its segment
        bool isMissing;
    };
    static Result<DwellTable> loadFrom(CacheReader &reader, const Result<std::vector<SegmentInfo>> &segments,
                                       SessionId onlySession, TimeRange extended,
                                       const std::stop_token &stop);
    static void sort(std::vector<View> &views);
    Result<void> fill(CacheReader &reader, std::vector<View> &views, TimeRange range,
                      const std::stop_token &stop);

    std::unordered_map<std::int64_t, std::vector<std::int64_t>> m_bySegment;
};

} // namespace telltale
