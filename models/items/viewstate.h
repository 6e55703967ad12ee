// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/analysis/engine.h"
#include "models/items/comparison.h"
#include "models/items/rangeparser.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace telltale {

/// Only the sessions that made this step of a path, and how people say which it is.
struct PathStepShown
{
    PathStepAsked step;
    QString words;
    friend bool operator==(const PathStepShown &, const PathStepShown &) = default;
};

/// What is looked at, the same in every view: one time range, one filter, compare, product; live, paused or
/// history; the preview selection; and the way back. Lives on the UI thread. Changes of range, filter,
/// compare, size of buckets, step and view make entries in the navigation history; the passing of time, pausing and a preview do
/// not.
class ViewState final : public QObject
{
    Q_OBJECT

public:
    enum class Mode { Live, Paused, History };

    explicit ViewState(std::shared_ptr<const Clock> clock, QObject *parent = nullptr);

    // The range
    const RangeSpec &range() const { return m_at.range; }
    void setRange(const RangeSpec &range);
    /// What setRange() of `0` returns to.
    void resetRange();
    Mode mode() const;
    /// The moment that is "now" for every view: frozen while paused.
    Instant now() const;
    /// The clock's, also while paused.
    Instant wallNow() const { return m_clock->now(); }
    TimeRange resolvedRange() const { return m_at.range.resolve(now()); }
    /// The selection when there is one, else the range.
    TimeRange effectiveRange() const { return m_selection.value_or(resolvedRange()); }
    /// The size of the buckets of charts that somebody chose; none: each range has its own.
    std::optional<ActivityStep> pinnedStep() const { return m_at.step; }
    void setPinnedStep(std::optional<ActivityStep> step);
    /// The pinned size where a range of this width can be shown with it, else the one that fits.
    ActivityStep stepFor(std::chrono::nanoseconds width) const;
    /// The period of the same length just before `range`.
    static TimeRange previousOf(TimeRange range);
    void stepEarlier();
    void stepLater();              ///< never past now; a step that reaches now follows again
    void zoomOut();                ///< doubles around the centre, never into the future
    void zoomIn();                 ///< halves
    void setPaused(bool isPaused); ///< does nothing for a history range
    bool isPaused() const { return m_frozen.has_value(); }
    /// History becomes live again with the last live width.
    void goLive();

    // The preview selection
    std::optional<TimeRange> selection() const { return m_selection; }
    void setSelection(std::optional<TimeRange> selection);
    void commitSelection();

    // What is looked for
    const QString &filterText() const { return m_at.filterText; }
    const Filter &filter() const { return m_filter; }
    /// Error as Filter::parse(); nothing changes then.
    Result<void> setFilterText(const QString &text);
    /// Adds `field:value`, quoted where needed, unless it is there already. Its opposite goes.
    void addFilterTerm(const QString &field, const QString &value, bool isNegated = false);
    /// Narrows by all of it, as one step of the history.
    void addFilter(const Filter &filter);
    /// The same, but that it suffices when it holds instead of what the filter asks of this field already.
    void addFilterAlternative(const QString &field, const QString &value);
    void removeFilterTerm(int index);
    /// One text a chip, as filterChips() divides the filter; the whole text as one where it can not.
    QStringList filterTerms() const;

    // What it is held against
    bool isComparing() const { return m_at.isComparing; }
    /// On: with what was chosen last.
    void setComparing(bool isComparing);
    const Comparison &comparison() const { return m_at.comparison; }
    /// Also begins to compare. Releases without names are ignored, and so is a baseline that is empty or open.
    void setComparison(const Comparison &comparison);
    /// Remembers what is looked at now and compares with it.
    void pinBaseline();
    /// What `range` is held against; of releases the same. Of a baseline that is longer or shorter: as long as `range`, from its start.
    TimeRange comparedRange(TimeRange range) const;
    /// What an engine is asked for to compare with scope(range).
    Scope comparedScope(TimeRange range) const { return comparedScope(range, m_filter); }
    Scope comparedScope(TimeRange range, const Filter &filter) const;
    /// In a word, for "vs. %1": "previous", "last week", "4.1.3", "baseline"
    QString comparisonName() const;
    /// With real dates: "a week earlier, 11 Nov 13:32 – 14:32", "release 4.1.3, 13:32 – 14:32".
    QString comparisonText(TimeRange range) const;

