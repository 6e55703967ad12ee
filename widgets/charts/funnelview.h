// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/chartwidget.h"

#include <optional>
#include <vector>

namespace telltale {

/// Who gets to the end: a bar a step, as long as the share of the first step's people who came so far; what was lost on the way is
/// hatched. While something is compared, a dashed mark stands where the bar ended then. Counts, shares of the first and of the step before, and the median time stand beside it.
/// Keys: up and down move the current step, Enter activates it.
class FunnelView final : public ChartWidget
{
    Q_OBJECT

public:
    struct Step
    {
        QString name;
        double users = 0;
        std::optional<double> medianMs; ///< from the first step
        std::optional<double> before;   ///< users in what is compared
        friend bool operator==(const Step &, const Step &) = default;
    };

    explicit FunnelView(QWidget *parent = nullptr);
    /// `against`: what `before` is of, with its dates.
    void setSteps(std::vector<Step> steps, const QString &against = {});
    const std::vector<Step> &steps() const { return m_steps; }
    int current() const { return m_current; }
    /// Of the bar of a step, for tests.
    QRectF barRect(int step) const;

    QString summary() const override;
    QString cursorText() const override;
    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A click or Enter: what are the sessions behind this?
    void stepActivated(int step);

protected:
    void invalidate() override { update(); }
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    double rowHeight() const;
    int stepAt(double y) const;
    void setCurrent(int step);
    double shareOfFirst(std::size_t step) const;
    /// Of the step before; 1 for the first.
    double shareOfPrevious(std::size_t step) const;
    QString sentence(std::size_t step) const;
    /// In what is compared: the share of the first step; none without it.
    std::optional<double> shareBefore(std::size_t step) const;
    /// Of the first step's users, of the other steps' shares.
    Change changeOf(std::size_t step) const;
    /// "before 1,902 · 60.9 %", without the change.
    QString beforeText(std::size_t step) const;
    void paintBefore(QPainter &painter, std::size_t step, const QRectF &title, const QRectF &whole) const;

    std::vector<Step> m_steps;
    QString m_against;
    int m_current = -1;
};

} // namespace telltale
