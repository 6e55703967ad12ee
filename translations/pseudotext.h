// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace telltale {

/// The languages that only tests speak.
enum class PseudoLanguage {
    Long, ///< en_XA: [Šéššîöñš one]: accents, brackets, about 40 % longer. What is plain was never translated.
    RightToLeft, ///< ar_XB: every word turned round by direction marks, as a language that is read from the right
};

/// `text` in a language of the tests. Placeholders (%1, %L1, %n, %Ln), HTML tags, character references, line breaks and the letter
/// behind an & stay as they are. Pure; linear.
QString pseudoText(const QString &text, PseudoLanguage language);

} // namespace telltale
