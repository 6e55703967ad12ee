// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace telltale {

/// "— now  ┄ previous 60 min": what the lines of a chart are.
class LineLegend final : public QWidget
{
    Q_OBJECT

public:
    explicit LineLegend(QWidget *parent = nullptr);
    /// Without `previous` nothing is drawn: one line needs no legend.
    void setPrevious(const QString &previous);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, 0}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_previous;
};

} // namespace telltale
