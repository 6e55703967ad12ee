// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/chartwidget.h"
#include "widgets/charts/decimation.h"
#include "widgets/charts/timescale.h"
#include "widgets/charts/trackdata.h"

#include <memory>
#include <vector>

namespace telltale {

/// Everything a session's timeline shows. Lanes without content are left out, except Screens, Interactions and Errors.
struct SessionTimelineData
{
    struct Screen
    {
        TimeRange range;
        QString name;
        SeriesSlot colour = SeriesSlot::Other;
        friend bool operator==(const Screen &, const Screen &) = default;
    };
    struct Tick ///< an interaction
    {
        Instant at;
        QString name;
        friend bool operator==(const Tick &, const Tick &) = default;
    };
    struct Mark ///< an error, a warning
    {
        Instant at;
        QString name;
        int severity = 17;
        friend bool operator==(const Mark &, const Mark &) = default;
    };
    struct Span ///< a request or other operation
    {
        TimeRange range;
        QString name;
        bool isFailed = false;
        friend bool operator==(const Span &, const Span &) = default;
    };
    struct Lane ///< a metric
    {
        QString name;
        QString unit;
        ValueKind kind = ValueKind::Decimal;
        SeriesSlot colour = SeriesSlot::Blue;
        std::vector<TimedValue> points;
        std::optional<double> budget; ///< a dashed line
        QString budgetName;
        friend bool operator==(const Lane &, const Lane &) = default;
    };

    TimeRange range;
    bool isRunning = false;
    std::vector<Screen> screens;
    std::vector<Tick> interactions;
    std::vector<Mark> errors;
    std::vector<Span> spans;
    std::vector<Lane> lanes;
    std::vector<TimeMarker> notes; ///< of people; a lane of their own
    struct Gap ///< time without the app
    {
        TimeRange range;
        QString text; ///< "app closed", "crashed, restarted", "no data"
        friend bool operator==(const Gap &, const Gap &) = default;
    };
    std::vector<Gap> gaps;
    friend bool operator==(const SessionTimelineData &, const SessionTimelineData &) = default;
};

/// One session from its start to its end: screens, interactions, errors, operations and metrics on one axis that counts from 0:00, and a
/// playhead that is the shared cursor.
/// Mouse: click and drag set the playhead. Keys: arrows by 1 % (Ctrl: 10 %), Home, End, "." and "," next and previous event, E next error,
/// Enter opens the note that the playhead is on, F fit around the playhead, 0 the whole session, + and − zoom.
class SessionTimeline final : public ChartWidget
{
    Q_OBJECT

public:
    explicit SessionTimeline(QWidget *parent = nullptr);
    ~SessionTimeline() override;

    void setData(const SessionTimelineData &data);
    /// For two sessions side by side: the axis goes over `whole`, which may reach beyond the session, and counts from `zero`.
    struct Axis
    {
        TimeRange whole;
        Instant zero;
        friend bool operator==(const Axis &, const Axis &) = default;
    };
    /// None: over the session, from its start. Shows the whole axis.
    void setAxis(const std::optional<Axis> &axis);
    const std::optional<Axis> &axis() const;
    const SessionTimelineData &data() const;
    std::optional<Instant> playhead() const;
    /// What part of the session is shown; the whole of it by default.
    TimeRange visibleRange() const;
    TimeScale timeScale() const;

    QString summary() const override;
    QString cursorText() const override;
    ChartTable table() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    /// From the event list: without a signal.
    void setPlayhead(std::optional<telltale::Instant> at);
    void setVisibleRange(telltale::TimeRange range);
    void stepToNextEvent();
    void stepToPreviousEvent();
    void stepToNextError();
    /// Half a minute on either side of the playhead.
    void fitEvent();

Q_SIGNALS:
    void playheadChanged(telltale::Instant at);
    void visibleRangeChanged(telltale::TimeRange range);
    void errorActivated(int index);
    /// A click on a note, or Enter with the playhead on it.
    void noteActivated(int index);
    void screenActivated(int index);

protected:
    void invalidate() override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    bool event(QEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace telltale
