// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

namespace telltale {

/// How far a picture may be from the approved one. Both are compared at half their size, where the small differences between two
/// font libraries or processors mostly go away.
struct PictureTolerance
{
    int threshold = 24;         ///< of 255, in any channel: a pixel with more is another one
    double otherPixels = 0.002; ///< share of the whole picture that may be other
    double tile = 0.2;          ///< share of any tile that may be: one label more is little of the whole and much of its place
};

/// TELLTALE_APPROVE=1 is in the environment.
bool isApproving();

/// Compares with the approved picture of that name, "FOLDER/NAME.png", which is half as large. Empty: alike; else how they differ, in a sentence,
/// and "OUT/NAME-differs.png" shows approved, drawn and what differs side by side. While approving what
/// was drawn becomes the approved one unless they are alike: look at it first.
QString differenceFromApproved(const QImage &picture, const QString &name, const QString &folder, const QString &out,
                               const PictureTolerance &tolerance = {});

} // namespace telltale
