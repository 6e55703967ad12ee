// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace telltale {

/// What can be done about a cache that does not open; the application implements it. UI thread; nothing here blocks.
class CacheRescue : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    enum class Condition { Openable, Damaged, Newer, Foreign, NoDatabase, Unreadable };
    Q_ENUM(Condition)

    /// What came over into the new cache.
    struct Recovered
    {
        quint64 records = 0, lost = 0;
        quint64 remadeSessions = 0; ///< known from their records alone
        QString keptAs;             ///< what the damaged file will be called
    };

    /// Looks why; examined() tells.
    virtual void examine() = 0;
    /// Makes a new cache of what can be read, beside the damaged one; progressed(), then recovered() or failed().
    virtual void recover() = 0;
    /// Ends that; nothing is left of it. failed() with an empty sentence comes.
    virtual void cancel() = 0;
    /// Closes the window, puts the recovered cache in the place of the damaged one, which keeps another name, and opens it.
    virtual void openRecovered() = 0;
    /// The same with an empty cache.
    virtual void startNew() = 0;

Q_SIGNALS:
    void examined(telltale::CacheRescue::Condition condition);
    void progressed(int percent);
    void recovered(const telltale::CacheRescue::Recovered &outcome);
    void failed(const QString &why);
    /// The window is to close; it opens again when everything is in its place.
    void againRequested();
};

} // namespace telltale
