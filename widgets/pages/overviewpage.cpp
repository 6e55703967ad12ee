// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/overviewpage.h"

#include "models/items/bucketchoice.h"
#include "models/items/heldrows.h"
#include "models/items/itemtext.h"
#include "widgets/controls/buttons.h"
#include "widgets/pages/gridmaking.h"
#include "widgets/pages/issuedelegates.h"
#include "widgets/pages/linelegend.h"
#include "widgets/pages/overviewfigures.h"
#include "widgets/pages/panelmenu.h"

#include <QGridLayout>
#include <QListView>
#include <QMenu>
#include <QResizeEvent>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace telltale {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kTopErrors = 5;

} // namespace

OverviewPage::OverviewPage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
    , m_tiles(new KpiRow(this))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(size::kCardGap);
    grid->addWidget(m_tiles, 0, 0, 1, 2);
    grid->addWidget(makeActivity(), 1, 0);
    grid->addWidget(makeErrors(), 1, 1);
    grid->addWidget(makeFeatures(), 2, 0);
    grid->addWidget(makeWeekdays(), 2, 1);
    grid->setColumnStretch(0, 1);
    grid->setRowStretch(1, 11);
    grid->setRowStretch(2, 8);

    connect(m_tiles, &KpiRow::activated, this, [this](int tile) {
        static constexpr std::array views = {"sessions", "sessions", "usage", "errors", "usage"};
        Q_EMIT viewRequested(QLatin1String(views[static_cast<std::size_t>(tile)]), {});
    });
    m_tiles->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tiles, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        connect(menu->addAction(tr("Explain these &numbers…")), &QAction::triggered, this, &OverviewPage::explainTiles);
        menu->popup(m_tiles->mapToGlobal(at));
    });
    m_selectionDelay.setSingleShot(true);
    m_selectionDelay.setInterval(120);
    connect(&m_selectionDelay, &QTimer::timeout, this, [this] {
        askTiles();
        askErrors();
    });
}

void OverviewPage::explainTiles()
{
    explain(tr("Figures"), questions(QStringLiteral("overview.tiles")));
}

QWidget *OverviewPage::makeActivity()
{
    m_tracks = new TrackStack;
    m_tracks->setChartName(tr("Live activity"));
    m_activityPanel = new Panel(tr("Live activity"), {}, m_tracks, this);
    m_activityPanel->setProperty(PanelMenu::kHasBuckets, true);
    m_legend = new LineLegend;
    m_activityPanel->addLegend(m_legend);
    connect(m_activityPanel, &Panel::retryRequested, this, &OverviewPage::askTracks);
    connectTracks(m_tracks, m_activityPanel);
    connect(m_tracks, &TrackStack::cursorTimeChanged, this,
            [this](std::optional<Instant> at) { m_features->setCursorTime(at); });
    return m_activityPanel;
}

QWidget *OverviewPage::makeErrors()
{
    m_errors = new QListView;
    m_errors->setModel(&m_errorModel);
    m_errors->setAccessibleName(tr("Errors to look at"));
    m_errors->setItemDelegate(new TopIssueDelegate(
        [this](const ErrorGroupRow &row) { return firstBadSlice(row, m_errorRange, live().releases()); },
        m_errors));
    m_hold = new ListHold(m_errors, [](int rows) { return tr("%Ln new error(s) · show", nullptr, rows); });
    m_errors->setFrameShape(QFrame::NoFrame);
    m_errors->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_errors->setMouseTracking(true);
    m_errors->setUniformItemSizes(true);
    m_errors->setResizeMode(QListView::Adjust);
    m_errors->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_errors->setCursor(Qt::PointingHandCursor);
    m_errors->viewport()->setAutoFillBackground(false);
    m_errorPanel = new Panel(tr("Errors to look at"), {}, m_errors, this);
    m_allErrors = makeLink(tr("All"));
    m_allErrors->setFixedHeight(scaled(18));
    m_errorPanel->addCorner(m_allErrors);
    connect(m_allErrors, &QToolButton::clicked, this,
            [this] { Q_EMIT viewRequested(QStringLiteral("errors"), {}); });
    const auto open = [this](const QModelIndex &index) {
        Q_EMIT viewRequested(QStringLiteral("errors"), index.data(KeyRole).toString());
    };
    connect(m_errors, &QListView::clicked, this, open);
    connect(m_errors, &QListView::activated, this, open);
    connect(m_errorPanel, &Panel::retryRequested, this, &OverviewPage::askErrors);
    connect(m_errorPanel, &Panel::actionRequested, this, [this] { actOnNothing(); });
    return m_errorPanel;
}

