// SPDX-License-Identifier: GPL-3.0-or-later
#include "translations/localeformats.h"

#include <QList>

#include <algorithm>
#include <utility>

namespace telltale {

namespace {

/// A run of one pattern letter, or what stands between two of them.
struct Piece
{
    QChar letter; ///< d, M, y; E for a weekday; null for text between
    QString text;
};

QLocale spoken(const QLocale &locale)
{
    return locale.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedKingdom) : locale;
}

QList<Piece> piecesOf(const QString &pattern)
{
    QList<Piece> pieces;
    bool isQuoted = false;
    for (const QChar c : pattern) {
        if (c == u'\'')
            isQuoted = !isQuoted;
        const bool isLetter = !isQuoted && (c == u'd' || c == u'M' || c == u'y');
        const QChar letter = isLetter ? c : QChar();
        if (pieces.isEmpty() || pieces.back().letter != letter)
            pieces.append({letter, {}});
        pieces.back().text += c;
    }
    for (Piece &piece : pieces) {
        if (piece.letter == u'd' && piece.text.size() > 2)
            piece.letter = u'E';
    }
    return pieces;
}

qsizetype find(const QList<Piece> &pieces, char16_t letter)
{
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        if (pieces.at(i).letter == letter)
            return i;
    }
    return -1;
}

/// Takes a field out, with the words that belong to it: those behind it, or those before it when it is the last field.
void remove(QList<Piece> &pieces, char16_t letter)
{
    const qsizetype at = find(pieces, letter);
    if (at < 0)
        return;
    const bool hasFieldBehind = at + 2 < pieces.size();
    if (hasFieldBehind || at == 0) {
        pieces.remove(at, std::min<qsizetype>(2, pieces.size() - at));
        return;
    }
    pieces.resize(at); // words behind the last field are its own, as in "2025 г."
    if (pieces.isEmpty() || !pieces.back().letter.isNull())
        return;
    if (letter == u'y') {
        pieces.removeLast();
        return;
    }
    // What stands before a last day or weekday belongs to the field before it, as in "11月18日火曜日"; only a comma goes.
    QString &text = pieces.back().text;
    while (!text.isEmpty() && (text.back().isSpace() || text.back() == u',' || text.back() == u'،'))
        text.chop(1);
}

} // namespace

QString timeFormat(const QLocale &locale, TimeDetail detail)
{
    QString format = spoken(locale).timeFormat(QLocale::ShortFormat);
    const qsizetype minutes = format.indexOf(u"mm");
    if (detail == TimeDetail::Minutes || minutes < 1)
        return format;
    // Seconds follow with what stands before the minutes: "14.32.10" in Danish.
    QString seconds = format.at(minutes - 1) + QStringLiteral("ss");
    if (detail == TimeDetail::Milliseconds)
        seconds += spoken(locale).decimalPoint() + QStringLiteral("zzz");
    return format.insert(minutes + 2, seconds);
}

QString dateFormat(const QLocale &locale, DateDetail detail)
{
    QList<Piece> pieces = piecesOf(spoken(locale).dateFormat(QLocale::LongFormat));
    remove(pieces, u'E');
    if (detail == DateDetail::DayOfYear)
        remove(pieces, u'y');
    else if (detail == DateDetail::Month)
        remove(pieces, u'd');
    QString format;
    for (const Piece &piece : std::as_const(pieces))
        format += piece.letter == u'M' && piece.text.size() > 3 ? QStringLiteral("MMM") : piece.text;
    return format.trimmed();
}

QString digits(const QLocale &locale, qint64 number, int width)
{
    QString text = QStringLiteral("%1").arg(number, width, 10, QLatin1Char('0'));
    const QString zero = locale.zeroDigit();
    if (zero.size() != 1 || zero.at(0) == u'0')
        return text;
    for (QChar &c : text) {
        if (c.isDigit())
            c = QChar(zero.at(0).unicode() + c.digitValue());
    }
    return text;
}

} // namespace telltale
