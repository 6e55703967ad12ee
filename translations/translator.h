// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>

class QCoreApplication;

namespace telltale {

/// Lets tr() speak the language of `locale` where there is a translation, else English with proper plurals.
/// Call once, before the first text is made. The translators belong to `application`.
void installTranslations(QCoreApplication &application, const QLocale &locale);

} // namespace telltale
