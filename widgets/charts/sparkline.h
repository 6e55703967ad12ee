// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/tokens.h"

#include <QWidget>

#include <span>
#include <vector>

class QPainter;

namespace telltale {

/// Draws a line with a fading area and an end dot, on its own scale. NaN breaks the line. Nothing for fewer than two known values.
void paintSparkline(QPainter *painter, const QRectF &rect, std::span<const double> values,
                    const QColor &colour, const Tokens &tokens);
/// Draws counts as bars from 0, for tables. Bars from index `badFrom` on are in the error colour (below 0: none), others grey.
void paintSparkBars(QPainter *painter, const QRectF &rect, std::span<const double> values, int badFrom,
                    const Tokens &tokens);
/// As above, in one colour.
void paintSparkBars(QPainter *painter, const QRectF &rect, std::span<const double> values,
                    const QColor &colour);

/// A sparkline as a widget. Never used to compare rows: each has a scale of its own.
class Sparkline final : public QWidget
{
    Q_OBJECT

public:
    enum class Shape { Line, Bars };

    explicit Sparkline(QWidget *parent = nullptr);
    void setValues(std::vector<double> values);
    void setInk(Ink ink);
    void setShape(Shape shape, int badFrom = -1);
    QSize sizeHint() const override { return {92, 44}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<double> m_values;
    Ink m_ink = Ink::Accent;
    Shape m_shape = Shape::Line;
    int m_badFrom = -1;
};

} // namespace telltale
