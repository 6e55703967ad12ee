// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/chartwidget.h"
#include "widgets/charts/trackdata.h"

#include <vector>

namespace telltale {

/// A small histogram over time with the line of a release: the events of an error. 78 high.
class TrendBars final : public ChartWidget
{
    Q_OBJECT

public:
    explicit TrendBars(QWidget *parent = nullptr);
    /// `values` are counts of equal slices of `range`. `endText` stands at the right end: "now".
    void setTrend(TimeRange range, std::vector<double> values, std::vector<TimeMarker> releases = {},
                  const QString &endText = {});
    void setInk(Ink ink);

    QString summary() const override;
    QString cursorText() const override;
    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, 60}; }

protected:
    void invalidate() override { update(); }
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    TimeRange slice(int index) const;
    QRectF plot() const;
    void setCursor(int index);

    TimeRange m_range;
    std::vector<double> m_values;
    std::vector<TimeMarker> m_releases;
    QString m_endText;
    Ink m_ink = Ink::Bad;
    int m_cursor = -1;
};

} // namespace telltale
