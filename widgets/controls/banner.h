// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/controls/lamp.h"
#include "widgets/controls/pill.h"

#include <QWidget>

class QBoxLayout;
class QPushButton;
class QToolButton;

namespace telltale {

class PlainLabel;

/// A line across the view when something is wrong or waits: lamp or icon, what, why, and buttons. 42 high.
/// Accessible as an alert; announced when it appears.
class Banner final : public QWidget
{
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);
    void setContent(Tone tone, const QString &title, const QString &detail = {});
    /// Shown instead of the tone's icon.
    void setLamp(LampState state);
    /// Owned by the banner.
    QPushButton *addButton(const QString &text);
    void clearButtons();
    void setClosable(bool closable);
    QSize sizeHint() const override;

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    Tone m_tone = Tone::Neutral;
    std::optional<LampState> m_lamp;
    PlainLabel *m_title;
    PlainLabel *m_detail;
    QBoxLayout *m_buttons;
    QToolButton *m_close;
};

} // namespace telltale
