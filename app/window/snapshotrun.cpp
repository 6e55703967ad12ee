// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/windowrun.h"

#include "app/commands/command.h"
#include "app/commands/partfile.h"
#include "app/window/archiveopening.h"
#include "app/window/withoutdisplay.h"
#include "models/telemetry/timeformat.h"
#include "translations/translator.h"
#include "widgets/window/mainwindow.h"

#include <QApplication>
#include <QBuffer>
#include <QElapsedTimer>
#include <QImage>
#include <QLocale>
#include <QPixmap>

#include <cstdio>

namespace telltale {

namespace {

constexpr qint64 kLongestWaitMs = 120'000;

/// Stands where the collector stands in the window: a picture receives nothing.
class StillReceiver final : public Receiver
{
public:
    ReceiverStatus status() const override
    {
        ReceiverStatus status;
        status.state = ReceiverStatus::State::Listening;
        status.port = 4318;
        return status;
    }
    void allowOrigin(const QString &) override {}
    void sendTestEvent() override {}
    void restartOn(int) override {}
    void decide(std::vector<TriageDecision>, std::function<void(const Result<void> &)>) override {}
};

/// Answers and what they make visible come through the event loop; a view is ready when nothing is asked any
/// more, twice in a row.
bool waitForAnswers(const MainWindow &window)
{
    QElapsedTimer clock;
    clock.start();
    int calm = 0;
    while (calm < 3 && clock.elapsed() < kLongestWaitMs) {
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
        calm = window.isSettled() ? calm + 1 : 0;
    }
    return calm >= 3;
}

Result<void> applyState(ViewState &state, const SnapshotRunOptions &options, const std::optional<ArchiveAbout> &archive)
{
    if (auto zone = state.setZone(QString::fromStdString(options.zone)); !zone)
        return zone;
    if (archive)
        lookAtArchive(state, *archive, !options.zone.empty());
    if (!options.from.empty() || !options.to.empty()) {
        const Instant now = state.wallNow();
        const auto to = options.to.empty() ? Result<Instant>(now) : parseTime(options.to, now);
        if (!to)
            return tl::unexpected(to.error());
        const auto from = options.from.empty() ? Result<Instant>(*to - std::chrono::minutes(60))
                                               : parseTime(options.from, now);
        if (!from)
            return tl::unexpected(from.error());
        if (*to <= *from)
            return failure(Error::Code::InvalidArgument, "--to must be after --from");
        state.setRange(RangeSpec::history({*from, *to}));
    }
    return state.setFilterText(QString::fromStdString(options.filter));
}

/// Range, zone and filter for programs; people see them in the picture.
QImage described(const QPixmap &picture, const ViewState &state, const SnapshotRunOptions &options)
{
    QImage image = picture.toImage();
    const TimeRange range = state.effectiveRange();
    image.setText(QStringLiteral("Title"), QStringLiteral("Telltale, ") + QString::fromStdString(options.view));
    image.setText(QStringLiteral("Description"),
                  QString::fromStdString("Range: " + formatRfc3339(range.from) + " to " + formatRfc3339(range.to) + "\nTime zone: " + state.zone().id() +
                                         "\nFilter: " + (state.filter().isEmpty() ? "none" : state.filter().text())));
    image.setText(QStringLiteral("Software"), QStringLiteral("Telltale " TELLTALE_VERSION));
    return image;
}

/// All of it or nothing, also when a signal ends the program meanwhile.
bool writePicture(const QImage &picture, const std::string &path)
{
    QBuffer encoded;
    if (!encoded.open(QIODevice::WriteOnly) || !picture.save(&encoded, "PNG"))
        return false;
    const PartGuard guard(partOf(path), "telltale snapshot: Stopped; nothing was written.\n");
    PartFile file(path);
    if (!file.isOpen())
        return false;
    file.text().append(encoded.data().constData(), static_cast<std::size_t>(encoded.size()));
    return file.keep();
}

} // namespace

const std::vector<std::string> &snapshotViews()
{
    static const std::vector<std::string> views = {"overview", "usage", "sessions", "errors", "performance", "journeys", "reports", "connect", "sources", "settings"};
    return views;
}

int runSnapshot(const SnapshotRunOptions &options)
{
    doWithoutDisplay();
    int argc = options.argc;
    QApplication application(argc, options.argv);
    QApplication::setApplicationName(QStringLiteral("telltale"));
    useLanguage(application, options.locale);
    Theme theme;
    theme.install(options.isDark ? Theme::Mode::Dark : Theme::Mode::Light);
    theme.setReducedMotion(true); // nothing pulses in a picture

    const auto archive = openedArchive(options.cache);
    ViewState state(archive && !options.isNowGiven ? clockOf(*archive) : std::make_shared<FixedClock>(options.clock->now()));
    if (const auto applied = applyState(state, options, archive); !applied) {
        std::fprintf(stderr, "telltale snapshot: %s\n", applied.error().message.c_str());
        return ExitWrongUse;
    }
    if (const auto engine = openCacheEngine(options.cache); !engine) {
        std::fprintf(stderr, "telltale snapshot: %s\n", engine.error().message.c_str());
        return ExitFailed;
    }
    QueryRunner queries([cache = options.cache] { return openCacheEngine(cache); });
    StillReceiver receiver;
    MainWindow window({.queries = &queries,
                       .state = &state,
                       .theme = &theme,
                       .receiver = archive ? nullptr : &receiver,
                       .archive = archive ? &*archive : nullptr});
    window.setStill(true);
    window.resize(options.width, options.height);
    window.setAttribute(Qt::WA_DontShowOnScreen);
    window.showView(QString::fromStdString(options.view));
    window.show();
    window.start();
    const bool isReady = waitForAnswers(window);

    const QSize size = window.size();
    QPixmap picture(QSizeF(size.width() * options.scale, size.height() * options.scale).toSize());
    picture.setDevicePixelRatio(options.scale);
    window.render(&picture);
    if (!writePicture(described(picture, state, options), options.out.string())) {
        std::fprintf(stderr, "telltale snapshot: can not write %s\n", options.out.c_str());
        return ExitFailed;
    }
    if (!isReady) {
        std::fprintf(stderr,
                     "telltale snapshot: some answers took too long and are missing in the picture\n");
        return ExitPartial;
    }
    return ExitDone;
}

} // namespace telltale
