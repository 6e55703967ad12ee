// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/queryrunner.h"
#include "models/items/sourcemodel.h"
#include "models/items/viewstate.h"
#include "widgets/pages/askedlately.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <deque>
#include <map>

namespace telltale {

/// What goes on at this moment, whatever is looked at: sources with their lamps and rates, the size of the
/// cache, how much came while the view was paused. Asks once a second at most, and when data arrived; for releases, which take
/// all of history, only when there may be another one. UI thread.
class LiveStatus final : public QObject
{
    Q_OBJECT

public:
    LiveStatus(QueryRunner &queries, ViewState &state, QObject *parent = nullptr);

    void start();
    /// While nobody sees the window it looks at the sources less often: often enough for a lamp in the tray.
    void setSeen(bool isSeen);
    SourceModel &sources() { return m_sources; }
    /// Nothing until the first answer.
    const std::optional<Engine::Summary> &summary() const { return m_summary; }
    bool isKnown() const { return m_summary.has_value(); }
    bool hasData() const { return m_summary && m_summary->records > 0; }
    /// As productLamp(), but for files and archives that were read to their end.
    SourceState state() const;
    /// How many of those that go on sending are late or off.
    int quietSources() const;
    double ratePerSecond() const;
    /// When the last record happened or arrived, whichever is later.
    std::optional<Instant> lastSign() const;
    /// Records that came since the view was paused.
    quint64 newSincePause() const;
    std::uint64_t droppedRecords() const;
    const std::vector<ReleaseRow> &releases() const { return m_releases; }
    /// How far a release is rolled out: its share, 0 to 1, of the sessions that were of any release in the last day of the time that is
    /// looked at. None: there were none, or nobody knows yet.
    std::optional<double> rollout(const std::string &release) const;

Q_SIGNALS:
    void changed();
    /// Another release is known, one was seen earlier than was known, or more people have one: flags stand elsewhere or say something else.
    void releasesChanged();

private:
    void ask();
    void askSoon();
    void askRollout();
    void takeRollout(const std::vector<ReleaseRow> &rows);
    void takeReleases(std::vector<ReleaseRow> rows);
    void takeSources(std::vector<SourceRow> rows);

    struct Sight
    {
        qint64 atMs = 0;
        std::map<std::string, std::uint64_t> records;
    };

    QueryRunner &m_queries;
    ViewState &m_state;
    SourceModel m_sources;
    std::optional<Engine::Summary> m_summary;
    std::vector<ReleaseRow> m_releases;
    AskedLately m_releasesAsked, m_rolloutAsked;
    std::map<std::string, double> m_rollout; ///< by release; whole percents
    std::string m_releaseNames; ///< that sources sent so far
    bool m_isSeen = true;
    std::optional<std::uint64_t> m_recordsAtPause;
    std::optional<qint64> m_askedMs; ///< when the question was asked that is not answered yet
    std::deque<Sight> m_sights;
    QElapsedTimer m_clock;
    QTimer m_tick;
};

} // namespace telltale
