// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/program.h"

#include <QDeadlineTimer>
#include <QDebug>
#include <QJsonDocument>
#include <QProcessEnvironment>

namespace telltale::test {

namespace {

constexpr int kDeadline = 120'000;
constexpr int kReadyDeadline = 30'000;

} // namespace

QString telltaleProgram()
{
    return qEnvironmentVariable("TELLTALE_PROGRAM", QStringLiteral(TELLTALE_PROGRAM));
}

Outcome runProgram(const QString &program, const QStringList &arguments, const QString &folder)
{
    QProcess process;
    if (!folder.isEmpty())
        process.setWorkingDirectory(folder);
    process.start(program, arguments, QIODevice::ReadOnly);
    Outcome outcome;
    if (!process.waitForFinished(kDeadline)) {
        outcome.errors = process.errorString().toUtf8() + process.readAllStandardError();
        process.kill();
        process.waitForFinished();
        return outcome;
    }
    outcome.output = process.readAllStandardOutput();
    outcome.errors = process.readAllStandardError();
    if (process.exitStatus() == QProcess::NormalExit)
        outcome.exitCode = process.exitCode();
    return outcome;
}

Outcome runTelltale(const QStringList &arguments)
{
    return runProgram(telltaleProgram(), arguments);
}

QJsonObject ask(const QString &cache, const QStringList &question)
{
    const Outcome outcome = runTelltale(
        QStringList{QStringLiteral("query")} + question +
        QStringList{QStringLiteral("--cache"), cache, QStringLiteral("--format"), QStringLiteral("json")});
    if (outcome.exitCode != 0)
        qWarning() << "telltale query" << question << "ended with" << outcome.exitCode << outcome.errors;
    return QJsonDocument::fromJson(outcome.output).object();
}

QJsonArray rowsOf(const QString &cache, const QStringList &question)
{
    return ask(cache, question).value(u"rows").toArray();
}

QMap<QString, qint64> counted(const QJsonArray &rows, const QString &name, const QString &count)
{
    QMap<QString, qint64> result;
    for (const QJsonValue &row : rows)
        result[row[name].toString()] += row[count].toInteger();
    return result;
}

Collector::~Collector()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

bool Collector::start(const QStringList &arguments)
{
    return startAndWait(QStringList{QStringLiteral("collect"), QStringLiteral("--otlp-http"),
                                    QStringLiteral("127.0.0.1:0"), QStringLiteral("--statsd"),
                                    QStringLiteral("127.0.0.1:0"), QStringLiteral("--otlp-grpc"),
                                    QStringLiteral("127.0.0.1:0"), QStringLiteral("--cache"), m_cache} +
                        arguments);
}

bool Collector::startWindow()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    // Its settings are not the person's.
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_cache + QStringLiteral(".config"));
    m_process.setProcessEnvironment(environment);
    return startAndWait(
        {QStringLiteral("--cache"), m_cache, QStringLiteral("--receive"), QStringLiteral("127.0.0.1:0")});
}

bool Collector::startAndWait(const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    m_process.start(telltaleProgram(), arguments, QIODevice::ReadOnly);
    QDeadlineTimer deadline(kReadyDeadline);
    while (!m_process.canReadLine() && !deadline.hasExpired() && m_process.state() != QProcess::NotRunning)
        m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime()));
    m_ready = QJsonDocument::fromJson(m_process.readLine()).object();
    m_endpoint = m_ready.value(u"otlp_http").toString();
    if (m_ready.value(u"ready").toBool() && !m_endpoint.isEmpty())
        return true;
    qWarning() << "telltale is not ready:" << m_process.errorString() << m_process.readAllStandardError();
    return false;
}

QByteArray Collector::errors()
{
    if (m_process.state() == QProcess::Running)
        m_process.waitForReadyRead(500); // it takes what is in the pipe
    return m_process.readAllStandardError();
}

bool Collector::stop()
{
    m_process.terminate();
    if (!m_process.waitForFinished(kReadyDeadline))
        return false;
    return m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
}

} // namespace telltale::test
