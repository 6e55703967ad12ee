// SPDX-License-Identifier: GPL-3.0-or-later
#include "translations/translator.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

// Resources of a static library have to be asked for, outside any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(telltale_translations);
}

namespace telltale {

namespace {

const auto kFolder = QStringLiteral(":/translations");

/// Installs what `load` finds; the translator installed last is asked first.
template<typename Load>
void install(QCoreApplication &application, Load load)
{
    auto *translator = new QTranslator(&application);
    if (load(*translator))
        application.installTranslator(translator);
    else
        delete translator;
}

void install(QCoreApplication &application, const QLocale &locale)
{
    install(application, [&](QTranslator &translator) {
        return translator.load(locale, QStringLiteral("telltale"), QStringLiteral("_"), kFolder);
    });
}

bool isOfTests(const QString &name)
{
    return name == u"en_XA" || name == u"ar_XB";
}

} // namespace

void installTranslations(QCoreApplication &application, const QLocale &locale)
{
    initResources();
    // What a language lacks is English.
    install(application, QLocale(QLocale::English));
    if (locale.language() == QLocale::English || locale.language() == QLocale::C)
        return;
    install(application, [&](QTranslator &translator) {
        return translator.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                               QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    });
    install(application, locale);
}

QString counterText(std::string_view help)
{
    return help.empty() ? QString()
                        : QCoreApplication::translate("telltale::Counters", std::string(help).c_str());
}

void useLanguage(QCoreApplication &application, const std::string &name)
{
    const QString language = QString::fromStdString(name);
    if (!language.isEmpty())
        QLocale::setDefault(QLocale(language));
    installTranslations(application, QLocale());
    if (isOfTests(language)) // Qt knows no such territories: their files are named in full
        install(application, [&](QTranslator &translator) {
            return translator.load(QStringLiteral("telltale_") + language, kFolder);
        });
}

} // namespace telltale
