// SPDX-License-Identifier: GPL-3.0-or-later
// Renders the application's icon into the sizes desktops want: makeicons icon.svg folder size...
#include <QCoreApplication>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>

#include <cstdio>

int main(int argc, char *argv[])
{
    if (argc < 4) {
        std::fputs("usage: makeicons icon.svg folder size...\n", stderr);
        return 2;
    }
    QSvgRenderer renderer(QFile::decodeName(argv[1]));
    if (!renderer.isValid()) {
        std::fprintf(stderr, "makeicons: %s is no SVG\n", argv[1]);
        return 1;
    }
    for (int i = 3; i < argc; ++i) {
        const int size = QByteArray(argv[i]).toInt();
        QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter, QRectF(0, 0, size, size));
        painter.end();
        const QString name =
            QFile::decodeName(argv[2]) + QLatin1Char('/') + QString::number(size) + QLatin1String(".png");
        if (!image.save(name)) {
            std::fprintf(stderr, "makeicons: %s could not be written\n", qPrintable(name));
            return 1;
        }
    }
    return 0;
}
