// SPDX-License-Identifier: GPL-3.0-or-later
// From a request of an SDK to the changed pixel: the real window on a display, a request with a person never seen before,
// and the time until the number in the tile "Active users" is another picture. Needs a display:
//   xvfb-run -s "-screen 0 1600x1000x24 -dpi 96" bench_live
#include "tests/support/benchmarkreport.h"
#include "tests/support/loadclient.h"
#include "tests/support/storedrecords.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPixmap>
#include <QProcess>
#include <QScreen>
#include <QTemporaryDir>
#include <QThread>
#include <QUrl>

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace telltale::test;

namespace {

constexpr int kRequests = 60;
constexpr QRect kNumber(244, 108, 70,
                        40); // of the first tile, in a window of 1440 x 900 at the screen's corner

QImage numberOnScreen()
{
    return QGuiApplication::primaryScreen()
        ->grabWindow(0, kNumber.x(), kNumber.y(), kNumber.width(), kNumber.height())
        .toImage();
}

std::string bodyOfNewPerson(int number)
{
    const auto now = std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    const QString text =
        QStringLiteral(
            R"({"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"Stride"}}]},)"
            R"("scopeLogs":[{"logRecords":[{"timeUnixNano":"%1","eventName":"app.widget.click","attributes":[)"
            R"({"key":"app.widget.name","value":{"stringValue":"Start workout"}},)"
            R"({"key":"user.id","value":{"stringValue":"person-%2"}},{"key":"session.id","value":{"stringValue":"visit-%2"}}]}]}]}]})")
            .arg(now.count())
            .arg(number);
    return text.toStdString();
}

/// Polls until `condition` holds; false after `seconds`.
template<typename Condition>
bool waitFor(double seconds, Condition condition)
{
    const Stopwatch watch;
    while (!condition()) {
        if (watch.seconds() > seconds)
            return false;
        QThread::msleep(4);
    }
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("DISPLAY")) {
        std::fputs("bench_live needs a display: xvfb-run -s \"-screen 0 1600x1000x24 -dpi 96\" bench_live\n",
                   stderr);
        return 2;
    }
    QGuiApplication application(argc, argv);
    BenchmarkReport report("bench_live", argc, argv);
    QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"})
        environment.insert(QString::fromLatin1(name), home.path());
    // With something in the cache the window opens on the overview.
    if (!storeGeneratedRecords(home.filePath(QStringLiteral("live.db")).toStdString(), 512)) {
        std::fputs("bench_live: the cache can not be written\n", stderr);
        return 1;
    }
    QProcess program;
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(QGuiApplication::applicationDirPath() + QStringLiteral("/telltale"),
                  {QStringLiteral("--cache"), home.filePath(QStringLiteral("live.db")),
                   QStringLiteral("--receive"), QStringLiteral("127.0.0.1:0"), QStringLiteral("--theme"),
                   QStringLiteral("dark")});
    const auto stop = [&] {
        program.terminate();
        if (!program.waitForFinished(10'000))
            program.kill();
    };
    QByteArray line;
    while (!line.contains('\n') && program.waitForReadyRead(30'000))
        line += program.readAllStandardOutput();
    const QUrl endpoint(QJsonDocument::fromJson(line).object().value(QLatin1String("otlp_http")).toString());
    if (endpoint.port() <= 0) {
        std::fputs("bench_live: the window does not listen\n", stderr);
        stop();
        return 1;
    }
    const LoadClient client(static_cast<std::uint16_t>(endpoint.port()), 1);
    client.send("/v1/logs", {bodyOfNewPerson(0)}, "application/json");
    QThread::sleep(3); // the first picture with data

    std::vector<double> milliseconds;
    int missed = 0;
    for (int i = 1; i <= kRequests; ++i) {
        const QImage before = numberOnScreen();
        const std::vector<std::string> body{bodyOfNewPerson(i)};
        const Stopwatch watch;
        if (client.send("/v1/logs", body, "application/json") != 1) {
            ++missed;
            continue;
        }
        if (waitFor(5, [&] { return numberOnScreen() != before; }))
            milliseconds.push_back(watch.seconds() * 1000);
        else
            ++missed;
        QThread::msleep(
            static_cast<unsigned long>(137 + i * 53 % 400)); // not in step with the window's own ticks
    }
    stop();
    if (milliseconds.empty()) {
        std::fputs("bench_live: the number never changed\n", stderr);
        return 1;
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    const double p95 = milliseconds[(milliseconds.size() * 95 + 99) / 100 - 1];
    report.figure("request to changed pixel, median", median(milliseconds), "ms");
    report.figure("request to changed pixel, 95th percentile", p95, "ms");
    report.figure("requests without a changed pixel within 5 s", missed, "");
    report.ratio("95th percentile / 500 ms", p95 / 500, 1, false);
    return report.finish();
}
