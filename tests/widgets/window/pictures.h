// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/approvedpicture.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QTest>
#include <QWidget>

#include <chrono>

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

/// The same, and how it differs from the approved picture of that name; empty: it does not. For QCOMPARE with QString(). A window that
/// is not there yet is given some seconds, like by QTRY_COMPARE: what comes late on a busy machine is no difference.
inline QString differenceOf(QWidget &widget, const QString &name)
{
    using namespace std::chrono_literals;
    if (isApproving())
        QTest::qWait(500); // only what stays is approved
    const QDeadlineTimer patience(8s);
    for (;;) {
        const QString difference = differenceFromApproved(drawnPicture(widget, name), name, QStringLiteral(TELLTALE_APPROVED), picturesFolder());
        if (difference.isEmpty() || patience.hasExpired())
            return difference;
        QTest::qWait(100);
    }
}

} // namespace telltale
