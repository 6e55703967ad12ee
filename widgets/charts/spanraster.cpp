// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/spanraster.h"

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
};

/// Times and values side by side.
struct Columns
{
    std::span<const Instant> times;
    std::span<const double> values;
    std::size_t size() const { return times.size(); }
    Instant at(std::size_t i) const { return times[i]; }
    double value(std::size_t i) const { return values[i]; }
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

/// The hot loop: no branch, four chains, so that it becomes minimum and maximum instructions. NaN compares false and is left out.
template<typename Points>
void extremes(const Points &points, std::size_t from, std::size_t to, ColumnSpan &span)
{
    double low[4], high[4];
    std::fill_n(low, 4, HUGE_VAL);
    std::fill_n(high, 4, -HUGE_VAL);
    std::size_t at = from;
    for (; at + 4 <= to; at += 4) {
        for (std::size_t i = 0; i < 4; ++i) {
            const double value = points.value(at + i);
            low[i] = value < low[i] ? value : low[i];
            high[i] = value > high[i] ? value : high[i];
        }
    }
    for (; at < to; ++at) {
        const double value = points.value(at);
        low[0] = value < low[0] ? value : low[0];
        high[0] = value > high[0] ? value : high[0];
    }
    span.low = std::min(std::min(low[0], low[1]), std::min(low[2], low[3]));
    span.high = std::max(std::max(high[0], high[1]), std::max(high[2], high[3]));
}

template<typename Points>
ColumnSpan spanOf(const Points &points, std::size_t from, std::size_t to)
{
    ColumnSpan span;
    extremes(points, from, to, span);
    if (!(span.low <= span.high)) {
        span = {};
        span.isBroken = from != to; // nothing but NaN
        return span;
    }
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
std::vector<ColumnSpan> spansOf(const Points &points, const TimeScale &scale)
{
    std::vector<ColumnSpan> spans;
    if (!scale.isValid())
        return spans;
    const double left = std::floor(scale.left);
    spans.resize(static_cast<std::size_t>(std::ceil(scale.right) - left));
    std::size_t at = find(points, 0, points.size() / 2, scale.range.from);
    bool isBroken = at == 0 || std::isnan(points.value(at - 1));
    const double perPixel = static_cast<double>((scale.range.to - scale.range.from).count()) / scale.width();
    std::size_t usual = points.size() / spans.size();
    for (std::size_t column = 0; column < spans.size(); ++column) {
        const double edge = left + static_cast<double>(column) + 1 - scale.left;
        const Instant until = std::min(scale.range.to, Instant{scale.range.from.ns + std::llround(edge * perPixel)});
        const std::size_t next = find(points, at, usual, until);
        spans[column] = spanOf(points, at, next);
        usual = next - at;
        if (at != next) {
            spans[column].isBroken = spans[column].isBroken || isBroken;
            isBroken = std::isnan(points.value(next - 1));
        }
        at = next;
    }
    return spans;
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
    return spansOf(Pairs{points}, scale);
}

std::vector<ColumnSpan> columnSpans(std::span<const Instant> times, std::span<const double> values, const TimeScale &scale)
{
    return spansOf(Columns{times.first(std::min(times.size(), values.size())), values}, scale);
}

void drawSpans(QImage &image, std::span<const ColumnSpan> spans, const ValueScale &values, const QColor &colour, double width)
{
    const QRgb ink = qPremultiply(colour.rgba());
    const int height = image.height();
    const auto stride = static_cast<std::size_t>(image.bytesPerLine()) / sizeof(QRgb);
    auto *const pixels = reinterpret_cast<QRgb *>(image.bits());
    const double half = width / 2;
    const double perValue = height / (values.high - values.low);
    const auto y = [&](double value) { return height - (value - values.low) * perValue; };
    const std::size_t columns = std::min(spans.size(), static_cast<std::size_t>(image.width()));
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
    for (std::size_t column = 0; column < columns; ++column) {
        const ColumnSpan &span = spans[column];
        if (span.points == 0) {
            if (span.isBroken)
                before = columns;
            continue;
        }
        double low = span.low, high = span.high;
        if (before < columns && !span.isBroken) {
            const double from = spans[before].last;
            const double step = (span.first - from) / static_cast<double>(column - before);
            for (std::size_t empty = before + 1; empty < column; ++empty) {
                const double start = from + step * static_cast<double>(empty - before - 1);
                draw(empty, std::min(start, start + step), std::max(start, start + step));
            }
            const double joint = span.first - step; // where the straight line comes into this column
            low = std::min(low, joint);
            high = std::max(high, joint);
        }
        draw(column, low, high);
        before = column;
    }
}

} // namespace telltale
