// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/panelpart.h"

#include "models/report/reportfacts.h"
#include "widgets/report/reportcharts.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>

namespace telltale {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(telltale::Report)
};

constexpr double kChartHeight = 380;
constexpr int kFewestCells = 6; ///< columns of numbers that make a heatmap

bool isNumber(const QVariant &value)
{
    return value.isValid() && value.typeId() != QMetaType::QDateTime && std::isfinite(value.toDouble());
}

std::optional<double> numberAt(const ExportTable &panel, std::size_t row, int column)
{
    const QVariant value = panel.values[row].value(column);
    return isNumber(value) ? std::optional(value.toDouble()) : std::nullopt;
}

/// Numbers where there is anything, and something somewhere.
bool isNumeric(const ExportTable &panel, int column)
{
    bool hasAny = false;
    for (std::size_t row = 0; row < panel.values.size(); ++row) {
        hasAny = hasAny || isNumber(panel.values[row].value(column));
        if (panel.values[row].value(column).typeId() == QMetaType::QDateTime)
            return false;
    }
    return hasAny;
}

Instant instantOf(const QVariant &value)
{
    return Instant{value.toDateTime().toMSecsSinceEpoch() * 1'000'000};
}

bool isOverTime(const ExportTable &panel)
{
    if (panel.values.size() < 2 || panel.values.size() != panel.rows.size())
        return false;
    Instant last = Instant::min();
    for (const QVariantList &row : panel.values) {
        if (row.value(0).typeId() != QMetaType::QDateTime || !(last < instantOf(row.value(0))))
            return false;
        last = instantOf(row.value(0));
    }
    return panel.columns.size() > 1 && isNumeric(panel, 1);
}

bool isMatrix(const ExportTable &panel)
{
    if (panel.values.size() != panel.rows.size() || panel.rows.empty() || panel.columns.size() <= kFewestCells)
        return false;
    for (int column = 1; column < panel.columns.size(); ++column) {
        for (const QVariantList &row : panel.values) {
            if (row.value(column).typeId() == QMetaType::QDateTime)
                return false;
        }
    }
    return !isNumber(panel.values.front().value(0));
}

/// What a column counts, told by how its values are written.
ValueKind kindOf(const ExportTable &panel, int column, const Formatter &words)
{
    for (const ValueKind kind : {ValueKind::Count, ValueKind::Milliseconds, ValueKind::Ratio, ValueKind::Bytes, ValueKind::Decimal}) {
        bool isIt = true;
        for (std::size_t row = 0; row < panel.rows.size() && isIt; ++row) {
            const auto number = numberAt(panel, row, column);
            isIt = !number || words.valueText(*number, kind) == panel.rows[row].value(column);
        }
        if (isIt)
            return kind;
    }
    return ValueKind::Decimal;
}

ReportColumn::Kind columnKind(const ExportTable &panel, int column, const Formatter &words)
{
    using Kind = ReportColumn::Kind;
    const bool isTime = !panel.values.empty() && panel.values.front().value(column).typeId() == QMetaType::QDateTime;
    if (panel.values.size() != panel.rows.size() || panel.values.empty() || (!isTime && !isNumeric(panel, column)))
        return Kind::Text;
    if (isTime)
        return Kind::Time;
    switch (kindOf(panel, column, words)) {
    case ValueKind::Count:
        return Kind::Count;
    case ValueKind::Milliseconds:
        return Kind::Milliseconds;
    case ValueKind::Ratio:
        return Kind::Ratio;
    default:
        return Kind::Number;
    }
}

ReportTable tableOf(const ExportTable &panel, const Formatter &words, std::size_t most)
{
    ReportTable table;
    for (int column = 0; column < panel.columns.size(); ++column)
        table.columns.push_back({panel.columns[column], columnKind(panel, column, words)});
    for (std::size_t row = 0; row < std::min(panel.rows.size(), most); ++row) {
        auto &cells = table.rows.emplace_back();
        for (int column = 0; column < panel.columns.size(); ++column) {
            ReportCell cell;
            cell.text = panel.rows[row].value(column);
            cell.value = cell.text;
            const QVariant value = row < panel.values.size() ? panel.values[row].value(column) : QVariant();
            if (value.typeId() == QMetaType::QDateTime)
                cell.value = instantOf(value);
            else if (value.isValid())
                cell.value = value.toDouble();
            cells.push_back(std::move(cell));
        }
    }
    if (most < panel.rows.size())
        table.note = Words::tr("The first %1 of %2.").arg(words.count(static_cast<double>(most)), words.count(static_cast<double>(panel.rows.size())));
    return table;
}

