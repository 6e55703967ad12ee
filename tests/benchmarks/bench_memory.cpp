// SPDX-License-Identifier: GPL-3.0-or-later
// Memory of the real window over caches of growing size, after every view was looked at.
//
//   bench_memory [--sizes 1,10,100] [--cache-folder FOLDER] [--json FILE]
//
// Sizes are millions of records, by default 1. Caches are those of bench_query; they are kept in --cache-folder. Each
// window is a process of its own, drawn without a display.
//
// Own memory is what the process has written to, see OwnMemory; the rest of what a window takes is mapped files.
#include "models/analysis/heap.h"
#include "tests/support/benchmarkreport.h"
#include "tests/support/historycache.h"
#include "tests/support/ownmemory.h"
#include "widgets/controls/segmentedcontrol.h"
#include "widgets/pages/journeyspage.h"
#include "widgets/window/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace telltale;
using namespace telltale::test;

namespace {

constexpr qint64 kLongestWaitMs = 120'000;

double memory(std::string_view field)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(field))
            return std::strtod(line.c_str() + field.size(), nullptr) / 1000;
    }
    return 0;
}

void settle(const MainWindow &window)
{
    QElapsedTimer clock;
    clock.start();
    for (int calm = 0; calm < 3 && clock.elapsed() < kLongestWaitMs;) {
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
        calm = window.isSettled() ? calm + 1 : 0;
    }
}

void say(int hours, const QString &what, OwnMemory &own)
{
    double used = 0, free = 0;
#ifdef __GLIBC__
    const struct mallinfo2 heap = ::mallinfo2();
    used = static_cast<double>(heap.uordblks + heap.hblkhd) / 1e6;
    free = static_cast<double>(heap.fordblks) / 1e6;
#endif
    std::fprintf(stderr, "  %6d hours, %-20s %6.0f MB own, %6.0f at most, %6.0f mapped; heap %6.0f used, %6.0f free\n", hours,
                 qPrintable(what), OwnMemory::now(), own.takeMost(), memory("RssFile:"), used, free);
}

/// What a person sees after a click, drawn.
void look(MainWindow &window)
{
    settle(window);
    QPixmap picture(window.size());
    window.render(&picture);
}

/// Journeys show one thing at a time.
void lookAtJourneys(MainWindow &window, int hours, OwnMemory &own)
{
    const auto pages = window.findChildren<JourneysPage *>();
    for (int tab = 1; !pages.isEmpty() && tab < 3; ++tab) {
        pages.front()->tabs()->setCurrentIndex(tab);
        look(window);
        say(hours, tab == 1 ? QStringLiteral("journeys, retention") : QStringLiteral("journeys, paths"), own);
    }
    if (!pages.isEmpty())
        pages.front()->tabs()->setCurrentIndex(0);
}

/// Looks at every view, over the last hour, the last week and everything. Prints memory now and at most.
int visit(QApplication &, const std::filesystem::path &cache)
{
    const HistoryShape shape;
    OwnMemory own;
    Theme theme;
    theme.install(Theme::Mode::Light);
    theme.setReducedMotion(true);
    ViewState state(std::make_shared<FixedClock>(shape.end));
    QueryRunner queries([cache] { return openCacheEngine(cache); });
    MainWindow window({&queries, &state, &theme, nullptr});
    window.setStill(true);
    window.resize(1440, 900);
    window.setAttribute(Qt::WA_DontShowOnScreen);
    window.show();
    window.start();
    for (const int hours : {1, 7 * 24, static_cast<int>(shape.days) * 24}) {
        state.setRange(RangeSpec::history({shape.end - std::chrono::hours(hours), shape.end}));
        for (const QString &view : window.views()) {
            window.showView(view);
            look(window);
            say(hours, view, own);
            if (view == QLatin1String("journeys"))
                lookAtJourneys(window, hours, own);
        }
    }
    std::printf("%f %f %f %f\n", memory("VmRSS:"), memory("VmHWM:"), OwnMemory::now(), own.most());
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    settleHeap();
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const auto option = [&](const QString &name, const QString &otherwise) {
        const qsizetype at = arguments.indexOf(name);
        return at > 0 && at + 1 < arguments.size() ? arguments[at + 1] : otherwise;
    };
    if (const QString cache = option(QStringLiteral("--visit"), {}); !cache.isEmpty())
        return visit(application, cache.toStdString());

    BenchmarkReport report("bench_memory", argc, argv);
    QTemporaryDir temporary;
    const std::filesystem::path folder =
        option(QStringLiteral("--cache-folder"), temporary.path()).toStdString();
    for (const QString &size :
         option(QStringLiteral("--sizes"), QStringLiteral("1")).split(QLatin1Char(','))) {
        HistoryShape shape;
        shape.records = size.toULongLong() * 1'000'000;
        const std::filesystem::path cache = folder / ("history-" + size.toStdString() + "M.db");
        if (const auto filled = fillHistory(cache, shape); !filled) {
            std::fprintf(stderr, "bench_memory: %s\n", filled.error().message.c_str());
            return 1;
        }
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel); // memory after each view
        process.start(QApplication::applicationFilePath(),
                      {QStringLiteral("--visit"), QString::fromStdString(cache.string())});
        process.waitForFinished(-1);
        const QStringList answer =
            QString::fromLatin1(process.readAllStandardOutput()).simplified().split(QLatin1Char(' '));
        if (process.exitCode() != 0 || answer.size() != 4) {
            std::fprintf(stderr, "bench_memory: the window over %s M records ended early\n",
                         qPrintable(size));
            return 1;
        }
        const std::string label = size.toStdString() + " M records";
        report.figure("window after all views, " + label, answer[0].toDouble(), "MB");
        report.figure("window at most, " + label, answer[1].toDouble(), "MB");
        report.figure("own memory after all views, " + label, answer[2].toDouble(), "MB");
        report.figure("own memory at most, " + label, answer[3].toDouble(), "MB");
        report.ratio("own memory at most / 300 MB, " + label, answer[3].toDouble() / 300, 1, false);
        report.ratio("window at most / 300 MB, " + label, answer[1].toDouble() / 300, 1, false);
    }
    return report.finish();
}
