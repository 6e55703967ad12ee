// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sheetreader.h"

#include <QFile>
#include <QJsonDocument>
#include <QProcess>

namespace telltale::test {

QJsonArray sheetsOf(const QString &path)
{
    constexpr int kMissing = 77;
    // Debian's modules belong to Debian's Python.
    const QString debians = QStringLiteral("/usr/bin/python3");
    QProcess python;
    python.start(QFile::exists(debians) ? debians : QStringLiteral("python3"), {QStringLiteral(TELLTALE_SHEET_SCRIPT), path});
    python.waitForFinished(60'000);
    if (python.exitStatus() != QProcess::NormalExit || (python.exitCode() != 0 && python.exitCode() != kMissing))
        qWarning("%s: %s", qPrintable(path), python.readAllStandardError().constData());
    return QJsonDocument::fromJson(python.readAllStandardOutput()).array();
}

} // namespace telltale::test
