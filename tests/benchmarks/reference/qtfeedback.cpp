// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/reference/qtanalytics.h"
#include "tests/benchmarks/reference/qtreading.h"

#include <QJsonDocument>

namespace telltale::test {
namespace {

using Key = QLatin1String;

/// Numbers, and ratios by their part.
void addPoints(const PlainRecord &base, const QString &source, const QJsonObject &values, QList<PlainRecord> &records)
{
    for (auto at = values.begin(); at != values.end(); ++at) {
        const QJsonValue value = at.value();
        const QJsonValue number = value.isObject() ? value.toObject().value(Key("property")) : value;
        if (!number.isDouble())
            continue;
        PlainRecord point = base;
        point.kind = RecordKind::MetricPoint;
        point.name = source;
        if (value.isObject())
            point.attributes.append({QStringLiteral("key"), at.key()});
        else if (at.key() != Key("value"))
            point.name += QLatin1Char('.') + at.key();
        point.value = number.toDouble();
        point.unit = source == Key("usageTime") ? QStringLiteral("s") : value.isObject() ? QStringLiteral("1") : QString();
        records.append(point);
    }
}

} // namespace

bool readKUserFeedback(const PlainRequest &request, QList<PlainRecord> &records)
{
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    if (!document.isObject())
        return false;
    const QJsonObject sources = document.object();
    if (sources.isEmpty())
        return true;
    PlainRecord record;
    PlainOrigin &origin = record.origin;
    origin.product = QString::fromUtf8(QByteArray::fromPercentEncoding(request.path.mid(request.path.lastIndexOf('/') + 1)));
    origin.release = textOf(sources.value(Key("applicationVersion")).toObject().value(Key("value")));
    origin.os = textOf(sources.value(Key("platform")).toObject().value(Key("os")));
    origin.device = textOf(sources.value(Key("cpu")).toObject().value(Key("architecture")));
    origin.country = textOf(sources.value(Key("locale")).toObject().value(Key("region")));
    origin.scopeName = QStringLiteral("KUserFeedback");
    origin.scopeVersion = QString::fromUtf8(request.userAgent.mid(request.userAgent.indexOf('/') + 1));
    record.session = QStringLiteral("kuserfeedback-%1").arg(qHash(request.body, static_cast<size_t>(request.arrival)), 16, 16,
                                                            QLatin1Char('0'));
    PlainRecord bound = record;
    bound.kind = RecordKind::SessionBound;
    bound.name = QStringLiteral("session.start");
    const double seconds = sources.value(Key("usageTime")).toObject().value(Key("value")).toDouble();
    bound.time = request.arrival - static_cast<qint64>(seconds * 1e9);
    addAttributes(bound.attributes, sources);
    records.append(bound);
    bound.name = QStringLiteral("session.end");
    bound.time = request.arrival;
    records.append(bound);
    record.time = request.arrival;
    for (auto at = sources.begin(); at != sources.end(); ++at) {
        if (at.value().isObject())
            addPoints(record, at.key(), at.value().toObject(), records);
    }
    return true;
}

} // namespace telltale::test
