// SPDX-License-Identifier: GPL-3.0-or-later
#include "translations/pseudotext.h"

#include <QRegularExpression>

#include <array>

namespace telltale {

namespace {

constexpr double kGrowth = 0.4;
constexpr char16_t kTurn = u'\u202E';    ///< right-to-left override
constexpr char16_t kTurnEnd = u'\u202C'; ///< pop directional formatting
constexpr char16_t kRightMark = u'\u200F';

QChar accented(QChar c)
{
    static constexpr QStringView kPlain = u"AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpRrSsTtUuVvWwXxYyZz";
    static constexpr QStringView kAccented = u"ÅåƁƀÇçÐđÉéƑƒĜĝĤĥÎîĴĵĶķĻļḾḿÑñÖöÞþŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž";
    static_assert(kPlain.size() == kAccented.size());
    const qsizetype at = kPlain.indexOf(c);
    return at < 0 ? c : kAccented.at(at);
}

QString longer(const QString &words)
{
    QString text;
    bool isMnemonic = false;
    for (const QChar c : words) {
        text += isMnemonic ? c : accented(c);
        isMnemonic = c == u'&';
    }
    return text;
}

QString turned(const QString &words)
{
    static const QRegularExpression word(QStringLiteral(R"([^\s]+)"));
    QString text;
    qsizetype done = 0;
    for (auto found = word.globalMatch(words); found.hasNext();) {
        const auto match = found.next();
        text += words.mid(done, match.capturedStart() - done);
        text += kRightMark;
        text += kTurn;
        text += match.captured();
        text += kTurnEnd;
        text += kRightMark;
        done = match.capturedEnd();
    }
    return text + words.mid(done);
}

QString padding(qsizetype letters)
{
    static constexpr std::array kWords = {u"one", u"two",   u"three", u"four", u"five",
                                          u"six", u"seven", u"eight", u"nine", u"ten"};
    QString text;
    for (std::size_t i = 0; text.size() < letters; ++i)
        text += u' ' + QString::fromUtf16(kWords.at(i % kWords.size()));
    return text;
}

} // namespace

QString pseudoText(const QString &text, PseudoLanguage language)
{
    if (text.isEmpty())
        return text;
    static const QRegularExpression kept(QStringLiteral(R"(%L?(?:\d{1,2}|n)|<[^<>]+>|&(?:\w+|#\d+);|\n)"));
    const auto change = language == PseudoLanguage::Long ? longer : turned;
    QString out;
    qsizetype done = 0;
    for (auto found = kept.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        out += change(text.mid(done, match.capturedStart() - done)) + match.captured();
        done = match.capturedEnd();
    }
    out += change(text.mid(done));
    if (language == PseudoLanguage::RightToLeft)
        return out;
    return u'[' + out + padding(qRound(double(text.size()) * kGrowth) - 2) + u']';
}

} // namespace telltale
