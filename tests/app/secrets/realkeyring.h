// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QTemporaryDir>

namespace telltale::test {

/// A message bus of our own, made this process's session bus, and GNOME's keyring on it with folders and a password of its own. Nobody's
/// real keychain is touched. The bus lives as long as the process: what speaks to it ends the process when it goes.
class RealKeyring
{
public:
    /// Whether the programs are on this machine.
    static bool isInstalled();

    ~RealKeyring(); ///< stops the keyring
    /// Before anything in the process asked for a session bus. False, with a warning, when it does not come up.
    bool startBus();
    /// With the keyring that it kept, or a new one, open. False, with a warning, when it is not on the bus within half a minute.
    bool start();
    void stop();
    /// Locks every collection; there is nobody to ask for the password.
    bool lock();

private:
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
    QProcess *m_bus = nullptr; ///< never deleted
    QProcess m_keyring;
};

} // namespace telltale::test
