// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/station.h"

#include "tests/support/rawclient.h"

namespace telltale::test {

Station::Station(const std::vector<std::string> &origins)
    : m_cache(std::filesystem::path(m_folder.path().toStdString()) / "cache.db")
{
    CollectorOptions options;
    options.cache = m_cache;
    options.http->port = 0;
    options.http->allowedOrigins = origins;
    m_collector = std::make_unique<telltale::Collector>(options);
    if (const auto started = m_collector->start(); !started)
        qFatal("%s", started.error().message.c_str());
}

std::pair<int, std::string> Station::send(const Fixture &fixture)
{
    const auto answer = ask(port(), wireOf(fixture, port()));
    return answer ? std::pair(answer->status, answer->body) : std::pair(0, std::string());
}

StoredContent Station::stop()
{
    m_collector->stop();
    return readCache(m_cache);
}

std::string wireOf(const Fixture &fixture, std::uint16_t port)
{
    QByteArray text = fixture.method + ' ' + fixture.path + " HTTP/1.1\r\n";
    for (const auto &[key, value] : fixture.headers) {
        const bool isHost = key.toLower() == "host";
        text += key + ": " + (isHost ? QByteArray("127.0.0.1:").append(QByteArray::number(port)) : value) + "\r\n";
    }
    text += "\r\n";
    std::string wire = text.toStdString();
    wire += fixture.isChunked() ? chunked(fixture.wireBody.toStdString(), 1000) : fixture.wireBody.toStdString();
    return wire;
}

} // namespace telltale::test
