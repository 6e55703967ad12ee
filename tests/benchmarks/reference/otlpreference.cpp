// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/reference/otlpreference.h"

#include "reference/otlplogs.pb.h"
#include "tests/benchmarks/reference/qtreading.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <unordered_map>

namespace telltale::test {
namespace {

enum class Field { None, Product, Environment, Release, Os, Device, Country, User, Session, Screen, Dwell, Feature };

/// A key and the field it fills; of one field the lower rank wins.
struct Known
{
    Field field = Field::None;
    int rank = 0;
};

Known knownKey(std::string_view key)
{
    static const std::unordered_map<std::string_view, Known> kKeys{
        {"service.name", {Field::Product, 0}},
        {"deployment.environment.name", {Field::Environment, 0}},
        {"deployment.environment", {Field::Environment, 1}},
        {"service.version", {Field::Release, 0}},
        {"os.name", {Field::Os, 0}},
        {"os.type", {Field::Os, 1}},
        {"device.model.name", {Field::Device, 0}},
        {"device.model.identifier", {Field::Device, 1}},
        {"geo.country.iso_code", {Field::Country, 0}},
        {"user.id", {Field::User, 0}},
        {"enduser.id", {Field::User, 1}},
        {"session.id", {Field::Session, 0}},
        {"app.screen.name", {Field::Screen, 0}},
        {"app.screen.id", {Field::Screen, 1}},
        {"app.screen.dwell_time_ms", {Field::Dwell, 0}},
        {"feature.name", {Field::Feature, 0}}};
    const auto found = kKeys.find(key);
    return found == kKeys.end() ? Known() : found->second;
}

Known knownKey(const QString &key)
{
    static const QHash<QString, Known> kKeys{
        {QStringLiteral("service.name"), {Field::Product, 0}},
        {QStringLiteral("deployment.environment.name"), {Field::Environment, 0}},
        {QStringLiteral("deployment.environment"), {Field::Environment, 1}},
        {QStringLiteral("service.version"), {Field::Release, 0}},
        {QStringLiteral("os.name"), {Field::Os, 0}},
        {QStringLiteral("os.type"), {Field::Os, 1}},
        {QStringLiteral("device.model.name"), {Field::Device, 0}},
        {QStringLiteral("device.model.identifier"), {Field::Device, 1}},
        {QStringLiteral("geo.country.iso_code"), {Field::Country, 0}},
        {QStringLiteral("user.id"), {Field::User, 0}},
        {QStringLiteral("enduser.id"), {Field::User, 1}},
        {QStringLiteral("session.id"), {Field::Session, 0}},
        {QStringLiteral("app.screen.name"), {Field::Screen, 0}},
        {QStringLiteral("app.screen.id"), {Field::Screen, 1}},
        {QStringLiteral("app.screen.dwell_time_ms"), {Field::Dwell, 0}},
        {QStringLiteral("feature.name"), {Field::Feature, 0}}};
    return kKeys.value(key);
}

/// Takes what was found for a field, unless a better key came before.
template<typename Text>
class Best
{
public:
    void offer(int rank, const Text &text)
    {
        if (rank < m_rank) {
            m_rank = rank;
            value = text;
        }
    }
    Text value{};

private:
    int m_rank = 100;
};

/// The fields that attributes fill.
template<typename Text>
struct Found
{
    Best<Text> product, environment, release, os, device, country, user, session, screen, feature;
    double dwell = -1;

