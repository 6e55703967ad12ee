// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace telltale::test {

/// The middle of the samples (the lower one of two). Precondition: not empty.
double median(std::vector<double> samples);

/// Seconds since construction, by the steady clock.
class Stopwatch
{
public:
    double seconds() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// What every benchmark prints: figures, and ratios between figures of the same run with the bound they are held
/// against. Understands `--json FILE`. A benchmark never fails because of a figure: it says "falls short".
class BenchmarkReport
{
public:
    /// Reads `--json FILE` from the command line.
    BenchmarkReport(std::string name, int argc, char **argv);

    /// An absolute companion: true for this machine and moment only.
    void figure(const std::string &name, double value, const std::string &unit);
    /// `value` is the ratio; `bound` what it is held against, `isMinimum` whether it must be at least that.
    void ratio(const std::string &name, double value, double bound, bool isMinimum);

    /// Prints everything and writes the JSON file. Returns main()'s exit code: 1 only when the file can not be written.
    int finish() const;

private:
    struct Line
    {
        std::string name;
        double value = 0;
        std::string unit;
        double bound = 0;
        bool isRatio = false;
        bool isMinimum = true;
        bool isMet() const { return isMinimum ? value >= bound : value <= bound; }
    };
    std::string m_name;
    std::string m_jsonFile;
    std::vector<Line> m_lines;
};

} // namespace telltale::test
