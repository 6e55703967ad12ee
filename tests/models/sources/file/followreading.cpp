// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/sources/file/followreading.h"

#include "tests/support/compress.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <utility>

namespace telltale::test {

QByteArray line(int number)
{
    return "{\"event\":\"" + QByteArray::number(number) + "\"}\n";
}

QByteArray lines(int from, int to)
{
    QByteArray all;
    for (int i = from; i < to; ++i)
        all += line(i);
    return all;
}

QList<int> numbers(int from, int to)
{
    QList<int> all;
    for (int i = from; i < to; ++i)
        all.append(i);
    return all;
}

FollowReader::FollowReader(QString path, FollowedFile::Limits limits)
    : m_path(std::move(path))
    , m_limits(limits)
{
    restart();
}

void FollowReader::restart()
{
    m_file = std::make_unique<FollowedFile>(m_path.toStdString(),
                                            m_document ? std::optional(filePlacesOf(*m_document)) : std::nullopt, m_limits);
}

void FollowReader::store(const FollowedFile::Part &part)
{
    const FilePart &extra = *part.request.part;
    QVERIFY(extra.position);
    m_document = extra.position->body;
    rejected += extra.rejected;
    for (const auto &[name, count] : extra.counters.entries())
        counters.add(name, count);
    const auto body = QJsonDocument::fromJson(QByteArray::fromStdString(part.request.body));
    for (const QJsonValue &each : body.array())
        stored.append(each[u"event"].toString().toInt());
    for (const char *list : {"resourceLogs", "resourceSpans"}) {
        for (const QJsonValue &each : body[QLatin1String(list)].toArray())
            otlp.append(QLatin1String(list) + QLatin1Char(' ') + QString::number(each[u"n"].toInt()));
    }
    places.append(QString::fromStdString(extra.place));
    m_file->taken(part, m_now);
}

void FollowReader::takeAll()
{
    look();
    while (const auto next = part())
        store(*next);
}

void FollowedFolder::makeFolder()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_written = 0;
}

void FollowedFolder::append(const QByteArray &bytes)
{
    QFile file(path());
    if (!file.open(QIODevice::Append) || file.write(bytes) != bytes.size())
        qFatal("no room for a test file");
    file.close();
    stamp(path());
}

void FollowedFolder::stamp(const QString &file)
{
    std::filesystem::last_write_time(file.toStdString(), m_begin + std::chrono::milliseconds(++m_written));
}

void FollowedFolder::truncate()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
}

void FollowedFolder::rotate(const QString &kind, int time)
{
    const QString name = path();
    if (kind == QLatin1String("rename")) {
        QVERIFY(QFile::rename(name, name + QStringLiteral(".%1").arg(1000 + time)));
    } else if (kind == QLatin1String("numbers")) {
        QFile::remove(name + QStringLiteral(".9"));
        for (int i = 8; i > 0; --i) {
            for (const char *packing : {"", ".gz", ".zst"})
                QFile::rename(name + QStringLiteral(".%1").arg(i) + QString::fromLatin1(packing),
                              name + QStringLiteral(".%1").arg(i + 1) + QString::fromLatin1(packing));
        }
        QVERIFY(QFile::rename(name, name + QStringLiteral(".1")));
    } else if (kind == QLatin1String("dates")) {
        QVERIFY(QFile::rename(name, name + QStringLiteral("-2026-11-%1").arg(10 + time)));
    } else if (kind == QLatin1String("before the extension")) {
        QVERIFY(QFile::rename(name, m_folder->filePath(QStringLiteral("app.%1.log").arg(1 + time))));
    } else {
        const QString copy = name + QStringLiteral(".%1").arg(1000 + time);
        QVERIFY(QFile::copy(name, copy));
        stamp(copy);
        truncate();
    }
}

void FollowedFolder::pack(const QString &packing, bool isTimeKept)
{
    QDir folder(m_folder->path());
    for (const QString &name : folder.entryList(QDir::Files)) {
        if (name == QLatin1String("app.log") || name.endsWith(QLatin1String(".gz")) || name.endsWith(QLatin1String(".zst")))
            continue;
        const QString plain = folder.filePath(name), packed = plain + packing;
        QFile in(plain), out(packed);
        QVERIFY(in.open(QIODevice::ReadOnly) && out.open(QIODevice::WriteOnly));
        const std::string bytes = in.readAll().toStdString();
        out.write(QByteArray::fromStdString(packedAs(packing, bytes)));
        out.close();
        if (isTimeKept)
            std::filesystem::last_write_time(packed.toStdString(), std::filesystem::last_write_time(plain.toStdString()));
        else
            stamp(packed);
        QVERIFY(QFile::remove(plain));
    }
}

std::string packedAs(const QString &packing, const std::string &bytes)
{
    return packing == QLatin1String(".gz") ? gzipped(bytes) : zstandard(bytes);
}

} // namespace telltale::test
