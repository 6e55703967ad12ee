// SPDX-License-Identifier: GPL-3.0-or-later
// Time and memory of `telltale export` over caches of growing size: bounded, however many records there are.
//
//   bench_export [--sizes 1,5] [--cache-folder FOLDER] [--json FILE]
//
// Sizes are millions of records, by default 1. Caches are those of bench_query; they are kept in --cache-folder, where room for the exported
// file is needed, too (some 300 MB a million as JSON lines).
#include "tests/support/benchmarkreport.h"
#include "tests/support/historycache.h"

#include <QCoreApplication>
#include <QStringList>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <spawn.h>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <vector>

extern char **environ;

using namespace telltale::test;

namespace {

constexpr double kMostMegabytes = 512;
constexpr double kMostGrowth = 1.25;

struct Run
{
    bool isDone = false;
    double seconds = 0, megabytes = 0; ///< at most
};

Run run(const std::vector<std::string> &words)
{
    std::vector<char *> arguments;
    for (const std::string &word : words)
        arguments.push_back(const_cast<char *>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    const Stopwatch watch;
    pid_t child = 0;
    const int problem = posix_spawn(&child, arguments.front(), &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    int status = 0;
    rusage used{};
    if (problem != 0 || ::wait4(child, &status, 0, &used) != child)
        return {};
    return {WIFEXITED(status) && WEXITSTATUS(status) == 0, watch.seconds(), static_cast<double>(used.ru_maxrss) / 1000};
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const auto option = [&](const QString &name, const QString &otherwise) {
        const qsizetype at = arguments.indexOf(name);
        return at > 0 && at + 1 < arguments.size() ? arguments[at + 1] : otherwise;
    };
    BenchmarkReport report("bench_export", argc, argv);
    const QTemporaryDir temporary;
    const std::filesystem::path folder = option(QStringLiteral("--cache-folder"), temporary.path()).toStdString();
    const std::string program = QString(QCoreApplication::applicationDirPath() + QStringLiteral("/telltale")).toStdString();
    std::map<std::string, double> first; ///< memory of the first size
    for (const QString &size : option(QStringLiteral("--sizes"), QStringLiteral("1")).split(QLatin1Char(','))) {
        HistoryShape shape;
        shape.records = size.toULongLong() * 1'000'000;
        const std::filesystem::path cache = folder / ("history-" + size.toStdString() + "M.db");
        if (const auto filled = fillHistory(cache, shape); !filled) {
            std::fprintf(stderr, "bench_export: %s\n", filled.error().message.c_str());
            return 1;
        }
        for (const std::string format : {"jsonl", "csv", "xlsx"}) {
            const std::filesystem::path out = folder / ("export." + format);
            const Run made = run({program, "export", "--cache", cache.string(), "--out", out.string()});
            const std::string label = ", " + format + ", " + size.toStdString() + " M records";
            if (!made.isDone) {
                std::fprintf(stderr, "bench_export: no export%s\n", label.c_str());
                return 1;
            }
            report.figure("time" + label, made.seconds, "s");
            report.figure("memory at most" + label, made.megabytes, "MB");
            report.figure("file" + label, static_cast<double>(std::filesystem::file_size(out)) / 1e6, "MB");
            report.ratio("memory at most / 512 MB" + label, made.megabytes / kMostMegabytes, 1, false);
            if (const auto known = first.find(format); known != first.end())
                report.ratio("memory at most / that of the first size" + label, made.megabytes / known->second, kMostGrowth, false);
            else
                first[format] = made.megabytes;
            std::filesystem::remove(out);
        }
    }
    return report.finish();
}
