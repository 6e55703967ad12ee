// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"
#include "widgets/window/mainwindow.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <QVariantMap>

#include <map>

namespace telltale {

class PageMemory;

/// Keeps what the window should look like next time: size, place, maximised or not, what is beside the views, view, range, zone, product, what
/// is compared, appearance, ranges of one's own, and what was arranged in each view. In the user's state folder, readable by the owner alone; written within two seconds of a
/// change and at the end.
class WindowMemory final : public QObject
{
    Q_OBJECT

public:
    /// $XDG_STATE_HOME/telltale/window.ini, or ~/.local/state/telltale/window.ini.
    static QString defaultPath();

    WindowMemory(MainWindow &window, ViewState &state, Theme &theme, QString path = defaultPath());

    static Theme::Mode savedTheme(const QString &path = defaultPath());
    /// `isZoneGiven`: the command line has chosen one.
    void restore(bool isZoneGiven = false);
    void save() const;
    /// From now on view, range and compare of last time stay as they are.
    void keepViews() { m_keepsViews = true; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void remember(const QString &id, Page *page);
    void restorePlace(const QPoint &place);
    void restoreComparison(const QVariantMap &saved);

    MainWindow &m_window;
    ViewState &m_state;
    Theme &m_theme;
    QString m_path;
    bool m_keepsViews = false;
    QTimer m_delay;
    std::map<QString, PageMemory *> m_pages; ///< by view; of those that are made
    QVariantMap m_savedPages;                ///< of all, as they were
};

} // namespace telltale
