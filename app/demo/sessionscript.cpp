// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/sessionscript.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace telltale::demo {

namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr int kMostViews = 24;
constexpr auto kLongestSession = std::chrono::minutes(75);
constexpr std::uint8_t kFatal = 21;

nanoseconds fromSeconds(double value)
{
    return nanoseconds(static_cast<std::int64_t>(value * 1e9));
}

nanoseconds fromMilliseconds(double value)
{
    return nanoseconds(static_cast<std::int64_t>(value * 1e6));
}

bool contains(const std::vector<std::string> &names, const std::string &name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Puts numbers where a text says {n:LOW:HIGH}.
std::string filledIn(const std::string &text, Random &random)
{
    std::string result;
    std::size_t from = 0;
    for (std::size_t open; (open = text.find("{n:", from)) != std::string::npos;) {
        const std::size_t close = text.find('}', open);
        long long low = 0;
        long long high = 0;
        if (close == std::string::npos || std::sscanf(text.c_str() + open, "{n:%lld:%lld}", &low, &high) != 2)
            break;
        result.append(text, from, open - from);
        result += std::to_string(random.integer(low, high));
        from = close + 1;
    }
    return result.append(text, from);
}

std::string hex(std::uint64_t value, int digits)
{
    char text[20];
    std::snprintf(text, sizeof text, "%0*llx", digits, static_cast<unsigned long long>(value));
    return text;
}

std::shared_ptr<const SessionFacts> makeFacts(const Scenario &scenario, const Person &person,
                                              const Release &release, std::string id)
{
    auto facts = std::make_shared<SessionFacts>();
    facts->id = std::move(id);
    facts->user = person.id;
    facts->plan = person.plan;
    facts->resource = {
        {"service.name", scenario.product},
        {"service.namespace", scenario.serviceNamespace},
        {"service.version", release.name},
        {"deployment.environment.name", scenario.environment},
        {"os.name", person.platform->name},
        {"os.version", person.osVersion->version},
        {"device.model.name", person.device->model},
        {"device.manufacturer", person.device->manufacturer},
        {"geo.country.iso_code", person.place->country},
        {"geo.locality.name", person.place->city},
        {"telemetry.sdk.name", "opentelemetry"},
        {"telemetry.sdk.language", person.platform->sdkLanguage},
    };
    std::erase_if(facts->resource, [](const auto &attribute) { return attribute.second.empty(); });
    return facts;
}

} // namespace

SessionScript::SessionScript(const Scenario &scenario, const Person &person, Instant epoch, Instant start,
                             std::uint64_t seed)
    : m_scenario(scenario)
    , m_person(person)
    , m_epoch(epoch)
    , m_start(start)
    , m_random(mixed({seed, person.key, static_cast<std::uint64_t>(start.ns)}))
    , m_release(installedRelease(scenario, person, epoch, start))
    , m_now(start)
{
    const std::uint64_t high = m_random.next();
    m_session = makeFacts(scenario, person, m_release, hex(high, 16) + hex(m_random.next(), 16));
}

std::vector<Record> SessionScript::play()
{
    add(Kind::SessionBound, m_now, "session.start");
    add(Kind::Log, m_now + milliseconds(1), "device.app.lifecycle")
        .attributes.push_back({"app.state", std::string("foreground")});
    m_now = m_now + milliseconds(3);
    const Screen *screen = &m_scenario.screens.front();
    bool hasEnded = true;
    for (int views = 0; screen && views < kMostViews && m_now - m_start < kLongestSession; ++views) {
        if (viewScreen(*screen) == Ending::Crashes) {
            hasEnded = m_random.chance(0.45);
            if (!hasEnded)
                break;
            restart();
            screen = &m_scenario.screens.front();
        } else {
            screen = nextScreen(*screen);
        }
    }
    // A program that crashed and was not opened again says no goodbye.
    if (hasEnded)
        add(Kind::SessionBound, m_now + milliseconds(m_random.integer(5, 900)), "session.end");
    measure(m_now);
    return std::move(m_records);
}

Record &SessionScript::add(Kind kind, Instant time, std::string_view name)
{
    Record &record = m_records.emplace_back();
    record.kind = kind;
    record.time = time;
    record.due = time + seconds(m_person.platform->delaySeconds);
    record.name = name;
    record.session = m_session;
    return record;
}