    void offer(Known known, const Text &text)
    {
        switch (known.field) {
        case Field::Product: return product.offer(known.rank, text);
        case Field::Environment: return environment.offer(known.rank, text);
        case Field::Release: return release.offer(known.rank, text);
        case Field::Os: return os.offer(known.rank, text);
        case Field::Device: return device.offer(known.rank, text);
        case Field::Country: return country.offer(known.rank, text);
        case Field::User: return user.offer(known.rank, text);
        case Field::Session: return session.offer(known.rank, text);
        case Field::Screen: return screen.offer(known.rank, text);
        case Field::Feature: return feature.offer(known.rank, text);
        case Field::Dwell:
        case Field::None: return;
        }
    }
    /// Of origin and record alike.
    template<typename Origin>
    void fill(Origin &origin) const
    {
        origin.product = product.value;
        origin.environment = environment.value;
        origin.release = release.value;
        origin.os = os.value;
        origin.device = device.value;
        origin.country = country.value;
    }
};

/// Kind, and what goes with it, by the event's name.
template<typename Record, typename Text>
void classify(Record &record, const Found<Text> &found, bool isScreenView, bool isNamed)
{
    record.user = found.user.value;
    record.session = found.session.value;
    record.screen = found.screen.value;
    if (isScreenView) {
        record.kind = RecordKind::ScreenView;
        if (found.dwell >= 0)
            record.duration = static_cast<std::int64_t>(found.dwell * 1e6);
    } else if (isNamed) {
        record.kind = RecordKind::UsageEvent;
        record.feature = found.feature.value == Text() ? record.name : found.feature.value;
    }
}

ProtoValue valueOf(reference::AnyValue &value)
{
    switch (value.value_case()) {
    case reference::AnyValue::kStringValue:
        return std::move(*value.mutable_string_value());
    case reference::AnyValue::kBoolValue:
        return value.bool_value();
    case reference::AnyValue::kIntValue:
        return std::int64_t{value.int_value()};
    case reference::AnyValue::kDoubleValue:
        return value.double_value();
    case reference::AnyValue::VALUE_NOT_SET:
        return {};
    default:
        return value.SerializeAsString();
    }
}

template<typename Message>
ProtoAttributes attributesOf(Message &message, Found<std::string> &found)
{
    ProtoAttributes attributes;
    attributes.reserve(static_cast<std::size_t>(message.attributes_size()));
    for (reference::KeyValue &attribute : *message.mutable_attributes()) {
        auto &[key, value] = attributes.emplace_back(std::move(*attribute.mutable_key()), valueOf(*attribute.mutable_value()));
        const Known known = knownKey(key);
        if (known.field == Field::None)
            continue;
        if (const auto *text = std::get_if<std::string>(&value))
            found.offer(known, *text);
        else if (const auto *number = std::get_if<double>(&value); number && known.field == Field::Dwell)
            found.dwell = *number;
        else if (const auto *integer = std::get_if<std::int64_t>(&value); integer && known.field == Field::Dwell)
            found.dwell = static_cast<double>(*integer);
    }
    return attributes;
}

QVariant jsonValueOf(const QJsonObject &any)
{
    for (auto at = any.begin(); at != any.end(); ++at) {
        if (at.key() == QLatin1String("intValue"))
            return at.value().isString() ? at.value().toString().toLongLong() : at.value().toInteger();
        if (at.value().isObject())
            return QJsonDocument(at.value().toObject()).toJson(QJsonDocument::Compact);
        return at.value().toVariant();
    }
    return {};
}

PlainAttributes jsonAttributesOf(const QJsonObject &object, Found<QString> &found)
{
    PlainAttributes attributes;
    const QJsonArray list = object.value(QLatin1String("attributes")).toArray();
    attributes.reserve(list.size());
    for (const QJsonValue &each : list) {
        const QJsonObject pair = each.toObject();
        const QString key = pair.value(QLatin1String("key")).toString();
        const QVariant value = jsonValueOf(pair.value(QLatin1String("value")).toObject());
        const Known known = knownKey(key);
        if (known.field == Field::Dwell)
            found.dwell = value.toDouble();
        else if (known.field != Field::None)
            found.offer(known, value.toString());
        attributes.append({key, value});
    }
    return attributes;
}

qint64 jsonTimeOf(const QJsonValue &value)
{
    return value.isString() ? value.toString().toLongLong() : value.toInteger();
}

} // namespace

bool readOtlpProtobuf(std::string_view body, std::vector<ProtoRecord> &records)
{
    reference::LogsRequest request;
    if (!request.ParseFromArray(body.data(), static_cast<int>(body.size())))
        return false;
    for (reference::ResourceLogs &resource : *request.mutable_resource_logs()) {
        ProtoOrigin origin;
        Found<std::string> ofResource;
        origin.attributes = attributesOf(*resource.mutable_resource(), ofResource);
        ofResource.fill(origin);
        for (reference::ScopeLogs &scope : *resource.mutable_scope_logs()) {
            origin.scopeName = scope.scope().name();
            origin.scopeVersion = scope.scope().version();
            const auto shared = std::make_shared<const ProtoOrigin>(origin);
            for (reference::LogRecord &log : *scope.mutable_log_records()) {
                ProtoRecord &record = records.emplace_back();
                record.origin = shared;
                record.severity = static_cast<std::uint8_t>(log.severity_number());
                record.time = static_cast<std::int64_t>(log.time_unix_nano());
                record.observedTime = static_cast<std::int64_t>(log.observed_time_unix_nano());
                record.name = std::move(*log.mutable_event_name());
                record.severityText = std::move(*log.mutable_severity_text());
                record.traceId = std::move(*log.mutable_trace_id());
                record.spanId = std::move(*log.mutable_span_id());
                if (log.has_body())
                    record.body = valueOf(*log.mutable_body());
                Found<std::string> found;
                record.attributes = attributesOf(log, found);
                classify(record, found, record.name == "app.screen.view", !record.name.empty());
            }
        }
    }
    return true;
}

bool readOtlpJson(std::string_view body, QList<PlainRecord> &records)
{
    using Key = QLatin1String;
    const auto bytes = QByteArray::fromRawData(body.data(), static_cast<qsizetype>(body.size()));
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    const QJsonArray resources = document.object().value(Key("resourceLogs")).toArray();
    for (const QJsonValue &eachResource : resources) {
        const QJsonObject resource = eachResource.toObject();
        PlainOrigin origin;
        Found<QString> ofResource;
        origin.attributes = jsonAttributesOf(resource.value(Key("resource")).toObject(), ofResource);
        ofResource.fill(origin);
        const QJsonArray scopes = resource.value(Key("scopeLogs")).toArray();
        for (const QJsonValue &eachScope : scopes) {
            const QJsonObject scope = eachScope.toObject();
            origin.scopeName = scope.value(Key("scope")).toObject().value(Key("name")).toString();
            origin.scopeVersion = scope.value(Key("scope")).toObject().value(Key("version")).toString();
            const QJsonArray logs = scope.value(Key("logRecords")).toArray();
            for (const QJsonValue &eachLog : logs) {
                const QJsonObject log = eachLog.toObject();
                PlainRecord record;
                record.origin = origin;
                record.severity = static_cast<quint8>(log.value(Key("severityNumber")).toInt());
                record.time = jsonTimeOf(log.value(Key("timeUnixNano")));
                record.name = log.value(Key("eventName")).toString();
                record.traceId = log.value(Key("traceId")).toString();
                record.spanId = log.value(Key("spanId")).toString();
                Found<QString> found;
                record.attributes = jsonAttributesOf(log, found);
                if (const QString text = log.value(Key("severityText")).toString(); !text.isEmpty())
                    record.attributes.append({QStringLiteral("severity_text"), text});
                if (const QJsonObject any = log.value(Key("body")).toObject(); !any.isEmpty())
                    record.attributes.append({QStringLiteral("body"), jsonValueOf(any)});
                classify(record, found, record.name == Key("app.screen.view"), !record.name.isEmpty());
                records.append(record);
            }
        }
    }
    return !document.isNull();
}

} // namespace telltale::test
