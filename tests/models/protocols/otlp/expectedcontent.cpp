// SPDX-License-Identifier: GPL-3.0-or-later
#include "decodehelp.h"

#include <QJsonArray>
#include <QSet>

#include <cmath>
#include <map>

// Compares a batch with what the driver of a recording says it put in.
namespace telltale::test {
namespace {

using Texts = std::map<QString, int>;

QString text(const RecordBatch &batch, StringId id)
{
    const std::string_view bytes = batch.text(id);
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

class Comparison
{
public:
    Comparison(const Fixture &fixture, const Decoded &decoded)
        : m_expected(fixture.expected)
        , m_signal(signalOf(fixture))
        , m_decoded(decoded)
        , m_batch(decoded.batch)
    {}

    QStringList run()
    {
        compareCounts();
        compareNames();
        compareWho();
        compareErrors();
        const QJsonArray records = array(QStringLiteral("records"));
        for (qsizetype i = 0; i < records.size(); ++i)
            compareLog(static_cast<std::size_t>(i), records.at(i).toObject());
        const QJsonArray spans = array(QStringLiteral("spans"));
        for (const QJsonValue &span : spans)
            compareSpan(span.toObject());
        const QJsonArray points = array(QStringLiteral("points"));
        for (const QJsonValue &point : points)
            comparePoint(point.toObject());
        compareResource();
        return m_differences;
    }

private:
    QJsonArray array(const QString &key) const { return m_expected.value(key).toArray(); }
    void fail(const QString &what) { m_differences.append(m_place + what); }
    void expect(bool isEqual, const QString &what)
    {
        if (!isEqual)
            fail(what);
    }

    void compareCounts()
    {
        const QJsonObject counts = m_expected.value(QStringLiteral("counts")).toObject();
        const auto compare = [&](const char *key, std::size_t actual) {
            const QJsonValue expected = counts.value(QLatin1String(key));
            if (!expected.isUndefined())
                expect(expected.toInt() == static_cast<int>(actual), QStringLiteral("%1: %2, not %3")
                                                                         .arg(QLatin1String(key))
                                                                         .arg(actual)
                                                                         .arg(expected.toInt()));
        };
        std::size_t named = 0;
        for (const StringId name : m_batch.names)
            named += name != kNoString ? 1 : 0;
        compare("logs", m_batch.size());
        compare("events", named);
        compare("spans", m_decoded.count(RecordKind::Span));
        compare("dataPoints", m_decoded.count(RecordKind::MetricPoint));
        compare("metricsWithoutData", m_decoded.counter("otlp.metric.no_data"));
    }

    Texts expectedTexts(const QString &key) const
    {
        Texts texts;
        const QJsonObject object = m_expected.value(key).toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            texts[it.key()] = it.value().toInt();
        return texts;
    }

    void compareNames()
    {
        if (!m_expected.contains(QStringLiteral("names")))
            return;
        Texts names;
        for (std::size_t row = 0; row < m_batch.size(); ++row) {
            const bool isOfSpanEvent =
                m_signal == OtlpSignal::Traces && m_batch.kinds[row] == RecordKind::Error;
            if (m_batch.names[row] != kNoString && !isOfSpanEvent)
                ++names[text(m_batch, m_batch.names[row])];
        }
        expect(names == expectedTexts(QStringLiteral("names")), QStringLiteral("names differ"));
    }

    void compareWho()
    {
        const auto compare = [&](const QString &key, const std::vector<StringId> &column) {
            QSet<QString> actual;
            for (const StringId id : column)
                actual.insert(text(m_batch, id));
            for (const QJsonValue &one : array(key))
                expect(actual.contains(one.toString()), key + QStringLiteral(" lack ") + one.toString());
        };
        compare(QStringLiteral("sessions"), m_batch.sessions);
        compare(QStringLiteral("users"), m_batch.users);
    }

    void compareErrors()
    {
        if (!m_expected.contains(QStringLiteral("errors")))
            return;
        Texts errors;
        for (const ErrorDetail &error : m_batch.errors)
            ++errors[text(m_batch, error.type)];
        expect(errors == expectedTexts(QStringLiteral("errors")), QStringLiteral("errors differ"));
    }

    static bool isSameNumber(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

    static double numberOf(const Value &value)
    {
        if (const auto *whole = value.as<std::int64_t>())
            return static_cast<double>(*whole);
        const auto *real = value.as<double>();
        return real ? *real : std::nan("");
    }

    static bool isSameSpecial(const QJsonObject &object, const Value &actual)
    {
        const QString key = object.begin().key();
        const QString sent = object.begin().value().toString();
        if (key == QStringLiteral("$int")) {
            const auto *whole = actual.as<std::int64_t>();
            return whole && *whole == sent.toLongLong();
        }
        if (key == QStringLiteral("$bytes")) {
            const auto *bytes = actual.as<Bytes>();
            return bytes && QByteArray::fromStdString(bytes->data) == QByteArray::fromBase64(sent.toLatin1());
        }
        const auto *real = actual.as<double>();
        if (sent == QStringLiteral("NaN"))
            return real && std::isnan(*real);
        if (sent.endsWith(QStringLiteral("Infinity")))
            return real && std::isinf(*real) && std::signbit(*real) == sent.startsWith(QLatin1Char('-'));
        return isSameNumber(numberOf(actual), sent.toDouble());
    }

    static bool isSame(const QJsonValue &expected, const Value &actual)
    {
        if (expected.isNull() || expected.isUndefined())
            return actual.isNull();
        if (expected.isBool())
            return actual.as<bool>() && *actual.as<bool>() == expected.toBool();
        if (expected.isDouble())
            return (actual.as<std::int64_t>() || actual.as<double>()) &&
                   isSameNumber(numberOf(actual), expected.toDouble());
        if (expected.isString())
            return actual.as<std::string>() &&
                   QString::fromStdString(*actual.as<std::string>()) == expected.toString();
        if (expected.isArray()) {
            const auto *list = actual.as<Value::Array>();
            const QJsonArray expectedList = expected.toArray();
            if (!list || static_cast<qsizetype>(list->size()) != expectedList.size())
                return false;
            for (qsizetype i = 0; i < expectedList.size(); ++i) {
                if (!isSame(expectedList.at(i), (*list)[static_cast<std::size_t>(i)]))
                    return false;
            }
            return true;
        }
        const QJsonObject object = expected.toObject();
        if (object.size() == 1 && object.begin().key().startsWith(QLatin1Char('$')))
            return isSameSpecial(object, actual);
        const auto *map = actual.as<Value::Map>();
        if (!map || static_cast<qsizetype>(map->size()) != object.size())
            return false;
        for (const auto &[key, value] : *map) {
            if (!object.contains(QString::fromStdString(key)) ||
                !isSame(object.value(QString::fromStdString(key)), value))
                return false;
        }
        return true;
    }

    Value::Map sentAttributes(IndexRange range) const
    {
        Value::Map map;
        for (const Attribute &attribute : m_batch.attributesIn(range)) {
            if (!fieldkey::isField(m_batch.text(attribute.key)))
                map.emplace_back(std::string(m_batch.text(attribute.key)), m_batch.valueOf(attribute));
        }
        return map;
    }

    /// All of them, or at least those expected where the driver lists only some.
    void compareAttributes(const QJsonObject &expected, const Value::Map &actual, bool isComplete = true)
    {
        for (auto it = expected.begin(); it != expected.end(); ++it) {
            bool isFound = false;
            for (const auto &[key, value] : actual)
                isFound = isFound || (QString::fromStdString(key) == it.key() && isSame(it.value(), value));
            expect(isFound, QStringLiteral("attribute ") + it.key());
        }
        if (isComplete)
            expect(static_cast<qsizetype>(actual.size()) == expected.size(),
                   QStringLiteral("number of attributes"));
    }

    std::uint64_t field(std::size_t row, std::string_view key) const
    {
        const Value value = valueOf(m_batch, row, key);
        const auto *whole = value.as<std::int64_t>();
        return whole ? static_cast<std::uint64_t>(*whole) : 0;
    }

    void compareTrace(std::size_t row, const QJsonObject &expected)
    {
        const TraceContext context =
            m_batch.trace[row] == kNoIndex ? TraceContext{} : m_batch.traces.at(m_batch.trace[row]);
        const auto compare = [&](const QString &key, const QByteArray &id) {
            if (expected.contains(key))
                expect(expected.value(key).toString().toLatin1() == id.toHex(), key);
        };
        compare(QStringLiteral("traceId"),
                QByteArray(reinterpret_cast<const char *>(context.traceId.data()), 16));
        compare(QStringLiteral("spanId"),
                QByteArray(reinterpret_cast<const char *>(context.spanId.data()), 8));
    }

    void compareLog(std::size_t row, const QJsonObject &expected)
    {
        m_place = QStringLiteral("record %1: ").arg(row);
        if (row >= m_batch.size()) {
            fail(QStringLiteral("is missing"));
            return;
        }
        const auto has = [&](const char *key) { return expected.contains(QLatin1String(key)); };
        const auto get = [&](const char *key) { return expected.value(QLatin1String(key)); };
        if (has("eventName"))
            expect(text(m_batch, m_batch.names[row]) == get("eventName").toString(),
                   QStringLiteral("eventName"));
        if (has("severityNumber"))
            expect(m_batch.severities[row] == get("severityNumber").toInt(),
                   QStringLiteral("severityNumber"));
        if (has("severityText"))
            expect(isSame(get("severityText"), valueOf(m_batch, row, fieldkey::kSeverityText)),
                   QStringLiteral("severityText"));
        const Value body = valueOf(m_batch, row, fieldkey::kBody);
        if (has("body"))
            expect(isSame(get("body"), body), QStringLiteral("body"));
        if (has("bodyLength"))
            expect(body.as<std::string>() &&
                       static_cast<int>(body.as<std::string>()->size()) == get("bodyLength").toInt() &&
                       body.as<std::string>()->find_first_not_of(get("bodyChar").toString().toStdString()) ==
                           std::string::npos,
                   QStringLiteral("long body"));
        const Value::Map attributes = sentAttributes(m_batch.attributeRanges[row]);
        if (has("attributes"))
            compareAttributes(get("attributes").toObject(), attributes, !has("note") && !has("exception"));
        if (has("attributesKept"))
            expect(static_cast<int>(attributes.size()) == get("attributesKept").toInt(),
                   QStringLiteral("attributesKept"));
        if (has("longKeyLength"))
            expect(std::any_of(attributes.begin(), attributes.end(),
                               [&](const auto &pair) {
                                   return static_cast<int>(pair.first.size()) == get("longKeyLength").toInt();
                               }),
                   QStringLiteral("long key"));
        if (has("attributeLongRepeat")) {
            const QJsonArray repeat = get("attributeLongRepeat").toArray();
            const std::string whole = repeat.at(0).toString().repeated(repeat.at(1).toInt()).toStdString();
            expect(std::any_of(attributes.begin(), attributes.end(),
                               [&](const auto &pair) { return pair.second == Value(whole); }),
                   QStringLiteral("long attribute"));
        }
        if (has("droppedAttributesCount"))
            expect(static_cast<int>(field(row, fieldkey::kDropped)) == get("droppedAttributesCount").toInt(),
                   QStringLiteral("droppedAttributesCount"));
        if (has("flags"))
            expect(static_cast<int>(field(row, fieldkey::kFlags)) == get("flags").toInt(),
                   QStringLiteral("flags"));
        compareTimes(row, expected);
        compareTrace(row, expected);
        if (has("exception"))
            expect(m_batch.kinds[row] == RecordKind::Error, QStringLiteral("is no error"));
    }

    void compareTimes(std::size_t row, const QJsonObject &expected)
    {
        const auto sentTime = [&](const char *key) {
            return expected.value(QLatin1String(key)).toString().toLongLong();
        };
        if (!expected.contains(QStringLiteral("timeUnixNano")))
            return;
        const std::int64_t time = sentTime("timeUnixNano");
        const std::int64_t observed = sentTime("observedTimeUnixNano");
        const std::int64_t kept = time != 0 ? time : observed != 0 ? observed : kFixtureArrival.ns;
        expect(m_batch.times[row].ns == kept, QStringLiteral("timeUnixNano"));
        if (observed != 0 && time != 0 && observed != time)
            expect(static_cast<std::int64_t>(field(row, fieldkey::kObservedTime)) == observed,
                   QStringLiteral("observedTimeUnixNano"));
    }

    void compareSpan(const QJsonObject &expected)
    {
        const QString name = expected.value(QStringLiteral("name")).toString();
        m_place = QStringLiteral("span %1: ").arg(name);
        std::size_t row = 0;
        while (row < m_batch.size() &&
               !(m_batch.kinds[row] == RecordKind::Span && text(m_batch, m_batch.names[row]) == name))
            ++row;
        if (row == m_batch.size()) {
            fail(QStringLiteral("is missing"));
            return;
        }
        const auto has = [&](const char *key) { return expected.contains(QLatin1String(key)); };
        const auto get = [&](const char *key) { return expected.value(QLatin1String(key)); };
        const SpanDetail &detail = m_batch.spans.at(m_batch.detail[row]);
        compareTrace(row, expected);
        if (has("kind"))
            expect(static_cast<int>(detail.kind) == get("kind").toInt(), QStringLiteral("kind"));
        if (has("parentSpanId")) {
            const QByteArray parent(reinterpret_cast<const char *>(detail.parentSpanId.data()), 8);
            const QByteArray sent = get("parentSpanId").toString().toLatin1();
            expect(parent.toHex() == (sent.isEmpty() ? QByteArray(16, '0') : sent),
                   QStringLiteral("parentSpanId"));
        }
        if (has("startTimeUnixNano")) {
            const std::int64_t start = get("startTimeUnixNano").toString().toLongLong();
            expect(m_batch.times[row].ns == start, QStringLiteral("start"));
            expect(m_batch.durations[row] == get("endTimeUnixNano").toString().toLongLong() - start,
                   QStringLiteral("duration"));
        }
        const Value::Map attributes = sentAttributes(m_batch.attributeRanges[row]);
        if (has("attributes"))
            compareAttributes(get("attributes").toObject(), attributes);
        if (has("status")) {
            const QJsonObject status = get("status").toObject();
            expect(static_cast<int>(detail.status) == status.value(QStringLiteral("code")).toInt(),
                   QStringLiteral("status"));
            expect(isSame(status.value(QStringLiteral("message")),
                          valueOf(m_batch, row, fieldkey::kStatusMessage)),
                   QStringLiteral("status message"));
        }
        if (has("traceState"))
            expect(isSame(get("traceState"), valueOf(m_batch, row, fieldkey::kTraceState)),
                   QStringLiteral("traceState"));
        if (has("events"))
            compareParts(get("events").toArray(), valueOf(m_batch, row, fieldkey::kEvents),
                         {{"name", "name"}, {"time", "timeUnixNano"}, {"attributes", "attributes"}});
        if (has("links"))
            compareParts(get("links").toArray(), valueOf(m_batch, row, fieldkey::kLinks),
                         {{"trace_id", "traceId"},
                          {"span_id", "spanId"},
                          {"trace_state", "traceState"},
                          {"attributes", "attributes"}});
        const auto compareCount = [&](const char *key, std::uint64_t actual) {
            if (has(key))
                expect(static_cast<int>(actual) == get(key).toInt(), QLatin1String(key));
        };
        compareCount("attributesKept", attributes.size());
        compareCount("droppedAttributesCount", field(row, fieldkey::kDropped));
        compareCount("droppedEventsCount", field(row, fieldkey::kDroppedEvents));
        compareCount("droppedLinksCount", field(row, fieldkey::kDroppedLinks));
        const auto size = [&](std::string_view key) {
            const Value value = valueOf(m_batch, row, key);
            return value.as<Value::Array>() ? value.as<Value::Array>()->size() : 0;
        };
        compareCount("eventsKept", size(fieldkey::kEvents));
        compareCount("linksKept", size(fieldkey::kLinks));
    }

    /// Events or links; `keys` are (our key, the driver's key). What is empty is left out of ours.
    void compareParts(const QJsonArray &expected, const Value &actual,
                      const QList<QPair<const char *, const char *>> &keys)
    {
        const auto *parts = actual.as<Value::Array>();
        const std::size_t count = parts ? parts->size() : 0;
        expect(static_cast<qsizetype>(count) == expected.size(), QStringLiteral("number of events or links"));
        for (std::size_t i = 0; i < count && static_cast<qsizetype>(i) < expected.size(); ++i) {
            const QJsonObject one = expected.at(static_cast<qsizetype>(i)).toObject();
            const auto *map = (*parts)[i].as<Value::Map>();
            for (const auto &[ours, theirs] : keys) {
                Value value;
                for (const auto &[key, element] : *map) {
                    if (key == ours)
                        value = element;
                }
                QJsonValue sent = one.value(QLatin1String(theirs));
                if (const auto *time = value.as<std::int64_t>())
                    value = Value(std::to_string(*time));
                const bool isEmpty = (sent.isString() && sent.toString().isEmpty()) ||
                                     (sent.isObject() && sent.toObject().isEmpty());
                if (isEmpty)
                    sent = QJsonValue();
                if (const auto *attributes = value.as<Value::Map>()) {
                    // The SDK adds the stack trace, which the driver does not list.
                    const bool isException =
                        one.value(QStringLiteral("name")).toString() == QStringLiteral("exception");
                    compareAttributes(sent.toObject(), *attributes, !isException);
                    continue;
                }
                expect(isSame(sent, value),
                       QStringLiteral("event or link %1: %2").arg(i).arg(QLatin1String(ours)));
            }
        }
    }

    void comparePoint(const QJsonObject &expected)
    {
        const QString name = expected.value(QStringLiteral("metric")).toString();
        const QJsonObject attributes = expected.value(QStringLiteral("attributes")).toObject();
        m_place = QStringLiteral("point of %1: ").arg(name);
        // Points come grouped by metric, in the expected content they need not be.
        for (std::size_t row = 0; row < m_batch.size(); ++row) {
            if (text(m_batch, m_batch.names[row]) != name || m_used.contains(row))
                continue;
            const QStringList before = m_differences;
            compareAttributes(attributes, sentAttributes(m_batch.attributeRanges[row]));
            const bool isIt = m_differences == before;
            m_differences = before;
            if (!isIt)
                continue;
            m_used.insert(row);
            compareDetail(expected, m_batch.metrics.at(m_batch.detail[row]));
            return;
        }
        fail(QStringLiteral("is missing"));
    }

    template<typename T>
    void compareNumbers(const QString &what, const QJsonArray &expected, const std::vector<T> &actual)
    {
        bool isEqual = expected.size() == static_cast<qsizetype>(actual.size());
        for (std::size_t i = 0; isEqual && i < actual.size(); ++i)
            isEqual = isSameNumber(expected.at(static_cast<qsizetype>(i)).toDouble(),
                                   static_cast<double>(actual[i]));
        expect(isEqual, what);
    }

    void compareDetail(const QJsonObject &expected, const MetricDetail &detail)
    {
        static const QStringList kKinds{QString(),
                                        QStringLiteral("gauge"),
                                        QStringLiteral("sum"),
                                        QStringLiteral("histogram"),
                                        QStringLiteral("exponentialHistogram"),
                                        QStringLiteral("summary")};
        const auto has = [&](const char *key) { return expected.contains(QLatin1String(key)); };
        const auto get = [&](const char *key) { return expected.value(QLatin1String(key)); };
        const auto compare = [&](const char *key, double actual, bool isThere = true) {
            if (has(key))
                expect(isThere && isSameNumber(get(key).toDouble(), actual), QLatin1String(key));
        };
        expect(kKinds.value(static_cast<int>(detail.kind)) == get("type").toString(), QStringLiteral("type"));
        compare("temporality", static_cast<double>(detail.temporality));
        if (has("monotonic"))
            expect(detail.isMonotonic == get("monotonic").toBool(), QStringLiteral("monotonic"));
        compare("value", detail.value, detail.hasValue);
        if (has("valueInt"))
            expect(detail.isInteger && detail.integer == get("valueInt").toString().toLongLong(),
                   QStringLiteral("valueInt"));
        expect(detail.hasValue == !get("noRecordedValue").toBool(), QStringLiteral("has a value"));
        compare("count", static_cast<double>(detail.count));
        compare("sum", detail.sum, detail.hasSum);
        compare("min", detail.minimum, detail.hasMinimum);
        compare("max", detail.maximum, detail.hasMaximum);
        compare("scale", detail.scale);
        compare("zeroCount", static_cast<double>(detail.zeroCount));
        compare("zeroThreshold", detail.zeroThreshold);
        if (has("bucketCounts"))
            compareNumbers(QStringLiteral("bucketCounts"), get("bucketCounts").toArray(),
                           detail.bucketCounts);
        if (has("explicitBounds"))
            compareNumbers(QStringLiteral("explicitBounds"), get("explicitBounds").toArray(),
                           detail.explicitBounds);
        compareExponential(get("positive"), detail.positive);
        compareExponential(get("negative"), detail.negative);
        if (has("measurements"))
            compareMeasurements(get("measurements").toArray(), detail);
        const QJsonArray quantiles = get("quantiles").toArray();
        expect(quantiles.size() == static_cast<qsizetype>(detail.quantiles.size()),
               QStringLiteral("quantiles"));
        for (qsizetype i = 0; i < quantiles.size() && i < static_cast<qsizetype>(detail.quantiles.size());
             ++i) {
            const auto &[quantile, value] = detail.quantiles[static_cast<std::size_t>(i)];
            expect(quantiles.at(i).toArray().at(0).toDouble() == quantile &&
                       quantiles.at(i).toArray().at(1).toDouble() == value,
                   QStringLiteral("quantile %1").arg(i));
        }
        compareExemplars(get("exemplars").toArray(), detail);
        if (has("startTimeUnixNano"))
            expect(detail.start.ns == get("startTimeUnixNano").toString().toLongLong(),
                   QStringLiteral("start"));
    }

    void compareExponential(const QJsonValue &expected, const ExponentialBuckets &actual)
    {
        if (!expected.isObject())
            return;
        expect(expected.toObject().value(QStringLiteral("offset")).toInt() == actual.offset,
               QStringLiteral("offset"));
        compareNumbers(QStringLiteral("exponential buckets"),
                       expected.toObject().value(QStringLiteral("bucketCounts")).toArray(), actual.counts);
    }

    /// The driver tells what it measured: each measurement must lie in its bucket.
    void compareMeasurements(const QJsonArray &measurements, const MetricDetail &detail)
    {
        const double base = std::exp2(std::exp2(-detail.scale));
        std::map<std::int64_t, std::uint64_t> counts;
        for (const QJsonValue &measurement : measurements) {
            if (measurement.toDouble() > 0)
                ++counts[static_cast<std::int64_t>(
                             std::ceil(std::log(measurement.toDouble()) / std::log(base))) -
                         1];
        }
        std::map<std::int64_t, std::uint64_t> actual;
        for (std::size_t i = 0; i < detail.positive.counts.size(); ++i) {
            if (detail.positive.counts[i] != 0)
                actual[detail.positive.offset + static_cast<std::int64_t>(i)] = detail.positive.counts[i];
        }
        expect(counts == actual, QStringLiteral("buckets of the measurements"));
    }

    void compareExemplars(const QJsonArray &expected, const MetricDetail &detail)
    {
        expect(expected.size() == static_cast<qsizetype>(detail.exemplars.size()),
               QStringLiteral("exemplars"));
        for (qsizetype i = 0; i < expected.size() && i < static_cast<qsizetype>(detail.exemplars.size());
             ++i) {
            const QJsonObject one = expected.at(i).toObject();
            const Exemplar &exemplar = detail.exemplars[static_cast<std::size_t>(i)];
            expect(one.value(QStringLiteral("value")).toDouble() == exemplar.value,
                   QStringLiteral("exemplar's value"));
            const QByteArray traceId(reinterpret_cast<const char *>(exemplar.trace.traceId.data()), 16);
            if (one.contains(QStringLiteral("traceId")))
                expect(one.value(QStringLiteral("traceId")).toString().toLatin1() == traceId.toHex(),
                       QStringLiteral("exemplar's trace"));
            compareAttributes(one.value(QStringLiteral("filteredAttributes")).toObject(),
                              sentAttributes(exemplar.attributes));
        }
    }

    void compareResource()
    {
        m_place = QStringLiteral("resource: ");
        if (m_expected.contains(QStringLiteral("resource")) && !m_batch.origins.empty())
            compareAttributes(m_expected.value(QStringLiteral("resource")).toObject(),
                              sentAttributes(m_batch.origins[0].attributes), false);
        if (m_expected.contains(QStringLiteral("service"))) {
            expect(text(m_batch, m_batch.origins.at(0).product) ==
                       m_expected.value(QStringLiteral("service")).toString(),
                   QStringLiteral("product"));
            expect(text(m_batch, m_batch.origins.at(0).release) ==
                       m_expected.value(QStringLiteral("version")).toString(),
                   QStringLiteral("release"));
        }
    }

    QJsonObject m_expected;
    OtlpSignal m_signal;
    const Decoded &m_decoded;
    const RecordBatch &m_batch;
    QStringList m_differences;
    QString m_place;
    QSet<std::size_t> m_used;
};

} // namespace

QStringList differences(const Fixture &fixture, const Decoded &decoded)
{
    return Comparison(fixture, decoded).run();
}

} // namespace telltale::test