SessionScript::Ending SessionScript::viewScreen(const Screen &screen)
{
    nanoseconds dwell =
        fromSeconds(std::clamp(m_random.logNormal(screen.dwellSeconds, screen.dwellSpread), 0.8, 1500.0));
    // What breaks is decided first: a crash cuts the view short.
    const Failure *broken = nullptr;
    bool isCrash = false;
    for (const Failure &failure : m_scenario.failures) {
        if (&m_scenario.screens[failure.screen] == &screen && m_random.chance(likelihood(failure))) {
            broken = &failure;
            isCrash = m_random.chance(failure.crashes);
            if (isCrash)
                dwell = fromSeconds(static_cast<double>(dwell.count()) / 1e9 * m_random.between(0.3, 1));
            break;
        }
    }
    const Instant left = m_now + dwell;
    const SpanFacts load = newSpan(nullptr);
    loadScreen(screen, load);
    useFeatures(screen, dwell);
    writeLogs(screen, dwell);
    if (broken)
        fail(*broken, screen,
             isCrash ? left : m_now + fromSeconds(m_random.unit() * static_cast<double>(dwell.count()) / 1e9),
             isCrash);

    Record &view = add(Kind::ScreenView, m_now, "app.screen.view");
    view.due = left + seconds(m_person.platform->delaySeconds);
    view.label = screen.name;
    view.attributes.push_back({"app.screen.name", screen.name});
    view.attributes.push_back({"app.screen.dwell_time_ms", dwell.count() / 1'000'000});
    m_now = left + milliseconds(m_random.integer(1, 40));
    return isCrash ? Ending::Crashes : Ending::GoesOn;
}

void SessionScript::loadScreen(const Screen &screen, const SpanFacts &root)
{
    SpanFacts load = root;
    load.duration =
        fromMilliseconds(m_random.logNormal(screen.loadMilliseconds * m_release.loadFactor, 0.45));
    Record &span = add(Kind::Span, m_now + milliseconds(1), "screen.load");
    span.due = span.due + load.duration;
    span.attributes.push_back({"app.screen.name", screen.name});
    span.facts = load;
    for (const Request &request : screen.requests) {
        for (int i = m_random.poisson(request.perView); i > 0; --i) {
            SpanFacts call = newSpan(&root);
            call.isClient = true;
            call.duration = fromMilliseconds(m_random.logNormal(request.milliseconds, 0.5));
            Record &http = add(Kind::Span, m_now + fromMilliseconds(m_random.between(2, 60)), "");
            http.due = http.due + call.duration;
            http.label = request.method + ' ' + request.route;
            http.attributes.push_back({"http.request.method", request.method});
            http.attributes.push_back({"url.template", request.route});
            http.attributes.push_back({"http.response.status_code", std::int64_t(200)});
            http.attributes.push_back({"app.screen.name", screen.name});
            http.facts = std::move(call);
        }
    }
}

void SessionScript::useFeatures(const Screen &screen, nanoseconds dwell)
{
    for (const FeatureUse &use : screen.uses) {
        const Feature &feature = m_scenario.features[use.feature];
        if (!isAvailable(feature))
            continue;
        for (int i = m_random.poisson(use.perView * m_release.fadingOf(feature.name)); i > 0; --i) {
            const Instant time =
                m_now +
                nanoseconds(static_cast<std::int64_t>(m_random.unit() * static_cast<double>(dwell.count())));
            Record &record = add(Kind::UsageEvent, time, "app.widget.click");
            record.label = feature.name;
            record.attributes.push_back({"app.widget.name", feature.name});
            record.attributes.push_back({"app.screen.name", screen.name});
            record.attributes.push_back({"app.screen.coordinate.x", m_random.integer(0, 1079)});
            record.attributes.push_back({"app.screen.coordinate.y", m_random.integer(0, 2339)});
        }
    }
}

void SessionScript::writeLogs(const Screen &screen, nanoseconds dwell)
{
    for (const LogLine &line : m_scenario.logs) {
        if (&m_scenario.screens[line.screen] != &screen)
            continue;
        for (int i = m_random.poisson(line.perView); i > 0; --i) {
            const Instant time =
                m_now +
                nanoseconds(static_cast<std::int64_t>(m_random.unit() * static_cast<double>(dwell.count())));
            Record &record = add(Kind::Log, time, "");
            record.severity = line.severity;
            record.body = filledIn(line.body, m_random);
            record.attributes.push_back({"app.screen.name", screen.name});
        }
    }
}

void SessionScript::fail(const Failure &failure, const Screen &screen, Instant time, bool isCrash)
{
    std::string message = filledIn(failure.message, m_random);
    if (!failure.onSpan.empty())
        return failOnSpan(failure, screen, time, std::move(message));
    if (failure.omen) {
        Record &omen = add(Kind::Log, time - milliseconds(m_random.integer(200, 900)), "");
        omen.severity = 13;
        omen.body = failure.omen->body;
        omen.attributes.push_back({"app.screen.name", screen.name});
        omen.attributes.push_back({failure.omen->attribute, failure.omen->value});
    }
    if (failure.request) {
        SpanFacts call = newSpan(nullptr);
        call.isClient = true;
        call.duration = fromMilliseconds(m_random.logNormal(420, 0.3));
        Record &http = add(Kind::FailedSpan, time - call.duration, "");
        http.due = http.due + call.duration;
        http.label = failure.request->method + ' ' + failure.request->route;
        http.attributes.push_back({"http.request.method", failure.request->method});
        http.attributes.push_back({"url.template", failure.request->route});
        http.attributes.push_back({"http.response.status_code", std::int64_t(failure.request->status)});
        http.attributes.push_back({"app.screen.name", screen.name});
        http.facts = std::move(call);
    }
    Record &record = add(Kind::Error, time, isCrash ? std::string_view("app.crash") : failure.event);
    record.severity = isCrash ? kFatal : failure.severity;
    record.label = failure.type;
    record.attributes.push_back({"exception.type", failure.type});
    record.attributes.push_back({"exception.message", std::move(message)});
    if (!failure.stack.empty())
        record.attributes.push_back({"exception.stacktrace", failure.stack});
    record.attributes.push_back({"app.screen.name", screen.name});
}