QWidget *OverviewPage::makeFeatures()
{
    m_features = new HeatmapView;
    m_features->setChartName(tr("Feature usage"));
    m_features->setTotalsVisible(false); // its right edge is the tracks'
    m_featurePanel = new Panel(tr("Feature usage"), {}, m_features, this);
    m_featurePanel->addLegend(new HeatmapLegend(m_features));
    m_moreFeatures = makeLink({});
    m_moreFeatures->setFixedHeight(scaled(18));
    m_moreFeatures->hide();
    m_featurePanel->addCorner(m_moreFeatures);
    connect(m_moreFeatures, &QToolButton::clicked, this, [this] { Q_EMIT viewRequested(QStringLiteral("usage"), {}); });
    auto *byRow = new QAction(tr("Scale each row b&y itself"), m_featurePanel);
    byRow->setCheckable(true);
    m_featurePanel->addAction(byRow);
    connect(byRow, &QAction::toggled, this, [this](bool isOn) { m_features->setDomain(isOn ? HeatmapView::Domain::EachRow : HeatmapView::Domain::AllRows); });
    m_featurePanel->installEventFilter(this); // a higher one has room for more rows
    connect(m_featurePanel, &Panel::retryRequested, this, &OverviewPage::askFeatures);
    connect(m_featurePanel, &Panel::actionRequested, this, [this] { actOnNothing(); });
    connect(m_features, &HeatmapView::cursorTimeChanged, this,
            [this](std::optional<Instant> at) { m_tracks->setCursorTime(at); });
    connect(m_features, &HeatmapView::rowActivated, this, [this](int row, Qt::KeyboardModifiers modifiers) {
        filterBy(QStringLiteral("feature"), m_features->grid().rows[static_cast<std::size_t>(row)].label, modifiers);
    });
    connectCells(m_features, [] { return QStringLiteral("feature"); });
    return m_featurePanel;
}

QWidget *OverviewPage::makeWeekdays()
{
    m_weekdays = new HeatmapView;
    m_weekdays->setChartName(tr("When people are active"));
    m_weekdayPanel = new Panel(tr("When people are active"), tr("last 4 weeks"), m_weekdays, this);
    m_weekdayPanel->setToolTip(
        tr("Average of active users per weekday and hour, over the whole hours of the last 4 weeks."));
    connect(m_weekdayPanel, &Panel::retryRequested, this, [this] {
        m_weekdaysAsked.forget();
        askWeekdays();
    });
    connect(m_weekdayPanel, &Panel::actionRequested, this, [this] { actOnNothing(); });
    return m_weekdayPanel;
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    const int across = window()->width();
    const int side = across >= 1600 ? 400 : across >= 1180 ? 366 : 300;
    m_errorPanel->setFixedWidth(scaled(side));
    m_weekdayPanel->setFixedWidth(scaled(side));
}

void OverviewPage::refresh()
{
    m_step = state().stepFor(state().range().length());
    m_tracks->setSelection(state().selection());
    m_features->setSelection(state().selection());
    updateSubtitles();
    askTracks();
    askTiles();
    askErrors();
    askFeatures();
    askWeekdays();
}

void OverviewPage::refreshSelection()
{
    m_tracks->setSelection(state().selection());
    m_features->setSelection(state().selection());
    updateSubtitles();
    m_selectionDelay.start();
}

