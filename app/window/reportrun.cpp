// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/reportrun.h"

#include "app/commands/command.h"
#include "app/window/withoutdisplay.h"
#include "models/report/reportfacts.h"
#include "translations/translator.h"
#include "widgets/report/composer.h"
#include "widgets/theme/fonts.h"

#include <QGuiApplication>
#include <QLocale>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <stop_token>
#include <thread>
#include <unistd.h>

namespace telltale {
namespace {

std::atomic<bool> isInterrupted = false;

int fail(const Error &error)
{
    std::fprintf(stderr, "telltale report: %s\n", error.code == Error::Code::Cancelled ? "stopped; nothing was written" : error.message.c_str());
    return error.code == Error::Code::InvalidArgument ? ExitWrongUse : ExitFailed;
}

/// Asks for a stop when a signal came. Signals may do no more than set a flag.
class InterruptWatch
{
public:
    explicit InterruptWatch(std::stop_source stop)
        : m_thread([stop = std::move(stop)](const std::stop_token &end) mutable {
            while (!end.stop_requested() && !isInterrupted.load())
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            if (isInterrupted.load())
                stop.request_stop();
        })
    {
        std::signal(SIGINT, [](int) { isInterrupted = true; });
        std::signal(SIGTERM, [](int) { isInterrupted = true; });
    }

private:
    std::jthread m_thread;
};

} // namespace

Formatter formatterFor(const Zone &zone, const std::string &locale)
{
    const QLocale language = locale.empty() ? QLocale() : QLocale(QString::fromStdString(locale));
    return Formatter(language, [zone](Instant at) { return zone.offsetSeconds(at); }, QString::fromStdString(zone.id()));
}

int runReport(const ReportRunOptions &options)
{
    doWithoutDisplay();
    int argc = options.argc;
    QGuiApplication application(argc, options.argv);
    QGuiApplication::setApplicationName(QStringLiteral("telltale"));
    useLanguage(application, options.locale);
    loadFonts();

    auto engine = openCacheEngine(options.cache);
    if (!engine)
        return fail(engine.error());
    std::stop_source stop;
    const InterruptWatch watch(stop);
    const bool isTerminal = ::isatty(STDERR_FILENO) != 0;
    const auto facts = gatherFacts(
        **engine, options.request, options.scope,
        [isTerminal](std::size_t done, std::size_t total) {
            if (isTerminal)
                std::fprintf(stderr, "\rAsking: %zu of %zu", done, total);
        },
        stop.get_token());
    if (isTerminal)
        std::fputs("\r\033[K", stderr);
    if (!facts)
        return fail(facts.error());
    const Formatter formatter = formatterFor(options.scope.zone, options.locale);
    const ReportDocument document = composeReport(*facts, formatter);
    if (isInterrupted.load())
        return fail({Error::Code::Cancelled, "stopped; nothing was written"});
    if (const auto written = writeReport(document, options.format, formatter, QString::fromStdString(options.out)); !written)
        return fail(written.error());
    for (const std::string &note : facts->notes)
        std::fprintf(stderr, "note: %s\n", note.c_str());
    return ExitDone;
}

} // namespace telltale
