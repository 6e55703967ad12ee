// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/errorgroupmodel.h"
#include "models/items/weekdayhours.h"
#include "widgets/charts/heatmapview.h"
#include "widgets/charts/trackstack.h"
#include "widgets/pages/kpirow.h"
#include "widgets/pages/page.h"

#include <QElapsedTimer>

class QListView;
class QToolButton;

namespace telltale {

class LineLegend;

/// "Is the product healthy right now, and what changed?" Five tiles, the track stack, what breaks, what is
/// used, when.
class OverviewPage final : public Page
{
    Q_OBJECT

public:
    explicit OverviewPage(const PageContext &context, QWidget *parent = nullptr);

    TrackStack *tracks() const { return m_tracks; }
    HeatmapView *features() const { return m_features; }
    KpiRow *tiles() const { return m_tiles; }
    QString comparisonNote() const override { return {}; }
    RecordKinds recordKinds() const override { return kAllRecordKinds & ~recordKindBit(RecordKind::MetricPoint); }
    /// Where the numbers of the tiles come from.
    void explainTiles();

protected:
    void refresh() override;
    void refreshSelection() override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct TileAnswer
    {
        Pulse now, load;
        std::optional<Pulse> before, loadBefore;
        bool isScreenLoad = false; ///< spans that load a screen were found; else `load` is over all spans
    };
    struct TrackAnswer
    {
        std::vector<ActivityRow> activity, activityBefore;
        std::vector<LatencyRow> latency, latencyBefore;
        bool isScreenLoad = false;
    };

    void askTiles();
    void askTracks();
    void askErrors();
    void askFeatures();
    void askWeekdays();
    void showTiles(const TileAnswer &answer, TimeRange range);
    void showTracks(const TrackAnswer &answer, TimeRange range, std::chrono::nanoseconds shift, ActivityStep step);
    void takeErrors(std::vector<ErrorGroupRow> rows, TimeRange range);
    void showErrors(std::vector<ErrorGroupRow> rows, TimeRange range);
    /// How many rows of features can be read in the panel as high as it is.
    std::size_t readableFeatures() const;
    void sayMoreFeatures();
    void showFeatures();
    void updateSubtitles();
    QWidget *makeActivity();
    QWidget *makeErrors();
    QWidget *makeFeatures();
    QWidget *makeWeekdays();

    KpiRow *m_tiles;
    Panel *m_activityPanel = nullptr;
    Panel *m_errorPanel = nullptr;
    Panel *m_featurePanel = nullptr;
    std::pair<Heatmap, TimeRange> m_featureMap; ///< the newest answer, and what it is about
    std::size_t m_shownFeatures = 0;
    QToolButton *m_moreFeatures = nullptr;
    Panel *m_weekdayPanel = nullptr;
    TrackStack *m_tracks = nullptr;
    LineLegend *m_legend = nullptr;
    HeatmapView *m_features = nullptr;
    HeatmapView *m_weekdays = nullptr;
    ListHold *m_hold = nullptr; ///< of the errors
    QListView *m_errors = nullptr;
    QToolButton *m_allErrors = nullptr;
    ErrorGroupModel m_errorModel;
    TimeRange m_errorRange;
    ActivityStep m_step = ActivityStep::FifteenSeconds;
    QTimer m_selectionDelay;
    AskedLately m_weekdaysAsked;
    WeekdayHours m_weekdayHours; ///< answered last
};

} // namespace telltale