void OverviewPage::updateSubtitles()
{
    const auto selection = state().selection();
    m_activityPanel->setTitle(state().range().isLive ? tr("Live activity") : tr("Activity"));
    m_activityPanel->setSubtitle(state().isPaused() ? tr("paused view, data still recording")
                                                    : tr("%1 buckets").arg(stepText(m_step)));
    m_errorPanel->setSubtitle(selection ? state().rangeText(*selection) : QString());
    const QString unit =
        tr("unique users per %1").arg(columnText(heatmapColumnsFor(state().range().length())));
    m_featurePanel->setSubtitle(selection ? tr("%1 · %2 highlighted").arg(unit, state().rangeText(*selection))
                                          : unit);
}

/// How many there are beyond those that find room.
void OverviewPage::sayMoreFeatures()
{
    const std::size_t rows = m_featureMap.first.rows.size();
    m_moreFeatures->setVisible(rows > m_shownFeatures && m_featurePanel->isShowingBody());
    m_moreFeatures->setText(rows > m_shownFeatures ? tr("%Ln more", "rows that are not shown", static_cast<int>(rows - m_shownFeatures)) : QString());
}

void OverviewPage::askTiles()
{
    const TimeRange range = state().effectiveRange();
    const Scope scope = honouredScope(range);
    const Scope before = state().comparedScope(range, honouredFilter());
    const bool isComparing = state().isComparing();
    const ActivityStep step = activityStepFor(range.to - range.from);
    m_tiles->begin();
    ask<TileAnswer>(
        QStringLiteral("overview.tiles"), nullptr,
        [scope, before, isComparing, step](Engine &engine, std::stop_token stop) -> Result<TileAnswer> {
            TileAnswer answer;
            auto now = engine.pulse(scope, step, stop);
            if (!now)
                return tl::unexpected(now.error());
            answer.now = std::move(now->value);
            auto load = engine.pulse(withScreenLoads(scope), step, stop);
            if (!load)
                return tl::unexpected(load.error());
            answer.isScreenLoad = load->value.spans > 0;
            answer.load = answer.isScreenLoad ? std::move(load->value) : answer.now;
            if (!isComparing)
                return answer;
            auto pulseBefore = engine.pulse(before, step, stop);
            if (!pulseBefore)
                return tl::unexpected(pulseBefore.error());
            answer.before = std::move(pulseBefore->value);
            auto loadBefore =
                engine.pulse(answer.isScreenLoad ? withScreenLoads(before) : before, step, stop);
            if (!loadBefore)
                return tl::unexpected(loadBefore.error());
            answer.loadBefore = std::move(loadBefore->value);
            return answer;
        },
        [this, range](const TileAnswer &answer) { showTiles(answer, range); }, [this] { m_tiles->fail(); });
}

void OverviewPage::showTiles(const TileAnswer &answer, TimeRange range)
{
    OverviewFigures figures;
    figures.now = &answer.now;
    figures.load = &answer.load;
    figures.before = answer.before ? &*answer.before : nullptr;
    figures.loadBefore = answer.loadBefore ? &*answer.loadBefore : nullptr;
    figures.isScreenLoad = answer.isScreenLoad;
    figures.spanText = lengthText(range.to - range.from);
    if (state().comparison().kind != Comparison::Kind::PreviousPeriod)
        figures.against = tr("vs %1", "against what is compared").arg(state().comparisonName());
    const auto last = live().lastSign();
    if (state().mode() == ViewState::Mode::Live && live().state() == SourceState::Off && last)
        figures.asOf = tr("as of %1").arg(formatter().time(*last));
    m_tiles->setFigures(figures.make(), formatter());
}

