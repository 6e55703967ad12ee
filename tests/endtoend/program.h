// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace telltale::test {

/// What a finished program left behind.
struct Outcome
{
    int exitCode = -1; ///< -1: it could not be started, crashed, or took longer than the deadline
    QByteArray output, errors;
};

/// The program under test: that of this build, or the one that the environment variable TELLTALE_PROGRAM names.
QString telltaleProgram();
/// Runs a program to its end, no longer than two minutes.
Outcome runProgram(const QString &program, const QStringList &arguments, const QString &folder = {});
Outcome runTelltale(const QStringList &arguments);
/// The answer of `telltale query`; empty, with a warning, when it failed.
QJsonObject ask(const QString &cache, const QStringList &question);
/// Its rows.
QJsonArray rowsOf(const QString &cache, const QStringList &question);
/// Sums up `count` of all rows by the text in `name`.
QMap<QString, qint64> counted(const QJsonArray &rows, const QString &name, const QString &count);

/// `telltale collect` on a free port of 127.0.0.1 and a cache of its own, for as long as this lives.
class Collector
{
public:
    explicit Collector(const QString &cache)
        : m_cache(cache)
    {}
    ~Collector();

    /// False, with a warning, when it did not say that it is ready within half a minute.
    bool start(const QStringList &arguments = {});
    /// The window instead, drawn nowhere, which receives just as well.
    bool startWindow();
    /// SIGTERM. True when it ended with 0.
    bool stop();
    /// What it said on stderr since this was asked last.
    QByteArray errors();
    QString endpoint() const { return m_endpoint; }
    QString grpcEndpoint() const { return m_ready.value(QStringLiteral("otlp_grpc")).toString(); }
    QString cache() const { return m_cache; }
    QJsonObject ready() const { return m_ready; }

private:
    bool startAndWait(const QStringList &arguments);

    const QString m_cache;
    QString m_endpoint;
    QJsonObject m_ready;
    QProcess m_process;
};

} // namespace telltale::test
