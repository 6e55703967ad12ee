// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace telltale {

class JobList;
class PlainLabel;

/// The lower edge of the window: what is cached; zone, query time, losses.
class StatusLine final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);
    void setLeft(const QString &text);
    void setRight(const QString &text);
    /// What takes long.
    JobList *jobs() const { return m_jobs; }
    /// Shows a sentence at the left for some seconds.
    void tell(const QString &sentence);
    /// The same for assistive technology alone; nothing is seen.
    void announce(const QString &sentence);
    /// What was said last to those who do not see it.
    QString announced() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *m_voice;
    PlainLabel *m_left;
    PlainLabel *m_right;
    JobList *m_jobs;
    QString m_leftText;
    QTimer m_telling;
};

} // namespace telltale
