// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/secrets/secretstore.h"
#include "models/settings/settings.h"

#include <filesystem>
#include <memory>

namespace telltale {

/// The store for a place; null for None.
std::unique_ptr<SecretStore> secretStoreFor(TokenPlace place, const std::filesystem::path &settingsFile);

/// Under which the password of a broker is kept.
QString passwordNameOf(const std::string &broker);

/// A secret, for a program that has no event loop yet: waits for the keychain, no longer than 20 s. Empty when
/// the place is None. Errors as SecretStore::read(); Busy when the keychain did not answer.
Result<std::string> readSecretNow(const QString &name, TokenPlace place, const std::filesystem::path &settingsFile, int argc, char **argv);

} // namespace telltale
