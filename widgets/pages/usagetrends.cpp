// SPDX-License-Identifier: GPL-3.0-or-later
// The trends of the usage view: what is counted over time, split by features, screens or releases.
#include "widgets/pages/usagepage.h"

#include "models/items/bucketchoice.h"
#include "models/items/itemtext.h"
#include "widgets/charts/trackstack.h"
#include "widgets/pages/compared.h"
#include "widgets/pages/gridmaking.h"
#include "widgets/pages/linelegend.h"
#include "widgets/pages/overviewfigures.h"
#include "widgets/pages/trends.h"
#include "widgets/pages/panelmenu.h"

#include <QComboBox>

#include <algorithm>

namespace telltale {

namespace {

constexpr std::size_t kMostSeries = 6; ///< small multiples that can still be read

} // namespace

void UsagePage::makeTrends()
{
    m_trends = new TrackStack;
    m_trendPanel = new Panel(tr("Trends"), {}, m_trends, this);
    m_trendPanel->setProperty(PanelMenu::kHasBuckets, true);
    m_trendLegend = new LineLegend;
    m_trendPanel->addLegend(m_trendLegend);
    connectTracks(m_trends, m_trendPanel);
    m_trendOf = new QComboBox;
    m_trendOf->setAccessibleName(tr("What is counted"));
    for (const QString &of : {tr("Active users"), tr("Sessions"), tr("Usage events"), tr("Screen views"), tr("Errors")})
        m_trendOf->addItem(of);
    m_trendBy = new QComboBox;
    m_trendBy->setAccessibleName(tr("Split by"));
    for (const QString &by : {tr("All together"), tr("By feature"), tr("By screen"), tr("By release")})
        m_trendBy->addItem(by);
    m_trendBy->setCurrentIndex(static_cast<int>(TrendBy::Feature));
    for (QComboBox *box : {m_trendOf, m_trendBy}) {
        box->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        m_trendPanel->addCorner(box);
    }
    connect(m_trendOf, &QComboBox::currentIndexChanged, this, &UsagePage::showTrends);
    connect(m_trendBy, &QComboBox::currentIndexChanged, this, &UsagePage::refreshWhenShown);
    connect(m_trendPanel, &Panel::retryRequested, this, [this] {
        m_trendsAsked.forget();
        askTrendsNow();
    });
}

/// What makes it another question, but for the passing of time within a bucket.
std::string UsagePage::trendQuestion(ActivityStep step) const
{
    const TimeRange range = state().resolvedRange();
    const bool isLive = state().range().isLive && !state().isPaused();
    const Instant from = bucketStart(range.from, step, state().zone());
    QStringList parts{QString::number(from.ns),
                      isLive ? QStringLiteral("live %1").arg(state().range().length().count()) : QString::number(range.to.ns),
                      itemtext::text(state().zone().id()), itemtext::text(honouredScope().filter.text()), m_trendBy->currentText()};
    if (state().isComparing())
        parts.append(comparedWith(isLive ? TimeRange{from, from + state().range().length()} : range));
    return parts.join(u'\n').toStdString();
}

void UsagePage::askTrendsNow()
{
    const TimeRange range = state().resolvedRange();
    const ActivityStep step = state().stepFor(range.to - range.from);
    if (m_trendsAsked.isSame(trendQuestion(step))) {
        if (m_trendPanel->isShowingBody() && frame(m_trendAnswer.range).markers != m_trends->data().markers)
            showTrends(); // flags came after their chart
        return;
    }
    const Scope scope = honouredScope({bucketStart(range.from, step, state().zone()), range.to});
    const auto before = earlierBuckets(range, step);
    const auto by = static_cast<TrendBy>(m_trendBy->currentIndex());
    ask<Trends>(
        QStringLiteral("usage.trends"), m_trendPanel,
        [scope, before = before ? std::optional(before->scope) : std::nullopt, by, step](Engine &engine, std::stop_token stop) {
            return askTrends(engine, by, kMostSeries, scope, before, step, std::move(stop));
        },
        [this, range, step, shift = before ? before->shift : std::chrono::nanoseconds(), isLive = state().range().isLive](Trends trends) {
            const bool isNothing = trends.series.empty();
            m_trendAnswer = {std::move(trends), range, step, shift, isLive};
            // A bucket that fills is looked at ten times; where there is nothing yet, something may come any moment.
            m_trendsAsked.answered(true, isNothing ? AskedLately::kShortest : std::chrono::duration_cast<std::chrono::milliseconds>(widthOf(step)) / 10);
            showTrends();
        },
        [this] { m_trendsAsked.forget(); });
}

void UsagePage::showTrends()
{
    const auto of = static_cast<TrendOf>(m_trendOf->currentIndex());
    const auto &[trends, range, step, shift, isLive] = m_trendAnswer;
    m_trendPanel->setTitle(tr("%1 over time").arg(m_trendOf->currentText()));
    m_trends->setChartName(m_trendPanel->title());
    if (range.isEmpty())
        return; // nothing was answered yet
    const std::size_t shownSeries = trends.series.size();
    m_trendPanel->setSubtitle(trends.all > shownSeries ? tr("per %1 · %2 of %3", "a width of time, how many of how many")
                                                             .arg(stepText(step), itemtext::count(shownSeries), itemtext::count(trends.all))
                                                       : tr("per %1", "a width of time").arg(stepText(step)));
    TrackStackData shown = frame(range);
    if (isLive && !shown.now)
        shown.now = range.to; // when it was asked, the last bucket was not over
    bool isAny = false;
    for (const TrendSeries &series : trends.series) {
        Track track;
        track.id = itemtext::text(series.name);
        track.name = series.name.empty() ? m_trendOf->currentText() : track.id;
        track.colour = static_cast<SeriesSlot>(shown.tracks.size());
        track.better = of == TrendOf::Errors ? Change::Better::Lower : Change::Better::Neither;
        track.values = trendValues(series.now, of);
        for (const ActivityRow &row : series.now)
            track.starts.push_back(row.start);
        if (!series.now.empty())
            track.end = series.now.back().start + widthOf(step);
        isAny = isAny || std::ranges::any_of(track.values, [](double value) { return value > 0; });
        if (!series.before.empty()) {
            std::vector<Instant> starts;
            for (const ActivityRow &row : series.before)
                starts.push_back(row.start);
            track.previous = alignedBefore(track.starts, shift, starts, trendValues(series.before, of));
        }
        shown.tracks.push_back(std::move(track));
    }
    if (!isAny) {
        showNothing(m_trendPanel, of == TrendOf::Errors ? tr("errors") : tr("usage"));
        return;
    }
    shown.previousName = comparedWith(range);
    m_trendLegend->setPrevious(shown.previousName);
    m_trends->setFormatter(formatter());
    endAtSilence(shown);
    m_trends->setData(shown);
    m_trendPanel->showBody();
}

} // namespace telltale
