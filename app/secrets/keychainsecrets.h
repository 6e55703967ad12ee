// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/secrets/secretstore.h"

#include <QObject>

namespace telltale {

/// The system's keychain: Secret Service (GNOME, KeePassXC) or KWallet, through QtKeychain. It may ask the person to open it,
/// which takes as long as they do.
class KeychainSecrets final : public SecretStore
{
public:
    void read(const QString &name, ReadDone done) override;
    void write(const QString &name, const std::string &secret, Done done) override;
    void remove(const QString &name, Done done) override;

private:
    QObject m_context; ///< ends the answers with this object
};

} // namespace telltale
