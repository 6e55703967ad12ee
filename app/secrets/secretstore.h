// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/result.h"

#include <QString>

#include <functional>

namespace telltale {

/// Keeps secrets of the person between two starts, by name. Answers come later, on the thread that asked, which needs an event
/// loop; none comes after the store is gone. Errors: NotFound: there is none; Unsupported: there is no such store here, the
/// message says what is missing; Cancelled: the person refused; Io.
class SecretStore
{
public:
    using ReadDone = std::function<void(Result<std::string>)>;
    using Done = std::function<void(Result<void>)>;

    virtual ~SecretStore() = default;

    virtual void read(const QString &name, ReadDone done) = 0;
    virtual void write(const QString &name, const std::string &secret, Done done) = 0;
    /// What is not there counts as removed.
    virtual void remove(const QString &name, Done done) = 0;
};

/// Under which the token of the receivers is kept.
inline const QString kTokenName = QStringLiteral("receiver-token");

/// 32 letters and digits from the system's generator: 190 bits.
QString newToken();

} // namespace telltale
