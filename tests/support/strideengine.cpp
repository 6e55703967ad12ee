// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/strideengine.h"

#include "models/analysis/recordtext.h"
#include "models/analysis/triagebook.h"
#include "models/telemetry/filterfields.h"
#include "models/telemetry/timeformat.h"
#include "tests/support/stridestory.h"

#include <chrono>
#include <thread>

namespace telltale {

using namespace stride;
using namespace std::chrono_literals;

StrideEngine::StrideEngine(std::shared_ptr<StrideSwitches> switches)
    : m_switches(std::move(switches))
{}

Instant StrideEngine::now()
{
    return Instant::fromSeconds(1'763'472'730); // 2025-11-18T13:32:10Z
}

Instant StrideEngine::rollout()
{
    return now() - 24min - 10s;
}

Instant StrideEngine::heardUntil() const
{
    return m_switches->isSilent ? now() - 8min - 4s : now();
}

std::optional<Error> StrideEngine::refused()
{
    ++m_switches->questions;
    while (m_switches->isHeld)
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    if (m_switches->isFailing)
        return Error{Error::Code::Busy, "The cache file is locked by another program."};
    return std::nullopt;
}

Engine::Reply<Totals> StrideEngine::totals(const Scope &scope, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    Totals totals;
    if (isEmpty())
        return Answered<Totals>{totals, {}};
    const double share = thinned(scope.filter);
    for (const Instant at : bucketStarts(scope.range, ActivityStep::Minute)) {
        const double part = inside(at, 1min, scope.range) * share;
        totals.usageEvents += rounded(interactionsPerMinute(at) * part);
        totals.errors += rounded(errorsPerMinute(at) * part);
    }
    totals.screenViews = totals.usageEvents / 3;
    totals.spans = totals.usageEvents;
    totals.sessions = rounded(static_cast<double>(totals.usageEvents) / 42);
    totals.users = rounded(static_cast<double>(totals.usageEvents) / 33);
    return Answered<Totals>{totals, {}};
}

Engine::Reply<std::vector<FeatureRow>> StrideEngine::features(const Scope &scope, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    std::vector<FeatureRow> rows;
    const double share = thinned(scope.filter) * minutesOf(clipped(scope.range));
    for (const FeatureShape &feature : kFeatures) {
        if (isEmpty() || share <= 0 || !passes(scope.filter, "feature", feature.name))
            continue;
        const auto events = rounded(feature.weight * 278 * share);
        rows.push_back({feature.name, events, events / 9, events / 7, feature.weight / 4.8});
    }
    return Answered<std::vector<FeatureRow>>{rows, {}};
}

Engine::Reply<std::vector<ScreenRow>> StrideEngine::screens(const Scope &scope, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    std::vector<ScreenRow> rows;
    const double share = thinned(scope.filter) * minutesOf(clipped(scope.range));
    const bool isAfter = scope.range.to > rollout();
    for (const ScreenShape &screen : kScreens) {
        if (isEmpty() || share <= 0 || !passes(scope.filter, "screen", screen.name))
            continue;
        const double change = !isAfter ? 1
                              : std::string_view(screen.name) == "Live route map"
                                  ? 0.62
                                  : 0.97 + 0.1 * noise(static_cast<std::int64_t>(screen.median));
        ScreenRow row;
        row.screen = screen.name;
        row.views = rounded(screen.weight * 110 * share);
        row.users = row.views / 4;
        row.knownDwells = row.views;
        row.dwellTotalMs = static_cast<double>(row.views) * screen.median * 1000;
        const double scale =
            1000 * change / (isAfter && std::string_view(screen.name) == "Live route map" ? 0.62 : 1);
        row.dwellP25Ms = screen.lower * scale;
        row.dwellP50Ms = screen.median * scale;
        row.dwellP75Ms = screen.upper * scale;
        row.dwellP90Ms = screen.upper * scale * 1.6;
        if (!isAfter && std::string_view(screen.name) == "Live route map")
            row.dwellP50Ms = *row.dwellP50Ms * 1.6;
        rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(),
              [](const ScreenRow &a, const ScreenRow &b) { return a.views > b.views; });
    return Answered<std::vector<ScreenRow>>{rows, {}};
}

Engine::Reply<std::vector<ActivityRow>> StrideEngine::activity(const Scope &scope, ActivityStep step,
                                                               std::stop_token)
{
    while (m_switches->isActivityHeld) {
        if (m_progress)
            m_progress(14'000'000, 38'000'000);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    if (const auto error = refused())
        return tl::unexpected(*error);
    std::vector<ActivityRow> rows;
    const double share = isEmpty() ? 0 : thinned(scope.filter);
    const double minutes = static_cast<double>(widthOf(step).count()) / 60e9;
    for (const Instant at : bucketStarts(scope.range, step)) {
        const double part = at >= heardUntil() ? 0 : inside(at, widthOf(step), {at, std::min(scope.range.to, heardUntil())}) * share * minutes;
        const double liking = likedAt(scope.filter, at);
        ActivityRow row;
        row.start = at;
        row.events = rounded(interactionsPerMinute(at) * part * liking);
        row.users = rounded(60 * std::pow(std::max(minutes, 0.02), 0.7) * (0.1 + rhythm(at)) * share * liking);
        row.sessions = row.users * 9 / 10;
        row.errors = rounded(errorsPerMinute(at) * part);
        row.screenViews = row.events / 3;
        rows.push_back(row);
    }
    return Answered<std::vector<ActivityRow>>{rows, {}};
}

Engine::Reply<std::vector<LatencyRow>> StrideEngine::latency(const Scope &scope, ActivityStep step,
                                                             std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    std::vector<LatencyRow> rows;
    for (const Instant at : bucketStarts(scope.range, step)) {
        LatencyRow row;
        row.start = at;
        if (!isEmpty() && thinned(scope.filter) > 0 && at < heardUntil()) {
            row.spans = rounded(interactionsPerMinute(at) / 4);
            row.p50Ms = loadMs(at) * 0.44;
            row.p95Ms = loadMs(at);
        }
        rows.push_back(row);
    }
    return Answered<std::vector<LatencyRow>>{rows, {}};
}

Engine::Reply<Pulse> StrideEngine::pulse(const Scope &scope, ActivityStep step, std::stop_token stop)
{
    const auto latencies = latency(scope, step, stop);
    if (!latencies)
        return tl::unexpected(latencies.error());
    Pulse pulse;
    pulse.latency = latencies->value;
    const double share = isEmpty() ? 0 : thinned(scope.filter);
    const double minutes = minutesOf(clipped(scope.range));
    const bool isAfter = scope.range.to > rollout();
    if (share <= 0)
        return Answered<Pulse>{pulse, {}};
    const double growth = isAfter ? 1.0 : 0.945;
    pulse.users = rounded(2418 * share * growth * std::pow(minutes / 60, 0.4));
    pulse.sessionsStarted = rounded(1906 * share * (isAfter ? 1.0 : 0.967) * minutes / 60);
    pulse.sessions = pulse.sessionsStarted + 400;
    pulse.sessionsCrashed = rounded(static_cast<double>(pulse.sessions) * (isAfter ? 0.0139 : 0.0046));
    pulse.dwells = pulse.sessionsStarted * 6;
    pulse.spans = pulse.sessionsStarted * 8;
    pulse.dwellP50Ms = isAfter ? 41'200 : 42'040;
    pulse.spanP95Ms = isAfter ? 842 : 724;
    for (const Instant at : bucketStarts(scope.range, step)) {
        const double s = seconds(at);
        PulseRow row;
        row.start = at;
        row.users = rounded(share * 160 * (0.5 + 0.5 * std::min(rhythm(at), 2.0)) *
                            (1 + 0.3 * wander(s, 900, 20) + 0.1 * wander(s, 90, 21)));
        row.sessionsStarted =
            rounded(share * 80 * (1 + 0.35 * wander(s, 700, 22) + 0.12 * wander(s, 80, 23)));
        row.sessionsCrashed = rounded(static_cast<double>(row.sessionsStarted) *
                                      (0.004 + 0.03 * afterRollout(at)) * (1 + wander(s, 100, 24)));
        row.dwells = row.sessionsStarted * 6;
        row.dwellP50Ms = 41'000 * (1 + 0.12 * wander(s, 900, 25) + 0.04 * wander(s, 90, 26));
        pulse.buckets.push_back(row);
    }
    return Answered<Pulse>{pulse, {}};
}

Engine::Reply<Heatmap> StrideEngine::heatmap(const Scope &scope, HeatmapRows rows, HeatmapColumns columns,
                                             HeatmapValue, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    Heatmap map;
    if (isEmpty() || thinned(scope.filter) <= 0)
        return Answered<Heatmap>{map, {}};
    const TimeRange range = clipped(scope.range);
    std::chrono::nanoseconds width = 1min;
    if (columns == HeatmapColumns::WeekdayHour) {
        for (const char *day : kWeekdays) {
            for (int hour = 0; hour < 24; ++hour) {
                char label[16];
                std::snprintf(label, sizeof label, "%s %02d", day, hour);
                map.columns.push_back({label, std::nullopt, std::nullopt});
            }
        }
    } else {
        width = columns == HeatmapColumns::Minute ? 1min
                : columns == HeatmapColumns::Hour ? 60min
                : columns == HeatmapColumns::Week ? 7 * 24h
                                                  : std::chrono::nanoseconds(24h);
        const CalendarUnit unit = columns == HeatmapColumns::Minute ? CalendarUnit::Minute
                                  : columns == HeatmapColumns::Hour ? CalendarUnit::Hour
                                  : columns == HeatmapColumns::Week ? CalendarUnit::Week
                                                                    : CalendarUnit::Day;
        for (Instant at = scope.zone.startOf(unit, range.from); at < range.to;) {
            const Instant next = scope.zone.nextStart(unit, at);
            map.columns.push_back({scope.zone.formatLocal(at), at, next});
            at = next;
        }
    }
    const double minutes = static_cast<double>(width.count()) / 60e9;
    const auto add = [&](const FeatureShape &shape, std::int64_t seed) {
        map.rows.emplace_back(shape.name);
        double total = 0;
        for (const HeatmapColumn &column : map.columns) {
            const Instant at = column.start.value_or(now());
            double value = usersPerCell(shape, at + width / 2, minutes, seed) * thinned(scope.filter);
            const bool isLate = std::string_view(shape.name) == "Sleep insights" && at < now() - 16 * 24h;
            value = isLate || at >= heardUntil() ? 0 : std::round(value);
            map.values.push_back(value);
            total += value;
        }
        map.rowTotals.push_back(std::round(total * 0.9));
        map.firstSeen.push_back(std::string_view(shape.name) == "Sleep insights" ? now() - 16 * 24h
                                                                                 : now() - 91 * 24h);
    };
    if (rows == HeatmapRows::Feature) {
        for (std::size_t i = 0; i < kFeatures.size(); ++i) {
            if (passes(scope.filter, "feature", kFeatures[i].name))
                add(kFeatures[i], static_cast<std::int64_t>(30 + i));
        }
    } else {
        for (std::size_t i = 0; i < kScreens.size(); ++i)
            add({kScreens[i].name, kScreens[i].weight}, static_cast<std::int64_t>(60 + i));
    }
    return Answered<Heatmap>{map, {}};
}

Engine::Reply<std::vector<ActiveUsersRow>> StrideEngine::activeUsers(const Scope &scope, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    std::vector<ActiveUsersRow> rows;
    for (const Instant at : bucketStarts(scope.range, ActivityStep::Day)) {
        const auto day = static_cast<std::uint64_t>(9000 + 900 * wander(seconds(at), 7 * 86400, 40));
        rows.push_back({scope.zone.formatLocalDate(at), day, day * 3, day * 6});
    }
    return Answered<std::vector<ActiveUsersRow>>{rows, {}};
}

Engine::Reply<SessionList> StrideEngine::sessions(const Scope &scope, bool withTimelines, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    SessionList list;
    for (int i = 0; !isEmpty() && i < 184; ++i) {
        SessionRow row = makeSession(i);
        if (row.end < scope.range.from || row.start >= scope.range.to ||
            !passes(scope.filter, "release", row.release) || !passes(scope.filter, "session", row.session) ||
            !passes(scope.filter, "device", row.device))
            continue;
        ++list.total;
        list.withErrors += row.errors > 0 ? 1 : 0;
        if (!withTimelines) {
            row.stretches.clear();
            row.errorTimes.clear();
        }
        list.rows.push_back(std::move(row));
    }
    for (int i = 0; i < m_switches->late; ++i) {
        SessionRow row = makeSession(3);
        row.session = "late" + std::to_string(i);
        row.end = now() + std::chrono::milliseconds(i + 1);
        ++list.total;
        list.rows.push_back(std::move(row));
    }
    std::stable_sort(list.rows.begin(), list.rows.end(),
                     [](const SessionRow &a, const SessionRow &b) { return a.end > b.end; });
    const std::size_t own = list.rows.size(), older = isEmpty() ? 0 : static_cast<std::size_t>(m_switches->olderSessions);
    list.total += older;
    list.rows.erase(list.rows.begin(), list.rows.begin() + static_cast<std::ptrdiff_t>(std::min(scope.skip, own)));
    if (list.rows.size() > scope.limit)
        list.rows.resize(scope.limit);
    for (std::size_t i = scope.skip + list.rows.size(); list.rows.size() < scope.limit && i < own + older; ++i) {
        SessionRow row;
        row.session = "older-" + std::to_string(i - own);
        row.start = now() - std::chrono::hours(24) - std::chrono::seconds(i);
        row.end = row.start + std::chrono::seconds(1 + i % 900);
        row.device = "Pixel 8";
        row.events = i % 50;
        list.rows.push_back(std::move(row));
    }
    return Answered<SessionList>{list, {}};
}

namespace {

/// What a performance library samples while the app is open: not while it is away after a crash. Memory fills up until then.
std::vector<SessionMetric> measured(const SessionRow &session, std::int64_t number)
{
    const auto isOpen = [&](Instant at) {
        return std::any_of(session.stretches.begin(), session.stretches.end(),
                           [&](const ScreenStretch &stretch) { return stretch.start <= at && at < stretch.end; });
    };
    const auto line = [&](std::string metric, std::string unit, double base, double swing, double perMinute) {
        SessionMetric made{std::move(metric), std::move(unit), MetricLine::Level, {}, {}};
        double level = base, since = 0;
        std::int64_t n = number * 1000;
        for (Instant at = session.start + 7s; at < session.end; at = at + 7s, ++n) {
            since += 7.0 / 60;
            if (!isOpen(at)) {
                since = 0; // it begins anew
                continue;
            }
            level += (base + perMinute * since - level) * 0.2 + swing * (noise(n) - 0.5);
            made.points.push_back({at, std::max(base * 0.15, level)});
        }
        return made;
    };
    return {line("app.cpu.utilization", "1", 0.36, 0.16, 0.004), line("app.frame.time", "ms", 12.5, 5, 0.12),
            line("app.memory.usage", "By", 1.9e8, 4e6, 5.4e6)};
}

} // namespace

Engine::Reply<SessionDetail> StrideEngine::session(const std::string &id, const Scope &, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    for (int i = 0; !isEmpty() && i < 184; ++i) {
        if (sessionId(i) != id)
            continue;
        SessionDetail detail;
        detail.session = makeSession(i);
        const SessionRow &session = detail.session;
        const auto add = [&](Instant time, RecordKind kind, std::string name, std::string screen,
                             std::optional<double> durationMs = std::nullopt, std::string text = {}) {
            SessionRecord record;
            record.time = time;
            record.kind = kind;
            record.name = std::move(name);
            record.screen = std::move(screen);
            record.durationMs = durationMs;
            record.detail = std::move(text);
            detail.records.push_back(std::move(record));
        };
        add(session.start, RecordKind::SessionBound, "session.start", "");
        std::int64_t n = 0;
        for (const ScreenStretch &stretch : session.stretches) {
            const double length = static_cast<double>((stretch.end - stretch.start).count()) / 1e6;
            add(stretch.start, RecordKind::ScreenView, stretch.screen, stretch.screen, length);
            add(stretch.start + 240ms, RecordKind::Span, "screen load", stretch.screen,
                300 + 600 * noise(i, n));
            for (Instant at = stretch.start + 2s; at < stretch.end;) {
                const auto &feature =
                    kFeatures[static_cast<std::size_t>(noise(i * 7, ++n) * kFeatures.size())];
                add(at, RecordKind::UsageEvent, feature.name, stretch.screen);
                if (n % 9 == 0)
                    add(at + 700ms, RecordKind::Span, "GET /v2/zones", stretch.screen,
                        120 + 200 * noise(i, n));
                if (n % 23 == 0)
                    add(at + 900ms, RecordKind::Log, "device.sensor", stretch.screen, std::nullopt,
                        "heart-rate strap disconnected");
                at =
                    at + std::chrono::milliseconds(static_cast<std::int64_t>(1500 + 14000 * noise(i, n * 3)));
            }
        }
        for (const Instant at : session.errorTimes) {
            add(at - 400ms, RecordKind::Log, "", "Live route map", std::nullopt,
                "heart-rate strap disconnected");
            add(at, RecordKind::Error, "NullPointerException", "Live route map", std::nullopt,
                "Attempt to read 'bpm' on a null HeartSample");
            detail.records.back().isUnhandled = at == session.errorTimes.back();
        }
        std::stable_sort(detail.records.begin(), detail.records.end(),
                         [](const SessionRecord &a, const SessionRecord &b) { return a.time < b.time; });
        detail.metrics = measured(session, i);
        return Answered<SessionDetail>{detail, {}};
    }
    return failure(Error::Code::NotFound, "There is no session " + id + ".");
}

/// Nothing comes again here: what was decided holds.
void StrideEngine::addDecisions(std::vector<ErrorGroupRow> &rows)
{
    const std::scoped_lock lock(m_switches->mutex);
    const TriageBook book(m_switches->decisions);
    for (ErrorGroupRow &row : rows) {
        const std::uint64_t key = groupKey(row.group).value_or(0);
        const std::uint64_t target = book.canonical(key);
        if (target != key) {
            for (ErrorGroupRow &other : rows) {
                if (groupKey(other.group) == target) {
                    other.events += row.events;
                    other.merged.push_back(row.group);
                }
            }
            row.events = 0;
        }
        const TriageDecision *decision = book.decisionOf(key);
        if (!decision)
            continue;
        row.decision = *decision;
        row.state = decision->action == TriageDecision::Action::Resolve   ? "resolved"
                    : decision->action == TriageDecision::Action::Archive ? "archived"
                                                                          : "ongoing";
    }
    std::erase_if(rows, [](const ErrorGroupRow &row) { return row.events == 0; });
}

Engine::Reply<std::vector<TriageDecision>> StrideEngine::decisions(const std::string &group, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    const std::scoped_lock lock(m_switches->mutex);
    return Answered<std::vector<TriageDecision>>{TriageBook(m_switches->decisions).historyOf(groupKey(group).value_or(0)), {}, {}};
}

Engine::Reply<std::vector<Note>> StrideEngine::notes(std::stop_token)
{
    const std::scoped_lock lock(m_switches->mutex);
    return Answered<std::vector<Note>>{m_switches->notes, {}, {}};
}

Engine::Reply<std::vector<ErrorGroupRow>> StrideEngine::errors(const Scope &scope, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    std::vector<ErrorGroupRow> rows;
    const TimeRange range = clipped(scope.range);
    const double share = thinned(scope.filter);
    if (isEmpty() || share <= 0 || range.isEmpty())
        return Answered<std::vector<ErrorGroupRow>>{rows, {}};
    for (std::size_t i = 0; i < kErrors.size(); ++i) {
        const ErrorShape &shape = kErrors[i];
        if (!passes(scope.filter, "error", shape.type))
            continue;
        ErrorGroupRow row;
        row.group = shape.group;
        row.type = shape.type;
        row.message = shape.message;
        row.culprit = shape.culprit;
        row.releases = {shape.release};
        row.severity = shape.severity;
        row.state = shape.state;
        const auto slice = (range.to - range.from) / 32;
        double total = 0;
        for (int n = 0; n < 32; ++n) {
            const Instant at = range.from + slice * n;
            const double burst = noise(n + static_cast<std::int64_t>(range.from.ns / 60'000'000'000),
                                       static_cast<std::int64_t>(i));
            const double strength =
                (1 - shape.newShare) * 0.55 + shape.newShare * (at + slice > rollout() ? 1.0 : 0.0);
            const double value = shape.perMinute * static_cast<double>(slice.count()) / 60e9 * strength *
                                 (0.3 + 1.4 * burst) * share;
            row.trend.push_back(static_cast<std::uint32_t>(rounded(value)));
            total += row.trend.back();
        }
        row.events = rounded(total);
        if (row.events == 0)
            continue;
        row.users = std::max<std::uint64_t>(1, rounded(total * shape.spread));
        row.sessions = row.users;
        row.unhandled = shape.isUnhandled ? row.events : 0;
        row.lastSeen = range.to - std::chrono::seconds(static_cast<std::int64_t>(12 + i * i * 19));
        row.everFirstSeen =
            shape.ageHours == 0 ? rollout() + 30s : now() - std::chrono::hours(shape.ageHours);
        row.firstSeen = std::max(row.everFirstSeen, range.from + 20s);
        rows.push_back(std::move(row));
    }
    for (int i = 0; i < m_switches->late && !rows.empty(); ++i) {
        if (i == 0)
            std::min_element(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.users < b.users; })->users += 1000U * unsigned(m_switches->late);
        ErrorGroupRow row = rows.front();
        row.group = "00000000000001" + std::to_string(10 + i);
        row.type = "Late" + std::to_string(i);
        row.state = "new";
        row.users = 500'000U + unsigned(i);
        rows.push_back(std::move(row));
    }
    addDecisions(rows);
    std::sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.events > b.events; });
    return Answered<std::vector<ErrorGroupRow>>{rows, {}};
}

Engine::Reply<std::vector<ErrorOccurrence>> StrideEngine::errorGroup(const std::string &group,
                                                                     const Scope &scope, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    for (std::size_t g = 0; !isEmpty() && g < kErrors.size(); ++g) {
        const ErrorShape &shape = kErrors[g];
        if (group != shape.group)
            continue;
        std::vector<ErrorOccurrence> rows;
        const std::size_t count = std::min<std::size_t>(scope.limit, 400);
        for (std::size_t i = 0; i < count; ++i) {
            const auto n = static_cast<std::int64_t>(i);
            ErrorOccurrence row;
            row.time = now() - 12s - std::chrono::milliseconds(n * 3300);
            const SessionRow session = makeSession(static_cast<int>(i % 40));
            row.session = i == 0 ? sessionId(0) : session.session;
            row.user = session.user;
            row.product = "Stride";
            row.release = shape.release;
            row.os = noise(n, 61) < 0.71 ? "Android 15" : noise(n, 62) < 0.8 ? "Android 14" : "Android 13";
            row.device = noise(n, 63) < 0.38  ? "Pixel 8"
                         : noise(n, 64) < 0.5 ? "Galaxy S24"
                         : noise(n, 65) < 0.5 ? "Pixel 7a"
                                              : "OnePlus 12";
            if (i == 0) {
                const SessionRow first = makeSession(0);
                row.time = first.errorTimes.back();
                row.device = first.device;
            }
            row.screen = "Live route map";
            row.type = shape.type;
            row.message = shape.message;
            row.stack = g == 0 ? kStack : "";
            row.isUnhandled = shape.isUnhandled;
            row.attributes = {{"app.plan", "team"}, {"battery", std::int64_t(64)}};
            rows.push_back(std::move(row));
        }
        return Answered<std::vector<ErrorOccurrence>>{rows, {}};
    }
    return failure(Error::Code::NotFound, "There is no error group " + group + ".");
}

Engine::Reply<std::vector<LogRow>> StrideEngine::logs(const Scope &, std::stop_token)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    return Answered<std::vector<LogRow>>{{}, {}};
}

Result<std::vector<std::string>> StrideEngine::records(const Scope &scope, const RecordVisitor &visit, std::stop_token stop)
{
    if (const auto error = refused())
        return tl::unexpected(*error);
    while (m_switches->isSlow) {
        if (stop.stop_requested()) {
            ++m_switches->stopped;
            return failure(Error::Code::Cancelled, "stopped");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    constexpr int kRecords = 60, kWithoutAttribute = 3;
    for (int i = 0; i < kRecords && !isEmpty(); ++i) {
        RecordLine line;
        line.time = now() - std::chrono::minutes(kRecords - 1 - i);
        line.kind = RecordKind::UsageEvent;
        line.fields = {{"telltale", Value(1)}, {"time", Value(formatRfc3339(line.time))}, {"kind", Value(recordKindName(line.kind))}, {"name", Value("button.pressed")}};
        if (i % kWithoutAttribute != 0)
            line.fields.emplace_back("attributes", Value(Value::Map{{"stride.feature", Value("Start workout")}}));
        if (scope.range.contains(line.time) && !visit(line))
            break;
    }
    return std::vector<std::string>();
}

} // namespace telltale
