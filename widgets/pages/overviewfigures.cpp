// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/overviewfigures.h"

#include "models/items/bucketchoice.h"
#include "widgets/pages/gridmaking.h"

#include <QCoreApplication>

#include <cmath>
#include <limits>
#include <numeric>

namespace telltale {

namespace {

using namespace std::chrono_literals;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kSparkPoints = 32;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(telltale::OverviewFigures)
};

double crashFree(std::uint64_t sessions, std::uint64_t crashed)
{
    return sessions == 0 ? kUnknown : 1.0 - static_cast<double>(crashed) / static_cast<double>(sessions);
}

template<typename Get>
std::vector<double> trend(const std::vector<PulseRow> &rows, Get get)
{
    std::vector<double> values;
    values.reserve(rows.size());
    for (const PulseRow &row : rows)
        values.push_back(get(row));
    return thinnedOut(values, kSparkPoints);
}

template<typename Row>
std::vector<Instant> startsOf(std::span<const Row> rows)
{
    std::vector<Instant> starts;
    starts.reserve(rows.size());
    for (const Row &row : rows)
        starts.push_back(row.start);
    return starts;
}

double p95(const LatencyRow &row)
{
    return row.p95Ms.value_or(kUnknown);
}

} // namespace

Scope withScreenLoads(const Scope &scope)
{
    // Names in use: the browser SDKs' "documentLoad", mobile agents' "AppStart" and "Created", and plain
    // words.
    static const Filter loads =
        Filter::parse("operation:*load* OR operation:*Load* OR operation:AppStart OR operation:Created")
            .value_or(Filter());
    Scope out = scope;
    out.filter = scope.filter.and_(loads);
    return out;
}

QString lengthText(std::chrono::nanoseconds length)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(length).count();
    if (seconds < 120)
        return Words::tr("%1 s").arg(seconds);
    if (seconds < 2 * 3600)
        return Words::tr("%1 min").arg((seconds + 30) / 60);
    if (seconds < 48 * 3600)
        return Words::tr("%1 h").arg((seconds + 1800) / 3600);
    return Words::tr("%1 days").arg((seconds + 43200) / 86400);
}

double urgency(const ErrorGroupRow &row)
{
    const auto half = row.trend.begin() + static_cast<std::ptrdiff_t>(row.trend.size() / 2);
    const double before = std::accumulate(row.trend.begin(), half, 0.0);
    const double after = std::accumulate(half, row.trend.end(), 0.0);
    const double growth = (after + 1) / (before + 1);
    const double level = row.unhandled > 0 ? 1.5 : row.severity >= 17 ? 1.2 : 1;
    return static_cast<double>(row.users + 1) * std::clamp(growth, 0.5, 4.0) * level;
}

std::array<KpiFigure, KpiRow::kTiles> OverviewFigures::make() const
{
    std::array<KpiFigure, KpiRow::kTiles> tiles;
    const auto number = [](std::uint64_t n) { return static_cast<double>(n); };

    KpiFigure &users = tiles[0];
    users.label = Words::tr("Active users");
    users.span = spanText;
    users.value = number(now->users);
    users.trend = trend(now->buckets, [&](const PulseRow &row) { return number(row.users); });
    users.explanation = Words::tr("Distinct users with at least one use, screen view, error or log in this time.");
    if (before)
        users.change = Change::ratio(number(now->users), number(before->users), Change::Better::Higher,
                                     number(now->users), number(before->users));

    KpiFigure &sessions = tiles[1];
    sessions.label = Words::tr("Sessions started");
    sessions.span = spanText;
    sessions.value = number(now->sessionsStarted);
    sessions.trend = trend(now->buckets, [&](const PulseRow &row) { return number(row.sessionsStarted); });
    sessions.explanation = Words::tr("Sessions whose first record is in this time.");
    if (before)
        sessions.change = Change::ratio(number(now->sessionsStarted), number(before->sessionsStarted),
                                        Change::Better::Higher, number(now->sessionsStarted),
                                        number(before->sessionsStarted));

    KpiFigure &dwell = tiles[2];
    dwell.label = Words::tr("Median dwell per screen");
    dwell.value = now->dwellP50Ms;
    dwell.kind = ValueKind::Milliseconds;
    dwell.trend = trend(now->buckets, [](const PulseRow &row) { return row.dwellP50Ms.value_or(kUnknown); });
    dwell.explanation = Words::tr("Half of all screen views with a known end lasted longer.");
    if (before && now->dwellP50Ms && before->dwellP50Ms)
        dwell.change = Change::ratio(*now->dwellP50Ms, *before->dwellP50Ms, Change::Better::Neither,
                                     number(now->dwells), number(before->dwells));

    KpiFigure &healthy = tiles[3];
    healthy.label = Words::tr("Crash-free sessions");
    healthy.kind = ValueKind::Ratio;
    if (now->sessions > 0)
        healthy.value = crashFree(now->sessions, now->sessionsCrashed);
    healthy.trend = trend(now->buckets, [](const PulseRow &row) {
        return crashFree(row.sessionsStarted, row.sessionsCrashed);
    });
    healthy.explanation = Words::tr("Sessions without an error that nothing caught.");
    if (before && now->sessions > 0 && before->sessions > 0)
        healthy.change =
            Change::points(crashFree(now->sessions, now->sessionsCrashed),
                           crashFree(before->sessions, before->sessionsCrashed), Change::Better::Higher,
                           number(now->sessions), number(before->sessions));

    KpiFigure &loads = tiles[4];
    loads.label = isScreenLoad ? Words::tr("Screen load p95") : Words::tr("Operations p95");
    loads.kind = ValueKind::Milliseconds;
    loads.value = load->spanP95Ms;
    std::vector<double> latencies;
    for (const LatencyRow &row : load->latency)
        latencies.push_back(p95(row));
    loads.trend = thinnedOut(latencies, kSparkPoints);
    loads.explanation = isScreenLoad ? Words::tr("Of 100 loads of a screen, 95 were faster.")
                                     : Words::tr("Of 100 operations, 95 were faster.");
    if (loadBefore && load->spanP95Ms && loadBefore->spanP95Ms)
        loads.change = Change::value(*load->spanP95Ms, *loadBefore->spanP95Ms, ValueKind::Milliseconds,
                                     Change::Better::Lower, number(load->spans), number(loadBefore->spans));
    for (KpiFigure &tile : tiles) {
        tile.asOf = asOf;
        tile.against = against;
    }
    return tiles;
}

