// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/controls/lamp.h"

#include <QIcon>
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

Q_SIGNALS:
    void windowRequested();
    void notificationClicked();

private:
    LampState m_state = LampState::Waiting;
    QMenu m_menu;
    QSystemTrayIcon m_icon;
};

} // namespace telltale
