// SPDX-License-Identifier: GPL-3.0-or-later
// A report with all sections over caches of growing size: how long it takes, and how long the window stands still meanwhile.
//
//   bench_report [--sizes 1,10] [--cache-folder FOLDER] [--json FILE]
//
// Sizes are millions of records, by default 1. Caches are those of bench_query; they are kept in --cache-folder. The window is the real
// one, drawn without a display; a stall is the longest time that its thread worked on one event, while the preview is made and
// painted and while each format is written. Processor time beside it tells work from waiting for a shared processor.
#include "models/report/reportfacts.h"
#include "tests/support/benchmarkreport.h"
#include "tests/support/historycache.h"
#include "widgets/pages/reportspage.h"
#include "widgets/report/composer.h"
#include "widgets/report/reportwriter.h"
#include "widgets/window/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>

using namespace telltale;
using namespace telltale::test;

namespace {

constexpr double kMostStallMs = 50;
constexpr double kMostReportSeconds = 3;
constexpr qint64 kLongestWaitMs = 300'000;

double threadMs()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Measures how long each event keeps the thread of the window, with all that it causes.
class WatchedApplication final : public QApplication
{
public:
    using QApplication::QApplication;

    struct Stall
    {
        double wallMs = 0, processorMs = 0;
    };
    /// The longest since the last call.
    Stall takeLongest() { return std::exchange(m_longest, {}); }

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0)
            return QApplication::notify(receiver, event);
        ++m_depth;
        QElapsedTimer clock;
        clock.start();
        const double before = threadMs();
        const bool isDone = QApplication::notify(receiver, event);
        m_longest.wallMs = std::max(m_longest.wallMs, static_cast<double>(clock.nsecsElapsed()) / 1e6);
        m_longest.processorMs = std::max(m_longest.processorMs, threadMs() - before);
        --m_depth;
        return isDone;
    }

private:
    int m_depth = 0;
    Stall m_longest;
};

template<typename Condition>
bool waitUntil(Condition &&isDone)
{
    QElapsedTimer clock;
    clock.start();
    while (!isDone() && clock.elapsed() < kLongestWaitMs)
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
    return isDone();
}

/// Without a window: what `telltale report` does.
bool measureReport(const std::filesystem::path &cache, Instant now, const QString &label, BenchmarkReport &report)
{
    const Stopwatch watch;
    auto engine = openCacheEngine(cache);
    Scope scope;
    scope.now = now;
    const auto facts = engine ? gatherFacts(**engine, {}, scope, {}, {}) : Result<ReportFacts>(tl::unexpected(engine.error()));
    if (!facts) {
        std::fprintf(stderr, "bench_report: %s\n", facts.error().message.c_str());
        return false;
    }
    const double asked = watch.seconds();
    const auto pdf = reportPdf(composeReport(*facts, Formatter()));
    if (!pdf)
        return false;
    report.figure("asking all sections, " + label.toStdString(), asked, "s");
    report.figure("the whole report as PDF, " + label.toStdString(), watch.seconds(), "s");
    report.ratio("the whole report / 3 s, " + label.toStdString(), watch.seconds() / kMostReportSeconds, 1, false);
    return true;
}

bool measureWindow(WatchedApplication &application, const std::filesystem::path &cache, const HistoryShape &shape, const QString &label, BenchmarkReport &report)
{
    Theme theme;
    theme.install(Theme::Mode::Light);
    theme.setReducedMotion(true);
    ViewState state(std::make_shared<FixedClock>(shape.end));
    state.setRange(RangeSpec::history({shape.end - std::chrono::hours(shape.days * 24), shape.end}));
    QueryRunner queries([cache] { return openCacheEngine(cache); });
    MainWindow window({&queries, &state, &theme, nullptr});
    window.resize(1440, 900);
    window.show();
    window.start();
    if (!waitUntil([&] { return window.isSettled(); }))
        return false;
    const auto say = [&](const std::string &when) {
        const WatchedApplication::Stall stall = application.takeLongest();
        report.figure("longest stall, " + when + ", " + label.toStdString(), stall.wallMs, "ms");
        report.figure("of that processor time, " + when + ", " + label.toStdString(), stall.processorMs, "ms");
        report.ratio("longest stall / 50 ms, " + when + ", " + label.toStdString(), stall.wallMs / kMostStallMs, 1, false);
    };
    application.takeLongest();
    window.showView(QStringLiteral("reports"));
    auto *page = static_cast<ReportsPage *>(window.page(QStringLiteral("reports")));
    application.takeLongest(); // making the view is no part of it
    if (!waitUntil([&] { return page->isSettled() && window.isSettled(); }))
        return false;
    say("preview");
    QTemporaryDir folder;
    for (const ReportFormat format : {ReportFormat::Pdf, ReportFormat::Html, ReportFormat::Xlsx, ReportFormat::Csv}) {
        bool isWritten = false;
        const auto connection = QObject::connect(page, &ReportsPage::written, page, [&](const QString &, const QString &problem) { isWritten = problem.isEmpty(); });
        page->exportTo(folder.filePath(QStringLiteral("report.") + suffixOf(format)), format);
        const bool isDone = waitUntil([&] { return isWritten; });
        QObject::disconnect(connection);
        if (!isDone)
            return false;
        say("export of " + suffixOf(format).toStdString());
    }
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    WatchedApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const auto option = [&](const QString &name, const QString &otherwise) {
        const qsizetype at = arguments.indexOf(name);
        return at > 0 && at + 1 < arguments.size() ? arguments[at + 1] : otherwise;
    };
    BenchmarkReport report("bench_report", argc, argv);
    QTemporaryDir temporary;
    const std::filesystem::path folder = option(QStringLiteral("--cache-folder"), temporary.path()).toStdString();
    for (const QString &size : option(QStringLiteral("--sizes"), QStringLiteral("1")).split(QLatin1Char(','))) {
        HistoryShape shape;
        shape.records = size.toULongLong() * 1'000'000;
        const std::filesystem::path cache = folder / ("history-" + size.toStdString() + "M.db");
        if (const auto filled = fillHistory(cache, shape); !filled) {
            std::fprintf(stderr, "bench_report: %s\n", filled.error().message.c_str());
            return 1;
        }
        const QString label = size + QStringLiteral(" M records");
        if (!measureReport(cache, shape.end, label, report) || !measureWindow(application, cache, shape, label, report)) {
            std::fprintf(stderr, "bench_report: no report of %s\n", qPrintable(label));
            return 1;
        }
    }
    return report.finish();
}
