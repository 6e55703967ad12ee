// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/rangeparser.h"

#include "models/items/itemtext.h"
#include "models/items/rangewords.h"
#include "models/telemetry/timeformat.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <array>

namespace telltale {

namespace {

using namespace std::chrono_literals;

tl::unexpected<Error> wrong(const QString &reason)
{
    return failure(Error::Code::InvalidArgument, reason.toStdString());
}

QRegularExpressionMatch match(const char *pattern, const QString &text)
{
    const QRegularExpression expression(QRegularExpression::anchoredPattern(QLatin1String(pattern)),
                                        QRegularExpression::CaseInsensitiveOption);
    return expression.match(text);
}

std::optional<std::chrono::nanoseconds> unitWidth(const QString &unit)
{
    const QString u = unit.toLower();
    if (u == u"s" || u.startsWith(u"sec"))
        return 1s;
    if (u == u"m" || u.startsWith(u"min"))
        return 1min;
    if (u == u"h" || u.startsWith(u"hour"))
        return 1h;
    if (u == u"d" || u.startsWith(u"day"))
        return 24h;
    if (u == u"w" || u.startsWith(u"week"))
        return 7 * 24h;
    return std::nullopt;
}

constexpr auto kDuration =
    R"((?:last\s+)?(\d{1,6})\s*(s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?|w|weeks?))";
constexpr auto kTime = R"((\d{1,2})(?::(\d{1,2})(?::(\d{1,2}))?)?\s*(am|pm)?)";

bool looksLikeTime(const QString &text)
{
    return match(kTime, text).hasMatch();
}

Result<int> parseTimeOfDay(const QString &text)
{
    const auto found = match(kTime, text);
    if (!found.hasMatch())
        return wrong(RangeParser::tr("“%1” is not a time of day. Write it as 9 or 14:30.").arg(text));
    int hour = found.captured(1).toInt();
    const int minute = found.captured(2).toInt();
    const int second = found.captured(3).toInt();
    const QString half = found.captured(4).toLower();
    if (!half.isEmpty()) {
        if (hour < 1 || hour > 12)
            return wrong(RangeParser::tr("“%1” is not a time of day: am and pm go with 1 to 12.").arg(text));
        hour = hour % 12 + (half == u"pm" ? 12 : 0);
    }
    if (hour > 24 || minute > 59 || second > 59 || (hour == 24 && (minute > 0 || second > 0)))
        return wrong(RangeParser::tr("“%1” is not a time of day: they run from 0:00 to 24:00.").arg(text));
    return hour * 3600 + minute * 60 + second;
}

int monthFrom(const QString &name)
{
    static constexpr std::array months = {"january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december"};
    if (name.size() < 3)
        return 0;
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (QString::fromLatin1(months[i]).startsWith(name, Qt::CaseInsensitive))
            return static_cast<int>(i) + 1;
    }
    return 0;
}

} // namespace

RangeSpec RangeSpec::live(std::chrono::nanoseconds width, const QString &expression)
{
    RangeSpec spec;
    spec.width = width;
    spec.expression = expression;
    return spec;
}

RangeSpec RangeSpec::history(TimeRange range, const QString &expression)
{
    RangeSpec spec;
    spec.isLive = false;
    spec.fixed = range;
    spec.expression = expression;
    return spec;
}

TimeRange RangeSpec::resolve(Instant now) const
{
    return isLive ? TimeRange{now - width, now} : fixed;
}

RangeParser::RangeParser(Instant now, QTimeZone zone, ReleaseStart releaseStart)
    : m_now(now)
    , m_zone(std::move(zone))
    , m_releaseStart(std::move(releaseStart))
{}

Result<RangeSpec> RangeParser::parse(const QString &input) const
{
    QString text = rangeWordsInEnglish(input.simplified());
    text.replace(QChar(0x2013), QLatin1Char('-')).replace(QChar(0x2014), QLatin1Char('-'));
    if (text.isEmpty())
        return wrong(tr("Type a range, for example 60m or yesterday 9-17."));

    auto spec = parseShorthand(text);
    if (spec)
        spec->expression = text;
    return spec;
}

Result<RangeSpec> RangeParser::parse(const QString &fromTyped, const QString &toTyped) const
{
    const QString from = rangeWordsInEnglish(fromTyped), end = rangeWordsInEnglish(toTyped.simplified());
    const bool isOpen = end.isEmpty() || end.compare(u"now", Qt::CaseInsensitive) == 0;
    if (isOpen) {
        if (auto whole = parse(from))
            return whole;
    }
    if (from.simplified().isEmpty())
        return wrong(tr("Type when the range begins."));
    auto spec = parseBetween(from.simplified(), isOpen ? QStringLiteral("now") : end);
    if (spec)
        spec->expression = from.simplified() + QStringLiteral("..") + (isOpen ? QString() : end);
    return spec;
}

