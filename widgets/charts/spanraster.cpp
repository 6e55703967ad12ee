// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/spanraster.h"

#include "widgets/charts/columnextremes.h"

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

/// Points as pairs.
struct Pairs
{
    std::span<const TimedValue> points;
    std::size_t size() const { return points.size(); }
    Instant at(std::size_t i) const { return points[i].at; }
    double value(std::size_t i) const { return points[i].value; }
    void prefetch(std::size_t i) const { __builtin_prefetch(points.data() + i); }
};

/// Times and values side by side.
struct Columns
{
    std::span<const Instant> times;
    std::span<const double> values;
    std::size_t size() const { return times.size(); }
    Instant at(std::size_t i) const { return times[i]; }
    double value(std::size_t i) const { return values[i]; }
    void prefetch(std::size_t i) const { __builtin_prefetch(times.data() + i); }
};

/// The first point at or after `wanted`, from `from` on, probably `expected` points further: a few steps from there, else halving.
template<typename Points>
std::size_t find(const Points &points, std::size_t from, std::size_t expected, Instant wanted)
{
    constexpr int kSteps = 8;
    const std::size_t end = points.size();
    std::size_t guess = std::min(from + expected, end);
    for (int i = 0; i < kSteps; ++i) {
        if (guess > from && !(points.at(guess - 1) < wanted))
            --guess;
        else if (guess < end && points.at(guess) < wanted)
            ++guess;
        else
            return guess;
    }
    std::size_t low = from, high = end;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (points.at(middle) < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/// Where each column's points begin, and where the last one's end.
template<typename Points>
std::vector<std::size_t> edgesOf(const Points &points, const TimeScale &scale, std::size_t columns)
{
    const double left = std::floor(scale.left);
    const double perPixel = static_cast<double>((scale.range.to - scale.range.from).count()) / scale.width();
    const std::size_t begin = find(points, 0, points.size() / 2, scale.range.from);
    const std::size_t end = find(points, begin, points.size() - begin, scale.range.to);
    std::vector<std::size_t> edges(columns + 1, end);
    edges[0] = begin;
    if (begin == end)
        return edges;
    // Points at regular steps, as most series have them, are found by arithmetic and looked at to be sure.
    const auto length = static_cast<double>((points.at(end - 1) - points.at(begin)).count());
    const double perStep = length > 0 ? static_cast<double>(end - begin - 1) / length : 0;
    const auto regular = [&, first = points.at(begin)](Instant wanted) {
        const double steps = static_cast<double>((wanted - first).count()) * perStep;
        const auto whole = static_cast<std::size_t>(std::clamp(steps, 0.0, static_cast<double>(end - begin)));
        return begin + whole + (static_cast<double>(whole) < steps && begin + whole < end ? 1 : 0);
    };
    constexpr int kPatience = 8; // how many wrong guesses in a row are enough
    constexpr double kColumnsAhead = 6;
    int missed = 0;
    for (std::size_t column = 0; column + 1 < columns; ++column) {
        const double edge = left + static_cast<double>(column) + 1 - scale.left;
        const Instant until{scale.range.from.ns + static_cast<std::int64_t>(edge * perPixel + 0.5)};
        const std::size_t from = edges[column];
        if (missed < kPatience) {
            const std::size_t guess = std::max(from, regular(until));
            points.prefetch(regular({until.ns + static_cast<std::int64_t>(kColumnsAhead * perPixel)}));
            if ((guess == from || points.at(guess - 1) < until) && (guess == end || !(points.at(guess) < until))) {
                edges[column + 1] = guess;
                missed = 0;
                continue;
            }
            ++missed;
        }
        const std::size_t usual = column == 0 ? (end - begin) / columns : from - edges[column - 1];
        edges[column + 1] = std::min(end, find(points, from, usual, until));
    }
    return edges;
}

void extremesOf(const Pairs &points, std::span<const std::size_t> edges, Extremes *answers)
{
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        Extremes &found = answers[i] = {HUGE_VAL, -HUGE_VAL};
        for (std::size_t at = edges[i]; at < edges[i + 1]; ++at) {
            const double value = points.value(at);
            found.low = value < found.low ? value : found.low;
            found.high = value > found.high ? value : found.high;
        }
    }
}

void extremesOf(const Columns &points, std::span<const std::size_t> edges, Extremes *answers)
{
    columnExtremes(points.values, edges, answers);
}

template<typename Points>
ColumnSpan spanOf(const Points &points, std::size_t from, std::size_t to, const Extremes &extremes)
{
    ColumnSpan span;
    if (!(extremes.low <= extremes.high)) {
        span.isBroken = from != to; // nothing but NaN
        return span;
    }
    span.low = extremes.low;
    span.high = extremes.high;
    span.points = static_cast<std::uint32_t>(to - from);
    span.isBroken = std::isnan(points.value(from));
    while (std::isnan(points.value(from)))
        ++from;
    while (std::isnan(points.value(to - 1)))
        --to;
    span.first = points.value(from);
    span.last = points.value(to - 1);
    return span;
}

template<typename Points>
void makeSpans(const Points &points, const TimeScale &scale, std::vector<ColumnSpan> &spans)
{
    spans.clear();
    if (!scale.isValid())
        return;
    spans.resize(static_cast<std::size_t>(std::ceil(scale.right) - std::floor(scale.left)));
    const std::vector<std::size_t> edges = edgesOf(points, scale, spans.size());
    constexpr std::size_t kTogether = 64; // columns whose points are still near when their ends are looked at
    Extremes extremes[kTogether];
    bool isBroken = edges[0] == 0 || std::isnan(points.value(edges[0] - 1));
    for (std::size_t begin = 0; begin < spans.size(); begin += kTogether) {
        const std::size_t end = std::min(spans.size(), begin + kTogether);
        extremesOf(points, std::span(edges).subspan(begin, end - begin + 1), extremes);
        for (std::size_t column = begin; column < end; ++column) {
            const std::size_t from = edges[column], to = edges[column + 1];
            if (from == to)
                continue;
            spans[column] = spanOf(points, from, to, extremes[column - begin]);
            spans[column].isBroken = spans[column].isBroken || isBroken;
            isBroken = std::isnan(points.value(to - 1));
        }
    }
}

/// Premultiplied and laid over what is there; `share` 0..256.
void blend(QRgb &pixel, QRgb colour, unsigned share)
{
    const auto scaled = [](QRgb rgb, unsigned by) -> QRgb {
        return (((rgb & 0xff00ffU) * by >> 8) & 0xff00ffU) | (((rgb >> 8 & 0xff00ffU) * by) & 0xff00ff00U);
    };
    const QRgb over = scaled(colour, share);
    pixel = over + scaled(pixel, 256 - (qAlpha(over) + (qAlpha(over) >> 7)));
}

} // namespace

