// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/weekdayhours.h"
#include "widgets/charts/dwellranges.h"
#include "widgets/charts/heatmapview.h"
#include "widgets/pages/gridmaking.h"
#include "widgets/pages/page.h"
#include "widgets/pages/trends.h"

class QAction;
class QComboBox;

namespace telltale {

class LineLegend;
class SegmentedControl;
class TrackStack;

/// "What do people use, when, for how long?" A heatmap of features or screens, how long people stay, when
/// they come, and how any of it went over time.
class UsagePage final : public Page
{
    Q_OBJECT

public:
    explicit UsagePage(const PageContext &context, QWidget *parent = nullptr);

    HeatmapView *heatmap() const { return m_heatmap; }
    DwellRanges *dwell() const { return m_dwell; }
    SegmentedControl *tabs() const { return m_tabs; }
    TrackStack *trends() const { return m_trends; }
    QComboBox *trendOf() const { return m_trendOf; }
    QComboBox *trendBy() const { return m_trendBy; }
    QString comparisonNote() const override { return {}; }
    RecordKinds recordKinds() const override;
    QVariantMap remembered() const override;
    void remember(const QVariantMap &saved) override;

protected:
    void refresh() override;
    void refreshSelection() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool showsScreens() const;
    QString field() const;
    void addHeatmapActions();
    RowOrder rowOrder() const;
    void setRowOrder(RowOrder order);
    void moveRow(int row, int by);
    QStringList &byHand() { return showsScreens() ? m_screensByHand : m_featuresByHand; }
    void askHeatmap();
    void showHeatmap();
    void showSubtitle();
    void showTab();
    void makeTrends();
    void askTrendsNow();
    std::string trendQuestion(ActivityStep step) const;
    void showTrends();
    void askDwell();
    void askWeekdays();
    void showDwell(const std::vector<ScreenRow> &now, const std::vector<ScreenRow> &before, bool isComparing);

    AskedLately m_weekdaysAsked;
    WeekdayHours m_weekdayHours; ///< answered last
    SegmentedControl *m_tabs;
    HeatmapView *m_heatmap;
    HeatmapView *m_weekdays;
    DwellRanges *m_dwell;
    std::map<RowOrder, QAction *> m_orders; ///< of the rows of the heatmap
    QStringList m_featuresByHand, m_screensByHand;
    std::optional<Heatmap> m_before; ///< what the rows' change is against; none: it is not asked for
    std::pair<Heatmap, TimeRange> m_map; ///< answered last, and to what
    Panel *m_heatmapPanel;
    Panel *m_dwellPanel;
    Panel *m_weekdayPanel;
    PlainLabel *m_dwellAgainst = nullptr; ///< what the changes are against

    /// What was answered last, and to what.
    struct TrendAnswer
    {
        Trends trends;
        TimeRange range;
        ActivityStep step = ActivityStep::Minute;
        std::chrono::nanoseconds shift{};
        bool isLive = false; ///< the range ended when it was asked
    };
    AskedLately m_trendsAsked;
    TrackStack *m_trends = nullptr;
    Panel *m_trendPanel = nullptr;
    LineLegend *m_trendLegend = nullptr;
    QComboBox *m_trendOf = nullptr;
    QComboBox *m_trendBy = nullptr;
    TrendAnswer m_trendAnswer;
};

} // namespace telltale
