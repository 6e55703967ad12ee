// SPDX-License-Identifier: GPL-3.0-or-later
// From the start of the process to its first painted window: the program over a cache of a million events, over an
// empty one, and the least a Qt Widgets and Charts program can do, in turns.
#include "models/store/cachewriter.h"
#include "tests/support/benchmarkreport.h"
#include "tests/support/storedrecords.h"

#include <QCoreApplication>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <cstdio>

using namespace telltale;
using namespace telltale::test;

namespace {

/// Milliseconds from start to the line "first-paint" on stderr; below zero when it never came.
double firstPaint(const QString &program, const QStringList &arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TELLTALE_TRACE_START"), QStringLiteral("1"));
    if (!environment.contains(QStringLiteral("DISPLAY")))
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    process.setProcessEnvironment(environment);
    process.setReadChannel(QProcess::StandardError);
    const Stopwatch watch;
    process.start(program, arguments);
    QByteArray text;
    double seconds = -1;
    while (process.waitForReadyRead(20'000) || process.bytesAvailable() > 0) {
        text += process.readAllStandardError();
        if (text.contains("first-paint")) {
            seconds = watch.seconds();
            break;
        }
    }
    process.terminate();
    if (!process.waitForFinished(5'000))
        process.kill();
    process.waitForFinished(5'000);
    return seconds * 1000;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    BenchmarkReport report("bench_start", argc, argv);
    const QString folder = QCoreApplication::applicationDirPath();
    QTemporaryDir caches;
    const QString full = caches.filePath(QStringLiteral("million.db"));
    const QString empty = caches.filePath(QStringLiteral("empty.db"));
    if (const auto stored = storeGeneratedRecords(full.toStdString(), 1'000'000); !stored) {
        std::fprintf(stderr, "bench_start: %s\n", stored.error().message.c_str());
        return 1;
    }
    const QString telltaleProgram = folder + QStringLiteral("/telltale");
    const QString minimalProgram = folder + QStringLiteral("/bench_start_minimal");
    std::vector<double> minimal, withEmpty, withMillion;
    for (int round = -1; round < 9; ++round) { // the first round warms the caches
        const double a = firstPaint(minimalProgram, {});
        const double b =
            firstPaint(telltaleProgram, {QStringLiteral("--cache"), empty, QStringLiteral("--no-receive")});
        const double c =
            firstPaint(telltaleProgram, {QStringLiteral("--cache"), full, QStringLiteral("--no-receive")});
        if (a < 0 || b < 0 || c < 0) {
            std::fprintf(stderr, "bench_start: a window was never painted (%.0f %.0f %.0f)\n", a, b, c);
            return 1;
        }
        if (round < 0)
            continue;
        minimal.push_back(a);
        withEmpty.push_back(b);
        withMillion.push_back(c);
    }
    report.figure("minimal Qt Widgets and Charts program", median(minimal), "ms");
    report.figure("telltale, empty cache", median(withEmpty), "ms");
    report.figure("telltale, a million events", median(withMillion), "ms");
    report.ratio("a million events / minimal program", median(withMillion) / median(minimal), 2, false);
    report.ratio("empty cache / minimal program", median(withEmpty) / median(minimal), 2, false);
    report.ratio("a million events / empty cache", median(withMillion) / median(withEmpty), 1.3, false);
    return report.finish();
}
