// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/wholefile.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryFile>

#include <cstdio>

namespace telltale {
namespace {

Error canNot(const QString &path, const QString &why)
{
    return {Error::Code::Io, "can not write " + path.toStdString() + ": " + why.toStdString()};
}

/// What leaves the cache is its owner's, until they give it to somebody; a file that was there stays as open as it was.
QFileDevice::Permissions permissionsFor(const QString &path)
{
    return QFileInfo::exists(path) ? QFile::permissions(path) : QFile::ReadOwner | QFile::WriteOwner;
}

} // namespace

Result<void> writeWhole(const std::string &bytes, const QString &path)
{
    const QFileDevice::Permissions permissions = permissionsFor(path);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(permissions) ||
        file.write(bytes.data(), static_cast<qint64>(bytes.size())) != static_cast<qint64>(bytes.size()) || !file.commit())
        return tl::unexpected(canNot(path, file.errorString()));
    return {};
}

Result<void> writeWholeBeside(const QString &path, const QString &suffix, const std::function<Result<void>(const std::string &part)> &write)
{
    QTemporaryFile part(QFileInfo(path).path() + QStringLiteral("/.telltale-XXXXXX.") + suffix);
    if (!part.open())
        return tl::unexpected(canNot(path, part.errorString()));
    part.close();
    const QByteArray name = QFile::encodeName(part.fileName());
    if (const auto written = write(name.toStdString()); !written)
        return written;
    QFile::setPermissions(part.fileName(), permissionsFor(path)); // the writer made the file anew
    if (std::rename(name.constData(), QFile::encodeName(path).constData()) != 0)
        return tl::unexpected(canNot(path, QStringLiteral("it can not be put in place")));
    part.setAutoRemove(false);
    return {};
}

} // namespace telltale
