// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/strideengine.h"
#include "tests/widgets/window/fakesourcecontrol.h"
#include "translations/translator.h"
#include "widgets/window/mainwindow.h"

#include <QDir>
#include <QTest>

#include <memory>

namespace telltale {

/// A receiver that is told what to say.
class FakeReceiver final : public Receiver
{
public:
    ReceiverStatus status() const override { return m_status; }
    void setStatus(const ReceiverStatus &status)
    {
        m_status = status;
        Q_EMIT statusChanged();
    }
    void allowOrigin(const QString &origin) override
    {
        allowed.append(origin);
        ReceiverStatus status = m_status;
        status.refusedOrigins.removeAll(origin);
        setStatus(status);
    }
    void sendTestEvent() override
    {
        ++testEvents;
        Q_EMIT testEventAnswered(true, QStringLiteral("accepted"));
    }
    void restartOn(int port) override { restartedOn = port; }
    void decide(std::vector<TriageDecision> made, std::function<void(const Result<void> &)> done) override
    {
        const Result<void> result = isRefusing ? Result<void>(failure(Error::Code::Busy, "another Telltale writes this cache")) : Result<void>();
        if (result) {
            const std::scoped_lock lock(switches->mutex);
            switches->decisions.insert(switches->decisions.end(), made.begin(), made.end());
        }
        QMetaObject::invokeMethod(this, [done, result] { done(result); }, Qt::QueuedConnection);
    }

    void putNotes(std::vector<NoteChange> made, std::function<void(const Result<void> &)> done) override
    {
        const Result<void> result = isRefusing ? Result<void>(failure(Error::Code::Busy, "another Telltale writes this cache")) : Result<void>();
        for (const NoteChange &change : made) {
            if (!result)
                break;
            const std::scoped_lock lock(switches->mutex);
            std::erase_if(switches->notes, [&](const Note &note) { return note.id == change.note.id; });
            if (!change.isRemoved)
                switches->notes.push_back(change.note);
        }
        QMetaObject::invokeMethod(this, [done, result] { done(result); }, Qt::QueuedConnection);
    }

    void importFiles(const QStringList &files) override { imported += files; }
    void cancelImport() override { ++cancelled; }
    ImportStatus importStatus() const override { return m_import; }
    void setImport(const ImportStatus &status)
    {
        m_import = status;
        Q_EMIT importChanged();
    }

    QStringList imported;
    int cancelled = 0;
    std::shared_ptr<StrideSwitches> switches;
    bool isRefusing = false;
    QStringList allowed;
    int testEvents = 0;
    int restartedOn = 0;

private:
    ImportStatus m_import;
    ReceiverStatus m_status = [] {
        ReceiverStatus status;
        status.state = ReceiverStatus::State::Listening;
        status.port = 4318;
        status.since = StrideEngine::now() - std::chrono::seconds(42);
        return status;
    }();
};

/// What a test of the window begins with: English, the light theme without motion, and the folder for pictures where it takes some.
inline void beginWindowTest(Theme &theme)
{
    installTranslations(*QCoreApplication::instance(), QLocale::c());
    theme.install(Theme::Mode::Light);
    theme.setReducedMotion(true);
#ifdef TELLTALE_SCREENSHOTS
    QDir().mkpath(QStringLiteral(TELLTALE_SCREENSHOTS));
#endif
}

/// The real window on the example engine, with the clock at 14:32:10.
class WindowBench
{
public:
    explicit WindowBench(Theme &theme, QSize size = {1440, 900}, bool isEmpty = false, bool isDeaf = false, RecentCaches *recent = nullptr,
                         CacheRescue *rescue = nullptr, const QString &views = {})
    {
        switches->isEmpty = isEmpty;
        receiver.switches = switches;
        state = std::make_unique<ViewState>(std::make_shared<FixedClock>(StrideEngine::now()));
        const auto zone = state->setZone(QStringLiteral("Europe/Berlin"));
        Q_ASSERT(zone.has_value());
        Q_UNUSED(zone);
        queries = std::make_unique<QueryRunner>([switches = switches]() -> Result<std::unique_ptr<Engine>> {
            return std::make_unique<StrideEngine>(switches);
        });
        window = std::make_unique<MainWindow>(WindowParts{.queries = queries.get(),
                                                          .state = state.get(),
                                                          .theme = &theme,
                                                          .receiver = isDeaf ? nullptr : &receiver,
                                                          .sources = &control,
                                                          .openCache = [this](const QString &file) { opened.append(file); },
                                                          .openWindow = [this] { ++newWindows; },
                                                          .recent = recent,
                                                          .rescue = rescue,
                                                          .views = views,
                                                          .cache = QStringLiteral("/nowhere/shown.db")});
        window->setStill(true);
        window->resize(size);
        window->show();
        window->start();
    }

    ~WindowBench() { switches->isHeld = switches->isActivityHeld = false; } // who waits is waited for

    /// The view, when all it asked is answered.
    template<typename T>
    T *show(const char *view) const
    {
        window->showView(QString::fromLatin1(view));
        const bool isReady = settle();
        Q_ASSERT(isReady);
        Q_UNUSED(isReady);
        return static_cast<T *>(window->page(QString::fromLatin1(view)));
    }

    /// Answers arrive through the event loop.
    bool settle() const
    {
        int calm = 0;
        for (int i = 0; i < 2000 && calm < 3; ++i) {
            QTest::qWait(5);
            calm = window->isSettled() ? calm + 1 : 0;
        }
        return calm >= 3;
    }

    std::shared_ptr<StrideSwitches> switches = std::make_shared<StrideSwitches>();
    std::unique_ptr<ViewState> state;
    std::unique_ptr<QueryRunner> queries;
    FakeReceiver receiver;
    FakeSourceControl control;
    QStringList opened; ///< caches, in other windows
    int newWindows = 0;
    std::unique_ptr<MainWindow> window;
};

} // namespace telltale
