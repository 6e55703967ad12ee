// SPDX-License-Identifier: GPL-3.0-or-later
#include "decodehelp.h"

#include <algorithm>
#include <cmath>

namespace telltale::test {
namespace {

QString text(const RecordBatch &batch, StringId id)
{
    const std::string_view bytes = batch.text(id);
    return id == kNoString ? QStringLiteral("-")
                           : QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

/// JavaScript can not tell 1.0 from 1, so both encodings can not be compared otherwise.
Value normalised(const Value &value)
{
    if (const auto *number = value.as<double>()) {
        if (*number == std::trunc(*number) && std::abs(*number) < 9e15)
            return Value(static_cast<std::int64_t>(*number));
    } else if (const auto *array = value.as<Value::Array>()) {
        Value::Array copy;
        for (const Value &element : *array)
            copy.push_back(normalised(element));
        return Value(std::move(copy));
    } else if (const auto *map = value.as<Value::Map>()) {
        Value::Map copy;
        for (const auto &[key, element] : *map)
            copy.emplace_back(key, normalised(element));
        return Value(std::move(copy));
    }
    return value;
}

QString attributesText(const RecordBatch &batch, IndexRange range)
{
    QStringList lines;
    for (const Attribute &attribute : batch.attributesIn(range)) {
        const std::string value = toJson(normalised(batch.valueOf(attribute)));
        const bool isBytes = attribute.type == AttributeType::Bytes;
        lines.append(text(batch, attribute.key) +
                     (isBytes ? QStringLiteral("=bytes:") : QStringLiteral("=")) +
                     QString::fromStdString(value));
    }
    lines.sort();
    return lines.join(QStringLiteral(", "));
}

template<std::size_t N>
QString hex(const std::array<std::uint8_t, N> &id)
{
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(id.data()), N).toHex());
}

template<typename T>
QString list(const std::vector<T> &values)
{
    QStringList texts;
    for (const T &value : values)
        texts.append(QString::number(value));
    return texts.join(QLatin1Char(' '));
}

QString metricText(const RecordBatch &batch, const MetricDetail &m)
{
    QStringList parts{
        QStringLiteral("kind %1 temporality %2 monotonic %3 value %4 %5 integer %6")
            .arg(static_cast<int>(m.kind))
            .arg(static_cast<int>(m.temporality))
            .arg(m.isMonotonic)
            .arg(m.hasValue)
            .arg(m.value, 0, 'g', 17)
            .arg(m.integer),
        QStringLiteral("unit %1 description %2 start %3")
            .arg(text(batch, m.unit), text(batch, m.description))
            .arg(m.start.ns),
        QStringLiteral("count %1 sum %2 %3 min %4 %5 max %6 %7")
            .arg(m.count)
            .arg(m.hasSum)
            .arg(m.sum, 0, 'g', 17)
            .arg(m.hasMinimum)
            .arg(m.minimum, 0, 'g', 17)
            .arg(m.hasMaximum)
            .arg(m.maximum, 0, 'g', 17),
        QStringLiteral("buckets [%1] bounds [%2]").arg(list(m.bucketCounts), list(m.explicitBounds)),
        QStringLiteral("scale %1 zero %2 %3 positive %4 [%5] negative %6 [%7]")
            .arg(m.scale)
            .arg(m.zeroCount)
            .arg(m.zeroThreshold)
            .arg(m.positive.offset)
            .arg(list(m.positive.counts))
            .arg(m.negative.offset)
            .arg(list(m.negative.counts)),
    };
    for (const auto &[quantile, value] : m.quantiles)
        parts.append(QStringLiteral("quantile %1 %2").arg(quantile).arg(value));
    for (const Exemplar &exemplar : m.exemplars) {
        parts.append(QStringLiteral("exemplar %1 %2 %3 %4 {%5}")
                         .arg(exemplar.time.ns)
                         .arg(exemplar.value)
                         .arg(hex(exemplar.trace.traceId), hex(exemplar.trace.spanId),
                              attributesText(batch, exemplar.attributes)));
    }
    return parts.join(QStringLiteral("; "));
}

} // namespace

