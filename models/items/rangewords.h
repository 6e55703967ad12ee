// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace telltale {

/// What was typed into the time picker with the words of the language and the month names of the default locale put into those that
/// RangeParser reads: "gestern 9-17" -> "yesterday 9-17", "18. März" -> "18. Mar". English words stay as they are. Pure but for
/// the default locale and the translations; costs microseconds.
QString rangeWordsInEnglish(const QString &typed);

/// The other way round for "today", "yesterday", "now" and "since 4.2.0", as people are shown what they may type; the English when
/// the language's own word would not be understood.
QString rangeWordsInLanguage(const QString &english);

} // namespace telltale
