// SPDX-License-Identifier: GPL-3.0-or-later
// What alerts say in the window, beside it, and while it is only a lamp in the tray.
#include "widgets/window/mainwindow.h"

#include "widgets/window/alertsdialog.h"
#include "widgets/window/alertwatcher.h"
#include "widgets/window/statusline.h"
#include "widgets/window/traylamp.h"

#include <QApplication>
#include <QCloseEvent>

namespace telltale {

void MainWindow::watchAlerts()
{
    m_alerts = new AlertWatcher(*m_parts.queries, *m_parts.state, m_parts.alerts, this);
    connect(m_alerts, &AlertWatcher::changed, this, &MainWindow::showBanner);
    connect(m_alerts, &AlertWatcher::happened, &m_alertJournal, &AlertJournal::add);
    connect(m_alerts, &AlertWatcher::told, this, [this](const QString &title, const QString &sentence) {
        m_alertText = sentence;
        m_status->tell(tr("%1: %2", "an alert, what it says").arg(title, sentence));
        // Who looks at the window reads it there.
        if (m_tray && !(isActiveWindow() && isSeen()))
            m_tray->notify(title, sentence);
        showBanner();
    });
}

void MainWindow::openAlerts()
{
    if (!m_alerts)
        return;
    auto *dialog = new AlertsDialog(*m_alerts, *m_parts.queries, *m_parts.state, Page::formatterOf(*m_parts.state), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showAlert(const AlertMoment &moment)
{
    bringToFront();
    showMoment(moment.at);
    showViewRequested(moment.group.isEmpty() ? QStringLiteral("overview") : QStringLiteral("errors"), moment.group);
}

bool MainWindow::quit()
{
    m_isQuitting = true;
    const bool wasHidden = !isVisible();
    const bool isClosed = close();
    m_isQuitting = isClosed;
    if (isClosed && wasHidden)
        QCoreApplication::quit(); // a hidden window is no last one
    return isClosed;
}

/// With a lamp in the tray, closing hides: recording goes on, and the lamp brings the window back.
void MainWindow::closeEvent(QCloseEvent *event)
{
    const bool hides = !m_isQuitting && m_tray && TrayLamp::isAvailable() && m_parts.receiver;
    if (!hides) {
        QMainWindow::closeEvent(event);
        return;
    }
    event->ignore();
    hide();
    if (!m_wasToldOfTray) {
        m_wasToldOfTray = true;
        m_tray->notify(tr("Telltale goes on recording"), tr("The lamp in the tray brings the window back; Quit ends it."));
    }
}

} // namespace telltale
