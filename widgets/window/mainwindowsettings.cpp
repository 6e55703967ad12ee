// SPDX-License-Identifier: GPL-3.0-or-later
// How the window follows the settings: its look, its keys, the lamps of its sources.
#include "widgets/window/mainwindow.h"

#include "models/items/identity.h"
#include "models/items/itemtext.h"
#include "models/telemetry/document.h"
#include "widgets/window/livebutton.h"
#include "widgets/window/toolbar.h"
#include "widgets/window/traylamp.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QKeyEvent>

#include <map>
#include <utility>

namespace telltale {

/// The look follows what is set, and what is chosen in a menu is set. What a command line wanted for this time holds until
/// somebody chooses.
void MainWindow::followSettings()
{
    m_applied = m_parts.sources->settings();
    identity::setShown(m_applied.showsIdentities);
    connect(m_parts.sources, &SourceControl::changed, this, [this] {
        applySettings(m_parts.sources->settings());
        showSources();
    });
    showSources();
    showTray(m_applied.hasTray);
    if (!m_parts.theme)
        return;
    connect(m_parts.theme, &Theme::changed, this, [this, last = m_parts.theme->mode()]() mutable {
        const Theme::Mode mode = m_parts.theme->mode();
        if (std::exchange(last, mode) == mode)
            return;
        Settings settings = m_parts.sources->settings();
        settings.scheme = m_applied.scheme = mode == Theme::Mode::Light ? Settings::Scheme::Light
                                             : mode == Theme::Mode::Dark ? Settings::Scheme::Dark
                                                                         : Settings::Scheme::System;
        m_parts.sources->change(settings);
    });
}

void MainWindow::applySettings(const Settings &settings)
{
    const Settings before = std::exchange(m_applied, settings);
    showTray(settings.hasTray);
    if (before.showsIdentities != settings.showsIdentities)
        showIdentities(settings.showsIdentities);
    Theme *theme = m_parts.theme;
    if (!theme)
        return;
    const auto wanted = [](Settings::Tri tri) { return tri == Settings::Tri::System ? std::nullopt : std::optional(tri == Settings::Tri::On); };
    if (before.scheme != settings.scheme)
        theme->setMode(settings.scheme == Settings::Scheme::Light ? Theme::Mode::Light
                       : settings.scheme == Settings::Scheme::Dark ? Theme::Mode::Dark
                                                                   : Theme::Mode::System);
    if (before.highContrast != settings.highContrast)
        theme->setHighContrast(wanted(settings.highContrast));
    if (before.reducedMotion != settings.reducedMotion)
        theme->setReducedMotion(wanted(settings.reducedMotion));
    if (before.heatPalette != settings.heatPalette)
        theme->setHeatPalette(static_cast<HeatPalette>(settings.heatPalette));
    if (before.textPercent != settings.textPercent)
        theme->setTextScale(settings.textPercent / 100.0);
}

void MainWindow::showIdentities(bool areShown)
{
    identity::setShown(areShown);
    for (Page *page : m_pages->made()) {
        page->refreshWhenShown();
        for (QAbstractItemView *view : page->findChildren<QAbstractItemView *>())
            view->viewport()->update(); // rows are the same, their words are others
    }
}

void MainWindow::showTray(bool isWanted)
{
    if (isWanted == (m_tray != nullptr))
        return;
    delete std::exchange(m_tray, nullptr);
    if (!isWanted) {
        if (m_isStarted && !isVisible())
            bringToFront(); // nothing else would
        return;
    }
    m_tray = new TrayLamp(m_actions, this);
    m_tray->setStatus(m_toolbar->liveButton()->lamp(), m_toolbar->liveButton()->detail());
    connect(m_tray, &TrayLamp::windowRequested, this, &MainWindow::bringToFront);
    connect(m_tray, &TrayLamp::notificationClicked, this, [this] {
        if (m_alertJournal.moments().empty())
            bringToFront();
        else
            showAlert(m_alertJournal.moments().back());
    });
    connect(m_tray, &TrayLamp::alertChosen, this, &MainWindow::showAlert);
    const auto tellAlerts = [this] { m_tray->setAlerts(m_alertJournal.moments(), Page::formatterOf(*m_parts.state)); };
    connect(&m_alertJournal, &AlertJournal::changed, m_tray, tellAlerts);
    tellAlerts();
}

/// The buttons at the side of a mouse lead back and forth wherever the pointer is: charts and lists take every press for their own. Keys
/// without Ctrl or Alt do nothing where nobody types, when the person wants it so.
bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    const bool isPress = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
    if (isPress && watched->isWidgetType() && static_cast<QWidget *>(watched)->window() == this) {
        const Qt::MouseButton button = static_cast<QMouseEvent *>(event)->button();
        if (button == Qt::BackButton || button == Qt::ForwardButton) {
            button == Qt::BackButton ? m_parts.state->goBack() : m_parts.state->goForward();
            return true;
        }
    }
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (!isKey || m_applied.hasSingleKeys || QApplication::activePopupWidget() || !watched->isWidgetType() ||
        static_cast<QWidget *>(watched)->window() != this || isTyping())
        return QMainWindow::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isPlain = !(key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier));
    const bool isPrinted = key->text().size() == 1 && key->text().front().isPrint() && !key->text().front().isSpace();
    return isPlain && isPrinted ? true : QMainWindow::eventFilter(watched, event);
}

/// What the lamps of sources depend on beside their data: what the person paused, and whether their way in is open.
void MainWindow::showSources()
{
    QStringList paused;
    for (const std::string &name : m_parts.sources->settings().pausedSources)
        paused.append(itemtext::text(name));
    m_live.sources().setPaused(paused);
    std::map<std::string, SourceSigns::Door> doors;
    for (const DoorRow &row : m_parts.sources->doors())
        doors[row.id] = row.state == SourceState::Error ? SourceSigns::Door::Failed
                        : row.state == SourceState::Off ? SourceSigns::Door::NotListening
                                                        : SourceSigns::Door::Listening;
    if (!m_parts.sources->isReceiving())
        doors.clear(); // somebody else's are not known
    m_live.sources().setDoor([doors](const SourceRow &row) {
        const bool isOutside = row.protocol == "file" || row.protocol.starts_with("mqtt/") || row.protocol == kArchiveKind;
        const auto door = doors.find(row.protocol == "otlp/grpc"             ? "otlp_grpc"
                                     : row.protocol == "statsd"              ? "statsd"
                                     : row.protocol == "prometheus/scrape"   ? "scrape " + row.product
                                     : isOutside                             ? ""
                                                                             : "otlp_http");
        return door == doors.end() ? SourceSigns::Door::Unknown : door->second;
    });
}

} // namespace telltale
