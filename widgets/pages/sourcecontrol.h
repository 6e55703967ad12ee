// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/doormodel.h"
#include "models/settings/settings.h"
#include "models/telemetry/result.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <vector>

namespace telltale {

/// What the window can set, and what comes of it: the settings with their file, the doors, the token. Application implements it.
/// UI thread; nothing here blocks, files and sockets are used elsewhere.
class SourceControl : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual const Settings &settings() const = 0;
    /// Holds from now on and is written to the file; receivers that need it start anew, senders come again.
    virtual void change(const Settings &settings) = 0;
    virtual QString settingsPath() const = 0;
    /// Sentences about lines of the file that could not be followed, or that it could not be written.
    virtual QStringList problems() const = 0;

    /// Receivers and targets, on or off, in a fixed order.
    virtual std::vector<DoorRow> doors() const = 0;
    /// False: another process receives; settings can be changed, but hold from its next start on.
    virtual bool isReceiving() const = 0;
    /// Sends something over the network to this door, or asks the target; tested() says what came back.
    virtual void test(const QString &door) = 0;

    /// The token that senders must show; empty: none is needed.
    virtual QString token() const = 0;
    virtual QString newToken() const = 0;
    /// Keeps the token there (None removes it) and asks for it from now on. Error: Unsupported, when there is no keychain;
    /// nothing is changed then.
    virtual void setToken(const QString &token, TokenPlace place, std::function<void(Result<void>)> done) = 0;

Q_SIGNALS:
    void changed(); ///< settings, doors or problems
    void tested(const QString &door, bool isGood, const QString &sentence);
};

} // namespace telltale
