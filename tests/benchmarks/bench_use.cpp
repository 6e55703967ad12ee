// SPDX-License-Identifier: GPL-3.0-or-later
// The real window while it is used and fed: ten million records in its cache, 2,000 events a second over the loopback port from a process
// of its own, and somebody who goes through all views without rest: brushing, typing filters, scrolling.
//
//   bench_use [--minutes 5] [--millions 10] [--rate 2000] [--cache-folder FOLDER] [--stacks] [--json FILE]
//
// A stall is an event that keeps the window's thread, with all that it causes; a heartbeat of 10 ms from another thread says how late
// the window listens. Processor time is that of the whole process, which receives and stores what comes: first while it shows the
// overview live and nobody touches it, then while it is used, at last while it is minimised. With a display (xvfb-run) the window is
// on it, else it is drawn without one. The cache is kept in --cache-folder; each run takes a copy.
#include "app/window/collectorreceiver.h"
#include "models/analysis/heap.h"
#include "tests/benchmarks/usescript.h"
#include "tests/support/benchmarkreport.h"
#include "tests/support/historycache.h"
#include "tests/support/loadclient.h"
#include "tests/support/loadgenerator.h"
#include "widgets/pages/sessionspage.h"

#include <QListView>
#include <QProcess>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QUrl>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <malloc.h>
#include <map>
#include <sstream>
#include <sys/resource.h>

using namespace telltale;
using namespace telltale::test;

namespace {

using namespace std::chrono_literals;

constexpr double kMostStallMs = 50;
constexpr int kQuietSeconds = 20;
constexpr std::size_t kRequest = 100; ///< records in a request

Instant instantNow()
{
    return SystemClock().now();
}

/// Sends `rate` events a second to `port` until it is ended.
int sendForever(std::uint16_t port, int rate)
{
    LoadShape shape;
    shape.records = kRequest;
    shape.start = instantNow();
    shape.stepNs = 1'000'000'000 / rate;
    LoadGenerator generator(shape);
    const LoadClient client(port, 1);
    const auto step = std::chrono::nanoseconds(shape.stepNs * static_cast<std::int64_t>(kRequest));
    for (auto due = std::chrono::steady_clock::now();; due += step) {
        std::this_thread::sleep_until(due);
        if (client.send("/v1/logs", {generator.nextProtobuf()}) != 1)
            return 1;
    }
}

double processSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// By what it is: "VmRSS:" all, "RssAnon:" what the process holds for itself, "RssFile:" of it pages of files, the cache's among them.
double memoryMb(std::string_view what = "VmRSS:")
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(what))
            return std::strtod(line.c_str() + what.size(), nullptr) / 1000;
    }
    return 0;
}

/// Of its own memory what is in use, and what was given back and is kept for the next time.
struct Heap
{
    double used = 0, kept = 0;
};
Heap heapMb()
{
    const auto info = ::mallinfo2();
    return {static_cast<double>(info.uordblks + info.hblkhd) / 1e6, static_cast<double>(info.fordblks) / 1e6};
}

void runFor(double seconds)
{
    QEventLoop loop;
    QTimer::singleShot(static_cast<int>(seconds * 1000), &loop, &QEventLoop::quit);
    loop.exec();
}

/// Share of one core that the process takes while events are handled for so long.
double processorShare(double seconds)
{
    const Stopwatch watch;
    const double before = processSeconds();
    runFor(seconds);
    return (processSeconds() - before) / watch.seconds() * 100;
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

std::vector<double> numbersOf(const std::vector<std::pair<std::string, double>> &named)
{
    std::vector<double> numbers;
    for (const auto &[name, number] : named)
        numbers.push_back(number);
    return numbers;
}

/// Which threads took processor time since the start, in seconds.
void printThreads(const char *when)
{
    std::fprintf(stderr, "processor by thread, %s:", when);
    for (const auto &task : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream file(task.path() / "stat");
        std::string line;
        std::getline(file, line);
        std::istringstream fields(line.substr(line.rfind(')') + 2));
        std::string field;
        double ticks = 0;
        for (int i = 0; i < 13 && fields >> field; ++i)
            ticks += i >= 11 ? std::strtod(field.c_str(), nullptr) : 0;
        if (ticks > 20)
            std::fprintf(stderr, " %s %.1f", line.substr(0, line.find(')')).c_str(), ticks / 100);
    }
    std::fputc('\n', stderr);
}

void printStalls(const WatchedApplication &application)
{
    struct Sum
    {
        int count = 0;
        double worst = 0, processor = 0;
    };
    std::map<std::string, Sum> sums;
    for (const WatchedApplication::Stall &stall : application.stalls()) {
        Sum &sum = sums[stall.during + " | " + stall.what];
        ++sum.count;
        sum.worst = std::max(sum.worst, stall.wallMs);
        sum.processor = std::max(sum.processor, stall.processorMs);
    }
    std::vector<std::pair<std::string, Sum>> sorted(sums.begin(), sums.end());
    std::sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) { return a.second.processor > b.second.processor; });
    if (sorted.size() > 40)
        sorted.resize(40);
    std::map<std::string, double> switches;
    for (const auto &[view, ms] : application.firstPaints())
        switches[view] = std::max(switches[view], ms);
    for (const auto &[view, ms] : switches)
        std::fprintf(stderr, "%7.1f ms to the first paint at most: %s\n", ms, view.c_str());
    for (const auto &[what, sum] : sorted)
        std::fprintf(stderr, "%7.1f ms at most (%.1f ms of processor at most), %d times: %s\n", sum.worst, sum.processor, sum.count, what.c_str());
}

