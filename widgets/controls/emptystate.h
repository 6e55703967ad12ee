// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icons.h"

#include <QWidget>

#include <optional>

class QPushButton;

namespace telltale {

class PlainLabel;

/// What a panel shows when it has nothing to show: what and why in two lines, and one button that helps.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);
    /// `title` says what, `detail` why; without `action` there is no button.
    void setContent(const QString &title, const QString &detail = {}, const QString &action = {});
    void setIcon(std::optional<IconId> icon, Ink ink = Ink::Text3);
    QPushButton *button() const { return m_button; }

Q_SIGNALS:
    void actionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<IconId> m_icon;
    Ink m_ink = Ink::Text3;
    QWidget *m_iconSpace;
    PlainLabel *m_title;
    PlainLabel *m_detail;
    QPushButton *m_button;
};

} // namespace telltale