Result<RangeSpec> RangeParser::parseShorthand(const QString &text) const
{
    // "60m", "last 7 days"
    if (const auto found = match(kDuration, text); found.hasMatch()) {
        const qlonglong number = found.captured(1).toLongLong();
        const auto unit = *unitWidth(found.captured(2));
        if (number == 0)
            return wrong(tr("A range cannot be empty: “%1” has no length.").arg(text));
        if (unit >= 24h) {
            const qlonglong days = number * (unit / 24h);
            if (days > 36500)
                return wrong(tr("“%1” is too long: a range reaches back 100 years at most.").arg(text));
            // Whole days of the calendar, today being the last and unfinished one.
            return checked(at(today().addDays(1 - days), 0), m_now);
        }
        if (number * unit > 31 * 24h)
            return wrong(tr("“%1” is too long to follow. Write it in days.").arg(text));
        return RangeSpec::live(number * unit);
    }
    if (const auto found = match(R"(last\s+(minute|hour|day|week))", text); found.hasMatch())
        return parseShorthand(QStringLiteral("1 ") + found.captured(1));
    if (match(R"([+-]?\d+)", text).hasMatch())
        return wrong(tr("“%1” has no unit. Write %1m for minutes, %1h for hours or %1d for days.").arg(text));
    if (match(R"(this\s+week)", text).hasMatch())
        return checked(at(today().addDays(1 - today().dayOfWeek()), 0), m_now);
    if (match(R"(this\s+month)", text).hasMatch())
        return checked(at(QDate(today().year(), today().month(), 1), 0), m_now);

    if (const auto found = match(R"(since(?:\s+(.*))?)", text); found.hasMatch())
        return parseSince(found.captured(1));

    // Two ends, from the clearest separator to the least clear one.
    if (const qsizetype dots = text.indexOf(u".."); dots >= 0) {
        const QString from = text.left(dots).trimmed();
        const QString to = text.mid(dots + 2).trimmed();
        if (from.isEmpty())
            return wrong(to.isEmpty() ? tr("A range needs at least one end, as in 14:00..")
                                      : tr("A range needs a beginning before the two dots."));
        return parseBetween(from, to.isEmpty() ? QStringLiteral("now") : to);
    }
    for (const char *separator : {" - ", " to ", " until ", "/"}) {
        const QString mark = QLatin1String(separator);
        if (const qsizetype at = text.indexOf(mark, 0, Qt::CaseInsensitive); at > 0)
            return parseBetween(text.left(at).trimmed(), text.mid(at + mark.size()).trimmed());
    }
    if (text.endsWith(u" -") || text.endsWith(u" to"))
        return wrong(tr("The end is missing. Write two dots for “until now”, as in 14:00.."));
    if (const auto found = match(R"((\S+T\S+)\s+(\S+T\S+))", text); found.hasMatch())
        return parseBetween(found.captured(1), found.captured(2));

    // "9-17", "yesterday 9-17", "18 Nov 9:30-10"
    if (const auto found =
            match(R"((?:(.*)\s)?(\d{1,2}(?::\d{2}){0,2}(?:am|pm)?)\s?-\s?(\d{1,2}(?::\d{2}){0,2}(?:am|pm)?))",
                  text);
        found.hasMatch() && !match(R"(\d{4}-\d{2}-\d{2}.*)", text).hasMatch()) {
        const auto from = parseTimeOfDay(found.captured(2));
        const auto to = parseTimeOfDay(found.captured(3));
        if (!from || !to)
            return tl::unexpected(from ? to.error() : from.error());
        QDate date = today();
        if (!found.captured(1).isEmpty()) {
            const auto day = parseDate(found.captured(1));
            if (!day)
                return tl::unexpected(day.error());
            date = *day;
        }
        return checked(at(date, *from), at(date, *to));
    }

    const auto point = parsePoint(text);
    if (!point)
        return tl::unexpected(point.error());
    if (point->date && !point->second)
        return between(*point, *point);
    return wrong(tr("“%1” is a moment. Write %1.. for everything since then.").arg(text));
}

Result<RangeSpec> RangeParser::parseSince(const QString &what) const
{
    if (what.trimmed().isEmpty())
        return wrong(tr("Since when? Write a release, a day or a time after “since”."));
    if (m_releaseStart) {
        if (const auto start = m_releaseStart(what.trimmed()))
            return checked(*start, m_now);
    }
    const auto point = parsePoint(what.trimmed());
    if (point)
        return between(*point, {.instant = m_now});
    if (match(R"(v?\d+(\.\d+)+.*)", what.trimmed()).hasMatch())
        return wrong(tr("No release %1 was seen yet.").arg(what.trimmed()));
    return tl::unexpected(point.error());
}

Result<RangeSpec> RangeParser::parseBetween(const QString &fromText, const QString &toText) const
{
    const auto from = parsePoint(fromText);
    if (!from)
        return tl::unexpected(from.error());
    const auto to = parsePoint(toText);
    if (!to)
        return tl::unexpected(to.error());
    return between(*from, *to);
}