void OverviewPage::askTracks()
{
    const TimeRange range = state().resolvedRange();
    const auto length = range.to - range.from;
    const ActivityStep step = state().stepFor(length);
    const Scope scope = honouredScope({bucketStart(range.from, step, state().zone()), range.to});
    const auto before = earlierBuckets(range, step);
    const auto shift = before ? before->shift : std::chrono::nanoseconds();
    ask<TrackAnswer>(
        QStringLiteral("overview.tracks"), m_activityPanel,
        [scope, before, step](Engine &engine, std::stop_token stop) -> Result<TrackAnswer> {
            TrackAnswer answer;
            auto activity = engine.activity(scope, step, stop);
            if (!activity)
                return tl::unexpected(activity.error());
            answer.activity = std::move(activity->value);
            auto latency = engine.latency(withScreenLoads(scope), step, stop);
            if (!latency)
                return tl::unexpected(latency.error());
            answer.isScreenLoad = std::any_of(latency->value.begin(), latency->value.end(),
                                              [](const LatencyRow &row) { return row.spans > 0; });
            if (!answer.isScreenLoad) {
                latency = engine.latency(scope, step, stop);
                if (!latency)
                    return tl::unexpected(latency.error());
            }
            answer.latency = std::move(latency->value);
            if (!before)
                return answer;
            auto activityBefore = engine.activity(before->scope, step, stop);
            if (!activityBefore)
                return tl::unexpected(activityBefore.error());
            answer.activityBefore = std::move(activityBefore->value);
            auto latencyBefore =
                engine.latency(answer.isScreenLoad ? withScreenLoads(before->scope) : before->scope, step, stop);
            if (!latencyBefore)
                return tl::unexpected(latencyBefore.error());
            answer.latencyBefore = std::move(latencyBefore->value);
            return answer;
        },
        [this, range, step, shift](const TrackAnswer &answer) { showTracks(answer, range, shift, step); });
}

void OverviewPage::showTracks(const TrackAnswer &answer, TimeRange range, std::chrono::nanoseconds shift, ActivityStep step)
{
    const bool hasActivity =
        std::any_of(answer.activity.begin(), answer.activity.end(), [](const ActivityRow &row) {
            return row.events + row.errors + row.screenViews + row.sessions > 0;
        });
    const bool hasSpans = std::any_of(answer.latency.begin(), answer.latency.end(),
                                      [](const LatencyRow &row) { return row.spans > 0; });
    if (!hasActivity && !hasSpans) {
        showNothing(m_activityPanel, tr("interactions"));
        return;
    }
    TrackStackData shown = frame(range);
    const auto length = range.to - range.from;
    shown.tracks = {interactionTrack(answer.activity, answer.activityBefore, shift, step, shown.now),
                    errorTrack(answer.activity, length, step),
                    loadTrack(answer.latency, answer.latencyBefore, shift, step, answer.isScreenLoad)};
    endAtSilence(shown);
    shown.previousName = comparedWith(range);
    m_legend->setPrevious(shown.previousName);
    m_tracks->setFormatter(formatter());
    m_tracks->setData(shown);
    m_activityPanel->showBody();
}

void OverviewPage::askErrors()
{
    const TimeRange range = state().effectiveRange();
    const Scope scope = honouredScope(range);
    m_hold->ask(listQuestion(scope));
    ask<std::vector<ErrorGroupRow>>(
        QStringLiteral("overview.errors"), m_errorPanel,
        [scope](Engine &engine, std::stop_token stop) -> Result<std::vector<ErrorGroupRow>> {
            auto rows = engine.errors(scope, stop);
            if (!rows)
                return tl::unexpected(rows.error());
            return std::move(rows->value);
        },
        [this, range](std::vector<ErrorGroupRow> rows) { takeErrors(std::move(rows), range); });
}

/// Shows the most urgent ones; while somebody is at them they stay where they are.
void OverviewPage::takeErrors(std::vector<ErrorGroupRow> rows, TimeRange range)
{
    std::erase_if(
        rows, [](const ErrorGroupRow &row) { return row.state == "resolved" || row.state == "archived"; });
    m_allErrors->setText(rows.empty() ? tr("All") : tr("All %1").arg(itemtext::count(rows.size())));
    std::sort(rows.begin(), rows.end(),
              [](const ErrorGroupRow &a, const ErrorGroupRow &b) { return urgency(a) > urgency(b); });
    if (!m_hold->isHolding() || m_errorModel.rowCount() == 0) {
        showErrors(std::move(rows), range);
        return;
    }
    const auto keyOf = [](const ErrorGroupRow &row) { return row.group; };
    auto held = heldRows(m_errorModel.rows(), rows, keyOf); // all of them, so that those which fell behind get their figures
    if (rows.size() > kTopErrors)
        rows.resize(kTopErrors);
    const auto waiting = heldRows(m_errorModel.rows(), rows, keyOf).waiting;
    m_hold->keep(static_cast<int>(waiting), [this, rows = std::move(rows), range] { showErrors(rows, range); });
    m_errorModel.setNow(state().now());
    m_errorModel.setRows(std::move(held.rows));
}

