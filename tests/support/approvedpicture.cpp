// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/approvedpicture.h"

#include <QDir>
#include <QFileInfo>
#include <QPainter>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace telltale {
namespace {

constexpr int kTile = 12; // about two digits of small text

/// Half as large, in steps of eight: files are smaller, and the steps are far below what counts as a difference.
QImage reduced(const QImage &picture)
{
    constexpr int kStep = 8;
    QImage half = picture.convertToFormat(QImage::Format_RGB32)
                      .scaled(picture.width() / 2, picture.height() / 2, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const auto rounded = [](int channel) { return std::min(255, (channel + kStep / 2) / kStep * kStep); };
    for (int y = 0; y < half.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(half.scanLine(y));
        for (int x = 0; x < half.width(); ++x)
            line[x] = qRgb(rounded(qRed(line[x])), rounded(qGreen(line[x])), rounded(qBlue(line[x])));
    }
    return half;
}

int distance(QRgb a, QRgb b)
{
    return std::max({std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
}

/// Where two pictures of one size differ.
struct Difference
{
    Difference(const QImage &approved, const QImage &drawn, int threshold)
        : marks(approved.size(), QImage::Format_RGB32)
    {
        marks.fill(Qt::white);
        const int columns = (approved.width() + kTile - 1) / kTile;
        std::vector<int> tiles(static_cast<std::size_t>(columns * ((approved.height() + kTile - 1) / kTile)));
        for (int y = 0; y < approved.height(); ++y) {
            for (int x = 0; x < approved.width(); ++x) {
                if (distance(approved.pixel(x, y), drawn.pixel(x, y)) <= threshold)
                    continue;
                marks.setPixel(x, y, qRgb(200, 0, 0));
                ++others;
                ++tiles[static_cast<std::size_t>(y / kTile * columns + x / kTile)];
            }
        }
        const auto most = std::ranges::max_element(tiles);
        const int index = static_cast<int>(most - tiles.begin());
        worst = QPoint(index % columns * kTile, index / columns * kTile);
        inWorst = *most;
    }

    QImage marks;
    int others = 0;
    QPoint worst; ///< of the tile with the most, its corner
    int inWorst = 0;
};

void saveSideBySide(const QString &file, std::initializer_list<const QImage *> pictures)
{
    QSize size;
    for (const QImage *picture : pictures)
        size = QSize(size.width() + picture->width() + 8, std::max(size.height(), picture->height()));
    QImage sheet(size, QImage::Format_RGB32);
    sheet.fill(Qt::gray);
    QPainter painter(&sheet);
    int x = 0;
    for (const QImage *picture : pictures) {
        painter.drawImage(x, 0, *picture);
        x += picture->width() + 8;
    }
    painter.end();
    sheet.save(file);
}

} // namespace

bool isApproving()
{
    return qEnvironmentVariableIntValue("TELLTALE_APPROVE") == 1;
}

QString differenceFromApproved(const QImage &picture, const QString &name, const QString &folder, const QString &out,
                               const PictureTolerance &tolerance)
{
    const QString file = folder + u'/' + name + QStringLiteral(".png");
    const QImage drawn = reduced(picture);
    const QImage approved = QImage(file).convertToFormat(QImage::Format_RGB32);
    QString what;
    if (approved.isNull()) {
        what = QStringLiteral("%1 was never approved").arg(file);
    } else if (approved.size() != drawn.size()) {
        what = QStringLiteral("%1 was approved with %2 x %3 and is %4 x %5 now")
                   .arg(name)
                   .arg(approved.width())
                   .arg(approved.height())
                   .arg(drawn.width())
                   .arg(drawn.height());
    } else {
        const Difference found(approved, drawn, tolerance.threshold);
        const double share = double(found.others) / (double(drawn.width()) * drawn.height());
        const double inTile = double(found.inWorst) / (kTile * kTile);
        if (share <= tolerance.otherPixels && inTile <= tolerance.tile)
            return {};
        saveSideBySide(out + u'/' + name + QStringLiteral("-differs.png"), {&approved, &drawn, &found.marks});
        what = QStringLiteral("%1: %2 % of the picture differs from the approved one, most at %3, %4 (%5 % there)")
                   .arg(name)
                   .arg(share * 100, 0, 'f', 2)
                   .arg(found.worst.x() * 2)
                   .arg(found.worst.y() * 2)
                   .arg(inTile * 100, 0, 'f', 0);
    }
    if (!isApproving())
        return what;
    QDir().mkpath(QFileInfo(file).path());
    return drawn.save(file) ? QString() : QStringLiteral("%1 can not be written").arg(file);
}

} // namespace telltale
