// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/usagepage.h"

#include "models/items/bucketchoice.h"
#include "models/items/itemtext.h"
#include "widgets/charts/trackstack.h"
#include "widgets/controls/plainlabel.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/gridmaking.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QResizeEvent>

#include <map>

namespace telltale {

namespace {

using namespace std::chrono_literals;

enum Tab { Features, Screens, TrendsTab };

constexpr std::size_t kMostScreens = 9;

struct DwellAnswer
{
    std::vector<ScreenRow> now, before;
};

} // namespace

UsagePage::UsagePage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
    , m_tabs(new SegmentedControl)
    , m_heatmap(new HeatmapView)
    , m_weekdays(new HeatmapView)
    , m_dwell(new DwellRanges)
{
    m_tabs->setAccessibleName(tr("Usage of"));
    m_tabs->addSegment(tr("Features"));
    m_tabs->addSegment(tr("Screens"));
    m_tabs->addSegment(tr("Trends"));
    m_tabs->setCurrentIndex(Features);
    m_heatmapPanel = new Panel(tr("Features"), {}, m_heatmap, this);
    m_heatmapPanel->addLegend(new HeatmapLegend(m_heatmap));
    addHeatmapActions();
    m_dwellPanel =
        new Panel(tr("Screen dwell time"), tr("middle half of visits, mark = median"), m_dwell, this);
    m_dwellAgainst = new PlainLabel(tr("Δ % vs prev."), FontRole::Caption, Ink::Text2);
    m_dwellPanel->addCorner(m_dwellAgainst);
    m_dwell->setChartName(tr("Screen dwell time"));
    m_weekdays->setChartName(tr("Weekday and hour"));
    m_weekdayPanel = new Panel(tr("Weekday and hour"), {}, m_weekdays, this);
    makeTrends();

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(size::kCardGap);
    auto *tabRow = new QHBoxLayout;
    tabRow->addWidget(m_tabs);
    tabRow->addStretch(1);
    grid->addLayout(tabRow, 0, 0, 1, 2);
    grid->addWidget(m_heatmapPanel, 1, 0, 1, 2);
    grid->addWidget(m_dwellPanel, 2, 0);
    grid->addWidget(m_weekdayPanel, 2, 1);
    grid->addWidget(m_trendPanel, 1, 0, 2, 2);
    grid->setRowStretch(1, 11);
    grid->setRowStretch(2, 9);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);

    showTab();
    connect(m_tabs, &SegmentedControl::currentChanged, this, [this] {
        showTab();
        Q_EMIT honouredChanged();
        refreshWhenShown();
    });
    connect(m_heatmap, &HeatmapView::rowActivated, this, [this](int row, Qt::KeyboardModifiers modifiers) {
        filterBy(field(), m_heatmap->grid().rows[static_cast<std::size_t>(row)].label, modifiers);
    });
    connectCells(m_heatmap, [this] { return field(); });
    connect(m_heatmap, &HeatmapView::markerActivated, this, &UsagePage::openMarker);
    connect(m_dwell, &DwellRanges::rowActivated, this, [this](int row, Qt::KeyboardModifiers modifiers) {
        filterBy(QStringLiteral("screen"), m_dwell->rows()[static_cast<std::size_t>(row)].label, modifiers);
    });
    connect(m_heatmapPanel, &Panel::retryRequested, this, &UsagePage::askHeatmap);
    connect(m_dwellPanel, &Panel::retryRequested, this, &UsagePage::askDwell);
    connect(m_weekdayPanel, &Panel::retryRequested, this, [this] {
        m_weekdaysAsked.forget();
        askWeekdays();
    });
    for (Panel *panel : {m_heatmapPanel, m_dwellPanel, m_weekdayPanel})
        connect(panel, &Panel::actionRequested, this, [this] { actOnNothing(); });
}

void UsagePage::showTab()
{
    const bool isTrends = m_tabs->currentIndex() == TrendsTab;
    for (Panel *panel : {m_heatmapPanel, m_dwellPanel, m_weekdayPanel})
        panel->setVisible(!isTrends);
    m_trendPanel->setVisible(isTrends);
}

bool UsagePage::showsScreens() const
{
    return m_tabs->currentIndex() == Screens;
}

QString UsagePage::field() const
{
    return showsScreens() ? QStringLiteral("screen") : QStringLiteral("feature");
}

void UsagePage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    const bool isNarrow = window()->width() < scaled(1180);
    m_heatmap->setPlotEdges({scaled(isNarrow ? 112 : 132), size::kPlotRightInset});
}

RecordKinds UsagePage::recordKinds() const
{
    return m_tabs->currentIndex() == TrendsTab ? kEventKinds : recordKindBit(RecordKind::UsageEvent) | recordKindBit(RecordKind::ScreenView);
}

void UsagePage::refreshSelection()
{
    if (m_tabs->currentIndex() == TrendsTab)
        m_trends->setSelection(state().selection()); // a preview of itself changes nothing else
    else
        refresh();
}

