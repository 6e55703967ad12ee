// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/dwellranges.h"
#include "widgets/charts/heatmapview.h"
#include "widgets/pages/page.h"

class QTableView;

namespace telltale {

class SegmentedControl;

/// "What do people use, when, for how long?" A heatmap of features or screens, how long people stay, when
/// they come.
class UsagePage final : public Page
{
    Q_OBJECT

public:
    explicit UsagePage(const PageContext &context, QWidget *parent = nullptr);

    HeatmapView *heatmap() const { return m_heatmap; }
    DwellRanges *dwell() const { return m_dwell; }
    SegmentedControl *tabs() const { return m_tabs; }
    QString comparisonNote() const override { return {}; }

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool showsScreens() const;
    QString field() const;
    void askHeatmap();
    void askDwell();
    void askWeekdays();
    void showDwell(const std::vector<ScreenRow> &now, const std::vector<ScreenRow> &before, bool isComparing);

    AskedLately m_weekdaysAsked;
    SegmentedControl *m_tabs;
    HeatmapView *m_heatmap;
    HeatmapView *m_weekdays;
    DwellRanges *m_dwell;
    Panel *m_heatmapPanel;
    Panel *m_dwellPanel;
    Panel *m_weekdayPanel;
    PlainLabel *m_dwellAgainst = nullptr; ///< what the changes are against
};

} // namespace telltale
