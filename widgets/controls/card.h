// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icons.h"

#include <QFrame>

class QBoxLayout;
class QMenu;
class QToolButton;
class QVBoxLayout;

namespace telltale {

class PlainLabel;
class ProgressLine;

/// A titled panel: border 1 px, radius 8, title, subtitle with the unit, a slot at the right, a thin line while it loads.
/// Its title is its accessible name.
class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(QWidget *parent = nullptr);
    explicit Card(const QString &title, const QString &subtitle = {}, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    QString title() const;
    void setSubtitle(const QString &subtitle);
    /// Added at the right of the header, before the menu button. Takes ownership.
    void addCorner(QWidget *widget);
    /// Shows the ⋯ button with this menu (not owned); null hides it.
    void setMenu(QMenu *menu);
    QToolButton *menuButton() const { return m_menuButton; }
    /// Shows or hides the whole header.
    void setHeaderVisible(bool visible);
    /// Put content here; starts below the header, inside the padding.
    QVBoxLayout *content() const { return m_content; }
    /// Convenience: content()->addWidget(). Takes ownership.
    void setContent(QWidget *widget);
    /// Distance to the border; the default is size::kCardPadding all around.
    void setPadding(const QMargins &padding);
    /// A thin moving line under the header, for answers that take longer than 400 ms. The owner keeps the time.
    void setBusy(bool busy);
    /// 0..1 of what is read, or below 0 when unknown.
    void setProgress(double share);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void placeProgress();

    QWidget *m_header;
    PlainLabel *m_title;
    PlainLabel *m_subtitle;
    QBoxLayout *m_corner;
    QToolButton *m_menuButton;
    QVBoxLayout *m_content;
    ProgressLine *m_progress;
};

} // namespace telltale