/// From one end of the list of all sessions to the other and back, as somebody drags its scroll bar, then page by page.
void scrollSessions(WatchedApplication &application, MainWindow &window, ViewState &state, BenchmarkReport &report)
{
    window.showView(QStringLiteral("sessions"));
    const Instant now = state.wallNow();
    state.setRange(RangeSpec::history({now - 24h * 100, now}));
    for (int i = 0; i < 200 && !window.isSettled(); ++i)
        runFor(0.1);
    application.reset();
    application.setDoing("sessions: dragging the scroll bar");
    const double before = memoryMb();
    QListView *list = static_cast<SessionsPage *>(window.page(QStringLiteral("sessions")))->list();
    QScrollBar *bar = list->verticalScrollBar();
    constexpr int kPlaces = 100, kPages = 40;
    for (int i = 0; i <= 2 * kPlaces; ++i) {
        bar->setValue(static_cast<int>(static_cast<double>(bar->maximum()) * (i <= kPlaces ? i : 2 * kPlaces - i) / kPlaces));
        runFor(0.03);
    }
    for (int i = 0; i < kPages; ++i) {
        bar->triggerAction(QAbstractSlider::SliderPageStepAdd);
        runFor(0.05);
    }
    report.figure("sessions in the list", list->model()->rowCount(), "");
    report.figure("heartbeat late, scrolling sessions, 99th percentile", percentile(application.heartbeats(), 0.99), "ms");
    report.figure("longest stall, scrolling sessions", application.longestMs(), "ms");
    report.figure("memory more after scrolling through them", memoryMb() - before, "MB");
    report.ratio("longest stall scrolling sessions / 50 ms", application.longestMs() / kMostStallMs, 1, false);
    state.setRange(RangeSpec::live(60min));
}

