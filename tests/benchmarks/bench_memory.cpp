// SPDX-License-Identifier: GPL-3.0-or-later
// Memory of the real window over caches of growing size, after every view was looked at.
//
//   bench_memory [--sizes 1,10,100] [--cache-folder FOLDER] [--json FILE]
//
// Sizes are millions of records, by default 1. Caches are those of bench_query; they are kept in --cache-folder. Each
// window is a process of its own, drawn without a display.
#include "models/analysis/heap.h"
#include "tests/support/benchmarkreport.h"
#include "tests/support/historycache.h"
#include "widgets/window/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

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

/// Looks at every view, over the last hour, the last week and everything. Prints memory now and at most.
int visit(QApplication &, const std::filesystem::path &cache)
{
    const HistoryShape shape;
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
    for (const std::int64_t hours : {std::int64_t(1), std::int64_t(7 * 24), shape.days * 24}) {
        state.setRange(RangeSpec::history({shape.end - std::chrono::hours(hours), shape.end}));
        for (const QString &view : window.views()) {
            window.showView(view);
            settle(window);
            QPixmap picture(window.size());
            window.render(&picture);
            std::fprintf(stderr, "  %6lld hours, %-12s %8.0f MB\n", static_cast<long long>(hours), qPrintable(view),
                         memory("VmRSS:"));
        }
    }
    std::printf("%f %f\n", memory("VmRSS:"), memory("VmHWM:"));
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
        if (process.exitCode() != 0 || answer.size() != 2) {
            std::fprintf(stderr, "bench_memory: the window over %s M records ended early\n",
                         qPrintable(size));
            return 1;
        }
        const std::string label = size.toStdString() + " M records";
        report.figure("window after all views, " + label, answer[0].toDouble(), "MB");
        report.figure("window at most, " + label, answer[1].toDouble(), "MB");
        report.ratio("window at most / 300 MB, " + label, answer[1].toDouble() / 300, 1, false);
    }
    return report.finish();
}
