// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/reference/qtanalytics.h"
#include "tests/benchmarks/reference/qtreading.h"

#include <QHash>
#include <QJsonDocument>

namespace telltale::test {
namespace {

using Key = QLatin1String;

enum class Role { Usage, Click, Screen, Exception, Identity, State };

Role roleOf(const QString &event)
{
    static const QHash<QString, Role> kRoles{
        {QStringLiteral("$pageview"), Role::Screen},       {QStringLiteral("$screen"), Role::Screen},
        {QStringLiteral("$exception"), Role::Exception},   {QStringLiteral("$autocapture"), Role::Click},
        {QStringLiteral("$rageclick"), Role::Click},       {QStringLiteral("$identify"), Role::Identity},
        {QStringLiteral("$create_alias"), Role::Identity}, {QStringLiteral("$groupidentify"), Role::Identity},
        {QStringLiteral("$set"), Role::Identity},          {QStringLiteral("$set_once"), Role::Identity},
        {QStringLiteral("$pageleave"), Role::State},       {QStringLiteral("$feature_flag_called"), Role::State}};
    return kRoles.value(event, Role::Usage);
}

void setException(PlainRecord &record, const QJsonObject &properties)
{
    const QJsonObject first = properties.value(Key("$exception_list")).toArray().at(0).toObject();
    record.kind = RecordKind::Error;
    record.severity = 17;
    record.errorType = textOf(first.value(Key("type")));
    record.errorMessage = textOf(first.value(Key("value")));
    record.errorStack = stackOf(record.errorType, record.errorMessage,
                                first.value(Key("stacktrace")).toObject().value(Key("frames")).toArray());
    record.isUnhandled = !first.value(Key("mechanism")).toObject().value(Key("handled")).toBool(true);
}

PlainOrigin originOf(const QJsonObject &properties, const QString &key)
{
    PlainOrigin origin;
    origin.product = firstText(properties, {Key("$app_name"), Key("$app_namespace"), Key("$host")});
    if (origin.product.isEmpty())
        origin.product = key;
    origin.release = firstText(properties, {Key("$app_version"), Key("release"), Key("app_version")});
    origin.environment = firstText(properties, {Key("$environment"), Key("environment")});
    origin.os = firstText(properties, {Key("$os"), Key("$os_name")});
    origin.device = firstText(properties, {Key("$device_model"), Key("$device_name"), Key("$device")});
    origin.country = textOf(properties.value(Key("$geoip_country_code")));
    origin.scopeName = textOf(properties.value(Key("$lib")));
    origin.scopeVersion = textOf(properties.value(Key("$lib_version")));
    return origin;
}

} // namespace

bool readPostHog(const PlainRequest &request, QList<PlainRecord> &records)
{
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    if (!document.isObject())
        return false;
    QString requestKey = firstText(document.object(), {Key("api_key"), Key("token")});
    if (requestKey.isEmpty() && request.authorization.startsWith("Bearer "))
        requestKey = QString::fromUtf8(request.authorization.mid(7));
    const QJsonArray batch = document.object().value(Key("batch")).toArray();
    for (const QJsonValue &each : batch) {
        const QJsonObject event = each.toObject();
        const QJsonObject properties = event.value(Key("properties")).toObject();
        const QString key = requestKey.isEmpty() ? firstText(event, {Key("api_key"), Key("token")}) : requestKey;
        PlainRecord record;
        record.name = textOf(event.value(Key("event")));
        if (record.name.isEmpty())
            continue;
        record.user = textOf(event.value(Key("distinct_id")));
        if (record.user.isEmpty())
            record.user = textOf(properties.value(Key("distinct_id")));
        record.time = timeOf(event.value(Key("timestamp")), request.arrival);
        record.session = textOf(event.value(Key("session_id")));
        if (record.session.isEmpty())
            record.session = textOf(properties.value(Key("$session_id")));
        record.screen = firstText(properties, {Key("$screen_name"), Key("$pathname"), Key("$current_url")});
        record.messageId = key + textOf(event.value(Key("uuid")));
        record.origin = originOf(properties, key);
        addAttributes(record.attributes, properties);
        for (const Key extra : {Key("$set"), Key("$set_once"), Key("groups")})
            addAttribute(record.attributes, extra, event.value(extra));
        switch (roleOf(record.name)) {
        case Role::Screen:
            record.kind = RecordKind::ScreenView;
            record.duration = dwellOf(properties);
            break;
        case Role::Exception:
            setException(record, properties);
            break;
        case Role::Identity:
            record.otherUser = textOf(properties.value(record.name == Key("$identify") ? Key("$anon_distinct_id")
                                                                                      : Key("alias")));
            if (record.session.isEmpty()) {
                record.attributes.append({QStringLiteral("distinct_id"), record.user});
                record.user.clear();
            }
            break;
        case Role::State:
            break;
        case Role::Click:
            record.feature = textOf(properties.value(Key("$el_text")));
            [[fallthrough]];
        case Role::Usage:
            record.kind = RecordKind::UsageEvent;
            if (record.feature.isEmpty())
                record.feature = record.name;
        }
        records.append(record);
    }
    return true;
}

} // namespace telltale::test