/// The column one place on is this one a period earlier.
bool hasBefore(const ExportTable &panel, int column)
{
    if (column + 1 >= panel.columns.size())
        return false;
    const QString pattern = QCoreApplication::translate("telltale::TrackStack", "%1 before", "a series one period earlier");
    const QString name = QString(panel.columns[column + 1]).remove(pattern.section(QStringLiteral("%1"), 0, 0)).remove(pattern.section(QStringLiteral("%1"), 1));
    return panel.columns[column + 1] == pattern.arg(name) && panel.columns[column].startsWith(name);
}

std::vector<ReportBlock> timeCharts(const ExportTable &panel, const Formatter &words)
{
    static constexpr std::array kColours{SeriesSlot::Blue, SeriesSlot::Orange, SeriesSlot::Green, SeriesSlot::Plum, SeriesSlot::Teal, SeriesSlot::Brick};
    TimeChart frame;
    for (const QVariantList &row : panel.values)
        frame.starts.push_back(instantOf(row.value(0)));
    const auto step = frame.starts[1] - frame.starts[0];
    frame.range = {frame.starts.front(), frame.starts.back() + step};
    const auto series = [&panel](int column, SeriesSlot colour, bool isDashed) {
        ReportSeries made{panel.columns[column], colour, {}, isDashed};
        for (std::size_t row = 0; row < panel.rows.size(); ++row)
            made.values.push_back(numberAt(panel, row, column));
        return made;
    };
    std::vector<ReportBlock> blocks;
    for (int column = 1; column < panel.columns.size(); ++column) {
        if (!isNumeric(panel, column))
            continue;
        TimeChart time = frame;
        time.kind = kindOf(panel, column, words);
        time.series.push_back(series(column, kColours[blocks.size() % kColours.size()], false));
        ReportChart chart;
        chart.title = panel.columns[column];
        if (hasBefore(panel, column))
            time.series.push_back(series(++column, kColours[blocks.size() % kColours.size()], true));
        chart.size = {kReportWidth, kChartHeight};
        chart.drawing = drawTimeChart(time, words, kChartHeight);
        chart.summary = Words::tr("%1 over %2.", "what a chart shows, a range of time").arg(chart.title, words.interval(frame.range));
        if (blocks.empty())
            chart.data = tableOf(panel, words, panel.rows.size()); // once, with all columns
        blocks.emplace_back(std::move(chart));
    }
    return blocks;
}

ReportChart heatmapOf(const ExportTable &panel, const Formatter &words)
{
    HeatmapChart map;
    const std::size_t rows = std::min(panel.rows.size(), kReportRows);
    double most = 0;
    int place = 0;
    for (int column = 1; column < panel.columns.size(); ++column) {
        const bool isNamed = place++ % std::max(1, static_cast<int>(panel.columns.size() - 1) / 8) == 0;
        map.columns.push_back(isNamed ? panel.columns[column] : QString());
    }
    ValueKind kind = ValueKind::Count;
    for (std::size_t row = 0; row < rows; ++row) {
        map.rows.push_back(panel.rows[row].value(0));
        for (int column = 1; column < panel.columns.size(); ++column) {
            map.values.push_back(numberAt(panel, row, column));
            most = std::max(most, map.values.back().value_or(0));
        }
    }
    if (panel.columns.size() > 1)
        kind = kindOf(panel, 1, words);
    map.top = most > 0 ? most : 1;
    map.topLabel = words.valueText(map.top, kind);
    ReportChart chart;
    chart.title = panel.title;
    chart.size = {kReportWidth, heatmapHeight(rows)};
    chart.drawing = drawHeatmap(map, words);
    chart.summary = Words::tr("%1 rows, at the most %2.").arg(words.count(static_cast<double>(rows)), map.topLabel);
    chart.data = tableOf(panel, words, panel.rows.size());
    return chart;
}

} // namespace

ReportPart panelPart(const ExportTable &panel, const Formatter &words)
{
    ReportPart part;
    part.title = panel.title;
    if (isOverTime(panel))
        part.blocks = timeCharts(panel, words);
    else if (isMatrix(panel))
        part.blocks.emplace_back(heatmapOf(panel, words));
    else
        part.blocks.emplace_back(tableOf(panel, words, kReportRows));
    QStringList asked;
    for (const auto &[name, value] : panel.asked)
        asked << Words::tr("%1: %2", "a name and its value").arg(name, value);
    if (!asked.isEmpty())
        part.blocks.emplace_back(ReportText{asked.join(QStringLiteral(" · ")), true});
    return part;
}

} // namespace telltale
