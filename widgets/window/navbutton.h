// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/controls/pill.h"
#include "widgets/theme/icons.h"

#include <QAbstractButton>

namespace telltale {

/// A view in the sidebar: icon, name, a count. As a rail only the icon, with the name as tooltip and
/// accessible name.
class NavButton final : public QAbstractButton
{
    Q_OBJECT

public:
    NavButton(IconId icon, const QString &text, QWidget *parent = nullptr);
    void setCount(qint64 count, Tone tone = Tone::Neutral);
    void setRail(bool isRail);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    IconId m_icon;
    qint64 m_count = 0;
    Tone m_tone = Tone::Neutral;
    bool m_isRail = false;
};

} // namespace telltale