void SessionScript::failOnSpan(const Failure &failure, const Screen &screen, Instant time,
                               std::string message)
{
    SpanFacts facts = newSpan(nullptr);
    facts.duration = std::min(fromMilliseconds(m_random.between(8000, 12000)), time - m_start);
    facts.exceptionType = failure.type;
    facts.exceptionMessage = std::move(message);
    facts.exceptionStack = failure.stack;
    Record &span = add(Kind::FailedSpan, time - facts.duration, failure.onSpan);
    span.due = span.due + facts.duration;
    span.label = failure.type;
    span.attributes.push_back({"app.screen.name", screen.name});
    span.facts = std::move(facts);
}

// What a performance library samples: every session or none of it, and only lately, as such data is thinned
// out with age.
void SessionScript::measure(Instant until)
{
    const auto interval = fromSeconds(m_scenario.gaugeIntervalSeconds);
    if (interval <= nanoseconds(0) || m_start < m_epoch + fromSeconds(m_scenario.gaugesSinceMinutes * 60) ||
        !m_random.chance(m_scenario.gaugeShare))
        return;
    const double phase = m_random.between(0, 6.3);
    for (Instant time = m_start + interval; time < until; time = time + interval) {
        const bool isAway = std::any_of(m_away.begin(), m_away.end(), [time](const auto &away) {
            return away.first <= time && time < away.second;
        });
        if (isAway)
            continue; // nothing runs that could measure
        const double minute = static_cast<double>((time - m_start).count()) / 60e9;
        for (const Gauge &gauge : m_scenario.gauges) {
            const double value = gauge.base + gauge.swing * std::sin(phase + minute * 0.7) +
                                 m_random.normal(0, gauge.jitter) + gauge.slopePerMinute * minute;
            Record &record = add(Kind::Point, time, gauge.name);
            record.facts = PointFacts{gauge.unit, std::clamp(value, gauge.base * 0.2, gauge.maximum)};
        }
    }
}

const Screen *SessionScript::nextScreen(const Screen &screen)
{
    std::vector<NextScreen> ways;
    for (NextScreen way : screen.next) {
        if (way.screen) {
            const Screen &next = m_scenario.screens[*way.screen];
            if (!contains(next.platforms, m_person.platform->name))
                continue;
            if (!next.feature.empty())
                way.weight *= m_release.fadingOf(next.feature);
        }
        ways.push_back(way);
    }
    if (ways.empty())
        return nullptr;
    const NextScreen way = m_random.pick(ways);
    return way.screen ? &m_scenario.screens[*way.screen] : nullptr;
}

double SessionScript::likelihood(const Failure &failure) const
{
    if (!contains(failure.platforms, m_person.platform->name) ||
        (!failure.since.empty() && failure.since != m_release.name))
        return 0;
    const bool isWorse = !failure.worseWith.empty() && failure.worseWith == m_release.name;
    return failure.perView * (isWorse ? failure.worseFactor : 1);
}

bool SessionScript::isAvailable(const Feature &feature) const
{
    return !feature.sinceMinutes || m_start >= m_epoch + fromSeconds(*feature.sinceMinutes * 60);
}

SpanFacts SessionScript::newSpan(const SpanFacts *parent)
{
    SpanFacts facts;
    facts.span = m_random.next() | 1; // an id of zeros would be none
    if (parent) {
        facts.trace[0] = parent->trace[0];
        facts.trace[1] = parent->trace[1];
        facts.parent = parent->span;
    } else {
        facts.trace[0] = m_random.next() | 1;
        facts.trace[1] = m_random.next();
    }
    return facts;
}

// The program comes up again in the same session.
void SessionScript::restart()
{
    const Instant crashed = m_now;
    m_now = m_now + fromSeconds(m_random.between(4, 40));
    m_away.emplace_back(crashed, m_now);
    add(Kind::Log, m_now, "device.app.lifecycle").attributes.push_back({"app.state", std::string("created")});
    SpanFacts facts = newSpan(nullptr);
    facts.duration = fromMilliseconds(m_random.logNormal(1250 * m_release.loadFactor, 0.3));
    Record &span = add(Kind::Span, m_now, "app.start");
    span.due = span.due + facts.duration;
    span.facts = facts;
    m_now = m_now + facts.duration;
}

} // namespace telltale::demo
