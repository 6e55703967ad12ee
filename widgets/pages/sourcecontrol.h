// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ingest/rulefile.h"
#include "models/items/doormodel.h"
#include "models/preview/mqttpreview.h"
#include "models/settings/settings.h"
#include "models/telemetry/result.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>
#include <vector>

namespace telltale {

/// What a broker sends while somebody looks: the last messages, held elsewhere. UI thread.
class MessageFeed : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t kMostMessages = 200;

    using QObject::QObject;
    /// The last ones, the oldest first, with numbers that only grow.
    virtual std::vector<std::pair<std::uint64_t, SeenMessage>> messages() const = 0;
    /// Why nothing comes, one sentence; empty: it is connected, or being connected.
    virtual QString problem() const = 0;

Q_SIGNALS:
    void changed(); ///< a few times a second at most
};

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

    /// Keeps the password of a broker there (None removes it) and connects with it from now on. Errors as setToken().
    virtual void setPassword(const QString &broker, const QString &password, TokenPlace place, std::function<void(Result<void>)> done) = 0;

    /// Hears what this broker sends, beside what is stored; null: the door is no broker's.
    virtual std::unique_ptr<MessageFeed> listen(const QString &door) = 0;
    /// The text of a broker's mapping as it is kept; empty: there is none yet.
    virtual void readMessageMapping(const QString &door, std::function<void(Result<std::string>)> done) = 0;
    /// Keeps it in the broker's file, which is made and set when there is none, and reads messages by it from now on.
    virtual void saveMessageMapping(const QString &door, const std::string &text, std::function<void(Result<void>)> done) = 0;

    /// The rules of one's own for the cache that is shown.
    virtual void readRules(std::function<void(Result<RuleEntries>)> done) = 0;
    /// As replaceRuleEntries(), elsewhere.
    virtual void replaceRules(const RuleEntries &before, const RuleEntries &after, std::function<void(Result<void>)> done) = 0;

Q_SIGNALS:
    void changed(); ///< settings, doors or problems
    void tested(const QString &door, bool isGood, const QString &sentence);
};

} // namespace telltale
