// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/windowmemory.h"

#include "models/items/rangeparser.h"
#include "widgets/window/commandpalette.h"

#include <QDir>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QSettings>

namespace telltale {

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
    window.installEventFilter(this);
}

Theme::Mode WindowMemory::savedTheme(const QString &path)
{
    const QString name =
        QSettings(path, QSettings::IniFormat).value(QStringLiteral("window/theme")).toString();
    return name == u"light" ? Theme::Mode::Light : name == u"dark" ? Theme::Mode::Dark : Theme::Mode::System;
}

void WindowMemory::restore()
{
    const QSettings settings(m_path, QSettings::IniFormat);
    const QSize size = settings.value(QStringLiteral("window/size")).toSize();
    if (size.isValid())
        m_window.resize(size.expandedTo(m_window.minimumSize()));
    if (settings.value(QStringLiteral("window/maximised")).toBool())
        m_window.setWindowState(Qt::WindowMaximized);
    m_window.palette()->setRecent(settings.value(QStringLiteral("palette/recent")).toStringList());
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
    settings.setValue(QStringLiteral("window/maximised"), m_window.isMaximized());
    settings.setValue(QStringLiteral("window/theme"),
                      m_theme.mode() == Theme::Mode::Light  ? QStringLiteral("light")
                      : m_theme.mode() == Theme::Mode::Dark ? QStringLiteral("dark")
                                                            : QStringLiteral("system"));
    settings.setValue(QStringLiteral("palette/recent"), m_window.palette()->recent());
    if (!m_keepsViews) {
        settings.setValue(QStringLiteral("view/name"), m_state.view());
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
    if (event->type() == QEvent::Resize || event->type() == QEvent::WindowStateChange)
        m_delay.start();
    else if (event->type() == QEvent::Close)
        save();
    return QObject::eventFilter(watched, event);
}

} // namespace telltale
