// SPDX-License-Identifier: GPL-3.0-or-later
// What the window does when it is told to: leave a view on paper or in a file, move the focus, note something, find a command by its name.
#include "widgets/window/mainwindow.h"

#include "models/items/itemtext.h"
#include "models/items/pastedrange.h"
#include "widgets/charts/trackstack.h"
#include "widgets/pages/panelmenu.h"
#include "widgets/pages/printing.h"
#include "widgets/pages/reportspage.h"
#include "widgets/pages/settingspage.h"
#include "widgets/report/wholefile.h"
#include "widgets/window/commandpalette.h"
#include "widgets/window/notedialog.h"
#include "widgets/window/notesdialog.h"
#include "widgets/window/paletteentries.h"
#include "widgets/window/panes.h"
#include "widgets/window/sidebar.h"
#include "widgets/window/statusline.h"
#include "widgets/window/timepicker.h"
#include "widgets/window/toolbar.h"
#include "widgets/window/viewpicture.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenuBar>
#include <QSysInfo>
#include <QToolButton>

#include <algorithm>

namespace telltale {

namespace {

constexpr std::size_t kPaletteRows = 200;
constexpr double kImageScale = 2;

PanelMenu *menuOf(const Panel &panel)
{
    return panel.isVisible() && panel.isShowingBody() ? qobject_cast<PanelMenu *>(panel.menuButton()->menu()) : nullptr;
}

} // namespace

void MainWindow::connectLeaving()
{
    connect(m_actions.exportView, &QAction::triggered, this, &MainWindow::exportView);
    connect(m_actions.exportData, &QAction::triggered, this, &MainWindow::exportData);
    connect(m_actions.showTable, &QAction::triggered, this, &MainWindow::showTable);
    connect(m_actions.print, &QAction::triggered, this, &MainWindow::printView);
}

void MainWindow::connectMoving()
{
    connect(m_actions.nextPane, &QAction::triggered, this, [this] { focusNextPane(panes(), false); });
    connect(m_actions.previousPane, &QAction::triggered, this, [this] { focusNextPane(panes(), true); });
    connect(m_actions.pinCursor, &QAction::triggered, this, &MainWindow::pinCursor);
    connect(m_actions.menuBar, &QAction::triggered, this, [this](bool isShown) {
        menuBar()->setVisible(isShown);
        if (!isShown)
            m_status->tell(tr("The menu bar is hidden. Ctrl+M shows it again."));
    });
    connect(m_actions.openMenu, &QAction::triggered, this, [this] {
        menuBar()->show(); // hidden, it could not be walked
        m_actions.menuBar->setChecked(true);
        menuBar()->setFocus(Qt::MenuBarFocusReason);
        menuBar()->setActiveAction(menuBar()->actions().value(0));
    });
}

QList<QWidget *> MainWindow::panes() const
{
    QList<QWidget *> panels;
    for (Panel *panel : currentPage()->findChildren<Panel *>()) {
        if (panel->isVisible())
            panels.append(panel);
    }
    std::stable_sort(panels.begin(), panels.end(), [this](const QWidget *a, const QWidget *b) {
        const QPoint one = a->mapTo(this, QPoint()), other = b->mapTo(this, QPoint());
        return one.y() != other.y() ? one.y() < other.y() : one.x() < other.x();
    });
    if (panels.isEmpty())
        panels.append(currentPage());
    QList<QWidget *> all{m_toolbar};
    if (m_sidebar->isVisible())
        all.prepend(m_sidebar);
    return all + panels;
}

void MainWindow::pinCursor()
{
    for (TrackStack *chart : currentPage()->findChildren<TrackStack *>()) {
        if (chart->isVisible() && chart->cursorTime())
            chart->setCursorPinned(!chart->isCursorPinned());
    }
}

void MainWindow::copyRange()
{
    const ViewState &state = *m_parts.state;
    QApplication::clipboard()->setText(copiedRange(state.effectiveRange()));
    m_status->tell(tr("Copied: %1", "a time range").arg(state.rangeText(state.effectiveRange())));
}

/// What copyRange() gave, a range as people type it, or lines of a log with their times.
void MainWindow::pasteRange()
{
    ViewState &state = *m_parts.state;
    const auto range = pastedRange(QApplication::clipboard()->text(), m_picker->parser(), state.range().length());
    if (range)
        state.setRange(*range);
    else
        m_status->tell(itemtext::text(range.error().message));
}

void MainWindow::exportView()
{
    const QString title = m_titles[currentView()];
    QString chosen;
    QString path = QFileDialog::getSaveFileName(this, tr("Export “%1”").arg(title), title, QStringLiteral("PNG (*.png);;SVG (*.svg)"), &chosen);
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += chosen.contains(QStringLiteral("svg")) ? QStringLiteral(".svg") : QStringLiteral(".png");
    Page *page = currentPage();
    if (QFileInfo(path).suffix().compare(u"svg", Qt::CaseInsensitive) == 0) {
        page->write(path, [svg = svgOf(*page, title).toStdString(), path] { return writeWhole(svg, path); });
        return;
    }
    page->write(path, [image = pictureOf(*page, kImageScale), path]() -> Result<void> {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        if (!image.save(&buffer, "PNG"))
            return failure(Error::Code::Io, "the picture could not be made");
        return writeWhole(png.toStdString(), path);
    });
}

/// Of the panel with the focus, else of the first that has any rows; null: none has.
PanelMenu *MainWindow::menuOfFocus() const
{
    PanelMenu *menu = nullptr;
    for (const QWidget *pane : panes()) {
        const auto *panel = qobject_cast<const Panel *>(pane);
        PanelMenu *candidate = panel ? menuOf(*panel) : nullptr;
        if (candidate && !candidate->table().rows.empty() && (!menu || panel->isAncestorOf(QApplication::focusWidget())))
            menu = candidate;
    }
    return menu;
}

void MainWindow::exportData()
{
    if (PanelMenu *menu = menuOfFocus())
        menu->exportData();
    else
        m_status->tell(tr("There is no data in this view."));
}

void MainWindow::showTable()
{
    if (PanelMenu *menu = menuOfFocus())
        menu->showTable();
    else
        m_status->tell(tr("There is no data in this view."));
}

void MainWindow::printView()
{
    if (currentView() == u"reports") {
        static_cast<ReportsPage *>(currentPage())->print();
        return;
    }
    const ReportDocument document = documentOf(*currentPage(), m_titles[currentView()]);
    if (document.parts.empty()) {
        m_status->tell(tr("There is nothing to print in this view."));
        return;
    }
    using Laid = std::shared_ptr<const ReportPages>;
    m_parts.queries->ask<Result<Laid>>(
        QStringLiteral("window.print"), this,
        [document](Engine &, std::stop_token) -> Result<Laid> { return std::make_shared<const ReportPages>(layOut(document)); },
        [this, document](const Result<Laid> &pages) {
            if (pages)
                printPages(this, document, **pages);
        });
}

/// In English, whatever the window speaks: it is for those who look for the fault. Holds no telemetry, and no path but that of the cache.
QString MainWindow::diagnosis() const
{
    QStringList lines;
    const auto say = [&lines](const char *what, const QString &value) { lines << QLatin1String(what) + QStringLiteral(": ") + value; };
    say("Telltale", QStringLiteral(TELLTALE_VERSION));
    say("Qt", QLatin1String(qVersion()));
    say("System", QSysInfo::prettyProductName() + QStringLiteral(", ") + QSysInfo::kernelType() + u' ' + QSysInfo::kernelVersion() + QStringLiteral(", ") + QSysInfo::currentCpuArchitecture());
    say("Platform", QGuiApplication::platformName() + QStringLiteral(", scale ") + QString::number(devicePixelRatioF()) + QStringLiteral(", window ") + QString::number(width()) + u'x' +
                        QString::number(height()));
    say("Language", QLocale().name());
    say("Time zone", itemtext::text(m_parts.state->zone().id()));
    say("View", currentView());
    say("Cache", m_parts.cache.isEmpty() ? QStringLiteral("none") : m_parts.cache);
    if (const auto &summary = m_live.summary()) {
        say("Records", QString::number(summary->records));
        say("Bytes", QString::number(summary->bytes));
    }
    const ReceiverStatus status = m_parts.receiver ? m_parts.receiver->status() : ReceiverStatus{};
    say("Receiving", !m_parts.receiver                                        ? QStringLiteral("no")
                     : status.state == ReceiverStatus::State::Listening ? QStringLiteral("on port %1").arg(status.port)
                                                                        : status.problem);
    say("Dropped", QString::number(m_parts.receiver ? status.dropped : m_live.droppedRecords()));
    return lines.join(u'\n') + u'\n';
}

/// A new one is about the cursor, the middle of the selection, or now.
void MainWindow::openNote(const QString &id)
{
    const ViewState &state = *m_parts.state;
    const TimeRange range = state.effectiveRange();
    Instant at = state.selection() ? range.from + (range.to - range.from) / 2 : std::min(state.now(), range.to);
    if (const auto cursor = currentPage()->cursorTime())
        at = *cursor;
    auto *dialog = new NoteDialog(m_notes, id.toStdString(), at, Page::formatterOf(*m_parts.state), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::openNotes()
{
    auto *dialog = new NotesDialog(m_notes, m_parts.state->timeZone(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NotesDialog::editRequested, this, &MainWindow::openNote);
    connect(dialog, &NotesDialog::momentRequested, this, &MainWindow::showMoment);
    dialog->open();
}

/// Around it, as long as what is shown; nothing changes when it is shown already.
void MainWindow::showMoment(Instant at)
{
    ViewState &state = *m_parts.state;
    if (state.resolvedRange().contains(at))
        return;
    const auto length = state.range().length();
    const Instant end = std::min(at + length / 2, state.wallNow());
    state.setRange(RangeSpec::history({end - length, end}));
}

/// Commands, settings and notes: what is known without a question.
std::vector<PaletteEntry> MainWindow::knownEntries()
{
    std::vector<PaletteEntry> entries = commandEntries(m_actions);
    const auto append = [&entries](std::vector<PaletteEntry> more) {
        entries.insert(entries.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    };
    for (const Panel *panel : currentPage()->findChildren<Panel *>()) {
        PanelMenu *menu = menuOf(*panel);
        if (!menu)
            continue;
        Q_EMIT menu->aboutToShow(); // what can be done now
        append(menuEntries(*menu, tr("In this view"), panel->title().isEmpty() ? panel->accessibleName() : panel->title(), IconId::More));
    }
    auto *reports = static_cast<ReportsPage *>(page(QStringLiteral("reports")));
    std::vector<PaletteEntry> report = menuEntries(*reports->commandMenu(), tr("Reports"), tr("Report"), IconId::Reports);
    for (PaletteEntry &entry : report) {
        entry.run = [this, run = std::move(entry.run)] {
            showView(QStringLiteral("reports"));
            run();
        };
    }
    append(std::move(report));
    auto *settings = static_cast<SettingsPage *>(page(QStringLiteral("settings")));
    append(settingEntries(settings->sections(), [this, settings](const QString &section) {
        showView(QStringLiteral("settings"));
        settings->openSection(section);
    }));
    append(noteEntries(m_notes.notes(), Page::formatterOf(*m_parts.state), [this](const QString &id) { openNote(id); }));
    return entries;
}

/// Commands at once; what the data has to offer when it is known.
void MainWindow::openPalette()
{
    std::vector<PaletteEntry> known = knownEntries();
    m_palette->open(known);
    addDataEntries(std::move(known));
}

void MainWindow::addDataEntries(std::vector<PaletteEntry> known)
{
    Scope scope = m_parts.state->scope(m_parts.state->resolvedRange());
    scope.filter = {};
    scope.limit = kPaletteRows;
    struct Found
    {
        std::vector<FeatureRow> features;
        std::vector<ErrorGroupRow> errors;
        std::vector<SessionRow> sessions;
    };
    m_parts.queries->ask<Result<Found>>(
        QStringLiteral("window.palette"), m_palette,
        [scope](Engine &engine, std::stop_token stop) -> Result<Found> {
            auto features = engine.features(scope, stop);
            if (!features)
                return tl::unexpected(features.error());
            auto errors = engine.errors(scope, stop);
            if (!errors)
                return tl::unexpected(errors.error());
            auto sessions = engine.sessions(scope, false, stop);
            if (!sessions)
                return tl::unexpected(sessions.error());
            return Found{std::move(features->value), std::move(errors->value), std::move(sessions->value.rows)};
        },
        [this, known = std::move(known)](const Result<Found> &found) {
            if (!found || !m_palette->isVisible())
                return;
            std::vector<PaletteEntry> all = known;
            const auto named = dataEntries(*m_parts.state, m_live.releases(), found->features, found->errors,
                                          [this](const QString &group) { showViewRequested(QStringLiteral("errors"), group); });
            all.insert(all.end(), named.begin(), named.end());
            const auto sessions = sessionEntries(found->sessions, Page::formatterOf(*m_parts.state),
                                                 [this](const QString &id) { showViewRequested(QStringLiteral("sessions"), id); });
            all.insert(all.end(), sessions.begin(), sessions.end());
            m_palette->setEntries(std::move(all));
        });
}

} // namespace telltale
