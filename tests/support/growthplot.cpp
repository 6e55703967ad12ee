// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/growthplot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <limits>

namespace telltale::test {
namespace {

constexpr double kLeft = 80, kTop = 50, kWidth = 560, kHeight = 400, kLegend = 300;
constexpr std::array<const char *, 8> kColours = {"#2f6fde", "#d2562b", "#2c8f5b", "#8a56c9",
                                                  "#b98900", "#c2357f", "#3b8ea5", "#6b7280"};

/// Whole decades around the values, and where a value lies between them.
class Decades
{
public:
    void include(double value)
    {
        if (value <= 0)
            return;
        m_low = std::min(m_low, std::floor(std::log10(value)));
        m_high = std::max(m_high, std::ceil(std::log10(value)));
    }
    int low() const { return static_cast<int>(m_low); }
    int high() const { return static_cast<int>(std::max(m_high, m_low + 1)); }
    double placeOf(double value) const
    {
        return (std::log10(value) - m_low) / (static_cast<double>(high()) - m_low);
    }

private:
    double m_low = std::numeric_limits<double>::max();
    double m_high = std::numeric_limits<double>::lowest();
};

std::string escaped(const std::string &text)
{
    std::string out;
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else
            out += c;
    }
    return out;
}

std::string decade(int power)
{
    const double value = std::pow(10.0, power);
    if (power >= 6)
        return std::to_string(static_cast<long long>(value / 1e6)) + " M";
    if (power >= 0)
        return std::to_string(static_cast<long long>(value));
    std::string text = std::to_string(value);
    return text.erase(text.find_last_not_of('0') + 1);
}

} // namespace

bool writeGrowthPlot(const std::filesystem::path &file, const std::string &title, const std::string &unit,
                     const std::vector<GrowthLine> &lines)
{
    Decades sizes, costs;
    for (const GrowthLine &line : lines) {
        for (const auto &[size, cost] : line.points) {
            sizes.include(size);
            costs.include(cost);
        }
    }
    if (lines.empty() || sizes.low() > sizes.high())
        return true;
    const auto x = [&](double size) { return kLeft + sizes.placeOf(size) * kWidth; };
    const auto y = [&](double cost) { return kTop + (1 - costs.placeOf(cost)) * kHeight; };

    std::filesystem::create_directories(file.parent_path());
    std::ofstream out(file);
    out << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << kLeft + kWidth + kLegend << "\" height=\""
        << kTop + kHeight + 60 << "\" font-family=\"Inter, sans-serif\" font-size=\"12\">\n"
        << "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n<text x=\"" << kLeft
        << "\" y=\"28\" font-size=\"16\">" << escaped(title) << "</text>\n";
    for (int power = sizes.low(); power <= sizes.high(); ++power) {
        const double at = x(std::pow(10.0, power));
        out << "<line x1=\"" << at << "\" x2=\"" << at << "\" y1=\"" << kTop << "\" y2=\"" << kTop + kHeight
            << "\" stroke=\"#e5e7eb\"/><text x=\"" << at << "\" y=\"" << kTop + kHeight + 20
            << "\" text-anchor=\"middle\">" << decade(power) << "</text>\n";
    }
    for (int power = costs.low(); power <= costs.high(); ++power) {
        const double at = y(std::pow(10.0, power));
        out << "<line x1=\"" << kLeft << "\" x2=\"" << kLeft + kWidth << "\" y1=\"" << at << "\" y2=\"" << at
            << "\" stroke=\"#e5e7eb\"/><text x=\"" << kLeft - 8 << "\" y=\"" << at + 4
            << "\" text-anchor=\"end\">" << decade(power) << " " << unit << "</text>\n";
    }
    out << "<text x=\"" << kLeft + kWidth / 2 << "\" y=\"" << kTop + kHeight + 44
        << "\" text-anchor=\"middle\">records in the cache</text>\n";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const char *const colour = kColours[i % kColours.size()];
        const char *const dash = i >= kColours.size() ? " stroke-dasharray=\"5 4\"" : "";
        out << "<polyline fill=\"none\" stroke=\"" << colour << "\" stroke-width=\"2\"" << dash
            << " points=\"";
        for (const auto &[size, cost] : lines[i].points)
            out << x(size) << ',' << y(std::max(cost, std::pow(10.0, costs.low()))) << ' ';
        const double legendY = kTop + 10 + static_cast<double>(i) * 18;
        out << "\"/>\n<line x1=\"" << kLeft + kWidth + 20 << "\" x2=\"" << kLeft + kWidth + 44 << "\" y1=\""
            << legendY << "\" y2=\"" << legendY << "\" stroke=\"" << colour << "\" stroke-width=\"2\"" << dash
            << "/><text x=\"" << kLeft + kWidth + 52 << "\" y=\"" << legendY + 4 << "\">"
            << escaped(lines[i].name) << "</text>\n";
    }
    out << "</svg>\n";
    return static_cast<bool>(out.flush());
}

} // namespace telltale::test
