// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/mappingtables.h"

#include "models/ingest/httproutes.h"
#include "models/protocols/mqtt/mqttmessage.h"
#include "models/protocols/otlp/otlpdecoder.h"

#include <QTest>

#include <map>
#include <set>

using namespace telltale;

namespace {

constexpr Instant kArrival = Instant::fromSeconds(1'763'625'601);
constexpr std::string_view kProbe = "probe";
constexpr std::int64_t kProbeSeconds = 1'763'000'000;

Value *childOf(Value &parent, const std::string &key)
{
    if (!parent.as<Value::Map>())
        parent = Value(Value::Map{});
    auto &map = std::get<Value::Map>(parent.data());
    for (auto &[name, value] : map) {
        if (name == key)
            return &value;
    }
    return &map.emplace_back(key, Value()).second;
}

void insert(Value &root, std::string_view pointer, const Value &value)
{
    Value *here = &root;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const std::string part(pointer.substr(0, pointer.find('/')));
        pointer.remove_prefix(part.size());
        here = childOf(*here, part);
    }
    *here = value;
}

Value object(std::initializer_list<std::pair<std::string, Value>> fields)
{
    return Value(Value::Map(fields.begin(), fields.end()));
}

std::string percentEncoded(const std::string &text)
{
    return QByteArray::fromStdString(text).toPercentEncoding().toStdString();
}

/// What is sent to find a row's value in its field.
Value valueFor(MappedField field)
{
    switch (field) {
    case MappedField::Time:
        return Value(kProbeSeconds);
    case MappedField::Dwell:
        return Value(std::int64_t{1'234});
    case MappedField::Duration:
        return Value(std::int64_t{10});
    case MappedField::Value:
        return Value(42.5);
    default:
        return Value(kProbe);
    }
}

using Sent = std::pair<std::string, std::string>; ///< path with query, body

/// A request of the protocol with nothing but what it needs and this row's key.
std::optional<Sent> requestFor(const std::string &protocol, const MappingRow &row)
{
    const bool isScreen = row.when == "screen view";
    const bool isKind = row.place == MappingPlace::EventName;
    std::string event = isKind ? row.key : "clicked";
    if (event.ends_with('*'))
        event.back() = 'x';
    const Value value = valueFor(row.field);
    const std::string &key = row.key;
    Value message;
    if (protocol == "posthog") {
        if (!isKind)
            event = isScreen ? "$pageview" : row.when.empty() ? event : row.when;
        message = object({{"event", Value(event)}});
        if (row.field != MappedField::User)
            insert(message, "/distinct_id", Value("somebody"));
        if (!isKind)
            insert(message, key, value);
        return Sent("/e", toJson(message));
    }
    if (protocol == "segment") {
        message = object({{"type", Value(row.when.empty() ? "track" : isScreen ? "screen" : row.when)}});
        if (row.field != MappedField::Event)
            insert(message, "/event", Value(event));
        if (row.field != MappedField::User)
            insert(message, "/userId", Value("somebody"));
        if (isScreen)
            insert(message, "/name", Value("Home"));
        insert(message, key, value);
        return Sent("/v1/batch", toJson(object({{"batch", Value(Value::Array{message})}})));
    }
    if (protocol == "aptabase") {
        if (row.field != MappedField::Event)
            insert(message, "/eventName", Value(event));
        insert(message, key, value);
        return Sent("/api/v0/event", toJson(message));
    }
    if (protocol == "amplitude") {
        if (isScreen)
            event = "[Amplitude] Screen Viewed";
        if (row.when == "element clicked")
            event = "[Amplitude] Element Clicked";
        message = object({{"event_type", Value(event)}});
        if (row.field != MappedField::User)
            insert(message, "/user_id", Value("somebody"));
        if (!isKind)
            insert(message, key, value);
        return Sent("/2/httpapi",
                    toJson(object({{"api_key", Value("k")}, {"events", Value(Value::Array{message})}})));
    }
    if (protocol == "mixpanel") {
        if (isScreen)
            event = "$mp_web_page_view";
        else if (!row.when.empty())
            event = row.when;
        message = object({{"event", Value(event)}, {"properties", Value(Value::Map{})}});
        if (row.field != MappedField::User)
            insert(message, "/properties/distinct_id", Value("somebody"));
        if (!isKind)
            insert(message, key, value);
        return Sent("/track", toJson(message));
    }
    if (protocol == "countly") {
        std::map<std::string, std::string> parameters{
            {"app_key", "app"}, {"device_id", "somebody"}, {"begin_session", "1"}};
        const Value events(Value::Array{object({{"key", Value(isScreen ? "[CLY]_view" : event)}})});
        if (row.place == MappingPlace::Parameter) {
            parameters[key] = toDisplayText(value);
        } else if (isKind) {
            parameters.erase("begin_session");
            parameters["events"] = toJson(events);
        } else {
            const auto name = key.substr(1, key.find('/', 1) - 1);
            std::string rest = key.substr(name.size() + 1);
            if (name == "events") {
                parameters.erase("begin_session");
                Value each = std::get<Value::Array>(events.data()).front();
                insert(each, rest.substr(2), value);
                parameters[name] = toJson(Value(Value::Array{each}));
            } else {
                if (name == "crash")
                    parameters.erase("begin_session");
                insert(message, rest, value);
                parameters[name] = toJson(message);
            }
        }
        std::string query;
        for (const auto &[name, text] : parameters)
            query += (query.empty() ? "" : "&") + name + "=" + percentEncoded(text);
        return Sent("/i?" + query, "");
    }
    if (protocol == "sentry") {
        message = object({{"message", Value("it broke")}, {"level", Value("error")}});
        insert(message, key, value);
        return Sent("/api/42/store", toJson(message));
    }
    if (protocol == "kuserfeedback") {
        insert(message, key, value);
        return Sent("/receiver/submit/app", toJson(message));
    }
    if (protocol == "file") {
        if (row.field == MappedField::Metric || row.field == MappedField::Value ||
            row.field == MappedField::Unit)
            message = object({{"metric", Value("cpu")}, {"value", Value(1.5)}});
        else if (key == "/stack")
            message = object({{"error", object({{"type", Value("T")}})}});
        else if (row.field != MappedField::Event && row.field != MappedField::ErrorType)
            message = object({{"name", Value(isScreen ? "screen_view" : event)}});
        if (!isKind)
            insert(message, key, value);
        return Sent("jsonlines", toJson(message));
    }
    if (protocol == "mqtt") {
        message = object({{"x", Value(1)}});
        insert(message, key, value);
        MqttBody body("");
        body.add({{}, "plant/a", toJson(message), false});
        return Sent("mqtt", body.take());
    }
    if (protocol == "statsd")
        return Sent("statsd", "m:1|c|#" + key + ":" + std::string(kProbe));
    if (protocol == "prometheus")
        return Sent("/metrics/" + key + "/" + std::string(kProbe), "x 1\n");
    return std::nullopt;
}

std::string attributeJson(const std::string &key, const Value &value)
{
    const bool isNumber = value.as<std::int64_t>() != nullptr;
    return R"({"key":")" + key + R"(","value":{")" + (isNumber ? "intValue" : "stringValue") + R"(":)" +
           (isNumber ? "\"" + toJson(value) + "\"" : toJson(value)) + "}}";
}

std::string otlpFor(const MappingRow &row)
{
    std::string event = row.place == MappingPlace::EventName ? row.key
                        : row.when.empty()                   ? "clicked"
                                                             : row.when;
    if (row.field == MappedField::Event)
        event.clear();
    std::string attributes, resource;
    if (row.place == MappingPlace::Attribute)
        attributes = attributeJson(row.key, valueFor(row.field));
    if (row.place == MappingPlace::Resource)
        resource = attributeJson(row.key, valueFor(row.field));
    if (row.field == MappedField::ErrorStack)
        attributes += "," + attributeJson("exception.type", Value("T"));
    return R"({"resourceLogs":[{"resource":{"attributes":[)" + resource +
           R"(]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"1763625600000000000","eventName":")" + event +
           R"(","attributes":[)" + attributes + "]}]}]}]}";
}

