// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/formatter.h"
#include "widgets/theme/tokens.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace telltale {

/// What a tile shows.
struct KpiFigure
{
    QString label; ///< "Active users"
    QString span;  ///< beside the label: "60 min"
    std::optional<double> value;
    ValueKind kind = ValueKind::Count;
    QString unit; ///< beside the number when the kind has none: "now"
    Change change;
    QString against;           ///< after the change; empty: "vs prev."
    std::vector<double> trend; ///< about 32 points; NaN where nothing is known
    QString asOf;              ///< "as of 14:28" replaces the change while offline
    QString explanation;       ///< tooltip: definition of the number
    friend bool operator==(const KpiFigure &, const KpiFigure &) = default;
};

/// A figure with its label, unit, sparkline and change. 104 high. Activating it (click, Enter, Space) asks to go to its view.
/// Accessible: the label as name, the whole sentence as description.
class KpiTile final : public QWidget
{
    Q_OBJECT

public:
    explicit KpiTile(QWidget *parent = nullptr);

    void setFormatter(const Formatter &formatter);
    const Formatter &formatter() const { return m_formatter; }
    void setFigure(const KpiFigure &figure);
    const KpiFigure &figure() const { return m_figure; }
    /// Grey blocks in the real geometry, before the first answer.
    void setLoading(bool loading);
    /// Old numbers in the third text colour while a newer answer is late.
    void setStale(bool stale);
    /// What is shown is old, and nothing newer could be read: until the next figure.
    void setFailed();
    /// Decide for all tiles of a row together.
    void setSparklineVisible(bool visible);
    /// Room that label, number, change and sparkline need side by side.
    int widthForSparkline() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void activated();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void updateAccessibility();
    void paintSkeleton(QPainter &painter) const;
    void paintFigure(QPainter &painter) const;
    void paintChange(QPainter &painter, const QRectF &rect) const;

    Formatter m_formatter;
    KpiFigure m_figure;
    bool m_isLoading = true;
    bool m_isStale = false;
    bool m_isFailed = false;
    bool m_isSparklineVisible = true;
    bool m_isPressed = false;
    bool m_isHovered = false;
    bool m_isKeyboardFocus = false;
};

} // namespace telltale
