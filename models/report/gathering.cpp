// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/reportfacts.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace telltale {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kHeatmapRows = 20;

std::chrono::nanoseconds lengthOf(TimeRange range)
{
    return range.to - range.from;
}

/// So many points that a curve has a shape and a page has room.
ActivityStep stepFor(TimeRange range)
{
    const auto length = lengthOf(range);
    if (length <= 3h)
        return ActivityStep::Minute;
    if (length <= 12h)
        return ActivityStep::FiveMinutes;
    if (length <= 48h)
        return ActivityStep::FifteenMinutes;
    return length <= 8 * 24h ? ActivityStep::Hour : ActivityStep::Day;
}

HeatmapColumns columnsFor(TimeRange range)
{
    const auto length = lengthOf(range);
    if (length <= 2h)
        return HeatmapColumns::Minute;
    if (length <= 48h)
        return HeatmapColumns::Hour;
    return length <= 62 * 24h ? HeatmapColumns::Day : HeatmapColumns::Week;
}

CalendarUnit periodFor(TimeRange range)
{
    const auto length = lengthOf(range);
    if (length <= 15 * 24h)
        return CalendarUnit::Day;
    return length <= 200 * 24h ? CalendarUnit::Week : CalendarUnit::Month;
}

/// Asks one question after the other, until one fails.
class Gatherer
{
public:
    Gatherer(Engine &engine, const ReportRequest &request, const Scope &scope, const Progress &progress, std::stop_token stop)
        : m_engine(engine)
        , m_scope(scope)
        , m_progress(progress)
        , m_stop(std::move(stop))
    {
        m_facts.request = request;
        m_facts.zone = scope.zone;
        m_facts.now = scope.now;
    }

    Result<ReportFacts> gather()
    {
        askFrame();
        askSummary();
        askSections();
        if (m_error)
            return tl::unexpected(*m_error);
        return std::move(m_facts);
    }

private:
    bool has(std::initializer_list<ReportSection> sections) const
    {
        return std::any_of(m_facts.request.sections.begin(), m_facts.request.sections.end(), [&](ReportSection section) {
            return std::find(sections.begin(), sections.end(), section) != sections.end();
        });
    }

    /// Asks with a scope of its own; keeps the answer, and what must be said about it.
    template<typename T, typename Ask>
    void askIn(const Scope &scope, T &to, Ask &&ask)
    {
        if (m_error)
            return;
        auto reply = ask(scope);
        if (!reply) {
            fail(reply.error());
            return;
        }
        to = std::move(reply->value);
        for (const std::string &note : reply->notes)
            addNote(note);
        ++m_done;
        if (m_progress)
            m_progress(m_done, std::max(m_done, kUsualQuestions));
    }
    /// An engine need not answer everything: what it can not tell is left out, and that is said.
    void fail(const Error &error)
    {
        if (error.code == Error::Code::Unsupported)
            addNote(error.message);
        else
            m_error = error;
    }
    void addNote(const std::string &note)
    {
        if (std::find(m_facts.notes.begin(), m_facts.notes.end(), note) == m_facts.notes.end())
            m_facts.notes.push_back(note);
    }
    template<typename T, typename Ask>
    void ask(T &to, Ask &&question)
    {
        askIn(m_scope, to, std::forward<Ask>(question));
    }

    /// What the data is, and the range with ends.
    void askFrame()
    {
        Engine::Summary summary;
        ask(summary, [&](const Scope &) { return m_engine.summary(m_stop); });
        m_facts.recordsInCache = summary.records;
        if (summary.products.size() == 1)
            m_facts.product = summary.products.front();
        if (summary.environments.size() == 1)
            m_facts.environment = summary.environments.front();
        askDropped();
        TimeRange &range = m_scope.range;
        if (range.from == Instant::min())
            range.from = summary.oldest.value_or(m_scope.now);
        if (range.to == Instant::max())
            range.to = summary.newest ? *summary.newest + 1ns : m_scope.now;
        range.to = std::max(range.to, range.from);
        m_facts.range = range;
        m_facts.previous = {range.from - lengthOf(range), range.from};
        m_facts.step = stepFor(range);
    }

    /// Every report says what is missing in it, whatever its sections.
    void askDropped()
    {
        Scope whole = m_scope; // sources know no range
        whole.range = {};
        whole.filter = {};
        std::vector<SourceRow> sources;
        askIn(whole, sources, [&](const Scope &scope) { return m_engine.sources(scope, m_stop); });
        for (const SourceRow &row : sources) {
            m_facts.dropped += row.dropped;
            m_facts.rejected += row.rejected;
        }
    }

