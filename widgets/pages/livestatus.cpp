// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/livestatus.h"

#include "models/analysis/sourcelamp.h"

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

constexpr qint64 kRateWindowMs = 10'000;
constexpr int kLookMs = 1'000;
constexpr int kUnseenLookMs = 5'000;
constexpr qint64 kPatienceMs = 10'000;
constexpr std::chrono::hours kRolloutDay{24};

struct LiveAnswer
{
    std::vector<SourceRow> sources;
    std::optional<std::vector<ReleaseRow>> releases; ///< none: not asked for
    Engine::Summary summary;
};

std::string releaseNames(const std::vector<SourceRow> &sources)
{
    std::string names;
    for (const SourceRow &source : sources) {
        for (const std::string &release : source.releases)
            names += release + '\n';
        names += '\n';
    }
    return names;
}

bool isQuiet(SourceState state)
{
    return state == SourceState::Late || state == SourceState::Off;
}

/// Quiet, as it should be.
bool isAtRest(const SourceRow &row, SourceState state)
{
    return isQuiet(state) && !goesOnSending(row);
}

} // namespace

LiveStatus::LiveStatus(QueryRunner &queries, ViewState &state, QObject *parent)
    : QObject(parent)
    , m_queries(queries)
    , m_state(state)
{
    m_tick.setInterval(kLookMs);
    connect(&m_tick, &QTimer::timeout, this, &LiveStatus::ask);
    connect(&state, &ViewState::modeChanged, this, [this] {
        m_recordsAtPause = m_state.isPaused() && m_summary ? std::optional(m_summary->records) : std::nullopt;
        Q_EMIT changed();
    });
    connect(&state, &ViewState::changed, this, [this] {
        if (m_clock.isValid()) // after what the views ask now
            QTimer::singleShot(0, this, &LiveStatus::askRollout);
    });
}

void LiveStatus::start()
{
    m_clock.start();
    m_tick.start();
    // The first data of all should not wait for the next second.
    connect(&m_queries, &QueryRunner::dataChanged, this, &LiveStatus::askSoon);
    ask();
}

void LiveStatus::setSeen(bool isSeen)
{
    m_isSeen = isSeen;
    const int interval = isSeen ? kLookMs : kUnseenLookMs;
    if (interval == m_tick.interval())
        return;
    m_tick.setInterval(interval);
    if (isSeen && m_tick.isActive())
        ask();
}

void LiveStatus::askSoon()
{
    if (!hasData())
        ask();
}

void LiveStatus::ask()
{
    if (m_askedMs && m_clock.elapsed() - *m_askedMs < kPatienceMs)
        return; // a newer question would take its place
    m_askedMs = m_clock.elapsed();
    Scope scope;
    scope.zone = m_state.zone();
    scope.now = m_state.wallNow();
    // What nobody sees needs no flags; they are asked for when somebody looks again.
    const bool withReleases = (m_isSeen || m_releaseNames.empty()) && !m_releasesAsked.isSame(m_releaseNames);
    m_queries.ask<Result<LiveAnswer>>(
        QStringLiteral("live.status"), this,
        [scope, withReleases](Engine &engine, std::stop_token stop) -> Result<LiveAnswer> {
            LiveAnswer answer;
            auto sources = engine.sources(scope, stop);
            if (!sources)
                return tl::unexpected(sources.error());
            answer.sources = std::move(sources->value);
            if (withReleases) {
                auto releases = engine.releases(scope, stop);
                if (!releases)
                    return tl::unexpected(releases.error());
                answer.releases = std::move(releases->value);
            }
            auto summary = engine.summary(stop);
            if (!summary)
                return tl::unexpected(summary.error());
            answer.summary = std::move(summary->value);
            return answer;
        },
        [this, withReleases](Result<LiveAnswer> answer) {
            m_askedMs.reset();
            if (!answer) {
                if (withReleases)
                    m_releasesAsked.forget();
                // No cache yet: that is an answer too, nothing is there.
                if (answer.error().code == Error::Code::NotFound && !m_summary) {
                    m_summary = Engine::Summary{};
                    Q_EMIT changed();
                }
                return;
            }
            m_summary = std::move(answer->summary);
            if (m_state.isPaused() && !m_recordsAtPause)
                m_recordsAtPause = m_summary->records;
            m_releaseNames = releaseNames(answer->sources);
            if (answer->releases)
                takeReleases(std::move(*answer->releases));
            takeSources(std::move(answer->sources));
            askRollout();
            Q_EMIT changed();
        });
}

void LiveStatus::takeReleases(std::vector<ReleaseRow> rows)
{
    const bool isKnown = std::ranges::equal(
        m_releases, rows, [](const ReleaseRow &a, const ReleaseRow &b) { return a.release == b.release && a.firstSeen == b.firstSeen; });
    m_releasesAsked.answered(!isKnown);
    m_releases = std::move(rows);
    if (!isKnown)
        Q_EMIT releasesChanged();
}

