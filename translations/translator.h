// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>

#include <string>
#include <string_view>

class QCoreApplication;

namespace telltale {

/// Lets tr() speak the language of `locale` where there is a translation, else English with proper plurals; Qt's own words
/// too, where their catalogue is installed. Call once, before the first text is made. The translators belong to
/// `application`.
void installTranslations(QCoreApplication &application, const QLocale &locale);

/// What --lang asks for: makes `name` ("de", "de_AT"; empty: the system's) the default locale and installs its translations.
/// Also takes the two languages of the tests, which nothing offers to people: "en_XA" (long, with accents) and "ar_XB" (right
/// to left). Call once, on the main thread, before the first text is made.
void useLanguage(QCoreApplication &application, const std::string &name);

/// What a counter means (CounterInfo::help, English) in the person's language.
QString counterText(std::string_view help);

} // namespace telltale
