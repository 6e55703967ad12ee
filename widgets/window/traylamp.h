// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/controls/lamp.h"
#include "widgets/pages/alertjournal.h"
#include "widgets/theme/formatter.h"

#include <QIcon>
#include <QList>
#include <QMenu>
#include <QSystemTrayIcon>

namespace telltale {

class WindowActions;

/// The product's lamp in the desktop's tray, and notifications; there only when the person wants it. Without a tray nothing is seen.
class TrayLamp final : public QObject
{
    Q_OBJECT

public:
    /// `actions` is not owned and gives the menu its entries.
    explicit TrayLamp(WindowActions &actions, QObject *parent = nullptr);

    static bool isAvailable() { return QSystemTrayIcon::isSystemTrayAvailable(); }
    /// The lamp of a state in the sizes that trays have, on no background.
    static QIcon icon(LampState state);

    /// `detail` stands in the tooltip: "28 ev/s".
    void setStatus(LampState state, const QString &detail);
    LampState state() const { return m_state; }
    QString toolTip() const { return m_icon.toolTip(); }
    /// A notification of the desktop; plain text.
    void notify(const QString &title, const QString &sentence);
    QMenu *menu() { return &m_menu; }
    /// The last three of them are in the menu; `words` say when they were.
    void setAlerts(const std::vector<AlertMoment> &moments, const Formatter &words);

Q_SIGNALS:
    void windowRequested();
    void notificationClicked();
    void alertChosen(const telltale::AlertMoment &moment);

private:
    LampState m_state = LampState::Waiting;
    QMenu m_menu;
    QAction *m_afterAlerts = nullptr;
    QList<QAction *> m_alerts;
    QSystemTrayIcon m_icon;
};

} // namespace telltale
