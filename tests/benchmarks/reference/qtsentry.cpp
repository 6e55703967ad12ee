// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/reference/qtanalytics.h"
#include "tests/benchmarks/reference/qtreading.h"

#include <QHash>
#include <QJsonDocument>

namespace telltale::test {
namespace {

using Key = QLatin1String;

/// Reads one envelope, or an event of the old store endpoint.
class SentryReader
{
public:
    SentryReader(const PlainRequest &request, QList<PlainRecord> &records)
        : m_request(request)
        , m_records(records)
    {
        m_project = QString::fromUtf8(request.path.split('/').value(2));
    }
    bool read();

private:
    void readHeader(const QJsonObject &header);
    void readItem(const QJsonObject &header, const QByteArray &payload);
    void addEvent(const QJsonObject &event);
    void addTransaction(const QJsonObject &event);
    void addSession(const QJsonObject &session);
    void addSessionCounts(const QJsonObject &sessions);
    void addFeedback(const QJsonObject &event);
    void addAttachment(const QJsonObject &header, qsizetype size);
    void addTyped(const QString &type, const QJsonObject &item);
    PlainOrigin originOf(QString release, const QString &environment) const;
    PlainRecord eventRecord(const QJsonObject &event) const;
    bool setTimes(PlainRecord &record, const QJsonObject &span) const;