void UsagePage::refresh()
{
    if (m_tabs->currentIndex() == TrendsTab) {
        m_trends->setSelection(state().selection());
        askTrendsNow();
        return;
    }
    const auto selection = state().selection();
    const HeatmapColumns columns = heatmapColumnsFor(state().range().length());
    const QString by = columnText(columns);
    m_heatmapPanel->setTitle(showsScreens() ? tr("Screens by %1").arg(by) : tr("Features by %1").arg(by));
    m_heatmap->setChartName(m_heatmapPanel->title());
    showSubtitle();
    m_weekdayPanel->setSubtitle(
        tr("active users, last 4 weeks, %1").arg(itemtext::text(state().zone().id())));
    m_heatmap->setSelection(selection);
    askHeatmap();
    askDwell();
    askWeekdays();
}

void UsagePage::askDwell()
{
    const TimeRange range = state().effectiveRange();
    const Scope scope = honouredScope(range);
    const Scope before = state().comparedScope(range, honouredFilter());
    const bool isComparing = state().isComparing();
    ask<DwellAnswer>(
        QStringLiteral("usage.dwell"), m_dwellPanel,
        [scope, before, isComparing](Engine &engine, std::stop_token stop) -> Result<DwellAnswer> {
            auto now = engine.screens(scope, stop);
            if (!now)
                return tl::unexpected(now.error());
            if (!isComparing)
                return DwellAnswer{std::move(now->value), {}};
            auto then = engine.screens(before, stop);
            if (!then)
                return tl::unexpected(then.error());
            return DwellAnswer{std::move(now->value), std::move(then->value)};
        },
        [this, isComparing](const DwellAnswer &answer) {
            const bool isPrevious = state().comparison().kind == Comparison::Kind::PreviousPeriod;
            m_dwellAgainst->setText(!isComparing ? QString()
                                    : isPrevious ? tr("Δ % vs prev.")
                                                 : tr("Δ % vs %1", "against what is compared").arg(state().comparisonName()));
            m_dwellAgainst->setToolTip(isComparing ? state().comparisonText(state().effectiveRange()) : QString());
            showDwell(answer.now, answer.before, isComparing);
        });
}

void UsagePage::showDwell(const std::vector<ScreenRow> &now, const std::vector<ScreenRow> &before,
                          bool isComparing)
{
    std::map<std::string, const ScreenRow *> earlier;
    for (const ScreenRow &row : before)
        earlier.emplace(row.screen, &row);
    std::vector<DwellRanges::Row> rows;
    for (const ScreenRow &row : now) {
        if (!row.dwellP50Ms || !row.dwellP25Ms || !row.dwellP75Ms)
            continue;
        DwellRanges::Row out;
        out.id = out.label = itemtext::text(row.screen);
        out.p25 = *row.dwellP25Ms;
        out.p50 = *row.dwellP50Ms;
        out.p75 = *row.dwellP75Ms;
        out.visits = static_cast<double>(row.knownDwells);
        const auto found = earlier.find(row.screen);
        if (isComparing && found != earlier.end() && found->second->dwellP50Ms)
            out.change = Change::ratio(out.p50, *found->second->dwellP50Ms, Change::Better::Neither,
                                       out.visits, static_cast<double>(found->second->knownDwells));
        rows.push_back(std::move(out));
    }
    if (rows.empty()) {
        showNothing(m_dwellPanel, tr("screen views with a known dwell"));
        return;
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.p50 > b.p50; });
    if (rows.size() > kMostScreens)
        rows.resize(kMostScreens);
    m_dwell->setFormatter(formatter());
    m_dwell->setRows(std::move(rows));
    m_dwellPanel->showBody();
}

void UsagePage::askWeekdays()
{
    const Instant end = state().zone().startOf(CalendarUnit::Hour, state().now());
    const Scope scope = honouredScope({end - 28 * 24h, end});
    if (m_weekdaysAsked.isSame(scope))
        return;
    ask<WeekdayHours>(
        QStringLiteral("usage.weekdays"), m_weekdayPanel,
        [scope](Engine &engine, std::stop_token stop) -> Result<WeekdayHours> {
            auto rows = engine.activity(scope, ActivityStep::Hour, stop);
            if (!rows)
                return tl::unexpected(rows.error());
            return weekdayHours(rows->value, scope.zone);
        },
        [this](const WeekdayHours &hours) {
            m_weekdaysAsked.answered(hours != m_weekdayHours || !hasAnybody(hours)); // somebody may come any moment
            m_weekdayHours = hours;
            if (!hasAnybody(hours)) {
                showNothing(m_weekdayPanel, tr("active users"));
                return;
            }
            HeatGrid grid = weekdayGrid(hours, 3);
            grid.unit = tr("users");
            m_weekdays->setFormatter(formatter());
            m_weekdays->setPlotEdges({gutterOf(grid), 0});
            m_weekdays->setGrid(grid);
            m_weekdayPanel->showBody();
        },
        [this] { m_weekdaysAsked.forget(); });
}

} // namespace telltale