    void askSummary()
    {
        Scope before = m_scope;
        before.range = m_facts.previous;
        ask(m_facts.totals, [&](const Scope &scope) { return m_engine.totals(scope, m_stop); });
        askIn(before, m_facts.totalsBefore, [&](const Scope &scope) { return m_engine.totals(scope, m_stop); });
        m_facts.hasBefore = !(m_facts.totalsBefore == Totals());
        if (has({ReportSection::Summary, ReportSection::Performance})) {
            const auto pulse = [&](const Scope &scope) { return m_engine.pulse(scope, m_facts.step, m_stop); };
            ask(m_facts.pulse, pulse);
            if (m_facts.hasBefore)
                askIn(before, m_facts.pulseBefore, pulse);
        }
        if (has({ReportSection::Features}) && m_facts.hasBefore)
            askIn(before, m_facts.featuresBefore, [&](const Scope &scope) { return m_engine.features(scope, m_stop); });
    }

    void askSections()
    {
        if (has({ReportSection::Usage, ReportSection::Errors})) {
            ask(m_facts.activity, [&](const Scope &scope) { return m_engine.activity(scope, m_facts.step, m_stop); });
        }
        if (has({ReportSection::Usage}))
            ask(m_facts.activeUsers, [&](const Scope &scope) { return m_engine.activeUsers(scope, m_stop); });
        if (has({ReportSection::Features, ReportSection::Summary})) {
            ask(m_facts.features, [&](const Scope &scope) { return m_engine.features(scope, m_stop); });
        }
        if (has({ReportSection::Features})) {
            m_facts.heatmapColumns = columnsFor(m_facts.range);
            ask(m_facts.featureUsers, [&](const Scope &scope) {
                return m_engine.heatmap(scope, HeatmapRows::Feature, m_facts.heatmapColumns, HeatmapValue::Users, m_stop);
            });
            cutHeatmap();
        }
        if (has({ReportSection::Screens}))
            ask(m_facts.screens, [&](const Scope &scope) { return m_engine.screens(scope, m_stop); });
        if (has({ReportSection::Sessions})) {
            Scope few = m_scope;
            few.limit = kReportRows;
            askIn(few, m_facts.sessions, [&](const Scope &scope) { return m_engine.sessions(scope, false, m_stop); });
        }
        if (has({ReportSection::Errors, ReportSection::Summary}))
            ask(m_facts.errors, [&](const Scope &scope) { return m_engine.errors(scope, m_stop); });
        if (has({ReportSection::Performance})) {
            m_facts.latency = m_facts.pulse.latency;
            ask(m_facts.operations, [&](const Scope &scope) { return m_engine.operations(scope, m_stop); });
        }
        if (has({ReportSection::Retention})) {
            m_facts.retentionPeriod = periodFor(m_facts.range);
            ask(m_facts.retention,
                [&](const Scope &scope) { return m_engine.retention(m_facts.retentionPeriod, scope, m_stop); });
        }
        if (has({ReportSection::Usage, ReportSection::Errors, ReportSection::Performance})) {
            Scope ever = m_scope; // when a release came, not when the range first saw it
            ever.range.from = Instant::min();
            ask(m_facts.releasesEver, [&](const Scope &) { return m_engine.releases(ever, m_stop); });
        }
        if (has({ReportSection::Releases}))
            askReleases();
        if (has({ReportSection::Appendix})) {
            Scope whole = m_scope; // counters know no range
            whole.range = {};
            whole.filter = {};
            askIn(whole, m_facts.counters, [&](const Scope &scope) { return m_engine.counters(scope, m_stop); });
        }
    }

    void askReleases()
    {
        ask(m_facts.releases, [&](const Scope &scope) { return m_engine.releases(scope, m_stop); });
        if (m_error)
            return;
        std::string before = m_facts.request.releaseBefore;
        std::string after = m_facts.request.releaseAfter;
        if (before.empty() || after.empty()) {
            const auto chosen = releasesToCompare(m_facts.releases);
            if (!chosen)
                return;
            before = before.empty() ? chosen->first : before;
            after = after.empty() ? chosen->second : after;
            if (before == after)
                return;
        }
        auto card = compareReleases(m_engine, before, after, m_scope, m_facts.notes, m_stop);
        if (!card)
            fail(card.error());
        else
            m_facts.card = std::move(*card);
    }

    /// The rows a page has room for.
    void cutHeatmap()
    {
        Heatmap &map = m_facts.featureUsers;
        if (map.rows.size() <= kHeatmapRows)
            return;
        map.rows.resize(kHeatmapRows);
        map.rowTotals.resize(std::min(map.rowTotals.size(), kHeatmapRows));
        map.firstSeen.resize(std::min(map.firstSeen.size(), kHeatmapRows));
        map.values.resize(kHeatmapRows * map.columns.size());
    }

    static constexpr std::size_t kUsualQuestions = 19;

    Engine &m_engine;
    Scope m_scope;
    const Progress &m_progress;
    std::stop_token m_stop;
    ReportFacts m_facts;
    std::optional<Error> m_error;
    std::size_t m_done = 0;
};

} // namespace

Result<ReportFacts> gatherFacts(Engine &engine, const ReportRequest &request, const Scope &scope, const Progress &progress,
                                std::stop_token stop)
{
    return Gatherer(engine, request, scope, progress, std::move(stop)).gather();
}

} // namespace telltale
