// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace telltale {

class PlainLabel;

/// The lower edge of the window: what is cached; zone, query time, losses.
class StatusLine final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);
    void setLeft(const QString &text);
    void setRight(const QString &text);
    /// Shows a sentence at the left for some seconds.
    void tell(const QString &sentence);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    PlainLabel *m_left;
    PlainLabel *m_right;
    QString m_leftText;
    QTimer m_telling;
};

} // namespace telltale
