// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/time.h"
#include "widgets/theme/formatter.h"
#include "widgets/theme/tokens.h"

#include <QVariant>
#include <QWidget>

#include <optional>

namespace telltale {

/// The left and right edge of a plot in the coordinates of its widget. Widgets of equal width with equal edges line up to the pixel.
/// In a right-to-left widget the gutter is at the right; time runs from left to right all the same.
struct PlotEdges
{
    int left = size::kGutterWidth + size::kValueLabelWidth;
    int rightInset = size::kPlotRightInset; ///< from the right edge of the widget
    int leftIn(const QWidget &widget) const { return widget.isRightToLeft() ? rightInset : left; }
    int rightIn(const QWidget &widget) const { return widget.width() - (widget.isRightToLeft() ? left : rightInset); }
    friend bool operator==(const PlotEdges &, const PlotEdges &) = default;
};

/// A table that says what a chart shows: for the screen reader, for "Show as table" and for copying.
struct ChartTable
{
    QStringList columns;
    std::vector<QStringList> rows;
    /// What lies behind the words: numbers (ms, ratios 0..1), QDateTime, or invalid. As many as rows, or none.
    std::vector<QVariantList> values;
};

/// What all charts have in common: a formatter, a name, a one-sentence summary, a value at the cursor, the same as a table.
/// Accessible as QAccessible::Chart with the table and value interfaces.
class ChartWidget : public QWidget
{
    Q_OBJECT

public:
    explicit ChartWidget(QWidget *parent = nullptr);

    void setFormatter(const Formatter &formatter);
    const Formatter &formatter() const { return m_formatter; }
    /// The accessible name: the panel's title.
    void setChartName(const QString &name);
    /// One sentence: what is shown, over which time, lowest, highest, now.
    virtual QString summary() const = 0;
    /// What is under the cursor, in words; empty without a cursor.
    virtual QString cursorText() const = 0;
    virtual ChartTable table() const = 0;

protected:
    void changeEvent(QEvent *event) override;
    /// Theme, font or formatter changed: drop what was drawn.
    virtual void invalidate() = 0;
    /// Tells assistive technology that cursorText() is another.
    void announceCursor();
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool hasKeyboardFocus() const { return m_isKeyboardFocus; }

private:
    Formatter m_formatter;
    bool m_isKeyboardFocus = false;
};

} // namespace telltale
