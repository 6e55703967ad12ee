// SPDX-License-Identifier: GPL-3.0-or-later
// Which pages the window has, how each is made, and what it hears of them.
#include "widgets/window/mainwindow.h"

#include "widgets/pages/connectpage.h"
#include "widgets/pages/errorspage.h"
#include "widgets/pages/journeyspage.h"
#include "widgets/pages/overviewpage.h"
#include "widgets/pages/performancepage.h"
#include "widgets/pages/reportspage.h"
#include "widgets/pages/sessionspage.h"
#include "widgets/pages/settingspage.h"
#include "widgets/pages/sourcespage.h"
#include "widgets/pages/usagepage.h"
#include "widgets/window/sidebar.h"
#include "widgets/window/statusline.h"

namespace telltale {

/// Says what pages there are. None is made yet: each waits until it is looked at, or until there is time.
void MainWindow::addPages()
{
    const PageContext context{m_parts.queries, m_parts.state, &m_live, m_parts.receiver, &m_screenColours,
                              &m_changes, &m_notes, &m_alertJournal, m_parts.cache, m_parts.archive != nullptr};
    addPage(QStringLiteral("overview"), IconId::Overview, tr("Overview"), [context] { return new OverviewPage(context); });
    addPage(QStringLiteral("usage"), IconId::Usage, tr("Usage"), [context] { return new UsagePage(context); });
    addPage(QStringLiteral("sessions"), IconId::Sessions, tr("Sessions"), [context] { return new SessionsPage(context); });
    addPage(QStringLiteral("errors"), IconId::Errors, tr("Errors"), [context] { return new ErrorsPage(context); });
    addPage(QStringLiteral("performance"), IconId::Performance, tr("Performance"), [context] { return new PerformancePage(context); });
    addPage(QStringLiteral("journeys"), IconId::Journeys, tr("Journeys"), [context] { return new JourneysPage(context); });
    addPage(QStringLiteral("reports"), IconId::Reports, tr("Reports"), [context] { return new ReportsPage(context); });
    addPage(QStringLiteral("connect"), {}, tr("Connect your app"), [context] { return new ConnectPage(context); });
    addPage(QStringLiteral("sources"), {}, tr("Sources"), [this, context] { return new SourcesPage(context, m_parts.sources); });
    addPage(QStringLiteral("settings"), {}, tr("Settings"), [this, context] {
        auto *settings = new SettingsPage(context, m_parts.sources);
        connect(settings, &SettingsPage::alertsRequested, m_actions.alerts, &QAction::trigger);
        connect(settings, &SettingsPage::shortcutsRequested, m_actions.shortcuts, &QAction::trigger);
        connect(settings, &SettingsPage::aboutRequested, m_actions.about, &QAction::trigger);
        return settings;
    });
    connect(m_pages, &PageStack::pageMade, this, &MainWindow::connectPage);
}

void MainWindow::addPage(const QString &id, std::optional<IconId> inSidebar, const QString &title, PageStack::Maker make)
{
    m_pages->add(id, std::move(make));
    m_titles[id] = title;
    if (inSidebar)
        m_sidebar->addView(id, *inSidebar, title);
    QAction *action = m_actions.addView(id, title);
    connect(action, &QAction::triggered, this, [this, id] { showView(id); });
}

void MainWindow::connectPage(const QString &id, Page *page)
{
    page->setObjectName(id);
    page->setFocusPolicy(Qt::ClickFocus);
    page->setAccessibleName(m_titles[id]);
    connect(page, &Page::viewRequested, this, &MainWindow::showViewRequested);
    page->addPanelMenus();
    for (Panel *panel : page->findChildren<Panel *>())
        connect(panel, &Panel::answeredLate, this, [this, panel] { tellLate(*panel); });
    connect(page, &Page::noteRequested, this, &MainWindow::openNote);
    connect(page, &Page::alertsRequested, this, &MainWindow::openAlerts);
    connect(page, &Page::reportRequested, this, [this](const ExportTable &panel) {
        static_cast<ReportsPage *>(this->page(QStringLiteral("reports")))->addPanel(panel);
        m_status->tell(tr("“%1” is in the report now.").arg(panel.title));
    });
    connect(page, &Page::honouredChanged, this, [this, page] {
        if (page == currentPage())
            showUnhonoured();
    });
    connect(page, &Page::announced, m_status, &StatusLine::announce);
    connect(page, &Page::told, this, [this](const QString &sentence) { m_status->tell(sentence); });
    Q_EMIT pageMade(id, page);
}

} // namespace telltale
