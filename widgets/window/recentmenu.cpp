// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/window/recentmenu.h"

#include "widgets/window/recentcaches.h"

#include <QDir>
#include <QFileInfo>

namespace telltale {

namespace {

/// "telltale.db  ~/.local/share/telltale"
QString nameOf(const QString &path)
{
    QString folder = QFileInfo(path).path();
    if (folder.startsWith(QDir::homePath()))
        folder.replace(0, QDir::homePath().size(), QStringLiteral("~"));
    QString text = QStringLiteral("%1  %2").arg(QFileInfo(path).fileName(), folder);
    return text.replace(QStringLiteral("&"), QStringLiteral("&&"));
}

} // namespace

RecentMenu::RecentMenu(const QString &title, QWidget *parent)
    : QMenu(title, parent)
{
    setToolTipsVisible(true);
    fill();
}

void RecentMenu::follow(RecentCaches *recent, const QString &shown)
{
    m_recent = recent;
    m_shown = shown;
    if (m_recent) {
        connect(m_recent, &RecentCaches::changed, this, &RecentMenu::fill);
        connect(this, &QMenu::aboutToShow, m_recent, &RecentCaches::refresh); // a disk may have come or gone
    }
    fill();
}

void RecentMenu::fill()
{
    clear();
    if (!m_recent || m_recent->entries().empty()) {
        addAction(tr("None yet"))->setEnabled(false);
        return;
    }
    for (const RecentCaches::Entry &entry : m_recent->entries()) {
        QAction *action = addAction(nameOf(entry.path));
        action->setToolTip(entry.isThere ? entry.path : tr("%1 is not there").arg(entry.path));
        action->setCheckable(entry.path == m_shown);
        action->setChecked(entry.path == m_shown);
        action->setEnabled(entry.isThere && entry.path != m_shown);
        connect(action, &QAction::triggered, this, [this, path = entry.path] { Q_EMIT chosen(path); });
    }
    addSeparator();
    connect(addAction(tr("&Clear this list")), &QAction::triggered, m_recent, &RecentCaches::clear);
}

} // namespace telltale
