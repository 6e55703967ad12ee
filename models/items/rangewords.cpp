// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/rangewords.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <QRegularExpression>

namespace telltale {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(telltale::RangeWords)
};

QString bare(QString word)
{
    if (word.endsWith(u'.')) // as short month names have it
        word.chop(1);
    return word.toCaseFolded();
}

QHash<QString, QString> dictionary()
{
    QHash<QString, QString> english;
    const auto add = [&english](const QString &word, const QString &meaning) {
        if (!word.isEmpty())
            english.insert(bare(word), meaning);
    };
    const QLocale locale, c = QLocale::c();
    for (int month = 1; month <= 12; ++month) {
        const QString meaning = c.monthName(month, QLocale::ShortFormat);
        for (const auto length : {QLocale::ShortFormat, QLocale::LongFormat}) {
            add(locale.monthName(month, length), meaning);
            add(locale.standaloneMonthName(month, length), meaning);
        }
    }
    add(Words::tr("today", "typed into the time picker"), QStringLiteral("today"));
    add(Words::tr("yesterday", "typed into the time picker"), QStringLiteral("yesterday"));
    add(Words::tr("tomorrow", "typed into the time picker"), QStringLiteral("tomorrow"));
    add(Words::tr("now", "typed into the time picker"), QStringLiteral("now"));
    add(Words::tr("since", "typed into the time picker, as in: since 4.2.0"), QStringLiteral("since"));
    return english;
}

QString inLanguage(const QString &english)
{
    if (english == u"today")
        return Words::tr("today", "typed into the time picker");
    if (english == u"yesterday")
        return Words::tr("yesterday", "typed into the time picker");
    if (english == u"now")
        return Words::tr("now", "typed into the time picker");
    if (english == u"since")
        return Words::tr("since", "typed into the time picker, as in: since 4.2.0");
    return english;
}

} // namespace

QString rangeWordsInLanguage(const QString &english)
{
    const qsizetype blank = english.indexOf(u' ');
    const QString word = blank < 0 ? english : english.left(blank);
    const QString own = inLanguage(word) + english.mid(word.size());
    return rangeWordsInEnglish(own) == english ? own : english;
}

QString rangeWordsInEnglish(const QString &typed)
{
    static const QRegularExpression word(QStringLiteral(R"(\p{L}[\p{L}\p{M}]+)"),
                                         QRegularExpression::UseUnicodePropertiesOption);
    QString text;
    qsizetype done = 0;
    const QHash<QString, QString> english = dictionary();
    for (auto found = word.globalMatch(typed); found.hasNext();) {
        const auto match = found.next();
        const auto meaning = english.constFind(match.captured().toCaseFolded());
        if (meaning == english.constEnd())
            continue;
        text += typed.mid(done, match.capturedStart() - done) + *meaning;
        done = match.capturedEnd();
    }
    return text + typed.mid(done);
}

} // namespace telltale
