// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fixture.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <zlib.h>

namespace telltale::test {
namespace {

QString fixtureFolder()
{
    return QStringLiteral(TELLTALE_FIXTURES);
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read fixture %s", qPrintable(path));
    return file.readAll();
}

QJsonObject readObject(const QString &path)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(readFile(path), &problem);
    if (problem.error != QJsonParseError::NoError)
        qFatal("fixture %s: %s", qPrintable(path), qPrintable(problem.errorString()));
    return document.object();
}

} // namespace

QByteArray Fixture::header(const QByteArray &key) const
{
    for (const auto &[headerName, value] : headers) {
        if (headerName.compare(key, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

bool Fixture::isJson() const
{
    return header("content-type").startsWith("application/json");
}

bool Fixture::isChunked() const
{
    return header("transfer-encoding").compare("chunked", Qt::CaseInsensitive) == 0;
}

QList<int> Fixture::expectedStatus() const
{
    const QJsonValue status = expected.value(QStringLiteral("status"));
    if (status.isUndefined())
        return {200};
    if (!status.isArray())
        return {status.toInt()};
    QList<int> list;
    for (const QJsonValue &one : status.toArray())
        list.append(one.toInt());
    return list;
}

std::optional<std::string> Fixture::body(std::size_t limit) const
{
    if (header("content-encoding") == "gzip")
        return inflated(wireBody, limit);
    return wireBody.toStdString();
}

Fixture loadFixture(const QString &name)
{
    const QString stem = fixtureFolder() + QLatin1Char('/') + name;
    const QJsonObject request = readObject(stem + QStringLiteral(".json"));
    Fixture fixture;
    fixture.name = name;
    fixture.kind = request.value(QStringLiteral("kind")).toString();
    fixture.method = request.value(QStringLiteral("method")).toString().toUtf8();
    fixture.path = request.value(QStringLiteral("path")).toString().toUtf8();
    const QJsonArray headers = request.value(QStringLiteral("rawHeaders")).toArray();
    for (qsizetype i = 0; i + 1 < headers.size(); i += 2)
        fixture.headers.append({headers.at(i).toString().toUtf8(), headers.at(i + 1).toString().toUtf8()});
    const QString bodyFile = request.value(QStringLiteral("bodyFile")).toString();
    if (!bodyFile.isEmpty())
        fixture.wireBody = readFile(QFileInfo(stem).path() + QLatin1Char('/') + bodyFile);
    fixture.expected = readObject(stem + QStringLiteral(".expected.json"));
    return fixture;
}

QStringList httpFixtureNames(const QStringList &folders)
{
    QStringList names;
    for (const QString &folder : folders) {
        const QDir dir(fixtureFolder() + QLatin1Char('/') + folder);
        for (const QString &file : dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
            if (file.endsWith(QStringLiteral(".expected.json")))
                continue;
            if (readObject(dir.filePath(file)).value(QStringLiteral("kind")).toString() ==
                QStringLiteral("http"))
                names.append(folder + QLatin1Char('/') + file.chopped(5));
        }
    }
    return names;
}

std::optional<std::string> inflated(const QByteArray &bytes, std::size_t limit)
{
    z_stream stream{};
    if (inflateInit2(&stream, 15 + 32) != Z_OK) // 32: gzip and zlib headers are told apart
        return {};
    QByteArray input = bytes;
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    std::string out;
    int state = Z_OK;
    while (state == Z_OK && out.size() <= limit) {
        char chunk[64 * 1024];
        stream.next_out = reinterpret_cast<Bytef *>(chunk);
        stream.avail_out = sizeof chunk;
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(chunk, sizeof chunk - stream.avail_out);
    }
    inflateEnd(&stream);
    if (state != Z_STREAM_END || out.size() > limit)
        return {};
    return out;
}

} // namespace telltale::test