/// What the field of the batch's records says; all of them, as some protocols make several of one message.
std::set<std::string> found(const RecordBatch &batch, MappedField field)
{
    std::set<std::string> texts;
    const auto add = [&](StringId id) { texts.insert(std::string(batch.text(id))); };
    for (const UserJoin &join : batch.joins) {
        if (field == MappedField::OtherUser)
            add(join.alias);
    }
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const Record record = batch.at(row);
        const Origin &origin = batch.origins[record.origin];
        switch (field) {
        case MappedField::Product:
            add(origin.product);
            break;
        case MappedField::Environment:
            add(origin.environment);
            break;
        case MappedField::Release:
            add(origin.release);
            break;
        case MappedField::Os:
            add(origin.os);
            break;
        case MappedField::Device:
            add(origin.device);
            break;
        case MappedField::Country:
            add(origin.country);
            break;
        case MappedField::Scope:
            add(origin.scopeName);
            break;
        case MappedField::ScopeVersion:
            add(origin.scopeVersion);
            break;
        case MappedField::User:
            add(record.user);
            break;
        case MappedField::Session:
            add(record.session);
            break;
        case MappedField::PreviousSession:
            add(record.previousSession);
            break;
        case MappedField::Metric:
        case MappedField::Event:
            add(record.name);
            break;
        case MappedField::Feature:
            add(record.feature);
            break;
        case MappedField::Screen:
            add(record.screen);
            break;
        case MappedField::Dwell:
            texts.insert(std::to_string(record.duration));
            break;
        case MappedField::Duration:
            texts.insert(std::to_string(kArrival.ns - record.time.ns));
            break;
        case MappedField::Time:
            texts.insert(std::to_string(record.time.ns));
            break;
        case MappedField::MessageId:
            texts.insert(std::to_string(batch.messages.size()));
            break;
        case MappedField::Kind:
            texts.insert(std::to_string(static_cast<int>(record.kind)));
            break;
        case MappedField::Value:
            texts.insert(toDisplayText(Value(batch.metrics.at(record.detail).value)));
            break;
        case MappedField::Unit:
            add(batch.metrics.at(record.detail).unit);
            break;
        case MappedField::ErrorType:
            add(batch.errors.at(record.detail).type);
            break;
        case MappedField::ErrorMessage:
            add(batch.errors.at(record.detail).message);
            break;
        case MappedField::ErrorStack:
            add(batch.errors.at(record.detail).stack);
            break;
        case MappedField::OtherUser:
            break;
        }
    }
    return texts;
}

