// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace telltale {

class PlainLabel;

/// Lies at the upper edge of a panel whose answer takes its time: how far it is and a way to stop it; or that somebody stopped it, and a
/// way to ask again. Moves nothing of what is shown.
class WaitingBar final : public QWidget
{
    Q_OBJECT

public:
    explicit WaitingBar(QWidget *parent);
    void setContent(const QString &text, const QString &action);
    QString text() const;
    QToolButton *button() const { return m_button; }

Q_SIGNALS:
    void actionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    PlainLabel *m_text;
    QToolButton *m_button;
};

} // namespace telltale
