// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/askedengine.h"
#include "models/analysis/filterkinds.h"
#include "models/analysis/queryrunner.h"
#include "models/items/viewstate.h"
#include "widgets/charts/trackdata.h"
#include "widgets/pages/askedlately.h"
#include "widgets/pages/compared.h"
#include "widgets/pages/listhold.h"
#include "widgets/pages/livestatus.h"
#include "widgets/pages/panel.h"
#include "widgets/pages/receiver.h"
#include "widgets/pages/longlist.h"
#include "widgets/report/tableexport.h"
#include "widgets/theme/formatter.h"
#include "widgets/theme/seriespalette.h"

#include <QAction>
#include <QTimer>
#include <QVariantMap>
#include <QWidget>

#include <functional>
#include <map>
#include <memory>

class QUndoStack;

namespace telltale {

class AlertJournal;
class HeatmapView;
class NoteBook;
class TrackStack;

/// What every page is handed. Nothing owned; all outlive the page.
struct PageContext
{
    QueryRunner *queries = nullptr;
    ViewState *state = nullptr;
    LiveStatus *live = nullptr;
    Receiver *receiver = nullptr; ///< null when nothing can be received
    SeriesPalette *screenColours = nullptr;
    QUndoStack *changes = nullptr; ///< what was changed and can be undone
    NoteBook *notes = nullptr;     ///< null: there are none
    AlertJournal *alerts = nullptr; ///< null: there are none
    QString cache{};               ///< the file that is shown, for commands; empty: the default one, or none
    bool isArchive = false;        ///< a part of what there was: when something came first is not in it
};

/// One view of the window. It asks its questions in refresh(), only while it is shown; what it was asked to
/// show while hidden it asks for when it is shown.
class Page : public QWidget
{
    Q_OBJECT

public:
    explicit Page(const PageContext &context, QWidget *parent = nullptr);