Track interactionTrack(std::span<const ActivityRow> rows, std::span<const ActivityRow> before,
                       std::chrono::nanoseconds shift, ActivityStep step, std::optional<Instant> now)
{
    Track track;
    track.id = QStringLiteral("interactions");
    track.name = Words::tr("Interactions");
    track.share = 2.2;
    const bool isPerMinute = widthOf(step) <= 15min;
    track.caption = isPerMinute ? Words::tr("per minute") : Words::tr("per %1").arg(stepText(step));
    track.colour = SeriesSlot::Blue;
    const double scale = isPerMinute ? 60e9 / static_cast<double>(widthOf(step).count()) : 1;
    track.starts = startsOf(rows);
    if (!rows.empty())
        track.end = rows.back().start + widthOf(step);
    for (const ActivityRow &row : rows)
        track.values.push_back(static_cast<double>(row.events) * scale);
    for (std::size_t i = 0; now && isPerMinute && i < rows.size(); ++i) {
        const double elapsed = static_cast<double>((*now - rows[i].start).count()) / static_cast<double>(widthOf(step).count());
        // What has passed of a bucket stands for the whole of it, once it is enough to say something.
        if (elapsed > 0 && elapsed < 1)
            track.values[i] = elapsed < 0.2 ? kUnknown : track.values[i] / elapsed;
    }
    if (!before.empty()) {
        std::vector<double> values;
        for (const ActivityRow &row : before)
            values.push_back(static_cast<double>(row.events) * scale);
        track.previous = alignedBefore(track.starts, shift, startsOf(before), values);
    }
    return track;
}

Track barTrack(std::span<const Instant> starts, std::span<const double> values, std::chrono::nanoseconds length,
               ActivityStep step)
{
    Track track;
    track.shape = Track::Shape::Bars;
    const auto bars = static_cast<std::size_t>(bucketsPerBar(length, step));
    const auto width = widthOf(step) * static_cast<std::int64_t>(bars);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const bool isNew = track.starts.empty() || starts[i] - track.starts.back() >= width ||
                           (bars > 1 && widthOf(step) < 1h && starts[i].ns % width.count() == 0);
        if (isNew) {
            track.starts.push_back(starts[i]);
            track.values.push_back(0);
        }
        track.values.back() += values[i];
    }
    if (!starts.empty())
        track.end = track.starts.back() + width;
    return track;
}

Track errorTrack(std::span<const ActivityRow> rows, std::chrono::nanoseconds length, ActivityStep step)
{
    std::vector<double> errors;
    for (const ActivityRow &row : rows)
        errors.push_back(static_cast<double>(row.errors));
    Track track = barTrack(startsOf(rows), errors, length, step);
    track.id = QStringLiteral("errors");
    track.name = Words::tr("Errors");
    track.colour = SeriesSlot::Bad;
    track.better = Change::Better::Lower;
    track.share = 0.9;
    return track;
}

Track loadTrack(std::span<const LatencyRow> rows, std::span<const LatencyRow> before,
                std::chrono::nanoseconds shift, ActivityStep step, bool isScreenLoad)
{
    Track track;
    track.id = QStringLiteral("load");
    track.name = isScreenLoad ? Words::tr("Screen load") : Words::tr("Operations");
    track.kind = ValueKind::Milliseconds;
    track.colour = SeriesSlot::Plum;
    track.better = Change::Better::Lower;
    track.share = 0.9;
    track.starts = startsOf(rows);
    if (!rows.empty())
        track.end = rows.back().start + widthOf(step);
    for (const LatencyRow &row : rows)
        track.values.push_back(p95(row));
    if (!before.empty()) {
        std::vector<double> values;
        for (const LatencyRow &row : before)
            values.push_back(p95(row));
        track.previous = alignedBefore(track.starts, shift, startsOf(before), values);
    }
    return track;
}

} // namespace telltale