Result<RangeParser::Point> RangeParser::parsePoint(const QString &text) const
{
    if (text.isEmpty())
        return wrong(tr("An end of the range is missing."));
    if (text.compare(u"now", Qt::CaseInsensitive) == 0)
        return Point{.instant = m_now};
    if (const auto found = match(R"(-(\d{1,6})\s*(s|m|h|d|w))", text); found.hasMatch())
        return Point{.instant = m_now - found.captured(1).toLongLong() * *unitWidth(found.captured(2))};
    if (text.contains(u'T', Qt::CaseInsensitive) && match(R"(\d{4}-.*)", text).hasMatch()) {
        if (const auto instant = parseRfc3339(text.toStdString()))
            return Point{.instant = *instant};
        // Without an offset it is a local time.
        const qsizetype mark = text.indexOf(u'T', 0, Qt::CaseInsensitive);
        const auto date = parseDate(text.left(mark));
        const auto time = parseTimeOfDay(text.mid(mark + 1));
        if (date && time)
            return Point{.date = *date, .second = *time};
        return wrong(tr("“%1” is not a time stamp. Write it as 2025-11-18T13:32:00Z.").arg(text));
    }
    if (looksLikeTime(text)) {
        const auto time = parseTimeOfDay(text);
        if (!time)
            return tl::unexpected(time.error());
        return Point{.second = *time};
    }
    // A day, perhaps with a time behind its last blank.
    const qsizetype blank = text.lastIndexOf(u' ');
    if (blank > 0 && (text.indexOf(u':', blank) > 0 || !parseDate(text))) {
        if (const QString last = text.mid(blank + 1); looksLikeTime(last)) {
            const auto date = parseDate(text.left(blank));
            if (!date)
                return tl::unexpected(date.error());
            const auto time = parseTimeOfDay(last);
            if (!time)
                return tl::unexpected(time.error());
            return Point{.date = *date, .second = *time};
        }
    }
    const auto date = parseDate(text);
    if (!date)
        return tl::unexpected(date.error());
    return Point{.date = *date};
}

Result<QDate> RangeParser::parseDate(const QString &text) const
{
    if (text.compare(u"today", Qt::CaseInsensitive) == 0)
        return today();
    if (text.compare(u"yesterday", Qt::CaseInsensitive) == 0)
        return today().addDays(-1);
    if (text.compare(u"tomorrow", Qt::CaseInsensitive) == 0)
        return wrong(tr("Tomorrow has no data yet."));
    if (const auto found = match(R"((\d{4})-(\d{1,2})-(\d{1,2}))", text); found.hasMatch()) {
        const QDate date(found.captured(1).toInt(), found.captured(2).toInt(), found.captured(3).toInt());
        if (!date.isValid())
            return wrong(tr("There is no %1 in the calendar.").arg(text));
        return date;
    }
    int day = 0;
    int month = 0;
    int year = 0;
    if (const auto found = match(R"((\d{1,2})\.?\s+([a-z]{3,9})\.?(?:\s+(\d{4}))?)", text);
        found.hasMatch()) {
        day = found.captured(1).toInt();
        month = monthFrom(found.captured(2));
        year = found.captured(3).toInt();
    } else if (const auto american = match(R"(([a-z]{3,9})\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?)", text);
               american.hasMatch()) {
        day = american.captured(2).toInt();
        month = monthFrom(american.captured(1));
        year = american.captured(3).toInt();
    }
    if (month == 0)
        return wrong(tr("“%1” is neither a day nor a time. Try 18 Nov, yesterday or 14:30.").arg(text));
    QDate date(year > 0 ? year : today().year(), month, day);
    if (year == 0 && date > today())
        date = QDate(today().year() - 1, month, day);
    if (!date.isValid())
        return wrong(tr("There is no %1 in the calendar.").arg(text));
    return date;
}

Result<RangeSpec> RangeParser::between(const Point &from, const Point &to) const
{
    Instant begin;
    QDate firstDay = from.date.value_or(today());
    begin = from.instant ? *from.instant : at(firstDay, from.second.value_or(0));
    if (from.instant)
        firstDay = itemtext::local(*from.instant, m_zone).date();

    Instant end;
    if (to.instant)
        end = *to.instant;
    else if (to.second) // a time alone belongs to the first end's day
        end = at(to.date.value_or(firstDay), *to.second);
    else
        end = at(to.date->addDays(1), 0); // the whole last day
    return checked(begin, end);
}

Result<RangeSpec> RangeParser::checked(Instant from, Instant to) const
{
    if (from >= m_now)
        return wrong(tr("That is in the future: there is no data yet."));
    if (to <= from)
        return wrong(tr("The end is not after the beginning."));
    return RangeSpec::history({from, std::min(to, m_now)});
}

Instant RangeParser::at(QDate date, int second) const
{
    if (second == 86400)
        return at(date.addDays(1), 0);
    QDateTime time(date, QTime::fromMSecsSinceStartOfDay(second * 1000), m_zone);
    if (!time.isValid()) // the hour that the clock skipped
        time = QDateTime(date, QTime::fromMSecsSinceStartOfDay(second * 1000).addSecs(3600), m_zone);
    return Instant::fromMilliseconds(time.toMSecsSinceEpoch());
}

QDate RangeParser::today() const
{
    return itemtext::local(m_now, m_zone).date();
}

} // namespace telltale