    /// Another range, filter or zone: asks anew, whatever is being asked.
    void refreshWhenShown();
    /// More data came, asked for at most four times a second by the window: waits for what is being asked, so
    /// that questions which take longer than that are answered at all.
    void refreshForData();
    void setActive(bool isActive);
    bool isActive() const { return m_isActive; }
    /// No question of this page is unanswered.
    bool isSettled() const { return m_open.empty() && !m_selectionDelay.isActive(); }
    /// Receives the keyboard focus of "find in view"; null when there is none.
    virtual QWidget *searchField() { return nullptr; }
    /// Where the cursor is on the time axis; of the chart with the focus first. None: nowhere.
    std::optional<Instant> cursorTime() const;
    Formatter formatter() const { return formatterOf(state()); }
    /// What is looked at, for what belongs to the page.
    ViewState &viewState() const { return *m_context.state; }
    /// In the person's locale and the zone of this state.
    static Formatter formatterOf(const ViewState &state);
    Instant now() const { return m_context.state->wallNow(); }
    QString rangeText() const { return m_context.state->rangeText(m_context.state->effectiveRange()); }
    /// What the view remembers beside what PageMemory knows of every one: simple values by name. remember() takes what it gave once.
    virtual QVariantMap remembered() const { return {}; }
    virtual void remember(const QVariantMap &) {}
    /// Keys without Ctrl or Alt that act in this view, as actions with the property "singleKey".
    const QList<QAction *> &keys() const { return m_keys; }
    /// Empty where the global comparison is followed; else a sentence that says why not.
    virtual QString comparisonNote() const;
    /// What a view compares with all the same, in a word: "previous". Empty where it compares with nothing of its own.
    virtual QString ownComparison() const { return {}; }
    /// The kinds of records the view shows. A chip of the filter that none of them can match is not asked about, and said so.
    virtual RecordKinds recordKinds() const { return kAllRecordKinds; }
    /// One text a chip of the filter, empty where it is honoured; else why the view can not.
    QStringList unhonouredReasons() const;
    /// What of the filter is asked about here.
    Filter honouredFilter() const;
    /// The chips of it.
    QStringList honouredTerms() const;
    /// What every export says: product, range, zone, filter, comparison, time.
    std::vector<std::pair<QString, QString>> asked() const;
    /// The same of what follows neither range nor filter.
    std::vector<std::pair<QString, QString>> askedAnywhere() const;
    /// The page that `widget` belongs to; for a dialog the one that is shown in the window it lies on. Null: there is none.
    static Page *of(const QWidget *widget);
    /// What files and pictures of a panel say beside asked(): figures that stand in words above its rows.
    virtual std::vector<std::pair<QString, QString>> factsOf(const Panel &) const { return {}; }
    /// Calls `then` with how much the view looks at ("12,345 usage events, 912 sessions, 311 users"): what samples of its answers are
    /// of. Takes a question; empty when it has no answer. A newer one with the same slot takes its place.
    void askSample(const QString &slot, std::function<void(const QString &sample)> then);
    /// Writes a file on a worker and tells how it went.
    void write(const QString &path, std::function<Result<void>()> work);
    /// The same for rows that are asked for while they are written, behind `head`: shows how far it is, and can be stopped.
    void writeLong(const QString &path, TableFormat format, ExportTable head, LongList list);
    /// What a panel's list has beyond the rows that are here, with whole ids or without; none: it holds all.
    virtual std::optional<LongList> longList(const Panel &panel, bool withNames) const;
    /// Adds `field:value` to the filter as a click asks for it: with Ctrl beside what the filter asks of this field, with Alt to leave it out.
    void filterBy(const QString &field, const QString &value, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// What the filter asks about already, by the names of its language.
    QStringList filteredFields() const;
    /// Gives every panel its menu; once, when the page is made.
    void addPanelMenus();
    /// Says where numbers come from that were asked so.
    void explain(const QString &title, const std::vector<AskedQuestion> &questions);
    /// What was asked last under this name; empty before the first answer.
    std::vector<AskedQuestion> questions(const QString &slot) const;

Q_SIGNALS:
    /// A note by its id was chosen, to be read or changed.
    void noteRequested(const QString &id);
    /// What an alert said was chosen.
    void alertsRequested();
    /// What a panel shows belongs into the report.
    void reportRequested(const telltale::ExportTable &panel);
    /// A sentence about something that was done, for the status line.
    void told(const QString &sentence);
    /// The same for people who do not see it anyway: how something is sorted now.
    void announced(const QString &sentence);
    /// Another view, perhaps on one of its things: a session, an error group.
    void viewRequested(const QString &view, const QString &item);
    void settled();
    /// remembered() is another one now.
    void rememberedChanged();
    /// Other chips of the filter than before can be honoured, because the view shows something else.
    void honouredChanged();

protected:
    /// Asks what the page shows.
    virtual void refresh() = 0;
    /// The preview selection changed: asks what follows it, once it stands still.
    virtual void refreshSelection() { m_selectionDelay.start(); }

    ViewState &state() const { return *m_context.state; }
    LiveStatus &live() const { return *m_context.live; }
    /// Acts while the page or something in it has the focus that does not want the key itself, and never while somebody types.
    void addKey(const QString &text, Qt::Key key, std::function<void()> work);
    /// An action of somebody else, which has its key.
    void addKey(QAction *action) { m_keys.append(action); }
    /// True when the key was one of keys().
    bool handleKey(int key);
    void keyPressEvent(QKeyEvent *event) override;
    const PageContext &context() const { return m_context; }

    /// Asks off this thread; `panel` (may be null) shows the waiting and the errors, `receive` gets the
    /// value, `fail` hears that there is none.
    template<typename T>
    void ask(const QString &slot, Panel *panel, std::function<Result<T>(Engine &, std::stop_token)> question,
             std::function<void(T)> receive, std::function<void()> fail = {})
    {
        if (panel && m_isForData && panel->isStopped())
            return; // whoever stopped it decides when it is asked again
        const auto reading = std::make_shared<Reading>();
        m_open[slot] = {panel, fail};
        if (panel)
            panel->begin(slot, reading);
        const auto asked = std::make_shared<std::vector<AskedQuestion>>();
        m_context.queries->ask<Result<T>>(
            slot, this,
            [asked, reading, question = std::move(question)](Engine &engine, std::stop_token stop) {
                const Listening progress(engine, reading);
                AskedEngine listening(engine, *asked);
                return question(listening, std::move(stop));
            },
            [this, slot, panel, asked, receive = std::move(receive), fail = std::move(fail)](Result<T> answer) {
                close(slot);
                if (answer)
                    keepQuestions(slot, panel, std::move(*asked));
                if (answer)
                    receive(std::move(*answer));
                else if (panel && answer.error().code != Error::Code::Cancelled)
                    panel->showProblem(answer.error(), std::move(*asked));
                if (!answer && fail)
                    fail();
                tellSettled();
            });
    }
    void cancel(const QString &slot);
    /// What an engine is asked for: the window's scope without what this view can not honour.
    Scope honouredScope(TimeRange range) const { return state().scope(range, honouredFilter()); }
    Scope honouredScope() const { return honouredScope(state().effectiveRange()); }
    /// What an engine is asked for to compare with scope(range); none while nothing is compared.
    std::optional<Scope> comparedScope(TimeRange range) const;
    /// The same in whole buckets, for charts.
    std::optional<EarlierBuckets> earlierBuckets(TimeRange range, ActivityStep step) const;
    /// With real dates: "60 min before, 12:32 – 13:32", "release 4.1.3, …". Empty while nothing is compared.
    QString comparedWith(TimeRange range) const;
    /// What a list with this scope was asked for, but for the passing of time.
    ListQuestion listQuestion(const Scope &scope) const;
    /// Releases that were first seen in this time, notes, and what alerts said, as flags. An archive does not know what came before it.
    std::vector<TimeMarker> markersIn(TimeRange range) const;
    /// In an archive: nothing is known to be later than the beginning, so cells without anything are zero.
    /// And where the range is live and nothing comes any more, cells after the last sign are unknown, not zero.
    void limitToKnown(Heatmap &map) const;
    /// When the last sign of anybody was, if the range is live and that is more than a minute ago.
    std::optional<Instant> silentSince() const;
    /// Notes of this time as flags behind those that are there.
    void addNotes(std::vector<TimeMarker> &markers, TimeRange range) const;
    /// A block of this heatmap previews its times; activated, it asks for its rows (`field` gives the field of the filter) and times, and leads
    /// to the sessions. A cell does the same.
    void connectCells(HeatmapView *map, std::function<QString()> field);
    /// A chart over time selects, commits and opens flags for the whole window; its empty panel leads on.
    void connectTracks(TrackStack *chart, Panel *panel);
    /// The range, its flags, and what is unfinished; without tracks.
    TrackStackData frame(TimeRange range) const;
    /// What is not known is not zero: where nothing is received any more, a gap begins and the tracks end.
    void endAtSilence(TrackStackData &shown) const;
    /// A flag that was chosen: a note and an alert open, a release has a menu at this place of the screen.
    void openMarker(const TimeMarker &marker, const QPoint &globalPosition);
    /// Fills an empty panel: which filter or range is the reason, and where data is.
    void showNothing(Panel *panel, const QString &what);
    /// What the button of showNothing() does.
    void actOnNothing();

private:
    void openCells(const HeatmapView &map, const QString &field, int firstRow, int lastRow, int firstColumn, int lastColumn);
    void openReleaseMenu(const TimeMarker &marker, const QPoint &globalPosition);
    QString releaseBefore(const TimeMarker &marker) const;
    QString releaseFlag(const QString &release) const;
    QString productText() const;
    void tellWritten(const QString &path, const Result<bool> &written);
    void addWhenAndDropped(std::vector<std::pair<QString, QString>> &lines) const;
    struct Open
    {
        Panel *panel = nullptr; ///< null: shows no waiting
        std::function<void()> fail;
    };
    /// While it lives, an engine tells how far it is.
    class Listening
    {
    public:
        Listening(Engine &engine, std::shared_ptr<Reading> reading);
        ~Listening() { m_engine.setProgress({}); }
        Q_DISABLE_COPY_MOVE(Listening)

    private:
        Engine &m_engine;
    };
    void close(const QString &slot) { m_open.erase(slot); }
    void stop(Panel *panel);
    void keepQuestions(const QString &slot, Panel *panel, std::vector<AskedQuestion> questions);
    void tellSettled();

    PageContext m_context;
    QList<QAction *> m_keys;
    std::map<QString, Open> m_open; ///< slots that wait for their answer
    std::map<QString, std::vector<AskedQuestion>> m_questions; ///< by slot
    QTimer m_selectionDelay;
    bool m_isActive = false;
    bool m_isStale = true;
    bool m_wantsData = false;
    bool m_isForData = false; ///< refresh() is because more data came, not because somebody asked for something else
};

} // namespace telltale