int measure(WatchedApplication &application, const std::filesystem::path &cache, double minutes, int rate, bool hasStacks, BenchmarkReport &report)
{
    Theme theme;
    theme.install(Theme::Mode::Light);
    const auto clock = std::make_shared<SystemClock>();
    ViewState state(clock);
    QueryRunner queries([cache] { return openCacheEngine(cache); });
    CollectorOptions options;
    options.cache = cache;
    options.http->port = 0;
    CollectorReceiver receiver(options);
    MainWindow window(WindowParts{.queries = &queries, .state = &state, .theme = &theme, .receiver = &receiver});
    QObject::connect(&queries, &QueryRunner::answered, &window, [&](const QString &slot) { application.setLastAnswer(slot.toStdString()); });
    window.showView(QStringLiteral("overview"));
    window.show();
    receiver.start();
    window.start();
    for (int i = 0; i < 600 && receiver.status().state != ReceiverStatus::State::Listening; ++i)
        runFor(0.05);
    const QUrl url(QString::fromStdString(receiver.url()));
    if (url.port() <= 0) {
        std::fprintf(stderr, "bench_use: the window does not listen\n");
        return 1;
    }
    QProcess sender;
    sender.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    sender.start(QApplication::applicationFilePath(), {QStringLiteral("--send"), QString::number(url.port()), QString::number(rate)});
    runFor(8); // the first answers
    application.watch(hasStacks);

    const double quiet = processorShare(kQuietSeconds);
    const auto sayHeartbeats = [&](const std::string &when) {
        report.figure("heartbeat late, " + when + ", 99th percentile", percentile(application.heartbeats(), 0.99), "ms");
        report.figure("heartbeat late, " + when + ", at most", percentile(application.heartbeats(), 1), "ms");
        report.figure("longest stall, " + when, application.longestMs(), "ms");
        report.figure("longest event by processor, " + when, application.longestProcessorMs(), "ms");
    };
    sayHeartbeats("live, untouched");

    application.reset();
    UseScript script(window, state, application);
    const auto recordsBefore = receiver.collector()->stats().totals;
    struct Memory
    {
        double own = 0, files = 0;
        Heap heap;
        qsizetype widgets = 0;
    };
    std::vector<Memory> memory; // at the end of each minute
    QTimer minute;
    QObject::connect(&minute, &QTimer::timeout, &window, [&memory] { memory.push_back({memoryMb("RssAnon:"), memoryMb("RssFile:"), heapMb(), QApplication::allWidgets().size()}); });
    minute.start(60'000);
    script.start();
    const Stopwatch watch;
    const double used = processorShare(minutes * 60);
    script.stop();
    minute.stop();
    const double seconds = watch.seconds();
    const auto recordsAfter = receiver.collector()->stats().totals;
    printStalls(application);
    const auto over = std::count_if(application.stalls().begin(), application.stalls().end(), [](const auto &stall) { return stall.wallMs > kMostStallMs; });
    report.figure("minutes of use", seconds / 60, "min");
    report.figure("rounds through all views", script.rounds(), "");
    report.figure("steps of the script", script.steps(), "");
    report.figure("of them selections brushed", script.selections(), "");
    report.figure("of them filters entered", script.filters(), "");
    report.figure("events a second stored meanwhile", static_cast<double>(recordsAfter.records - recordsBefore.records) / seconds, "1/s");
    sayHeartbeats("used");
    report.figure("stalls above 50 ms", static_cast<double>(over), "");
    report.figure("view switches, median to the first paint", percentile(numbersOf(application.firstPaints()), 0.5), "ms");
    report.figure("view switches, slowest", percentile(numbersOf(application.firstPaints()), 1), "ms");
    report.figure("processor while used", used, "% of a core");
    for (std::size_t i = 0; i < memory.size(); ++i) {
        const std::string when = " after minute " + std::to_string(i + 1);
        report.figure("memory of its own" + when, memory[i].own, "MB");
        report.figure("in use on the heap" + when, memory[i].heap.used, "MB");
        report.figure("free on the heap" + when, memory[i].heap.kept, "MB");
        report.figure("pages of files in memory" + when, memory[i].files, "MB");
        report.figure("widgets" + when, static_cast<double>(memory[i].widgets), "");
    }
    report.figure("memory after use", memoryMb(), "MB");
    report.ratio("longest stall / 50 ms", application.longestMs() / kMostStallMs, 1, false);
    report.ratio("slowest view switch / 100 ms", percentile(numbersOf(application.firstPaints()), 1) / 100, 1, false);

    scrollSessions(application, window, state, report);
    window.showView(QStringLiteral("overview"));
    window.showMinimized();
    runFor(3);
    printThreads("before it is minimised");
    const double minimised = processorShare(kQuietSeconds);
    printThreads("after it was minimised");
    report.figure("processor while live, untouched", quiet, "% of a core");
    report.figure("processor while minimised", minimised, "% of a core");
    report.ratio("processor while live / 35 %", quiet / 35, 1, false);
    report.ratio("processor while minimised / 5 %", minimised / 5, 1, false);
    sender.kill();
    sender.waitForFinished();
    return report.finish();
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 4 && std::string_view(argv[1]) == "--send")
        return sendForever(static_cast<std::uint16_t>(std::atoi(argv[2])), std::atoi(argv[3]));
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    settleHeap();
    QStandardPaths::setTestModeEnabled(true);
    WatchedApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const auto option = [&](const QString &name, const QString &otherwise) {
        const qsizetype at = arguments.indexOf(name);
        return at > 0 && at + 1 < arguments.size() ? arguments[at + 1] : otherwise;
    };
    BenchmarkReport report("bench_use", argc, argv);
    QTemporaryDir temporary;
    const std::filesystem::path folder = option(QStringLiteral("--cache-folder"), temporary.path()).toStdString();
    const QString millions = option(QStringLiteral("--millions"), QStringLiteral("10"));
    HistoryShape shape;
    shape.records = millions.toULongLong() * 1'000'000;
    shape.end = Instant::fromSeconds(instantNow().ns / 1'000'000'000 / 86'400 * 86'400); // kept for a day
    const std::filesystem::path kept = folder / ("until-today-" + millions.toStdString() + "M.db");
    if (const auto filled = fillHistory(kept, shape); !filled) {
        std::fprintf(stderr, "bench_use: %s\n", filled.error().message.c_str());
        return 1;
    }
    const std::filesystem::path cache = std::filesystem::path(temporary.path().toStdString()) / "used.db";
    std::filesystem::copy_file(kept, cache);
    return measure(application, cache, option(QStringLiteral("--minutes"), QStringLiteral("5")).toDouble(),
                   option(QStringLiteral("--rate"), QStringLiteral("2000")).toInt(), arguments.contains(QStringLiteral("--stacks")), report);
}
