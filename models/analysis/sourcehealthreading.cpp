// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/analysis/sourcehealthreading.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace telltale {
namespace {

std::string textIn(const QJsonObject &object, QLatin1StringView name)
{
    return object.value(name).toString().toStdString();
}

std::uint64_t countIn(const QJsonObject &object, QLatin1StringView name)
{
    return static_cast<std::uint64_t>(std::max<qint64>(object.value(name).toInteger(), 0));
}

std::optional<std::chrono::nanoseconds> timeIn(const QJsonObject &object, QLatin1StringView name)
{
    const QJsonValue value = object.value(name);
    return value.isDouble() ? std::optional(std::chrono::nanoseconds(value.toInteger())) : std::nullopt;
}

} // namespace

std::optional<SourceHealth> parseSourceHealth(std::string_view json)
{
    const QJsonDocument document =
        QJsonDocument::fromJson(QByteArray::fromRawData(json.data(), static_cast<qsizetype>(json.size())));
    if (!document.isObject())
        return std::nullopt;
    const QJsonObject object = document.object();
    SourceHealth health;
    health.protocol = textIn(object, QLatin1StringView("protocol"));
    health.product = textIn(object, QLatin1StringView("product"));
    health.os = textIn(object, QLatin1StringView("os"));
    health.asOf = {object.value(QLatin1StringView("as_of")).toInteger()};
    health.minuteRecords = countIn(object, QLatin1StringView("minute_records"));
    health.minuteRejected = countIn(object, QLatin1StringView("minute_rejected"));
    health.refusedRequests = countIn(object, QLatin1StringView("refused_requests"));
    health.lag = timeIn(object, QLatin1StringView("lag"));
    health.clockDifference = timeIn(object, QLatin1StringView("clock_difference"));
    health.usualGap = timeIn(object, QLatin1StringView("usual_gap"));
    if (const QJsonValue refusal = object.value(QLatin1StringView("refusal")); refusal.isObject()) {
        const QJsonObject inner = refusal.toObject();
        health.lastRefusal = Refusal{{inner.value(QLatin1StringView("at")).toInteger()},
                                     textIn(inner, QLatin1StringView("reason")),
                                     textIn(inner, QLatin1StringView("example"))};
    }
    return health;
}

} // namespace telltale