std::vector<ColumnSpan> columnSpans(std::span<const TimedValue> points, const TimeScale &scale)
{
    std::vector<ColumnSpan> spans;
    makeSpans(Pairs{points}, scale, spans);
    return spans;
}

std::vector<ColumnSpan> columnSpans(std::span<const Instant> times, std::span<const double> values, const TimeScale &scale)
{
    std::vector<ColumnSpan> spans;
    columnSpans(times, values, scale, spans);
    return spans;
}

void columnSpans(std::span<const Instant> times, std::span<const double> values, const TimeScale &scale, std::vector<ColumnSpan> &spans)
{
    makeSpans(Columns{times.first(std::min(times.size(), values.size())), values}, scale, spans);
}

void drawSpans(QImage &image, std::span<const ColumnSpan> spans, const ValueScale &values, const QColor &colour, double width, const ColumnBand &band)
{
    const QRgb ink = qPremultiply(colour.rgba());
    const int height = image.height();
    const auto stride = static_cast<std::size_t>(image.bytesPerLine()) / sizeof(QRgb);
    auto *const pixels = reinterpret_cast<QRgb *>(image.bits());
    const double half = width / 2;
    const double perValue = height / (values.high - values.low);
    const auto y = [&](double value) { return height - (value - values.low) * perValue; };
    const std::size_t columns = std::min(spans.size(), static_cast<std::size_t>(image.width()));
    const std::size_t begin = std::min(band.from, columns), end = std::min(band.to, columns);
    const auto draw = [&](std::size_t column, double low, double high) {
        const double top = std::clamp(y(high) - half, 0.0, static_cast<double>(height));
        const double foot = std::clamp(y(low) + half, 0.0, static_cast<double>(height));
        if (foot <= top)
            return;
        const int first = static_cast<int>(top), last = std::min(height - 1, static_cast<int>(foot));
        QRgb *pixel = pixels + static_cast<std::size_t>(first) * stride + column;
        if (first == last) {
            blend(*pixel, ink, static_cast<unsigned>((foot - top) * 256));
            return;
        }
        blend(*pixel, ink, static_cast<unsigned>((first + 1 - top) * 256));
        pixel += stride;
        if (qAlpha(ink) == 255) {
            for (int row = first + 1; row < last; ++row, pixel += stride)
                *pixel = ink;
        } else {
            for (int row = first + 1; row < last; ++row, pixel += stride)
                blend(*pixel, ink, 256);
        }
        blend(*pixel, ink, static_cast<unsigned>((foot - last) * 256));
    };
    std::size_t before = columns; // the last column with points; none yet
    for (std::size_t column = begin; column-- > 0;) {
        if (spans[column].points > 0)
            before = column;
        if (spans[column].points > 0 || spans[column].isBroken)
            break;
    }
    for (std::size_t column = begin; column < columns; ++column) {
        const ColumnSpan &span = spans[column];
        if (span.points == 0) {
            if (span.isBroken)
                before = columns;
            if (span.isBroken && column >= end)
                break;
            continue;
        }
        double low = span.low, high = span.high;
        if (before < columns && !span.isBroken) {
            const double from = spans[before].last;
            const double step = (span.first - from) / static_cast<double>(column - before);
            for (std::size_t empty = std::max(before + 1, begin); empty < std::min(column, end); ++empty) {
                const double start = from + step * static_cast<double>(empty - before - 1);
                draw(empty, std::min(start, start + step), std::max(start, start + step));
            }
            const double joint = span.first - step; // where the straight line comes into this column
            low = std::min(low, joint);
            high = std::max(high, joint);
        }
        if (column >= end) // only led to, by the columns without points
            break;
        draw(column, low, high);
        before = column;
    }
}

} // namespace telltale
