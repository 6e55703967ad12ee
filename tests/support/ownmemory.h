// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include <unistd.h>

namespace telltale::test {

/// Watches how much memory of its own the process has, on a thread beside that looks each millisecond: what it has written
/// to, heap and stacks. Mapped files, the program and its libraries for the most part, are not counted: the system may take
/// them back and read them again. In MB. Any thread.
class OwnMemory
{
public:
    OwnMemory()
        : m_watch([this](const std::stop_token &stop) {
            while (!stop.stop_requested()) {
                look();
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        })
    {}
    static double now()
    {
        std::ifstream pages("/proc/self/statm");
        double size = 0, resident = 0, ofFiles = 0;
        pages >> size >> resident >> ofFiles;
        return (resident - ofFiles) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
    }
    double most() const { return m_most; }
    /// The most since the last call.
    double takeMost()
    {
        look();
        return m_mostLately.exchange(0);
    }

private:
    void look()
    {
        const double own = now();
        m_most = std::max(m_most.load(), own);
        m_mostLately = std::max(m_mostLately.load(), own);
    }

    std::atomic<double> m_most = 0, m_mostLately = 0;
    std::jthread m_watch; // the last one: joined before what it writes to goes
};

} // namespace telltale::test
