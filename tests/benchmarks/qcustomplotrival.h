// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/decimation.h"

#include <time.h>

#include <cstddef>
#include <optional>
#include <vector>

namespace telltale::test {

/// Milliseconds of the calling thread's processor time.
class ThreadClock
{
public:
    ThreadClock() { ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &m_start); }
    double milliseconds() const
    {
        timespec now{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec - m_start.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec - m_start.tv_nsec) / 1e6;
    }

private:
    timespec m_start{};
};

/// Milliseconds (median) QCustomPlot takes to take in and draw so many series, its own adaptive sampling on, without antialiasing.
/// None: built without it.
std::optional<double> customPlotMs(std::size_t series, const std::vector<std::vector<TimedValue>> &points, int width, int height, int rounds);

} // namespace telltale::test
