// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/releasecard.h"

#include "models/telemetry/triage.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace telltale {
namespace {

/// The scope with one release only.
Scope scopeOfRelease(const Scope &scope, const std::string &release)
{
    Scope narrowed = scope;
    narrowed.filter = scope.filter.and_(Filter(FilterTerm::exactly("release", release)));
    return narrowed;
}

void addNotes(std::vector<std::string> &to, std::vector<std::string> &&from)
{
    for (std::string &note : from) {
        if (std::find(to.begin(), to.end(), note) == to.end())
            to.push_back(std::move(note));
    }
}

void addDifference(ReleaseFigure &figure)
{
    if (figure.before && figure.after && figure.observationsBefore >= kFewestForCard &&
        figure.observationsAfter >= kFewestForCard)
        figure.difference = differenceEstimate(*figure.before, *figure.after);
}

ReleaseFigure shareFigure(ReleaseFigure::What what, std::string name, std::uint64_t hitsBefore, std::uint64_t allBefore,
                          std::uint64_t hitsAfter, std::uint64_t allAfter)
{
    ReleaseFigure figure{what, std::move(name), allBefore, allAfter, shareEstimate(hitsBefore, allBefore),
                         shareEstimate(hitsAfter, allAfter), std::nullopt};
    addDifference(figure);
    return figure;
}

/// None without an interval: a figure nobody can judge is shown without one.
std::optional<Estimate> estimateOf(const SpreadValue &value)
{
    if (!value.ms || !value.lowMs || !value.highMs)
        return std::nullopt;
    return Estimate{*value.ms, *value.lowMs, *value.highMs};
}

ReleaseFigure spreadFigure(ReleaseFigure::What what, const Spread &before, const Spread &after, std::size_t value)
{
    ReleaseFigure figure{what, {}, before.count, after.count, estimateOf(before.values[value]),
                         estimateOf(after.values[value]), std::nullopt};
    addDifference(figure);
    return figure;
}

/// All answers about one release.
struct Side
{
    ReleaseRow release;
    std::uint64_t sessions = 0;
    std::vector<FeatureRow> features;
    Spread dwells, spans;
    std::vector<ErrorGroupRow> errors;
};

Result<Side> askSide(Engine &engine, const std::string &release, const Scope &whole, std::vector<std::string> &notes,
                     std::stop_token stop)
{
    const Scope scope = scopeOfRelease(whole, release);
    Side side;
    auto totals = engine.totals(scope, stop);
    auto releases = engine.releases(scope, stop);
    auto features = engine.features(scope, stop);
    auto dwells = engine.spread(SpreadOf::Dwells, {0.5}, scope, stop);
    auto spans = engine.spread(SpreadOf::Spans, {0.5, 0.95}, scope, stop);
    auto errors = engine.errors(scope, stop);
    for (const Error *error : {totals ? nullptr : &totals.error(), releases ? nullptr : &releases.error(),
                               features ? nullptr : &features.error(), dwells ? nullptr : &dwells.error(),
                               spans ? nullptr : &spans.error(), errors ? nullptr : &errors.error()}) {
        if (error)
            return tl::unexpected(*error);
    }
    if (releases->value.empty())
        return failure(Error::Code::NotFound, "nobody ran the release '" + release + "' in that time");
    side.release = releases->value.front();
    side.sessions = totals->value.sessions;
    side.features = std::move(features->value);
    side.dwells = std::move(dwells->value);
    side.spans = std::move(spans->value);
    side.errors = std::move(errors->value);
    addNotes(notes, std::move(features->notes));
    addNotes(notes, std::move(errors->notes));
    return side;
}

/// By sessions, not by users: a release that is out for longer has more of everybody's time to be used in.
void addFeatures(const Side &before, const Side &after, std::vector<ReleaseFigure> &figures)
{
    std::map<std::string_view, std::pair<std::uint64_t, std::uint64_t>> sessions;
    for (const FeatureRow &row : before.features)
        sessions[row.feature].first = row.sessions;
    for (const FeatureRow &row : after.features)
        sessions[row.feature].second = row.sessions;
    std::vector<std::pair<std::string_view, std::pair<std::uint64_t, std::uint64_t>>> most(sessions.begin(), sessions.end());
    std::stable_sort(most.begin(), most.end(), [](const auto &a, const auto &b) {
        return a.second.first + a.second.second > b.second.first + b.second.second;
    });
    if (most.size() > kCardFeatures)
        most.resize(kCardFeatures);
    for (const auto &[feature, count] : most)
        figures.push_back(shareFigure(ReleaseFigure::What::FeatureSessions, std::string(feature), count.first, before.sessions,
                                      count.second, after.sessions));
}

} // namespace

