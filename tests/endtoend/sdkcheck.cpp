// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endtoend/sdkcheck.h"

#include "tests/endtoend/program.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QProcess>
#include <QSet>
#include <QTemporaryFile>
#include <QTest>

#include <algorithm>

namespace telltale::test {
namespace {

using Counts = QMap<QString, qint64>;

QSet<QString> textsOf(const QJsonArray &array)
{
    QSet<QString> result;
    for (const QJsonValue &value : array)
        result.insert(value.toString());
    return result;
}

QSet<QString> column(const QJsonArray &rows, const QString &name)
{
    QSet<QString> result;
    for (const QJsonValue &row : rows)
        result.insert(row[name].toString());
    return result;
}

Counts countsOf(const QJsonObject &object)
{
    Counts counts;
    for (auto it = object.begin(); it != object.end(); ++it)
        counts.insert(it.key(), it.value().toInteger());
    return counts;
}

/// All rows of a question that counts `field` by `name`.
Counts answerOf(const QString &cache, const QString &question, const QString &name, const QString &field)
{
    return counted(rowsOf(cache, {question, QStringLiteral("--limit"), QStringLiteral("100000")}), name, field);
}

qint64 sumOf(const Counts &counts)
{
    qint64 sum = 0;
    for (const qint64 count : counts)
        sum += count;
    return sum;
}

qint64 totalOf(const QString &cache, const QString &kind)
{
    return rowsOf(cache, {QStringLiteral("totals")})[0][kind].toInteger(-1);
}

void compareErrors(const QString &cache, const QJsonObject &sent)
{
    const Counts types = countsOf(sent[u"errors"].toObject());
    QVERIFY(!types.isEmpty());
    QCOMPARE(answerOf(cache, QStringLiteral("errors"), QStringLiteral("type"), QStringLiteral("events")), types);
    QCOMPARE(totalOf(cache, QStringLiteral("errors")), sumOf(types));
}

} // namespace

QString sdkFolder()
{
    return QStringLiteral(TELLTALE_TEST_DATA) + QStringLiteral("/sdk");
}

bool isSdkInstalled()
{
    return QFileInfo::exists(sdkFolder() + QStringLiteral("/node_modules/.package-lock.json"));
}

QJsonObject runSdk(const QStringList &arguments, const QString &endpoint, int seed)
{
    const QString sessions = qEnvironmentVariable("TELLTALE_SDK_SESSIONS", QStringLiteral("40"));
    const int patience = 240'000 + 5'000 * std::max(0, sessions.toInt() - 40);
    // As in a program that goes on: some SDKs' timers alone do not keep it from ending.
    const QStringList options{QStringLiteral("--import"), QStringLiteral("data:text/javascript,setInterval(() => {}, 1000)")};
    const QStringList load{QStringLiteral("--endpoint"), endpoint, QStringLiteral("--sessions"), sessions, QStringLiteral("--events"),
                           QStringLiteral("25"),         QStringLiteral("--seed"), QString::number(seed)};
    QTemporaryFile printed; // what is in a pipe is lost when a program ends itself
    if (!printed.open())
        return {};
    QProcess node;
    node.setWorkingDirectory(sdkFolder());
    node.setStandardOutputFile(printed.fileName());
    node.start(QStringLiteral("node"), options + arguments + load, QIODevice::ReadOnly);
    if (!QTest::qWaitFor([&] { return node.state() == QProcess::NotRunning; }, patience)) {
        node.kill();
        node.waitForFinished();
    }
    const QByteArray output = printed.readAll();
    const QJsonObject sent = QJsonDocument::fromJson(output).object();
    if (node.exitStatus() == QProcess::NormalExit && node.exitCode() == 0 && !sent.isEmpty())
        return sent;
    qWarning("%s ended with %d: %s%s", qPrintable(arguments.first()), node.exitCode(), node.readAllStandardError().constData(), output.right(500).constData());
    return {};
}

// The SDK names what it sent by event name; which kind of record that is, is our mapping.
void compareOtlp(const QString &cache, const QJsonObject &sent, bool hasAllPointsAgain)
{
    const QJsonObject names = sent[u"names"].toObject();
    const QJsonObject counts = sent[u"counts"].toObject();
    const qint64 clicks = names[u"app.widget.click"].toInteger();
    const qint64 used = names[u"stride.feature.used"].toInteger();
    const qint64 views = names[u"app.screen.view"].toInteger();
    QVERIFY(clicks > 0 && used > 0 && views > 0);

    const QJsonArray totals = rowsOf(cache, {QStringLiteral("totals")});
    QCOMPARE(totals.size(), 1);
    QCOMPARE(totals[0][u"usage_events"].toInteger(), clicks + used);
    QCOMPARE(totals[0][u"screen_views"].toInteger(), views);
    QCOMPARE(totals[0][u"errors"].toInteger(),
             names[u"exception"].toInteger() + counts[u"spanExceptions"].toInteger());
    QCOMPARE(totals[0][u"spans"].toInteger(), counts[u"spans"].toInteger());
    QCOMPARE(totals[0][u"logs"].toInteger(),
             names[u"device.app.lifecycle"].toInteger() + names[u"app.jank"].toInteger());
    QCOMPARE(totals[0][u"sessions"].toInteger(), sent[u"sessions"].toArray().size());
    // Spans below the first one name only their session: their errors are those of the session's user.
    QCOMPARE(totals[0][u"users"].toInteger(), sent[u"users"].toArray().size());
    // Every export was counted but the one at shutdown, which repeats the last one.
    const qint64 again = sent[u"steps"].toArray().at(0).toObject().value(u"lastExport").toArray().size();
    const qint64 points = totals[0][u"metric_points"].toInteger();
    if (hasAllPointsAgain)
        QCOMPARE(points, counts[u"dataPoints"].toInteger() + again);
    else
        QVERIFY(points >= counts[u"dataPoints"].toInteger() &&
                points < counts[u"dataPoints"].toInteger() + again);

    QMap<QString, qint64> features = counted(rowsOf(cache, {QStringLiteral("features")}),
                                             QStringLiteral("feature"), QStringLiteral("events"));
    QCOMPARE(features.take(QStringLiteral("stride.feature.used")), used);
    qint64 clicked = 0;
    for (qint64 count : std::as_const(features))
        clicked += count;
    QCOMPARE(clicked, clicks);
    QVERIFY(features.contains(QStringLiteral("Share 🏃")));

    // Metrics say what the last export said; what rises is counted once, however often it was exported.
    const QJsonArray exported = sent[u"steps"].toArray().at(0).toObject().value(u"lastExport").toArray();
    int compared = 0;
    for (const QJsonValue &metric : exported) {
        const bool isCumulative = metric[u"temporality"].toInt() == 2;
        const QString type = metric[u"type"].toString();
        if (!metric[u"attributes"].toObject().isEmpty() || !isCumulative || type == QLatin1String("gauge"))
            continue;
        const QString field = type == QLatin1String("sum") ? QStringLiteral("value") : QStringLiteral("sum");
        double sum = 0;
        for (const QJsonValue &row :
             rowsOf(cache, {QStringLiteral("metric"), metric[u"metric"].toString(), QStringLiteral("--value"),
                            QStringLiteral("sum"), QStringLiteral("--step"), QStringLiteral("1d")}))
            sum = type == QLatin1String("sum") ? row[u"value"].toDouble() : sum + row[u"value"].toDouble();
        QCOMPARE(sum, metric[field].toDouble());
        ++compared;
    }
    QVERIFY(!hasAllPointsAgain || exported.isEmpty() || compared >= 2);
    qint64 spans = 0;
    for (const QJsonValue &row : rowsOf(cache, {QStringLiteral("operations")}))
        spans += row[u"spans"].toInteger();
    QCOMPARE(spans, counts[u"spans"].toInteger());
    spans = 0;
    const QJsonArray traces = rowsOf(cache, {QStringLiteral("traces")});
    for (const QJsonValue &row : traces)
        spans += row[u"spans"].toInteger();
    QCOMPARE(spans, counts[u"spans"].toInteger());
    const QJsonArray tree = rowsOf(cache, {QStringLiteral("trace"), traces[0][u"trace"].toString()});
    QCOMPARE(tree.size(), traces[0][u"spans"].toInteger());
    QCOMPARE(tree[0][u"operation"].toString(), traces[0][u"root"].toString());

    qint64 viewed = 0;
    for (qint64 count : counted(rowsOf(cache, {QStringLiteral("screens")}), QStringLiteral("screen"),
                                QStringLiteral("views")))
        viewed += count;
    QCOMPARE(viewed, views);

    const QJsonArray sessions = rowsOf(cache, {QStringLiteral("sessions")});
    QCOMPARE(column(sessions, QStringLiteral("session")), textsOf(sent[u"sessions"].toArray()));
    QCOMPARE(column(sessions, QStringLiteral("user")), textsOf(sent[u"users"].toArray()));

    QMap<QString, qint64> errors;
    const QJsonObject sentErrors = sent[u"errors"].toObject();
    for (auto it = sentErrors.begin(); it != sentErrors.end(); ++it)
        errors[it.key()] = it.value().toInteger();
    QCOMPARE(counted(rowsOf(cache, {QStringLiteral("errors")}), QStringLiteral("type"),
                     QStringLiteral("events")),
             errors);
}

void compareSessions(const QString &cache, const QJsonObject &sent)
{
    const QJsonArray sessions = rowsOf(cache, {QStringLiteral("sessions"), QStringLiteral("--limit"), QStringLiteral("100000")});
    QCOMPARE(column(sessions, QStringLiteral("session")), textsOf(sent[u"sessions"].toArray()));
    QCOMPARE(column(sessions, QStringLiteral("user")), textsOf(sent[u"users"].toArray()));
    QCOMPARE(totalOf(cache, QStringLiteral("sessions")), sent[u"sessions"].toArray().size());
    QCOMPARE(totalOf(cache, QStringLiteral("users")), sent[u"users"].toArray().size());
}

void compareSentry(const QString &cache, const QJsonObject &sent)
{
    const Counts counts = countsOf(sent[u"counts"].toObject());
    QCOMPARE(totalOf(cache, QStringLiteral("errors")), counts[QStringLiteral("errors")]);
    QCOMPARE(totalOf(cache, QStringLiteral("spans")), counts[QStringLiteral("transactions")]);
    QCOMPARE(totalOf(cache, QStringLiteral("logs")), counts[QStringLiteral("logs")]);
    QCOMPARE(totalOf(cache, QStringLiteral("metric_points")), counts[QStringLiteral("metrics")]);
    QCOMPARE(answerOf(cache, QStringLiteral("operations"), QStringLiteral("operation"), QStringLiteral("spans")),
             countsOf(sent[u"names"].toObject()));
    compareErrors(cache, sent);
    // The SDK makes up the names of its sessions.
    QCOMPARE(totalOf(cache, QStringLiteral("sessions")), sent[u"sessions"].toArray().size());
    QCOMPARE(totalOf(cache, QStringLiteral("users")), sent[u"users"].toArray().size());
    const QJsonArray sessions = rowsOf(cache, {QStringLiteral("sessions"), QStringLiteral("--limit"), QStringLiteral("100000")});
    QCOMPARE(column(sessions, QStringLiteral("user")), textsOf(sent[u"users"].toArray()));
}

void comparePostHog(const QString &cache, const QJsonObject &sent)
{
    Counts names = countsOf(sent[u"names"].toObject());
    QCOMPARE(totalOf(cache, QStringLiteral("screen_views")), names.take(QStringLiteral("$screen")));
    QCOMPARE(totalOf(cache, QStringLiteral("errors")), names.take(QStringLiteral("$exception")));
    QCOMPARE(totalOf(cache, QStringLiteral("logs")), names.take(QStringLiteral("$identify")));
    QCOMPARE(answerOf(cache, QStringLiteral("features"), QStringLiteral("feature"), QStringLiteral("events")), names);
    QCOMPARE(totalOf(cache, QStringLiteral("usage_events")), sumOf(names));
    compareSessions(cache, sent);
    compareErrors(cache, sent);
}

void compareSegment(const QString &cache, const QJsonObject &sent)
{
    Counts features, screens;
    const Counts names = countsOf(sent[u"names"].toObject());
    for (auto it = names.begin(); it != names.end(); ++it) {
        if (it.key().startsWith(QLatin1String("screen:")))
            screens.insert(it.key().mid(7), it.value());
        else if (it.key() != QLatin1String("identify"))
            features.insert(it.key(), it.value());
    }
    QVERIFY(!features.isEmpty() && !screens.isEmpty());
    QCOMPARE(answerOf(cache, QStringLiteral("features"), QStringLiteral("feature"), QStringLiteral("events")), features);
    QCOMPARE(answerOf(cache, QStringLiteral("screens"), QStringLiteral("screen"), QStringLiteral("views")), screens);
    QCOMPARE(totalOf(cache, QStringLiteral("usage_events")), sumOf(features));
    QCOMPARE(totalOf(cache, QStringLiteral("screen_views")), sumOf(screens));
    QCOMPARE(totalOf(cache, QStringLiteral("logs")), names[QStringLiteral("identify")]);
    QCOMPARE(totalOf(cache, QStringLiteral("errors")), 0); // there a crash is an event like any other
    compareSessions(cache, sent);
}

} // namespace telltale::test