RecordKind kindOf(const std::string &meaning)
{
    if (meaning.starts_with("usage event"))
        return RecordKind::UsageEvent;
    if (meaning == "screen view")
        return RecordKind::ScreenView;
    if (meaning.ends_with("error"))
        return RecordKind::Error;
    if (meaning.find("session") != std::string::npos)
        return RecordKind::SessionBound;
    return RecordKind::Log;
}

std::string expected(const MappingRow &row)
{
    switch (row.field) {
    case MappedField::Kind:
        return std::to_string(static_cast<int>(kindOf(row.meaning)));
    case MappedField::Time:
        return std::to_string(kProbeSeconds * 1'000'000'000);
    case MappedField::Dwell:
        return "1234000000";
    case MappedField::Duration:
        return "10000000000";
    case MappedField::Value:
        return "42.5";
    case MappedField::MessageId:
        return "1";
    default:
        return std::string(kProbe);
    }
}

} // namespace

/// The tables people are shown, held against what the decoders do.
class TestMappingTables final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyProtocolHasOne()
    {
        std::set<std::string> protocols;
        for (const MappingTable &table : builtInMappings()) {
            QVERIFY2(!table.rows.empty(), table.protocol.c_str());
            QVERIFY2(protocols.insert(table.protocol).second, table.protocol.c_str());
        }
        for (const char *protocol :
             {"otlp", "sentry", "posthog", "segment", "aptabase", "countly", "amplitude", "mixpanel",
              "kuserfeedback", "prometheus", "statsd", "mqtt", "file"})
            QVERIFY2(protocols.contains(protocol), protocol);
    }

    /// One row a line that names a key: sent to the real decoder, its value stands in the field the line names.
    void tellsWhatIsDone_data()
    {
        QTest::addColumn<int>("table");
        QTest::addColumn<int>("row");
        int count = 0;
        for (std::size_t t = 0; t < builtInMappings().size(); ++t) {
            const MappingTable &table = builtInMappings()[t];
            for (std::size_t r = 0; r < table.rows.size(); ++r) {
                const MappingRow &row = table.rows[r];
                if (row.place == MappingPlace::Other)
                    continue;
                ++count;
                QTest::addRow("%s: %s from %s%s%s", table.protocol.c_str(),
                              std::string(mappedFieldName(row.field)).c_str(), mappingSource(row).c_str(),
                              row.when.empty() ? "" : " when ", row.when.c_str())
                    << int(t) << int(r);
            }
        }
        QVERIFY(count > 200);
    }
    void tellsWhatIsDone()
    {
        QFETCH(int, table);
        QFETCH(int, row);
        const MappingTable &mapping = builtInMappings()[static_cast<std::size_t>(table)];
        const MappingRow &line = mapping.rows[static_cast<std::size_t>(row)];
        RecordBatch batch;
        if (mapping.protocol == "otlp") {
            DecodeReport report;
            QVERIFY(
                decodeOtlp(OtlpSignal::Logs, OtlpEncoding::Json, otlpFor(line), {kArrival}, batch, report));
        } else {
            const auto sent = requestFor(mapping.protocol, line);
            QVERIFY2(sent, "this test does not know how to send it");
            const auto &[where, body] = *sent;
            const std::string path = where.substr(0, where.find('?'));
            const std::string query =
                where.find('?') == std::string::npos ? "" : where.substr(where.find('?') + 1);
            const HttpRoute *route = routeOf(path, body);
            QVERIFY(route);
            QCOMPARE(std::string(route->protocol).substr(0, mapping.protocol.size()), mapping.protocol);
            ProtocolRequest request;
            request.method = "POST";
            request.path = path;
            request.query = query;
            request.body = body;
            request.arrival = kArrival;
            ProtocolReport report;
            const auto decoded = route->decode(request, batch, report);
            QVERIFY2(decoded, decoded ? "" : decoded.error().message.c_str());
            QCOMPARE(report.rejected, 0U);
        }
        if (line.field == MappedField::Kind &&
            line.place == MappingPlace::Attribute) { // what has this key is an error
            QCOMPARE(batch.kinds.at(0), RecordKind::Error);
            return;
        }
        const std::set<std::string> texts = found(batch, line.field);
        std::string all;
        for (const std::string &text : texts)
            all += " '" + text + "'";
        QVERIFY2(texts.contains(expected(line)), ("found" + all).c_str());
    }
};

QTEST_GUILESS_MAIN(TestMappingTables)
#include "tst_mappingtables.moc"
