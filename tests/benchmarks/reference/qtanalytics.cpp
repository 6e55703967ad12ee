// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/reference/qtanalytics.h"

#include "tests/benchmarks/reference/qtreading.h"

#include <QJsonDocument>

namespace telltale::test {

using Key = QLatin1String;

bool readAmplitude(const PlainRequest &request, QList<PlainRecord> &records)
{
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    if (!document.isObject())
        return false;
    const QString key = document.object().value(Key("api_key")).toString();
    const QJsonArray events = document.object().value(Key("events")).toArray();
    for (const QJsonValue &each : events) {
        const QJsonObject event = each.toObject();
        PlainRecord record;
        record.name = textOf(event.value(Key("event_type")));
        const QString user = textOf(event.value(Key("user_id"))), device = textOf(event.value(Key("device_id")));
        record.user = user.isEmpty() ? device : user;
        record.otherUser = user.isEmpty() ? QString() : device;
        if (record.name.isEmpty() || record.user.isEmpty())
            continue;
        record.time = timeOf(event.value(Key("time")), request.arrival);
        record.session = textOf(event.value(Key("session_id")));
        if (record.session == Key("-1"))
            record.session.clear();
        record.messageId = key + textOf(event.value(Key("insert_id")));
        const QJsonObject properties = event.value(Key("event_properties")).toObject();
        addAttributes(record.attributes, properties);
        addAttribute(record.attributes, QStringLiteral("user_properties"), event.value(Key("user_properties")));
        record.screen = firstText(properties, {Key("[Amplitude] Screen Name"), Key("[Amplitude] Page Path"),
                                               Key("[Amplitude] Page URL")});
        if (record.name == Key("[Amplitude] Screen Viewed") || record.name == Key("[Amplitude] Page Viewed")) {
            record.kind = RecordKind::ScreenView;
            record.duration = dwellOf(properties);
        } else if (record.name == Key("session_start") || record.name == Key("session_end")) {
            record.kind = RecordKind::SessionBound;
            record.name = record.name == Key("session_start") ? QStringLiteral("session.start")
                                                              : QStringLiteral("session.end");
        } else if (record.name == Key("$identify") || record.name == Key("$groupidentify")) {
            if (record.session.isEmpty()) {
                record.attributes.append({user.isEmpty() ? QStringLiteral("device_id") : QStringLiteral("user_id"),
                                          record.user});
                record.user.clear();
            }
        } else {
            record.kind = RecordKind::UsageEvent;
            if (record.name == Key("[Amplitude] Element Clicked"))
                record.feature = textOf(properties.value(Key("[Amplitude] Element Text")));
            if (record.feature.isEmpty())
                record.feature = record.name;
        }
        PlainOrigin &origin = record.origin;
        origin.product = firstText(event, {Key("app_name"), Key("app")});
        if (origin.product.isEmpty())
            origin.product = key;
        origin.release = firstText(event, {Key("app_version"), Key("version_name")});
        origin.os = firstText(event, {Key("os_name"), Key("platform")});
        origin.device = firstText(event, {Key("device_model"), Key("device_type")});
        origin.country = textOf(event.value(Key("country")));
        const QString library = textOf(event.value(Key("library")));
        origin.scopeName = library.section(QLatin1Char('/'), 0, -2);
        origin.scopeVersion = library.section(QLatin1Char('/'), -1);
        for (const Key name : {Key("platform"), Key("os_version"), Key("device_brand"), Key("device_manufacturer"),
                               Key("carrier"), Key("language"), Key("region"), Key("city")})
            addAttribute(origin.attributes, name, event.value(name));
        records.append(record);
    }
    return true;
}

static void addAptabaseEvent(const QJsonObject &event, const PlainRequest &request, QList<PlainRecord> &records)
{
    PlainRecord record;
    record.kind = RecordKind::UsageEvent;
    record.name = record.feature = textOf(event.value(Key("eventName")));
    if (record.name.isEmpty())
        return;
    record.session = textOf(event.value(Key("sessionId")));
    record.time = timeOf(event.value(Key("timestamp")), request.arrival);
    addAttributes(record.attributes, event.value(Key("props")).toObject());
    const QJsonObject system = event.value(Key("systemProps")).toObject();
    PlainOrigin &origin = record.origin;
    origin.product = QString::fromUtf8(request.appKey);
    origin.environment = system.value(Key("isDebug")).toBool() ? QStringLiteral("debug") : QStringLiteral("release");
    origin.release = textOf(system.value(Key("appVersion")));
    origin.os = textOf(system.value(Key("osName")));
    if (origin.os.isEmpty()) { // a browser leaves it to the server
        for (const char *mark : {"Android", "iPhone", "iPad", "Windows", "Mac OS X", "CrOS", "Linux"}) {
            if (request.userAgent.contains(mark)) {
                origin.os = QString::fromLatin1(mark);
                break;
            }
        }
    }
    origin.device = textOf(system.value(Key("deviceModel")));
    const QString sdk = textOf(system.value(Key("sdkVersion")));
    origin.scopeName = sdk.section(QLatin1Char('@'), 0, -2);
    origin.scopeVersion = sdk.section(QLatin1Char('@'), -1);
    addAttributes(origin.attributes, system);
    records.append(record);
}

bool readAptabase(const PlainRequest &request, QList<PlainRecord> &records)
{
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    if (document.isObject()) {
        addAptabaseEvent(document.object(), request, records);
    } else {
        const QJsonArray events = document.array();
        for (const QJsonValue &event : events)
            addAptabaseEvent(event.toObject(), request, records);
    }
    return !document.isNull();
}

bool readSegment(const PlainRequest &request, QList<PlainRecord> &records)
{
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    if (!document.isObject())
        return false;
    QString key = document.object().value(Key("writeKey")).toString();
    if (key.isEmpty() && request.authorization.startsWith("Basic "))
        key = QString::fromUtf8(QByteArray::fromBase64(request.authorization.mid(6))).section(QLatin1Char(':'), 0, 0);
    const QJsonArray batch = document.object().value(Key("batch")).toArray();
    for (const QJsonValue &each : batch) {
        const QJsonObject message = each.toObject();
        const QString type = textOf(message.value(Key("type")));
        const QJsonObject context = message.value(Key("context")).toObject();
        const QJsonObject properties = message.value(Key("properties")).toObject();
        PlainRecord record;
        const QString userId = textOf(message.value(Key("userId")));
        const QString anonymousId = textOf(message.value(Key("anonymousId")));
        record.user = userId.isEmpty() ? anonymousId : userId;
        record.otherUser = userId.isEmpty() ? QString() : anonymousId;
        record.session = firstText(context, {Key("sessionId"), Key("session_id")});
        if (record.session.isEmpty())
            record.session = firstText(properties, {Key("sessionId"), Key("session_id")});
        record.time = timeOf(message.value(Key("timestamp")), request.arrival);
        record.messageId = key + textOf(message.value(Key("messageId")));
        record.name = type;
        addAttributes(record.attributes, properties);
        addAttributes(record.attributes, message.value(Key("traits")).toObject());
        for (const Key part : {Key("locale"), Key("timezone"), Key("page"), Key("screen"), Key("campaign"), Key("network")})
            addAttribute(record.attributes, Key("context.") + part, context.value(part));
        if (type == Key("track")) {
            record.kind = RecordKind::UsageEvent;
            record.name = record.feature = textOf(message.value(Key("event")));
            record.screen = textOf(context.value(Key("screen")).toObject().value(Key("name")));
        } else if (type == Key("page") || type == Key("screen")) {
            record.kind = RecordKind::ScreenView;
            record.screen = textOf(message.value(Key("name")));
            if (record.screen.isEmpty())
                record.screen = firstText(properties, {Key("name"), Key("path"), Key("title"), Key("url")});
            record.duration = dwellOf(properties);
        } else if (type == Key("alias")) {
            record.otherUser = textOf(message.value(Key("previousId")));
            record.attributes.append({QStringLiteral("previousId"), record.otherUser});
        } else if (type == Key("group")) {
            record.attributes.append({QStringLiteral("groupId"), textOf(message.value(Key("groupId")))});
        } else if (type != Key("identify")) {
            continue;
        }
        if (record.kind == RecordKind::Log && record.session.isEmpty() && !record.user.isEmpty()) {
            record.attributes.append({userId.isEmpty() ? QStringLiteral("anonymousId") : QStringLiteral("userId"),
                                      record.user});
            record.user.clear();
        }
        PlainOrigin &origin = record.origin;
        const QJsonObject app = context.value(Key("app")).toObject(), device = context.value(Key("device")).toObject();
        const QJsonObject library = context.value(Key("library")).toObject();
        origin.product = firstText(app, {Key("name"), Key("namespace")});
        if (origin.product.isEmpty())
            origin.product = key;
        origin.release = textOf(app.value(Key("version")));
        origin.environment = textOf(context.value(Key("environment")));
        origin.os = textOf(context.value(Key("os")).toObject().value(Key("name")));
        origin.device = firstText(device, {Key("model"), Key("name")});
        origin.country = textOf(context.value(Key("location")).toObject().value(Key("country")));
        origin.scopeName = textOf(library.value(Key("name")));
        origin.scopeVersion = textOf(library.value(Key("version")));
        for (const Key part : {Key("app"), Key("os"), Key("device"), Key("library")})
            addAttribute(origin.attributes, part, context.value(part));
        records.append(record);
    }
    return true;
}

} // namespace telltale::test
