// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alertreading.h"

#include <algorithm>
#include <cmath>

namespace telltale {
namespace {

using Kind = AlertRule::Kind;
using Measure = AlertRule::Measure;

constexpr std::uint64_t kFewest = 20;       ///< sessions or spans that a share or percentile needs
constexpr double kFewestBefore = 10;        ///< what a change is held against
constexpr std::int64_t kMostReadings = 2'000;
constexpr auto kGroupsOf = std::chrono::hours(24 * 7); ///< how far back groups are looked for

std::string titleOf(const ErrorGroupRow &row)
{
    return row.message.empty() ? row.type : row.type.empty() ? row.message : row.type + ": " + row.message;
}

template<typename Answer>
tl::unexpected<Error> problemOf(const Answer &answer)
{
    return tl::unexpected(answer.error());
}

/// The measure over the scope's range; none when too little happened.
Result<std::optional<double>> valueOf(Engine &engine, const AlertRule &rule, const Scope &scope, const std::stop_token &stop)
{
    using Value = std::optional<double>;
    switch (rule.measure) {
    case Measure::CrashFree: {
        const auto pulse = engine.pulse(scope, ActivityStep::Day, stop);
        if (!pulse)
            return problemOf(pulse);
        if (pulse->value.sessions < kFewest)
            return Value();
        return Value(1 - static_cast<double>(pulse->value.sessionsCrashed) / static_cast<double>(pulse->value.sessions));
    }
    case Measure::Percentile: {
        Scope spans = scope;
        spans.filter = scope.filter.and_(Filter(FilterTerm::exactly("operation", rule.operation)));
        const auto spread = engine.spread(SpreadOf::Spans, {rule.share}, spans, stop);
        if (!spread)
            return problemOf(spread);
        return spread->value.count < kFewest || spread->value.values.empty() ? Value() : spread->value.values.front().ms;
    }
    default:
        break;
    }
    const auto totals = engine.totals(scope, stop);
    if (!totals)
        return problemOf(totals);
    const Totals &counts = totals->value;
    return Value(static_cast<double>(rule.measure == Measure::Events     ? counts.usageEvents
                                     : rule.measure == Measure::Users    ? counts.users
                                     : rule.measure == Measure::Sessions ? counts.sessions
                                                                         : counts.errors));
}

bool isBeyond(const AlertRule &rule, double value)
{
    if (rule.includesLimit && value == rule.limit)
        return true;
    return rule.isAbove ? value > rule.limit : value < rule.limit;
}

std::string_view stateOf(Kind kind)
{
    return kind == Kind::RegressedError ? "regressed" : "escalating";
}

/// Errors that are what the rule is about, in the range.
Result<std::vector<AlertGroup>> groupsOf(Engine &engine, const AlertRule &rule, const Scope &scope, const std::stop_token &stop)
{
    const auto errors = engine.errors(scope, stop);
    if (!errors)
        return problemOf(errors);
    std::vector<AlertGroup> groups;
    for (const ErrorGroupRow &row : errors->value) {
        const bool isMeant = rule.kind == Kind::NewError ? row.everFirstSeen >= scope.range.from && row.everFirstSeen < scope.range.to
                                                         : row.state == stateOf(rule.kind);
        if (isMeant)
            groups.push_back({row.group, titleOf(row), rule.kind == Kind::NewError ? row.everFirstSeen : row.lastSeen});
    }
    std::sort(groups.begin(), groups.end(), [](const AlertGroup &a, const AlertGroup &b) { return std::tie(a.since, a.group) < std::tie(b.since, b.group); });
    return groups;
}

Result<AlertReplay> replayGroups(Engine &engine, const Alert &alert, const Scope &scope, const std::stop_token &stop)
{
    const auto groups = groupsOf(engine, alert.rule, scope, stop);
    if (!groups)
        return problemOf(groups);
    AlertReplay replay;
    replay.readings = 1;
    for (const AlertGroup &group : *groups)
        replay.firings.push_back({group.since, group.since, {}, group.title});
    return replay;
}

} // namespace

Result<AlertReading> readAlert(Engine &engine, const Alert &alert, Scope base, Instant at, const std::stop_token &stop)
{
    const AlertRule &rule = alert.rule;
    base.filter = base.filter.and_(alert.filter);
    base.now = at;
    AlertReading reading;
    if (rule.isAboutGroups()) {
        base.range = {at - kGroupsOf, Instant{at.ns + 1}};
        auto groups = groupsOf(engine, rule, base, stop);
        if (!groups)
            return problemOf(groups);
        reading.groups = std::move(*groups);
        reading.isFiring = !reading.groups.empty();
        return reading;
    }
    base.range = {at - rule.window, at};
    const auto value = valueOf(engine, rule, base, stop);
    if (!value)
        return problemOf(value);
    reading.value = *value;
    if (!reading.value)
        return reading;
    if (rule.kind == Kind::Level) {
        reading.isFiring = isBeyond(rule, *reading.value);
        return reading;
    }
    base.range = {at - 2 * rule.window, at - rule.window};
    const auto before = valueOf(engine, rule, base, stop);
    if (!before)
        return problemOf(before);
    reading.before = *before;
    const bool isCount = rule.measure != Measure::CrashFree && rule.measure != Measure::Percentile;
    if (!reading.before || *reading.before <= 0 || (isCount && *reading.before < kFewestBefore))
        return reading;
    const double change = *reading.value / *reading.before - 1;
    reading.isFiring = rule.isAbove ? change >= rule.limit : change <= -rule.limit;
    return reading;
}

Result<AlertReplay> replayAlert(Engine &engine, const Alert &alert, const Scope &base, const Progress &progress, const std::stop_token &stop)
{
    const TimeRange range = base.range;
    if (range.from == Instant::min() || range.to == Instant::max() || range.isEmpty())
        return failure(Error::Code::InvalidArgument, "a replay needs a time from and to");
    if (alert.rule.isAboutGroups()) {
        Scope scope = base;
        scope.filter = base.filter.and_(alert.filter);
        return replayGroups(engine, alert, scope, stop);
    }
    AlertReplay replay;
    const std::int64_t length = range.to.ns - range.from.ns;
    replay.step = std::chrono::nanoseconds(std::max<std::int64_t>(alert.rule.window.count() / 4, (length + kMostReadings - 1) / kMostReadings));
    const auto total = static_cast<std::size_t>(length / replay.step.count()) + 1;
    bool wasFiring = false;
    for (std::size_t i = 0; i < total; ++i) {
        const Instant at{range.from.ns + static_cast<std::int64_t>(i) * replay.step.count()};
        const auto reading = readAlert(engine, alert, base, at, stop);
        if (!reading)
            return problemOf(reading);
        ++replay.readings;
        if (reading->isFiring) {
            if (!wasFiring)
                replay.firings.push_back({at, at, reading->value, {}});
            AlertFiring &firing = replay.firings.back();
            firing.to = at;
            if (reading->value)
                firing.worst = alert.rule.isAbove ? std::max(*firing.worst, *reading->value) : std::min(*firing.worst, *reading->value);
        }
        wasFiring = reading->isFiring;
        if (progress)
            progress(i + 1, total);
    }
    return replay;
}

} // namespace telltale
