// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/windowmemory.h"

#include "models/items/rangeparser.h"
#include "widgets/pages/pagememory.h"
#include "widgets/window/commandpalette.h"
#include "widgets/window/sidebar.h"
#include "widgets/window/timepicker.h"

#include <QDir>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenuBar>
#include <QScreen>
#include <QSettings>

#include <algorithm>

namespace telltale {

namespace {

/// Of the views that show data; the others show what is set elsewhere.
bool isRemembered(const QString &view)
{
    return view != u"settings" && view != u"sources" && view != u"connect";
}

/// Elsewhere a window does not know where it is.
bool knowsItsPlace()
{
    return QGuiApplication::platformName() == u"xcb" || QGuiApplication::platformName() == u"offscreen";
}

QVariantMap documentOf(const Comparison &with)
{
    return {{QStringLiteral("kind"), static_cast<int>(with.kind)},
            {QStringLiteral("release"), with.release},
            {QStringLiteral("other"), with.otherRelease},
            {QStringLiteral("from"), qlonglong(with.baseline.from.ns)},
            {QStringLiteral("to"), qlonglong(with.baseline.to.ns)}};
}

} // namespace

QString WindowMemory::defaultPath()
{
    QString base = qEnvironmentVariable("XDG_STATE_HOME");
    if (!base.startsWith(u'/'))
        base = QDir::homePath() + QStringLiteral("/.local/state");
    return base + QStringLiteral("/telltale/window.ini");
}

WindowMemory::WindowMemory(MainWindow &window, ViewState &state, Theme &theme, QString path)
    : m_window(window)
    , m_state(state)
    , m_theme(theme)
    , m_path(std::move(path))
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(1500);
    connect(&m_delay, &QTimer::timeout, this, &WindowMemory::save);
    const auto later = [this] { m_delay.start(); };
    connect(&state, &ViewState::changed, this, later);
    connect(&state, &ViewState::viewChanged, this, later);
    connect(&theme, &Theme::changed, this, later);
    connect(window.palette(), &CommandPalette::recentChanged, this, later);
    connect(window.timePicker(), &TimePicker::recentChanged, this, later);
    connect(&window, &MainWindow::pageMade, this, &WindowMemory::remember);
    connect(window.actions().sidebar, &QAction::toggled, this, later);
    connect(window.actions().menuBar, &QAction::toggled, this, later);
    window.installEventFilter(this);
}

Theme::Mode WindowMemory::savedTheme(const QString &path)
{
    const QString name =
        QSettings(path, QSettings::IniFormat).value(QStringLiteral("window/theme")).toString();
    return name == u"light" ? Theme::Mode::Light : name == u"dark" ? Theme::Mode::Dark : Theme::Mode::System;
}

void WindowMemory::remember(const QString &id, Page *page)
{
    if (!isRemembered(id))
        return;
    auto *memory = new PageMemory(*page);
    m_pages[id] = memory;
    memory->restore(m_savedPages.value(id).toMap());
    connect(memory, &PageMemory::changed, this, [this] { m_delay.start(); });
}

/// A screen may be gone by now.
void WindowMemory::restorePlace(const QPoint &place)
{
    const QRect there(place, m_window.size());
    if (knowsItsPlace() && QGuiApplication::screenAt(there.center()))
        m_window.move(place);
}

void WindowMemory::restoreComparison(const QVariantMap &saved)
{
    Comparison with;
    with.kind = static_cast<Comparison::Kind>(std::clamp(saved.value(QStringLiteral("kind")).toInt(), 0, static_cast<int>(Comparison::Kind::Baseline)));
    with.release = saved.value(QStringLiteral("release")).toString();
    with.otherRelease = saved.value(QStringLiteral("other")).toString();
    with.baseline = {{saved.value(QStringLiteral("from")).toLongLong()}, {saved.value(QStringLiteral("to")).toLongLong()}};
    m_state.setComparison(with); // which knows what is none
}

