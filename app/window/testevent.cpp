// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/testevent.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace telltale {

namespace {

QJsonObject text(const char *key, const QString &value)
{
    return {{QStringLiteral("key"), QLatin1String(key)},
            {QStringLiteral("value"), QJsonObject{{QStringLiteral("stringValue"), value}}}};
}

} // namespace

QByteArray testEventRequest(Instant now)
{
    const QString time = QString::number(now.ns);
    const QJsonObject record{
        {QStringLiteral("timeUnixNano"), time},
        {QStringLiteral("observedTimeUnixNano"), time},
        {QStringLiteral("severityNumber"), 9},
        {QStringLiteral("eventName"), QStringLiteral("telltale.test")},
        {QStringLiteral("body"), QJsonObject{{QStringLiteral("stringValue"),
                                              QStringLiteral("A test event, sent by Telltale to itself")}}},
        {QStringLiteral("attributes"), QJsonArray{text("session.id", QStringLiteral("telltale-test-") + time),
                                                  text("user.id", QStringLiteral("telltale-test")),
                                                  text("app.screen.name", QStringLiteral("Connect your app")),
                                                  text("telltale.test", QStringLiteral("true"))}},
    };
    const QJsonObject scope{
        {QStringLiteral("scope"), QJsonObject{{QStringLiteral("name"), QStringLiteral("telltale.test")}}},
        {QStringLiteral("logRecords"), QJsonArray{record}}};
    const QJsonObject resource{
        {QStringLiteral("resource"),
         QJsonObject{{QStringLiteral("attributes"),
                      QJsonArray{text("service.name", QStringLiteral("Telltale test"))}}}},
        {QStringLiteral("scopeLogs"), QJsonArray{scope}}};
    return QJsonDocument(QJsonObject{{QStringLiteral("resourceLogs"), QJsonArray{resource}}})
        .toJson(QJsonDocument::Compact);
}

} // namespace telltale
