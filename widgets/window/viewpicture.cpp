// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/viewpicture.h"

#include "widgets/theme/tokens.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>
#include <QWidget>

namespace telltale {

QImage pictureOf(QWidget &widget, double scale)
{
    QImage image((QSizeF(widget.size()) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(tokensOf(&widget).window);
    widget.render(&image);
    return image;
}

QByteArray svgOf(QWidget &widget, const QString &title)
{
    QByteArray svg;
    QBuffer buffer(&svg);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(widget.size());
    generator.setViewBox(QRect(QPoint(), widget.size()));
    generator.setTitle(title);
    QPainter painter(&generator);
    painter.fillRect(widget.rect(), tokensOf(&widget).window);
    widget.render(&painter);
    painter.end();
    return svg;
}

} // namespace telltale