    const PlainRequest &m_request;
    QList<PlainRecord> &m_records;
    QString m_project, m_release, m_environment, m_sdkName, m_sdkVersion, m_eventId;
    qint64 m_sentAt = 0;
};

quint8 severityOf(const QString &level)
{
    static const QHash<QString, quint8> kLevels{
        {QStringLiteral("trace"), 1},    {QStringLiteral("debug"), 5},  {QStringLiteral("log"), 9},
        {QStringLiteral("info"), 9},     {QStringLiteral("warn"), 13},  {QStringLiteral("warning"), 13},
        {QStringLiteral("error"), 17},   {QStringLiteral("fatal"), 21}, {QStringLiteral("critical"), 21}};
    return kLevels.value(level, 0);
}

bool SentryReader::read()
{
    if (m_request.path.endsWith("/store") || m_request.path.endsWith("/store/")) {
        const QJsonDocument document = QJsonDocument::fromJson(m_request.body);
        readHeader(document.object());
        addEvent(document.object());
        return document.isObject();
    }
    qsizetype at = 0;
    const auto takeLine = [&] {
        const qsizetype end = m_request.body.indexOf('\n', at);
        const QByteArray line = m_request.body.mid(at, end < 0 ? -1 : end - at);
        at = end < 0 ? m_request.body.size() : end + 1;
        return line;
    };
    const QJsonDocument header = QJsonDocument::fromJson(takeLine());
    if (!header.isObject())
        return false;
    readHeader(header.object());
    while (at < m_request.body.size()) {
        const QByteArray line = takeLine();
        if (line.isEmpty())
            continue;
        const QJsonObject item = QJsonDocument::fromJson(line).object();
        const QJsonValue length = item.value(Key("length"));
        QByteArray payload;
        if (length.isDouble()) {
            payload = m_request.body.mid(at, length.toInteger());
            at += payload.size() + 1;
        } else {
            payload = takeLine();
        }
        readItem(item, payload);
    }
    return true;
}

void SentryReader::readHeader(const QJsonObject &header)
{
    const QJsonObject sdk = header.value(Key("sdk")).toObject(), trace = header.value(Key("trace")).toObject();
    m_eventId = textOf(header.value(Key("event_id")));
    m_sdkName = textOf(sdk.value(Key("name")));
    m_sdkVersion = textOf(sdk.value(Key("version")));
    m_release = textOf(trace.value(Key("release")));
    m_environment = textOf(trace.value(Key("environment")));
    m_sentAt = timeOf(header.value(Key("sent_at")), m_request.arrival);
}

void SentryReader::readItem(const QJsonObject &header, const QByteArray &payload)
{
    const QString type = textOf(header.value(Key("type")));
    if (type == Key("attachment"))
        return addAttachment(header, payload.size());
    const QJsonObject item = QJsonDocument::fromJson(payload).object();
    if (type == Key("event"))
        return addEvent(item);
    if (type == Key("transaction"))
        return addTransaction(item);
    if (type == Key("session"))
        return addSession(item);
    if (type == Key("sessions"))
        return addSessionCounts(item);
    if (type == Key("feedback"))
        return addFeedback(item);
    const QJsonArray items = item.value(Key("items")).toArray();
    for (const QJsonValue &each : items)
        addTyped(type, each.toObject());
}

PlainOrigin SentryReader::originOf(QString release, const QString &environment) const
{
    PlainOrigin origin;
    if (release.isEmpty())
        release = m_release;
    const qsizetype at = release.lastIndexOf(QLatin1Char('@'));
    origin.product = at > 0 ? release.left(at) : QLatin1String("project ") + m_project;
    origin.release = release.mid(at + 1);
    origin.environment = environment.isEmpty() ? m_environment : environment;
    origin.scopeName = m_sdkName;
    origin.scopeVersion = m_sdkVersion;
    return origin;
}

PlainRecord SentryReader::eventRecord(const QJsonObject &event) const
{
    PlainRecord record;
    const QJsonObject contexts = event.value(Key("contexts")).toObject();
    const QJsonObject trace = contexts.value(Key("trace")).toObject();
    record.origin = originOf(textOf(event.value(Key("release"))), textOf(event.value(Key("environment"))));
    record.origin.os = textOf(contexts.value(Key("os")).toObject().value(Key("name")));
    record.origin.device = firstText(contexts.value(Key("device")).toObject(), {Key("model"), Key("name")});
    record.user = firstText(event.value(Key("user")).toObject(),
                            {Key("id"), Key("username"), Key("email"), Key("ip_address")});
    record.time = timeOf(event.value(Key("timestamp")), m_request.arrival);
    record.traceId = textOf(trace.value(Key("trace_id")));
    record.spanId = textOf(trace.value(Key("span_id")));
    record.severity = severityOf(textOf(event.value(Key("level"))));
    record.messageId = m_project + textOf(event.value(Key("event_id")));
    addAttributes(record.attributes, event.value(Key("tags")).toObject());
    for (const Key name : {Key("contexts"), Key("extra"), Key("breadcrumbs"), Key("request"), Key("modules"),
                           Key("fingerprint"), Key("user"), Key("transaction"), Key("server_name"), Key("logger"),
                           Key("platform"), Key("dist"), Key("measurements"), Key("event_id")})
        addAttribute(record.attributes, Key("sentry.") + name, event.value(name));
    return record;
}

void SentryReader::addEvent(const QJsonObject &event)
{
    PlainRecord record = eventRecord(event);
    QJsonValue list = event.value(Key("exception"));
    const QJsonArray exceptions = list.isObject() ? list.toObject().value(Key("values")).toArray() : list.toArray();
    QString message = textOf(event.value(Key("message")));
    if (message.isEmpty())
        message = firstText(event.value(Key("logentry")).toObject(), {Key("formatted"), Key("message")});
    const QJsonObject last = exceptions.isEmpty() ? QJsonObject() : exceptions.last().toObject();
    const QString type = textOf(last.value(Key("type")));
    if (type.isEmpty() && (exceptions.isEmpty() || !message.isEmpty() || record.severity != 0) && record.severity < 17) {
        record.name = textOf(event.value(Key("logger")));
        if (record.severity == 0)
            record.severity = 9;
        record.attributes.append({QStringLiteral("body"), message});
        m_records.append(record);
        return;
    }
    record.kind = RecordKind::Error;
    record.errorType = type.isEmpty() ? QStringLiteral("Error") : type;
    record.errorMessage = textOf(last.value(Key("value")));
    if (record.errorMessage.isEmpty())
        record.errorMessage = message;
    for (qsizetype i = exceptions.size() - 1; i >= 0; --i) {
        const QJsonObject each = exceptions.at(i).toObject();
        if (!record.errorStack.isEmpty())
            record.errorStack += QLatin1String("\nCaused by: ");
        record.errorStack += stackOf(textOf(each.value(Key("type"))), textOf(each.value(Key("value"))),
                                     each.value(Key("stacktrace")).toObject().value(Key("frames")).toArray());
    }
    if (record.severity == 0)
        record.severity = 17;
    record.isUnhandled = !last.value(Key("mechanism")).toObject().value(Key("handled")).toBool(true);
    const QJsonArray fingerprint = event.value(Key("fingerprint")).toArray();
    for (const QJsonValue &part : fingerprint)
        record.fingerprint += textOf(part) + QLatin1Char('\x1f');
    m_records.append(record);
}

bool SentryReader::setTimes(PlainRecord &record, const QJsonObject &span) const
{
    const qint64 start = timeOf(span.value(Key("start_timestamp")), 0);
    qint64 end = timeOf(span.value(Key("timestamp")), 0);
    if (end == 0)
        end = timeOf(span.value(Key("end_timestamp")), 0);
    record.time = start;
    record.duration = end >= start ? end - start : 0;
    return start != 0;
}

void SentryReader::addTransaction(const QJsonObject &event)
{
    PlainRecord root = eventRecord(event);
    const QJsonObject trace = event.value(Key("contexts")).toObject().value(Key("trace")).toObject();
    root.kind = RecordKind::Span;
    root.severity = 0;
    root.name = textOf(event.value(Key("transaction")));
    root.attributes.append({QStringLiteral("sentry.op"), textOf(trace.value(Key("op")))});
    addAttributes(root.attributes, trace.value(Key("data")).toObject());
    root.parentSpanId = textOf(trace.value(Key("parent_span_id")));
    root.status = textOf(trace.value(Key("status")));
    if (!setTimes(root, event))
        return;
    m_records.append(root);
    const QJsonArray spans = event.value(Key("spans")).toArray();
    for (const QJsonValue &each : spans) {
        const QJsonObject span = each.toObject();
        PlainRecord record;
        record.kind = RecordKind::Span;
        record.origin = root.origin;
        record.user = root.user;
        record.name = firstText(span, {Key("description"), Key("op")});
        record.traceId = textOf(span.value(Key("trace_id")));
        record.spanId = textOf(span.value(Key("span_id")));
        record.parentSpanId = textOf(span.value(Key("parent_span_id")));
        record.status = textOf(span.value(Key("status")));
        addAttributes(record.attributes, span.value(Key("data")).toObject());
        addAttribute(record.attributes, QStringLiteral("sentry.op"), span.value(Key("op")));
        addAttributes(record.attributes, span.value(Key("tags")).toObject());
        if (setTimes(record, span))
            m_records.append(record);
    }
}

void SentryReader::addSession(const QJsonObject &session)
{
    const QJsonObject attributes = session.value(Key("attrs")).toObject();
    PlainRecord bound;
    bound.kind = RecordKind::SessionBound;
    bound.origin = originOf(textOf(attributes.value(Key("release"))), textOf(attributes.value(Key("environment"))));
    bound.session = textOf(session.value(Key("sid")));
    bound.user = textOf(session.value(Key("did")));
    addAttributes(bound.attributes, session);
    const bool isInit = session.value(Key("init")).toBool();
    const QString status = textOf(session.value(Key("status")));
    if (isInit) {
        bound.name = QStringLiteral("session.start");
        bound.time = timeOf(session.value(Key("started")), m_request.arrival);
        m_records.append(bound);
    }
    bound.time = timeOf(session.value(Key("timestamp")), m_request.arrival);
    if (!status.isEmpty() && status != Key("ok")) {
        bound.name = QStringLiteral("session.end");
        m_records.append(bound);
    } else if (!isInit) {
        bound.kind = RecordKind::Log;
        bound.name = QStringLiteral("session.update");
        m_records.append(bound);
    }
}

void SentryReader::addSessionCounts(const QJsonObject &sessions)
{
    const QJsonObject attributes = sessions.value(Key("attrs")).toObject();
    const QJsonArray aggregates = sessions.value(Key("aggregates")).toArray();
    for (const QJsonValue &each : aggregates) {
        const QJsonObject aggregate = each.toObject();
        for (const Key state : {Key("exited"), Key("errored"), Key("abnormal"), Key("crashed")}) {
            const QJsonValue count = aggregate.value(state);
            if (!count.isDouble())
                continue;
            PlainRecord point;
            point.kind = RecordKind::MetricPoint;
            point.origin = originOf(textOf(attributes.value(Key("release"))), textOf(attributes.value(Key("environment"))));
            point.name = Key("sentry.sessions.") + state;
            point.time = timeOf(aggregate.value(Key("started")), m_request.arrival);
            point.user = textOf(aggregate.value(Key("did")));
            point.value = count.toDouble();
            point.unit = QStringLiteral("{session}");
            m_records.append(point);
        }
    }
}

void SentryReader::addFeedback(const QJsonObject &event)
{
    const QJsonObject feedback = event.value(Key("contexts")).toObject().value(Key("feedback")).toObject();
    PlainRecord record;
    record.name = QStringLiteral("feedback");
    record.severity = 9;
    record.origin = originOf(textOf(event.value(Key("release"))), textOf(event.value(Key("environment"))));
    record.time = timeOf(event.value(Key("timestamp")), m_request.arrival);
    record.user = firstText(event.value(Key("user")).toObject(), {Key("id"), Key("username"), Key("email")});
    addAttributes(record.attributes, feedback);
    record.attributes.append({QStringLiteral("body"), firstText(feedback, {Key("message"), Key("comments")})});
    record.messageId = m_project + textOf(event.value(Key("event_id")));
    m_records.append(record);
}

void SentryReader::addAttachment(const QJsonObject &header, qsizetype size)
{
    PlainRecord record;
    record.name = QStringLiteral("attachment");
    record.origin = originOf({}, {});
    record.time = m_sentAt;
    addAttributes(record.attributes, header);
    record.attributes.append({QStringLiteral("size"), size});
    record.attributes.append({QStringLiteral("sentry.event_id"), m_eventId});
    record.messageId = m_eventId + textOf(header.value(Key("filename")));
    m_records.append(record);
}

/// Of a container: {"key":{"value":1,"type":"integer"}} are its attributes.
void SentryReader::addTyped(const QString &type, const QJsonObject &item)
{
    const QJsonObject attributes = item.value(Key("attributes")).toObject();
    const auto typed = [&](Key key) { return textOf(attributes.value(key).toObject().value(Key("value"))); };
    PlainRecord record;
    for (auto at = attributes.begin(); at != attributes.end(); ++at)
        addAttribute(record.attributes, at.key(), at.value().toObject().value(Key("value")));
    record.user = typed(Key("user.id"));
    if (record.user.isEmpty())
        record.user = typed(Key("user.name"));
    record.traceId = textOf(item.value(Key("trace_id")));
    record.spanId = textOf(item.value(Key("span_id")));
    record.time = timeOf(item.value(Key("timestamp")), m_request.arrival);
    record.origin = originOf(typed(Key("sentry.release")), typed(Key("sentry.environment")));
    record.origin.os = typed(Key("os.name"));
    record.origin.device = typed(Key("device.model"));
    record.name = textOf(item.value(Key("name")));
    if (type == Key("span")) {
        record.kind = RecordKind::Span;
        record.parentSpanId = textOf(item.value(Key("parent_span_id")));
        record.status = textOf(item.value(Key("status")));
        record.messageId = record.traceId + record.spanId;
        if (!setTimes(record, item))
            return;
    } else if (type == Key("trace_metric")) {
        record.kind = RecordKind::MetricPoint;
        record.value = item.value(Key("value")).toDouble();
        record.unit = textOf(item.value(Key("unit")));
    } else {
        record.severity = severityOf(textOf(item.value(Key("level"))));
        record.attributes.append({QStringLiteral("body"), textOf(item.value(Key("body")))});
    }
    m_records.append(record);
}

} // namespace

bool readSentry(const PlainRequest &request, QList<PlainRecord> &records)
{
    return SentryReader(request, records).read();
}

} // namespace telltale::test