int ReleaseFigure::verdict() const
{
    if (!difference || !difference->isDecided())
        return 0;
    const bool isMore = difference->low > 0;
    switch (what) {
    case What::CrashFreeSessions:
    case What::FeatureSessions:
        return isMore ? 1 : -1;
    case What::SpanP50:
    case What::SpanP95:
        return isMore ? -1 : 1;
    case What::DwellMedian:
        break; // staying longer is neither good nor bad
    }
    return 0;
}

std::optional<std::pair<std::string, std::string>> releasesToCompare(const std::vector<ReleaseRow> &releases)
{
    std::vector<const ReleaseRow *> known;
    const auto collect = [&](std::uint64_t fewest) {
        known.clear();
        for (const ReleaseRow &row : releases) {
            if (!row.release.empty() && row.sessions >= fewest)
                known.push_back(&row);
        }
    };
    collect(kFewestForCard);
    if (known.size() < 2)
        collect(0); // little data is still worth a card that says so
    if (known.size() < 2)
        return std::nullopt;
    const ReleaseRow &after = **std::max_element(known.begin(), known.end(), [](const ReleaseRow *a, const ReleaseRow *b) {
        return std::tie(a->firstSeen, a->sessions) < std::tie(b->firstSeen, b->sessions);
    });
    // The highest below it that is numbered alike and of the same product: a web page's 2026.46 is no ancestor of an app's 4.2.0.
    const std::vector<std::uint64_t> version = versionParts(after.release);
    const ReleaseRow *before = nullptr;
    const auto rank = [&](const ReleaseRow &row) {
        const std::vector<std::uint64_t> parts = versionParts(row.release);
        const bool isAlike = parts.size() == version.size() && parts < version;
        return std::tuple(row.product == after.product, isAlike, isAlike ? parts : std::vector<std::uint64_t>(), row.sessions);
    };
    for (const ReleaseRow *row : known) {
        if (row->release != after.release && (!before || rank(*before) < rank(*row)))
            before = row;
    }
    if (!before)
        return std::nullopt;
    return std::pair(before->release, after.release);
}

Result<ReleaseCard> compareReleases(Engine &engine, const std::string &before, const std::string &after,
                                    const Scope &scope, std::vector<std::string> &notes, std::stop_token stop)
{
    const auto old = askSide(engine, before, scope, notes, stop);
    if (!old)
        return tl::unexpected(old.error());
    const auto fresh = askSide(engine, after, scope, notes, stop);
    if (!fresh)
        return tl::unexpected(fresh.error());
    const auto all = engine.totals(scope, stop);
    if (!all)
        return tl::unexpected(all.error());
    ReleaseCard card;
    card.before = old->release;
    card.after = fresh->release;
    card.usersOfAll = all->value.users;
    card.figures.push_back(shareFigure(ReleaseFigure::What::CrashFreeSessions, {},
                                       card.before.sessions - card.before.crashedSessions, card.before.sessions,
                                       card.after.sessions - card.after.crashedSessions, card.after.sessions));
    card.figures.push_back(spreadFigure(ReleaseFigure::What::SpanP50, old->spans, fresh->spans, 0));
    card.figures.push_back(spreadFigure(ReleaseFigure::What::SpanP95, old->spans, fresh->spans, 1));
    card.figures.push_back(spreadFigure(ReleaseFigure::What::DwellMedian, old->dwells, fresh->dwells, 0));
    addFeatures(*old, *fresh, card.figures);
    for (const ErrorGroupRow &group : fresh->errors) {
        if (group.state == "regressed")
            card.regressed.push_back(group);
        else if (group.everFirstSeen >= card.after.firstSeen &&
                 std::none_of(old->errors.begin(), old->errors.end(),
                              [&](const ErrorGroupRow &known) { return known.group == group.group; }))
            card.newGroups.push_back(group);
    }
    return card;
}

} // namespace telltale
