// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace telltale {

/// One filter: field, operator, value; click to edit, × (or Delete) to remove. Struck through with a reason where a view cannot honour it.
class FilterChip final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit FilterChip(const QString &text, QWidget *parent = nullptr);
    /// Empty reason: honoured.
    void setUnavailable(const QString &reason);
    bool isUnavailable() const { return !m_reason.isEmpty(); }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRect closeRect() const;
    QString m_reason;
    bool m_isOverClose = false;
};

} // namespace telltale
