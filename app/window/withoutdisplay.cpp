// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/withoutdisplay.h"

#include <QString>
#include <QtGlobal>

#include <cstdio>

namespace telltale {
namespace {

/// What the platform without a display can not do is no news to somebody who wants a picture.
void sayOnlyWhatMatters(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (message.contains(QLatin1String("propagateSizeHints")) ||
        message.contains(QLatin1String("XDG_RUNTIME_DIR")) || message.contains(QLatin1String("runtime directory")))
        return;
    std::fprintf(stderr, "%s\n", qPrintable(qFormatLogMessage(type, context, message)));
}

} // namespace

void doWithoutDisplay()
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler(sayOnlyWhatMatters);
}

} // namespace telltale
