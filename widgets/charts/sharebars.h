// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/chartwidget.h"

#include <vector>

namespace telltale {

/// Who is affected: for each tag one bar cut into its values' shares, largest first, small ones folded into "other".
class ShareBars final : public ChartWidget
{
    Q_OBJECT

public:
    struct Part
    {
        QString label;
        double count = 0;
        friend bool operator==(const Part &, const Part &) = default;
    };
    struct Row
    {
        QString label; ///< "Release"
        std::vector<Part> parts;
        friend bool operator==(const Row &, const Row &) = default;
    };

    explicit ShareBars(QWidget *parent = nullptr);
    void setRows(std::vector<Row> rows);

    QString summary() const override;
    QString cursorText() const override;
    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Click on a part, or Enter on the one that arrows lead to: filter by it.
    void partActivated(const QString &row, const QString &part, Qt::KeyboardModifiers modifiers);

protected:
    void invalidate() override { update(); }
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Piece
    {
        QRectF rect;
        int row;
        QString label;
        double count, share;
        bool isOther;
    };
    std::vector<Piece> pieces() const;
    QString pieceText(const Piece &piece) const;
    void moveTo(int piece);
    /// Among pieces(); −1: none is.
    int m_current = -1;

    std::vector<Row> m_rows;
};

} // namespace telltale
