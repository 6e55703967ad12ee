// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace telltale {

/// What was typed into the time picker with the words of the language and the month names of the default locale put into those that
/// RangeParser reads: "gestern 9-17" -> "yesterday 9-17", "18. März" -> "18. Mar". English words stay as they are. Pure but for
/// the default locale and the translations; costs microseconds.
QString rangeWordsInEnglish(const QString &typed);

} // namespace telltale
