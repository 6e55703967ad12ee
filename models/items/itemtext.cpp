// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/itemtext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace telltale::itemtext {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(telltale::ItemText)
};

/// The largest unit that counts at least one, rounded down, as a person says it.
QString coarse(std::int64_t seconds)
{
    seconds = std::max<std::int64_t>(seconds, 0);
    const auto number = [](std::int64_t n) { return QLocale().toString(static_cast<qlonglong>(n)); };
    if (seconds < 60)
        return Words::tr("%1 s").arg(number(seconds));
    if (seconds < 3600)
        return Words::tr("%1 min").arg(number(seconds / 60));
    if (seconds < 48 * 3600)
        return Words::tr("%1 h").arg(number(seconds / 3600));
    const std::int64_t days = seconds / 86400;
    if (days < 14)
        return Words::tr("%1 days").arg(number(days));
    if (days < 60)
        return Words::tr("%1 weeks").arg(number(days / 7));
    if (days < 730)
        return Words::tr("%1 months").arg(number(days / 30));
    return Words::tr("%1 years").arg(number(days / 365));
}

std::int64_t secondsBetween(Instant from, Instant to)
{
    return std::chrono::duration_cast<std::chrono::seconds>(to - from).count();
}

} // namespace

QString count(std::uint64_t value)
{
    return QLocale().toString(static_cast<qulonglong>(value));
}

QString share(double zeroToOne)
{
    return Words::tr("%1 %").arg(QLocale().toString(zeroToOne * 100, 'f', 1));
}

QString duration(std::optional<double> milliseconds)
{
    if (!milliseconds)
        return QStringLiteral("–");
    const double ms = *milliseconds;
    const QLocale locale;
    if (ms < 1000)
        return Words::tr("%1 ms").arg(locale.toString(ms, 'f', ms < 10 ? 1 : 0));
    if (ms < 60'000)
        return Words::tr("%1 s").arg(locale.toString(ms / 1000, 'f', 1));
    const auto seconds = static_cast<std::int64_t>(std::llround(ms / 1000));
    if (seconds < 3600)
        return Words::tr("%1 min %2 s")
            .arg(locale.toString(static_cast<qlonglong>(seconds / 60)),
                 locale.toString(static_cast<qlonglong>(seconds % 60)));
    return Words::tr("%1 h %2 min")
        .arg(locale.toString(static_cast<qlonglong>(seconds / 3600)),
             locale.toString(static_cast<qlonglong>(seconds % 3600 / 60)));
}

QString clockDuration(double milliseconds)
{
    const auto seconds = static_cast<std::int64_t>(std::max(0.0, milliseconds) / 1000);
    if (seconds < 3600)
        return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return QStringLiteral("%1:%2:%3")
        .arg(seconds / 3600)
        .arg(seconds % 3600 / 60, 2, 10, QLatin1Char('0'))
        .arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

QDateTime local(Instant at, const QTimeZone &zone)
{
    const std::int64_t ms = at.ns / 1'000'000 - (at.ns % 1'000'000 < 0 ? 1 : 0);
    return QDateTime::fromMSecsSinceEpoch(ms, zone);
}

QString timeOfDay(Instant at, const QTimeZone &zone)
{
    return local(at, zone).toString(QStringLiteral("HH:mm:ss"));
}

QString dateTime(Instant at, const QTimeZone &zone)
{
    return QLocale().toString(local(at, zone), QStringLiteral("d MMM yyyy HH:mm:ss"));
}

QString ago(Instant at, Instant now)
{
    const std::int64_t seconds = secondsBetween(at, now);
    return seconds < 1 ? Words::tr("now") : Words::tr("%1 ago").arg(coarse(seconds));
}

QString age(Instant at, Instant now)
{
    return coarse(secondsBetween(at, now));
}

} // namespace telltale::itemtext
