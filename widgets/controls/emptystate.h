// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icons.h"

#include <QWidget>

#include <optional>

class QPushButton;

namespace telltale {

class PlainLabel;

/// What a panel shows when it has nothing to show: what and why in two lines, and a button that helps, or two.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);
    /// `title` says what, `detail` why; without `action` there is no button, without `more` no second one.
    void setContent(const QString &title, const QString &detail = {}, const QString &action = {}, const QString &more = {});
    void setIcon(std::optional<IconId> icon, Ink ink = Ink::Text3);
    QPushButton *button() const { return m_button; }
    QPushButton *moreButton() const { return m_more; }

Q_SIGNALS:
    void actionRequested();
    void moreRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<IconId> m_icon;
    Ink m_ink = Ink::Text3;
    QWidget *m_iconSpace;
    PlainLabel *m_title;
    PlainLabel *m_detail;
    QPushButton *m_button;
    QPushButton *m_more;
};

} // namespace telltale
