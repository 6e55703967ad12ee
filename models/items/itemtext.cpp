// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/itemtext.h"

#include "translations/localeformats.h"

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

/// The largest unit that counts at least one, rounded down, as a person says it; with "ago" in words of their own, as many
/// languages bend them.
QString coarse(std::int64_t seconds, bool isAgo)
{
    seconds = std::max<std::int64_t>(seconds, 0);
    const auto say = [](const QString &words, std::int64_t n) { return words.arg(QLocale().toString(static_cast<qlonglong>(n))); };
    if (seconds < 60)
        return say(isAgo ? Words::tr("%1 s ago") : Words::tr("%1 s"), seconds);
    if (seconds < 3600)
        return say(isAgo ? Words::tr("%1 min ago") : Words::tr("%1 min"), seconds / 60);
    if (seconds < 48 * 3600)
        return say(isAgo ? Words::tr("%1 h ago") : Words::tr("%1 h"), seconds / 3600);
    const std::int64_t days = seconds / 86400;
    if (days < 14)
        return say(isAgo ? Words::tr("%1 days ago") : Words::tr("%1 days"), days);
    if (days < 60)
        return say(isAgo ? Words::tr("%1 weeks ago") : Words::tr("%1 weeks"), days / 7);
    if (days < 730)
        return say(isAgo ? Words::tr("%1 months ago") : Words::tr("%1 months"), days / 30);
    return say(isAgo ? Words::tr("%1 years ago") : Words::tr("%1 years"), days / 365);
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

QString share(double zeroToOne, int decimals)
{
    return Words::tr("%1 %").arg(QLocale().toString(zeroToOne * 100, 'f', decimals));
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
    const QLocale locale;
    const auto two = [&locale](std::int64_t n) -> QString { return u':' + digits(locale, n, 2); };
    if (seconds < 3600)
        return digits(locale, seconds / 60) + two(seconds % 60);
    return digits(locale, seconds / 3600) + two(seconds % 3600 / 60) + two(seconds % 60);
}

QDateTime local(Instant at, const QTimeZone &zone)
{
    const std::int64_t ms = at.ns / 1'000'000 - (at.ns % 1'000'000 < 0 ? 1 : 0);
    return QDateTime::fromMSecsSinceEpoch(ms, zone);
}

QString timeOfDay(Instant at, const QTimeZone &zone)
{
    return QLocale().toString(local(at, zone).time(), timeFormat(QLocale(), TimeDetail::Seconds));
}

QString shortTime(Instant at, const QTimeZone &zone)
{
    return QLocale().toString(local(at, zone).time(), timeFormat(QLocale(), TimeDetail::Minutes));
}

QString day(Instant at, const QTimeZone &zone)
{
    return QLocale().toString(local(at, zone).date(), dateFormat(QLocale(), DateDetail::Day));
}

QString dayOfYear(Instant at, const QTimeZone &zone)
{
    return QLocale().toString(local(at, zone).date(), dateFormat(QLocale(), DateDetail::DayOfYear));
}

QString dateTime(Instant at, const QTimeZone &zone)
{
    return day(at, zone) + u' ' + timeOfDay(at, zone);
}

QString ago(Instant at, Instant now)
{
    const std::int64_t seconds = secondsBetween(at, now);
    return seconds < 1 ? Words::tr("now") : coarse(seconds, true);
}

QString age(Instant at, Instant now)
{
    return coarse(secondsBetween(at, now), false);
}

} // namespace telltale::itemtext
