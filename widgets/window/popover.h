// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace telltale {

/// A panel that floats over the window: outline, soft shadow, gone with Esc or a click elsewhere. A child of
/// the window and not a window of its own, so that its shadow needs no compositor and it is in every picture.
class Popover : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kShadow = 18; ///< room around the panel, inside the widget

    explicit Popover(QWidget *window);
    /// Below `anchor`, right edges aligned, within the window.
    void openBelow(const QWidget *anchor);
    void close();

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void hideEvent(QHideEvent *event) override;
};

} // namespace telltale