    /// The list of sessions holds only those that made it; none: all.
    const std::optional<PathStepShown> &pathStep() const { return m_at.pathStep; }
    /// The sessions view, on those that made this step: one entry in the history.
    void showPathStep(const PathStepShown &step);
    void clearPathStep();

    const QString &product() const { return m_product; }
    const QString &environment() const { return m_environment; }
    void setProduct(const QString &product, const QString &environment = {});
    const QString &view() const { return m_at.view; }
    void setView(const QString &view);
    /// All of it as one entry in the history. Error as Filter::parse(); nothing changes then.
    Result<void> show(const QString &view, const RangeSpec &range, const QString &filterText, bool isComparing, const Comparison &comparison);

    const Zone &zone() const { return m_zone; }
    const QTimeZone &timeZone() const { return m_timeZone; }
    Result<void> setZone(const QString &id);

    /// What an engine is asked with: range, filter with product and environment, zone, now; while releases are compared only what
    /// the shown one sent.
    Scope scope(TimeRange range) const { return scope(range, m_filter); }
    Scope scope() const { return scope(effectiveRange()); }
    /// The same with this filter instead, for a view that can not honour all of it.
    Scope scope(TimeRange range, const Filter &filter) const;

    // The way back
    bool canGoBack() const { return !m_back.empty(); }
    bool canGoForward() const { return !m_forward.empty(); }
    void goBack();
    void goForward();
    /// How people call a view, by its id.
    using ViewTitle = std::function<QString(const QString &view)>;
    /// The newest first: "Overview: Last 60 minutes, release:4.2.0".
    QStringList backNames(const ViewTitle &title, int limit = 15) const;
    void goBackTo(int index);

    /// "Last 60 minutes", "Yesterday", "18 Nov 13:32 – 14:10"
    QString rangeText() const;
    /// The same of a range that is not looked at.
    QString rangeText(const RangeSpec &range) const { return textOf(range); }
    /// "13:32 – 14:10", with the day where it is not today's.
    QString rangeText(TimeRange range) const;
    /// A field and a value as a filter term, quoted where needed.
    static QString termText(const QString &field, const QString &value, bool isNegated = false);

Q_SIGNALS:
    /// Questions have other answers now: range, filter, compare, product, zone or pause changed.
    void changed();
    /// The preview selection changed (also sent when it goes with changed()).
    void selectionChanged();
    void viewChanged(const QString &view);
    void modeChanged();

private:
    struct Entry
    {
        QString view = QStringLiteral("overview");
        RangeSpec range;
        QString filterText;
        bool isComparing = true;
        Comparison comparison;
        std::optional<PathStepShown> pathStep;
        std::optional<ActivityStep> step;
        friend bool operator==(const Entry &, const Entry &) = default;
    };

    static bool isUsable(const Comparison &comparison);
    void go(Entry to);
    void setFilter(const Filter &filter);
    void apply(const Entry &to);
    QString nameOf(const Entry &entry, const ViewTitle &title) const;
    QString textOf(const RangeSpec &range) const;
    TimeRange clippedToPast(TimeRange range) const;
    Scope scopeOf(TimeRange range, const Filter &filter, const QString &release) const;
    bool isComparingReleases() const { return m_at.isComparing && m_at.comparison.kind == Comparison::Kind::Releases; }

    std::shared_ptr<const Clock> m_clock;
    Entry m_at;
    std::vector<Entry> m_back, m_forward;
    std::optional<Instant> m_frozen;
    std::optional<TimeRange> m_selection;
    Filter m_filter;
    QString m_product, m_environment;
    Zone m_zone;
    QTimeZone m_timeZone = QTimeZone::utc();
    std::chrono::nanoseconds m_liveWidth = std::chrono::minutes(60);
};

} // namespace telltale
