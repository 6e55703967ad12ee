// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/windowrun.h"

#include "app/commands/command.h"
#include "app/window/archiveopening.h"
#include "app/window/collectorreceiver.h"
#include "app/window/startgate.h"
#include "app/window/windowmemory.h"
#include "models/alerts/alertfile.h"
#include "models/telemetry/value.h"
#include "translations/translator.h"

#include <QApplication>
#include <QFile>
#include <QLocale>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>
#include <sys/socket.h>
#include <unistd.h>

namespace telltale {

namespace {

int s_signalPipe[2] = {-1, -1};

extern "C" void onTerminate(int)
{
    const char byte = 1;
    // Nothing can be done about a failure here.
    [[maybe_unused]] const auto written = ::write(s_signalPipe[0], &byte, 1);
}

/// SIGTERM and SIGINT close the window as its button does: state saved, everything accepted committed.
void closeOnSignals(QApplication &application)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, s_signalPipe) != 0)
        return;
    auto *notifier = new QSocketNotifier(s_signalPipe[1], QSocketNotifier::Read, &application);
    QObject::connect(notifier, &QSocketNotifier::activated, &application,
                     [] { QApplication::closeAllWindows(); });
    struct sigaction action = {};
    action.sa_handler = onTerminate;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // a file size limit is like a full disk: an error, not the end
}

/// Milliseconds since this process was started, to the 10 ms that the system keeps.
double processAgeMs()
{
    QFile stat(QStringLiteral("/proc/self/stat"));
    QFile uptime(QStringLiteral("/proc/uptime"));
    if (!stat.open(QIODevice::ReadOnly) || !uptime.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray line = stat.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    if (fields.size() < 20)
        return -1;
    const double started = fields.at(19).toDouble() / static_cast<double>(::sysconf(_SC_CLK_TCK));
    return (uptime.readAll().split(' ').front().toDouble() - started) * 1000;
}

Theme::Mode themeMode(const std::string &name)
{
    if (name == "light")
        return Theme::Mode::Light;
    if (name == "dark")
        return Theme::Mode::Dark;
    return name == "system" ? Theme::Mode::System : WindowMemory::savedTheme();
}

// The line that `telltale collect` prints, for programs that start the window and send to it. People see the window.
void announceWhenListening(const CollectorReceiver &receiver)
{
    if (::isatty(STDOUT_FILENO) == 1)
        return;
    QObject::connect(
        &receiver, &Receiver::statusChanged, &receiver, [&receiver, last = std::string()]() mutable {
            if (receiver.status().state != ReceiverStatus::State::Listening || receiver.url() == last)
                return;
            last = receiver.url();
            const Value ready = Value::Map{
                {"ready", true},
                {"otlp_http", last},
                {"otlp_grpc", receiver.grpcUrl().empty() ? Value() : Value(receiver.grpcUrl())},
                {"statsd", receiver.statsdUrl().empty() ? Value() : Value(receiver.statsdUrl())}};
            std::printf("%s\n", toJson(ready).c_str());
            std::fflush(stdout);
        });
}

} // namespace

int runWindowApp(const WindowRunOptions &options)
{
    int argc = options.argc;
    QApplication application(argc, options.argv);
    QApplication::setApplicationName(QStringLiteral("telltale"));
    QApplication::setApplicationDisplayName(QStringLiteral("Telltale"));
    QApplication::setApplicationVersion(QStringLiteral(TELLTALE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("telltale"));
    if (!options.locale.empty())
        QLocale::setDefault(QLocale(QString::fromStdString(options.locale)));
    installTranslations(application, QLocale());
    closeOnSignals(application);

    Theme theme;
    theme.install(themeMode(options.theme));
    const std::optional<ArchiveAbout> archive = options.isFile ? openedArchive(options.cache) : std::nullopt;
    ViewState state(archive && !options.isNowGiven ? clockOf(*archive) : options.clock);
    if (const auto zone = state.setZone(QString::fromStdString(options.zone)); !zone) {
        std::fprintf(stderr, "telltale: %s\n", zone.error().message.c_str());
        return ExitWrongUse;
    }

    StartGate gate;
    QueryRunner queries([&gate, cache = options.cache]() -> Result<std::unique_ptr<Engine>> {
        gate.wait();
        return openCacheEngine(cache);
    });
    std::unique_ptr<CollectorReceiver> receiver;
    if (options.receives && !archive) {
        CollectorOptions collector;
        collector.cache = options.cache;
        collector.clock = options.clock;
        collector.retention = defaultRetention(options.cache);
        collector.http->host = options.host;
        collector.http->port = options.port;
        collector.http->allowedOrigins = options.allowedOrigins;
        collector.grpc.emplace();
        collector.grpc->host = options.host;
        collector.isGrpcOptional = true;
        collector.statsd.emplace();
        collector.isStatsdOptional = true;
        receiver = std::make_unique<CollectorReceiver>(std::move(collector));
        announceWhenListening(*receiver);
    }

    int result = ExitDone;
    {
        const auto archiver = [cache = options.cache](const std::filesystem::path &out, const ArchiveRequest &request,
                                                      const ArchiveProgress &progress, std::stop_token stop) {
            return writeArchive(cache, out, request, progress, std::move(stop));
        };
        MainWindow window({&queries, &state, &theme, receiver.get(), archive ? &*archive : nullptr, archiver,
                           archive ? std::filesystem::path() : AlertFile::defaultPath()});
        WindowMemory memory(window, state, theme);
        memory.restore();
        if (archive) {
            memory.keepViews(); // the archive's are not this person's
            lookAtArchive(state, *archive, !options.zone.empty());
        }
        if (!options.view.empty())
            window.showView(QString::fromStdString(options.view));
        QObject::connect(&window, &MainWindow::firstPainted, &window, [&] {
            if (qEnvironmentVariableIntValue("TELLTALE_TRACE_START") == 1) {
                std::fprintf(stderr, "first-paint %.0f\n", processAgeMs());
                std::fflush(stderr);
            }
            gate.open();
            if (receiver)
                receiver->start();
            window.start();
        });
        window.show();
        result = QApplication::exec();
        gate.open(); // closed before it was painted
    }
    return result;
}

} // namespace telltale
