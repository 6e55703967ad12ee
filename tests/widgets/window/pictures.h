// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/approvedpicture.h"

#include <QDir>
#include <QWidget>

namespace telltale {

/// Where pictures of this program are kept: in the build folder, and next to the tests those that were looked at and approved.
inline QString picturesFolder()
{
    return QStringLiteral(TELLTALE_SCREENSHOTS);
}

/// Draws the widget into the folder, for people to look at. Not compared with anything.
inline QImage drawnPicture(QWidget &widget, const QString &name)
{
    QDir().mkpath(picturesFolder());
    const QImage picture = widget.grab().toImage();
    picture.save(picturesFolder() + u'/' + name + QStringLiteral(".png"));
    return picture;
}

/// The same, and how it differs from the approved picture of that name; empty: it does not. For QCOMPARE with QString().
inline QString differenceOf(QWidget &widget, const QString &name)
{
    return differenceFromApproved(drawnPicture(widget, name), name, QStringLiteral(TELLTALE_APPROVED), picturesFolder());
}

} // namespace telltale
