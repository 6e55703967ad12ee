// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/windowrun.h"

#include "app/commands/command.h"
#include "app/window/archiveopening.h"
#include "app/window/cacherescuer.h"
#include "app/window/collectorreceiver.h"
#include "app/window/handoverserver.h"
#include "app/window/singleinstance.h"
#include "app/window/startgate.h"
#include "app/window/windowmemory.h"
#include "app/window/windowsettings.h"
#include "models/alerts/alertfile.h"
#include "models/analysis/heap.h"
#include "models/telemetry/value.h"
#include "translations/translator.h"
#include "widgets/theme/appid.h"
#include "widgets/window/filedrop.h"
#include "widgets/window/recentcaches.h"
#include "widgets/window/savedviews.h"

#include <QApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QProcess>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

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
                     [] {
                         for (QWidget *top : QApplication::topLevelWidgets()) {
                             if (auto *window = qobject_cast<MainWindow *>(top))
                                 window->letClose();
                         }
                         QApplication::closeAllWindows();
                         QApplication::quit(); // a hidden window is no last one
                     });
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

/// What the command line says, else the settings, else as last time.
Theme::Mode themeMode(const std::string &name, const Settings &settings)
{
    if (name == "light" || (name.empty() && settings.scheme == Settings::Scheme::Light))
        return Theme::Mode::Light;
    if (name == "dark" || (name.empty() && settings.scheme == Settings::Scheme::Dark))
        return Theme::Mode::Dark;
    return name == "system" ? Theme::Mode::System : WindowMemory::savedTheme();
}

