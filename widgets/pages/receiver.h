// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/telemetry/note.h"
#include "models/telemetry/result.h"
#include "models/telemetry/time.h"
#include "models/telemetry/triage.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace telltale {

/// How receiving goes, for people.
struct ReceiverStatus
{
    enum class State {
        Off, ///< not asked to receive
        Starting,
        Listening,
        Failed,    ///< `problem` says why and who is in the way
        Elsewhere, ///< another process writes this cache; shown live, not received here
    };
    State state = State::Off;
    int port = 0; ///< where it listens or wanted to
    QString problem;
    std::optional<Instant> since;
    bool isDiskLow = false;     ///< nothing is stored until there is room on the disk of the cache
    bool hasConnection = false; ///< somebody connected since `since`
    quint64 accepted = 0;       ///< requests
    quint64 rejected = 0;
    quint64 dropped = 0;        ///< records lost: refused under load, cut by limits
    QString lastRejection;      ///< a sentence; empty when nothing was rejected
    QStringList refusedOrigins; ///< web origins that asked and are not allowed yet
    friend bool operator==(const ReceiverStatus &, const ReceiverStatus &) = default;
};

/// How an import of files goes, for people.
struct ImportStatus
{
    enum class State { None, Running, Done, Partial, Failed };
    State state = State::None;
    QString title, detail; ///< what is read, or what came of it; a sentence each
    int percent = -1;      ///< of the bytes; -1: not known
    friend bool operator==(const ImportStatus &, const ImportStatus &) = default;
};

/// What the window knows of the part that receives; Application implements it. UI thread; nothing here
/// blocks.
class Receiver : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual ReceiverStatus status() const = 0;
    /// Pages from this origin may send from now on.
    virtual void allowOrigin(const QString &origin) = 0;
    /// Sends one event, named and labelled as a test, over the network to our own port.
    virtual void sendTestEvent() = 0;
    /// Listens again, on this port.
    virtual void restartOn(int port) = 0;
    /// Stores decisions about groups of errors, all or none; `decided` is called on the UI thread, later. A cache that another
    /// process writes takes none: Busy.
    virtual void decide(std::vector<TriageDecision> decisions, std::function<void(const Result<void> &)> decided) = 0;
    /// Stores and removes notes, likewise.
    virtual void putNotes(std::vector<NoteChange> /*changes*/, std::function<void(const Result<void> &)> stored)
    {
        stored(failure(Error::Code::Busy, "nothing is written here"));
    }
    /// Stores what is in files, one after the other, beside what is received; asked again while it runs, those come after. Needs
    /// State::Listening. importStatus() tells how it goes.
    virtual void importFiles(const QStringList & /*files*/) {}
    /// Ends it soon. What was stored stays; the same files imported again bring the rest.
    virtual void cancelImport() {}
    virtual ImportStatus importStatus() const { return {}; }

Q_SIGNALS:
    void statusChanged();
    void importChanged();
    /// `message` says what came back, for people.
    void testEventAnswered(bool isAccepted, const QString &message);
};

} // namespace telltale