std::size_t Decoded::count(RecordKind kind) const
{
    return static_cast<std::size_t>(std::count(batch.kinds.begin(), batch.kinds.end(), kind));
}

Decoded decode(OtlpSignal signal, OtlpEncoding encoding, std::string_view body)
{
    Decoded decoded;
    const auto result = decodeOtlp(signal, encoding, body, {kFixtureArrival}, decoded.batch, decoded.report);
    if (!result)
        decoded.error = result.error();
    return decoded;
}

Decoded decode(const Fixture &fixture)
{
    return decode(signalOf(fixture), encodingOf(fixture), *fixture.body());
}

OtlpSignal signalOf(const Fixture &fixture)
{
    if (fixture.path == "/v1/traces")
        return OtlpSignal::Traces;
    return fixture.path == "/v1/metrics" ? OtlpSignal::Metrics : OtlpSignal::Logs;
}

OtlpEncoding encodingOf(const Fixture &fixture)
{
    return fixture.isJson() ? OtlpEncoding::Json : OtlpEncoding::Protobuf;
}

QString describe(const RecordBatch &batch, std::size_t row)
{
    const Record r = batch.at(row);
    const Origin &o = batch.origins.at(r.origin);
    QStringList parts{
        QStringLiteral("kind %1 severity %2 time %3 duration %4")
            .arg(static_cast<int>(r.kind))
            .arg(r.severity)
            .arg(r.time.ns)
            .arg(r.duration),
        QStringLiteral("name %1 feature %2 screen %3 user %4 session %5 previous %6")
            .arg(text(batch, r.name), text(batch, r.feature), text(batch, r.screen), text(batch, r.user),
                 text(batch, r.session), text(batch, r.previousSession)),
        QStringLiteral("{%1}").arg(attributesText(batch, r.attributes)),
        QStringLiteral("origin %1 %2 %3 %4 %5 %6 scope %7 %8 %9")
            .arg(text(batch, o.product), text(batch, o.environment), text(batch, o.release),
                 text(batch, o.os), text(batch, o.device), text(batch, o.country), text(batch, o.scopeName),
                 text(batch, o.scopeVersion), text(batch, o.schemaUrl)),
        QStringLiteral("resource {%1} scope {%2}")
            .arg(attributesText(batch, o.attributes), attributesText(batch, o.scopeAttributes)),
    };
    if (r.trace != kNoIndex)
        parts.append(QStringLiteral("trace %1 %2")
                         .arg(hex(batch.traces.at(r.trace).traceId), hex(batch.traces.at(r.trace).spanId)));
    if (r.kind == RecordKind::Error) {
        const ErrorDetail &e = batch.errors.at(r.detail);
        parts.append(QStringLiteral("error %1 %2 %3 unhandled %4")
                         .arg(text(batch, e.type), text(batch, e.message), text(batch, e.stack))
                         .arg(e.isUnhandled));
    } else if (r.kind == RecordKind::Span) {
        const SpanDetail &s = batch.spans.at(r.detail);
        parts.append(QStringLiteral("span parent %1 kind %2 status %3")
                         .arg(hex(s.parentSpanId))
                         .arg(static_cast<int>(s.kind))
                         .arg(static_cast<int>(s.status)));
    } else if (r.kind == RecordKind::MetricPoint) {
        parts.append(metricText(batch, batch.metrics.at(r.detail)));
    }
    return parts.join(QStringLiteral(" | "));
}

QStringList describe(const RecordBatch &batch)
{
    QStringList lines;
    for (std::size_t row = 0; row < batch.size(); ++row)
        lines.append(describe(batch, row));
    return lines;
}

Value valueOf(const RecordBatch &batch, std::size_t row, std::string_view key)
{
    for (const Attribute &attribute : batch.attributesOf(row)) {
        if (batch.text(attribute.key) == key)
            return batch.valueOf(attribute);
    }
    return {};
}

} // namespace telltale::test
