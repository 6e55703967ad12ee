// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alertfile.h"
#include "models/analysis/queryrunner.h"
#include "models/items/alertmodel.h"
#include "widgets/pages/alertjournal.h"
#include "models/items/viewstate.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>

namespace telltale {

/// Reads the alerts of the person's file every ten seconds, on a worker, and tells what is new. UI thread.
class AlertWatcher final : public QObject
{
    Q_OBJECT

public:
    /// `path` is empty for AlertFile::defaultPath(). Not owned; both outlive this.
    AlertWatcher(QueryRunner &queries, ViewState &state, std::filesystem::path path = {}, QObject *parent = nullptr);

    /// Reads now and from now on.
    void start();
    void check();
    AlertModel &model() { return m_model; }
    /// A sentence when the file can not be read, or parts of it.
    const QString &problem() const { return m_problem; }
    /// The names of those that hold now.
    QStringList firing() const;

    // Changes of the file; each reads again. changeFailed() when it could not be written.
    void add(const Alert &alert);
    void remove(const QString &name);
    void setOn(const QString &name, bool isOn);

Q_SIGNALS:
    void changed();
    void changeFailed(const QString &why);
    /// Before told(); not what is over.
    void happened(const telltale::AlertMoment &moment);
    void told(const QString &title, const QString &sentence);

private:
    struct Read
    {
        AlertFile file;
        std::vector<AlertRow> rows;
        Instant at;
    };
    void take(Result<Read> read);
    using Change = std::function<Result<void>(AlertFile &)>;
    void change(Change how);
    void makeNext();

    QueryRunner &m_queries;
    ViewState &m_state;
    const std::filesystem::path m_path;
    AlertModel m_model;
    AlertBook m_book;
    QString m_problem;
    QTimer m_timer;
    std::deque<Change> m_waiting; ///< one after the other: each reads and writes the whole file; the first is being made
};

} // namespace telltale
