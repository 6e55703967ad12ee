// SPDX-License-Identifier: GPL-3.0-or-later
#include "translations/translator.h"

#include <QCoreApplication>
#include <QTranslator>

// Resources of a static library have to be asked for, outside any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(telltale_translations);
}

namespace telltale {

namespace {

void install(QCoreApplication &application, const QLocale &locale)
{
    auto *translator = new QTranslator(&application);
    if (translator->load(locale, QStringLiteral("telltale"), QStringLiteral("_"),
                         QStringLiteral(":/translations")))
        application.installTranslator(translator);
    else
        delete translator;
}

} // namespace

void installTranslations(QCoreApplication &application, const QLocale &locale)
{
    initResources();
    // The one installed last is asked first; what it lacks is English.
    install(application, QLocale(QLocale::English));
    if (locale.language() != QLocale::English)
        install(application, locale);
}

} // namespace telltale
