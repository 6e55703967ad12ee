// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/reference/qtreading.h"

#include <QDateTime>
#include <QJsonDocument>

namespace telltale::test {

QString textOf(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (!value.isDouble())
        return {};
    const QVariant number = value.toVariant();
    return number.typeId() == QMetaType::LongLong ? QString::number(number.toLongLong())
                                                  : QString::number(number.toDouble(), 'g', QLocale::FloatingPointShortest);
}

QString firstText(const QJsonObject &object, std::initializer_list<QLatin1String> keys)
{
    for (const QLatin1String key : keys) {
        if (QString text = textOf(object.value(key)); !text.isEmpty())
            return text;
    }
    return {};
}

qint64 timeOf(const QJsonValue &value, qint64 otherwise)
{
    if (value.isString()) {
        QDateTime time = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
        return time.isValid() ? time.toMSecsSinceEpoch() * 1'000'000 : otherwise;
    }
    if (!value.isDouble())
        return otherwise;
    const double number = value.toDouble();
    return static_cast<qint64>(number >= 1e11 ? number * 1e6 : number * 1e9);
}

qint64 dwellOf(const QJsonObject &properties)
{
    for (const QLatin1String key : {QLatin1String("app.screen.dwell_time_ms"), QLatin1String("dwell_time_ms"),
                                    QLatin1String("dwell_ms"), QLatin1String("$dwell_ms"), QLatin1String("duration_ms")}) {
        const QJsonValue value = properties.value(key);
        if (value.isDouble())
            return static_cast<qint64>(value.toDouble() * 1e6);
    }
    return kNoDuration;
}

void addAttribute(PlainAttributes &to, const QString &key, const QJsonValue &value)
{
    if (value.isUndefined() || value.isNull())
        return;
    if (value.isObject())
        to.append({key, QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)});
    else if (value.isArray())
        to.append({key, QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)});
    else
        to.append({key, value.toVariant()});
}

void addAttributes(PlainAttributes &to, const QJsonObject &object)
{
    for (auto at = object.begin(); at != object.end(); ++at) {
        if (at.value().isNull())
            to.append({at.key(), QVariant()});
        else
            addAttribute(to, at.key(), at.value());
    }
}

QString stackOf(const QString &type, const QString &message, const QJsonArray &frames)
{
    if (frames.isEmpty())
        return {};
    QString text = type;
    if (!message.isEmpty())
        text += QLatin1String(": ") + message;
    for (qsizetype i = frames.size() - 1; i >= 0; --i) {
        const QJsonObject frame = frames.at(i).toObject();
        const QString function =
            firstText(frame, {QLatin1String("function"), QLatin1String("raw_function"), QLatin1String("symbol")});
        QString place = firstText(frame, {QLatin1String("filename"), QLatin1String("abs_path"), QLatin1String("module"),
                                          QLatin1String("package")});
        if (const QString line = textOf(frame.value(QLatin1String("lineno"))); !line.isEmpty())
            place += QLatin1Char(':') + line;
        if (const QString column = textOf(frame.value(QLatin1String("colno"))); !column.isEmpty())
            place += QLatin1Char(':') + column;
        text += QLatin1String("\n    at ") + function + QLatin1String(" (") + place + QLatin1Char(')');
    }
    return text;
}

} // namespace telltale::test
