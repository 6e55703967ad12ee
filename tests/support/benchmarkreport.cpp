// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/benchmarkreport.h"

#include "models/telemetry/value.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string_view>

namespace telltale::test {

double median(std::vector<double> samples)
{
    const auto middle = samples.begin() + static_cast<std::ptrdiff_t>((samples.size() - 1) / 2);
    std::nth_element(samples.begin(), middle, samples.end());
    return *middle;
}

BenchmarkReport::BenchmarkReport(std::string name, int argc, char **argv)
    : m_name(std::move(name))
{
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::string_view(argv[i]) == "--json")
            m_jsonFile = argv[i + 1];
    }
}

void BenchmarkReport::figure(const std::string &name, double value, const std::string &unit)
{
    m_lines.push_back({name, value, unit, 0, false, true});
}

void BenchmarkReport::ratio(const std::string &name, double value, double bound, bool isMinimum)
{
    m_lines.push_back({name, value, "x", bound, true, isMinimum});
}

int BenchmarkReport::finish() const
{
    std::printf("%s\n", m_name.c_str());
    Value::Array json;
    for (const Line &line : m_lines) {
        if (line.isRatio)
            std::printf("  %-64s %10.3f x   (%s %.3g: %s)\n", line.name.c_str(), line.value,
                        line.isMinimum ? "at least" : "at most", line.bound,
                        line.isMet() ? "met" : "falls short");
        else
            std::printf("  %-64s %10.4g %s\n", line.name.c_str(), line.value, line.unit.c_str());
        Value::Map entry{{"name", line.name}, {"value", line.value}, {"unit", line.unit}};
        if (line.isRatio) {
            entry.emplace_back(line.isMinimum ? "at_least" : "at_most", line.bound);
            entry.emplace_back("met", line.isMet());
        }
        json.emplace_back(std::move(entry));
    }
    if (m_jsonFile.empty())
        return 0;
    std::ofstream file(m_jsonFile);
    file << toJson(Value(Value::Map{{"benchmark", m_name}, {"figures", std::move(json)}})) << '\n';
    if (!file.flush()) {
        std::fprintf(stderr, "%s: cannot write %s\n", m_name.c_str(), m_jsonFile.c_str());
        return 1;
    }
    return 0;
}

} // namespace telltale::test
