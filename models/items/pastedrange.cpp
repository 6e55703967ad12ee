// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/pastedrange.h"

#include "models/items/itemtext.h"
#include "models/telemetry/timeformat.h"

#include <QRegularExpression>

namespace telltale {

namespace {

constexpr qsizetype kMostText = 64 * 1024;
constexpr qsizetype kLongestExpression = 80; ///< anything longer is no expression somebody typed

/// As the parser reads it: "T" between day and time, a zone with its colon, a point before parts of a second; those go where no zone says
/// what they are parts of.
QString stampText(const QRegularExpressionMatch &found)
{
    QString zone = found.captured(4).trimmed();
    if (zone.size() == 5)
        zone.insert(3, u':');
    const QString part = zone.isEmpty() || found.captured(3).isEmpty() ? QString() : QLatin1Char('.') + found.captured(3);
    return found.captured(1) + u'T' + found.captured(2) + part + zone.toUpper();
}

QStringList stampsIn(const QString &text)
{
    static const QRegularExpression stamp(
        QStringLiteral(R"((\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?(\s?(?:Z|[+-]\d{2}:?\d{2})(?![\d:]))?)"),
        QRegularExpression::CaseInsensitiveOption);
    QStringList stamps;
    for (auto all = stamp.globalMatch(text.left(kMostText)); all.hasNext();)
        stamps << stampText(all.next());
    return stamps;
}

/// When a stamp is; by way of an open range, so that it is read as everywhere else.
Result<Instant> momentOf(const QString &stamp, const RangeParser &parser)
{
    const auto since = parser.parse(stamp + QStringLiteral(".."));
    if (!since)
        return tl::unexpected(since.error());
    return since->fixed.from;
}

} // namespace

QString copiedRange(TimeRange range)
{
    return itemtext::text(formatRfc3339(range.from)) + u'/' + itemtext::text(formatRfc3339(range.to));
}

Result<RangeSpec> pastedRange(const QString &text, const RangeParser &parser, std::chrono::nanoseconds width)
{
    const QString plain = text.simplified();
    const QStringList stamps = stampsIn(plain);
    if (stamps.isEmpty()) {
        if (plain.size() <= kLongestExpression)
            return parser.parse(plain);
        return failure(Error::Code::InvalidArgument, RangeParser::tr("There is no time in what was copied.").toStdString());
    }
    // Logs are read from either end.
    const auto between = [&parser](const QString &from, const QString &to) { return parser.parse(from + QStringLiteral("..") + to); };
    if (auto range = between(stamps.front(), stamps.back()))
        return range;
    if (auto range = between(stamps.back(), stamps.front()))
        return range;
    const auto moment = momentOf(stamps.front(), parser);
    if (!moment)
        return tl::unexpected(moment.error());
    return parser.parse(copiedRange({*moment - width / 2, *moment + (width - width / 2)}));
}

} // namespace telltale
