// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says of itself and its data, whatever view is open: lamp, badges, banner, status line.
#include "widgets/window/mainwindow.h"

#include "models/items/itemtext.h"
#include "models/telemetry/sourcehealth.h"
#include "widgets/controls/banner.h"
#include "widgets/pages/overviewfigures.h"
#include "widgets/window/alertwatcher.h"
#include "widgets/window/cachetrouble.h"
#include "widgets/window/comparemenu.h"
#include "widgets/window/joblist.h"
#include "widgets/window/sidebar.h"
#include "widgets/window/statusline.h"
#include "widgets/window/timepicker.h"
#include "widgets/window/toolbar.h"
#include "widgets/window/traylamp.h"

#include <QPointer>
#include <QPushButton>
#include <QToolButton>

#include <cmath>
#include <limits>
#include <utility>

namespace telltale {

namespace {

using namespace std::chrono_literals;

constexpr auto kRefusalMatters = 2min; ///< a source that counts no more says for as long that the last minute was bad

struct BadgeAnswer
{
    qint64 sessions = 0, errors = 0;
};

} // namespace

void MainWindow::askBadges()
{
    if (!m_isStarted || (m_sinceBadges.isValid() && m_sinceBadges.elapsed() < 1000))
        return;
    m_sinceBadges.start();
    Scope scope = m_parts.state->scope();
    m_parts.queries->ask<Result<BadgeAnswer>>(
        QStringLiteral("window.badges"), this,
        [scope](Engine &engine, std::stop_token stop) -> Result<BadgeAnswer> {
            Scope few = scope;
            few.limit = 1;
            const auto sessions = engine.sessions(few, false, stop);
            if (!sessions)
                return tl::unexpected(sessions.error());
            const auto errors = engine.errors(scope, stop);
            if (!errors)
                return tl::unexpected(errors.error());
            BadgeAnswer answer;
            answer.sessions = static_cast<qint64>(sessions->value.total);
            for (const ErrorGroupRow &row : errors->value)
                answer.errors += row.state != "resolved" && row.state != "archived" ? 1 : 0;
            return answer;
        },
        [this](const Result<BadgeAnswer> &answer) {
            if (!answer)
                return;
            sayCounts(answer->sessions, answer->errors);
            m_sidebar->viewButton(QStringLiteral("sessions"))->setCount(answer->sessions);
            m_sidebar->viewButton(QStringLiteral("errors"))->setCount(answer->errors, Tone::Bad);
        });
}

/// How many there are after another filter, for those who do not see the numbers change.
void MainWindow::sayCounts(qint64 sessions, qint64 errors)
{
    if (std::exchange(m_saidFilter, m_parts.state->filterText()) == m_parts.state->filterText())
        return;
    const auto number = [](qint64 count) { return static_cast<int>(std::min<qint64>(count, std::numeric_limits<int>::max())); };
    m_status->announce(tr("%1, %2", "sessions, errors").arg(tr("%Ln session(s)", nullptr, number(sessions)), tr("%Ln error(s)", nullptr, number(errors))));
}

void MainWindow::liveChanged()
{
    if (!m_isViewChosen && m_live.isKnown()) {
        m_isViewChosen = true;
        if (!m_live.hasData())
            m_parts.state->setView(QStringLiteral("connect"));
    }
    if (const auto &summary = m_live.summary()) {
        QStringList products, environments;
        for (const std::string &product : summary->products)
            products.append(itemtext::text(product));
        for (const std::string &environment : summary->environments)
            environments.append(itemtext::text(environment));
        m_sidebar->setProducts(products, environments);
    }
    m_picker->setReleases(m_live.releases());
    m_actions.compareWith->setReleases(m_live.releases());
    showLive();
    showBanner();
    showStatus();
}

void MainWindow::showLive()
{
    showLiveButton();
    const QString lamp = m_toolbar->liveButton()->text();
    if (std::exchange(m_saidLamp, lamp) != lamp && m_isStarted)
        m_status->announce(lamp);
    if (m_tray)
        m_tray->setStatus(m_toolbar->liveButton()->lamp(), m_toolbar->liveButton()->detail());
}

void MainWindow::showLiveButton()
{
    const ViewState &state = *m_parts.state;
    LiveButton *button = m_toolbar->liveButton();
    const Formatter words = Page::formatterOf(*m_parts.state);
    if (state.mode() == ViewState::Mode::History) {
        button->setStatus(LampState::Off, tr("History"), lengthText(state.range().length()), true);
        return;
    }
    if (state.mode() == ViewState::Mode::Paused) {
        button->setStatus(
            LampState::Paused, tr("Paused"),
            tr("at %1 · %2 new").arg(words.timeSeconds(state.now()), itemtext::count(m_live.newSincePause())),
            true);
        return;
    }
    const auto last = m_live.lastSign();
    const double rate = m_live.ratePerSecond();
    const QString rateText =
        rate > 0 ? tr("%1 ev/s").arg(rate < 9.95 ? QLocale().toString(rate, 'f', 1) : QLocale().toString(std::llround(rate))) : QString();
    switch (m_live.state()) {
    case SourceState::Live:
        button->setStatus(LampState::Live, tr("Live"), rateText, false);
        break;
    case SourceState::Late: // somebody is quiet: one among others that send, or all of them
        button->setStatus(LampState::Late, tr("Late"),
                          !rateText.isEmpty() ? tr("%1 · %n quiet", "events a second; that many sources", m_live.quietSources()).arg(rateText)
                          : last              ? tr("last event %1").arg(words.timeSeconds(*last))
                                              : QString(),
                          false);
        break;
    case SourceState::Off:
        button->setStatus(LampState::Off, tr("Offline"),
                          last ? tr("last event %1").arg(words.timeSeconds(*last)) : QString(), false);
        break;
    case SourceState::Error:
        button->setStatus(LampState::Error, tr("Error"), {}, false);
        break;
    case SourceState::Paused:
    case SourceState::Waiting:
        button->setStatus(LampState::Waiting, tr("Listening"), {}, false);
        break;
    }
}

void MainWindow::showTrouble(bool isShown)
{
    m_pageArea->setVisible(!isShown);
    m_toolbar->setVisible(!isShown);
    m_sidebar->setEnabled(!isShown);
    showBanner();
}

/// The source of which most was refused in the last minute; null: none.
const SourceRow *MainWindow::refusedSource()
{
    const SourceRow *worst = nullptr;
    for (const SourceRow &row : m_live.sources().rows()) {
        const auto age = row.lastRefusal ? m_parts.state->wallNow() - row.lastRefusal->at : kRefusalMatters;
        const bool isRecent = age >= 0s && age < kRefusalMatters; // a picture of an earlier time has nothing of it
        if (row.lastRefusal && isRecent && row.minuteRejected > 0 && (!worst || row.minuteRejected > worst->minuteRejected))
            worst = &row;
    }
    return worst;
}

void MainWindow::showRefused(const SourceRow &row)
{
    const auto count = static_cast<int>(std::min<std::uint64_t>(row.minuteRejected, std::numeric_limits<int>::max()));
    const QString from = row.product.empty() ? itemtext::text(row.protocol) : itemtext::text(row.product);
    m_banner->setContent(Tone::Bad, tr("%Ln event(s) rejected", nullptr, count), tr("%1: %2", "a source, why it was refused").arg(from, itemtext::text(row.lastRefusal->reason)));
}

void MainWindow::showBanner()
{
    if (m_trouble->isVisibleTo(this)) { // it says all, and better
        m_bannerKind.clear();
        m_banner->hide();
        return;
    }
    const ReceiverStatus status = m_parts.receiver ? m_parts.receiver->status() : ReceiverStatus{};
    const auto last = m_live.lastSign();
    const auto quiet = last ? m_parts.state->wallNow() - *last : 0ns;
    const SourceRow *refused = refusedSource();
    QString kind;
    if (m_parts.archive)
        kind = QStringLiteral("archive");
    else if (status.state == ReceiverStatus::State::Failed)
        kind = QStringLiteral("failed") + status.problem;
    else if (status.isDiskLow)
        kind = QStringLiteral("full");
    else if (refused)
        kind = QStringLiteral("refused") + itemtext::text(sourceKey(refused->protocol, refused->product, refused->os) + refused->lastRefusal->reason);
    else if (m_alerts && !m_alerts->firing().isEmpty())
        kind = QStringLiteral("alert") + m_alerts->firing().join(u'\n');
    else if (currentView() != u"connect" && m_parts.state->mode() == ViewState::Mode::Live &&
             m_live.hasData() && quiet > 4min)
        kind = QStringLiteral("quiet%1").arg(quiet / 1min);
    else if (status.state == ReceiverStatus::State::Elsewhere)
        kind = QStringLiteral("elsewhere");
    if (kind == m_bannerKind) {
        if (refused && kind.startsWith(u"refused"))
            showRefused(*refused); // the count goes on
        return;
    }
    m_bannerKind = kind;
    if (kind.isEmpty() || kind == m_closedBanner) {
        m_banner->hide();
        return;
    }
    m_banner->clearButtons();
    m_banner->setClosable(true);
    if (kind == u"archive") {
        showArchive(*m_parts.archive, *m_banner, Page::formatterOf(*m_parts.state));
    } else if (kind.startsWith(u"failed")) {
        m_banner->setContent(Tone::Bad, tr("Nothing is received."), status.problem);
        const int other = status.port + 1;
        connect(m_banner->addButton(tr("Listen on port %1").arg(other)), &QPushButton::clicked,
                m_parts.receiver, [this, other] { m_parts.receiver->restartOn(other); });
    } else if (kind == u"full") {
        m_banner->setContent(
            Tone::Bad, tr("Recording stands still: the disk is almost full."),
            tr("Senders are told to come again. It goes on by itself when there is room; what "
               "is stored can be looked at meanwhile."));
    } else if (kind.startsWith(u"refused")) {
        showRefused(*refused);
        const QString key = itemtext::text(sourceKey(refused->protocol, refused->product, refused->os));
        connect(m_banner->addButton(tr("Show one")), &QPushButton::clicked, this, [this, key] { openSource(key); });
        for (const QString &origin : status.refusedOrigins.mid(0, 1))
            connect(m_banner->addButton(tr("Accept %1").arg(origin)), &QPushButton::clicked, m_parts.receiver, [this, origin] { m_parts.receiver->allowOrigin(origin); });
    } else if (kind.startsWith(u"alert")) {
        m_banner->setContent(Tone::Warn, m_alerts->firing().join(QStringLiteral(", ")), m_alertText);
        connect(m_banner->addButton(tr("Alerts…")), &QPushButton::clicked, this, &MainWindow::openAlerts);
    } else if (kind == u"elsewhere") {
        m_banner->setContent(Tone::Neutral, tr("Another Telltale receives."),
                             status.problem.isEmpty() ? tr("This window shows the same cache, live.")
                                                      : status.problem);
    } else {
        const QString since = itemtext::age(*last, m_parts.state->wallNow());
        const QString why =
            status.state == ReceiverStatus::State::Listening
                ? tr("Port %1 is open, nobody sends. You are seeing cached data.").arg(status.port)
                : tr("You are seeing cached data.");
        m_banner->setContent(Tone::Warn, tr("No data for %1.").arg(since), why);
        connect(m_banner->addButton(tr("Connect an app")), &QPushButton::clicked, this,
                [this] { showView(QStringLiteral("connect")); });
    }
    m_banner->show();
}

/// What somebody waits for, in all views.
std::vector<Job> MainWindow::slowReadings()
{
    std::vector<Job> jobs;
    for (const Page *page : m_pages->made()) {
        for (Panel *panel : page->findChildren<Panel *>()) {
            if (const auto waited = panel->waited())
                jobs.push_back({panel->accessibleName(), *waited, panel->share(), [panel = QPointer<Panel>(panel)] {
                                    if (panel)
                                        Q_EMIT panel->stopRequested();
                                }});
        }
    }
    return jobs;
}

/// Who went away meanwhile hears that it is there.
void MainWindow::tellLate(const Panel &panel)
{
    const QString sentence = tr("“%1” is there.").arg(panel.accessibleName());
    m_status->tell(sentence);
    if (m_tray && !(isActiveWindow() && isSeen()))
        m_tray->notify(QStringLiteral("Telltale"), sentence);
}

void MainWindow::showStatus()
{
    const Formatter words = Page::formatterOf(*m_parts.state);
    const ReceiverStatus status = m_parts.receiver ? m_parts.receiver->status() : ReceiverStatus{};
    QStringList left;
    if (m_live.hasData()) {
        const auto &summary = *m_live.summary();
        if (m_parts.archive)
            left.append(m_parts.archive->isRedacted ? tr("archive, without identities") : tr("archive"));
        left.append(tr("%1 events cached").arg(words.compact(static_cast<double>(summary.records))));
        left.append(words.bytes(static_cast<double>(summary.bytes)));
        if (summary.oldest)
            left.append(tr("oldest %1").arg(words.date(*summary.oldest)));
    } else if (m_live.isKnown()) {
        left.append(status.state == ReceiverStatus::State::Listening
                        ? tr("Listening on 127.0.0.1:%1").arg(status.port)
                        : tr("Not listening"));
        left.append(tr("no events yet"));
    }
    QStringList right;
    right.append(tr("Times in %1").arg(words.zoneName()));
    if (m_queryMs >= 0 && !m_isStill)
        right.append(tr("query %1 ms").arg(QLocale().toString(m_queryMs, 'f', m_queryMs < 10 ? 1 : 0)));
    const quint64 dropped = m_parts.receiver ? status.dropped : m_live.droppedRecords();
    right.append(tr("dropped %1").arg(itemtext::count(dropped)));
    m_status->setLeft(left.join(QStringLiteral(" · ")));
    m_status->setRight(right.join(QStringLiteral("   ·   ")));
}

} // namespace telltale