void WindowMemory::restore(bool isZoneGiven)
{
    const QSettings settings(m_path, QSettings::IniFormat);
    const QSize size = settings.value(QStringLiteral("window/size")).toSize();
    if (size.isValid())
        m_window.resize(size.expandedTo(m_window.minimumSize()));
    if (settings.contains(QStringLiteral("window/place")))
        restorePlace(settings.value(QStringLiteral("window/place")).toPoint());
    if (settings.value(QStringLiteral("window/maximised")).toBool())
        m_window.setWindowState(Qt::WindowMaximized);
    if (!settings.value(QStringLiteral("window/sidebar"), true).toBool())
        m_window.actions().sidebar->trigger();
    if (!settings.value(QStringLiteral("window/menuBar"), true).toBool())
        m_window.actions().menuBar->trigger();
    m_window.palette()->setRecent(settings.value(QStringLiteral("palette/recent")).toStringList());
    m_window.timePicker()->setRecent(settings.value(QStringLiteral("picker/recent")).toStringList());
    m_window.setToldOfTray(settings.value(QStringLiteral("tray/told")).toBool());
    m_savedPages = settings.value(QStringLiteral("views/arranged")).toMap();
    for (const QString &id : m_window.madeViews())
        remember(id, m_window.page(id));
    if (const QString zone = settings.value(QStringLiteral("view/zone")).toString(); !zone.isEmpty() && !isZoneGiven)
        static_cast<void>(m_state.setZone(zone));
    if (settings.value(QStringLiteral("view/cache")).toString() == m_window.cache()) // another cache has other products
        m_window.setProduct(settings.value(QStringLiteral("view/product")).toString(), settings.value(QStringLiteral("view/environment")).toString());
    if (settings.contains(QStringLiteral("view/comparison")))
        restoreComparison(settings.value(QStringLiteral("view/comparison")).toMap());
    if (settings.contains(QStringLiteral("view/compare")))
        m_state.setComparing(settings.value(QStringLiteral("view/compare")).toBool());
    // Only ranges that follow now: nobody should wonder why an old day is shown.
    const QString range = settings.value(QStringLiteral("view/range")).toString();
    if (const auto spec = RangeParser(m_state.wallNow(), m_state.timeZone()).parse(range);
        spec && spec->isLive)
        m_state.setRange(*spec);
    const QString view = settings.value(QStringLiteral("view/name")).toString();
    if (m_window.views().contains(view) && view != u"connect")
        m_state.setView(view);
}

void WindowMemory::save() const
{
    QDir().mkpath(QFileInfo(m_path).path());
    QFile::setPermissions(QFileInfo(m_path).path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QSettings settings(m_path, QSettings::IniFormat);
    const bool isLarge = m_window.isMaximized() || m_window.isFullScreen();
    if (!isLarge)
        settings.setValue(QStringLiteral("window/size"), m_window.size());
    if (!isLarge && knowsItsPlace())
        settings.setValue(QStringLiteral("window/place"), m_window.pos());
    settings.setValue(QStringLiteral("window/sidebar"), m_window.actions().sidebar->isChecked());
    settings.setValue(QStringLiteral("window/menuBar"), m_window.actions().menuBar->isChecked());
    settings.setValue(QStringLiteral("window/maximised"), m_window.isMaximized());
    settings.setValue(QStringLiteral("window/theme"),
                      m_theme.mode() == Theme::Mode::Light  ? QStringLiteral("light")
                      : m_theme.mode() == Theme::Mode::Dark ? QStringLiteral("dark")
                                                            : QStringLiteral("system"));
    settings.setValue(QStringLiteral("palette/recent"), m_window.palette()->recent());
    settings.setValue(QStringLiteral("tray/told"), m_window.wasToldOfTray());
    settings.setValue(QStringLiteral("picker/recent"), m_window.timePicker()->recent());
    QVariantMap pages = m_savedPages;
    for (const auto &[id, memory] : m_pages)
        pages.insert(id, memory->save());
    settings.setValue(QStringLiteral("views/arranged"), pages);
    if (!m_keepsViews) {
        settings.setValue(QStringLiteral("view/name"), m_state.view());
        settings.setValue(QStringLiteral("view/zone"), m_state.zone().id() == "UTC" ? QStringLiteral("UTC") : QStringLiteral("system"));
        settings.setValue(QStringLiteral("view/cache"), m_window.cache());
        settings.setValue(QStringLiteral("view/product"), m_state.product());
        settings.setValue(QStringLiteral("view/environment"), m_state.environment());
        settings.setValue(QStringLiteral("view/comparison"), documentOf(m_state.comparison()));
        settings.setValue(QStringLiteral("view/compare"), m_state.isComparing());
    }
    if (m_state.range().isLive && !m_keepsViews)
        settings.setValue(
            QStringLiteral("view/range"),
            QStringLiteral("%1s").arg(
                std::chrono::duration_cast<std::chrono::seconds>(m_state.range().width).count()));
    settings.sync();
    QFile::setPermissions(m_path, QFile::ReadOwner | QFile::WriteOwner);
}

bool WindowMemory::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move || event->type() == QEvent::WindowStateChange)
        m_delay.start();
    else if (event->type() == QEvent::Close)
        save();
    return QObject::eventFilter(watched, event);
}

} // namespace telltale
