// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/controls/lamp.h"

#include <QAbstractButton>

namespace telltale {

/// The lamp of the whole product with its word, what goes on, and pause or play. Clicking toggles; it never
/// drops data.
class LiveButton final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit LiveButton(QWidget *parent = nullptr);
    /// `canPlay` shows the triangle, else the two bars.
    void setStatus(LampState lamp, const QString &word, const QString &detail, bool canPlay);
    LampState lamp() const { return m_lamp; }
    QString detail() const { return m_detail; }
    /// Without the detail.
    void setCompact(bool isCompact);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    double detailWidth() const;

    LampState m_lamp = LampState::Waiting;
    QString m_detail;
    bool m_canPlay = false;
    bool m_isCompact = false;
};

} // namespace telltale
