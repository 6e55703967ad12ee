// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

namespace telltale {

class RecentCaches;

/// File › Open recent: caches and archives of late, the one that is shown ticked, those that are gone greyed out, and a way to forget them.
class RecentMenu final : public QMenu
{
    Q_OBJECT

public:
    RecentMenu(const QString &title, QWidget *parent);
    /// `recent` is not owned and outlives this; null: there are none. `shown`: what the window shows, absolute.
    void follow(RecentCaches *recent, const QString &shown);

Q_SIGNALS:
    void chosen(const QString &path);

private:
    void fill();

    RecentCaches *m_recent = nullptr;
    QString m_shown;
};

} // namespace telltale