/// Only while a flag could say it.
void LiveStatus::askRollout()
{
    const TimeRange range = m_state.resolvedRange();
    const bool isFlagged = std::ranges::any_of(m_releases, [&](const ReleaseRow &release) { return range.contains(release.firstSeen); });
    if (!isFlagged || !m_isSeen)
        return;
    if (m_state.isComparing() && m_state.comparison().kind == Comparison::Kind::Releases) { // one of them has all that is asked about
        takeRollout({});
        m_rolloutAsked.forget();
        return;
    }
    const Scope scope = m_state.scope({std::max(range.from, range.to - kRolloutDay), range.to}, {});
    // A live range is another one each moment, and the same question.
    if (m_state.mode() == ViewState::Mode::Live
            ? m_rolloutAsked.isSame("live " + std::to_string(m_state.range().length().count()) + ' ' + scope.filter.text())
            : m_rolloutAsked.isSame(scope))
        return;
    m_queries.ask<Engine::Reply<std::vector<ReleaseRow>>>(
        QStringLiteral("live.rollout"), this, [scope](Engine &engine, std::stop_token stop) { return engine.releases(scope, stop); },
        [this](const Engine::Reply<std::vector<ReleaseRow>> &rows) {
            if (rows)
                takeRollout(rows->value);
            else
                m_rolloutAsked.forget();
        });
}

void LiveStatus::takeRollout(const std::vector<ReleaseRow> &rows)
{
    std::map<std::string, double> all; // sessions of a product that were of any release
    for (const ReleaseRow &row : rows)
        all[row.product] += static_cast<double>(row.sessions);
    std::map<std::string, double> shares;
    for (const ReleaseRow &row : rows) {
        if (all[row.product] > 0) // in whole percents, so that flags do not change with every session
            shares[row.release] = std::max(shares[row.release], std::round(100 * static_cast<double>(row.sessions) / all[row.product]) / 100);
    }
    const bool isNews = shares != m_rollout;
    m_rolloutAsked.answered(isNews);
    m_rollout = std::move(shares);
    if (isNews)
        Q_EMIT releasesChanged();
}

std::optional<double> LiveStatus::rollout(const std::string &release) const
{
    const auto found = m_rollout.find(release);
    return found == m_rollout.end() ? std::nullopt : std::optional(found->second);
}

void LiveStatus::takeSources(std::vector<SourceRow> rows)
{
    // Requests that named no source are no source to look at, unless something was wrong with them.
    std::erase_if(rows, [](const SourceRow &row) { return row.source.empty() && row.records == 0 && !row.lastRefusal; });
    Sight sight;
    sight.atMs = m_clock.elapsed();
    for (const SourceRow &row : rows)
        sight.records[sourceKey(row.protocol, row.product, row.os)] = row.records;
    m_sights.push_back(std::move(sight));
    while (m_sights.size() > 2 && m_sights.back().atMs - m_sights[1].atMs >= kRateWindowMs)
        m_sights.pop_front();

    const Sight &first = m_sights.front();
    const Sight &last = m_sights.back();
    const double seconds = static_cast<double>(last.atMs - first.atMs) / 1000;
    for (SourceRow &row : rows) {
        // Counted here it is of the last seconds; what the receiver counted is of the last minute.
        if (seconds < 0.5 || (row.ratePerSecond > 0 && !row.asOf))
            continue;
        const auto before = first.records.find(sourceKey(row.protocol, row.product, row.os));
        // A source that was not there at the beginning of the window started from nothing.
        const std::uint64_t start = before == first.records.end() ? 0 : before->second;
        row.ratePerSecond = row.records > start ? static_cast<double>(row.records - start) / seconds : 0;
    }
    m_sources.setNow(m_state.wallNow());
    m_sources.setRows(std::move(rows));
}

SourceState LiveStatus::state() const
{
    std::vector<SourceState> states;
    for (const SourceRow &row : m_sources.rows()) {
        if (!isAtRest(row, m_sources.stateOf(row)))
            states.push_back(m_sources.stateOf(row));
    }
    if (states.empty() && !m_sources.rows().empty())
        return SourceState::Off; // of what was read once
    return productLamp(states);
}

int LiveStatus::quietSources() const
{
    const auto rows = m_sources.rows();
    return static_cast<int>(std::count_if(rows.begin(), rows.end(), [this](const SourceRow &row) {
        const SourceState state = m_sources.stateOf(row);
        return isQuiet(state) && !isAtRest(row, state);
    }));
}

double LiveStatus::ratePerSecond() const
{
    double rate = 0;
    for (const SourceRow &row : m_sources.rows())
        rate += row.ratePerSecond;
    return rate;
}

std::optional<Instant> LiveStatus::lastSign() const
{
    std::optional<Instant> last;
    for (const SourceRow &row : m_sources.rows()) {
        for (const auto &sign : {row.lastEvent, row.lastArrival}) {
            if (sign && (!last || *sign > *last))
                last = sign;
        }
    }
    return last;
}

quint64 LiveStatus::newSincePause() const
{
    if (!m_recordsAtPause || !m_summary)
        return 0;
    return m_summary->records - std::min(m_summary->records, *m_recordsAtPause);
}

std::uint64_t LiveStatus::droppedRecords() const
{
    std::uint64_t dropped = 0;
    for (const SourceRow &row : m_sources.rows())
        dropped += row.dropped;
    return dropped;
}

} // namespace telltale
