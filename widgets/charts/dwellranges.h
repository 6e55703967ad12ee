// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/chartwidget.h"

#include <vector>

namespace telltale {

/// How long people stay: the middle half of visits as a bar, the median as a mark, value and change at the right; one row a screen.
/// Click or Enter on a row activates it; arrows move.
class DwellRanges final : public ChartWidget
{
    Q_OBJECT

public:
    struct Row
    {
        QString id;
        QString label;
        double p25 = 0, p50 = 0, p75 = 0; ///< milliseconds
        double visits = 0;                ///< how many the figures are over; below 30 is "few data"
        Change change;                    ///< of the median
        friend bool operator==(const Row &, const Row &) = default;
    };

    explicit DwellRanges(QWidget *parent = nullptr);
    void setRows(std::vector<Row> rows);
    const std::vector<Row> &rows() const { return m_rows; }
    int currentRow() const { return m_current; }
    void setCurrentRow(int row);
    /// Heading over the last column: "Δ % vs prev."; the card's header usually has it.
    QRect rowRect(int row) const;

    QString summary() const override;
    QString cursorText() const override;
    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentRowChanged(int row);
    void rowActivated(int row, Qt::KeyboardModifiers modifiers);

protected:
    void invalidate() override { update(); }
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    double labelWidth() const;
    double unitWidth() const;
    double valueWidth() const;
    QString rowText(const Row &row) const;

    std::vector<Row> m_rows;
    int m_current = -1;
    int m_hovered = -1;
};

} // namespace telltale
