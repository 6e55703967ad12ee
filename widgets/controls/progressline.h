// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVariantAnimation;

namespace telltale {

/// A line of 2 px that says "reading": a share when known, else a short piece that moves (stands still with reduced motion).
class ProgressLine final : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressLine(QWidget *parent = nullptr);
    void setRunning(bool running);
    bool isRunning() const { return m_isRunning; }
    /// 0..1, or below 0 for unknown.
    void setShare(double share);
    QSize sizeHint() const override { return {80, 2}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void updateAnimation();
    bool m_isRunning = false;
    double m_share = -1;
    double m_phase = 0;
    QVariantAnimation *m_animation;
};

} // namespace telltale
