// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>
#include <QString>

#include <utility>
#include <vector>

class QPainter;
class QWidget;

namespace telltale {

/// A panel, or a view, as a picture that leaves the window: as it is seen, but for the ⋯ buttons, on the window's ground, and below it what was asked.
/// UI thread; some milliseconds.
class PanelPicture
{
public:
    /// `widget` outlives it. `asked`: range, zone, filter...
    PanelPicture(QWidget &widget, QString title, std::vector<std::pair<QString, QString>> asked);

    /// `scale` device pixels to a pixel. Programs find title and what was asked in the image, too.
    QImage image(double scale) const;
    /// Shapes and real text, no pixels.
    QByteArray svg() const;

private:
    void paint(QPainter &painter) const;
    QString description() const;

    QWidget &m_widget;
    QString m_title;
    std::vector<std::pair<QString, QString>> m_asked;
    QStringList m_caption; ///< in lines
    QSize m_size;
};

} // namespace telltale
