// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/secrets/secretstore.h"

#include <QObject>

#include <filesystem>

namespace telltale {

/// Files of mode 0600 beside the settings, one a secret: for machines without a keychain, and only when the person said yes.
class FileSecrets final : public SecretStore
{
public:
    explicit FileSecrets(std::filesystem::path folder)
        : m_folder(std::move(folder))
    {}

    void read(const QString &name, ReadDone done) override;
    void write(const QString &name, const std::string &secret, Done done) override;
    void remove(const QString &name, Done done) override;
    /// "FOLDER/telltale.receiver-token"
    std::filesystem::path pathOf(const QString &name) const;
    /// The same at once, for programs without an event loop. Error: NotFound, Io.
    Result<std::string> readNow(const QString &name) const;

private:
    std::filesystem::path m_folder;
    QObject m_context;
};

} // namespace telltale
