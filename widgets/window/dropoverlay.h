// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

namespace telltale {

/// Lies over the whole window while files are held above it, and says what will happen when they are let go. Takes no
/// events itself.
class DropOverlay final : public QWidget
{
    Q_OBJECT

public:
    /// Covers `window` whenever it is shown.
    explicit DropOverlay(QWidget *window);
    /// `isTaken`: false when letting go does nothing.
    void setContent(bool isTaken, const QString &title, const QString &detail);
    bool isTaken() const { return m_isTaken; }
    QString title() const { return m_title; }
    QString detail() const { return m_detail; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    bool m_isTaken = true;
    QString m_title, m_detail;
};

} // namespace telltale
