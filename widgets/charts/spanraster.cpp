// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/spanraster.h"

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

/// The first point at or after `at`, near `from`: doubling steps, then halving.
const TimedValue *gallop(const TimedValue *from, const TimedValue *end, Instant at)
{
    std::ptrdiff_t step = 16;
    const TimedValue *low = from;
    while (end - low > step && low[step].at < at) {
        low += step;
        step *= 2;
    }
    const TimedValue *high = end - low > step ? low + step : end;
    return std::lower_bound(low, high, at, [](const TimedValue &point, Instant wanted) { return point.at < wanted; });
}

/// The hot loop: no branch, so that it becomes minimum and maximum instructions. NaN compares false and is left out.
void extremes(const TimedValue *from, const TimedValue *to, ColumnSpan &span)
{
    double low0 = HUGE_VAL, low1 = HUGE_VAL, high0 = -HUGE_VAL, high1 = -HUGE_VAL;
    const TimedValue *at = from;
    for (; to - at >= 2; at += 2) {
        low0 = at[0].value < low0 ? at[0].value : low0;
        high0 = at[0].value > high0 ? at[0].value : high0;
        low1 = at[1].value < low1 ? at[1].value : low1;
        high1 = at[1].value > high1 ? at[1].value : high1;
    }
    if (at != to) {
        low0 = at->value < low0 ? at->value : low0;
        high0 = at->value > high0 ? at->value : high0;
    }
    span.low = std::min(low0, low1);
    span.high = std::max(high0, high1);
}

ColumnSpan spanOf(const TimedValue *from, const TimedValue *to)
{
    ColumnSpan span;
    extremes(from, to, span);
    if (!(span.low <= span.high)) {
        span = {};
        span.isBroken = from != to; // nothing but NaN
        return span;
    }
    span.points = static_cast<std::uint32_t>(to - from);
    span.isBroken = std::isnan(from->value);
    while (std::isnan(from->value))
        ++from;
    while (std::isnan(to[-1].value))
        --to;
    span.first = from->value;
    span.last = to[-1].value;
    return span;
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
    if (!scale.isValid())
        return spans;
    const double left = std::floor(scale.left);
    spans.resize(static_cast<std::size_t>(std::ceil(scale.right) - left));
    const TimedValue *const end = points.data() + points.size();
    const TimedValue *at = gallop(points.data(), end, scale.range.from);
    bool isBroken = at == points.data() || std::isnan(at[-1].value);
    const double perPixel = static_cast<double>((scale.range.to - scale.range.from).count()) / scale.width();
    for (std::size_t column = 0; column < spans.size(); ++column) {
        const double edge = left + static_cast<double>(column) + 1 - scale.left;
        const Instant until = std::min(scale.range.to, Instant{scale.range.from.ns + std::llround(edge * perPixel)});
        const TimedValue *next = gallop(at, end, until);
        spans[column] = spanOf(at, next);
        if (at != next) {
            spans[column].isBroken = spans[column].isBroken || isBroken;
            isBroken = std::isnan(next[-1].value);
        }
        at = next;
    }
    return spans;
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
