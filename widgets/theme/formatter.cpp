// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/formatter.h"

#include "translations/localeformats.h"

#include <QDateTime>
#include <QRegularExpression>

#include <array>
#include <cmath>
#include <utility>

namespace telltale {

namespace {

constexpr char16_t kMinus = u'\u2212';
constexpr char16_t kNoBreakSpace = u'\u00A0';
constexpr char16_t kThinNoBreakSpace = u'\u202F';
const auto kEnDash = QStringLiteral(" \u2013 ");

/// The typographic minus, whatever the locale writes.
QString withMinus(QString text)
{
    return text.replace(QLatin1Char('-'), QChar(kMinus));
}

QString withSign(double value, QString magnitude)
{
    if (value > 0)
        return QLatin1Char('+') + magnitude;
    if (value < 0)
        return QChar(kMinus) + magnitude;
    return magnitude;
}

/// Rounds to what will be printed, so that "+0.0%" is never shown.
double roundedTo(double value, int digits)
{
    const double scale = std::pow(10.0, digits);
    return std::round(value * scale) / scale;
}

int digitsFor(double magnitude)
{
    return magnitude < 10 ? 2 : magnitude < 100 ? 1 : 0;
}

/// "500 MB" where bytes() says "500.0 MB": most marks of an axis are round.
QString roundBytes(const QLocale &locale, double bytes)
{
    double unit = 1;
    while (std::abs(bytes) >= unit * 1000)
        unit *= 1000;
    const bool isRound = std::abs(std::remainder(bytes, unit)) < unit * 1e-9;
    return withMinus(locale.formattedDataSize(qint64(bytes), isRound ? 0 : 1, QLocale::DataSizeSIFormat));
}

QString trimmedNumber(const QLocale &locale, double value, int digits)
{
    QString text = locale.toString(value, 'f', digits);
    if (digits > 0) {
        const QString point = locale.decimalPoint();
        if (text.contains(point)) {
            while (text.endsWith(locale.zeroDigit()))
                text.chop(locale.zeroDigit().size());
            if (text.endsWith(point))
                text.chop(point.size());
        }
    }
    return text;
}

} // namespace

QString NumberText::joined() const
{
    if (unit.isEmpty())
        return number;
    return number + QChar(kNoBreakSpace) + unit;
}

Formatter::Formatter(QLocale locale, ZoneOffset offset, QString zoneName)
    : m_locale(std::move(locale))
    , m_offset(std::move(offset))
    , m_zoneName(std::move(zoneName))
{
    if (!m_offset)
        m_offset = [](Instant) { return 0; };
    if (m_zoneName.isEmpty())
        m_zoneName = QStringLiteral("UTC");
    // The C locale groups no digits; people expect 1,449.
    if (m_locale.language() == QLocale::C)
        m_locale = QLocale(QLocale::English, QLocale::UnitedKingdom);
}

QString Formatter::count(double value) const
{
    return withMinus(m_locale.toString(value + 0.0, 'f', 0));
}

QString Formatter::compact(double value) const
{
    static constexpr std::array<std::pair<double, char>, 4> kSteps{
        {{1e12, 'T'}, {1e9, 'G'}, {1e6, 'M'}, {1e3, 'k'}}};
    const double magnitude = std::abs(value);
    if (magnitude < 9999.5)
        return count(value);
    for (const auto &[step, letter] : kSteps) {
        if (magnitude < step * 0.9995)
            continue;
        const double shown = value / step;
        return withMinus(trimmedNumber(m_locale, shown, std::abs(shown) < 99.95 ? 1 : 0)) +
               QChar(kThinNoBreakSpace) + QLatin1Char(letter);
    }
    return count(value);
}

QString Formatter::decimal(double value, int digits) const
{
    return withMinus(m_locale.toString(value, 'f', digits));
}

QString Formatter::percent(double ratio, int digits) const
{
    //: A percentage; keep the sign where your language writes it
    return tr("%1%", "percentage").arg(decimal(ratio * 100, digits));
}

QString Formatter::bytes(double bytes) const
{
    return withMinus(
        m_locale.formattedDataSize(qint64(bytes), bytes < 1024 * 1024 ? 0 : 1, QLocale::DataSizeSIFormat));
}

NumberText Formatter::duration(double milliseconds) const
{
    const double ms = std::abs(milliseconds);
    const auto text = [&](double unitMs, const QString &unit) {
        const double shown = milliseconds / unitMs;
        return NumberText{withMinus(trimmedNumber(m_locale, shown, std::min(digitsFor(std::abs(shown)), 1))),
                          unit};
    };
    if (ms < 1 && ms > 0)
        return {withMinus(trimmedNumber(m_locale, milliseconds, 2)), tr("ms", "milliseconds")};
    if (ms < 999.5)
        return {withMinus(trimmedNumber(m_locale, milliseconds, ms < 10 ? 1 : 0)), tr("ms", "milliseconds")};
    if (ms < 119'950)
        return text(1000, tr("s", "seconds"));
    if (ms < 7'170'000)
        return text(60'000, tr("min", "minutes"));
    if (ms < 171'000'000)
        return text(3'600'000, tr("h", "hours"));
    return text(86'400'000, tr("d", "days"));
}

QString Formatter::durationWords(double milliseconds) const
{
    const qint64 seconds = qint64(std::llround(milliseconds / 1000));
    if (std::abs(milliseconds) < 60'000)
        return duration(milliseconds).joined();
    const qint64 days = seconds / 86400, hours = seconds / 3600 % 24, minutes = seconds / 60 % 60;
    if (days > 0 && hours == 0)
        return tr("%1 d", "days").arg(m_locale.toString(days));
    if (days > 0)
        return tr("%1 d %2 h", "days and hours").arg(m_locale.toString(days), m_locale.toString(hours));
    if (hours > 0 && minutes == 0)
        return tr("%1 h", "hours").arg(m_locale.toString(hours));
    if (hours > 0)
        return tr("%1 h %2 min", "hours and minutes")
            .arg(m_locale.toString(hours), m_locale.toString(minutes));
    if (seconds % 60 == 0)
        return tr("%1 min", "minutes").arg(m_locale.toString(minutes));
    return tr("%1 min %2 s", "minutes and seconds")
        .arg(m_locale.toString(minutes), m_locale.toString(seconds % 60));
}

QString Formatter::durationClock(double milliseconds) const
{
    const qint64 seconds = qint64(std::floor(milliseconds / 1000));
    const qint64 magnitude = std::abs(seconds);
    const auto two = [this](qint64 n) -> QString { return QLatin1Char(':') + digits(m_locale, n, 2); };
    const qint64 hours = magnitude / 3600;
    QString text = digits(m_locale, hours > 0 ? hours : magnitude / 60);
    if (hours > 0)
        text += two(magnitude / 60 % 60);
    text += two(magnitude % 60);
    return seconds < 0 ? QString(QChar(kMinus) + text) : text;
}

NumberText Formatter::value(double value, ValueKind kind) const
{
    switch (kind) {
    case ValueKind::Count:
        return {count(value), {}};
    case ValueKind::Decimal:
        return {withMinus(trimmedNumber(m_locale, value, digitsFor(std::abs(value)))), {}};
    case ValueKind::Milliseconds:
        return duration(value);
    case ValueKind::Ratio: {
        const double shown = value * 100;
        return {withMinus(trimmedNumber(m_locale, shown, shown > 90 && shown < 100 ? 2 : 1)),
                QStringLiteral("%")};
    }
    case ValueKind::Bytes: {
        const QString text = bytes(value);
        const qsizetype space = text.lastIndexOf(QRegularExpression(QStringLiteral("\\s")));
        return space < 0 ? NumberText{text, {}} : NumberText{text.left(space), text.mid(space + 1)};
    }
    }
    return {};
}

QString Formatter::axisValue(double value, double step, ValueKind kind) const
{
    switch (kind) {
    case ValueKind::Milliseconds: {
        if (value == 0)
            return m_locale.toString(0);
        if (step >= 86'400'000)
            return trimmedNumber(m_locale, value / 86'400'000, 1) + QChar(kThinNoBreakSpace) +
                   tr("d", "days");
        if (step >= 3'600'000)
            return trimmedNumber(m_locale, value / 3'600'000, 1) + QChar(kThinNoBreakSpace) +
                   tr("h", "hours");
        if (step >= 60'000)
            return trimmedNumber(m_locale, value / 60'000, 1) + QChar(kThinNoBreakSpace) +
                   tr("min", "minutes");
        if (step >= 5'000)
            return trimmedNumber(m_locale, value / 1000, 1) + QChar(kThinNoBreakSpace) + tr("s", "seconds");
        return trimmedNumber(m_locale, value, step < 1 ? 2 : 0);
    }
    case ValueKind::Ratio:
        return percent(value, step < 0.001 ? 2 : step < 0.01 ? 1 : 0);
    case ValueKind::Bytes:
        return value == 0 ? m_locale.toString(0) : roundBytes(m_locale, value);
    case ValueKind::Count:
    case ValueKind::Decimal:
        break;
    }
    if (std::abs(value) >= 10'000)
        return compact(value);
    return withMinus(trimmedNumber(m_locale, value, step < 0.1 ? 2 : step < 1 ? 1 : 0));
}

QString Formatter::axisValueWithUnit(double value, double step, ValueKind kind) const
{
    const QString text = axisValue(value, step, kind);
    const bool isBare = kind == ValueKind::Milliseconds && value != 0 && step < 5'000;
    return isBare ? text + QChar(kThinNoBreakSpace) + tr("ms", "milliseconds") : text;
}

QString Formatter::signedCount(double value) const
{
    value = std::round(value);
    return withSign(value, count(std::abs(value)));
}

QString Formatter::signedPercent(double ratio, int digits) const
{
    const double shown = roundedTo(ratio * 100, std::abs(ratio) >= 0.995 ? 0 : digits);
    return withSign(shown, percent(std::abs(shown) / 100, std::abs(shown) >= 99.5 ? 0 : digits));
}

QString Formatter::signedPoints(double ratioDifference, int digits) const
{
    const double shown = roundedTo(ratioDifference * 100, digits);
    //: Percentage points, as in "-0.93 pt"
    return tr("%1 pt", "percentage points").arg(withSign(shown, decimal(std::abs(shown), digits)));
}

QString Formatter::signedValue(double value, ValueKind kind) const
{
    if (kind == ValueKind::Count)
        return signedCount(value);
    return withSign(value, valueText(std::abs(value), kind));
}

QString Formatter::age(std::chrono::nanoseconds age) const
{
    const qint64 s = std::max<qint64>(0, std::chrono::duration_cast<std::chrono::seconds>(age).count());
    const int limited = int(std::min<qint64>(s, 400LL * 365 * 86400 / 100));
    if (s < 60)
        return tr("%1 s", "seconds").arg(limited);
    if (s < 3600)
        return tr("%1 min", "minutes").arg(s / 60);
    if (s < 48 * 3600)
        return tr("%1 h", "hours").arg(s / 3600);
    if (s < 14 * 86400)
        return tr("%n day(s)", nullptr, int(s / 86400));
    if (s < 60 * 86400)
        return tr("%n week(s)", nullptr, int(s / (7 * 86400)));
    if (s < 730LL * 86400)
        return tr("%n month(s)", nullptr, int(s / (30 * 86400)));
    return tr("%n year(s)", nullptr, int(s / (365LL * 86400)));
}

QString Formatter::ago(Instant then, Instant now) const
{
    const auto distance = now - then;
    if (distance < std::chrono::seconds(1))
        return tr("just now");
    const qint64 s = std::chrono::duration_cast<std::chrono::seconds>(distance).count();
    if (s < 60)
        return tr("%1 s ago", "seconds").arg(s);
    if (s < 3600)
        return tr("%1 min ago", "minutes").arg(s / 60);
    if (s < 48 * 3600)
        return tr("%1 h ago", "hours").arg(s / 3600);
    if (s < 14 * 86400)
        return tr("%n day(s) ago", nullptr, int(s / 86400));
    if (s < 60 * 86400)
        return tr("%n week(s) ago", nullptr, int(s / (7 * 86400)));
    if (s < 730LL * 86400)
        return tr("%n month(s) ago", nullptr, int(s / (30 * 86400)));
    return tr("%n year(s) ago", nullptr, int(s / (365LL * 86400)));
}

QDateTime Formatter::local(Instant at) const
{
    const qint64 ms = std::chrono::floor<std::chrono::milliseconds>(std::chrono::nanoseconds(at.ns)).count();
    // Read as UTC: the offset is already in the number, and no zone of this machine can interfere.
    return QDateTime::fromMSecsSinceEpoch(ms + qint64(m_offset(at)) * 1000, Qt::UTC);
}

QString Formatter::time(Instant at) const
{
    return m_locale.toString(local(at).time(), timeFormat(m_locale, TimeDetail::Minutes));
}

QString Formatter::timeSeconds(Instant at) const
{
    return m_locale.toString(local(at).time(), timeFormat(m_locale, TimeDetail::Seconds));
}

QString Formatter::timeMilliseconds(Instant at) const
{
    return m_locale.toString(local(at).time(), timeFormat(m_locale, TimeDetail::Milliseconds));
}

QString Formatter::date(Instant at) const
{
    return m_locale.toString(local(at).date(), dateFormat(m_locale, DateDetail::Day));
}

QString Formatter::shortDate(Instant at) const
{
    return m_locale.toString(local(at).date(), dateFormat(m_locale, DateDetail::DayOfYear));
}

QString Formatter::weekday(Instant at) const
{
    return m_locale.standaloneDayName(local(at).date().dayOfWeek(), QLocale::ShortFormat);
}

QString Formatter::month(Instant at) const
{
    return m_locale.toString(local(at).date(), dateFormat(m_locale, DateDetail::Month));
}

QString Formatter::dateTime(Instant at) const
{
    return date(at) + QLatin1Char(' ') + time(at);
}

QString Formatter::interval(TimeRange range) const
{
    const QDateTime from = local(range.from), to = local(range.to);
    const auto isMidnight = [](const QDateTime &t) { return t.time() == QTime(0, 0); };
    if (isMidnight(from) && isMidnight(to)) { // whole days
        if (from.date().addDays(1) == to.date())
            return weekday(range.from) + QLatin1Char(' ') + shortDate(range.from);
        return shortDate(range.from) + kEnDash + shortDate(range.to - std::chrono::nanoseconds(1));
    }
    if (from.date() != to.date() && !(isMidnight(to) && from.date().addDays(1) == to.date()))
        return shortDate(range.from) + QLatin1Char(' ') + time(range.from) + kEnDash + shortDate(range.to) +
               QLatin1Char(' ') + time(range.to);
    const bool needsSeconds = from.time().second() != 0 || to.time().second() != 0;
    if (!needsSeconds)
        return time(range.from) + kEnDash + time(range.to);
    const bool isSameMinute =
        from.time().hour() == to.time().hour() && from.time().minute() == to.time().minute();
    const bool isTwelveHours =
        timeFormat(m_locale, TimeDetail::Minutes).contains(QLatin1String("A"), Qt::CaseInsensitive);
    if (isSameMinute && !isTwelveHours)
        return timeSeconds(range.from) + kEnDash +
               digits(m_locale, to.time().second(), 2);
    return timeSeconds(range.from) + kEnDash + timeSeconds(range.to);
}

} // namespace telltale