void setLook(Theme &theme, const Settings &settings)
{
    if (settings.highContrast != Settings::Tri::System)
        theme.setHighContrast(settings.highContrast == Settings::Tri::On);
    if (settings.reducedMotion != Settings::Tri::System)
        theme.setReducedMotion(settings.reducedMotion == Settings::Tri::On);
    theme.setHeatPalette(static_cast<HeatPalette>(settings.heatPalette));
    theme.setTextScale(settings.textPercent / 100.0);
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

/// In a process of its own, which only shows: the ports are this window's.
void openCacheBeside(const QString &file)
{
    QProcess::startDetached(QCoreApplication::applicationFilePath(), {QStringLiteral("--no-receive"), QFileInfo(file).absoluteFilePath()});
}

/// As openCacheBeside(), on what this window shows.
void openWindowBeside(const QString &cache)
{
    QProcess::startDetached(QCoreApplication::applicationFilePath(),
                            {QStringLiteral("--new-window"), QStringLiteral("--no-receive"), QStringLiteral("--cache"), cache});
}

Handover handoverOf(const WindowRunOptions &options)
{
    Handover handover;
    std::error_code problem;
    for (const std::string &file : options.importFiles)
        handover.files.push_back(std::filesystem::absolute(file, problem).string());
    handover.view = options.view;
    handover.activation = qEnvironmentVariable("XDG_ACTIVATION_TOKEN", qEnvironmentVariable("DESKTOP_STARTUP_ID")).toStdString();
    return handover;
}

void takeOver(MainWindow &window, const Handover &handover)
{
    if (!handover.activation.empty())
        qputenv("XDG_ACTIVATION_TOKEN", QByteArray::fromStdString(handover.activation)); // Wayland raises no window without
    window.bringToFront();
    if (!handover.view.empty())
        window.showView(QString::fromStdString(handover.view));
    QStringList files;
    for (const std::string &file : handover.files)
        files.append(QString::fromStdString(file));
    window.files()->take(files);
}

int showWindow(const WindowRunOptions &options, CacheRescuer &rescuer)
{
    SingleInstance instance(options.cache);
    const bool isFirst = instance.claim();
    if (!isFirst && !options.isNewWindow && instance.handOver(handoverOf(options))) {
        std::fprintf(stderr, "telltale: a window shows %s already; it was told\n", options.cache.c_str());
        return ExitDone;
    }
    int argc = options.argc;
    QApplication application(argc, options.argv);
    QApplication::setApplicationName(QStringLiteral("telltale"));
    QApplication::setApplicationDisplayName(QStringLiteral("Telltale"));
    QApplication::setApplicationVersion(QStringLiteral(TELLTALE_VERSION));
    QApplication::setDesktopFileName(QLatin1String(kAppId));
    WindowSettings settings(options.settings.empty() ? defaultSettingsPath() : options.settings);
    const std::string &language = settings.settings().language;
    useLanguage(application, options.locale.empty() && language != "system" ? language : options.locale);
    closeOnSignals(application);

    Theme theme;
    theme.install(themeMode(options.theme, settings.settings()));
    setLook(theme, settings.settings());
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
    QObject::connect(&queries, &QueryRunner::openFailed, &rescuer, &CacheRescuer::examine);
    QObject::connect(&rescuer, &CacheRescue::againRequested, &application, [] { QCoreApplication::exit(); });
    if (!archive)
        settings.setCache(options.cache);
    std::unique_ptr<CollectorReceiver> receiver;
    if (options.receives && !archive) {
        CollectorOptions collector;
        collector.cache = options.cache;
        collector.clock = options.clock;
        if (options.isHostGiven || !options.allowedOrigins.empty())
            settings.forceHttp(options.isHostGiven ? options.host : settings.settings().otlpHttp.host,
                               options.isHostGiven ? options.port : settings.settings().otlpHttp.port, options.allowedOrigins);
        receiver = std::make_unique<CollectorReceiver>(settings.receiverOptions(std::move(collector)));
        settings.setReceiver(receiver.get());
        announceWhenListening(*receiver);
        // What can not be written may be damaged where nobody reads.
        QObject::connect(receiver.get(), &Receiver::statusChanged, &rescuer, [&receiver, &rescuer, hasLooked = false]() mutable {
            if (receiver->status().state == ReceiverStatus::State::Failed && !std::exchange(hasLooked, true))
                rescuer.examine();
        });
    }

    QStringList toImport;
    for (const std::string &file : options.importFiles)
        toImport.append(QString::fromStdString(file));
    int result = ExitDone;
    {
        const auto archiver = [cache = options.cache](const std::filesystem::path &out, const ArchiveRequest &request,
                                                      const ArchiveProgress &progress, std::stop_token stop) {
            return writeArchive(cache, out, request, progress, std::move(stop));
        };
        RecentCaches recent(QFileInfo(WindowMemory::defaultPath()).path() + QStringLiteral("/recent.json"));
        const QString cache = QFileInfo(QString::fromStdString(options.cache.string())).absoluteFilePath();
        MainWindow window({.queries = &queries,
                           .state = &state,
                           .theme = &theme,
                           .receiver = receiver.get(),
                           .sources = &settings,
                           .archive = archive ? &*archive : nullptr,
                           .archiver = archiver,
                           .alerts = archive ? std::filesystem::path() : AlertFile::defaultPath(),
                           .openCache = &openCacheBeside,
                           .openWindow = [cache] { openWindowBeside(cache); },
                           .recent = &recent,
                           .rescue = archive ? nullptr : &rescuer,
                           .views = SavedViews::defaultPath(),
                           .cache = cache});
        WindowMemory memory(window, state, theme);
        memory.restore(!options.zone.empty());
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
            if (receiver) {
                QObject::connect(&settings, &WindowSettings::tokenKnown, receiver.get(),
                                 [&] { receiver->restartWith(settings.receiverOptions(receiver->options())); });
                settings.readToken();
            }
            window.start();
            recent.add(cache);
            window.files()->take(toImport);
        });
        HandoverServer later([&window](const Handover &handover) { takeOver(window, handover); });
        if (isFirst)
            later.listen(instance);
        QObject::connect(&application, &QGuiApplication::commitDataRequest, &window, [&] {
            window.letClose(); // the session ends; nobody is asked
            memory.save();
        });
        window.show();
        result = QApplication::exec();
        gate.open(); // closed before it was painted
    }
    return result;
}

} // namespace

int runWindowApp(const WindowRunOptions &options)
{
    settleHeap();
    CacheRescuer rescuer(options.cache, *options.clock);
    const int result = showWindow(options, rescuer);
    if (!rescuer.wantsAgain())
        return result;
    // Everything that knew the file is gone by now; a fresh process knows nothing of what was before.
    if (!rescuer.carryOut())
        return ExitFailed;
    ::execv("/proc/self/exe", options.argv);
    std::perror("telltale");
    return ExitFailed;
}

} // namespace telltale