void OverviewPage::showErrors(std::vector<ErrorGroupRow> rows, TimeRange range)
{
    m_hold->shown();
    if (rows.empty()) {
        m_errorModel.setRows({});
        if (!honouredFilter().isEmpty())
            showNothing(m_errorPanel, tr("errors"));
        else
            m_errorPanel->showGood(tr("No unresolved errors"),
                                   tr("%1 without one.").arg(state().rangeText(range)));
        return;
    }
    if (rows.size() > kTopErrors)
        rows.resize(kTopErrors);
    m_errorRange = range;
    m_errorModel.setTimeZone(state().timeZone());
    m_errorModel.setNow(state().now());
    m_errorModel.setRows(std::move(rows));
    m_errorPanel->showBody();
}

void OverviewPage::askFeatures()
{
    const TimeRange range = state().resolvedRange();
    const HeatmapColumns columns = heatmapColumnsFor(range.to - range.from);
    const Scope scope = honouredScope(range);
    ask<Heatmap>(
        QStringLiteral("overview.features"), m_featurePanel,
        [scope, columns](Engine &engine, std::stop_token stop) -> Result<Heatmap> {
            auto map = engine.heatmap(scope, HeatmapRows::Feature, columns, HeatmapValue::Users, stop);
            if (!map)
                return tl::unexpected(map.error());
            return std::move(map->value);
        },
        [this, range](const Heatmap &map) {
            if (map.rows.empty()) {
                m_moreFeatures->hide();
                showNothing(m_featurePanel, tr("uses of features"));
                return;
            }
            m_featureMap = {map, range};
            limitToKnown(m_featureMap.first);
            m_featurePanel->showBody();
            showFeatures();
        },
        [this] { m_moreFeatures->hide(); });
}

std::size_t OverviewPage::readableFeatures() const
{
    return static_cast<std::size_t>(std::clamp(m_featurePanel->height() / scaled(28), 4, 8));
}

void OverviewPage::showFeatures()
{
    const auto &[map, range] = m_featureMap;
    m_shownFeatures = readableFeatures();
    m_features->setFormatter(formatter());
    m_features->setPlotEdges(m_tracks->plotEdges());
    m_features->setGrid(heatGrid(map, range, tr("users"), m_shownFeatures, state().zone()));
    sayMoreFeatures();
}

bool OverviewPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_featurePanel && event->type() == QEvent::Resize && !m_featureMap.first.rows.empty() && readableFeatures() != m_shownFeatures)
        showFeatures();
    return Page::eventFilter(watched, event);
}

void OverviewPage::askWeekdays()
{
    // Four whole weeks change little in a minute, but for the first time that they fill.
    const Zone &zone = state().zone();
    const Instant end = zone.startOf(CalendarUnit::Hour, state().now());
    Scope scope = honouredScope({end - 28 * 24h, end});
    if (m_weekdaysAsked.isSame(scope))
        return;
    ask<WeekdayHours>(
        QStringLiteral("overview.weekdays"), m_weekdayPanel,
        [scope](Engine &engine, std::stop_token stop) -> Result<WeekdayHours> {
            auto rows = engine.activity(scope, ActivityStep::Hour, stop);
            if (!rows)
                return tl::unexpected(rows.error());
            return weekdayHours(rows->value, scope.zone);
        },
        [this](const WeekdayHours &hours) {
            m_weekdaysAsked.answered(hours != m_weekdayHours || !hasAnybody(hours)); // somebody may come any moment
            m_weekdayHours = hours;
            m_weekdays->setFormatter(formatter());
            if (!hasAnybody(hours)) {
                showNothing(m_weekdayPanel, tr("active users"));
                return;
            }
            HeatGrid grid = weekdayGrid(hours, 6);
            grid.unit = tr("users");
            m_weekdays->setPlotEdges({gutterOf(grid), 0});
            m_weekdays->setGrid(grid);
            m_weekdayPanel->showBody();
        },
        [this] { m_weekdaysAsked.forget(); });
}

} // namespace telltale
