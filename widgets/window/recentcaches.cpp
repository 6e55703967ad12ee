// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/recentcaches.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLockFile>
#include <QPointer>
#include <QSaveFile>

#include <utility>

namespace telltale {

namespace {

constexpr int kLockMs = 2000;
constexpr auto kOwnerFile = QFile::ReadOwner | QFile::WriteOwner;

QStringList readList(const QString &path)
{
    QStringList paths;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return paths;
    const QJsonArray array = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue &value : array) {
        if (value.toString().startsWith(u'/') && !paths.contains(value.toString()))
            paths.append(value.toString());
    }
    return paths;
}

void writeList(const QString &path, const QStringList &paths)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return; // without it, the menu is shorter next time
    file.setPermissions(kOwnerFile);
    file.write(QJsonDocument(QJsonArray::fromStringList(paths)).toJson());
    file.commit();
}

} // namespace

RecentCaches::RecentCaches(QString listPath, QObject *parent)
    : QObject(parent)
    , m_listPath(std::move(listPath))
{
    m_worker.setMaxThreadCount(1); // one change after the other
}

RecentCaches::~RecentCaches()
{
    m_worker.waitForDone();
}

void RecentCaches::add(const QString &path)
{
    work([path](QStringList &paths) {
        paths.removeAll(path);
        paths.prepend(path);
        if (paths.size() > static_cast<qsizetype>(kMost))
            paths.resize(static_cast<qsizetype>(kMost));
    });
}

void RecentCaches::refresh()
{
    work({});
}

void RecentCaches::clear()
{
    work([](QStringList &paths) { paths.clear(); });
}

void RecentCaches::work(Change change)
{
    m_worker.start([self = QPointer<RecentCaches>(this), list = m_listPath, change = std::move(change)] {
        QStringList paths;
        if (change) {
            const QString folder = QFileInfo(list).path();
            if (!QFileInfo::exists(folder) && QDir().mkpath(folder))
                QFile::setPermissions(folder, kOwnerFile | QFile::ExeOwner);
            QLockFile lock(list + QStringLiteral(".lock")); // other windows have it, too
            const bool isLocked = lock.tryLock(kLockMs);
            paths = readList(list);
            change(paths);
            if (isLocked)
                writeList(list, paths);
        } else {
            paths = readList(list);
        }
        std::vector<Entry> entries;
        for (const QString &path : std::as_const(paths))
            entries.push_back({path, QFileInfo::exists(path)});
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, entries] {
                if (!self || self->m_entries == entries)
                    return;
                self->m_entries = entries;
                Q_EMIT self->changed();
            },
            Qt::QueuedConnection);
    });
}

} // namespace telltale
